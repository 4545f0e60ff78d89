"""Formulas as pandoc's Math nodes. Pandoc itself converts the MathML: it has no node for MathML, only for TeX."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import msgspec

from readout_pub.emit.pandoc.program import run_pandoc
from readout_pub.model import formulas, is_valid_mathml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readout_pub.emit.pandoc.nodes import Node
    from readout_pub.model import Readout


_MAX_NESTED_SCRIPTS = 10
"""How many levels deep exponents and the like may be nested; a deeper formula is written as text.

Pandoc's time doubles with each level, and is 13 s at 20 levels.
"""

_MAX_LENGTH = 50_000
"""The most characters of MathML that a formula may have. Formulas in books have at most a tenth of this."""

_LONG_TOKEN = re.compile(">[^<]{500}")
"""A name, number or text of at least 500 characters. A formula with one is not converted: pandoc's time grows with the
square of the length, and is 11 s for 50,000 characters.
"""

_SCRIPT_TAG = re.compile(r"<(?P<end>/?)(?:msub|msup|msubsup|munder|mover|munderover|mmultiscripts)[ >]")


def math_nodes(readout: Readout) -> dict[str, Node]:
    """Return a Math node for the MathML of each formula; one that pandoc cannot convert in short time is left out.

    The TeX in a node is always pandoc's own, never that of a page: TeX of a page could read files of the computer.
    """
    distinct = list(dict.fromkeys(each.mathml for each in formulas(readout) if _is_convertible(each.mathml)))
    if not distinct:
        return {}
    page = "".join(f"<p>{mathml}</p>" for mathml in distinct)
    output = run_pandoc(page.encode(), ["--from=html", "--to=json", "--sandbox"], {}, None)
    paragraphs = msgspec.json.decode(output.data)["blocks"]
    if len(paragraphs) != len(distinct):
        return {}
    found = ((mathml, next(_math(paragraph), None)) for mathml, paragraph in zip(distinct, paragraphs, strict=True))
    return {mathml: node for mathml, node in found if node is not None}


def _is_convertible(mathml: str) -> bool:
    if len(mathml) > _MAX_LENGTH or _LONG_TOKEN.search(mathml) or not is_valid_mathml(mathml):
        return False
    depths = accumulate(-1 if tag["end"] else 1 for tag in _SCRIPT_TAG.finditer(mathml))
    return max(depths, default=0) <= _MAX_NESTED_SCRIPTS


def _math(paragraph: dict[str, Any]) -> Iterator[Node]:
    """Yield the Math node that a paragraph consists of."""
    match paragraph:
        case {"c": [{"t": "Math"} as node]}:
            yield node
        case _:
            pass

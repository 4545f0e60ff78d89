"""Formulas as pandoc's Math nodes. Pandoc itself converts the MathML: it has no node for MathML, only for TeX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from readout_pub.emit.pandoc.program import run_pandoc
from readout_pub.model import formulas, is_valid_mathml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readout_pub.emit.pandoc.nodes import Node
    from readout_pub.model import Readout


def math_nodes(readout: Readout) -> dict[str, Node]:
    """Return a Math node for the MathML of each formula; one that pandoc cannot convert is left out.

    The TeX in a node is always pandoc's own, never that of a page, which could read files of the computer.
    """
    distinct = list(dict.fromkeys(each.mathml for each in formulas(readout) if is_valid_mathml(each.mathml)))
    if not distinct:
        return {}
    page = "".join(f"<p>{mathml}</p>" for mathml in distinct)
    output = run_pandoc(page.encode(), ["--from=html", "--to=json", "--sandbox"], {}, None)
    paragraphs = msgspec.json.decode(output.data)["blocks"]
    if len(paragraphs) != len(distinct):
        return {}
    found = ((mathml, next(_math(paragraph), None)) for mathml, paragraph in zip(distinct, paragraphs, strict=True))
    return {mathml: node for mathml, node in found if node is not None}


def _math(paragraph: dict[str, Any]) -> Iterator[Node]:
    """Yield the Math node that a paragraph consists of."""
    match paragraph:
        case {"c": [{"t": "Math"} as node]}:
            yield node
        case _:
            pass

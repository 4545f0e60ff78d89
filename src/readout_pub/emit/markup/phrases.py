"""Japanese titles and headings in PDFs: no line breaks within a phrase.

BudouX of the extra `cjk` finds the phrases. Some browsers do the same by `word-break: auto-phrase`, which WeasyPrint
does not know. No zero-width space or other character marks the phrases, since receipts compare the text of a PDF with
the document.
"""

from __future__ import annotations

import html
import re
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from readout_pub.emit.markup.inlines import escape
from readout_pub.emit.widows import UNBROKEN
from readout_pub.language_codes import primary_subtag

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_PHRASE = 12
"""A phrase of more characters may break: on A5 paper, a line of a title in large print holds only this many."""

_AFTER_HIRAGANA = re.compile("(?<=[\u3041-\u3096])(?=[^\u3041-\u3096])")
"""Where a longer phrase is split: after hiragana, the script of endings and particles, if another script follows.

A part that is still too long may break anywhere.
"""


def with_phrases(content: str, language: str) -> str:
    """Return the markup of a Japanese title or heading with each phrase in a `span` that does not break.

    `content` is returned unchanged if it is in another language, if it has elements, or if the extra is not installed.
    """
    if primary_subtag(language) != "ja":
        return content
    split = _splitter() if "<" not in content else None
    if split is None:
        return content
    parts = (
        part
        for phrase in split(html.unescape(content))
        for part in ([phrase] if len(phrase) <= MAX_PHRASE else _AFTER_HIRAGANA.split(phrase))
    )
    return "".join(
        f'<span class="{UNBROKEN}">{escape(part)}</span>' if 1 < len(part) <= MAX_PHRASE else escape(part)
        for part in parts
    )


@cache
def _splitter() -> Callable[[str], list[str]] | None:
    """Return the function that splits a text into phrases; None without the extra."""
    if find_spec("budoux") is None:
        return None
    import budoux

    split: Callable[[str], list[str]] = budoux.load_default_japanese_parser().parse
    return split

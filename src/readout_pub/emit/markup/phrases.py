"""Japanese and Korean titles on paper: no line breaks within a phrase or a word.

BudouX of the extra `cjk` finds the phrases of Japanese. Korean has spaces between words, but lines may break between
any two syllables; so they do in paragraphs on paper, where an element for each word takes five times as long. Browsers
do the same by `word-break: auto-phrase` and `keep-all`, which WeasyPrint does not know. No character is added to the
text, which is read back from PDF.
"""

from __future__ import annotations

import html
import re
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from readout_pub.emit.markup.inlines import escape
from readout_pub.emit.widows import UNBROKEN
from readout_pub.unicode_scripts import LETTER_RANGES

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_PHRASE = 12
"""A phrase of more characters may break: on A5 paper, a line of a title in large print holds only this many."""

_AFTER_HIRAGANA = re.compile("(?<=[\u3041-\u3096])(?=[^\u3041-\u3096])")
"""Where a longer phrase may break: most words begin in a script other than that of endings and particles."""


_TAG_OR_KOREAN_WORD = re.compile(rf"<[^<>]*>|(?<![^\s>])[^\s<>]*[{LETTER_RANGES['Hang']}][^\s<>]*")


def with_phrases(content: str, language: str) -> str:
    """Return the markup of a title with its phrases (in Japanese) or words (in Korean) kept on one line.

    In other languages, the markup is returned unchanged.
    """
    match language.lower().partition("-")[0]:
        case "ja":
            return _with_japanese_phrases(content)
        case "ko":
            return _TAG_OR_KOREAN_WORD.sub(lambda found: _unbroken_word(found[0]), content)
        case _:
            return content


def _unbroken_word(found: str) -> str:
    is_word = not found.startswith("<") and 1 < len(html.unescape(found)) <= MAX_PHRASE
    return f'<span class="{UNBROKEN}">{found}</span>' if is_word else found


def _with_japanese_phrases(content: str) -> str:
    """Return `content` with its phrases in elements; unchanged if it has elements, or without the extra."""
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

"""What a reader finds in an output."""

from __future__ import annotations

import msgspec

LINE_END_HYPHEN = "\x02"
"""Stands for a hyphen at the end of a line that can be a soft one: PDFium returns this character for both."""


FORMULA = " \ufffc "
"""Stands in a text for a formula that is an object apart from it: U+FFFC OBJECT REPLACEMENT CHARACTER, a word."""


class ReadBack(msgspec.Struct, frozen=True, kw_only=True):
    """What is in an output, in reading order.

    `text` has a line feed wherever a new line begins. `has_spaces` is whether its white space is as written; a PDF has
    lines instead of some of it, and perhaps `LINE_END_HYPHEN` at their ends. `photos` are SHA-256 (hex) of the bytes.
    `formulas` are the characters of those for which `FORMULA` stands in `text`.
    `title` is that of the document and `language` a BCP 47 tag; each is None if the format has none.
    """

    text: str
    has_spaces: bool = True
    alts: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    title: str | None = None
    language: str | None = None

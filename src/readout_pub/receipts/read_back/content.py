"""The content of an output, as a program reads it back from the bytes."""

from __future__ import annotations

import msgspec

LINE_END_HYPHEN = "\x02"
"""The character that PDFium returns for a hyphen at the end of a line, whether it is a soft hyphen or not."""


FORMULA = " \ufffc "
"""Stands in a text for a formula that the format keeps apart from the text: U+FFFC OBJECT REPLACEMENT CHARACTER."""


NO_TEXT = "it has no text that readers see, only pictures, as a scan has"
NO_TEXT_NEXT = "ask for the file itself, or compare the text that a program recognises in it (OCR), saved as .txt"
"""The two parts of the error for a file that cannot be compared since it has no text: the fault, and what to do."""


class PhotoPlace(msgspec.Struct, frozen=True):
    """Where a photo is: its offset in the text of its output, and the lines of its caption and credit, if any."""

    offset: int
    caption: tuple[str, ...] = ()


class ReadBack(msgspec.Struct, frozen=True, kw_only=True):
    """What is in an output, in reading order.

    `text` has a line feed wherever a new line begins. `has_spaces` tells whether its white space is complete: in a PDF,
    line ends replace some spaces, and a line may end with `LINE_END_HYPHEN`. `photos` has the SHA-256 (hex) of each
    photo's file, or its `redrawn_size` if a PDF contains only its pixels. `covers` is the number of alternative texts
    at the start of `alts` that belong to a cover, not to photos. `places` are the places of the other `alts`; None if
    it is unknown which caption belongs to which photo. `formulas` are the characters of the formulas that `FORMULA`
    stands for in `text`, and `inline_formulas` those of MathML within `text`. `title` is the title of the
    document, `language` its BCP 47 tag; each is None if the format does not state it.
    """

    text: str
    has_spaces: bool = True
    alts: tuple[str, ...] = ()
    places: tuple[PhotoPlace, ...] | None = None
    covers: int = 0
    photos: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    inline_formulas: tuple[str, ...] = ()
    title: str | None = None
    language: str | None = None

    @property
    def has_text(self) -> bool:
        """Whether there is any text. A scan has none: text that a program has recognised in it is invisible."""
        return bool(self.text.strip())

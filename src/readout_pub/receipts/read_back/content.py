"""The content of an output, as a program reads it back from the bytes."""

from __future__ import annotations

import msgspec

LINE_END_HYPHEN = "\x02"
"""The character that PDFium returns for a hyphen at the end of a line, whether it is a soft hyphen or not."""


FORMULA = " \ufffc "
"""Replaces, in a text, a formula that the format stores outside of the text: U+FFFC OBJECT REPLACEMENT CHARACTER."""


NO_TEXT = "it has no text that readers see, only pictures, as a scan has"
NO_TEXT_NEXT = "ask for the file itself, or compare the text that a program recognises in it (OCR), saved as .txt"
"""The two parts of the error for a file that cannot be compared since it has no text: the fault, and what to do."""


class PhotoPlace(msgspec.Struct, frozen=True):
    """Where a photo is: its offset in the text of its output, and the lines of its caption and credit, if any."""

    offset: int
    caption: tuple[str, ...] = ()


class ReadBack(msgspec.Struct, frozen=True, kw_only=True):
    """What is in an output, in reading order.

    text             the text, with a line feed wherever a new line begins
    has_spaces       whether all white space is in `text`: in a PDF, line ends replace some spaces, and a line may end
                     with `LINE_END_HYPHEN`
    alts             the alternative texts: first those of covers, then those of photos
    places           where the photos of `alts` are; None if it is unknown which caption belongs to which photo
    covers           how many of `alts` belong to covers
    photos           the SHA-256 (hex) of the file of each photo; the size in pixels (see `redrawn_size`) if a PDF
                     contains only the pixels of the photo
    formulas         the characters of each formula that `FORMULA` replaces in `text`
    inline_formulas  the characters of each MathML formula that is part of `text`
    title, language  the title of the document and its BCP 47 tag; None if the format does not state them
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

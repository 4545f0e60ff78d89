"""Fonts whose glyphs have two numbers: the one that WeasyPrint writes must be the one that readers look up.

In a font of PostScript outlines for Chinese, Japanese and Korean ("CID-keyed", Adobe technical note 5176) each glyph
has its place in the file and a number of its own, and a PDF names glyphs by the latter. WeasyPrint writes places. In
fonts that are a selection of a larger one the two differ: a reader that follows the standard finds no glyph.
"""

from __future__ import annotations

import io
from struct import pack
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pydyf

LONGEST_SHORT_RANGE = 255


def mend_fonts(pdf: pydyf.PDF) -> None:
    """Let every glyph of the fonts in `pdf` have its place as its number."""
    for part in pdf.objects:
        extra: dict[str, Any] = getattr(part, "extra", {})
        if extra.get("Subtype") == "/OpenType":
            outlines = places_as_numbers(b"".join(part.stream))
            if outlines is not None:
                part.stream, extra["Subtype"] = [outlines], "/CIDFontType0C"


def places_as_numbers(font: bytes) -> bytes | None:
    """Return the outlines of the OpenType `font`, numbered 0, 1, 2, …; None if its glyphs have no numbers."""
    from fontTools.cffLib import CFFFontSet
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(font), lazy=True) as file:
        outlines: bytes = file.reader["CFF "]
        glyphs = file["maxp"].numGlyphs
    content = CFFFontSet()
    content.decompile(io.BytesIO(outlines), None, isCFF2=False)
    facts = content.topDictIndex[0].rawDict
    if "ROS" not in facts or facts.get("charset", 0) == 0:
        return None
    # One range from 1 to the last glyph is never longer than what it replaces; glyph 0 is not listed.
    after = glyphs - 2
    numbers = pack(">BHB", 1, 1, after) if after <= LONGEST_SHORT_RANGE else pack(">BHH", 2, 1, after)
    start = facts["charset"]
    return outlines[:start] + numbers + outlines[start + len(numbers) :]

"""What WeasyPrint writes of fonts, made so that every reader finds each glyph and every glyph says something.

In a font of PostScript outlines for Chinese, Japanese and Korean ("CID-keyed", Adobe technical note 5176) each glyph
has its place in the file and a number of its own, and a PDF names glyphs by the latter. WeasyPrint writes places. In
fonts that are a selection of a larger one the two differ: a reader that follows the standard finds no glyph.

Of several glyphs that are drawn for one text, as the dots of a title that is cut short, all but the last say nothing.
PDF/A wants every glyph to say something, so these say a space of no width.
"""

from __future__ import annotations

import io
from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pydyf

OUTLINES = "CFF "
"""The table of an OpenType font that has PostScript outlines."""

LONGEST_SHORT_RANGE = 255

CHARACTER_MAP = b"/CIDInit /ProcSet findresource begin"
"""How the table begins that says which text each glyph of a font stands for."""

NO_WIDTH = b"200b>"
"""U+200B as that table writes it, up to the end of its line."""


def mend_fonts(pdf: pydyf.PDF) -> None:
    """Let every glyph of the fonts in `pdf` have its place as its number, and say something."""
    for part in pdf.objects:
        lines = getattr(part, "stream", None)
        if lines and lines[0] == CHARACTER_MAP:
            part.stream = [line[:-1] + NO_WIDTH if line.endswith(b" <>") else line for line in lines]
        elif getattr(part, "extra", {}).get("Subtype") == "/OpenType":
            part.stream = [places_as_numbers(b"".join(part.stream))]


def places_as_numbers(font: bytes) -> bytes:
    """Return the OpenType `font` with its glyphs numbered 0, 1, 2, …; unchanged if they have no numbers.

    The check sum of the table stays what it was: readers of PDF do not look at it, and to sum up takes longer than all.
    """
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(font), lazy=True) as file:
        start = _numbers(file.reader[OUTLINES])
        if start is None:
            return font
        start += file.reader.tables[OUTLINES].offset
        after = file["maxp"].numGlyphs - 2
    # One range from 1 to the last glyph is never longer than what it replaces; glyph 0 is not listed.
    numbers = pack(">BHB", 1, 1, after) if after <= LONGEST_SHORT_RANGE else pack(">BHH", 2, 1, after)
    return font[:start] + numbers + font[start + len(numbers) :]


def _numbers(outlines: bytes) -> int | None:
    """Return where the numbers of the glyphs stand in the table of outlines, or None if they have none."""
    from fontTools.cffLib import CFFFontSet

    content = CFFFontSet()
    content.decompile(io.BytesIO(outlines), None, isCFF2=False)
    facts: dict[str, int] = content.topDictIndex[0].rawDict
    return facts.get("charset") if "ROS" in facts else None

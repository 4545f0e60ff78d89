"""What WeasyPrint writes of fonts, made so that every glyph says something.

Of several glyphs that are drawn for one text, as the dots of a title that is cut short, all but the last say nothing.
PDF/A wants every glyph to say something, so these say a space of no width.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pydyf

CHARACTER_MAP = b"/CIDInit /ProcSet findresource begin"
"""How the table begins that says which text each glyph of a font stands for."""

NO_WIDTH = b"200b>"
"""U+200B as that table writes it, up to the end of its line."""


def complete_tounicode(pdf: pydyf.PDF) -> None:
    """Let every glyph of the fonts in `pdf` say something."""
    for part in pdf.objects:
        lines = getattr(part, "stream", None)
        if lines and lines[0] == CHARACTER_MAP:
            part.stream = [line[:-1] + NO_WIDTH if line.endswith(b" <>") else line for line in lines]

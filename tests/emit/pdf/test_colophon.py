"""The colophon on paper."""

from __future__ import annotations

import pypdfium2
import pytest
from msgspec.structs import replace

from readout_pub.emit import RenderOptions
from readout_pub.model import Paragraph
from readout_pub.themes import Paper
from tests.pdfs import make_pdf, readout


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "a5"])
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_no_line_ends_within_the_name_of_the_program(language: str, paper: Paper) -> None:
    """Readers who copy a command that is broken at its hyphen may lose the hyphen, as text extraction does."""
    made = make_pdf(
        readout(Paragraph(children=("They met.",)), language=language),
        render_options=RenderOptions(theme="large-print", paper=paper),
    )
    pages = pypdfium2.PdfDocument(made.data)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert text.count("readout-pub") == 2  # in the sentences "Converted by …" and "To verify this file: …"


@pytest.mark.slow
def test_the_two_columns_have_a_gutter() -> None:
    """Otherwise, a line that fills the first column reads on into the second."""
    meeting = readout(Paragraph(children=("They met.",)))
    meeting = replace(meeting, origin=replace(meeting.origin, publisher="i " * 200))
    with pypdfium2.PdfDocument(make_pdf(meeting).data) as document:
        text = document[0].get_textpage()
        left, _, _, top = text.get_charbox(text.search("Converted").get_next()[0], loose=True)
        letters = [index for index in range(text.count_chars()) if text.get_text_range(index, 1).strip()]
        edges = [text.get_charbox(index, loose=True) for index in letters]
    number = 27 / 25.4 * 72  # page numbers are below 27 mm
    assert left - max(right for start, low, right, high in edges if start < left and number < low < high <= top) > 10


@pytest.mark.slow
def test_the_columns_of_large_print_are_below_each_other() -> None:
    made = make_pdf(readout(Paragraph(children=("They met.",))), render_options=RenderOptions(theme="large-print"))
    with pypdfium2.PdfDocument(made.data) as document:
        text = document[0].get_textpage()
        starts = [text.get_charbox(text.search(word).get_next()[0])[0] for word in ("Unknown", "Converted")]
    assert starts[0] == pytest.approx(starts[1], abs=2)

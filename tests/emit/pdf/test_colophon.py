"""The colophon on paper."""

from __future__ import annotations

import pypdfium2
import pytest

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

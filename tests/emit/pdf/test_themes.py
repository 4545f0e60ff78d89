"""The themes of this program as PDF: type is as large, and lines are as long, as each theme says."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest
from pypdfium2 import raw

from readout_pub.emit import RenderOptions, Rendition
from readout_pub.model import Code, Paragraph, Preformatted, Ruby, Section, Sub, Sup
from readout_pub.themes import theme_names
from tests.pdfs import make_pdf, readout

SENTENCE = "Both sides welcomed the opening of the new ferry line and agreed to meet again before the end of the year. "

MAX_LETTERS = 80
"""The mean length of a line that WCAG 1.4.8 allows for Latin text."""

POINTS_PER_PIXEL = 0.75


def lines(rendition: Rendition) -> list[str]:
    with pypdfium2.PdfDocument(rendition.data) as document:
        return [line for page in document for line in page.get_textpage().get_text_range().splitlines()]


def smallest_type(rendition: Rendition) -> float:
    """Return the size of the smallest visible character in points."""
    with pypdfium2.PdfDocument(rendition.data) as document:
        return POINTS_PER_PIXEL * min(size for page in document for size in sizes(page.get_textpage()))


def sizes(text: pypdfium2.PdfTextPage) -> Iterator[float]:
    for index in range(text.count_chars()):
        if chr(raw.FPDFText_GetUnicode(text.raw, index)).strip():
            yield raw.FPDFText_GetFontSize(text.raw, index)


@pytest.mark.parametrize("theme", theme_names())
def test_a_line_of_text_has_at_most_eighty_letters(theme: str) -> None:
    rendition = make_pdf(readout(Paragraph(children=(SENTENCE * 6,))), look=RenderOptions(theme=theme))
    full = [len(line) for line in lines(rendition) if SENTENCE[:4] in line or len(line) > 40]
    assert 45 < sum(full) / len(full) <= MAX_LETTERS


@pytest.mark.parametrize("language", ["en", "ja"])
def test_large_print_has_no_type_below_eighteen_points(language: str) -> None:
    small = (Sub(("2",)), Sup(("st",)), Code("f(x)"), Ruby(("青山",), "あおやま"))
    said = Paragraph(children=("They met.", *small))
    body = Section(heading=("Talks",), body=(said, Preformatted("one  two")))
    rendition = make_pdf(readout(body, language=language), look=RenderOptions(theme="large-print"))
    assert smallest_type(rendition) >= 17.99

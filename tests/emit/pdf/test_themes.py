"""The themes of this program as PDF: line length, type sizes, photos and running heads."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image
from pypdfium2 import raw

from readout_pub.emit import RenderOptions, Rendition
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Code,
    Figure,
    Meeting,
    Paragraph,
    Participant,
    Preformatted,
    Ruby,
    Section,
    Sub,
    Sup,
)
from readout_pub.themes import theme_names
from tests.pdfs import make_pdf, photo, readout

SENTENCE = "Both sides welcomed the opening of the new ferry line and agreed to meet again before the end of the year. "

MAX_LETTERS = 80
"""The most letters that WCAG 1.4.8 allows in a line of Latin text; the mean of full lines must not exceed it."""

POINTS_PER_PIXEL = 0.75

IMAGES = [raw.FPDF_PAGEOBJ_IMAGE]


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
def test_full_lines_of_text_have_at_most_eighty_letters_on_average(theme: str) -> None:
    rendition = make_pdf(readout(Paragraph(children=(SENTENCE * 6,))), render_options=RenderOptions(theme=theme))
    full = [len(line) for line in lines(rendition) if SENTENCE[:4] in line or len(line) > 40]
    assert 45 < sum(full) / len(full) <= MAX_LETTERS


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "words"), [("ar", "استقبل وزير المد والجزر نظيرته"), ("bn", "মন্ত্রীরা জোয়ার ভাটা নিয়ে আলোচনা করেন")]
)
def test_readable_adds_no_space_between_joined_letters(language: str, words: str, tmp_path: Path) -> None:
    unspaced = tmp_path / "unspaced.css"
    unspaced.write_text("* { letter-spacing: normal !important }")
    passage = Paragraph(children=(words,), lang=language)
    assert _width(passage, None) == pytest.approx(_width(passage, unspaced), abs=0.1)


def _width(text: Paragraph, css: Path | None) -> float:
    """Return the width of a paragraph of one line in points, if no other text of the page is in its script."""
    made = make_pdf(readout(text), render_options=RenderOptions("readable", css=css))
    with pypdfium2.PdfDocument(made.data) as document:
        page = document[0].get_textpage()
        letters = [at for at in range(page.count_chars()) if page.get_text_range(at, 1) > "\u0600"]
        edges = [page.get_charbox(at) for at in letters]
    return float(max(edge[2] for edge in edges) - min(edge[0] for edge in edges))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ja"])
def test_large_print_has_no_type_below_eighteen_points(language: str) -> None:
    small = (Sub(("2",)), Sup(("st",)), Code("f(x)"), Ruby(("青山",), "あおやま"))
    said = Paragraph(children=("They met.", *small))
    body = Section(heading=("Talks",), body=(said, Preformatted("one  two")))
    rendition = make_pdf(readout(body, language=language), render_options=RenderOptions(theme="large-print"))
    assert smallest_type(rendition) >= 17.99


@pytest.mark.parametrize("theme", theme_names())
def test_the_label_of_a_fact_and_its_first_value_are_on_one_line(theme: str) -> None:
    people = (Participant("Ola Berg", "Minister of Thule"), Participant("Ada Lund", "Minister of Avalon"))
    meeting = Meeting(date=dt.date(2031, 5, 4), start=dt.time(13, 30), duration_minutes=20, people=people)
    talks = replace(readout(Paragraph(children=("They met.",))), meeting=meeting)
    rendition = make_pdf(talks, render_options=RenderOptions(theme=theme))
    assert not rendition.notes
    with pypdfium2.PdfDocument(rendition.data) as document:
        text = document[0].get_textpage()
        for name, value in (("Date and time", "2031-05-04"), ("Participants", "Ola Berg")):
            start, length = text.search(name).get_next()
            places = (start, start + length - 1, text.search(value).get_next()[0])
            tops = [text.get_charbox(place, loose=True)[3] for place in places]
            assert tops == pytest.approx([tops[0]] * 3, abs=1)


def test_large_print_begins_captions_at_the_edge_and_breaks_pages_between_photos() -> None:
    images = ImageStore()
    pictures = (photo(images, "The table"), photo(images, "The hall"))
    one, two = Figure(pictures[:1], caption=("At the table",)), Figure(pictures, caption=("In the hall",))
    talks = readout(Paragraph(children=(SENTENCE,)), one, two)
    with pypdfium2.PdfDocument(make_pdf(talks, images, RenderOptions(theme="large-print")).data) as document:
        placed = [[image.get_bounds() for image in page.get_objects(filter=IMAGES)] for page in document]
        start, _ = document[0].get_textpage().search("At the table").get_next()
        caption = document[0].get_textpage().get_charbox(start)
    assert list(map(len, placed)) == [2, 1]
    lefts = [left for page in placed for left, *_ in page]
    assert lefts == pytest.approx([lefts[0]] * 3, abs=0.1)
    assert caption[0] == pytest.approx(lefts[0], abs=2)


@pytest.mark.parametrize("theme", theme_names())
def test_no_photo_is_distorted(theme: str) -> None:
    images = ImageStore()
    data = io.BytesIO()
    Image.new("L", (400, 700)).save(data, "PNG")
    tall = replace(photo(images, "The mast"), sha256=images.add(data.getvalue), width=400, height=700)
    unknown = replace(tall, width=None, height=None)
    text = Paragraph(children=(SENTENCE,))
    figures = [Figure(photos) for photos in ((tall,), (unknown,), (tall, tall))]
    meeting = readout(figures[0], text, *figures[:2], text, figures[1], text, figures[2])
    with pypdfium2.PdfDocument(make_pdf(meeting, images, RenderOptions(theme=theme)).data) as document:
        drawn = [image.get_bounds() for page in document for image in page.get_objects(filter=IMAGES)]
    shapes = [(right - left) / (top - bottom) for left, bottom, right, top in drawn]
    assert shapes == pytest.approx([4 / 7] * 6, rel=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("theme", theme_names())
def test_the_running_head_has_space_below_and_shortens_no_name_to_its_article(theme: str) -> None:
    text = Paragraph(children=(SENTENCE * 60,))
    made = readout(text, title="Talks on Ice")
    made = replace(made, origin=replace(made.origin, publisher="The Landwirtschaftsministerium"))
    with pypdfium2.PdfDocument(make_pdf(made, render_options=RenderOptions(theme=theme)).data) as document:
        page = document[1].get_textpage()
        edges = [page.get_charbox(index, loose=True) for index in range(page.count_chars())]
        letters = [page.get_text_range(index, 1) for index in range(page.count_chars())]
    top = max(edge[3] for edge in edges)
    head = [index for index, edge in enumerate(edges) if top - edge[3] < 3]
    below = max(edge[3] for index, edge in enumerate(edges) if index not in head and letters[index].strip())
    size = max(edges[index][3] - edges[index][1] for index in head)
    assert min(edges[index][1] for index in head) - below > 0.9 * size
    assert "The…" not in "".join(letters[index] for index in head)

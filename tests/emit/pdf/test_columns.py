"""Two columns, if the theme asks for them: text is in columns, everything else has the whole width."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from readout_pub.emit import RenderOptions
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    Cell,
    Figure,
    Footnote,
    Footnotes,
    NoteRef,
    Paragraph,
    Preformatted,
    Row,
    Section,
    Table,
)
from readout_pub.receipts import prove_rendition
from tests.pdfs import make_pdf, paragraph, photo, readout

THEME = """name = "Two"
extends = "gazette"
[page]
columns = 2
footnotes = "end"
margin-left = "20mm"
margin-right = "20mm"
"""

MIDDLE = 210 / 2 / 25.4 * 72
"""The horizontal middle of an A4 page, in points."""

Line = tuple[float, float, float, str]
"""Left, bottom and right edge in points, and the text."""


@pytest.fixture
def render_options(tmp_path: Path) -> RenderOptions:
    (tmp_path / "theme.toml").write_text(THEME)
    return RenderOptions(theme=str(tmp_path))


def lines(pdf: bytes) -> list[list[Line]]:
    """Return the lines of each page."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            rects = (text.get_rect(index) for index in range(text.count_rects()))
            found.append([(rect[0], rect[1], rect[2], text.get_text_bounded(*rect)) for rect in rects])
    return found


def table(rows: int) -> Table:
    body = tuple(Row((Cell((paragraph(f"Port {row}"),)), Cell((paragraph("12,345"),)))) for row in range(rows))
    return Table(body=body, caption=("Catches of all ports",))


LONG = "Both sides welcomed the opening of the new ferry line. " * 12


@pytest.mark.slow
def test_text_is_in_columns_and_a_table_has_the_whole_width(render_options: RenderOptions) -> None:
    meeting = readout(paragraph(LONG), paragraph(LONG), table(9), paragraph(LONG))
    (page,) = lines(make_pdf(meeting, render_options=render_options).data)
    text = [line for line in page if "ferry" in line[3]]
    assert all(right < MIDDLE or left > MIDDLE for left, _, right, _ in text)
    assert {left < MIDDLE for left, *_ in text} == {True, False}
    rows = [line for line in page if "Port" in line[3] or "12,345" in line[3]]
    # The table is as wide as the page without its two margins of 20 mm; the test allows 5 % of the page width less.
    assert max(line[2] for line in rows) - min(line[0] for line in rows) > 1.9 * MIDDLE - 40 / 25.4 * 72


@pytest.mark.slow
def test_every_word_arrives_in_order_whatever_interrupts_the_columns(render_options: RenderOptions) -> None:
    images = ImageStore()
    nets = Section(heading=("Nets",), body=(table(2),))
    snow = Section(heading=("Snow",), body=(paragraph(LONG),))
    parts: tuple[Block, ...] = (
        Paragraph(children=(LONG, NoteRef("n", ("1",)))),
        Section(label="1.", heading=("Fish",), body=(paragraph(LONG), table(40), nets)),
        Figure((photo(images, "Two ministers"),), caption=("The ministers",)),
        Preformatted("one  two"),
        Section(heading=("Ice",), body=(paragraph(LONG * 4), snow)),
        Footnotes(notes=(Footnote("n", (paragraph("For two hours."),), "1"),)),
    )
    meeting = readout(*parts, *parts[1:-1])
    rendition = make_pdf(meeting, images, render_options)
    assert prove_rendition(meeting, images, rendition, render_options).is_proven
    assert not rendition.notes


@pytest.mark.slow
def test_no_column_ends_with_a_heading(render_options: RenderOptions) -> None:
    for words in range(30, 90, 6):
        sections = [Section(heading=(f"Topic {number}",), body=(paragraph("Talks " * words),)) for number in range(24)]
        for page in lines(make_pdf(readout(*sections), render_options=render_options).data):
            text = [line for line in page if "Talks" in line[3] or "Topic" in line[3]]
            for column in ([line for line in text if line[0] < MIDDLE], [line for line in text if line[0] > MIDDLE]):
                lowest = min(column, key=lambda line: line[1], default=None)
                assert lowest is None or "Talks" in lowest[3]


@pytest.mark.slow
def test_a_heading_stays_with_the_table_below_it(render_options: RenderOptions) -> None:
    section = Section(heading=("Catches",), body=(table(3),))
    (page,) = lines(make_pdf(readout(paragraph(LONG), section), render_options=render_options).data)
    (heading,) = (line for line in page if line[3].strip() == "Catches")
    assert heading[0] == pytest.approx(20 / 25.4 * 72, abs=1)
    assert heading[1] < min(line[1] for line in page if "ferry" in line[3])  # below both columns

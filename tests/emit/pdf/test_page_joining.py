"""A last page with only the link back and the colophon is joined to the page before, with less space between lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from readout_pub.emit import RenderOptions, Rendition
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    BulletList,
    Cell,
    Item,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Readout,
    Row,
    Section,
    Table,
)
from readout_pub.receipts import prove_rendition
from tests.pdfs import links, make_pdf, paragraph, readout, words

A_LINE = "The ministers met."


def meeting_of(*body: Block) -> Readout:
    return replace(readout(*body), back_link=Link("https://thule.example/", ("Back to Thule",)))


def paragraphs(count: int) -> list[Block]:
    return [paragraph(f"{A_LINE} Point {number}.") for number in range(count)]


def sections(count: int) -> list[Block]:
    return [Section(heading=(f"Point {number}",), body=(paragraph(A_LINE),)) for number in range(count // 2)]


def items(count: int) -> list[Block]:
    return [BulletList(items=tuple(Item((paragraph(A_LINE),)) for _ in range(count)))]


def quotes(count: int) -> list[Block]:
    return [Quote(body=tuple(paragraphs(count)))]


def table(count: int) -> list[Block]:
    rows = tuple(Row((Cell((paragraph(A_LINE),)), Cell((paragraph(f"{number}"),)))) for number in range(4))
    return [Table(body=rows), *paragraphs(count - 5)]


def tops(rendition: Rendition, text: str) -> list[float]:
    """Return the upper edge of each `text` on the first page, in points from the lower edge of the page."""
    with pypdfium2.PdfDocument(rendition.data) as document:
        page = document[0].get_textpage()
        found = page.search(text)
        return [page.get_charbox(index)[3] for index, _ in iter(found.get_next, None)]


def width(rendition: Rendition) -> float:
    """Return the width of the first A_LINE, in points."""
    with pypdfium2.PdfDocument(rendition.data) as document:
        page = document[0].get_textpage()
        index, count = page.search(A_LINE).get_next()
        return float(page.get_charbox(index + count - 1)[2] - page.get_charbox(index)[0])


@pytest.mark.slow
def test_lines_move_closer_for_the_colophon_and_keep_their_type_size() -> None:
    usual, full = (make_pdf(meeting_of(*paragraphs(count))) for count in (4, 24))
    assert "1 / 1" in words(full)
    distances = [one - other for one, other, *_ in (tops(each, A_LINE) for each in (usual, full))]
    assert distances[1] < 0.95 * distances[0]
    assert width(full) == pytest.approx(width(usual), abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("body", [paragraphs, sections, items, quotes, table])
def test_words_and_links_and_lines_stay_in_order_when_pages_are_joined(body: Callable[[int], list[Block]]) -> None:
    usual = make_pdf(meeting_of(*body(8)))
    *_, above, below = tops(usual, A_LINE)
    joined = 0
    for count in range(16, 34):
        meeting = meeting_of(*body(count))
        rendition = make_pdf(meeting)
        assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).differences == ()
        lines = tops(rendition, A_LINE)
        after = [*tops(rendition, "Back to Thule"), *tops(rendition, "readout-pub verify")]
        assert [*lines, *after] == sorted([*lines, *after], reverse=True)
        assert links(rendition) == links(usual)
        joined += "1 / 1" in words(rendition) and lines[-2] - lines[-1] < above - below - 0.1
    assert joined


@pytest.mark.slow
def test_joining_pages_never_widens_narrow_line_spacing(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('name = "Own"\n[line]\nleading = 1.3\n', encoding="utf-8")

    def distances(count: int) -> list[float]:
        """Return the distance between two lines of a paragraph, and between two paragraphs."""
        body = [Paragraph(children=("Point one.", LineBreak(), "Point two.")), *paragraphs(count)]
        rendition = make_pdf(meeting_of(*body), render_options=RenderOptions(theme=str(tmp_path)))
        assert "1 / 1" in words(rendition)
        (first,), (second,), (third, fourth, *_) = (tops(rendition, text) for text in ("one.", "two.", A_LINE))
        return [first - second, third - fourth]

    (lines, gaps), (joined_lines, joined_gaps) = distances(4), distances(25)
    assert joined_gaps < gaps - 0.1
    assert joined_lines <= lines + 0.01


@pytest.mark.slow
def test_a_style_sheet_may_set_the_colophons_margin_to_auto(tmp_path: Path) -> None:
    style = tmp_path / "own.css"
    style.write_text(".colophon { margin-top: auto !important }", encoding="utf-8")
    full = make_pdf(meeting_of(*paragraphs(24)), render_options=RenderOptions(css=str(style)))
    assert "1 / 1" in words(full)


@pytest.mark.slow
def test_a_landscape_page_is_not_joined_with_the_page_before() -> None:
    head = Row(tuple(Cell((paragraph(f"Region {number}"),), header=True) for number in range(14)))
    rows = tuple(Row((Cell((paragraph("12,345"),)),) * 14) for _ in range(3))
    meeting = meeting_of(*paragraphs(3), Table(body=rows, head=(head,)))
    rendition = make_pdf(meeting)
    assert rendition.notes == ()
    with pypdfium2.PdfDocument(rendition.data) as document:
        assert [page.get_width() > page.get_height() for page in document] == [False, True, False]

"""Tables in DOCX and ODT: widths of columns; wide tables are on a landscape page or in smaller type."""

from __future__ import annotations

import io
import zipfile

import pytest

from readout_pub.emit import RenderOptions, emit
from readout_pub.emit.pandoc.tables import column_shares
from readout_pub.emit.tables import table_grid
from readout_pub.image_store import ImageStore
from readout_pub.model import Cell, Origin, Paragraph, Readout, Row, Table
from readout_pub.receipts import prove_rendition
from tests.line_count import count_lines


def shares(width: float, *rows: tuple[str, ...]) -> list[float]:
    """Return the shares of the columns of a table on a page `width` em wide."""
    cells = tuple(Row(tuple(Cell((Paragraph((text,)),)) for text in row)) for row in rows)
    _, body = table_grid(Table(body=cells))
    return column_shares(body, len(rows[0]), width)


def test_a_column_of_numbers_is_narrower_than_one_of_text() -> None:
    text, number = shares(40, ("Exports of herring and other fish to the islands", "7"), ("Imports", "8"))
    assert text > 0.8
    assert text + number == pytest.approx(1)


def test_a_column_has_at_least_the_width_of_its_longest_word() -> None:
    long, word = shares(30, ("many short words in a row " * 20, "Unabhängigkeitserklärung"))
    assert word * 30 > len("Unabhängigkeitserklärung") * 0.5  # in em: the width of a letter is about 0.5
    assert long > word


def test_a_column_of_numbers_has_room_for_its_bold_heading() -> None:
    number, _ = shares(40, ("No.", "Document"), ("1", "Memorandum of cooperation on herring and other fish " * 9))
    assert number * 40 > 2.8  # in em: 1 for padding, 1.7 for "No." in bold Noto Sans, and some space


def test_japanese_text_can_break_after_each_character() -> None:
    text, number = shares(20, ("両外相は海洋秩序及び気候変動について意見交換を行いました", "１２"), ("冒頭", "３４"))
    assert text > number


def test_columns_that_do_not_fit_share_the_page_by_their_longest_words() -> None:
    found = shares(10, ("Unabhängigkeitserklärung", "Unabhängigkeitserklärung", "a"))
    assert found[0] == found[1] > found[2]
    assert sum(found) == pytest.approx(1)


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "turned"), [(4, 0), (14, 1)])
def test_a_table_whose_words_have_no_room_is_on_a_landscape_page(columns: int, turned: int) -> None:
    cells = tuple(Cell((Paragraph(children=("12,345,678",)),)) for _ in range(columns))
    readout = Readout(
        language="en", title=("Catches",), body=(Table(body=(Row(cells),)),), origin=Origin("", "00" * 32)
    )
    docx = part_of(emit(readout, ImageStore(), "docx").data, "word/document.xml")
    odt = part_of(emit(readout, ImageStore(), "odt").data, "content.xml")
    assert docx.count('w:orient="landscape"') == odt.count('master-page-name="Landscape"') == turned


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "codes"), [(14, []), (22, []), (40, ["TABLE_TOO_WIDE"])])
@pytest.mark.parametrize(("target", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_a_table_without_room_on_a_landscape_page_has_smaller_type(
    target: str, part: str, columns: int, codes: list[str]
) -> None:
    head = Row(tuple(Cell((Paragraph(children=(f"R{number}",)),), header=True) for number in range(columns)))
    cells = tuple(Cell((Paragraph(children=("12,345",)),)) for _ in range(columns))
    table = Table(body=(Row(cells),), head=(head,))
    readout = Readout(language="en", title=("Catches",), body=(table,), origin=Origin("", "00" * 32))
    made = emit(readout, ImageStore(), target)
    assert ("DenseTableText" in part_of(made.data, part).replace("_20_", "")) == (columns > 14)
    assert [note.code for note in made.notes] == codes
    assert prove_rendition(readout, ImageStore(), made, RenderOptions()).differences == ()


def part_of(package: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name).decode()


@pytest.mark.slow
def test_the_cost_of_wide_empty_cells_is_linear() -> None:
    """The cells of the first row span 1, 2, 3 … rows; an empty cell fills the free columns of each later row."""

    def work(size: int) -> int:
        text = Cell((Paragraph(("Fish",)),))
        first = Row(tuple(Cell(text.body, rowspan=rows) for rows in range(1, size)))
        _, body = table_grid(Table(body=(first, *(Row((text,)),) * size)))
        return count_lines(lambda: column_shares(body, size, 40))

    work(10)
    assert work(640) <= 2.5 * work(320)

"""Tables as grids: cells have the positions that browsers give them."""

from __future__ import annotations

import pytest

from readout_pub.emit.markup.table import TableWriter
from readout_pub.emit.tables import MAX_HEADERS, Grid, number_columns, table_grid
from readout_pub.model import Cell, Paragraph, Row, Table, texts
from tests.line_count import count_lines


def row(*cells: tuple[str, int, int]) -> Row:
    """Return a row of cells, each given as (text, colspan, rowspan)."""
    return Row(
        tuple(Cell((Paragraph(children=(text,)),), colspan=across, rowspan=down) for text, across, down in cells)
    )


def positions(rows: Grid) -> list[list[tuple[str, int, int, int]]]:
    """Return each cell as (text, column, colspan, rowspan); an empty cell that fills a gap has no text."""
    return [[(words(cell.cell), cell.column, cell.cell.colspan, cell.rowspan) for cell in cells] for cells in rows]


def words(cell: Cell) -> str:
    return "".join(texts(cell.body))


def test_a_cell_that_spans_rows_shifts_cells_below() -> None:
    _, body = table_grid(Table(body=(row(("a", 1, 2), ("b", 1, 1)), row(("c", 1, 1)))))
    assert positions(body) == [[("a", 0, 1, 2), ("b", 1, 1, 1)], [("c", 1, 1, 1)]]


def test_a_row_span_ends_at_the_last_row() -> None:
    _, body = table_grid(Table(body=(row(("a", 1, 9), ("b", 1, 1)),)))
    assert positions(body) == [[("a", 0, 1, 1), ("b", 1, 1, 1)]]


def test_a_column_span_ends_before_a_cell_from_above() -> None:
    _, body = table_grid(Table(body=(row(("a", 1, 1), ("b", 1, 2)), row(("c", 2, 1)))))
    assert positions(body) == [[("a", 0, 1, 1), ("b", 1, 1, 2)], [("c", 0, 1, 1)]]


def test_a_short_row_is_filled_with_empty_cells() -> None:
    head, body = table_grid(Table(head=(row(("a", 1, 1), ("b", 1, 1), ("c", 1, 1)),), body=(row(("d", 1, 1)),)))
    assert positions(head) == [[("a", 0, 1, 1), ("b", 1, 1, 1), ("c", 2, 1, 1)]]
    assert positions(body) == [[("d", 0, 1, 1), ("", 1, 1, 1), ("", 2, 1, 1)]]


def test_a_column_in_which_no_cell_starts_is_removed() -> None:
    _, body = table_grid(Table(body=(row(("a", 3, 1), ("b", 1, 1)), row(("c", 3, 1), ("d", 1, 1)))))
    assert positions(body) == [[("a", 0, 1, 1), ("b", 1, 1, 1)], [("c", 0, 1, 1), ("d", 1, 1, 1)]]


def test_a_sparse_table_gets_few_empty_cells_and_few_columns() -> None:
    spans = tuple(row((str(number), 1000, 20), ("b", 1, 1)) for number in range(60))
    _, body = table_grid(Table(body=spans))
    assert sum(map(len, body)) < 4 * 60
    assert all(cell.column < 4 * 60 for cells in body for cell in cells)


def test_a_cell_with_too_many_headers_names_none() -> None:
    header = Cell((Paragraph(("a",)),), header=True, scope="col", colspan=2)
    plain = Row((Cell(()),) * 3)
    rows = (plain, *(Row((header, Cell(()))),) * 300)
    markup = TableWriter(Table(body=rows), lambda _: "a", "table").write()
    assert markup.count('scope="col"') == 300
    assert 0 < markup.count(" headers=") <= 2 * MAX_HEADERS
    assert len(markup) < 60_000


@pytest.mark.slow
def test_time_grows_linearly_with_spans_and_headers() -> None:
    def work(size: int) -> int:
        rows = tuple(
            Row((Cell((Paragraph((str(number),)),), header=True, scope="row", rowspan=1 + number % 2), *cells.cells))
            for number, cells in enumerate([row(("a", 1000, 20), ("b", 1, 1))] * size)
        )
        return count_lines(lambda: TableWriter(Table(body=rows), lambda _: "", "table").write())

    work(10)
    assert work(320) <= 2.5 * work(160)


def test_time_grows_linearly_with_cells_over_many_rows() -> None:
    def work(size: int) -> int:
        table = Table(body=(row(("a", 1, size // 2), ("b", 1, 1)),) * size)
        return count_lines(lambda: table_grid(table))

    work(10)
    assert work(320) <= 2.5 * work(160)


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (["45,171", "882", "1,218"], {1}),
        (["45,171", "–", "n/a"], {1}),
        (["Unavailable", "45,171", "882"], {1}),
        (["Unavailable", "45,171"], set()),
        (["Unavailable", "None", "45,171", "882"], set()),
        (["no figures", "45,171", "882", "3"], set()),
        (["Unavailable", "Unavailable"], set()),
    ],
)
def test_a_column_of_numbers_may_have_a_few_words(cells: list[str], columns: set[int]) -> None:
    _, body = table_grid(Table(body=tuple(row(("Tests", 1, 1), (cell, 1, 1)) for cell in cells)))
    assert number_columns(body) == columns


def test_a_first_column_with_a_word_is_not_a_column_of_numbers() -> None:
    _, body = table_grid(Table(body=tuple(row((year, 1, 1), ("fish", 1, 1)) for year in ("2030", "2031", "Total"))))
    assert number_columns(body) == frozenset()

"""Tables as grids: cells stand where a browser puts them."""

from __future__ import annotations

from readout_pub.emit.tables import Grid, grid
from readout_pub.model import Cell, Paragraph, Row, Table


def row(*cells: tuple[str, int, int]) -> Row:
    """A row of cells given as (text, colspan, rowspan)."""
    return Row(
        tuple(
            Cell((Paragraph(children=(text,)),), colspan=colspan, rowspan=rowspan) for text, colspan, rowspan in cells
        )
    )


def drawn(rows: Grid) -> list[list[tuple[str, int, int]]]:
    """Each cell as (text, column, rowspan); an empty cell that fills a gap has no text."""
    return [
        [(str(cell.cell.body[0].children[0]) if cell.cell.body else "", cell.column, cell.rowspan) for cell in cells]  # type: ignore[union-attr]  # cells here hold one paragraph
        for cells in rows
    ]


def test_a_cell_that_spans_rows_pushes_those_below_aside() -> None:
    _, body = grid(Table(body=(row(("a", 1, 2), ("b", 1, 1)), row(("c", 1, 1)))))
    assert drawn(body) == [[("a", 0, 2), ("b", 1, 1)], [("c", 1, 1)]]


def test_a_span_ends_with_the_rows_there_are() -> None:
    _, body = grid(Table(body=(row(("a", 1, 9), ("b", 1, 1)),)))
    assert drawn(body) == [[("a", 0, 1), ("b", 1, 1)]]


def test_a_row_that_is_too_short_is_filled_up() -> None:
    head, body = grid(Table(head=(row(("a", 3, 1)),), body=(row(("b", 1, 1)),)))
    assert drawn(head) == [[("a", 0, 1)]]
    assert drawn(body) == [[("b", 0, 1), ("", 1, 1), ("", 2, 1)]]

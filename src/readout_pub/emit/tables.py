"""Tables as grids: where each cell stands, and how many rows it really spans."""

from __future__ import annotations

import msgspec

from readout_pub.model import Cell, Row

EMPTY = Cell(())


class Placed(msgspec.Struct, frozen=True):
    """A cell at its place in the grid: `row` and `column` from 0, and its `rowspan` cut where its rows end."""

    cell: Cell
    row: int
    column: int
    rowspan: int


def grid(rows: tuple[Row, ...]) -> tuple[tuple[Placed, ...], ...]:
    """Place the cells of `rows` as HTML does; a row that is too short is filled up with empty cells."""
    covered: set[tuple[int, int]] = set()
    placed = [_place(row, number, len(rows) - number, covered) for number, row in enumerate(rows)]
    width = max((column + 1 for _, column in covered), default=0)
    return tuple(
        (*cells, *(Placed(EMPTY, number, column, 1) for column in range(width) if (number, column) not in covered))
        for number, cells in enumerate(placed)
    )


def _place(row: Row, number: int, rows_left: int, covered: set[tuple[int, int]]) -> tuple[Placed, ...]:
    """Place the cells of one row in the columns that cells of earlier rows leave free, and mark what they cover."""
    placed = []
    column = 0
    for cell in row.cells:
        while (number, column) in covered:
            column += 1
        rowspan = min(cell.rowspan, rows_left)
        covered.update((number + down, column + right) for down in range(rowspan) for right in range(cell.colspan))
        placed.append(Placed(cell, number, column, rowspan))
        column += cell.colspan
    return tuple(placed)

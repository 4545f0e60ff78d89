"""Tables as grids: where each cell stands, how many rows it really spans, and which headers it stands under."""

from __future__ import annotations

from bisect import bisect_left

import msgspec
from msgspec.structs import replace

from readout_pub.model import Cell, Row, Table

EMPTY = Cell(())


class Placed(msgspec.Struct, frozen=True):
    """A cell at its place in the grid: `row` and `column` from 0, and spans that fit."""

    cell: Cell
    row: int
    column: int
    rowspan: int
    in_head: bool = False

    @property
    def heads_column(self) -> bool:
        """Whether it is the header of what stands below it."""
        return self.cell.header and (self.cell.scope or ("col" if self.in_head else "row")) == "col"

    @property
    def heads_row(self) -> bool:
        """Whether it is the header of what stands beside it."""
        return self.cell.header and not self.heads_column

    def shares_column(self, other: Placed) -> bool:
        """Say whether one stands above the other."""
        return self.column < other.column + other.cell.colspan and other.column < self.column + self.cell.colspan

    def shares_row(self, other: Placed) -> bool:
        """Say whether they stand beside each other."""
        return self.row < other.row + other.rowspan and other.row < self.row + self.rowspan


Grid = tuple[tuple[Placed, ...], ...]


def grid(table: Table) -> tuple[Grid, Grid]:
    """Place the cells of head and body as browsers do, and mend what makes a table invalid.

    A row that is too short is filled up with empty cells; a span ends where another cell stands or the rows end; a
    column in which no cell begins is no column.
    """
    covered: set[tuple[int, int]] = set()
    head = _place(table.head, 0, covered, in_head=True)
    body = _place(table.body, len(head), covered, in_head=False)
    width = max((column + 1 for _, column in covered), default=0)
    rows = [
        [*cells, *(Placed(EMPTY, row, column, 1) for column in range(width) if (row, column) not in covered)]
        for row, cells in enumerate([*head, *body])
    ]
    columns = sorted({cell.column for cells in rows for cell in cells})
    narrowed = tuple(tuple(_narrow(cell, columns) for cell in cells) for cells in rows)
    return narrowed[: len(head)], narrowed[len(head) :]


def _place(rows: tuple[Row, ...], first: int, covered: set[tuple[int, int]], *, in_head: bool) -> list[list[Placed]]:
    """Place `rows` in the columns that cells of earlier rows leave free, and mark in `covered` what they cover."""
    placed: list[list[Placed]] = []
    for number, row in enumerate(rows, start=first):
        cells: list[Placed] = []
        column = 0
        for cell in row.cells:
            while (number, column) in covered:
                column += 1
            rowspan = min(cell.rowspan, first + len(rows) - number)
            free = range(column, column + cell.colspan)
            colspan = next((at - column for at in free if (number, at) in covered), cell.colspan)
            covered.update((number + down, column + right) for down in range(rowspan) for right in range(colspan))
            cells.append(Placed(replace(cell, colspan=colspan), number, column, rowspan, in_head))
            column += colspan
        placed.append(cells)
    return placed


def _narrow(placed: Placed, columns: list[int]) -> Placed:
    """Count columns and colspan in `columns`, those in which a cell begins."""
    first = bisect_left(columns, placed.column)
    colspan = bisect_left(columns, placed.column + placed.cell.colspan) - first
    return replace(placed, column=first, cell=replace(placed.cell, colspan=colspan))


def headers_of(placed: Placed, headers: tuple[Placed, ...]) -> tuple[Placed, ...]:
    """Return those of `headers` that `placed` stands under or beside, in the order they are read."""
    return tuple(
        header
        for header in headers
        if (header.heads_column and header.row < placed.row and header.shares_column(placed))
        or (header.heads_row and header.column < placed.column and header.shares_row(placed))
    )

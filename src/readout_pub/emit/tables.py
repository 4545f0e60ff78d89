"""Tables as grids: where each cell stands, how many rows it really spans, and which headers it stands under."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from readout_pub.model import Cell, Row, Table

EMPTY = Cell(())


class GridCell(msgspec.Struct, frozen=True):
    """A cell at its place in the grid: `row` and `column` from 0, and spans that fit."""

    cell: Cell
    row: int
    column: int
    rowspan: int
    in_head: bool = False

    @property
    def is_column_header(self) -> bool:
        """Whether it is the header of what stands below it."""
        return self.cell.header and (self.cell.scope or ("col" if self.in_head else "row")) == "col"

    @property
    def is_row_header(self) -> bool:
        """Whether it is the header of what stands beside it."""
        return self.cell.header and not self.is_column_header


Grid = tuple[tuple[GridCell, ...], ...]


def table_grid(table: Table) -> tuple[Grid, Grid]:
    """Place the cells of head and body as browsers do, and mend what makes a table invalid.

    A row that is too short is filled up with empty cells; a span ends where another cell stands or the rows end; a
    column in which no cell begins is no column.
    """
    head = _place(table.head, 0, in_head=True)
    body = _place(table.body, len(head), in_head=False)
    rows = [*head, *body]
    width = max((taken[-1][1] for _, taken in rows if taken), default=0)
    begun = sorted({cell.column for cells, _ in rows for cell in cells})
    filled = [[*cells, *holes] for (cells, _), holes in zip(rows, _fill(rows, width, begun), strict=True)]
    columns = sorted({cell.column for cells in filled for cell in cells})
    narrowed = tuple(tuple(_narrow(cell, columns) for cell in cells) for cells in filled)
    return narrowed[: len(head)], narrowed[len(head) :]


ColumnSpan = tuple[int, int]
"""Columns side by side: the first, and the one after the last."""

_PlacedRow = tuple[list[GridCell], list[ColumnSpan]]
"""The cells that begin in a row, and the columns that it has taken, those of cells that come down from above too."""


def _place(rows: tuple[Row, ...], first: int, *, in_head: bool) -> list[_PlacedRow]:
    """Place `rows` in the columns that cells of earlier rows leave free."""
    out: list[_PlacedRow] = []
    above: list[tuple[int, int, int]] = []  # cells that come down: their columns, and the row before which they end
    for number, row in enumerate(rows, start=first):
        above = [each for each in above if each[2] > number]
        cells: list[GridCell] = []
        column, passed = 0, 0
        for cell in row.cells:
            while passed < len(above) and above[passed][0] <= column:
                column, passed = max(column, above[passed][1]), passed + 1
            free = above[passed][0] - column if passed < len(above) else cell.colspan
            colspan, rowspan = min(cell.colspan, free), min(cell.rowspan, first + len(rows) - number)
            cells.append(GridCell(replace(cell, colspan=colspan), number, column, rowspan, in_head))
            column += colspan
        above = sorted([*above, *((at.column, at.column + at.cell.colspan, number + at.rowspan) for at in cells)])
        out.append((cells, [(start, end) for start, end, _ in above]))
    return out


def _fill(rows: list[_PlacedRow], width: int, begun: list[int]) -> Iterator[list[GridCell]]:
    """Yield the empty cells that each row lacks: one in each column, or one in each hole if holes outnumber the cells.

    A few cells that span a thousand columns each would else take millions of empty ones.
    """
    cells = sum(len(cells) for cells, _ in rows)
    by_column = len(rows) * len(begun) <= _RAGGED * cells
    for number, (_, taken) in enumerate(rows):
        edges = [(0, 0), *taken, (width, width)]
        holes = [(end, start) for (_, end), (start, _) in pairwise(edges) if start > end]
        if by_column:
            holes = [part for hole in holes for part in _parts(hole, begun)]
        yield [GridCell(replace(EMPTY, colspan=end - start), number, start, 1) for start, end in holes]


_RAGGED = 8
"""Times from which the places of a table outnumber its cells because of its spans."""


def _parts(hole: ColumnSpan, begun: list[int]) -> Iterator[ColumnSpan]:
    """Cut a hole where columns begin."""
    start, end = hole
    inside = begun[bisect_right(begun, start) : bisect_left(begun, end)]
    yield from pairwise([start, *inside, end])


def _narrow(placed: GridCell, columns: list[int]) -> GridCell:
    """Count columns and colspan in `columns`, those in which a cell begins."""
    first = bisect_left(columns, placed.column)
    colspan = bisect_left(columns, placed.column + placed.cell.colspan) - first
    return replace(placed, column=first, cell=replace(placed.cell, colspan=colspan))


class HeaderIndex:
    """The headers of one table, to be found by the rows and columns that they head."""

    def __init__(self, headers: tuple[GridCell, ...]) -> None:
        self._headers = headers
        self._by_row: dict[int, list[int]] = {}
        self._by_column: dict[int, list[int]] = {}
        for number, header in enumerate(headers):
            for place in rows_of(header) if header.is_row_header else columns_of(header):
                (self._by_row if header.is_row_header else self._by_column).setdefault(place, []).append(number)

    def headers_of(self, placed: GridCell) -> tuple[GridCell, ...]:
        """Return those that a cell stands under or beside, in the order they are read."""
        beside = {number for row in rows_of(placed) for number in self._by_row.get(row, ())}
        over = {number for column in columns_of(placed) for number in self._by_column.get(column, ())}
        found = (self._headers[number] for number in sorted(beside | over))
        return tuple(
            header
            for header in found
            if (header.column < placed.column if header.is_row_header else header.row < placed.row)
        )


def rows_of(placed: GridCell) -> range:
    """Return the rows that a cell spans."""
    return range(placed.row, placed.row + placed.rowspan)


def columns_of(placed: GridCell) -> range:
    """Return the columns that a cell spans."""
    return range(placed.column, placed.column + placed.cell.colspan)

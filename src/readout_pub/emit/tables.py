"""Tables as grids: the row and column of each cell, its real spans, and the headers that apply to it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from readout_pub.model import Cell, Row, Table
from readout_pub.model import texts as block_texts

EMPTY = Cell(())


class GridCell(msgspec.Struct, frozen=True):
    """A cell with its position in the grid: `row` and `column` from 0, and spans that stay inside the table."""

    cell: Cell
    row: int
    column: int
    rowspan: int
    in_head: bool = False

    @property
    def is_column_header(self) -> bool:
        """Whether the cell is the header of the cells below it."""
        return self.cell.header and (self.cell.scope or ("col" if self.in_head else "row")) == "col"

    @property
    def is_row_header(self) -> bool:
        """Whether the cell is the header of the cells after it in its rows."""
        return self.cell.header and not self.is_column_header


Grid = tuple[tuple[GridCell, ...], ...]
"""Rows from the top; each has the cells that start in it, from the first column."""


def table_grid(table: Table) -> tuple[Grid, Grid]:
    """Return the grids of head and body, laid out as browsers do (HTML, "forming a table"), and repaired.

    Short rows are filled with empty cells. A span ends at another cell or with the last row of its head or body. A
    column in which no cell starts is removed.
    """
    head = _position_cells(table.head, 0, in_head=True)
    body = _position_cells(table.body, len(head), in_head=False)
    rows = [*head, *body]
    width = max((taken[-1][1] for _, taken in rows if taken), default=0)
    starts = sorted({cell.column for cells, _ in rows for cell in cells})
    filled = [[*cells, *fillers] for (cells, _), fillers in zip(rows, _filler_cells(rows, width, starts), strict=True)]
    columns = sorted({cell.column for cells in filled for cell in cells})
    compact = tuple(tuple(_renumber_columns(cell, columns) for cell in cells) for cells in filled)
    return compact[: len(head)], compact[len(head) :]


ColumnSpan = tuple[int, int]
"""Adjacent columns: the first, and the one after the last."""

_PositionedRow = tuple[list[GridCell], list[ColumnSpan]]
"""The cells that start in a row, and the columns occupied in it, also by cells from rows above."""


def _position_cells(rows: tuple[Row, ...], first: int, *, in_head: bool) -> list[_PositionedRow]:
    """Return the rows, with each cell in the first free column after the cell before it.

    `first` is the number of rows above `rows` in the table.
    """
    out: list[_PositionedRow] = []
    occupied: list[ColumnSpan] = []
    ending: defaultdict[int, list[ColumnSpan]] = defaultdict(list)  # row → columns free again from that row on
    for number, row in enumerate(rows, start=first):
        for span in ending.pop(number, ()):
            _release(occupied, span)
        cells: list[GridCell] = []
        column, passed = 0, 0
        for cell in row.cells:
            while passed < len(occupied) and occupied[passed][0] <= column:
                column, passed = max(column, occupied[passed][1]), passed + 1
            free = occupied[passed][0] - column if passed < len(occupied) else cell.colspan
            colspan, rowspan = min(cell.colspan, free), min(cell.rowspan, first + len(rows) - number)
            cells.append(GridCell(replace(cell, colspan=colspan), number, column, rowspan, in_head))
            column += colspan
        for at in cells:
            span = (at.column, at.column + at.cell.colspan)
            _occupy(occupied, span)
            ending[number + at.rowspan].append(span)
        out.append((cells, occupied.copy()))
    return out


def _occupy(occupied: list[ColumnSpan], span: ColumnSpan) -> None:
    """Add the free columns `span` to `occupied`, a sorted list, in which adjacent spans are joined.

    Joined spans keep the list short, which is copied for each row.
    """
    start, end = span
    at = bisect_left(occupied, span)
    if at < len(occupied) and occupied[at][0] == end:
        _, end = occupied.pop(at)
    if at and occupied[at - 1][1] == start:
        at -= 1
        start, _ = occupied.pop(at)
    occupied.insert(at, (start, end))


def _release(occupied: list[ColumnSpan], span: ColumnSpan) -> None:
    """Remove the columns `span` from `occupied`, a sorted list; the rest of the span around them stays."""
    start, end = span
    at = bisect_left(occupied, (start + 1, 0)) - 1
    whole_start, whole_end = occupied[at]
    parts = ((whole_start, start), (end, whole_end))
    occupied[at : at + 1] = [part for part in parts if part[0] < part[1]]


def _filler_cells(rows: list[_PositionedRow], width: int, starts: list[int]) -> Iterator[list[GridCell]]:
    """Yield the empty cells that fill each row: one per column, or one per gap in very sparse tables.

    A hostile table of 2,000 rows whose cells start in 2,000 different columns would need 4 million, one per column.
    """
    cells = sum(len(cells) for cells, _ in rows)
    by_column = len(rows) * len(starts) <= _MAX_GRID_PER_CELL * cells
    for number, (_, taken) in enumerate(rows):
        edges = [(0, 0), *taken, (width, width)]
        gaps = [(end, start) for (_, end), (start, _) in pairwise(edges) if start > end]
        if by_column:
            gaps = [part for gap in gaps for part in _split_at_columns(gap, starts)]
        yield [GridCell(replace(EMPTY, colspan=end - start), number, start, 1) for start, end in gaps]


_MAX_GRID_PER_CELL = 8
"""A table with more grid positions (rows × columns) than this for each of its cells is sparse: a gap gets one empty
cell for all its columns.

Chosen by hand. A full table has one position for each cell; spans and gaps increase this ratio. With a higher limit,
hostile tables could grow larger.
"""


def _split_at_columns(gap: ColumnSpan, starts: list[int]) -> Iterator[ColumnSpan]:
    """Yield the parts of `gap` between the columns at which cells start."""
    start, end = gap
    inside = starts[bisect_right(starts, start) : bisect_left(starts, end)]
    yield from pairwise([start, *inside, end])


def _renumber_columns(at: GridCell, columns: list[int]) -> GridCell:
    """Return a cell with column and colspan counted in `columns`, the columns in which some cell starts."""
    first = bisect_left(columns, at.column)
    colspan = bisect_left(columns, at.column + at.cell.colspan) - first
    return replace(at, column=first, cell=replace(at.cell, colspan=colspan))


_NUMBER = re.compile(
    r"[-+−–±~≈<>(]{0,2}\s?[^\W\d_\s]{0,3}[$€£¥₩₹]?\s?"
    r"\d[\d.,\s’'٬٫]{0,30}[)%‰*]{0,2}(?:\s?[^\W\d_\s]{1,3})?"
)
"""A number, perhaps with a sign, a currency or a short unit: "−1,234.5 %", "EUR 12", "３０"."""

_NO_NUMBER = re.compile(r"[-–—―.…*/x×nNaA]{0,3}")
"""A cell without a number in a column of numbers: empty, a dash, "n/a"."""


_WORD = re.compile(r"[^\W\d_]{1,14}")
"""A word in a column of numbers, such as "Unavailable"."""

MIN_NUMBERS_PER_WORD = 2
"""The fewest numbers in a column of numbers for each cell that is a word. Chosen by hand."""


def number_columns(body: Grid) -> frozenset[int]:
    """Return the columns of `body` that contain numbers.

    A few cells can be words, except in the first column, which names the rows. Row headers and cells that span columns
    do not count.
    """
    texts: dict[int, list[str]] = {}
    for at in (at for row in body for at in row if not at.is_row_header and at.cell.colspan == 1):
        texts.setdefault(at.column, []).append(" ".join(" ".join(block_texts(at.cell.body)).split()))
    return frozenset(column for column, cells in texts.items() if _are_numbers(cells, may_have_words=column > 0))


def _are_numbers(cells: Sequence[str], *, may_have_words: bool) -> bool:
    """Return whether `cells` are numbers or gaps, with a few words if `may_have_words`."""
    numbers = sum(bool(_NUMBER.fullmatch(text)) for text in cells)
    words = [text for text in cells if not _NUMBER.fullmatch(text) and not _NO_NUMBER.fullmatch(text)]
    if words and not (may_have_words and all(map(_WORD.fullmatch, words))):
        return False
    return numbers > 0 and numbers >= MIN_NUMBERS_PER_WORD * len(words)


MAX_HEADERS = 20
"""A cell with more headers gets no attribute `headers`; its headers keep their attribute `scope`.

Screen readers read all named headers before the cell, so that more would not help; a hostile table has thousands.
"""


class HeaderIndex:
    """Finds the headers of each cell of one table."""

    def __init__(self, headers: tuple[GridCell, ...]) -> None:
        self._headers = headers
        self._by_row: dict[int, list[tuple[int, int]]] = {}
        self._by_column: dict[int, list[tuple[int, int]]] = {}
        for number, header in enumerate(headers):
            if header.is_row_header:
                for row in rows_of(header):
                    self._by_row.setdefault(row, []).append((header.column, number))
            else:
                for column in columns_of(header):
                    self._by_column.setdefault(column, []).append((header.row, number))
        for row_headers in self._by_row.values():
            row_headers.sort()  # by column: headers that span rows from above were added first

    def headers_of(self, at: GridCell) -> tuple[GridCell, ...]:
        """Return the headers above a cell and before it in its rows, in reading order; none if there are too many."""
        lines = (
            *((at.column, self._by_row.get(row, ())) for row in rows_of(at)),
            *((at.row, self._by_column.get(column, ())) for column in columns_of(at)),
        )
        found: set[int] = set()
        for position, headers in lines:
            for where, number in headers:
                if where >= position:
                    break
                found.add(number)
                if len(found) > MAX_HEADERS:
                    return ()
        return tuple(self._headers[number] for number in sorted(found))


def rows_of(at: GridCell) -> range:
    """Return the rows that a cell spans."""
    return range(at.row, at.row + at.rowspan)


def columns_of(at: GridCell) -> range:
    """Return the columns that a cell spans."""
    return range(at.column, at.column + at.cell.colspan)

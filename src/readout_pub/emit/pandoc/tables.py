"""Tables as pandoc nodes, with spans, head rows and columns of row headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.pandoc.nodes import DENSE_TABLE, HEADING_COLUMN, Node, attr, node
from readout_pub.emit.pandoc.text_width import text_width, word_width
from readout_pub.emit.tables import columns_of, number_columns, table_grid
from readout_pub.model import Paragraph, Strong, texts

if TYPE_CHECKING:
    from readout_pub.emit.tables import Grid, GridCell
    from readout_pub.model import Blocks, Table

WriteCell = Callable[["Blocks"], list[Node]]
"""Writes the content of a cell."""

ALIGN_DEFAULT: Node = {"t": "AlignDefault"}
ALIGN_RIGHT: Node = {"t": "AlignRight"}
DEFAULT_WIDTH: Node = {"t": "ColWidthDefault"}

SMALL_TABLE = 8
"""A table with at most this many rows is kept on one page. Chosen by hand: a fifth of a page."""

CELL_PADDING = 1.0
"""The space beside the text of a cell in em, as in document.css."""

MAX_UNDERESTIMATE = 0.3
"""A short text can be so many em wider than estimated: the two letters of a bold "No." are wide."""


def table_node(
    block: Table,
    caption: list[Node],
    write_cell: WriteCell,
    width: float | None = None,
    *,
    is_dense: bool = False,
) -> Node:
    """Return `block` as a Table with `caption`, in small type if `is_dense`.

    The columns share `width`, the width of the page in em of the table's type size; None for formats without named
    styles.
    """
    head, body = table_grid(block)
    columns = max((at.column + at.cell.colspan for row in (*head, *body) for at in row), default=0)
    header_columns = _header_columns(body, columns)
    is_styled = width is not None and bool(body)
    numeric = number_columns(body) if is_styled else frozenset()
    widths = [node("ColWidth", share) for share in column_shares((*head, *body), columns, width or 0)]
    names = (DENSE_TABLE if is_dense else "", HEADING_COLUMN if is_styled and header_columns else "")
    return node(
        "Table",
        attr(custom_style="".join(names) or None),
        [None, caption],
        [
            [ALIGN_RIGHT if column in numeric else ALIGN_DEFAULT, widths[column] if is_styled else DEFAULT_WIDTH]
            for column in range(columns)
        ],
        [attr(), [_row_node(row, write_cell) for row in head]],
        [[attr(), header_columns, [], [_row_node(row, write_cell) for row in body]]],
        [attr(), []],
    )


def column_shares(rows: Grid, columns: int, width: float) -> list[float]:
    """Return the share of `width` (em) of each column, chosen as browsers do from the longest lines and words.

    If all lines fit, the columns share the rest of the width in proportion to their lines. Else each column gets the
    width of its longest word; the rest is shared in proportion to what its longest line needs in addition.
    """
    lines, words = (
        [each + MAX_UNDERESTIMATE for each in _column_widths(rows, columns, measure)]
        for measure in (text_width, word_width)
    )
    if sum(lines) <= width:
        found = lines
    elif sum(words) >= width:
        found = words
    else:
        spare = (width - sum(words)) / (sum(lines) - sum(words))
        found = [word + (line - word) * spare for word, line in zip(words, lines, strict=True)]
    return [each / sum(found) for each in found]


def _column_widths(rows: Grid, columns: int, measure: Callable[[str], float]) -> list[float]:
    """Return the width in em that the texts in each column need; `measure` estimates the width of a text."""
    widths = [CELL_PADDING] * columns
    for at in (at for row in rows for at in row):
        width = max(map(measure, texts(at.cell.body)), default=0) / at.cell.colspan
        for column in columns_of(at) if width else ():  # an empty cell may fill thousands of columns in each row
            widths[column] = max(widths[column], width + CELL_PADDING)
    return widths


def exceeds(block: Table, width: float) -> bool:
    """Return whether a table is wider than `width` (em) even if each column has the width of its longest word."""
    rows = tuple(row for part in table_grid(block) for row in part)
    return sum(_column_widths(rows, column_count(block), word_width)) > width


def column_count(block: Table) -> int:
    """Return the number of columns of a table."""
    return max((at.column + at.cell.colspan for part in table_grid(block) for row in part for at in row), default=0)


def has_spans(block: Table) -> bool:
    """Return whether a cell of `block` spans several columns or rows once its spans are repaired."""
    return any(at.cell.colspan > 1 or at.rowspan > 1 for part in table_grid(block) for row in part for at in row)


def _row_node(row: tuple[GridCell, ...], write_cell: WriteCell) -> list[object]:
    cells = [[attr(), ALIGN_DEFAULT, at.rowspan, at.cell.colspan, write_cell(_bold_if_header(at))] for at in row]
    return [attr(), cells]


def _bold_if_header(at: GridCell) -> Blocks:
    """Return the content of a cell, bold if it is a header in the body: most pandoc writers mark only the head."""
    if at.in_head or not at.cell.header:
        return at.cell.body
    return tuple(
        msgspec.structs.replace(block, children=(Strong(block.children),)) if isinstance(block, Paragraph) else block
        for block in at.cell.body
    )


def _header_columns(body: Grid, columns: int) -> int:
    """Return the number of leading columns of `body` in which all cells are row headers."""
    headers = [at for row in body for at in row if at.is_row_header]
    for column in range(columns):
        height = sum(at.rowspan for at in headers if at.column <= column < at.column + at.cell.colspan)
        if height < len(body):
            return column
    return columns

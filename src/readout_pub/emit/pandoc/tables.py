"""Tables as pandoc nodes, with spans, head rows and row header columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.pandoc.nodes import HEADING_COLUMN, Node, attr, node
from readout_pub.emit.tables import table_grid
from readout_pub.model import Paragraph, Strong

if TYPE_CHECKING:
    from readout_pub.emit.tables import Grid, GridCell
    from readout_pub.model import Blocks, Table

WriteCell = Callable[["Blocks"], list[Node]]
"""Writes the content of a cell."""

ALIGN_DEFAULT: Node = {"t": "AlignDefault"}
DEFAULT_COLUMN = [ALIGN_DEFAULT, {"t": "ColWidthDefault"}]


def table_node(block: Table, caption: list[Node], write_cell: WriteCell, *, styled: bool = False) -> Node:
    """Return `block` as a Table with `caption`; `styled` means that the format has named styles."""
    head, body = table_grid(block)
    columns = max((at.column + at.cell.colspan for row in (*head, *body) for at in row), default=0)
    header_columns = _header_columns(body, columns)
    return node(
        "Table",
        attr(custom_style=HEADING_COLUMN if styled and body and header_columns else None),
        [None, caption],
        [DEFAULT_COLUMN] * columns,
        [attr(), [_row_node(row, write_cell) for row in head]],
        [[attr(), header_columns, [], [_row_node(row, write_cell) for row in body]]],
        [attr(), []],
    )


def has_spans(block: Table) -> bool:
    """Return whether a cell of `block` spans several columns or rows."""
    return any(cell.colspan > 1 or cell.rowspan > 1 for row in (*block.head, *block.body) for cell in row.cells)


def _row_node(row: tuple[GridCell, ...], write_cell: WriteCell) -> list[object]:
    cells = [[attr(), ALIGN_DEFAULT, at.rowspan, at.cell.colspan, write_cell(_bold_if_header(at))] for at in row]
    return [attr(), cells]


def _bold_if_header(at: GridCell) -> Blocks:
    """Return the content of a cell, bold if it is a header in the table body: most writers mark only the head."""
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

"""Tables as nodes of pandoc's tree: a grid of cells with spans, head rows, and columns that head their rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.pandoc.nodes import Node, attr, node
from readout_pub.emit.pandoc.package_fixes import HEADING_COLUMN
from readout_pub.emit.tables import table_grid
from readout_pub.model import Paragraph, Strong

if TYPE_CHECKING:
    from readout_pub.emit.tables import Grid, GridCell
    from readout_pub.model import Blocks, Table

Flow = Callable[["Blocks"], list[Node]]
"""Writes what stands in a cell."""

ALIGNED: Node = {"t": "AlignDefault"}
COLUMN = [ALIGNED, {"t": "ColWidthDefault"}]


def table_node(block: Table, caption: list[Node], flow: Flow, *, styled: bool = False) -> Node:
    """Return `block` as a table; its caption has been written already. `styled`: the format has styles by name."""
    head, body = table_grid(block)
    columns = max((cell.column + cell.cell.colspan for row in (*head, *body) for cell in row), default=0)
    headed = styled and bool(body) and _heading_columns(body, columns) > 0
    return node(
        "Table",
        attr(custom_style=HEADING_COLUMN if headed else None),
        [None, caption],
        [COLUMN] * columns,
        [attr(), [_row(row, flow) for row in head]],
        [[attr(), _heading_columns(body, columns), [], [_row(row, flow) for row in body]]],
        [attr(), []],
    )


def _row(row: tuple[GridCell, ...], flow: Flow) -> list[object]:
    cells = [[attr(), ALIGNED, cell.rowspan, cell.cell.colspan, flow(_words(cell))] for cell in row]
    return [attr(), cells]


def _words(placed: GridCell) -> Blocks:
    """Return what stands in a cell; a header in the body is bold, since most writers mark those of the head only."""
    if placed.in_head or not placed.cell.header:
        return placed.cell.body
    return tuple(
        msgspec.structs.replace(block, children=(Strong(block.children),)) if isinstance(block, Paragraph) else block
        for block in placed.cell.body
    )


def _heading_columns(body: Grid, columns: int) -> int:
    """Count the columns at the start of `body` that hold nothing but headers of rows."""
    headings = [cell for row in body for cell in row if cell.is_row_header]
    for column in range(columns):
        height = sum(cell.rowspan for cell in headings if cell.column <= column < cell.column + cell.cell.colspan)
        if height < len(body):
            return column
    return columns

"""Data tables, and layout tables, which only arrange a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from bs4 import Tag

from readout_pub.model import Blocks, Cell, Inlines, Row, Table

LONG_CELL = 400
"""Characters of one cell from which a table without headers is a layout table. Chosen by hand: cells of data are
shorter."""

_MAX_SPAN = 1000
"""Columns that one cell may span, the limit of WHATWG HTML; used for rows too, where HTML allows 65,534."""


def own_elements(tag: Tag, names: list[str]) -> Iterator[Tag]:
    """Yield the descendants of a table with one of `names`, but not those in its cells or in tables inside it."""
    for found in tag.find_all(names):
        if found.find_parent(["table", "td", "th"]) is tag:
            yield found


def cells(tag: Tag) -> Iterator[Tag]:
    """Yield the caption and the cells of a table in reading order."""
    yield from own_elements(tag, ["caption", "td", "th"])


def is_layout(tag: Tag) -> bool:
    """Return whether a table is a layout table: no headers, and one column, one row, headings or long texts."""
    if str(tag.get("role") or "").lower() in {"presentation", "none"}:
        return True
    if next(own_elements(tag, ["th", "caption", "thead"]), None) is not None:
        return False
    rows = [list(own_cells(row)) for row in own_elements(tag, ["tr"])]
    filled = [row for row in rows if any(_has_content(cell) for cell in row)]
    if len(filled) <= 1 or max(sum(map(_has_content, row)) for row in filled) <= 1:
        return True
    return tag.find(["table", "h1", "h2", "h3"]) is not None or any(
        len(" ".join(cell.get_text().split())) > LONG_CELL for row in filled for cell in row
    )


def _has_content(cell: Tag) -> bool:
    return bool(cell.get_text(strip=True)) or cell.find(True) is not None


def own_cells(row: Tag) -> list[Tag]:
    """Return the `td` and `th` of one row."""
    return [child for child in row.children if isinstance(child, Tag) and child.name in {"td", "th"}]


def read_table(tag: Tag, read_cell: Callable[[Tag], Blocks], read_line: Callable[[Tag], Inlines]) -> Table | None:
    """Return a data table; rows of headers only at its top become its head. None if every cell is empty."""
    caption = tag.find("caption")
    head: list[Row] = []
    body: list[Row] = []
    rows = [(row, own_cells(row)) for row in own_elements(tag, ["tr"])]
    gaps = [0, *accumulate(not found for _, found in rows)]
    for number, (row, found) in enumerate(rows):
        if not found:
            continue
        in_head = not body and _is_head(row, found)
        read = (
            _read_cell(cell, found, read_cell, rowspan=_rowspan(cell, number, gaps), in_head=in_head) for cell in found
        )
        (head if in_head else body).append(Row(tuple(read)))
    if not any(cell.body for row in (*head, *body) for cell in row.cells):
        return None
    if not body:
        head, body = [], head
    return Table(
        tuple(body),
        head=tuple(head),
        caption=read_line(caption) if isinstance(caption, Tag) else (),
    )


def _is_head(row: Tag, found: list[Tag]) -> bool:
    return (row.parent is not None and row.parent.name == "thead") or all(cell.name == "th" for cell in found)


def _rowspan(cell: Tag, row: int, gaps: Sequence[int]) -> int:
    """Return how many rows a cell spans, not counting rows without cells, which are left out of the model.

    `gaps[n]` is the number of such rows above row `n`.
    """
    span = _parse_span(cell.get("rowspan"))
    return span - gaps[min(row + span, len(gaps) - 1)] + gaps[row]


def _read_cell(cell: Tag, row: list[Tag], read_cell: Callable[[Tag], Blocks], *, rowspan: int, in_head: bool) -> Cell:
    header = cell.name == "th" or (in_head and bool(cell.get_text(strip=True)))
    row_header = str(cell.get("scope") or "").startswith("row") or not in_head
    return Cell(
        read_cell(cell),
        header=header,
        scope=("row" if row_header and len(row) > 1 else "col") if header else None,
        colspan=_parse_span(cell.get("colspan")),
        rowspan=rowspan,
    )


def _parse_span(value: object) -> int:
    text = str(value or "1").strip()
    return min(max(int(text), 1), _MAX_SPAN) if text.isascii() and text.isdigit() else 1

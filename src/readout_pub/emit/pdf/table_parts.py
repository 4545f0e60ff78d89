"""Splits a table that is too wide for its page: each part has some of the columns, and repeats the heads of the rows.

Each cell is moved, as the same `Element`, to the first part that shows it, so that the tagger finds it in the structure
of the whole table. Other parts get copies, such as the head of a row. A copy has the class `REPEATED` and no tag.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

import msgspec

REPEATED = "repeated"
"""Class of the copy of an element."""

_STEPS = 10
"""How many limits on the width of a part `_spans` tries, for similar widths. Chosen by hand."""


class _PlacedElement(msgspec.Struct, frozen=True):
    """A cell, its first column, and the column after its last."""

    element: Element
    start: int
    end: int


def split_by_columns(table: Element, cell_widths: Mapping[Element, float], room: float) -> list[Element]:
    """Split `table` into parts that are `room` wide at most; return these. All widths are in CSS pixels.

    Each part begins with the leading columns that head the rows, or with the first column. A part with one other column
    can still be too wide. If a split divides a cell, the column span of the cell is changed.
    """
    groups = {group: list(_grid(group)) for group in table if group.tag in {"thead", "tbody"}}
    rows = [row for grid in groups.values() for row in grid]
    widths = _column_widths(rows, cell_widths)
    heads = max(_count_head_columns(groups), 1)
    spans = _spans(widths, heads, room)
    if len(spans) < 2:
        return [table]
    seen: set[Element] = set()
    return [_part(table, groups, (range(heads), span), seen) for span in spans]


def _grid(group: Element) -> Iterator[list[_PlacedElement]]:
    """Yield the cells of each row of `group`.

    Our markup has no gaps: a column without a cell belongs to a cell that spans from a row above.
    """
    above: dict[int, int] = {}  # column → how many more rows a cell from above covers
    for row in group:
        cells, column = [], 0
        continued: dict[int, int] = {}
        for element in row:
            while above.get(column):
                column += 1
            end = column + int(element.get("colspan", 1))
            cells.append(_PlacedElement(element, column, end))
            continued |= dict.fromkeys(range(column, end), int(element.get("rowspan", 1)) - 1)
            column = end
        above = {at: count - 1 for at, count in above.items() if count > 1} | continued
        yield cells


def _column_widths(rows: Sequence[Sequence[_PlacedElement]], cell_widths: Mapping[Element, float]) -> list[float]:
    """Return the width of the widest cell in each column; the columns of a cell share its width equally."""
    widths = [0.0] * max((cell.end for row in rows for cell in row), default=0)
    for cell in (cell for row in rows for cell in row):
        share = cell_widths.get(cell.element, 0) / (cell.end - cell.start)
        for column in range(cell.start, cell.end):
            widths[column] = max(widths[column], share)
    return widths


def _count_head_columns(groups: Mapping[Element, Sequence[Sequence[_PlacedElement]]]) -> int:
    """Return the number of leading columns in which each row of the body has a header cell."""
    rows = [row for group, grid in groups.items() if group.tag == "tbody" for row in grid]
    heads = (
        max((cell.end for cell in row if cell.element.get("scope") == "row"), default=0)
        for row in rows
        if row and row[0].start == 0
    )
    return min(heads, default=0)


def _spans(widths: Sequence[float], heads: int, room: float) -> list[range]:
    """Return the columns of each part without the row heads: as few parts as `room` allows, of similar width.

    The narrowest limit that gives no more parts than `room` does is taken.
    """
    left = room - sum(widths[:heads])
    others = range(heads, len(widths))
    most = _fill(widths, others, left)
    even = sum(widths[heads:]) / max(len(most), 1)
    limits = (even + (left - even) * step / _STEPS for step in range(_STEPS))
    return next((spans for limit in limits if len(spans := _fill(widths, others, limit)) <= len(most)), most)


def _fill(widths: Sequence[float], columns: range, limit: float) -> list[range]:
    """Return `columns` in ranges that are at most `limit` wide, or have one column."""
    found: list[range] = []
    start, width = columns.start, 0.0
    for column in columns:
        if width and width + widths[column] > limit:
            found.append(range(start, column))
            start, width = column, 0.0
        width += widths[column]
    return [*found, range(start, columns.stop)] if columns else []


def _part(
    table: Element,
    groups: Mapping[Element, Sequence[Sequence[_PlacedElement]]],
    columns: tuple[range, range],
    seen: set[Element],
) -> Element:
    """Return a table with the cells in `columns`: cells in `seen` are copied, other cells are added to `seen`."""
    part = Element("table", dict(table.attrib))
    for child in table:
        if child not in groups:
            part.append(_original_or_copy(child, seen))
            continue
        group = Element(child.tag, dict(child.attrib))
        for cells in groups[child]:
            row = Element("tr")
            row.extend(_cells(cells, columns, seen))
            group.append(row)
        part.append(group)
    return part


def _cells(cells: Sequence[_PlacedElement], columns: tuple[range, range], seen: set[Element]) -> Iterator[Element]:
    for cell in cells:
        width = sum(column in each for column in range(cell.start, cell.end) for each in columns)
        if width:
            element = _original_or_copy(cell.element, seen)
            element.attrib.pop("colspan", None)
            if width > 1:
                element.set("colspan", str(width))
            yield element


def _original_or_copy(element: Element, seen: set[Element]) -> Element:
    """Return `element` the first time, then copies without links and ids: an id must be unique."""
    if element not in seen:
        seen.add(element)
        return element
    repeated = copy.deepcopy(element)
    for each in repeated.iter():
        each.attrib.pop("id", None)
        if each.tag == "a":
            each.tag = "span"
            each.attrib.clear()
    repeated.set("class", f"{element.get('class', '')} {REPEATED}".strip())
    return repeated

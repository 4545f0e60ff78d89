"""Distinguishes data tables from layout tables, on the lxml tree and before any line is read."""

from __future__ import annotations

from collections.abc import Iterator

from readout_pub.extract.tables import LONG_CELL, CellTraits, is_parallel_text
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_LAYOUT_CONTENT = frozenset("table h1 h2 h3 form iframe".split())
"""Elements that occur in layout tables and never in data tables."""
_HEADER_TAGS = frozenset("th caption thead".split())
_CELL_TAGS = ("td", "th")
_MIN_ROWS_WITHOUT_HEADER = 3
"""Rows that a data table without headers needs: old pages set headline and date side by side in two rows of cells."""


def is_data_table(table: LxmlElement) -> bool:
    """Return whether a table contains data, in at least two rows and two columns, rather than laying out the page.

    The rules are those of `tables.is_layout`, which reads the body later, but stricter without headers: no pictures (a
    gallery) and at least three rows.
    """
    if (table.get("role") or "").lower() in {"presentation", "none"}:
        return False
    tags = set()
    for element in table.iterdescendants():
        if element.tag in _LAYOUT_CONTENT:
            return False
        tags.add(element.tag)
    rows = [[len(text_of_element(cell)) for cell in row.iterchildren(*_CELL_TAGS)] for row in table.iter("tr")]
    filled = [row for row in rows if any(row)]
    if len(filled) < 2 or max(sum(map(bool, row)) for row in filled) < 2:
        return False
    if not tags.isdisjoint(_HEADER_TAGS):
        return True
    if "img" in tags:
        return False
    if max(map(max, filled)) > LONG_CELL:
        return is_parallel_text(list(_traits_of_rows(table)), is_bordered=(table.get("border") or "0") != "0")
    return len(filled) >= _MIN_ROWS_WITHOUT_HEADER or _is_in_figure(table)


def _is_in_figure(table: LxmlElement) -> bool:
    """Return whether a table is all of a `figure`, as editors mark tables of data."""
    return next(table.iterancestors("figure"), None) is not None


def _traits_of_rows(table: LxmlElement) -> Iterator[list[CellTraits]]:
    for row in table.iter("tr"):
        traits = [_traits(cell) for cell in row.iterchildren(*_CELL_TAGS)]
        if any(cell.size for cell in traits):
            yield traits


def _traits(cell: LxmlElement) -> CellTraits:
    def size(*tags: str) -> int:
        inner = (each for each in cell.iter(*tags) if next(each.iterancestors(*tags), None) is None)
        return sum(len(text_of_element(each)) for each in inner)

    letters = len(text_of_element(cell))
    return CellTraits(letters, size("a"), is_bold=size("b", "strong") >= letters > 0)

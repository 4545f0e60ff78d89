"""Tells data tables from layout tables, on the lxml tree and before any line is read."""

from __future__ import annotations

from readout_pub.extract.tables import LONG_CELL
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_LAYOUT_CONTENT = frozenset("table h1 h2 h3 form iframe".split())
"""Elements that occur in layout tables and never in data tables."""
_HEADER_TAGS = frozenset("th caption thead".split())
_CELL_TAGS = ("td", "th")
_MIN_ROWS_WITHOUT_HEADER = 3
"""Rows that a data table without headers needs: old pages set headline and date side by side in two rows of cells."""


def is_data_table(table: LxmlElement) -> bool:
    """Return whether a table holds data, in at least two rows and two columns, rather than laying out the page.

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
    return len(filled) >= _MIN_ROWS_WITHOUT_HEADER and "img" not in tags and max(map(max, filled)) <= LONG_CELL

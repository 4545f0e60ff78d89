"""Which tables state facts in rows, seen in the tree that lines are read from."""

from __future__ import annotations

from readout_pub.extract.tables import LONG_CELL
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_NO_FACTS = frozenset("table h1 h2 h3 form iframe".split())
"""Elements that a table of facts never holds; one that arranges a page does."""
_HEADERS = frozenset("th caption thead".split())
_CELLS = ("td", "th")
_ROWS = 3
"""Rows from which a table without headers states facts."""


def states_facts(table: LxmlElement) -> bool:
    """Say whether a table states facts, in two rows and two columns at least, rather than arranges a page.

    The rules are those of `tables.is_layout`, stricter where there are no headers: such a table may be there to show
    photos, and one of two rows to hold headline and date side by side with something else.
    """
    if (table.get("role") or "").lower() in {"presentation", "none"}:
        return False
    tags = set()
    for element in table.iterdescendants():
        if element.tag in _NO_FACTS:
            return False
        tags.add(element.tag)
    rows = [[len(text_of_element(cell)) for cell in row.iterchildren(*_CELLS)] for row in table.iter("tr")]
    filled = [row for row in rows if any(row)]
    if len(filled) < 2 or max(sum(map(bool, row)) for row in filled) < 2:
        return False
    if not tags.isdisjoint(_HEADERS):
        return True
    return len(filled) >= _ROWS and "img" not in tags and max(map(max, filled)) <= LONG_CELL

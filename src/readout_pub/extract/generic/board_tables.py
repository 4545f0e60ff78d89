"""Turns board tables, which print the title, the facts and the text of a document, into blocks.

Bulletin boards in East Asia have such tables. Typical first rows are "Subject | …" and "Author | … | Date | …"; the
last row has the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from lxml import etree

from readout_pub.extract.generic.page_lines import labels_fact
from readout_pub.html_elements import ROW_GROUPS
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_TITLE = re.compile(
    r"제\s?목|标\s?题|標\s?題|題\s?名|件\s?名|タイトル|title|subject|tiêu đề|judul|titel|betreff|asunto|título"
    r"|тема|العنوان",
    re.IGNORECASE,
)
_COLONS = frozenset(":：")
_MAX_TITLE = 200
"""How many characters a title without a label may have."""
_CELLS_OF_FACT = 2
_MIN_TEXT = 120


def unify_board_tables(root: LxmlElement) -> None:
    """Turn each board table into blocks: a heading if the table prints the title, lists of facts, and the text."""
    for table in list(root.iter("table")):
        cells = [list(row.iterchildren("td", "th")) for row in _rows(table)]
        rows = [_without_colons(row) for row in cells]
        if table.getparent() is not None and _is_board(rows):
            captions = list(table.iterchildren("caption"))
            # In broken markup, words outside of the cells would be lost.
            if _count_characters([table]) == _count_characters([*captions, *chain.from_iterable(cells)]):
                _replace(table, captions, rows)


def _rows(table: LxmlElement) -> Iterator[LxmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ROW_GROUPS:
            yield from child.iterchildren("tr")


def _without_colons(row: Sequence[LxmlElement]) -> list[LxmlElement]:
    """Return the cells of a row without those that have only a colon, between label and value."""
    # A cell around nested tables would be read once for each of them, so only cells without elements are read.
    return [cell for cell in row if len(cell) or (cell.text or "").strip() not in _COLONS]


def _is_board(rows: Sequence[Sequence[LxmlElement]]) -> bool:
    # Reading a cell around each of many nested tables would take long.
    first = (row[0] for row in rows[:2] if len(row) > 1 and row[0].find(".//table") is None)
    has_title = any(_TITLE.fullmatch(_label(cell)) for cell in first) or _begins_with_title(rows)
    has_title = has_title or _begins_with_facts(rows)
    return has_title and any(len(row) == 1 and len(_label(row[0])) >= _MIN_TEXT for row in rows)


def _begins_with_title(rows: Sequence[Sequence[LxmlElement]]) -> bool:
    """Return whether the first row is a single short cell, and the second row prints facts."""
    if len(rows) < 2 or len(rows[0]) != 1 or rows[0][0].find(".//table") is not None:
        return False
    return 0 < len(_label(rows[0][0])) <= _MAX_TITLE and _prints_facts(rows[1])


def _begins_with_facts(rows: Sequence[Sequence[LxmlElement]]) -> bool:
    """Return whether the first row prints several facts, and the last row may have the text.

    Such a table stands below the title.
    """
    return len(rows) > 1 and len(rows[0]) > _CELLS_OF_FACT and _prints_facts(rows[0]) and len(rows[-1]) == 1


def _prints_facts(row: Sequence[LxmlElement]) -> bool:
    return len(row) > 0 and len(row) % 2 == 0 and all(labels_fact(_label(cell)) for cell in row[::2])


def _label(cell: LxmlElement) -> str:
    return text_of_element(cell).strip(" :：")


def _count_characters(elements: Iterable[LxmlElement]) -> int:
    """Return how many characters the elements have, without white space."""
    return sum(len("".join("".join(map(str, each.itertext())).split())) for each in elements)


def _replace(table: LxmlElement, captions: Sequence[LxmlElement], rows: Sequence[Sequence[LxmlElement]]) -> None:
    document = etree.Element("div")
    document.extend(_renamed(caption, "div") for caption in captions)
    if _begins_with_title(rows):
        headline = _renamed(rows[0][0], "h2")
        headline.set("itemprop", "headline")
        document.append(headline)
        rows = rows[1:]
    for cells in rows:
        row = cells
        if len(row) > 1 and _TITLE.fullmatch(_label(row[0])):
            headline = _renamed(row[1], "h2")
            headline.set("itemprop", "headline")
            document.append(headline)
            row = row[2:]
        if len(row) == _CELLS_OF_FACT or _prints_facts(row):
            facts = etree.SubElement(document, "dl")
            facts.extend(_renamed(cell, "dd" if index % 2 else "dt") for index, cell in enumerate(row))
        else:
            document.extend(_renamed(cell, "div") for cell in row)
    document.tail = table.tail
    parent = table.getparent()
    if parent is not None:
        parent.replace(table, document)


def _renamed(cell: LxmlElement, tag: str) -> LxmlElement:
    cell.tag, cell.tail = tag, None
    return cell

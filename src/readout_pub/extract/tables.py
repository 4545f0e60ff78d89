"""Tells data tables from layout tables, which only arrange a page, and reads data tables.

`is_data_table` decides on the lxml tree, before the text of the page is chosen; `is_layout` decides on the tree of
Beautiful Soup, when the body is read. "Without headers" means without `th`, `thead` and `caption`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from bs4 import Tag

from readout_pub.model import Blocks, Cell, Inlines, Row, Table
from readout_pub.numerals import decimal_number
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

LONG_CELL = 400
"""Tables without headers that have a longer cell are layout tables, except parallel texts.

Chosen by hand: cells of data have fewer characters.
"""

MAX_HEADER = 120
"""The most characters in the name of a column of long texts: "Text proposed by the Commission" has 31."""

_MAX_LINKED = 0.5
"""A cell with a larger share of characters in links is a menu."""


class CellTraits(NamedTuple):
    """Characters of a cell, and of its links, and whether it is bold."""

    size: int
    linked_size: int
    is_bold: bool


def is_parallel_text(rows: Sequence[Sequence[CellTraits]], *, is_bordered: bool) -> bool:
    """Return whether a table without headers sets long texts side by side ("Present text | Amendment").

    `rows` are the rows with content. A table of only two rows may be a layout with headline and date above the text, so
    its names must be bold or its cells framed (`is_bordered`).
    """
    first, *others = rows or [()]
    columns = len(first)
    if not others or not 2 <= columns <= 4 or any(len(row) != columns for row in rows):
        return False
    has_names = all(0 < cell.size <= MAX_HEADER for cell in first)
    has_texts = all(any(cell.size for cell in row) for row in others) and all(
        any(row[column].size for row in others) for column in range(columns)
    )
    is_menu = any(cell.linked_size > _MAX_LINKED * cell.size for row in others for cell in row if cell.size)
    is_named = all(cell.is_bold for cell in first) or is_bordered or len(others) > 1
    return has_names and has_texts and is_named and not is_menu


_MAX_SPAN = 1000
"""How many columns (WHATWG HTML) or rows (where HTML allows 65,534) one cell may span."""


def own_elements(tag: Tag, names: list[str]) -> Iterator[Tag]:
    """Yield the descendants of a table that have one of `names`, except those inside its cells or inner tables."""
    for found in tag.find_all(names):
        if found.find_parent(["table", "td", "th"]) is tag:
            yield found


def captions(tag: Tag) -> Iterator[Tag]:
    """Yield the caption of a table; invalid markup may have several."""
    return own_elements(tag, ["caption"])


def caption_and_cells(tag: Tag) -> Iterator[Tag]:
    """Yield the caption and the cells of a table in reading order."""
    yield from own_elements(tag, ["caption", "td", "th"])


def is_layout(tag: Tag) -> bool:
    """Return whether a table is a layout table, by its role or its content."""
    if str(tag.get("role") or "").lower() in {"presentation", "none"}:
        return True
    if next(own_elements(tag, ["th", "caption", "thead"]), None) is not None:
        return False
    rows = [list(own_cells(row)) for row in own_elements(tag, ["tr"])]
    filled = [row for row in rows if any(_has_content(cell) for cell in row)]
    if len(filled) <= 1 or max(sum(map(_has_content, row)) for row in filled) <= 1:
        return True
    if tag.find(["table", "h1", "h2", "h3"]) is not None:
        return True
    return _has_long_cells(filled) and not _is_parallel_text(tag, filled)


def _has_long_cells(rows: Sequence[Sequence[Tag]]) -> bool:
    return any(len(" ".join(cell.get_text().split())) > LONG_CELL for row in rows for cell in row)


def _is_parallel_text(tag: Tag, rows: Sequence[Sequence[Tag]]) -> bool:
    traits = [[_traits(cell) for cell in row] for row in rows]
    return is_parallel_text(traits, is_bordered=str(tag.get("border") or "0") != "0")


def _traits(cell: Tag) -> CellTraits:
    def size(tags: Iterable[Tag]) -> int:
        return sum(len(tag.get_text(strip=True)) for tag in tags)

    letters = len(cell.get_text(strip=True))
    bold = size(tag for tag in cell.find_all(["b", "strong"]) if tag.find_parent(["b", "strong"]) is None)
    return CellTraits(letters, size(cell.find_all("a")), is_bold=bold >= letters > 0)


def _has_content(cell: Tag) -> bool:
    return bool(cell.get_text(strip=True)) or cell.find(True) is not None


def own_cells(row: Tag) -> list[Tag]:
    """Return the `td` and `th` of one row."""
    return [child for child in row.children if isinstance(child, Tag) and child.name in {"td", "th"}]


def read_table(tag: Tag, read_cell: Callable[[Tag], Blocks], read_line: Callable[[Tag], Inlines]) -> Table | None:
    """Return a data table, or None if every cell is empty.

    Its head has the top rows of header cells, or a first row that names the columns. In a table without header cells,
    the first cells may name the rows. `read_cell` reads the content of a cell, `read_line` the caption.
    """
    caption = tag.find("caption")
    head: list[Row] = []
    body: list[Row] = []
    rows = [(row, own_cells(row)) for row in own_elements(tag, ["tr"])]
    gaps = [0, *accumulate(not found for _, found in rows)]
    named = _row_of_names(tag, [row for row in rows if row[1]])
    has_row_names = named is None and _has_row_names(tag, [found for _, found in rows if any(map(_has_content, found))])
    for number, (row, found) in enumerate(rows):
        if not found:
            continue
        in_head = not body and (_is_head(row, found) or row is named)
        read = (
            _read_cell(
                cell,
                found,
                read_cell,
                rowspan=_rowspan(cell, number, gaps),
                in_head=in_head,
                is_name=has_row_names and cell is found[0],
            )
            for cell in found
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


def _row_of_names(tag: Tag, rows: Sequence[tuple[Tag, list[Tag]]]) -> Tag | None:
    """Return the first row of a table without header cells, if it names the columns; else None."""
    if next(own_elements(tag, ["th", "thead"]), None) is not None:
        return None
    filled = [(row, found) for row, found in rows if any(map(_has_content, found))]
    contents = [found for _, found in filled]
    is_named = _is_parallel_text(tag, contents) if _has_long_cells(contents) else _has_bold_names(contents)
    return filled[0][0] if is_named else None


def _has_row_names(tag: Tag, rows: Sequence[list[Tag]]) -> bool:
    """Return whether each row of a table without headers begins with a name and a colon: "Monday: | 9:00"."""
    return (
        len(rows) >= _MIN_ROWS_WITHOUT_HEADER
        and next(own_elements(tag, ["th", "thead"]), None) is None
        and all(len(row) > 1 and row[0].get_text().rstrip().endswith((":", "\uff1a")) for row in rows)
    )


def _has_bold_names(rows: Sequence[list[Tag]]) -> bool:
    """Return whether only the first row of several is bold, and has several cells."""
    first, *others = rows or [[]]
    return (
        len(rows) >= _MIN_ROWS_WITHOUT_HEADER
        and len(first) > 1
        and _is_all_bold(first)
        and not any(map(_is_all_bold, others))
    )


def _is_all_bold(row: Sequence[Tag]) -> bool:
    return all(_traits(cell).is_bold for cell in row)


def _is_head(row: Tag, found: list[Tag]) -> bool:
    return (row.parent is not None and row.parent.name == "thead") or all(cell.name == "th" for cell in found)


def _rowspan(cell: Tag, row: int, gaps: Sequence[int]) -> int:
    """Return how many rows a cell spans, without the empty rows, which the model leaves out.

    `gaps[n]` is the number of empty rows above row `n`.
    """
    span = _parse_span(cell.get("rowspan"))
    return span - gaps[min(row + span, len(gaps) - 1)] + gaps[row]


def _read_cell(
    cell: Tag, row: list[Tag], read_cell: Callable[[Tag], Blocks], *, rowspan: int, in_head: bool, is_name: bool
) -> Cell:
    header = cell.name == "th" or is_name or (in_head and bool(cell.get_text(strip=True)))
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
    return min(max(decimal_number(text) or 1, 1), _MAX_SPAN) if text.isascii() else 1


_LAYOUT_CONTENT = frozenset("table h1 h2 h3 form iframe".split())
"""Elements that occur in layout tables, never in data tables."""
_HEADER_TAGS = frozenset("th caption thead".split())
_CELL_TAGS = ("td", "th")
_MIN_ROWS_WITHOUT_HEADER = 3
"""The fewest rows of a data table without headers: old pages set headline and date side by side in two rows."""


def is_data_table(table: LxmlElement) -> bool:
    """Return whether a table contains data, by stricter rules than those of `is_layout`."""
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
    if "img" in tags:  # a gallery
        return False
    if max(map(max, filled)) > LONG_CELL:
        return is_parallel_text(list(_traits_of_rows(table)), is_bordered=(table.get("border") or "0") != "0")
    return len(filled) >= _MIN_ROWS_WITHOUT_HEADER or _is_in_figure(table)


def _is_in_figure(table: LxmlElement) -> bool:
    """Return whether a table is in a `figure`, which editors put around tables of data."""
    return next(table.iterancestors("figure"), None) is not None


def _traits_of_rows(table: LxmlElement) -> Iterator[list[CellTraits]]:
    for row in table.iter("tr"):
        traits = [_traits_of_cell(cell) for cell in row.iterchildren(*_CELL_TAGS)]
        if any(cell.size for cell in traits):
            yield traits


def _traits_of_cell(cell: LxmlElement) -> CellTraits:
    def size(*tags: str) -> int:
        inner = (each for each in cell.iter(*tags) if next(each.iterancestors(*tags), None) is None)
        return sum(len(text_of_element(each)) for each in inner)

    letters = len(text_of_element(cell))
    return CellTraits(letters, size("a"), is_bold=size("b", "strong") >= letters > 0)

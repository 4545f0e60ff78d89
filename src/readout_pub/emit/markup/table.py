"""One table as markup: head and body, spans, scopes, and the ids of headers where scopes alone do not tell."""

from __future__ import annotations

from collections.abc import Callable

from readout_pub.emit.markup.inlines import attributes
from readout_pub.emit.tables import Grid, GridCell, HeaderIndex, table_grid
from readout_pub.model import Blocks, Cell, Decorative, Footnotes, Section, Table, descendants, photos_in, texts


class TableWriter:
    """Writes the rows of one table; `flow` writes what a cell holds, `name` begins the ids of its headers."""

    def __init__(self, table: Table, flow: Callable[[Blocks], str], name: str) -> None:
        self._flow = flow
        self._name = name
        self._head, self._body = table_grid(table)
        cells = (cell for row in (*self._head, *self._body) for cell in row)
        headers = tuple(cell for cell in cells if _is_header(cell.cell))
        self._headers = HeaderIndex(headers)
        # Screen readers find headers by their scope, but many lose those that span several columns or rows.
        self._named = any(header.cell.colspan > 1 or header.rowspan > 1 for header in headers)

    def write(self) -> str:
        """Return head and body as markup."""
        return self._rows(self._head, "thead") + self._rows(self._body, "tbody")

    def _rows(self, rows: Grid, group: str) -> str:
        if not rows:
            return ""
        lines = "\n".join(f"<tr>{''.join(map(self._cell, row))}</tr>" for row in rows)
        return f"<{group}>\n{lines}\n</{group}>\n"

    def _cell(self, placed: GridCell) -> str:
        cell = placed.cell
        header = _is_header(cell)
        name = "th" if header else "td"
        facts = attributes(
            id=self._id(placed) if header and self._named else None,
            scope=("col" if placed.is_column_header else "row") if header else None,
            headers=self._headed_by(placed),
            colspan=cell.colspan if cell.colspan > 1 else None,
            rowspan=placed.rowspan if placed.rowspan > 1 else None,
        )
        return f"<{name}{facts}>{self._flow(cell.body)}</{name}>"

    def _headed_by(self, placed: GridCell) -> str | None:
        if not self._named:
            return None
        return " ".join(map(self._id, self._headers.headers_of(placed))) or None

    def _id(self, placed: GridCell) -> str:
        return f"{self._name}-{placed.row + 1}-{placed.column + 1}"


def _is_header(cell: Cell) -> bool:
    """Say whether a header cell may be one: one without words heads nothing, one with headings is a layout."""
    return (
        cell.header
        and _says_something(cell.body)
        and not any(isinstance(block, Section | Footnotes) for block in descendants(cell.body))
    )


def _says_something(body: Blocks) -> bool:
    described = any(not isinstance(photo.alt, Decorative) for photo in photos_in(body))
    return described or any(map(str.strip, texts(body)))

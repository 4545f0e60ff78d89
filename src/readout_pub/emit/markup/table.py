"""One table as markup: `thead` and `tbody`, spans, `scope`, and `headers` where scopes are not enough."""

from __future__ import annotations

from collections.abc import Callable

from readout_pub.emit.markup.inlines import attributes
from readout_pub.emit.tables import Grid, GridCell, HeaderIndex, number_columns, table_grid
from readout_pub.model import Blocks, Cell, Decorative, Footnotes, Section, Table, descendants, photos_in, texts


class TableWriter:
    """Writes the rows of one table; `write_body` writes the content of a cell, `id_prefix` starts the header ids."""

    def __init__(self, table: Table, write_body: Callable[[Blocks], str], id_prefix: str) -> None:
        self._write_body = write_body
        self._id_prefix = id_prefix
        self._head, self._body = table_grid(table)
        self._numbers = number_columns(self._body)
        cells = (cell for row in (*self._head, *self._body) for cell in row)
        headers = tuple(cell for cell in cells if _is_header(cell.cell))
        self._headers = HeaderIndex(headers)
        # Many screen readers ignore the scope of headers that span columns or rows, but follow `headers`.
        self._needs_ids = any(header.cell.colspan > 1 or header.rowspan > 1 for header in headers)

    def write(self) -> str:
        """Return `thead` and `tbody`, each only if it has rows."""
        return self._rows(self._head, "thead") + self._rows(self._body, "tbody")

    def _rows(self, rows: Grid, group: str) -> str:
        if not rows:
            return ""
        lines = "\n".join(f"<tr>{''.join(map(self._cell, row))}</tr>" for row in rows)
        return f"<{group}>\n{lines}\n</{group}>\n"

    def _cell(self, at: GridCell) -> str:
        cell = at.cell
        header = _is_header(cell)
        name = "th" if header else "td"
        opening = attributes(
            class_="number" if at.column in self._numbers and cell.colspan == 1 else None,
            id=self._header_id(at) if header and self._needs_ids else None,
            scope=("col" if at.is_column_header else "row") if header else None,
            headers=self._header_ids(at),
            colspan=cell.colspan if cell.colspan > 1 else None,
            rowspan=at.rowspan if at.rowspan > 1 else None,
        )
        return f"<{name}{opening}>{self._write_body(cell.body)}</{name}>"

    def _header_ids(self, at: GridCell) -> str | None:
        if not self._needs_ids:
            return None
        return " ".join(map(self._header_id, self._headers.headers_of(at))) or None

    def _header_id(self, at: GridCell) -> str:
        return f"{self._id_prefix}-{at.row + 1}-{at.column + 1}"


def _is_header(cell: Cell) -> bool:
    """Return whether a header cell becomes `th`.

    An empty header cell stays `td`, since it describes no cell. A cell with headings or sections stays `td` too, since
    `th` may not contain them (HTML, "the th element"): such a cell is page layout.
    """
    return (
        cell.header
        and _has_content(cell.body)
        and not any(isinstance(block, Section | Footnotes) for block in descendants(cell.body))
    )


def _has_content(body: Blocks) -> bool:
    described = any(not isinstance(photo.alt, Decorative) for photo in photos_in(body))
    return described or any(map(str.strip, texts(body)))

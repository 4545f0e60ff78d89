"""Reads tables that people have filled in, with named columns, from CSV, workbooks or JSON."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec

from readout_pub.errors import SourceError
from readout_pub.filled_tables.spreadsheet import SpreadsheetRow, read_spreadsheet


class RowError(Exception):
    """A row cannot be used: what is wrong with it, and what to do."""

    def __init__(self, what: str, what_next: str) -> None:
        super().__init__(what)
        self.what, self.what_next = what, what_next


MIN_LOST_LETTERS = 3
"""A text of at least this many characters, more than half of them "?", has lost its letters: programs write "?" for
letters that an encoding lacks, such as Japanese ones in cp1252."""


_FORMULA_ERROR = re.compile(r"#[^\W\d_][\w/]{0,12}[?!]|#¿\w{1,12}\?|#N/A|#NV|Err:\d{3}")
"""What spreadsheet programs show in a cell whose text begins with "=" and is not a formula: "#NAME?", "Err:509"."""


class FilledRow(msgspec.Struct, frozen=True):
    """The cells of one row by the names of their columns; `row` is its number, from 1.

    `extra` tells whether the row has cells beyond the last header.
    """

    row: int
    cells: Mapping[str, str]
    extra: bool = False

    def text(self, column: str) -> str:
        """Return the text in a column, on one line.

        Raises RowError if the row has cells beyond the last header, or if the program that saved the table damaged the
        text.
        """
        if self.extra:
            raise RowError(
                "this row has more cells than the first one",
                "put quotation marks around each text that contains the character between cells",
            )
        text = " ".join(self.cells.get(column, "").split())
        if len(text) >= MIN_LOST_LETTERS and text.count("?") * 2 > len(text):
            raise RowError(
                f"the text has lost its letters: {text!r}",
                "save the table as CSV UTF-8 or as .xlsx, which keep all letters",
            )
        if _FORMULA_ERROR.fullmatch(text):
            raise RowError(
                f"the cell of the text shows the error of a formula: {text!r}",
                "write the text again, with an apostrophe (') before its first character",
            )
        return text


class FilledTable(msgspec.Struct, frozen=True):
    """The rows of a table, the columns that it has, and the headers of its other columns, which are not read.

    `guessed_encoding` is as in `Spreadsheet`.
    """

    path: Path
    rows: tuple[FilledRow, ...]
    columns: Collection[str]
    guessed_encoding: str | None = None
    unread: tuple[str, ...] = ()

    def place(self, row: FilledRow) -> str:
        """Return the name of a row for messages."""
        return f"{self.path}, row {row.row}"

    def refused(self, row: FilledRow, error: RowError) -> SourceError:
        """Return the error that refuses the table because of a row."""
        return SourceError(error.what, where=self.place(row), what_next=error.what_next)

    @property
    def encoding_remark(self) -> str | None:
        """What a user should check if the encoding of the file was guessed; None if it is certain."""
        if self.guessed_encoding is None:
            return None
        return f"{self.path}: read as {self.guessed_encoding}; if letters are wrong, save it as CSV UTF-8"


def read_table(
    path: Path, what: str, help_text: str, headers: Mapping[str, tuple[str, ...]], required: Collection[str]
) -> FilledTable:
    """Return the table in a file. Messages call the file `what`, such as "the alt file".

    `headers` maps the name of a column to the headers that stand for it, in lower case and with one space between
    words; columns with other headers are ignored. Raises SourceError if the file cannot be read, if two headers stand
    for one column, or if a column of `required` is missing. `help_text` says what to do about a missing column.
    """
    table = read_spreadsheet(path, what)
    head = table.rows[0] if table.rows else SpreadsheetRow(1, [])
    columns = _columns(head, path, headers)
    missing = [column for column in required if column not in columns]
    if missing:
        names = " and no column ".join(map(repr, missing))
        raise SourceError(f"{what} has no column {names}", where=str(path), what_next=help_text)
    rows = (
        FilledRow(row.row, dict(_cells(row, columns)), extra=any(row.cells[len(head.cells) :]))
        for row in table.rows[1:]
    )
    unread = tuple(cell for index, cell in enumerate(head.cells) if cell and index not in columns.values())
    return FilledTable(path, tuple(rows), frozenset(columns), table.guessed_encoding, unread)


def _columns(head: SpreadsheetRow, path: Path, headers: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return column → its index, from the first row of the table."""
    column_of = {spelling: column for column, spellings in headers.items() for spelling in spellings}
    found: dict[str, int] = {}
    for index, cell in enumerate(head.cells):
        column = column_of.get(_normalize_header(cell))
        if column in found:
            raise SourceError(
                f"two headers stand for the column {column!r}",
                where=f"{path}, row {head.row}",
                what_next="rename one of them",
            )
        if column:
            found[column] = index
    return found


def _normalize_header(cell: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", cell).casefold().replace("_", " ")))


def _cells(row: SpreadsheetRow, columns: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for column, index in columns.items():
        yield column, row.cells[index] if index < len(row.cells) else ""

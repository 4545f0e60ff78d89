"""Reads tables of photos that people have filled in: the alt file, and the worklist, from CSV, workbooks or JSON."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec

from readout_pub.alt.decisions import DECISION_KINDS, KINDS_WITH_TEXT, DecisionKind
from readout_pub.alt.spreadsheet import SpreadsheetRow, read_spreadsheet
from readout_pub.errors import SourceError

HEADERS: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "archive": ("archive",),
    "page": ("page", "source"),
    "file": ("file", "file name", "filename", "photo", "image", "picture", "src"),
    "alt": ("alt", "alt text", "alttext", "alternative text", "text alternative"),
    "current_alt": ("current alt",),
    "caption": ("caption",),
    "decision": ("decision",),
    "by": ("by",),
    "author": ("author",),
    "reviewed": ("reviewed",),
    "reviewer": ("reviewer", "reviewed by"),
    "reason": ("reason",),
}
"""Column → the headers for it, in lower case and with one space between words; other columns are ignored."""

REQUIRED_COLUMNS = ("file", "alt")

DECORATIVE = "decorative"


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


class PhotoTableRow(msgspec.Struct, frozen=True):
    """The cells of one row by the names of their columns; `row` is its number, from 1.

    `extra` tells whether the row has cells beyond the last header.
    """

    row: int
    cells: Mapping[str, str]
    extra: bool = False

    def decision(self) -> tuple[DecisionKind, str] | None:
        """Return what a person has decided, and the text if there is one; None if the row is not filled in.

        A text without a decision is a description, unless it is "decorative". An accepted text is by default the
        current text. Raises RowError if cells are missing or contradict each other.
        """
        if self.extra:
            raise RowError("this row has more cells than the first one", "put quotation marks around texts with commas")
        text = " ".join(self.cells.get("alt", "").split())
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
        decision = self.cells.get("decision", "").casefold()
        kind: DecisionKind | None = next((kind for kind in DECISION_KINDS if kind == decision), None)
        if decision and kind is None:
            raise RowError(
                f"{decision!r} is not a decision", f"write one of {', '.join(DECISION_KINDS)}, or leave it empty"
            )
        says_decorative = text.casefold().strip("()[]") == DECORATIVE
        if kind is None and text:
            kind = "decorative" if says_decorative else "described"
        is_own_text = bool(text) and text != " ".join(self.cells.get("current_alt", "").split())
        if kind == DECORATIVE and is_own_text and not says_decorative:
            raise RowError("the photo is decorative, but has a text", "remove one of the two")
        if kind in {"caption", "expert"} and is_own_text:
            raise RowError(f"the decision is {kind!r}, but there is a text", "remove one of the two")
        if kind == "accepted":
            text = text or " ".join(self.cells.get("current_alt", "").split())
            if not self.cells.get("reason", "").strip():
                raise RowError("a text is accepted against the house rules, but nothing says why", "write the reason")
            if text.casefold().strip("()[]") == DECORATIVE:
                raise RowError("the photo is decorative, and has no text to accept", "write the text")
        if kind in KINDS_WITH_TEXT and not text:
            raise RowError(f"the decision is {kind!r}, but there is no text", "write the text")
        return (kind, text if kind in KINDS_WITH_TEXT else "") if kind else None


class PhotoTable(msgspec.Struct, frozen=True):
    """The rows of a table, and the columns that it has. `guessed_encoding` is as in `Spreadsheet`."""

    path: Path
    rows: tuple[PhotoTableRow, ...]
    columns: Collection[str]
    guessed_encoding: str | None = None

    def place(self, row: PhotoTableRow) -> str:
        """Return the name of a row for messages."""
        return f"{self.path}, row {row.row}"

    @property
    def encoding_remark(self) -> str | None:
        """What a user should check if the encoding of the file was guessed; None if it is certain."""
        if self.guessed_encoding is None:
            return None
        return f"{self.path}: read as {self.guessed_encoding}; if letters are wrong, save it as CSV UTF-8"


def read_photo_table(path: Path, what: str, help_text: str) -> PhotoTable:
    """Return the table in a file. Messages call the file `what`, such as "the alt file".

    Raises SourceError if the file cannot be read or lacks one of `REQUIRED_COLUMNS`; `help_text` then says what to do.
    """
    table = read_spreadsheet(path, what)
    head = table.rows[0] if table.rows else SpreadsheetRow(1, [])
    columns = _columns(head, path)
    missing = [column for column in REQUIRED_COLUMNS if column not in columns]
    if missing:
        names = " and no column ".join(map(repr, missing))
        raise SourceError(f"{what} has no column {names}", where=str(path), what_next=help_text)
    rows = (
        PhotoTableRow(row.row, dict(_cells(row, columns)), extra=any(row.cells[len(head.cells) :]))
        for row in table.rows[1:]
    )
    return PhotoTable(path, tuple(rows), frozenset(columns), table.guessed_encoding)


def _columns(head: SpreadsheetRow, path: Path) -> dict[str, int]:
    """Return column → its index, from the first row of the table."""
    column_of = {spelling: column for column, spellings in HEADERS.items() for spelling in spellings}
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

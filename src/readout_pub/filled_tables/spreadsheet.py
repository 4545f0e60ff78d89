"""Reads a table: CSV in any encoding, a workbook (.xlsx, .xls, .ods), or a list of objects in JSON."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec

from readout_pub.csv_cells import unguarded
from readout_pub.errors import DECODE_ERRORS, SourceError
from readout_pub.filled_tables.workbook import UnreadableWorkbook, workbook_rows
from readout_pub.named_file import read_named_file
from readout_pub.sources.sniff import begins_with_markup

WORKBOOK_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of .xlsx and .ods, which are zip files, and of .xls, which is an OLE file."""

SPREADSHEET_CODEC = "windows-1252"
"""The encoding of "CSV" from Excel in western Europe and America. If the bytes show another encoding, that encoding is
taken (decision 7).
"""


class SpreadsheetRow(msgspec.Struct, frozen=True):
    """The cells of one row, without white space around them; `row` counts from 1, as spreadsheet programs show it."""

    row: int
    cells: list[str]


class Spreadsheet(msgspec.Struct, frozen=True):
    """The non-empty rows of a table. `guessed_encoding` is None if the encoding is certain."""

    rows: list[SpreadsheetRow]
    guessed_encoding: str | None = None


def read_spreadsheet(path: Path, what: str) -> Spreadsheet:
    """Return the table in a CSV or JSON file, or the first sheet of a workbook; messages call it `what`.

    The delimiter of CSV is the one that a first line such as "sep=;" names. Without such a line, it is the comma,
    semicolon or tab, whichever is most frequent in the first line. Raises SourceError if the file cannot be read, or is
    not a table.
    """
    raw = read_named_file(path, what)
    if raw.startswith(WORKBOOK_MAGIC):
        return Spreadsheet(list(_with_text(_workbook_rows(raw, path, what))))
    text, guessed = _decode(raw, path, what)
    if begins_with_markup(raw[:1000]):
        raise SourceError(
            f"{what} is a web page, not a table",
            where=str(path),
            what_next='open the page in a browser, and save the table with its button "Save as a table"',
        )
    if text.lstrip().startswith("<?xml"):
        raise SourceError(
            f"{what} is XML, which is not read as a table",
            where=str(path),
            what_next="save it as .xlsx, .ods or CSV UTF-8",
        )
    if text.lstrip().startswith("["):
        return Spreadsheet(list(_with_text(_json_rows(text, path, what))))
    return Spreadsheet(list(_with_text(_csv_rows(text, path, what))), guessed)


def _with_text(rows: Iterator[SpreadsheetRow]) -> Iterator[SpreadsheetRow]:
    for row in rows:
        cells = [unguarded(cell).strip() for cell in row.cells]
        if any(cells):
            yield SpreadsheetRow(row.row, cells)


def _decode(raw: bytes, path: Path, what: str) -> tuple[str, str | None]:
    """Return the text of a CSV or JSON file, and its encoding if that was guessed."""
    from readout_pub.sources.encoding import decode

    # UTF-16 without a byte order mark: the first header begins with an ASCII character, whose other byte is zero.
    zeros = [byte == 0 for byte in raw[:2]]
    mark = codecs.BOM_UTF16_LE if zeros == [False, True] else codecs.BOM_UTF16_BE if zeros == [True, False] else b""
    decoded = decode(mark + raw, SPREADSHEET_CODEC)
    if "\ufffd" in decoded.text:
        raise SourceError(
            f"{what} is neither text nor a workbook", where=str(path), what_next="save it as CSV UTF-8 or as .xlsx"
        )
    is_certain = raw.isascii() or decoded.encoding.startswith("utf-")
    return decoded.text, None if is_certain else decoded.encoding


def _csv_rows(text: str, path: Path, what: str) -> Iterator[SpreadsheetRow]:
    lines = io.StringIO(text, newline="")
    first = text.partition("\n")[0].rstrip("\r")
    # Excel writes a line such as "sep=;" before the header row, and reads the delimiter from it.
    named = first[4:] if first.lower().startswith("sep=") and len(first) == 5 else ""
    skipped = 1 if named else 0
    if named:
        lines.readline()
    rows = csv.reader(lines, delimiter=named or _most_frequent_delimiter(first), strict=True)
    try:
        for number, cells in enumerate(rows, 1):
            yield SpreadsheetRow(number, cells)
    except csv.Error as reason:
        raise SourceError(
            f"{what} is not valid CSV ({reason})",
            where=f"{path}, line {rows.line_num + skipped}",
            what_next="save it from a spreadsheet as CSV UTF-8",
        ) from reason


def _json_rows(text: str, path: Path, what: str) -> Iterator[SpreadsheetRow]:
    """Yield the names of the fields as row 1, then the values of each object as one row."""
    try:
        objects = msgspec.json.decode(text, type=list[dict[str, str | int | float | bool | None]])
    except DECODE_ERRORS as reason:
        raise SourceError(
            f"{what} is not a list of objects in JSON ({reason})",
            where=str(path),
            what_next="save it from the review page again",
        ) from reason
    names = list(dict.fromkeys(name for each in objects for name in each))
    yield SpreadsheetRow(1, names)
    for number, each in enumerate(objects, 2):
        values = (each.get(name) for name in names)
        yield SpreadsheetRow(number, ["" if value is None else str(value) for value in values])


def _most_frequent_delimiter(line: str) -> str:
    """Return the delimiter of a header row; spreadsheets write semicolons where the comma is the decimal separator."""
    return max(",;\t", key=line.count)


def _workbook_rows(raw: bytes, path: Path, what: str) -> Iterator[SpreadsheetRow]:
    try:
        rows = workbook_rows(raw)
    except UnreadableWorkbook as reason:
        raise SourceError(
            f"{what} is not a readable workbook ({reason})",
            where=str(path),
            what_next="save it as .xlsx, .ods or CSV UTF-8, without a password",
        ) from reason
    return (SpreadsheetRow(number, cells) for number, cells in enumerate(rows, 1))

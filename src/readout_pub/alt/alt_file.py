"""Reads the alt file: a CSV table with the alternative texts that a person wrote for the photos of one page."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from readout_pub.errors import SourceError

COLUMNS = ("file", "alt")
"""The required columns; further columns are ignored."""


def read_alt_file(path: Path) -> dict[str, str]:
    """Return file name → text from a CSV file (UTF-8, header row `file,alt`). Rows without a text are skipped.

    The delimiter is a comma, semicolon or tab, whichever the header has. Raises SourceError if the file cannot be read,
    lacks a column, has an unclosed quotation mark, or has two texts for one photo.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as reason:
        raise SourceError(f"the alt file cannot be read ({reason.strerror})", where=str(path)) from reason
    except UnicodeDecodeError as reason:
        raise SourceError("the alt file is not in UTF-8", where=str(path), what_next="save it as CSV UTF-8") from reason
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
        return _alts_by_file(rows, path)
    except csv.Error as reason:
        raise SourceError(
            f"the alt file is not valid CSV ({reason})",
            where=f"{path}, line {rows.line_num + 1}",
            what_next="save it from a spreadsheet as CSV UTF-8",
        ) from reason


def _alts_by_file(rows: csv.DictReader[str], path: Path) -> dict[str, str]:
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise SourceError(
            f"the alt file has no column {' and no column '.join(map(repr, missing))}",
            where=str(path),
            what_next="begin it with the line `file,alt`",
        )
    found: dict[str, str] = {}
    for row in rows:
        name, alt = (row["file"] or "").strip(), (row["alt"] or "").strip()
        if name and alt and found.setdefault(name, alt) != alt:
            raise SourceError(f"the alt file has two texts for {name!r}", where=str(path), what_next="keep one")
    return found


def _delimiter(text: str) -> str:
    """Return the delimiter that is most frequent in the header.

    Spreadsheets write semicolons in locales where the comma is the decimal separator.
    """
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)

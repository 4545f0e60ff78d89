"""The alt file: a table in which a person writes the alternative texts of one page's photos."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from readout_pub.errors import SourceError

COLUMNS = ("file", "alt")
"""The columns that are read; others may stand beside them."""


def read_alt_file(path: Path) -> dict[str, str]:
    """Read a CSV file (UTF-8, header row `file,alt`): file name → text. Rows without a text are not decided yet.

    Its columns are parted as its header is: by commas, by semicolons or by tabs. Raises SourceError if the file cannot
    be read, lacks a column, has a quotation that never ends, or gives one photo two texts.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as reason:
        raise SourceError(f"the alt file cannot be read ({reason.strerror})", where=str(path)) from reason
    except UnicodeDecodeError as reason:
        raise SourceError("the alt file is not in UTF-8", where=str(path), what_next="save it as CSV UTF-8") from reason
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return _texts(rows, path)
    except csv.Error as reason:
        raise SourceError(
            f"the alt file is no CSV file ({reason})",
            where=f"{path}, line {rows.line_num + 1}",
            what_next="save it from a spreadsheet as CSV UTF-8",
        ) from reason


def _texts(rows: csv.DictReader[str], path: Path) -> dict[str, str]:
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
    """Find what parts the columns of the header: where the comma is a decimal sign, spreadsheets write semicolons."""
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)

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

    Raises SourceError if the file cannot be read or lacks a column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as reason:
        raise SourceError(f"the alt file cannot be read ({reason.strerror})", where=str(path)) from reason
    except UnicodeDecodeError as reason:
        raise SourceError("the alt file is not in UTF-8", where=str(path), what_next="save it as CSV UTF-8") from reason
    rows = csv.DictReader(io.StringIO(text))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise SourceError(
            f"the alt file has no column {' and no column '.join(map(repr, missing))}",
            where=str(path),
            what_next="begin it with the line `file,alt`",
        )
    return {row["file"].strip(): row["alt"].strip() for row in rows if row["file"] and (row["alt"] or "").strip()}

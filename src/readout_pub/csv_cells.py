"""Writes rows of CSV files so that no spreadsheet program runs a cell as a formula.

Pages are hostile input (OWASP, "CSV Injection"). A program may split the row at semicolons or tabs instead of commas,
as Excel does where the comma is the decimal separator; then quotation marks inside the row protect nothing. So "=" and
other characters that start a formula are guarded at the start of a cell, and after each ";", tab or line end in it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

_CELL_START = r"(?:^|(?<=[;\t\r\n]))"
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_FORMULA = rf"""(?=(?:[^\S\t\r\n]|["'{_INVISIBLE}])*[=+\-@＝＋－＠\t\r])"""
"""A character that starts a formula, such as "=", "+" or "-". Spaces, quotation marks and invisible characters may
stand before it, since programs may remove them.

The full-width characters start a formula in East Asian versions of Excel.
"""

_GUARD = re.compile(_CELL_START + _FORMULA)
_GUARDED = re.compile(f"{_CELL_START}'{_FORMULA}")


def csv_head(columns: Iterable[str]) -> str:
    """Return the first row of a CSV file after a byte order mark, without which Excel assumes another encoding."""
    return f"\ufeff{csv_line(columns)}"


def csv_line(cells: Iterable[str], delimiter: str = ",") -> str:
    """Return a row of a CSV file with its line end, each cell guarded by an apostrophe where it could be a formula."""
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=delimiter).writerow(_GUARD.sub("'", cell) for cell in cells)
    return line.getvalue()


def unguarded(cell: str) -> str:
    """Return the text of a cell that `csv_line` wrote."""
    return _GUARDED.sub("", cell)

"""Reads a workbook in a separate process, with limits on time and memory.

The library, python-calamine, allocates all cells between the first and the last one: if a single cell is far below the
others, it allocates millions. If memory runs out, the library aborts its process.

    python -m readout_pub.filled_tables.workbook < alts.xlsx    prints the rows of the first sheet or a problem, as JSON
"""

from __future__ import annotations

import functools
import io
import posixpath
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator

import msgspec

from readout_pub.opendocument import TABLE, TEXT

MAX_SECONDS = 60.0
"""How many seconds a workbook may take. A table of ten thousand photos takes one second."""

MAX_MEMORY = 1_000_000_000
"""How many bytes of memory a workbook may take, where the system can limit it.

A table of ten thousand photos takes 100 MB.
"""


class UnreadableWorkbook(Exception):
    """A workbook cannot be read; the text says why."""


class _SheetOutput(msgspec.Struct):
    """What the process prints: the rows as texts, or why there are none."""

    rows: list[list[str]] = []
    problem: str | None = None


def workbook_rows(raw: bytes) -> list[list[str]]:
    """Return the texts of the cells of the first sheet; raise UnreadableWorkbook if the sheet cannot be read."""
    try:
        # With -P, Python imports no modules from the current folder, where anybody may have put files.
        command = [sys.executable, "-P", "-m", __name__]
        done = subprocess.run(command, input=raw, capture_output=True, timeout=MAX_SECONDS, check=True)  # noqa: S603 - the arguments are constants
    except subprocess.TimeoutExpired as reason:
        raise UnreadableWorkbook(f"it takes longer than {MAX_SECONDS:g} seconds") from reason
    except subprocess.CalledProcessError as reason:
        raise UnreadableWorkbook("it is damaged, or its last cell is too far from the first") from reason
    output = msgspec.json.decode(done.stdout, type=_SheetOutput)
    if output.problem is not None:
        raise UnreadableWorkbook(output.problem)
    return output.rows


def _read(raw: bytes) -> _SheetOutput:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as workbook:
            sheet = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as reason:
        return _SheetOutput(problem=str(reason))
    rows = [[_cell_text(cell) for cell in cells] for cells in sheet]
    for row, column, error in _formula_errors(raw):
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
    return _SheetOutput(rows)


_FIRST_SHEET = re.compile(rb'<(?:\w++:)?sheet\s[^<>]*?\bid="([^"<>]++)"')
_ERROR_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*?\st="e"[^<>]*+>(?:<f\b[^<>]*+>(?:[^<>]*+</f>)?)?<v>([^<>]{1,20})</v>'
)
"""A cell with the error of a formula, as Excel and LibreOffice write it."""


def _formula_errors(raw: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of each cell of the first sheet of a workbook that shows the error of a formula.

    The library reads such a cell as empty or as 0. For a spreadsheet program, a text such as "=A quay" is a formula.
    """
    yield from _formula_errors_of_ods(raw)
    yield from _formula_errors_of_xlsx(raw)


_SHOWN_ERROR = re.compile(r"#\S{2,20}|Err:\d{3}")
"""The errors that LibreOffice and Excel show, in any language: "#NAME?", "#¿NOMBRE?", "Err:509"."""


def _formula_errors_of_ods(raw: bytes) -> Iterator[tuple[int, int, str]]:
    from lxml import etree

    row = column = 0
    tags = [f"{TABLE}{name}" for name in ("table", "table-row", "table-cell", "covered-table-cell")]
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package, package.open("content.xml") as content:
            for _, element in etree.iterparse(content, tag=tags, resolve_entities=False, huge_tree=True):
                if element.tag == tags[0]:
                    return
                if element.tag == tags[1]:
                    row, column = row + int(element.get(f"{TABLE}number-rows-repeated", "1")), 0
                    element.clear()
                    continue
                shown = element.findtext(f"{TEXT}p", "")
                if element.get(f"{TABLE}formula") and _SHOWN_ERROR.fullmatch(shown):
                    yield row, column, shown
                column += int(element.get(f"{TABLE}number-columns-repeated", "1"))
    except (KeyError, OSError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile):  # .xlsx and .xls
        return


def _formula_errors_of_xlsx(raw: bytes) -> Iterator[tuple[int, int, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            sheet = _FIRST_SHEET.search(package.read("xl/workbook.xml"))
            relations = package.read("xl/_rels/workbook.xml.rels")
            relation = sheet and re.search(
                rb"<Relationship\s[^<>]*\bId=\"" + re.escape(sheet[1]) + rb"\"[^<>]*+>", relations
            )
            target = relation and re.search(rb'\bTarget="([^"<>]++)"', relation[0])
            cells = package.read(posixpath.join("/xl", target[1].decode())[1:]) if target else b""
    except (KeyError, OSError, ValueError, zipfile.BadZipFile):  # .ods and .xls
        return
    for letters, number, error in _ERROR_CELL.findall(cells):
        column = functools.reduce(lambda value, letter: 26 * value + letter - ord("A") + 1, letters, 0)
        yield int(number) - 1, column - 1, error.decode("utf-8", "replace")


def _cell_text(cell: object) -> str:
    """Return a cell as text; a whole number is written as "1", although the library returns 1.0."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    for kind, limit in ((resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


if __name__ == "__main__":
    _limit_memory()
    sys.stdout.buffer.write(msgspec.json.encode(_read(sys.stdin.buffer.read())))

"""Reads the alt file: a table with alternative texts for the photos of one page or of many."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from readout_pub.alt.spreadsheet import SpreadsheetRow, read_spreadsheet
from readout_pub.errors import SourceError
from readout_pub.model import Alt, Decorative, Described, Readout, figures, plain_text

HEADERS: dict[str, tuple[str, ...]] = {
    "page": ("page", "source"),
    "file": ("file", "file name", "filename", "photo", "image", "picture", "src"),
    "alt": ("alt", "alt text", "alttext", "alternative text", "text alternative"),
    "decision": ("decision",),
    "by": ("by",),
    "author": ("author",),
    "reviewed": ("reviewed",),
    "reviewer": ("reviewer", "reviewed by"),
}
"""Column → the headers for it, in lower case and with one space between words; other columns are ignored."""

REQUIRED_COLUMNS = ("file", "alt")

DECORATIVE = "decorative"
DECISIONS = ("described", DECORATIVE)

YES = frozenset({"yes", "y", "true", "x", "1", "✓", "✔"})
NO = frozenset({"", "no", "n", "false", "0"})

HELP = "begin it with the line `file,alt`; `inspect --alts` writes a table to fill in"

MAX_PAGES_NAMED = 3
"""Pages that a message names as examples."""


class AltTable(msgspec.Struct, frozen=True):
    """The alternative texts in an alt file: page ("" for rows that name none) → name of a photo → `Alt`.

    `lines` has the first line of each page, `guessed_encoding` is as in `Spreadsheet`.
    """

    path: Path = Path()
    alts: Mapping[str, Mapping[str, Alt]] = {}
    lines: Mapping[str, int] = {}
    guessed_encoding: str | None = None

    def of_page(self, names: Iterable[str]) -> dict[str, Alt]:
        """Return the texts for a page with these names, including those of rows that name no page."""
        return {file: alt for name in ("", *names) for file, alt in self.alts.get(name, {}).items()}

    def of_pages(self, names: Sequence[Sequence[str]]) -> list[dict[str, Alt]]:
        """Return the texts for each of several pages with these names; a name that two pages share is ignored.

        Raises SourceError if there are several pages and a row names none.
        """
        if len(names) > 1:
            self.require_pages()
        pages = Counter(name for each in names for name in dict.fromkeys(each))
        return [self.of_page(name for name in each if pages[name] == 1) for each in names]

    def require_pages(self) -> None:
        """Raise SourceError if a row names no page: the photos of different pages can have the same file names."""
        if "" in self.alts:
            raise SourceError(
                "this row names no page, but there are several pages",
                where=f"{self.path}, line {self.lines['']}",
                what_next="add a column `page`, as `inspect --alts` writes it",
            )

    def remarks(self, used: Iterable[str], existing: Iterable[str]) -> Iterator[str]:
        """Yield what a user should check: a guessed encoding, and pages of the table that are not `used`.

        `existing` are names of the pages of the source, of which the message shows examples.
        """
        if self.guessed_encoding:
            yield f"{self.path}: read as {self.guessed_encoding}; if letters are wrong, save it as CSV UTF-8"
        unused = sorted(self.alts.keys() - {"", *used})
        if unused:
            others = f" and {len(unused) - MAX_PAGES_NAMED} more" if len(unused) > MAX_PAGES_NAMED else ""
            names = ", ".join(repr(name) for name in unused[:MAX_PAGES_NAMED])
            examples = ", ".join(repr(name) for name, _ in zip(existing, range(MAX_PAGES_NAMED), strict=False))
            yield f"{self.path}: texts for pages that were not converted: {names}{others}; pages here are {examples}"


class PhotoRow(msgspec.Struct, frozen=True):
    """A row of the table that people fill in: its fields are the columns."""

    page: str
    file: str
    alt: str
    caption: str


def photo_rows(readout: Readout, page: str) -> Iterator[PhotoRow]:
    """Yield a row for each photo of a readout that `describe` has returned; `page` is the name of its page.

    `alt` has a text only if it is the page's or a person's, since `read_alt_file` takes every text for a person's.
    """
    seen: set[str] = set()
    for figure in figures(readout):
        caption = " ".join(plain_text(figure.caption).split())
        for photo in figure.photos:
            if photo.src not in seen:
                seen.add(photo.src)
                yield PhotoRow(page, photo.src, _text_by_people(photo.alt), caption)


def _text_by_people(alt: Alt) -> str:
    match alt:
        case Described(text, by="source" | "person"):
            return text
        case Decorative(by="source" | "person"):
            return DECORATIVE
        case _:
            return ""


def read_alt_file(path: Path) -> AltTable:
    """Return the table in a CSV file or workbook. Rows with neither a text nor a decision are skipped.

    Raises SourceError if the file cannot be read, lacks a column, has a cell with an unknown value, or has two texts
    for one photo.
    """
    table = read_spreadsheet(path, "the alt file")
    head = table.rows[0] if table.rows else SpreadsheetRow(1, [])
    columns = _columns(head, path)
    alts: dict[str, dict[str, Alt]] = {}
    lines: dict[str, int] = {}
    for row in table.rows[1:]:
        page, file, alt = _read_row(row, columns, len(head.cells), path)
        if alt is None:
            continue
        if alts.setdefault(page, {}).setdefault(file, alt) != alt:
            raise _error(f"the alt file has two texts for {file!r}", row, path, "keep one")
        lines.setdefault(page, row.line)
    return AltTable(path, alts, lines, table.guessed_encoding)


def _columns(head: SpreadsheetRow, path: Path) -> dict[str, int]:
    """Return column → its index, from the first row of the table."""
    column_of = {spelling: column for column, spellings in HEADERS.items() for spelling in spellings}
    found: dict[str, int] = {}
    for index, cell in enumerate(head.cells):
        column = column_of.get(_normalize_header(cell))
        if column in found:
            raise _error(f"two headers stand for the column {column!r}", head, path, "rename one of them")
        if column:
            found[column] = index
    missing = [column for column in REQUIRED_COLUMNS if column not in found]
    if missing:
        what = f"the alt file has no column {' and no column '.join(map(repr, missing))}"
        raise SourceError(what, where=str(path), what_next=HELP)
    return found


def _normalize_header(cell: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", cell).casefold().replace("_", " ")))


def _read_row(row: SpreadsheetRow, columns: Mapping[str, int], width: int, path: Path) -> tuple[str, str, Alt | None]:
    """Return the page, the name of the photo and the `Alt` of a row; None if it is not filled in."""
    if any(row.cells[width:]):
        raise _error(
            "this row has more cells than the first one", row, path, "put quotation marks around texts with commas"
        )
    cells = {column: row.cells[index] if index < len(row.cells) else "" for column, index in columns.items()}
    alt = _alt(cells, row, path)
    if alt is not None and not cells["file"]:
        raise _error("this row has a text but no file", row, path, "name the photo, as `inspect` prints it")
    return cells.get("page", ""), cells["file"], alt


def _alt(cells: Mapping[str, str], row: SpreadsheetRow, path: Path) -> Alt | None:
    text, decision = " ".join(cells["alt"].split()), cells.get("decision", "").casefold()
    if decision and decision not in DECISIONS:
        raise _error(f"{decision!r} is not a decision", row, path, f"write {' or '.join(DECISIONS)}, or leave it empty")
    says_decorative = text.casefold().strip("()[]") == DECORATIVE
    if decision == DECORATIVE and text and not says_decorative:
        raise _error("the photo is decorative, but has a text", row, path, "remove one of the two")
    if decision == "described" and not text:
        raise _error("the photo is described, but has no text", row, path, "write the text")
    by = cells.get("by", "").casefold() or "person"
    if by not in {"person", "model"}:
        raise _error(f"{by!r} in the column 'by'", row, path, "write person or model, and a name in `author`")
    author = {"by": by, "name": cells.get("author") or None, "reviewed": _is_reviewed(cells, row, path)}
    if decision == DECORATIVE or says_decorative:
        return msgspec.convert({"type": DECORATIVE, **author}, Decorative)
    return msgspec.convert({"type": "described", "text": text, **author}, Described) if text else None


def _is_reviewed(cells: Mapping[str, str], row: SpreadsheetRow, path: Path) -> bool:
    """Return whether a person has reviewed the text: `reviewed` says so, or it is empty and `reviewer` has a name."""
    if "reviewed" not in cells:
        return bool(cells.get("reviewer"))
    value = cells["reviewed"].casefold()
    if value not in YES | NO:
        raise _error(f"{value!r} in the column 'reviewed'", row, path, "write yes or no, and a name in `reviewer`")
    return value in YES


def _error(what: str, row: SpreadsheetRow, path: Path, what_next: str) -> SourceError:
    return SourceError(what, where=f"{path}, line {row.line}", what_next=what_next)

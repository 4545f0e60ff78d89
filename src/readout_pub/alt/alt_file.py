"""Reads the alt file: a table with alternative texts for the photos of one page or of many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from readout_pub.alt import DescribedPhotos
from readout_pub.alt.context import caption_text
from readout_pub.alt.photo_names import readable_name
from readout_pub.alt.photo_table import DECORATIVE, WITHHELD, decision_of, read_photo_table
from readout_pub.alt.withheld import GivenAlt, PhotoInFigure, Withheld
from readout_pub.errors import SourceError
from readout_pub.filled_tables.pages import page_key, remark_on_unused, unshared_names
from readout_pub.filled_tables.table import FilledRow, RowError
from readout_pub.model import Alt, Decorative, Described, figures

YES = frozenset({"yes", "y", "true", "x", "1", "✓", "✔"})
NO = frozenset({"", "no", "n", "false", "0"})

HELP = "begin it with the line `file,alt`; `inspect --alts` writes a table to fill in"


class AltTable(msgspec.Struct, frozen=True):
    """The alternative texts in an alt file: page ("" for rows that name none) → name of a photo → text.

    `rows` has the number of the first row of each page, `encoding_remark` is as in `FilledTable`.
    """

    path: Path = Path()
    alts: Mapping[str, Mapping[str, GivenAlt]] = {}
    rows: Mapping[str, int] = {}
    encoding_remark: str | None = None

    def of_page(self, names: Iterable[str]) -> dict[str, GivenAlt]:
        """Return the texts for a page with these names, including those of rows that name no page."""
        return {file: alt for name in ("", *map(page_key, names)) for file, alt in self.alts.get(name, {}).items()}

    def of_pages(self, names: Sequence[Sequence[str]]) -> list[dict[str, GivenAlt]]:
        """Return the texts for each page, in their order; `names` has all names of each page.

        A name that two pages share is ignored: a row could mean either. Raises SourceError if there are several pages
        and a row names none.
        """
        if len(names) > 1:
            self.require_pages()
        return [self.of_page(each) for each in unshared_names(names)]

    def require_pages(self) -> None:
        """Raise SourceError if a row names no page: the photos of different pages can have the same file names."""
        if "" in self.alts:
            raise SourceError(
                "this row names no page, but there are several pages",
                where=f"{self.path}, row {self.rows['']}",
                what_next="add a column `page`, as `inspect --alts` writes it",
            )

    def remarks(self, used: Iterable[str], existing: Iterable[str]) -> Iterator[str]:
        """Yield what a user should check: a guessed encoding, and pages of the table that are not `used`.

        The message shows some of the `existing` pages as examples.
        """
        if self.encoding_remark:
            yield self.encoding_remark
        yield from remark_on_unused(self.path, self.alts.keys() - {"", *map(page_key, used)}, "texts", existing)


class PhotoRow(msgspec.Struct, frozen=True):
    """A row of the table that people fill in: its fields are the columns."""

    page: str
    file: str
    alt: str
    caption: str


def photo_rows(described: DescribedPhotos, page: str) -> Iterator[PhotoRow]:
    """Yield a row for each photo of a readout, also if it is withheld; `page` is the name of its page.

    `alt` is "" for a text by a model or from the caption: `read_alt_file` would take it for one by a person.
    """
    seen: set[str] = set()
    for figure in figures(described.readout):
        caption = caption_text(figure)
        for photo in figure.photos:
            if photo.src not in seen:
                seen.add(photo.src)
                is_withheld = PhotoInFigure.of(photo, figure) in described.withheld
                alt = WITHHELD if is_withheld else _text_by_people(photo.alt)
                yield PhotoRow(page, readable_name(photo.src), alt, caption)


def _text_by_people(alt: Alt) -> str:
    match alt:
        case Described(text, by="source" | "person"):
            return text
        case Decorative(by="source" | "person"):
            return DECORATIVE
        case _:
            return ""


def read_alt_file(path: Path) -> AltTable:
    """Return the table in a CSV file, a workbook or JSON.

    Rows that are not filled in, or have the decision "expert", are skipped. Raises SourceError if the file cannot be
    read, lacks a column, has an unknown value, or has two texts for one photo.
    """
    table = read_photo_table(path, "the alt file", HELP)
    alts: dict[str, dict[str, GivenAlt]] = {}
    rows: dict[str, int] = {}
    for row in table.rows:
        try:
            _add_row(row, alts, rows)
        except RowError as error:
            raise table.refused(row, error) from error
    return AltTable(path, alts, rows, table.encoding_remark)


def _add_row(row: FilledRow, alts: dict[str, dict[str, GivenAlt]], rows: dict[str, int]) -> None:
    page, file, alt = page_key(row.cells.get("page", "")), row.cells["file"], _alt(row)
    if alt is None:
        return
    if not file:
        raise RowError("this row has a text but no file", "name the photo, as `inspect` prints it")
    if alts.setdefault(page, {}).setdefault(file, alt) != alt:
        raise RowError(f"the alt file has two texts for {file!r}", "keep one")
    rows.setdefault(page, row.row)


def _alt(row: FilledRow) -> GivenAlt | None:
    """Return the alternative text of a row; None if it has none."""
    decided = decision_of(row)
    by = row.cells.get("by", "").casefold() or "person"
    if by not in {"person", "model"}:
        raise RowError(f"{by!r} in the column 'by'", "write person or model, and a name in `author`")
    author = {"by": by, "name": row.cells.get("author") or None, "reviewed": _is_reviewed(row)}
    match decided:
        case ("described" | "accepted", text):
            return msgspec.convert({"type": "described", "text": text, **author}, Described)
        case ("decorative", _):
            return msgspec.convert({"type": "decorative", **author}, Decorative)
        case ("withheld", _):
            return Withheld()
        case ("caption", _):
            caption = " ".join(row.cells.get("caption", "").split())
            if not caption:
                raise RowError("the decision is caption, but the row has no caption", "write the text")
            return Described(caption, by="caption", reviewed=True)
        case _:
            return None


def _is_reviewed(row: FilledRow) -> bool:
    """Return whether a person has reviewed the text, by the column `reviewed`, else by a name in `reviewer`."""
    if "reviewed" not in row.cells:
        return bool(row.cells.get("reviewer"))
    value = row.cells["reviewed"].casefold()
    if value not in YES | NO:
        raise RowError(f"{value!r} in the column 'reviewed'", "write yes or no, and a name in `reviewer`")
    return value in YES

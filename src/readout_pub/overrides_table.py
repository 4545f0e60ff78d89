"""Reads the overrides file: a table with titles, dates and the like that replace those found on the pages.

Its rows have the fields of `Overrides` that the options `--title`, `--series`, `--date` and `--lang` of `convert` set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from readout_pub.convert import Overrides
from readout_pub.errors import UsageError
from readout_pub.filled_tables.pages import MAX_PAGES_NAMED, page_key, remark_on_unused, unshared_names
from readout_pub.filled_tables.table import FilledRow, RowError, read_table
from readout_pub.notes import name_first

HEADERS = {
    "page": ("page", "source"),
    "title": ("title",),
    "series": ("series",),
    "date": ("date",),
    "lang": ("lang", "language"),
}
"""Column → the headers for it."""

DATE_FORMS = "write YYYY-MM-DD, or the date as outputs are to show it, such as '4 March 2031'"

HELP = "begin it with the line `page,title,series,date,lang`; only `page` is required"


class OverridesTable(msgspec.Struct, frozen=True):
    """What an overrides file has for each page, by the name of the page."""

    path: Path = Path()
    overrides: Mapping[str, Overrides] = {}
    encoding_remark: str | None = None
    unread: tuple[str, ...] = ()
    """Headers of the columns that are not read."""

    def of_page(self, names: Iterable[str]) -> Overrides:
        """Return what the table has for a page with these names."""
        return next((self.overrides[key] for key in map(page_key, names) if key in self.overrides), Overrides())

    def of_pages(self, names: Sequence[Sequence[str]]) -> list[Overrides]:
        """Return what the table has for each of several pages; `names` has all names of each page.

        A name that two pages share is ignored, since a row could mean either.
        """
        return [self.of_page(each) for each in unshared_names(names)]

    def remarks(self, used: Collection[str], existing: Iterable[str]) -> Iterator[str]:
        """Yield what a user should check; the arguments are as in `AltTable.remarks`."""
        if self.encoding_remark:
            yield self.encoding_remark
        if self.unread:
            names = name_first([repr(each) for each in self.unread], MAX_PAGES_NAMED)
            yield f"{self.path}: columns that are not read: {names}; those that are: {', '.join(HEADERS)}"
        yield from remark_on_unused(
            self.path, self.overrides.keys() - set(map(page_key, used)), "titles or the like", existing
        )


def read_overrides_file(path: Path | None) -> OverridesTable:
    """Return the table in a CSV file, a workbook or JSON; an empty one for None. Rows with only a page are skipped.

    Raises SourceError if the file cannot be read, has no column `page`, has two different rows for a page, or has a
    value that is not valid.
    """
    if path is None:
        return OverridesTable()
    table = read_table(path, "the overrides file", HELP, HEADERS, ("page",))
    overrides: dict[str, Overrides] = {}
    for row in table.rows:
        try:
            _add_row(row, overrides)
        except RowError as error:
            raise table.refused(row, error) from error
    return OverridesTable(path, overrides, table.encoding_remark, table.unread)


def _add_row(row: FilledRow, overrides: dict[str, Overrides]) -> None:
    found, page = _overrides(row), page_key(row.cells["page"])
    if found == Overrides():
        return
    if not page:
        raise RowError("this row names no page", "write the name of the page, as `inspect --sources` prints it")
    if overrides.setdefault(page, found) != found:
        raise RowError(f"the overrides file has two rows for {page!r}", "keep one")


def _overrides(row: FilledRow) -> Overrides:
    title, series, date, language = (row.text(column) or None for column in ("title", "series", "date", "lang"))
    try:
        issued, issued_text = parse_printed_day(date, language) if date else (None, None)
        return Overrides(title=title, series=series, issued=issued, issued_text=issued_text, language=language)
    except ValueError as error:
        raise RowError(f"{date!r} is not a valid date", DATE_FORMS) from error
    except UsageError as error:
        raise RowError(error.what, error.what_next or HELP) from error


def parse_printed_day(text: str, language: str | None) -> tuple[dt.date, str | None]:
    """Return the day in a text, and the text that outputs are to show, which is None for an ISO date.

    Raises ValueError if the text is anything but a date.
    """
    text = text.strip()
    try:
        return dt.date.fromisoformat(text), None
    except ValueError:
        from readout_pub.extract.dates import find_date

        found = find_date(text, language)
        if found is None or found.day is None or found.text != text:
            raise
        return found.day, text

"""The list of `inspect --sources`: the pages of a source, one on each line or as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
import typer

from readout_pub.cli.console import print_json, print_notes, without_repeats
from readout_pub.errors import ReadoutError, escape_controls
from readout_pub.notes import Note, reaches
from readout_pub.sources import SavedPage


class PageListing(msgspec.Struct, frozen=True, omit_defaults=True):
    """One page of a source: how, from where and when it was saved; or `error`, which says why it cannot be read.

    `source_format` and `notes` are as in `Page`, and `size` is in bytes.
    """

    name: str
    source_format: str | None = None
    url: str | None = None
    retrieved: dt.date | None = None
    size: int | None = None
    encoding: str | None = None
    error: str | None = None
    notes: tuple[Note, ...] = ()


def list_pages(pages: Iterator[SavedPage], *, json: bool) -> None:
    """Print the list. As text, it is printed page by page, so that the pages of an archive are never all in memory."""
    listings = map(_listing, pages)
    if json:
        found: list[PageListing] = []
        try:
            found.extend(listings)
        finally:  # an archive may have pages before its damage
            if found:
                print_json(found)
        return
    printed: set[Note] = set()
    for each in listings:
        typer.echo(escape_controls(_listing_line(each)))
        warnings = [noted for noted in each.notes if reaches((noted,), "warning")]
        print_notes(each.name, without_repeats(warnings, printed), each=True)


def _listing(page: SavedPage) -> PageListing:
    try:
        opened = page.open()
    except ReadoutError as error:
        return PageListing(page.name, size=page.size, error=str(error))
    return PageListing(
        page.name, opened.source_format, opened.url, opened.retrieved, page.size, opened.encoding, notes=opened.notes
    )


def _listing_line(page: PageListing) -> str:
    if page.error:
        return f"{'unreadable':<13}{page.name}  {page.error}"
    size = f"{page.size / 1000:.1f} kB" if page.size is not None else "-"
    day = str(page.retrieved or "-")
    facts = f"{page.source_format:<13}{day:<12}{size:>11}  {page.encoding or '-':<11}{page.name}"
    return facts if page.url in {None, page.name} else f"{facts}  <{page.url}>"

"""What a source holds, one line a page: for people in columns, for programs as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
import typer

from readout_pub.errors import ReadoutError, escape_controls
from readout_pub.sources import SavedPage


class Listed(msgspec.Struct, frozen=True, omit_defaults=True):
    """One page of a source, as it was saved; `error` says why it cannot be read."""

    name: str
    shape: str | None = None
    url: str | None = None
    retrieved: dt.date | None = None
    size: int | None = None
    encoding: str | None = None
    error: str | None = None


def list_pages(pages: Iterator[SavedPage], *, json: bool) -> None:
    """Print what is found; each page is read and forgotten, so that an archive of any size can be listed."""
    listed = map(_listed, pages)
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(list(listed)), indent=1).decode())
        return
    for each in listed:
        typer.echo(escape_controls(_line(each)))


def _listed(page: SavedPage) -> Listed:
    try:
        opened = page.open()
    except ReadoutError as error:
        return Listed(page.name, size=page.size, error=str(error))
    return Listed(page.name, opened.shape, opened.url, opened.retrieved, page.size, opened.encoding)


def _line(page: Listed) -> str:
    if page.error:
        return f"{'unreadable':<13}{page.name}  {page.error}"
    size = f"{page.size / 1000:.1f} kB" if page.size is not None else "-"
    day = str(page.retrieved or "-")
    facts = f"{page.shape:<13}{day:<12}{size:>11}  {page.encoding or '-':<11}{page.name}"
    return facts if page.url in {None, page.name} else f"{facts}  <{page.url}>"

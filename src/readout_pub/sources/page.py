"""What opening a source gives: an HTML page or a text page, with where it came from and the way to its photos."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

import msgspec

from readout_pub.errors import SourceError
from readout_pub.notes import Note


class Assets(Protocol):
    """The files that a page refers to."""

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Return what reads the file that `src` names in the page; None if the source does not hold it.

        Reading raises SourceError for a file that is damaged or larger than the limit of the source.
        """


class NoAssets:
    """The assets of a page that came alone."""

    def find(self, src: str) -> Callable[[], bytes] | None:  # noqa: ARG002 - it holds nothing, whatever is asked
        """Hold nothing."""
        return None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of any page. `name` names it to people; `raw` reads the bytes it was decoded from.

    `url` is where it was published and `retrieved` the day (UTC) it was fetched, where the source says so. `shape` says
    how it was saved, `encoding` is the Python name of the codec that read it.
    """

    name: str
    raw: Callable[[], bytes]
    url: str | None = None
    retrieved: dt.date | None = None
    notes: tuple[Note, ...] = ()
    shape: str = "HTML"
    encoding: str | None = None


class HtmlPage(Source, frozen=True, kw_only=True):
    """A page of HTML, decoded."""

    markup: str
    assets: Assets = NoAssets()


class TextPage(Source, frozen=True, kw_only=True):
    """A page as plain text, decoded."""

    text: str


Page = HtmlPage | TextPage


class SavedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page that was found in a source, and not yet read. `open` reads it, and raises SourceError if it cannot.

    `name` is its path within the source or its address, alone of its kind there; `where` names it together with its
    source. `addresses` are those under which the
    source holds it, the page's own first, then those that lead there by redirection; none where only the page itself
    can tell. `size` counts bytes as stored, where that is known beforehand.
    """

    name: str
    where: str
    open: Callable[[], Page]
    addresses: tuple[str, ...] = ()
    size: int | None = None


def failing_page(name: str, error: SourceError) -> SavedPage:
    """Return a page that was found, but cannot be read, so that the others can."""

    def fail() -> Page:
        raise error

    return SavedPage(name=name, where=error.where or name, open=fail)

"""What opening a source gives: an HTML page or a text page, with where it came from and the way to its photos."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

import msgspec

from readout_pub.errors import SourceError
from readout_pub.model import Retrieval
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
    how it was saved, `encoding` is the Python name of the codec that read it. `asked` grows while photos are looked
    for: the name within the source of every file that was asked for, with its stamp, or None if it was not there.
    """

    name: str
    raw: Callable[[], bytes]
    url: str | None = None
    retrieved: dt.date | None = None
    retrieval: Retrieval | None = None
    notes: tuple[Note, ...] = ()
    shape: str = "HTML"
    encoding: str | None = None
    asked: Mapping[str, str | None] = {}


class HtmlPage(Source, frozen=True, kw_only=True):
    """A page of HTML, decoded."""

    markup: str
    assets: Assets = NoAssets()


class TextPage(Source, frozen=True, kw_only=True):
    """A page as plain text, decoded."""

    text: str


Page = HtmlPage | TextPage


def no_stamp(name: str) -> str | None:  # noqa: ARG001 - nothing is known of any other file
    """Know of no other file."""
    return None


class SavedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page that was found in a source, and not yet read. `open` reads it, and raises SourceError if it cannot.

    `name` is its path within the source or its address, alone of its kind there; `where` names it together with its
    source. `addresses` are those under which the
    source holds it, the page's own first, then those that lead there by redirection; none where only the page itself
    can tell. `size` counts bytes as stored, where that is known beforehand. `stamp` and `modified` are those of its
    file, and `stamp_of` gives the stamp of another file of the source, as its `asked` names it: together they tell
    without reading whether the page or one of its photos has changed.

    A saved page can be sent to another process, which reads it from the same place.
    """

    name: str
    where: str
    open: Callable[[], Page]
    addresses: tuple[str, ...] = ()
    size: int | None = None
    stamp: str | None = None
    modified: int | None = None
    stamp_of: Callable[[str], str | None] = no_stamp


def failing_page(name: str, error: SourceError, stamp: str | None = None) -> SavedPage:
    """Return a page that was found, but cannot be read, so that the others can."""
    return SavedPage(name=name, where=error.where or name, open=partial(_fail, error), stamp=stamp)


def _fail(error: SourceError) -> Page:
    raise error

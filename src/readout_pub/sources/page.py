"""The pages of a source: pages found in it (`SavedPage`), and pages read from it (`HtmlPage`, `TextPage`).

A `StoredReadout` is a readout that an earlier run read from a page and wrote as JSON.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

import msgspec

from readout_pub.errors import SourceError
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout, Retrieval
from readout_pub.model.url_parts import strip_userinfo
from readout_pub.notes import Note

MAX_FRAMES = 3
"""How many levels of nested frames are read. Chosen by hand: no page that we know has more than one."""


class Assets(Protocol):
    """The files to which a page refers."""

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Return a function that reads the file which `src` names on the page; None if the source has no such file.

        The function raises SourceError for a file that is damaged or larger than the limit of the source.
        """


class NoAssets:
    """The assets of a page that was opened without other files."""

    def find(self, src: str) -> Callable[[], bytes] | None:  # noqa: ARG002 - there is no file, whatever is asked for
        """Return None."""
        return None


class _PageFields(msgspec.Struct, frozen=True, kw_only=True):
    """The fields that HTML pages, text pages and stored readouts have in common.

    `name` names the page to people; `raw` reads the bytes that the page was decoded from. `url` is where the page was
    published, without user name and password, and `retrieved` the day (UTC) on which it was fetched; both are None if
    the source does not tell. `source_format` is "HTML", "MHTML", "WARC", "SingleFile"… `encoding` is Python's name of
    the codec. `asset_stamps` maps the name of each file looked up so far to its stamp, or to None if it is missing.
    """

    name: str
    raw: Callable[[], bytes]
    url: str | None = None
    retrieved: dt.date | None = None
    retrieval: Retrieval | None = None
    notes: tuple[Note, ...] = ()
    source_format: str = "HTML"
    encoding: str | None = None
    asset_stamps: Mapping[str, str | None] = {}

    def __post_init__(self) -> None:
        """Remove user name and password from the URL: they are a secret of the person who saved the page."""
        if self.url:
            msgspec.structs.force_setattr(self, "url", strip_userinfo(self.url))


class HtmlPage(_PageFields, frozen=True, kw_only=True):
    """A decoded HTML page, with access to its photos."""

    markup: str
    assets: Assets = NoAssets()


class TextPage(_PageFields, frozen=True, kw_only=True):
    """A decoded page of plain text."""

    text: str


class StoredReadout(_PageFields, frozen=True, kw_only=True):
    """A readout that was written as JSON, and the photos found beside it. Nothing is left to extract."""

    readout: Readout
    images: ImageStore


DecodedPage = HtmlPage | TextPage
"""A page of HTML or plain text, from which a readout has to be extracted."""

Page = DecodedPage | StoredReadout


def no_stamp(name: str) -> str | None:  # noqa: ARG001 - the source has no other files
    """Return None: the `stamp_of` of pages without other files."""
    return None


class SavedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page that was found in a source and not read yet. `open` reads it; SourceError if it cannot be read.

    `name` is its path within the source or its URL, unique in the source; `where` names it together with the source.
    `urls` are its own URL, then those that redirect to it; empty if only the page itself states its URL. `size` is the
    number of stored bytes, if known without reading the page. `modified` is the time of the last change of its file in
    seconds since 1970.

    `stamp` changes whenever the file does, and `stamp_of` returns the stamp of another file of the source, by its name
    in `asset_stamps`. Stamps tell whether the page or one of its photos has changed, without reading them.

    `is_output` marks an output or report of this program, and `is_other_file` a file without a sign of a page, such as
    a photo, or an editor's backup of a page. `saved_pages` leaves out both.

    A saved page can be pickled; another process then reads it from the same source.
    """

    name: str
    where: str
    open: Callable[[], Page]
    urls: tuple[str, ...] = ()
    size: int | None = None
    stamp: str | None = None
    modified: int | None = None
    stamp_of: Callable[[str], str | None] = no_stamp
    is_output: bool = False
    is_other_file: bool = False


def source_digest(page: SavedPage) -> str | None:
    """Return the SHA-256 (hex) that source records have of a page; None if it cannot be read.

    For a readout in JSON, this is the digest of its page.
    """
    try:
        opened = page.open()
        if isinstance(opened, StoredReadout):
            return opened.readout.origin.sha256
        return hashlib.sha256(opened.raw()).hexdigest()
    except SourceError:
        return None


def stored_digest(page: SavedPage) -> str | None:
    """Return the SHA-256 (hex) of the bytes of a page or readout in JSON; None if it cannot be read."""
    try:
        return hashlib.sha256(page.open().raw()).hexdigest()
    except SourceError:
        return None


def failing_page(name: str, error: SourceError, stamp: str | None = None) -> SavedPage:
    """Return a page whose `open` raises `error`: a damaged page does not stop the search for others."""
    return SavedPage(name=name, where=error.where or name, open=partial(_fail, error), stamp=stamp)


def _fail(error: SourceError) -> Page:
    raise error

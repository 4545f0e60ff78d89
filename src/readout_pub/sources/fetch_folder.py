"""A folder that `readout-pub fetch` made: its pages and photos as files, and a list of how each was fetched.

The list has one JSON object a line. A later line about an address takes the place of an earlier one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from readout_pub.errors import SourceError
from readout_pub.model import Retrieval
from readout_pub.sources.blob import MAX_ARCHIVE, Blob
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import HtmlPage, Page, SavedPage
from readout_pub.sources.tree import Tree
from readout_pub.sources.urls import base_of, is_web_address, resolve, url_key

Headers = tuple[tuple[str, str], ...]


class Retrieved(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the list: what stood at an address, and the file that holds it, unpacked.

    `via` are the addresses that redirected there, the first asked first. `page` tells a page from its photos, which
    stand before it; `shows` are the addresses of those. `checked` is when its server last said that it had not changed.
    `warc` counts the bytes of the web archive up to the end of this retrieval.
    """

    url: str
    file: str
    time: dt.datetime
    status: int
    headers: Headers
    sha256: str
    warc: int
    via: tuple[str, ...] = ()
    page: bool = False
    shows: tuple[str, ...] = ()
    checked: dt.datetime | None = None

    @property
    def record(self) -> Retrieval:
        """What the origin of a readout tells of it."""
        first = self.via[0] if self.via else self.url
        return Retrieval(first, self.url, self.time, self.status, self.headers, self.sha256)

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses that lead to it, its own first."""
        return (self.url, *self.via)

    def header(self, name: str) -> str:
        """Return a header of this name (in lower case), "" if there is none."""
        return next((value for each, value in self.headers if each.lower() == name), "")


def read_listing(raw: bytes, where: str) -> Iterator[Retrieved]:
    """Read the lines of a list, but for a last one that breaks off: whoever was writing it was ended in the middle.

    A SourceError names any other line that cannot be read, or that no fetch has written: one that names a file outside
    of the folder, or something else than addresses on the web.
    """
    *lines, _ = raw.split(b"\n")
    for number, line in enumerate(lines, 1):
        try:
            kept = msgspec.json.decode(line, type=Retrieved)
        except (msgspec.DecodeError, UnicodeDecodeError) as reason:
            if number == len(lines):
                return
            raise SourceError(f"line {number} cannot be read ({reason})", where=where, what_next=_RESTORE) from reason
        if not _is_inside(kept.file):
            raise SourceError(
                f"line {number} names a file outside of the folder: {kept.file[:80]!r}",
                where=where,
                what_next="no fetch has written that; do not use this folder",
            )
        if not all(map(is_web_address, kept.addresses)):
            raise SourceError(f"line {number} names something else than web addresses", where=where, what_next=_RESTORE)
        yield kept


_RESTORE = "put back a copy of the list, or fetch into a new folder"


def _is_inside(file: str) -> bool:
    """Say whether the name of a file stays within its folder, on every system."""
    return not file.startswith("/") and not {"", ".", ".."} & set(file.split("/")) and not set(file) & set("\\:\x00")


def latest(kept: Iterable[Retrieved]) -> dict[str, Retrieved]:
    """Return what was kept last under each address, by the `url_key` of the address."""
    return {url_key(address): each for each in kept for address in each.addresses}


def fetched_pages(tree: Tree, listing: Blob, limit: int) -> Iterator[SavedPage]:
    """Yield the pages of a fetched folder in the order in which they were fetched."""
    folder = Fetched(tree, listing, limit)
    for each in folder.pages():
        yield SavedPage(
            name=each.url,
            where=folder.where(each),
            open=partial(folder.open, each),
            addresses=each.addresses,
            stamp=folder.stamp(each),
            modified=int(each.time.timestamp()),
        )


class Fetched:
    """The pages and photos of a fetched folder by address."""

    def __init__(self, tree: Tree, listing: Blob, limit: int) -> None:
        self._tree, self._listing, self._limit = tree, listing, limit
        self._kept = latest(read_listing(listing.read(MAX_ARCHIVE), listing.where))

    def __reduce__(self) -> tuple[Callable[..., Fetched], tuple[Tree, Blob, int]]:
        """Let another process read the list, once for all pages."""
        return _opened, (self._tree, self._listing, self._limit)

    def pages(self) -> Iterable[Retrieved]:
        """Return the pages, each once."""
        return dict.fromkeys(each for each in self._kept.values() if each.page)

    def stamp(self, page: Retrieved) -> str:
        """Return what changes whenever the page or a photo of it was fetched anew."""
        shown = (self._kept.get(url_key(address)) for address in page.shows)
        return " ".join([page.sha256, *(photo.sha256 for photo in shown if photo)])

    def where(self, page: Retrieved) -> str:
        """Name the file of a page to people."""
        return f"{self._tree.where}/{page.file}"

    def open(self, page: Retrieved) -> Page:
        """Read a page."""
        blob = self._tree.blob(page.file)
        if blob is None:
            raise SourceError("the file is missing", where=self.where(page), what_next="fetch the page again")
        read = kept_page(page, partial(blob.read, self._limit), where=blob.where)
        if isinstance(read, HtmlPage):
            read = msgspec.structs.replace(read, assets=_Shown(self, base_of(read.markup, page.url)))
        return read

    def find(self, url: str) -> Callable[[], bytes] | None:
        """Return what reads the file that was fetched from an address."""
        found = self._kept.get(url_key(url))
        blob = self._tree.blob(found.file) if found else None
        return partial(blob.read, self._limit) if blob else None


_OPENED: dict[tuple[object, ...], Fetched] = {}
"""The folder that came last from another process; no more are kept, since the list of one can be long."""


def _opened(tree: Tree, listing: Blob, limit: int) -> Fetched:
    opened = (listing.where, listing.stamp, limit)
    if opened not in _OPENED:
        _OPENED.clear()
        _OPENED[opened] = Fetched(tree, listing, limit)
    return _OPENED[opened]


class _Shown:
    """What was fetched for one page, as it calls it: `base` is where its relative addresses begin."""

    def __init__(self, folder: Fetched, base: str) -> None:
        self._folder, self._base = folder, base

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Look for the address that `src` is on the page."""
        return self._folder.find(resolve(self._base, src))


def kept_page(page: Retrieved, load: Callable[[], bytes], *, where: str) -> Page:
    """Read a page that was fetched."""
    charset = charset_in(page.header("content-type"))
    known = Provenance("fetched", page.url, page.time.date(), charset)
    return msgspec.structs.replace(read_page(load(), page.url, load, where=where, known=known), retrieval=page.record)


def charset_in(content_type: str) -> str | None:
    """Return the encoding that a header Content-Type names."""
    return content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'") or None

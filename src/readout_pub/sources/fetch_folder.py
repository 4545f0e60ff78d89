"""A folder made by `readout-pub fetch`: pages and photos as files, and the list of their retrievals.

The list has one JSON object per line. A later line about a URL replaces an earlier one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Annotated

import msgspec

from readout_pub.errors import DECODE_ERRORS, SourceError
from readout_pub.model import Retrieval
from readout_pub.sources.blob import MAX_ARCHIVE_BYTES, Blob
from readout_pub.sources.content_type import parse_content_type
from readout_pub.sources.file_tree import Tree
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import HtmlPage, Page, SavedPage
from readout_pub.sources.urls import find_base_url, is_web_address, resolve, url_key

RETRIEVAL_LIST = "retrievals.jsonl"
"""Name of the list in the folder."""

AwareTime = Annotated[dt.datetime, msgspec.Meta(tz=True)]
"""A time with its offset from UTC; without one, `timestamp` would fail for times at the start of the year 1."""

Headers = tuple[tuple[str, str], ...]


class Retrieved(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the list: a page or photo that was fetched, and the file with its decompressed content.

    `via` are the URLs that redirected to `url`, in order of requests. `page` is false for photos, which come before
    their page in the list. `shows` are the URLs of a page's photos. `checked` is when the server last confirmed that
    the content is unchanged. `earlier` is the file with the content before its last change, "" if there is none. `warc`
    is the size in bytes of the folder's WARC file up to the end of this retrieval.
    """

    url: str
    file: str
    time: AwareTime
    status: int
    headers: Headers
    sha256: str
    warc: int
    via: tuple[str, ...] = ()
    page: bool = False
    shows: tuple[str, ...] = ()
    checked: AwareTime | None = None
    earlier: str = ""

    @property
    def retrieval(self) -> Retrieval:
        """The retrieval as a readout records it in its origin."""
        requested = self.via[0] if self.via else self.url
        return Retrieval(requested, self.url, self.time, self.status, self.headers, self.sha256)

    @property
    def urls(self) -> tuple[str, ...]:
        """All URLs that lead to the content: its own, then those that redirect to it."""
        return (self.url, *self.via)

    def header(self, name: str) -> str:
        """Return the header of this lower-case name, "" if there is none."""
        return next((value for each, value in self.headers if each.lower() == name), "")


def read_listing(raw: bytes, where: str) -> Iterator[Retrieved]:
    """Yield the lines of a list, without a last line that an interrupted fetch left cut off or unreadable.

    Raises SourceError for any other unreadable line, and for a line that no fetch writes: its file is outside the
    folder, or its URLs are not web addresses. `where` names the list in the error.
    """
    *lines, _ = raw.split(b"\n")
    for number, line in enumerate(lines, 1):
        try:
            retrieved = msgspec.json.decode(line, type=Retrieved)
        except DECODE_ERRORS as reason:
            if number == len(lines):
                return
            raise SourceError(f"line {number} cannot be read ({reason})", where=where, what_next=_RESTORE) from reason
        foreign = next(
            (file for file in (retrieved.file, retrieved.earlier or "-") if not _is_inside_folder(file)), None
        )
        if foreign is not None:
            raise SourceError(
                f"line {number} names a file outside of the folder: {foreign[:80]!r}",
                where=where,
                what_next="no fetch has written that; do not use this folder",
            )
        if not all(map(is_web_address, retrieved.urls)):
            raise SourceError(f"line {number} has a URL that is not a web address", where=where, what_next=_RESTORE)
        yield retrieved


_RESTORE = "put back a copy of the list, or fetch into a new folder"


def _is_inside_folder(file: str) -> bool:
    """Return whether a relative path stays within its folder on every system."""
    return not file.startswith("/") and not {"", ".", ".."} & set(file.split("/")) and not set(file) & set("\\:\x00")


def latest_by_url(retrieved: Iterable[Retrieved]) -> dict[str, Retrieved]:
    """Return `url_key` of a URL → the last retrieval to which this URL leads."""
    return {url_key(url): each for each in retrieved for url in each.urls}


def fetched_pages(tree: Tree, listing: Blob, limit: int) -> Iterator[SavedPage]:
    """Yield the pages of a fetch folder in the order in which they were fetched; `limit` is in bytes per file.

    A page without its file is skipped: a person has removed the file, perhaps that of a withdrawn page.
    """
    folder = FetchFolder(tree, listing, limit)
    for each in folder.pages():
        if not folder.has_file(each):
            continue
        yield SavedPage(
            name=each.url,
            where=folder.where(each),
            open=partial(folder.open, each),
            urls=each.urls,
            stamp=folder.stamp(each),
            modified=int(each.time.timestamp()),
        )


class FetchFolder:
    """The pages and photos of a fetch folder, by URL."""

    def __init__(self, tree: Tree, listing: Blob, limit: int) -> None:
        self._tree, self._listing, self._limit = tree, listing, limit
        self._by_url = latest_by_url(read_listing(listing.read(MAX_ARCHIVE_BYTES), listing.where))

    def __reduce__(self) -> tuple[Callable[..., FetchFolder], tuple[Tree, Blob, int]]:
        """Pickle only where the list is: another process reads it once for all pages."""
        return _open_cached, (self._tree, self._listing, self._limit)

    def pages(self) -> Iterable[Retrieved]:
        """Return the pages, each once."""
        return dict.fromkeys(each for each in self._by_url.values() if each.page)

    def has_file(self, retrieved: Retrieved) -> bool:
        """Return whether the folder has the file of a page or photo; in some stores, files have no stamp."""
        return self._tree.stamp(retrieved.file) is not None or self._tree.blob(retrieved.file) is not None

    def stamp(self, page: Retrieved) -> str | None:
        """Return a text that changes with the file of the page or of one of its photos; None if it is unknown."""
        photos = (self._by_url.get(url_key(url)) for url in page.shows)
        files = [each for each in (page, *photos) if each]
        stamps = {each.file: self._tree.stamp(each.file) for each in files}
        if any(stamps[each.file] is None and self.has_file(each) for each in files):
            return None
        return " ".join(map(str, stamps.values()))

    def where(self, page: Retrieved) -> str:
        """Return the path of a page's file, for messages."""
        return f"{self._tree.where}/{page.file}"

    def open(self, page: Retrieved) -> Page:
        """Read a page; SourceError if its file is missing."""
        blob = self._tree.blob(page.file)
        if blob is None:
            raise SourceError("the file is missing", where=self.where(page), what_next="fetch the page again")
        read = read_retrieved_page(page, blob.read(self._limit), where=blob.where)
        if isinstance(read, HtmlPage):
            read = msgspec.structs.replace(read, assets=_FetchedAssets(self, find_base_url(read.markup, page.url)))
        return read

    def find(self, url: str) -> Callable[[], bytes] | None:
        """Return a function that reads the file fetched from a URL; None if there is no such file."""
        found = self._by_url.get(url_key(url))
        blob = self._tree.blob(found.file) if found else None
        return partial(blob.read, self._limit) if blob else None


_CACHE: dict[tuple[object, ...], FetchFolder] = {}
"""The folder unpickled last; only one, since the list of a folder can be long."""


def _open_cached(tree: Tree, listing: Blob, limit: int) -> FetchFolder:
    key = (listing.where, listing.stamp, limit)
    if key not in _CACHE:
        _CACHE.clear()
        _CACHE[key] = FetchFolder(tree, listing, limit)
    return _CACHE[key]


class _FetchedAssets:
    """The files of a fetch folder that one page refers to."""

    def __init__(self, folder: FetchFolder, base: str) -> None:
        self._folder, self._base = folder, base

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Return a function that reads the file; `src` is resolved against the page's base URL."""
        return self._folder.find(resolve(self._base, src))


def read_retrieved_page(page: Retrieved, raw: bytes, *, where: str) -> Page:
    """Decode the bytes of a page, with the URL, day, charset and retrieval that the list records."""
    charset = parse_content_type(page.header("content-type")).charset
    provenance = Provenance("fetched", page.url, page.time.date(), charset)
    read = read_page(raw, page.url, where=where, provenance=provenance)
    return msgspec.structs.replace(read, retrieval=page.retrieval)

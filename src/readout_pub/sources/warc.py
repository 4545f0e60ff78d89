"""Web archives: what a crawler recorded, one or many WARC files as one archive.

The files are read once from front to back, and only places are remembered; a page or a photo is read when it is asked
for. Memory grows with the number of records, not with their size.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import BinaryIO

import msgspec

from readout_pub.errors import SourceError
from readout_pub.model import Retrieval
from readout_pub.notes import note
from readout_pub.sources.blob import Blob, too_large, unreadable
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import HtmlPage, Page, SavedPage
from readout_pub.sources.urls import base_of, day_of_stamp, resolve, url_key
from readout_pub.sources.warc_records import (
    DAMAGES,
    HEADERS,
    Capture,
    Damage,
    Headers,
    captures_in,
    content_of,
    headers_of,
)
from readout_pub.sources.warc_recovery import record_between

_HOPS = 8
"""Redirects and revisits that are followed from one address, since they can go in a circle."""

_MOST_TOLD = 3
"""Damages of a file that are told one by one; each page of an archive has the note."""


def warc_pages(files: Sequence[Blob], limit: int, shape: str = "WARC") -> Iterator[SavedPage]:
    """Yield the HTML pages of web archives that belong together, in the order of their records.

    A page that was fetched twice with the same content counts once. A SourceError says that nothing could be read.
    """
    archive = Archive(files, limit, shape)
    pages = list(archive.pages())
    often = Counter(capture.url for capture, _ in pages)
    for capture, content in pages:
        yield SavedPage(
            name=f"{capture.url} {capture.stamp}" if often[capture.url] > 1 else capture.url,
            where=archive.where(content),
            open=partial(archive.read_page, capture, content),
            addresses=(capture.url, *archive.redirects_to(content)),
            size=content.size,
            stamp=archive.stamp,
            modified=_seconds(capture.stamp),
        )


def _seconds(stamp: str) -> int | None:
    """Return the seconds since 1970 of a record's date: 20310804102030 is 1943605230."""
    moment = _moment(stamp)
    return int(moment.timestamp()) if moment else None


def _moment(stamp: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None


class Archive:
    """The records of web archives by address."""

    def __init__(self, files: Sequence[Blob], limit: int, shape: str) -> None:
        self._files, self._limit, self._shape = files, limit, shape
        stamps = [blob.stamp for blob in files]
        self.stamp = None if None in stamps else " ".join(filter(None, stamps))
        self._captures: list[Capture] = []
        self._at: dict[str, list[Capture]] = defaultdict(list)
        self._by_digest: dict[str, Capture] = {}
        reasons = {blob.where: self._index(number, blob) for number, blob in enumerate(files)}
        self._notes = tuple(
            note("ARCHIVE_DAMAGED", where, reason=reason) for where, reason in reasons.items() if reason
        )
        if self._notes and not self._captures:
            raise SourceError(f"this web archive is damaged: {self._notes[0].message}", where=files[0].where)
        self._redirects: dict[Capture, list[str]] = defaultdict(list)
        for capture in self._captures:
            content = self._content(capture) if 300 <= capture.status < 400 else None
            if content:
                self._redirects[content].append(capture.url)

    def __reduce__(self) -> tuple[Callable[..., Archive], tuple[Sequence[Blob], int, str]]:
        """Let another process read the archive, once for all pages."""
        return _opened, (self._files, self._limit, self._shape)

    def _index(self, number: int, blob: Blob) -> str | None:
        """Remember the records of one file; return what is wrong with it, if anything."""
        damages = _Damages()
        try:
            with blob.open() as stream:
                for found in captures_in(stream, number):
                    if isinstance(found, Damage):
                        damages.add(found.what)
                    else:
                        self._remember(found)
        except (OSError, EOFError) as reason:
            damages.add(unreadable(blob.where, reason).what)
        return damages.worded()

    def _remember(self, capture: Capture) -> None:
        self._captures.append(capture)
        self._at[url_key(capture.url)].append(capture)
        if capture.digest and capture.kind != "revisit":
            self._by_digest.setdefault(capture.digest, capture)

    def pages(self) -> Iterator[tuple[Capture, Capture]]:
        """Yield each page with the record that holds its content: another one for a revisit."""
        seen = set()
        for capture in self._captures:
            content = capture if capture.kind != "revisit" else self._content(capture)
            if content is None or not content.html or not 200 <= content.status < 300:
                continue
            mark = (url_key(capture.url), content.digest or content)
            if mark not in seen:
                seen.add(mark)
                yield capture, content

    def redirects_to(self, content: Capture) -> list[str]:
        """Return the addresses that lead to a record."""
        return self._redirects.get(content, [])

    def read_page(self, capture: Capture, content: Capture) -> Page:
        """Read the page that `capture` found and `content` holds."""
        known = Provenance(self._shape, capture.url, day_of_stamp(capture.stamp), content.charset)
        raw, headers = self._read(content)
        page = read_page(raw, capture.url, partial(self.read, content), where=self.where(capture), known=known)
        if isinstance(page, HtmlPage):
            assets = _Found(self, base_of(page.markup, capture.url), capture.stamp)
            page = msgspec.structs.replace(page, assets=assets)
        visit = self._retrieval(capture, content, raw, headers)
        return msgspec.structs.replace(page, retrieval=visit, notes=(*page.notes, *self._notes))

    def _retrieval(self, capture: Capture, content: Capture, raw: bytes, headers: Headers) -> Retrieval | None:
        time = _moment(capture.stamp)
        if time is None:
            return None
        asked = next(iter(self.redirects_to(content)), capture.url)
        return Retrieval(asked, capture.url, time, content.status, headers, hashlib.sha256(raw).hexdigest())

    def find(self, url: str, stamp: str) -> Callable[[], bytes] | None:
        """Return what reads the file at `url` as it was nearest to `stamp`; redirects and revisits are followed."""
        contents = [content for capture in self._at.get(url_key(url), ()) if (content := self._content(capture))]
        found = [content for content in contents if content.status < 300]
        nearest = min(found, key=lambda content: abs(int(content.stamp) - int(stamp)), default=None)
        return partial(self.read, nearest) if nearest else None

    def _content(self, capture: Capture) -> Capture | None:
        """Follow a record to the one that holds its content; None if that is not in the archive."""
        for _ in range(_HOPS):
            if capture.leads_to is None and capture.kind != "revisit":
                return capture
            repeated = self._by_digest.get(capture.digest or "") if capture.kind == "revisit" else None
            there = self._at.get(url_key(capture.leads_to or capture.url), ())
            following = repeated or next((other for other in there if other.kind != "revisit"), None)
            if following is None:
                return None
            capture = following
        return None

    def where(self, capture: Capture) -> str:
        """Name a record to people."""
        return f"{self._files[capture.file].where}, {capture.url}"

    def read(self, capture: Capture) -> bytes:
        """Read the content of a record, unpacked; a SourceError says that it is too large or damaged."""
        return self._read(capture)[0]

    def _read(self, capture: Capture) -> tuple[bytes, Headers]:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        where = self.where(capture)
        try:
            # warcio complains of addresses on the terminal, and writes them as they are.
            with contextlib.redirect_stderr(io.StringIO()), self._files[capture.file].open() as stream:
                record = next(iter(ArchiveIterator(self._at_record(stream, capture))))
                headers = headers_of(record)  # before the content is read, which may change one
                raw = content_of(record, self._limit + 1)
        except (ArchiveLoadFailed, StopIteration, *DAMAGES) as reason:
            raise unreadable(where, reason) from reason
        if len(raw) > self._limit:
            raise too_large(where, len(raw), self._limit)
        return raw, headers

    def _at_record(self, stream: BinaryIO, capture: Capture) -> BinaryIO:
        """Return a stream that begins with a record, and ends with it if it is broken."""
        if capture.end is not None:
            return record_between(stream, capture.offset, capture.end, self._limit + HEADERS)
        stream.seek(capture.offset)
        return stream


class _Damages:
    """What is wrong with one file: the first damages and the last, and of those between how many they are."""

    def __init__(self) -> None:
        self._first: list[str] = []
        self._last, self._others = "", 0

    def add(self, what: str) -> None:
        if len(self._first) < _MOST_TOLD:
            self._first.append(what)
        else:
            self._last, self._others = what, self._others + 1

    def worded(self) -> str | None:
        more = f"{self._others - 1} more" if self._others > 1 else ""
        return "; ".join(filter(None, [*self._first, more, self._last])) or None


_OPENED: dict[tuple[object, ...], Archive] = {}
"""The archive that came last from another process; no more are kept, since the index of one can be large."""


def _opened(files: Sequence[Blob], limit: int, shape: str) -> Archive:
    url_key = (*((blob.where, blob.stamp) for blob in files), limit, shape)
    if url_key not in _OPENED:
        _OPENED.clear()
        _OPENED[url_key] = Archive(files, limit, shape)
    return _OPENED[url_key]


class _Found:
    """What an archive holds for one page: `base` is where its relative addresses begin, `stamp` when it was saved."""

    def __init__(self, archive: Archive, base: str, stamp: str) -> None:
        self._archive, self._base, self._stamp = archive, base, stamp

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Look for the address that `src` is on the page."""
        return self._archive.find(resolve(self._base, src), self._stamp)

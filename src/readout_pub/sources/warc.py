"""Web archives: the pages of one or more WARC files, which together form one archive.

Each file is read once, and only the headers and offsets of its records are kept: memory grows with their number, not
with their size. The content of a page or photo is read when needed, and also to compare several records of a URL.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import hashlib
import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

import msgspec

from readout_pub.errors import SourceError, escape_controls
from readout_pub.model import Retrieval
from readout_pub.notes import Note, name_first, note
from readout_pub.sources.blob import MAX_ARCHIVE_BYTES, Blob, OpenInMemory, too_large, unreadable
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import HtmlPage, Page, SavedPage
from readout_pub.sources.urls import date_of_timestamp, find_base_url, resolve, url_key
from readout_pub.sources.warc_records import (
    MAX_HEADER_BYTES,
    Capture,
    Headers,
    StatedDigest,
    iterate_records,
    read_content,
    read_headers,
    read_stored_forms,
)
from readout_pub.sources.warc_recovery import (
    COMPRESSED_AS_A_WHOLE,
    WARCIO_ERRORS,
    Damage,
    captures_with_damages,
    salvage_record,
)

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_MAX_HOPS = 8
"""How many records are tried to find the content of a URL: redirects can form a circle. Browsers follow 20 redirects.
"""

_MAX_DAMAGES_LISTED = 3
"""How many damages of a file a note lists besides the last one. Every page of the file has the note, so it must be
short.
"""


_MAX_LACKING_LISTED = 3
"""How many pages without content a note names, so that it stays short."""


def warc_pages(files: Sequence[Blob], limit: int, source_format: str = "WARC") -> Iterator[SavedPage]:
    """Yield the HTML pages of an archive in the order of their records; `limit` is in bytes, per page and photo.

    Records with the same URL and content are one page. The newest page of a URL is named by the URL, older ones by URL
    and timestamp: a later crawl does not rename the outputs of the newest page. The pages have `source_format`. Raises
    SourceError if the archive cannot be read at all.
    """
    archive = WarcArchive(files, limit, source_format)
    pages = archive.pages()
    newest = {page.capture.url: page for page in sorted(pages, key=lambda page: page.last_seen)}
    for page in pages:
        capture, content = page.capture, page.content
        yield SavedPage(
            name=capture.url if page is newest[capture.url] else f"{capture.url} {capture.timestamp}",
            where=archive.where(content),
            open=partial(archive.read_page, capture, content),
            urls=(capture.url, *archive.redirects_to(content)),
            size=content.size,
            stamp=archive.stamp,
            modified=_unix_seconds(capture.timestamp),
        )


def _unix_seconds(timestamp: str) -> int | None:
    """Return the seconds since 1970 of a record's timestamp: 20310804102030 is 1943605230."""
    moment = _parse_timestamp(timestamp)
    return int(moment.timestamp()) if moment else None


def _parse_timestamp(timestamp: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def _is_page(content: Capture) -> bool:
    return content.html and 200 <= content.status < 300


def _is_other_version(revisit: Capture, content: Capture) -> bool:
    """Return whether the digests show that `content` is not the version that `revisit` refers to.

    A revisit may state the digest of zero bytes, which tells nothing.
    """
    wanted, found = (StatedDigest.parse(each.digest or "") for each in (revisit, content))
    if wanted is None or found is None or wanted.algorithm != found.algorithm or wanted.is_of(b""):
        return False
    return wanted.value != found.value


class _CapturedPage(NamedTuple):
    """One version of the content of a URL.

    `capture` is its first record, `content` the record with the content (another one for a revisit), and `last_seen`
    the timestamp of its last record.
    """

    capture: Capture
    content: Capture
    last_seen: str


class WarcArchive:
    """The records of one or more WARC files, indexed by URL and by digest."""

    def __init__(self, files: Sequence[Blob], limit: int, source_format: str) -> None:
        """Index `files`. Raises SourceError if a file is damaged and no record can be read.

        `limit` is how many bytes one record may have, `source_format` the format that the pages state, such as "WARC".
        """
        self._files, self._limit, self._source_format = [*files], limit, source_format
        stamps = [blob.stamp for blob in files]
        self.stamp = None if None in stamps else " ".join(filter(None, stamps))
        self._captures: list[Capture] = []
        self._by_url: dict[str, list[Capture]] = defaultdict(list)
        self._content_by_url: dict[str, Capture] = {}
        self._by_digest: dict[str, Capture] = {}
        self._identities: dict[Capture, str | Capture] = {}
        reasons = {blob.where: self._index(number) for number, blob in enumerate(files)}
        self._damages = {
            number: note("ARCHIVE_DAMAGED", where, reason=reason)
            for number, (where, reason) in enumerate(reasons.items())
            if reason
        }
        if self._damages and not self._captures:
            raise SourceError(
                f"this web archive is damaged: {next(iter(self._damages.values())).message}",
                where=files[0].where,
                what_next="copy or download it again",
            )
        self._files_with_pages = {capture.file for capture in self._captures if _is_page(capture)}
        self._redirects: dict[Capture, list[str]] = defaultdict(list)
        for capture in self._captures:
            content = self._content_of(capture) if 300 <= capture.status < 400 else None
            if content:
                self._redirects[content].append(capture.url)

        self._lacking = dict(self._notes_on_lacking_content())

    def _notes_on_lacking_content(self) -> Iterator[tuple[int, Note]]:
        """Yield each file with pages whose content is not in the archive, and a note that names them."""
        lacking: dict[int, dict[str, None]] = defaultdict(dict)
        for capture in self._captures:
            if capture.kind == "revisit" and capture.html and self._content_of(capture) is None:
                lacking[capture.file][escape_controls(capture.url)] = None
        for number, urls in lacking.items():
            yield number, note("ARCHIVE_INCOMPLETE", count=len(urls), names=name_first([*urls], _MAX_LACKING_LISTED))

    def __reduce__(self) -> tuple[Callable[..., WarcArchive], tuple[Sequence[Blob], int, str]]:
        """Pickle only the files and settings: another process indexes the files again, once for all pages."""
        return _open_cached, (self._files, self._limit, self._source_format)

    def _index(self, number: int) -> str | None:
        """Index the records of one file; return a description of its damages, None if it has none.

        A file that is compressed as a whole is replaced by its unpacked bytes, in memory.
        """
        blob = self._files[number]
        captures, damages = _read_captures(blob, number)
        if damages.newest == COMPRESSED_AS_A_WHOLE.message and (unpacked := self._unpack(blob)):
            blob = self._files[number] = unpacked
            captures, damages = _read_captures(blob, number)
        for capture in captures:
            self._add(capture)
        if damage := blob.damage and blob.damage():
            damages.add(damage)
        return damages.describe()

    def _unpack(self, blob: Blob) -> Blob | None:
        """Return the bytes of a gzip file, in memory; None if unpacked files exceed MAX_ARCHIVE_BYTES."""
        in_memory = sum(each.open.size for each in self._files if isinstance(each.open, OpenInMemory))
        content = msgspec.structs.replace(blob, open=partial(_Gunzipped.open, blob.open), open_unchecked=None)
        unpacked = OpenInMemory(content, MAX_ARCHIVE_BYTES - in_memory)
        try:
            unpacked()
        except SourceError:
            return None
        return msgspec.structs.replace(content, open=unpacked, damage=unpacked.damage, path=None, seekable=None)

    def _add(self, capture: Capture) -> None:
        self._captures.append(capture)
        self._by_url[url_key(capture.url)].append(capture)
        if capture.kind != "revisit":
            self._content_by_url.setdefault(url_key(capture.url), capture)
        if capture.digest and capture.kind != "revisit":
            self._by_digest.setdefault(capture.digest, capture)

    def pages(self) -> list[_CapturedPage]:
        """Return the pages in the order of their first records."""
        found = [(capture, content) for capture in self._captures if (content := self._page_content_of(capture))]
        contents: dict[str, set[Capture]] = defaultdict(set)
        for capture, content in found:
            contents[url_key(capture.url)].add(content)
        pages: dict[tuple[str, str | Capture], _CapturedPage] = {}
        for capture, content in found:
            url = url_key(capture.url)
            identity = (url, self._identity_of(content) if len(contents[url]) > 1 else content)
            first = pages.get(identity)
            pages[identity] = (
                _CapturedPage(capture, content, capture.timestamp)
                if first is None
                else first._replace(last_seen=max(first.last_seen, capture.timestamp))
            )
        return [*pages.values()]

    def _page_content_of(self, capture: Capture) -> Capture | None:
        """Return the record with the content of a page; None if `capture` is not a page, such as a redirect to one."""
        content = self._content_of(capture) if capture.kind == "revisit" else capture
        return content if content and _is_page(content) else None

    def _identity_of(self, content: Capture) -> str | Capture:
        """Return what two records with the same content share: the digest of what is read.

        The stated digest may be false. A record that cannot be read shares nothing.
        """
        if content not in self._identities:
            try:
                self._identities[content] = hashlib.sha256(self.read(content)).hexdigest()
            except SourceError:
                self._identities[content] = content
        return self._identities[content]

    def redirects_to(self, content: Capture) -> list[str]:
        """Return the URLs that redirect to a record."""
        return self._redirects.get(content, [])

    def read_page(self, capture: Capture, content: Capture) -> Page:
        """Read the page with the URL and time of `capture` and the bytes of `content`."""
        provenance = Provenance(self._source_format, capture.url, date_of_timestamp(capture.timestamp), content.charset)
        raw, headers = self._read_with_headers(content)
        page = read_page(raw, capture.url, where=self.where(capture), provenance=provenance)
        if isinstance(page, HtmlPage):
            assets = _WarcAssets(self, find_base_url(page.markup, capture.url), capture.timestamp)
            page = msgspec.structs.replace(page, assets=assets)
        retrieval = self._retrieval(capture, content, raw, headers)
        notes = (
            *page.notes,
            *self._damages_of(capture, content),
            *self._digests_that_differ(capture, content, raw),
            *([note("TRUNCATED")] if content.is_partial else []),
        )
        return msgspec.structs.replace(page, retrieval=retrieval, notes=notes)

    def _digests_that_differ(self, capture: Capture, content: Capture, raw: bytes) -> Iterator[Note]:
        """Yield a note for each stated digest that is not that of the content; `raw` is the content, decompressed.

        Parts of pages are skipped, and revisits with the digest of zero bytes: the answer "not modified" has no
        content.
        """
        if content.is_partial or content.end is not None:
            return
        for text in dict.fromkeys(filter(None, (content.digest, capture.digest))):
            digest = StatedDigest.parse(text)
            if digest is None or digest.is_of(raw) or (capture.kind == "revisit" and digest.is_of(b"")):
                continue
            if not any(map(digest.is_of, self._stored_forms(content))):
                yield note("DIGEST_DIFFERS", stated=escape_controls(text))

    def _stored_forms(self, content: Capture) -> Iterator[bytes]:
        with self._record(content) as record:
            yield from read_stored_forms(record, self._limit)

    def _damages_of(self, *records: Capture) -> Iterator[Note]:
        """Yield the notes on damaged files and on missing content for a page with these `records`.

        A damaged file without pages may have contained photos of the page.
        """
        files = {record.file for record in records}
        for number, damage in self._damages.items():
            if number in files or number not in self._files_with_pages:
                yield damage
        for number, lacking in self._lacking.items():
            if number in files:
                yield lacking

    def _retrieval(self, capture: Capture, content: Capture, raw: bytes, headers: Headers) -> Retrieval | None:
        time = _parse_timestamp(capture.timestamp)
        if time is None:
            return None
        requested = next(iter(self.redirects_to(content)), capture.url)
        return Retrieval(requested, capture.url, time, content.status, headers, hashlib.sha256(raw).hexdigest())

    def find(self, url: str, timestamp: str) -> Callable[[], bytes] | None:
        """Return a function that reads the file at `url` as captured nearest to `timestamp`; None if it is missing.

        Whole captures come before partial ones. Redirects and revisits are followed.
        """
        contents = [content for capture in self._by_url.get(url_key(url), ()) if (content := self._content_of(capture))]
        found = [content for content in contents if content.status < 300]
        nearest = min(
            found, key=lambda each: (each.is_partial, abs(int(each.timestamp) - int(timestamp))), default=None
        )
        return partial(self.read, nearest) if nearest else None

    def _content_of(self, capture: Capture) -> Capture | None:
        """Follow redirects and revisits to the record with the content; None if the archive lacks it."""
        for _ in range(_MAX_HOPS):
            if capture.refers_to is None and capture.kind != "revisit":
                return capture
            same_digest = self._by_digest.get(capture.digest or "") if capture.kind == "revisit" else None
            same_url = self._content_by_url.get(url_key(capture.refers_to or capture.url))
            following = same_digest or same_url
            if following is None or (capture.kind == "revisit" and _is_other_version(capture, following)):
                return None
            capture = following
        return None

    def where(self, capture: Capture) -> str:
        """Return the file and URL of a record, for messages."""
        return f"{self._files[capture.file].where}, {capture.url}"

    def read(self, capture: Capture) -> bytes:
        """Return the content of a record, decompressed; SourceError if it is too large or damaged."""
        return self._read_with_headers(capture)[0]

    def _read_with_headers(self, capture: Capture) -> tuple[bytes, Headers]:
        """Return content (decompressed) and HTTP headers of a record; SourceError if it is damaged or too large."""
        with self._record(capture) as record:
            headers = read_headers(record)  # first, since `read_content` may change a header
            raw = read_content(record, self._limit + 1)
        if len(raw) > self._limit:
            raise too_large(self.where(capture), len(raw), self._limit)
        return raw, headers

    @contextlib.contextmanager
    def _record(self, capture: Capture) -> Iterator[ArcWarcRecord]:
        """Open a record; raises SourceError if it is damaged, also while it is read."""
        from warcio.exceptions import ArchiveLoadFailed

        try:
            # warcio prints complaints about URLs to stderr, control characters included.
            with contextlib.redirect_stderr(io.StringIO()), self._files[capture.file].open() as stream:
                yield next(iter(iterate_records(self._stream_at(stream, capture))))
        except (ArchiveLoadFailed, StopIteration, *WARCIO_ERRORS) as reason:
            raise unreadable(self.where(capture), reason) from reason

    def _stream_at(self, stream: BinaryIO, capture: Capture) -> BinaryIO:
        """Return a stream that begins with a record, and ends with it if the record is damaged."""
        if capture.end is not None:
            return salvage_record(stream, capture.offset, capture.end, self._limit + MAX_HEADER_BYTES)
        stream.seek(capture.offset)
        return stream


class _Gunzipped(gzip.GzipFile):
    """The content of a gzip file as a stream."""

    def __init__(self, compressed: BinaryIO) -> None:
        super().__init__(fileobj=compressed, mode="rb")
        self._compressed = compressed

    @classmethod
    def open(cls, compressed: Callable[[], BinaryIO]) -> BinaryIO:
        """Return the content of the file that `compressed` opens."""
        return cast("BinaryIO", cls(compressed()))

    def close(self) -> None:
        """Close both streams."""
        super().close()
        self._compressed.close()


def _read_captures(blob: Blob, number: int) -> tuple[list[Capture], _DamageList]:
    """Return the headers of the records of the file with index `number`, and its damages."""
    captures: list[Capture] = []
    damages = _DamageList()
    try:
        with blob.open() as stream:
            for found in captures_with_damages(stream, number):
                if isinstance(found, Damage):
                    damages.add(found.message)
                else:
                    captures.append(found)
    except (OSError, EOFError) as reason:
        damages.add(unreadable(blob.where, reason).what)
    except SourceError as error:  # the other files of the archive can still be read
        damages.add(error.what)
    return captures, damages


class _DamageList:
    """The damages of one file: the first ones, the last one, and the number of those between."""

    def __init__(self) -> None:
        self.newest: str | None = None
        self._first: list[str] = []
        self._last, self._others = "", 0

    def add(self, damage: str) -> None:
        self.newest = damage
        if len(self._first) < _MAX_DAMAGES_LISTED:
            self._first.append(damage)
        else:
            self._last, self._others = damage, self._others + 1

    def describe(self) -> str | None:
        more = f"{self._others - 1} more" if self._others > 1 else ""
        return "; ".join(filter(None, [*self._first, more, self._last])) or None


_CACHE: dict[tuple[object, ...], WarcArchive] = {}
"""The archive that was unpickled last; only one, since its index can be large."""


def _open_cached(files: Sequence[Blob], limit: int, source_format: str) -> WarcArchive:
    key = (*((blob.where, blob.stamp) for blob in files), limit, source_format)
    if key not in _CACHE:
        _CACHE.clear()
        _CACHE[key] = WarcArchive(files, limit, source_format)
    return _CACHE[key]


class _WarcAssets:
    """The files to which one page refers, as captured nearest to the page's `timestamp`."""

    def __init__(self, archive: WarcArchive, base: str, timestamp: str) -> None:
        self._archive, self._base, self._timestamp = archive, base, timestamp

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Return a function that reads the file; `src` is resolved against the page's base URL."""
        return self._archive.find(resolve(self._base, src), self._timestamp)

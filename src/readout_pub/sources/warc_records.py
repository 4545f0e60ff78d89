"""One file of a web archive: its records, and what each holds."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urljoin

import msgspec

from readout_pub.sources.sniff import begins_with_markup
from readout_pub.sources.urls import is_web_address
from readout_pub.sources.warc_recovery import ends_in_headers, is_packed, next_record, record_between

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_UNSAID = frozenset({"", "application/octet-stream", "unk", "application/x-unknown-content-type"})
"""Media types that say nothing, so that the first bytes have to."""


Headers = tuple[tuple[str, str], ...]

_CREDENTIALS = frozenset({"set-cookie", "set-cookie2", "www-authenticate", "authentication-info"})
"""Headers that no record of a retrieval repeats."""


class Capture(msgspec.Struct, frozen=True):
    """One record: where it stands, in which of the files, and what its headers say."""

    url: str
    stamp: str
    file: int
    offset: int
    size: int
    kind: str
    status: int = 200
    html: bool = False
    charset: str | None = None
    digest: str | None = None
    leads_to: str | None = None
    """Where a redirect points, or which address a revisit repeats."""
    end: int | None = None
    """Where the bytes of a broken record end; the others say themselves how long they are."""


class Damage(msgspec.Struct, frozen=True):
    """What is wrong with one record, in words that name it."""

    what: str


class _Broken(msgspec.Struct, frozen=True):
    """The place of a record that is broken, and what a sentence says of it that begins with "the record"."""

    offset: int
    what: str


DAMAGES = (OSError, EOFError, ValueError, zlib.error, KeyError, AttributeError, TypeError)
"""What warcio raises on a broken file; its own exceptions are added where it is loaded."""

_WRONG = "is not as long as it says"
_SHORTER = "is shorter than it says"

HEADERS = 200_000
"""Bytes that the headers of a record may have, and the blank lines before it."""

_TIMES_AGAIN, _BYTES_AGAIN = 10, 1_000_000_000
"""How often a file is read again, and how many bytes besides, until no more of it is read.

A record that states a length far too large leads the reader on, to where it has to come back from.
"""

_ONCE = ("warc-type", "warc-record-id", "warc-date", "content-length")
"""Headers that each record has, and once."""

_BLANK_LINES = b"\r\n\r\n"

_PACKED_AS_A_WHOLE = "it was packed as a whole, not record by record; `warcio recompress` makes one that can be read"


class _Lines:
    """The lines that warcio reads, in place of its own: those of one record have to end, so that memory stays flat."""

    def __init__(self, records: ArchiveIterator) -> None:
        self._records, self._readline = records, records.reader.readline
        self._behind, self._left = records.record, HEADERS

    def readline(self, length: int | None = None) -> bytes:
        """Read a line, or the first `length` bytes of one."""
        if self._behind is not self._records.record:
            self._behind, self._left = self._records.record, HEADERS
        if self._left <= 0:
            raise ValueError("its headers do not end")
        line: bytes = self._readline(self._left if length is None else min(length, self._left))
        self._left -= len(line)
        return line


def _records_in(stream: BinaryIO) -> ArchiveIterator:
    """Return what reads the records of a file from the place where it stands; headers without end are an error."""
    from warcio.archiveiterator import ArchiveIterator

    records = ArchiveIterator(stream)
    records.reader.readline = _Lines(records).readline
    return records


def captures_in(stream: BinaryIO, number: int) -> Iterator[Capture | Damage]:
    """Yield the records of a file, which is the archive's `number`th, and what is wrong with those that are broken.

    A broken record is taken to end where the next one begins.
    """
    size = stream.seek(0, io.SEEK_END)
    start = again = 0
    # warcio writes warnings of broken records to the terminal; they are given as notes instead.
    with contextlib.redirect_stderr(io.StringIO()):
        while again <= _TIMES_AGAIN * size + _BYTES_AGAIN:
            broken = yield from _sound_captures(stream, number, start)
            if broken is None:
                return
            came_to = stream.tell()
            following = next_record(stream, broken.offset + 1)
            end = size if following is None else following
            capture = _broken_capture(stream, number, broken.offset, end)
            if capture:
                yield capture
            yield _damage(broken, capture, is_last=following is None)
            if following is None:
                return
            start = following
            again += max(came_to - start, 0)
    yield Damage(f"its broken records state lengths that are far too large, and it was not read from byte {start} on")


def _sound_captures(stream: BinaryIO, number: int, start: int) -> Generator[Capture | Damage, None, _Broken | None]:
    """Yield the records from `start` up to the first that is broken, and return that; None if there is none."""
    from warcio.exceptions import ArchiveLoadFailed

    stream.seek(start)
    records = _records_in(stream)
    place = start
    try:
        for record in records:
            capture = _capture(record, number)
            place = records.get_record_offset()
            fault = _fault_of_headers(record) or _fault_of_length(record, records)
            if fault := fault or _fault_behind(records, place, stream):
                return _Broken(place, fault)
            if capture:
                yield msgspec.structs.replace(capture, offset=place)
            if records.reader.decompressor and records.next_line is not None:
                yield Damage(_PACKED_AS_A_WHOLE)
                return None
            place = records.offset
    except (ArchiveLoadFailed, *DAMAGES) as reason:
        if "first line" in str(reason):
            packed = is_packed(stream, place)
            return _Broken(place, "cannot be unpacked" if packed else "does not begin as records do")
        return _Broken(place, f"cannot be read ({' '.join(str(reason).split())[:200] or type(reason).__name__})")
    # warcio takes a record that is empty for the end of the file.
    stream.seek(place)
    return _Broken(place, "is empty") if stream.read(1) else None


def _fault_of_headers(record: ArcWarcRecord) -> str | None:
    """Say whether the headers of a record break off, so that those of the next one were read with them."""
    names = [name.lower() for name, _ in record.rec_headers.headers]
    return "breaks off in its headers" if any(names.count(name) > 1 for name in _ONCE) else None


def _fault_of_length(record: ArcWarcRecord, records: ArchiveIterator) -> str | None:
    """Say what is wrong with the length that a record, which was read to its end, states."""
    missing = getattr(record.raw_stream, "limit", None)
    if missing is None:
        return "does not say how long it is"
    if missing:
        return _SHORTER
    return _WRONG if records.err_count else None  # warcio counts those that no blank line follows


def _fault_behind(records: ArchiveIterator, place: int, stream: BinaryIO) -> str | None:
    """Say whether the length of the record at `place` is wrong, since what stands behind it is no record.

    If two blank lines part it from that, its length is right, and that is broken; but the headers of the next record
    end in two of them as well.
    """
    if records.next_line is None or records.next_line.startswith(b"WARC/"):
        return None
    blank = records.offset - place - records.get_record_length()
    parted = blank >= len(_BLANK_LINES) and not ends_in_headers(stream, place + 1, records.offset - blank)
    return None if parted else _WRONG


def _broken_capture(stream: BinaryIO, number: int, start: int, end: int) -> Capture | None:
    """Read the headers of the broken record between two places; None if they cannot be read."""
    from warcio.exceptions import ArchiveLoadFailed

    try:
        capture = _capture(next(iter(_records_in(record_between(stream, start, end, 2 * HEADERS)))), number)
    except (ArchiveLoadFailed, StopIteration, *DAMAGES):
        return None
    return msgspec.structs.replace(capture, offset=start, end=end, size=end - start) if capture else None


def _damage(broken: _Broken, capture: Capture | None, *, is_last: bool) -> Damage:
    """Word what is wrong with a record, and which it is."""
    record = f"the record at byte {broken.offset}" + (f" ({capture.url})" if capture else "")
    breaks_off = is_last and broken.what == _SHORTER
    return Damage(f"its last record, {record}, breaks off" if breaks_off else f"{record} {broken.what}")


def content_of(record: ArcWarcRecord, most: int) -> bytes:
    """Read the first bytes of what a record holds, unpacked."""
    http = record.http_headers
    if not http or (http.get_header("Content-Encoding") or "").strip().lower() != "br":
        return bytes(record.content_stream().read(most))
    import brotli

    # warcio cannot use the brotli of today, so it is left to join the chunks alone.
    http.replace_header("Content-Encoding", "identity")
    packed = record.content_stream().read(most)
    try:
        return bytes(brotli.Decompressor().process(packed, output_buffer_limit=most))
    except brotli.error:
        return bytes(packed)  # crawlers may unpack what they got and keep the header


def _capture(record: ArcWarcRecord, number: int) -> Capture | None:
    """Read the headers of a record; None for one that holds nothing that was published."""
    headers, http = record.rec_headers, record.http_headers
    url = headers.get_header("WARC-Target-URI") or ""
    if record.rec_type not in {"response", "resource", "revisit"} or not is_web_address(url):
        return None
    said = (http.get_header("Content-Type") if http else headers.get_header("Content-Type")) or ""
    status = int(http.get_statuscode() or 200) if http else 200
    media_type, _, rest = said.lower().partition(";")
    media_type = media_type.strip()
    html = media_type in _HTML
    if media_type in _UNSAID and record.rec_type != "revisit":
        html = begins_with_markup(record.content_stream().read(1024))
    location = urljoin(url, http.get_header("Location") or "") if http and 300 <= status < 400 else None
    return Capture(
        url=url,
        stamp="".join(filter(str.isdigit, headers.get_header("WARC-Date") or ""))[:14].ljust(14, "0"),
        file=number,
        offset=0,
        size=max(record.length or 0, 0),
        kind=record.rec_type,
        status=status,
        html=html,
        charset=rest.partition("charset=")[2].split(";")[0].strip(" \"'") or None,
        digest=headers.get_header("WARC-Payload-Digest"),
        leads_to=headers.get_header("WARC-Refers-To-Target-URI") if record.rec_type == "revisit" else location,
    )


def headers_of(record: ArcWarcRecord) -> Headers:
    """Return the headers that a server sent, but for credentials."""
    sent = record.http_headers.headers if record.http_headers else []
    return tuple((name, value) for name, value in sent if name.lower() not in _CREDENTIALS)

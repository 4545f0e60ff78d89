"""Reads the records of one WARC file, salvages damaged records, and finds the record after each of them.

A record states its length. If the length is wrong, the program searches for the bytes with which records begin; the
damaged record ends there.
"""

from __future__ import annotations

import contextlib
import io
import re
import zlib
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from readout_pub.sources.blob import MAX_RATIO, MIN_BOMB_BYTES
from readout_pub.sources.sniff import GZIP_MAGIC, GZIP_WBITS
from readout_pub.sources.warc_records import (
    MAX_HEADER_BYTES,
    Capture,
    find_lacking_header,
    iterate_records,
    read_capture,
)

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import DecompressingBufferedReader
    from warcio.recordloader import ArcWarcRecord

WARCIO_ERRORS = (OSError, EOFError, ValueError, zlib.error, KeyError, AttributeError, TypeError)
"""What warcio raises on a damaged file, besides its own exceptions; those are imported where they are caught."""

_MAX_REREADS, _MAX_REREAD_BYTES = 10, 1_000_000_000
"""At most `_MAX_REREADS` × the size of the file + `_MAX_REREAD_BYTES` bytes are read a second time.

After a record that states a far too large length, warcio reads to the end of the file, and the search goes back to the
record's start. Many such records would take quadratic time.
"""

_UNIQUE_HEADERS = ("warc-type", "warc-record-id", "warc-date", "content-length")
"""Headers that occur exactly once in each record (ISO 28500, section 5)."""

_RECORD_END = b"\r\n\r\n"
_RECORD_START = re.compile(rb"WARC/\d\.\d{1,2}\r?\n[\w-]{1,40}:")
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_CONTENT_LENGTH = re.compile(rb"^Content-Length:.*\n?", re.IGNORECASE | re.MULTILINE)

_STATED_LENGTH = re.compile(rb"^Content-Length:[ \t]*+(\d{1,15})", re.IGNORECASE | re.MULTILINE)

_MEMBER_START = GZIP_MAGIC + b"\x08"
"""The start of a gzip member whose method is deflate, the only one that RFC 1952 defines."""
_GZIP_START = re.compile(re.escape(_MEMBER_START))

_BLOCK_BYTES = 100_000
"""How many bytes are searched at once for the start of a record."""

_CHUNK_BYTES = 1024
"""How many compressed bytes are decompressed at once: enough to recognise the start of a record."""

_WRONG_LENGTH = "states a wrong length"
_TOO_SHORT = "is shorter than its stated length"


class Damage(msgspec.Struct, frozen=True):
    """Damage at one place of a file or in the whole file; `message` is a sentence."""

    message: str


COMPRESSED_AS_A_WHOLE = Damage("it is compressed as a whole, not record by record; `warcio recompress` converts it")
"""The damage of a file with several records in one gzip member, which cannot be read one by one."""


class _DamagedRecord(msgspec.Struct, frozen=True):
    """The offset of a damaged record, and the end of a sentence about it: "is empty"."""

    offset: int
    fault: str


class _Growth:
    """Counts the decompressed bytes of the records of a file, over all iterators that read it.

    The next record begins where the decompression of a record ends; the count stops decompression bombs.
    """

    def __init__(self) -> None:
        self._before = 0
        self._reader: DecompressingBufferedReader | None = None

    def follow(self, records: ArchiveIterator) -> None:
        """Count the bytes of this iterator too, from now on."""
        if self._reader:
            self._before += self._reader.num_read
            self._reader.buff = None  # frees up to 16 MB now: the iterator is in a reference cycle
        self._reader = records.reader

    def is_excessive(self, position: int) -> bool:
        """Return whether the records before this position decompress to far more bytes than text does."""
        if self._reader is None or self._reader.decompressor is None:
            return False
        grown: int = self._before + self._reader.num_read
        return grown > MIN_BOMB_BYTES + MAX_RATIO * position


def captures_with_damages(stream: BinaryIO, file: int) -> Iterator[Capture | Damage]:
    """Yield the records of a WARC file and, after each damaged one, its damage.

    `file` is the index of the file in its archive. A damaged record ends where the next one begins.
    """
    size = stream.seek(0, io.SEEK_END)
    start = reread = 0
    growth = _Growth()
    # warcio prints warnings about damaged records to stderr; callers get them as `Damage` instead.
    with contextlib.redirect_stderr(io.StringIO()):
        while reread <= _MAX_REREADS * size + _MAX_REREAD_BYTES:
            damaged = yield from _captures_until_damage(stream, file, start, growth)
            if damaged is None:
                return
            stopped_at = stream.tell()
            following = _find_next_record(stream, damaged.offset + 1)
            end = size if following is None else following
            if _holds_several_records(stream, damaged.offset, end):
                yield COMPRESSED_AS_A_WHOLE
                return
            capture = _salvage_capture(stream, file, damaged.offset, end)
            if capture:
                yield capture
            yield _describe_damage(damaged, capture, is_last=following is None)
            if following is None:
                return
            start = following
            reread += max(stopped_at - start, 0)
    yield Damage(f"its broken records state lengths that are far too large, and it was not read from byte {start} on")


def _captures_until_damage(
    stream: BinaryIO, file: int, start: int, growth: _Growth
) -> Generator[Capture | Damage, None, _DamagedRecord | None]:
    """Yield the records from `start` up to the first damaged one; return the damaged one, or None if there is none."""
    from warcio.exceptions import ArchiveLoadFailed

    stream.seek(start)
    records = iterate_records(stream)
    growth.follow(records)
    offset = start
    try:
        for record in records:
            capture = read_capture(record, file)
            while record.raw_stream.read(_BLOCK_BYTES):
                if growth.is_excessive(stream.tell()):
                    return _DamagedRecord(records.offset, "grows far more than text does, like a decompression bomb")
            offset = records.get_record_offset()
            fault = _find_header_fault(record) or _find_length_fault(record, records)
            if fault := fault or _find_fault_after(records, offset, stream):
                return _DamagedRecord(offset, fault)
            if capture:
                yield msgspec.structs.replace(capture, offset=offset)
            elif lack := find_lacking_header(record):
                yield Damage(f"the record at byte {offset} {lack}")
            if records.reader.decompressor and records.next_line is not None:
                yield COMPRESSED_AS_A_WHOLE
                return None
            offset = records.offset
    except (ArchiveLoadFailed, *WARCIO_ERRORS) as reason:
        if "first line" in str(reason):
            compressed = _is_gzip_at(stream, offset)
            return _DamagedRecord(offset, "cannot be decompressed" if compressed else "does not begin like a record")
        words = " ".join(str(reason).split())[:200] or type(reason).__name__
        return _DamagedRecord(offset, f"cannot be read ({words})")
    # warcio stops at an empty record as if it were the end of the file.
    stream.seek(offset)
    return _DamagedRecord(offset, "is empty") if stream.read(1) else None


def _find_header_fault(record: ArcWarcRecord) -> str | None:
    """Return a fault if the headers of a record break off, and warcio read those of the next record too."""
    names = [name.lower() for name, _ in record.rec_headers.headers]
    return "ends within its headers" if any(names.count(name) > 1 for name in _UNIQUE_HEADERS) else None


def _find_length_fault(record: ArcWarcRecord, records: ArchiveIterator) -> str | None:
    """Return what is wrong with the stated length of a record that was read to its end."""
    missing = getattr(record.raw_stream, "limit", None)
    if missing is None:
        return "states no length"
    if missing:
        return _TOO_SHORT
    return _WRONG_LENGTH if records.err_count else None  # warcio counts records that no blank line follows


def _find_fault_after(records: ArchiveIterator, offset: int, stream: BinaryIO) -> str | None:
    """Return a fault if the length of the record at `offset` must be wrong, since no record follows; else None.

    Two blank lines show that the length is right, and that the next record is damaged. Blank lines at the end of
    headers do not count.
    """
    if records.next_line is None or records.next_line.startswith(b"WARC/"):
        return None
    blank = records.offset - offset - records.get_record_length()
    separated = blank >= len(_RECORD_END) and not _ends_in_headers(stream, offset + 1, records.offset - blank)
    return None if separated else _WRONG_LENGTH


def _ends_in_headers(stream: BinaryIO, start: int, end: int) -> bool:
    """Return whether the bytes from `start` to `end` end within the WARC or HTTP headers of a record."""
    at = max(start, end - _BLOCK_BYTES)
    stream.seek(at)
    before = stream.read(end - at)
    begin = max((found.start() for found in _RECORD_START.finditer(before)), default=None)
    return begin is not None and len(_HEADERS_END.findall(before, begin)) <= 1


def _holds_several_records(stream: BinaryIO, start: int, end: int) -> bool:
    """Return whether a damaged gzip member, from `start` to `end`, has a second record right after its first one.

    Only small members need this test: in a larger one, warcio reads the first record before it meets the damage.
    """
    stream.seek(start)
    compressed = stream.read(min(end - start, _BLOCK_BYTES))
    if not compressed.startswith(_MEMBER_START):
        return False
    raw = _gunzip_until_damage(compressed, MAX_RATIO * len(compressed))
    blank = _HEADERS_END.search(raw)
    stated = _STATED_LENGTH.search(raw, 0, blank.start()) if blank else None
    return bool(blank and stated and raw.startswith(_RECORD_END + b"WARC/", blank.end() + int(stated[1])))


def _salvage_capture(stream: BinaryIO, file: int, start: int, end: int) -> Capture | None:
    """Read the headers of the damaged record from `start` to `end`; None if they cannot be read."""
    from warcio.exceptions import ArchiveLoadFailed

    try:
        record = next(iter(iterate_records(salvage_record(stream, start, end, 2 * MAX_HEADER_BYTES))))
        capture = read_capture(record, file)
    except (ArchiveLoadFailed, StopIteration, *WARCIO_ERRORS):
        return None
    return msgspec.structs.replace(capture, offset=start, end=end, size=end - start) if capture else None


def _describe_damage(damaged: _DamagedRecord, capture: Capture | None, *, is_last: bool) -> Damage:
    record = f"the record at byte {damaged.offset}" + (f" ({capture.url})" if capture else "")
    is_incomplete = is_last and damaged.fault == _TOO_SHORT
    return Damage(f"its last record, {record}, is incomplete" if is_incomplete else f"{record} {damaged.fault}")


def salvage_record(stream: BinaryIO, start: int, end: int, max_bytes: int) -> BinaryIO:
    """Return the bytes from `start` to `end` as one uncompressed record with its true length.

    At most `max_bytes` are read and returned. Bytes without the headers of a record come back as they are.
    """
    stream.seek(start)
    raw = stream.read(min(end - start, max_bytes))
    if raw.startswith(_MEMBER_START):
        raw = _gunzip_until_damage(raw, max_bytes)
    blank = _HEADERS_END.search(raw)
    if blank is None or not raw.startswith(b"WARC/"):
        return io.BytesIO(raw)
    block = raw[blank.end() :].removesuffix(_RECORD_END)
    headers = _CONTENT_LENGTH.sub(b"", raw[: blank.start()] + b"\r\n")
    return io.BytesIO(b"%bContent-Length: %d\r\n\r\n%b\r\n\r\n" % (headers, len(block), block))


def _gunzip_until_damage(compressed: bytes, max_bytes: int) -> bytes:
    """Decompress one gzip member up to its first damaged byte, and at most `max_bytes`."""
    decompressor, found = zlib.decompressobj(GZIP_WBITS), bytearray()
    for at in range(0, len(compressed), _CHUNK_BYTES):
        if decompressor.eof or len(found) >= max_bytes:
            break
        chunk = compressed[at : at + _CHUNK_BYTES]
        before_chunk = decompressor.copy()
        try:
            found += decompressor.decompress(chunk)
        except zlib.error:
            with contextlib.suppress(zlib.error):
                for byte in chunk:  # a failing call returns nothing: go up to the damage byte by byte
                    found += before_chunk.decompress(bytes((byte,)))
            break
    return bytes(found[:max_bytes])


def _find_next_record(stream: BinaryIO, start: int) -> int | None:
    """Return the offset of the first record at or after `start`, also within a line; None if there is none."""
    pattern = _GZIP_START if _is_gzip_at(stream, 0) else _RECORD_START
    stream.seek(start)
    at, tail = start, b""
    while block := stream.read(_BLOCK_BYTES):
        searched = tail + block
        for found in pattern.finditer(searched):
            offset = found.start()
            if pattern is _RECORD_START or _begins_compressed_record(searched[offset : offset + _CHUNK_BYTES]):
                return at + offset
        tail = searched[-_CHUNK_BYTES:]
        at += len(searched) - len(tail)
    return None


def _is_gzip_at(stream: BinaryIO, offset: int) -> bool:
    stream.seek(offset)
    return stream.read(len(_MEMBER_START)) == _MEMBER_START


def _begins_compressed_record(compressed: bytes) -> bool:
    """Return whether these bytes decompress to the start of a record; a photo may contain the gzip magic."""
    try:
        return zlib.decompressobj(GZIP_WBITS).decompress(compressed, len(b"WARC/")) == b"WARC/"
    except zlib.error:
        return False

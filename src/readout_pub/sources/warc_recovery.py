"""Where a web archive goes on behind a record that is broken, and what that record holds after all.

A record says how long it is, and the next one begins behind it. Where that is wrong, the next one is looked for by how
records begin, and the broken one holds what stands before it: all its bytes, and none of another's.
"""

from __future__ import annotations

import contextlib
import io
import re
import zlib
from typing import BinaryIO

_PACKED = b"\x1f\x8b\x08"
_BEGINS = re.compile(rb"WARC/\d\.\d{1,2}\r?\n[\w-]{1,40}:")
_BEGINS_PACKED = re.compile(re.escape(_PACKED))

_GZIP = 31
"""What zlib calls the form of gzip files."""

_BLOCK = 100_000
_SIP = 1024
"""Bytes by which a record is known, and packed bytes that are unpacked at once."""

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^Content-Length:.*\n?", re.IGNORECASE | re.MULTILINE)


def is_packed(stream: BinaryIO, place: int) -> bool:
    """Say whether what stands at `place` is packed, or was."""
    stream.seek(place)
    return stream.read(len(_PACKED)) == _PACKED


def next_record(stream: BinaryIO, start: int) -> int | None:
    """Return where the first record begins at or behind `start`; None if there is none up to the end of the file.

    It need not begin a line: what was written last before it may have broken off.
    """
    begins = _BEGINS_PACKED if is_packed(stream, 0) else _BEGINS
    stream.seek(start)
    at, kept = start, b""
    while block := stream.read(_BLOCK):
        searched = kept + block
        for found in begins.finditer(searched):
            place = found.start()
            if begins is _BEGINS or _is_packed_record(searched[place : place + _SIP]):
                return at + place
        kept = searched[-_SIP:]
        at += len(searched) - len(kept)
    return None


def _is_packed_record(packed: bytes) -> bool:
    """Say whether a record is packed here: a photo may hold the first three bytes by chance."""
    try:
        return zlib.decompressobj(_GZIP).decompress(packed, len(b"WARC/")) == b"WARC/"
    except zlib.error:
        return False


def ends_in_headers(stream: BinaryIO, start: int, end: int) -> bool:
    """Say whether what stands between two places ends in the headers of a record, be it those that a server sent."""
    at = max(start, end - _BLOCK)
    stream.seek(at)
    before = stream.read(end - at)
    begin = max((found.start() for found in _BEGINS.finditer(before)), default=None)
    return begin is not None and len(_HEADER_END.findall(before, begin)) <= 1


def record_between(stream: BinaryIO, start: int, end: int, most: int) -> BinaryIO:
    """Return the record that holds all bytes from `start` to `end`, with its length put right, up to `most` bytes."""
    stream.seek(start)
    raw = stream.read(min(end - start, most))
    if raw.startswith(_PACKED):
        raw = _unpacked(raw, most)
    blank = _HEADER_END.search(raw)
    if blank is None or not raw.startswith(b"WARC/"):
        return io.BytesIO(raw)
    block = raw[blank.end() :].removesuffix(b"\r\n\r\n")
    head = _LENGTH.sub(b"", raw[: blank.start()] + b"\r\n")
    return io.BytesIO(b"%bContent-Length: %d\r\n\r\n%b\r\n\r\n" % (head, len(block), block))


def _unpacked(packed: bytes, most: int) -> bytes:
    """Unpack all that stands before any damage of one member of a gzip file, up to `most` bytes."""
    unpacker, found = zlib.decompressobj(_GZIP), bytearray()
    for at in range(0, len(packed), _SIP):
        if unpacker.eof or len(found) >= most:
            break
        sip = packed[at : at + _SIP]
        before = unpacker.copy()
        try:
            found += unpacker.decompress(sip)
        except zlib.error:
            with contextlib.suppress(zlib.error):
                for byte in sip:  # zlib keeps to itself what it unpacked in the call that failed
                    found += before.decompress(bytes((byte,)))
            break
    return bytes(found[:most])

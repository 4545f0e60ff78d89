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
_BEGINS = re.compile(rb"(?<=\n)WARC/\d\.\d+\r?\n")
_BEGINS_PACKED = re.compile(re.escape(_PACKED))
_LONGEST = 16
"""Bytes in which each of these is found, the one before it included."""

_GZIP = 31
"""What zlib calls the form of gzip files."""

_BLOCK = 100_000
_SIP = 1024
"""Packed bytes that are unpacked at once."""

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^Content-Length:.*\n?", re.IGNORECASE | re.MULTILINE)


def next_record(stream: BinaryIO, start: int) -> int | None:
    """Return where the first record begins at or behind `start`; None if there is none up to the end of the file."""
    stream.seek(0)
    begins = _BEGINS_PACKED if stream.read(len(_PACKED)) == _PACKED else _BEGINS
    at, kept = max(start - 1, 0), b""
    stream.seek(at)
    while block := stream.read(_BLOCK):
        searched, at = kept + block, at - len(kept)
        for found in begins.finditer(searched):
            place = at + found.start()
            if place >= start and (begins is _BEGINS or _is_packed_record(stream, place)):
                return place
        kept, at = searched[-_LONGEST:], at + len(searched)
        stream.seek(at)
    return None


def _is_packed_record(stream: BinaryIO, place: int) -> bool:
    """Say whether a record is packed at `place`: a photo may hold the three bytes by chance."""
    stream.seek(place)
    return _unpacked(stream.read(_SIP), _LONGEST).startswith(b"WARC/")


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

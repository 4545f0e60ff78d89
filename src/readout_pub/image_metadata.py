"""Removes metadata from JPEG, PNG and GIF files without decoding them.

Only known parts of each format are kept: those that show the image, its resolution and its animation. All other parts
are left out: locations, names of people, serial numbers of cameras, thumbnails of the photo before it was
cropped, and bytes after the end. Colour profiles are left out too, since they can have texts of any kind. They are not
needed here: the photos are in sRGB, which programs assume for a photo without a profile. What somebody hides in the
image itself stays, such as bytes after the last row of pixels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_APP0, _APP14 = 0xE0, 0xEE
"""Markers of the segments that contain JFIF and the colour transform of Adobe."""
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_LINES = 0xDC
"""Marker of the segment that contains the number of lines in two bytes; decoders ignore further bytes."""
_JPEG_IMAGE = frozenset({*range(0xC0, 0xD0), _START_OF_SCAN, 0xDB, 0xDD}) - {0xC8}
"""Markers of frames, of Huffman, arithmetic and quantization tables, of scans and restart intervals (ITU-T T.81, B)."""

_SEGMENT_START = re.compile(rb"\xff+([\x02-\xcf\xd9-\xfe])")
"""The marker of a segment, which may have fill bytes before it."""

_JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""The marker that ends a scan; inside a scan, `FF 00` is a data byte, and `FF D0` to `FF D7` are restart markers."""


def strip_jpeg(data: bytes) -> bytes | None:
    """Return a JPEG file without metadata; None if there are other bytes between its segments."""
    out, at = [data[:2]], 2
    while at < len(data):
        found = _SEGMENT_START.match(data, at)
        if found is None:
            return None
        kind, start = found[1][0], found.end()
        if kind == _END_OF_IMAGE:
            break
        at = start + int.from_bytes(data[start : start + 2], "big")
        kept = _kept_segment(kind, data[start + 2 : at])
        if kept is not None:
            out.append(b"\xff%c%b%b" % (kind, (len(kept) + 2).to_bytes(2, "big"), kept))
        if kind == _START_OF_SCAN:
            following = _JPEG_MARKER.search(data, at)
            end = following.start() if following else len(data)
            out.append(data[at:end])
            at = end
    return b"".join([*out, b"\xff\xd9"])


def _kept_segment(kind: int, content: bytes) -> bytes | None:
    """Return the part of a segment that is kept; None if the segment is left out.

    JFIF (APP0) and Adobe (APP14) keep the resolution and the colour transform, without thumbnail and trailing bytes.
    """
    if kind == _APP0 and content.startswith(b"JFIF\x00"):
        return content[:12] + b"\x00\x00"
    if kind == _APP14 and content.startswith(b"Adobe"):
        return content[:12]
    if kind == _LINES:
        return content[:2]
    return content if kind in _JPEG_IMAGE else None


_UNLIMITED = 2**31
_PNG_KEPT = {
    b"IHDR": 13,
    b"PLTE": 768,
    b"IDAT": _UNLIMITED,
    b"tRNS": 256,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"cICP": 4,
    b"mDCV": 24,
    b"cLLI": 8,
    b"sBIT": 4,
    b"bKGD": 6,
    b"pHYs": 9,
    b"acTL": 8,
    b"fcTL": 26,
    b"fdAT": _UNLIMITED,
}
"""Chunks of the image, its colours, transparency, resolution and animation, with their maximum lengths in bytes (PNG,
third edition, 11). A longer chunk is left out: decoders ignore the bytes after its fields, so these can have any text.
"""

_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_PNG_COLOUR_TYPE = 25
"""Offset of the colour type. Images of type 3 take their colours from `PLTE`; for other types, `PLTE` is a hint."""


def strip_png(data: bytes) -> bytes:
    """Return a PNG file without metadata."""
    is_indexed = data[_PNG_COLOUR_TYPE : _PNG_COLOUR_TYPE + 1] == b"\x03"
    limits = _PNG_KEPT if is_indexed else {**_PNG_KEPT, b"PLTE": 0}
    out, at = [data[:8]], 8
    while at + 12 <= len(data) and data[at + 4 : at + 8] != b"IEND":
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 12 + length
        if 0 < length <= limits.get(data[at + 4 : at + 8], 0):
            out.append(data[at:end])
        at = end
    return b"".join([*out, _PNG_END])


_GIF_EXTENSION, _GIF_IMAGE, _GIF_END = 0x21, 0x2C, 0x3B
_GIF_CONTROL, _GIF_APPLICATION = 0xF9, 0xFF
"""First bytes of blocks, and labels of extensions (GIF89a specification, sections 20 to 27)."""
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""Application extensions with the number of times that an animation is shown."""


def strip_gif(data: bytes) -> bytes | None:
    """Return a GIF file without metadata; None if there are other bytes between its blocks."""
    at = 13 + _colour_table_bytes(data[10:11])
    out, control = [data[:at]], b""
    while data[at : at + 1] != bytes([_GIF_END]):
        kind = data[at : at + 2]
        if kind[:1] == bytes([_GIF_IMAGE]):
            start, at = at, at + 10 + _colour_table_bytes(data[at + 9 : at + 10]) + 1
            at = _end_of_blocks(data, at)
            out += [control, data[start:at]]
            control = b""
        elif kind == bytes([_GIF_EXTENSION, _GIF_CONTROL]):
            control, at = data[at : at + 8], at + 8  # the graphic control extension belongs to the next image
        elif kind[:1] == bytes([_GIF_EXTENSION]) and len(kind) == 2:
            start, at = at, _end_of_blocks(data, at + 2)
            blocks = list(_blocks(data, start + 2))
            if kind[1] == _GIF_APPLICATION and blocks[:1] and blocks[0] in _GIF_LOOPS:
                loops = (b"\x03" + block for block in blocks[1:] if len(block) == 3 and block[0] == 1)
                out.append(b"".join([kind, b"\x0b", blocks[0], *loops, b"\x00"]))
        else:
            return None
    return b"".join([*out, bytes([_GIF_END])])


def _colour_table_bytes(flags: bytes) -> int:
    """Return the length of the colour table that the flags of a screen or an image announce."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _blocks(data: bytes, at: int) -> Iterator[bytes]:
    """Yield the sub-blocks from `at` up to the empty one that ends them."""
    while length := int.from_bytes(data[at : at + 1], "big"):
        yield data[at + 1 : at + 1 + length]
        at += 1 + length


def _end_of_blocks(data: bytes, at: int) -> int:
    """Return the position after the sub-blocks from `at`."""
    while length := int.from_bytes(data[at : at + 1], "big"):
        at += 1 + length
    return at + 1

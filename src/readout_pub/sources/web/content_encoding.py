"""What a server sent packed → what it is, and never more of it than is allowed."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from readout_pub.errors import SourceError
from readout_pub.sources.blob import too_large

ACCEPT_ENCODING = "gzip, deflate, br"
"""The header Accept-Encoding of our requests."""

_MAX_CODINGS = 3
_GZIP = frozenset({zlib.MAX_WBITS | 16})


def decode_content(body: bytes, coding: str, limit: int, where: str) -> bytes:
    """Undo the codings of the header Content-Encoding; a SourceError says that the result is damaged or too large.

    Unpacking stops one byte behind the limit, so that a small body cannot grow to fill the memory.
    """
    codings = [name.strip().lower() for name in coding.split(",") if name.strip()]
    if len(codings) > _MAX_CODINGS or any(name not in _UNPACKERS for name in codings):
        raise SourceError(f"the server packed it as {coding[:40]!r}, which cannot be read", where=where)
    for name in reversed(codings):
        body = _UNPACKERS[name](body, limit + 1, where)
        if len(body) > limit:
            raise too_large(where, len(body), limit)
    return body


def _zlib(bits: int) -> Callable[[bytes, int, str], bytes]:
    def inflate(body: bytes, most: int, where: str) -> bytes:
        content = bytearray()
        while body and len(content) < most:
            unpacker = zlib.decompressobj(bits)
            try:
                content += unpacker.decompress(body, most - len(content))
            except zlib.error as reason:
                if content and bits in _GZIP:
                    break  # behind the end of a gzip file there may be anything
                raise _damaged(where) from reason
            if not unpacker.eof and len(content) < most:
                raise _damaged(where)
            body = unpacker.unused_data if bits in _GZIP else b""  # a gzip file may have several parts
        return bytes(content)

    return inflate


def _deflate(body: bytes, most: int, where: str) -> bytes:
    """Servers disagree whether "deflate" has the head of zlib."""
    try:
        return _zlib(zlib.MAX_WBITS)(body, most, where)
    except SourceError:
        return _zlib(-zlib.MAX_WBITS)(body, most, where)


def _brotli(body: bytes, most: int, where: str) -> bytes:
    import brotli

    unpacker = brotli.Decompressor()
    try:
        content = bytes(unpacker.process(body, output_buffer_limit=most))
        while len(content) < most and not unpacker.is_finished():
            more = bytes(unpacker.process(b"", output_buffer_limit=most - len(content)))
            if not more:
                raise _damaged(where)
            content += more
    except brotli.error as reason:
        raise _damaged(where) from reason
    return content


def _damaged(where: str) -> SourceError:
    return SourceError("what the server sent packed is damaged or breaks off", where=where, what_next="try again later")


_UNPACKERS: dict[str, Callable[[bytes, int, str], bytes]] = {
    "identity": lambda body, _most, _where: body,
    "gzip": _zlib(zlib.MAX_WBITS | 16),
    "x-gzip": _zlib(zlib.MAX_WBITS | 16),
    "deflate": _deflate,
    "br": _brotli,
}

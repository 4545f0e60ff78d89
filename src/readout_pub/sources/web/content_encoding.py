"""Decodes the Content-Encoding of a response (RFC 9110, 8.4), up to a limit of bytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from readout_pub.errors import SourceError
from readout_pub.sources.blob import too_large
from readout_pub.sources.sniff import GZIP_MAGIC, GZIP_WBITS

ACCEPT_ENCODING = "gzip, deflate, br"
"""The Accept-Encoding header of our requests."""

MAX_CODINGS = 3
"""How many codings may be applied to one response. Chosen by hand: more than one is rare, and each coding may be a
decompression bomb."""

_SAVE_BY_BROWSER = "save the page with a browser"

_MAX_MEMBERS = 10_000
"""How many members a gzip file may have. A compressor such as bgzip writes a member for each 64 KB, so a file of 20 MB
has about 300. The limit bounds the time: an empty member has only 20 bytes, but takes as long to decode as 10 KB of
text."""

_BLOCK_BYTES = 16_384
"""How many compressed bytes are decoded at once. Chosen by hand: the limit is checked after each block."""

_RAW_DEFLATE_BITS = -zlib.MAX_WBITS


def split_codings(header: str) -> list[str]:
    """Return the names of the codings that a Content-Encoding header names, in the order in which they were applied."""
    return [name.strip().lower() for name in header.split(",") if name.strip()]


def decode_content(body: bytes, header: str, limit: int, where: str) -> bytes:
    """Return `body` without the codings that the Content-Encoding `header` names.

    Raises SourceError for an unknown coding, damaged data, or a result of more than `limit` bytes. Decoding stops soon
    after the limit, so that a decompression bomb cannot fill the memory.
    """
    codings = split_codings(header)
    if len(codings) > MAX_CODINGS or any(name not in _DECODERS for name in codings):
        raise SourceError(
            f"its Content-Encoding {header[:40]!r} is not supported", where=where, what_next=_SAVE_BY_BROWSER
        )
    for name in reversed(codings):
        body = _DECODERS[name](body, limit + 1, where)
        if len(body) > limit:
            raise too_large(where, len(body), limit)
    return body


def _decode_gzip(body: bytes, max_bytes: int, where: str) -> bytes:
    """Decode gzip content, which may consist of several members (RFC 1952, 2.2)."""
    content, at = bytearray(), 0
    for _ in range(_MAX_MEMBERS):
        try:
            at += _inflate(memoryview(body)[at:], GZIP_WBITS, content, max_bytes, where)
        except SourceError:
            if content and not body.startswith(GZIP_MAGIC, at):
                return bytes(content)  # bytes after the last member, such as padding, are ignored
            raise
        if at >= len(body) or len(content) >= max_bytes:
            return bytes(content)
    raise SourceError(
        f"its content is compressed in more than {_MAX_MEMBERS:,} parts", where=where, what_next=_SAVE_BY_BROWSER
    )


def _inflate(body: memoryview, bits: int, content: bytearray, max_bytes: int, where: str) -> int:
    """Decode the stream at the start of `body` into `content`, up to `max_bytes`; return how many bytes were read.

    `body` is decoded in blocks: zlib copies all bytes after the end of the stream, and a file may have many streams.
    """
    decoder, at = zlib.decompressobj(bits), 0
    while at < len(body) and not decoder.eof and len(content) < max_bytes:
        block = body[at : at + _BLOCK_BYTES]
        try:
            content += decoder.decompress(block, max_bytes - len(content))
        except zlib.error as reason:
            raise _damaged(where) from reason
        at += len(block) - len(decoder.unconsumed_tail) - len(decoder.unused_data)
    if not decoder.eof and len(content) < max_bytes:
        raise _damaged(where)
    return at


def _decode_deflate(body: bytes, max_bytes: int, where: str) -> bytes:
    """Decode "deflate": with the zlib header that RFC 9110 requires, or without it, as some servers send it."""
    content = bytearray()
    try:
        _inflate(memoryview(body), zlib.MAX_WBITS, content, max_bytes, where)
    except SourceError:
        content.clear()
        _inflate(memoryview(body), _RAW_DEFLATE_BITS, content, max_bytes, where)
    return bytes(content)


def _decode_brotli(body: bytes, max_bytes: int, where: str) -> bytes:
    import brotli

    decoder = brotli.Decompressor()
    try:
        content = bytes(decoder.process(body, output_buffer_limit=max_bytes))
        while len(content) < max_bytes and not decoder.is_finished():
            more = bytes(decoder.process(b"", output_buffer_limit=max_bytes - len(content)))
            if not more:
                raise _damaged(where)
            content += more
    except brotli.error as reason:
        raise _damaged(where) from reason
    return content[:max_bytes]  # brotli fills its last block, so it may return many bytes more


def _damaged(where: str) -> SourceError:
    return SourceError("the compressed content is damaged or incomplete", where=where, what_next="try again later")


_DECODERS: dict[str, Callable[[bytes, int, str], bytes]] = {
    "identity": lambda body, _max_bytes, _where: body,
    "gzip": _decode_gzip,
    "x-gzip": _decode_gzip,
    "deflate": _decode_deflate,
    "br": _decode_brotli,
}

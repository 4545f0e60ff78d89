"""Decodes the Content-Encoding of a response (RFC 9110, 8.4), up to a limit of bytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from readout_pub.errors import SourceError
from readout_pub.sources.blob import too_large

ACCEPT_ENCODING = "gzip, deflate, br"
"""The Accept-Encoding header of our requests."""

_MAX_CODINGS = 3
"""Codings that may be applied one after another. Chosen by hand: more than one is rare, and each can be a bomb."""

_GZIP_BITS = zlib.MAX_WBITS | 16
_RAW_DEFLATE_BITS = -zlib.MAX_WBITS


def decode_content(body: bytes, header: str, limit: int, where: str) -> bytes:
    """Return `body` without the codings that the Content-Encoding `header` names.

    Raises SourceError for an unknown coding, damaged data, or a result of more than `limit` bytes. Decoding stops one
    byte after the limit, so that a decompression bomb cannot fill the memory.
    """
    codings = [name.strip().lower() for name in header.split(",") if name.strip()]
    if len(codings) > _MAX_CODINGS or any(name not in _DECODERS for name in codings):
        raise SourceError(f"its Content-Encoding {header[:40]!r} is not supported", where=where)
    for name in reversed(codings):
        body = _DECODERS[name](body, limit + 1, where)
        if len(body) > limit:
            raise too_large(where, len(body), limit)
    return body


def _zlib_decoder(bits: int) -> Callable[[bytes, int, str], bytes]:
    def decode(body: bytes, max_bytes: int, where: str) -> bytes:
        content = bytearray()
        while body and len(content) < max_bytes:
            decoder = zlib.decompressobj(bits)
            try:
                content += decoder.decompress(body, max_bytes - len(content))
            except zlib.error as reason:
                if content and bits == _GZIP_BITS:
                    break  # bytes after the last member, such as padding, are ignored
                raise _damaged(where) from reason
            if not decoder.eof and len(content) < max_bytes:
                raise _damaged(where)
            body = decoder.unused_data if bits == _GZIP_BITS else b""  # RFC 1952, 2.2: several members are one file
        return bytes(content)

    return decode


def _decode_deflate(body: bytes, max_bytes: int, where: str) -> bytes:
    """Decode "deflate": with the zlib header that RFC 9110 requires, or without it, as some servers send it."""
    try:
        return _zlib_decoder(zlib.MAX_WBITS)(body, max_bytes, where)
    except SourceError:
        return _zlib_decoder(_RAW_DEFLATE_BITS)(body, max_bytes, where)


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
    return content


def _damaged(where: str) -> SourceError:
    return SourceError("the compressed content is damaged or incomplete", where=where, what_next="try again later")


_DECODERS: dict[str, Callable[[bytes, int, str], bytes]] = {
    "identity": lambda body, _max_bytes, _where: body,
    "gzip": _zlib_decoder(_GZIP_BITS),
    "x-gzip": _zlib_decoder(_GZIP_BITS),
    "deflate": _decode_deflate,
    "br": _decode_brotli,
}

"""One record of a web archive → what its headers say, and its content."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
from base64 import b32decode
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from readout_pub.errors import SourceError
from readout_pub.model.readout import CREDENTIAL_HEADERS
from readout_pub.model.url_parts import strip_userinfo
from readout_pub.sources.content_type import HTML_TYPES, parse_content_type
from readout_pub.sources.sniff import begins_with_markup
from readout_pub.sources.urls import is_web_address, resolve
from readout_pub.sources.web.content_encoding import MAX_CODINGS, decode_content, split_codings

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders

MAX_HEADER_BYTES = 200_000
"""The most bytes of the headers of a record, and of the blank lines before it.

Chosen by hand: real records have far fewer, and a hostile archive cannot fill the memory.
"""

_UNSPECIFIC_TYPES = frozenset({"", "application/octet-stream", "unk", "application/x-unknown-content-type"})
"""Media types that do not identify the content; its first bytes decide instead."""

_SNIFFED_BYTES = 1024
"""How many bytes of such content are read to recognise HTML.

Chosen by hand; the WHATWG MIME Sniffing Standard reads up to 1,445.
"""

_PAGE_RECORDS = frozenset({"response", "resource", "revisit"})
_OTHER_RECORDS = frozenset({"warcinfo", "request", "metadata", "conversion", "continuation"})
"""The record types of ISO 28500, section 6: first those with content that was on the web, then the others."""

_CONTENT_RANGE = re.compile(r"bytes\s+0-(\d+)/(\d+)", re.IGNORECASE)

Headers = tuple[tuple[str, str], ...]


class Capture(msgspec.Struct, frozen=True):
    """The headers of one record and its position.

    `file` is the index of the file in its archive, and `offset` the byte of that file at which the record begins.
    `size` is its Content-Length; of a damaged record, its bytes in the file. `timestamp` has 14 digits (YYYYMMDDhhmmss,
    UTC). `kind` is the WARC-Type: "response", "resource" or "revisit".
    """

    url: str
    timestamp: str
    file: int
    offset: int
    size: int
    kind: str
    status: int = 200
    html: bool = False
    charset: str | None = None
    digest: str | None = None
    refers_to: str | None = None
    """The target of a redirect, or the URL whose content a revisit repeats."""
    is_partial: bool = False
    """Whether the record has only a part of the content: the transfer stopped, or the server sent a range."""
    end: int | None = None
    """Where the content of a damaged record ends; None for other records, which state their length."""


class _BoundedLines:
    """Replaces the `readline` of a warcio reader; raises ValueError after `MAX_HEADER_BYTES` within one record.

    warcio reads headers up to a blank line, which a damaged archive may lack.
    """

    def __init__(self, records: ArchiveIterator) -> None:
        self._records, self._readline = records, records.reader.readline
        self._last_record, self._bytes_left = records.record, MAX_HEADER_BYTES

    def readline(self, length: int | None = None) -> bytes:
        """Read a line, or the first `length` bytes of one."""
        if self._last_record is not self._records.record:
            self._last_record, self._bytes_left = self._records.record, MAX_HEADER_BYTES
        if self._bytes_left <= 0:
            raise ValueError("its headers do not end")
        line: bytes = self._readline(self._bytes_left if length is None else min(length, self._bytes_left))
        self._bytes_left -= len(line)
        return line


def iterate_records(stream: BinaryIO) -> ArchiveIterator:
    """Return warcio's iterator over the records from the current position; endless headers raise ValueError."""
    from warcio.archiveiterator import ArchiveIterator

    records = ArchiveIterator(stream)
    records.reader.readline = _BoundedLines(records).readline
    load_http_headers = records.loader.load_http_headers
    # warcio compares types with "response" and schemes with "http:" letter by letter. Schemes ignore case (RFC 3986,
    # section 3.1); ISO 28500 says so only of the names of headers, but no type differs from another by case.
    records.loader.load_http_headers = lambda kind, url, *rest: load_http_headers(
        kind and kind.lower(), url and url.lower(), *rest
    )
    return records


def _kind(record: ArcWarcRecord) -> str:
    """Return the type of a record in lower case; "" if it states none."""
    return (record.rec_type or "").lower()


def read_capture(record: ArcWarcRecord, file: int) -> Capture | None:
    """Return the headers of a record; None if its content was not on the web, or if it lacks HTTP headers.

    The caller has to set `offset`, which is 0 in the result. If the media type does not identify the content, this
    reads the first bytes of the content.
    """
    headers, http, kind = record.rec_headers, record.http_headers, _kind(record)
    url = strip_userinfo(headers.get_header("WARC-Target-URI") or "")
    if kind not in _PAGE_RECORDS or not is_web_address(url) or _lacks_http_headers(record):
        return None
    header = http.get_header("Content-Type") if http else headers.get_header("Content-Type")
    content_type = parse_content_type(header or "")
    status = int(http.get_statuscode() or 200) if http else 200
    html = content_type.media_type in HTML_TYPES
    if content_type.media_type in _UNSPECIFIC_TYPES and kind != "revisit":
        html = begins_with_markup(record.content_stream().read(_SNIFFED_BYTES))
    location = resolve(url, http.get_header("Location") or "") if http and 300 <= status < 400 else None
    return Capture(
        url=url,
        timestamp="".join(filter(str.isdecimal, headers.get_header("WARC-Date") or ""))[:14].ljust(14, "0"),
        file=file,
        offset=0,
        size=max(record.length or 0, 0),
        kind=kind,
        status=status,
        html=html,
        charset=content_type.charset,
        digest=headers.get_header("WARC-Payload-Digest"),
        refers_to=headers.get_header("WARC-Refers-To-Target-URI") if kind == "revisit" else location,
        is_partial=kind != "revisit" and (_is_cut_off(headers) or (status == _PARTIAL and _is_range(http))),
    )


def _lacks_http_headers(record: ArcWarcRecord) -> bool:
    """Return whether a response has no HTTP headers that warcio reads."""
    return _kind(record) == "response" and record.http_headers is None


_PARTIAL = 206


def _is_cut_off(headers: StatusAndHeaders) -> bool:
    return any(headers.get_header(name) for name in ("WARC-Truncated", "WARC-Segment-Number"))


def _is_range(http: StatusAndHeaders) -> bool:
    """Return whether a response with status 206 is less than the whole content."""
    found = _CONTENT_RANGE.fullmatch((http.get_header("Content-Range") or "").strip())
    return found is None or int(found[1]) + 1 < int(found[2])


def find_lacking_header(record: ArcWarcRecord) -> str | None:
    """Return why a record cannot be read as a page: a header is missing, or its type is unknown; else None."""
    kind = _kind(record)
    url = record.rec_headers.get_header("WARC-Target-URI")
    if not kind:
        fault = "states no type (WARC-Type)"
    elif url is None and kind in _PAGE_RECORDS:
        fault = "states no URL (WARC-Target-URI)"
    elif url and is_web_address(url) and _lacks_http_headers(record):
        fault = f"({url}) has no HTTP headers that can be read"
    elif url and is_web_address(url) and kind not in _PAGE_RECORDS | _OTHER_RECORDS:
        fault = f"has the unknown type {record.rec_type!r}"
    else:
        return None
    return f"{fault} and was left out"


def read_headers(record: ArcWarcRecord) -> Headers:
    """Return the HTTP headers of a record without those that may contain credentials."""
    sent = record.http_headers.headers if record.http_headers else []
    return tuple((name, value) for name, value in sent if name.lower() not in CREDENTIAL_HEADERS)


def read_content(record: ArcWarcRecord, max_bytes: int) -> bytes:
    """Return the first `max_bytes` of the decompressed content. Read the headers first: this may change one."""
    http = record.http_headers
    codings = split_codings((http.get_header("Content-Encoding") or "") if http else "")
    if not codings or len(codings) > MAX_CODINGS or any(coding not in _DECODERS for coding in codings):
        return bytes(record.content_stream().read(max_bytes))
    # Here warcio only joins the chunks. It would decode one coding and one gzip member at most, and calls brotli in a
    # way that current releases refuse.
    http.replace_header("Content-Encoding", "identity")
    content = bytes(record.content_stream().read(max_bytes))
    for coding in reversed(codings):
        content = _DECODERS[coding](content, max_bytes)
    return content


def read_stored_forms(record: ArcWarcRecord, max_bytes: int) -> Iterator[bytes]:
    """Yield the content as stored, then without HTTP chunked coding: crawlers compute digests of either."""
    from warcio.bufferedreaders import ChunkedDataReader

    stored = bytes(record.raw_stream.read(max_bytes))
    yield stored
    yield bytes(ChunkedDataReader(io.BytesIO(stored)).read(max_bytes))


_DIGEST_SIZES = {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}
"""Algorithm → bytes of its digests."""


class StatedDigest(NamedTuple):
    """The digest that a record states for its content."""

    algorithm: str
    value: bytes

    @classmethod
    def parse(cls, stated: str) -> StatedDigest | None:
        """Return the digest in a header such as "sha1:3I42H3S6…", in base 32 or hex; None for any other form."""
        name, _, text = stated.partition(":")
        algorithm, text = name.strip().lower().replace("-", ""), text.strip().rstrip("=")
        size = _DIGEST_SIZES.get(algorithm)
        with contextlib.suppress(ValueError):
            value = bytes.fromhex(text) if size and len(text) == 2 * size else b32decode(text + "=" * (-len(text) % 8))
            return cls(algorithm, value) if len(value) == size else None
        return None

    def is_of(self, content: bytes) -> bool:
        """Return whether `content` has this digest."""
        return hashlib.new(self.algorithm, content, usedforsecurity=False).digest() == self.value


def _decode_brotli(compressed: bytes, max_bytes: int) -> bytes:
    import brotli

    try:
        return bytes(brotli.Decompressor().process(compressed, output_buffer_limit=max_bytes))
    except brotli.error:
        return compressed  # some crawlers store the decompressed content and keep the header


def _inflate(compressed: bytes, max_bytes: int, coding: str) -> bytes:
    """Return gzip or deflate content, decompressed; if it is damaged, only the first stream up to the damage."""
    from warcio.bufferedreaders import DecompressingBufferedReader

    try:
        return decode_content(compressed, coding, max_bytes, "")
    except SourceError:
        return bytes(DecompressingBufferedReader(io.BytesIO(compressed), decomp_type=coding).read(max_bytes))


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "br": _decode_brotli,
    "deflate": partial(_inflate, coding="deflate"),
    "gzip": partial(_inflate, coding="gzip"),
    "x-gzip": partial(_inflate, coding="gzip"),
    "identity": lambda content, _: content,
}
"""Coding → the function that decodes content up to a number of bytes; warcio handles other codings."""

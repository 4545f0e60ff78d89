"""One file of a web archive: its records, and what each holds."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urljoin

import msgspec

from readout_pub.sources.heads import begins_with_markup

if TYPE_CHECKING:
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


class Damaged(Exception):
    """A web archive cannot be read any further."""


DAMAGES = (OSError, EOFError, ValueError, zlib.error, KeyError, AttributeError, TypeError)
"""What warcio raises on a broken file; its own exceptions are added where it is loaded."""


def captures_in(stream: BinaryIO, number: int) -> Iterator[Capture]:
    """Yield the records of a file, which is the archive's `number`th; Damaged says where it cannot be read further."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    # warcio writes warnings of broken records to the terminal; they are given as notes instead.
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            records = ArchiveIterator(stream)
            record = None
            for record in records:
                capture = _capture(record, number)
                stands_at = records.get_record_offset()
                if capture:
                    yield msgspec.structs.replace(capture, offset=stands_at)
                if getattr(record.raw_stream, "limit", 0):
                    raise Damaged("its last record breaks off")
            if record is None:
                raise Damaged("it has no record that is whole")
        except (ArchiveLoadFailed, *DAMAGES) as reason:
            raise Damaged(_worded(reason)) from reason


def _worded(reason: Exception) -> str:
    if "non-chunked gzip" in str(reason):
        return "it was packed as a whole, not record by record; `warcio recompress` makes one that can be read"
    return " ".join(str(reason).split())[:200] or type(reason).__name__


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
    if record.rec_type not in {"response", "resource", "revisit"} or not url.lower().startswith(
        ("http://", "https://")
    ):
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

"""Recognises web archives, zip archives, MHTML, HTML and readouts in JSON by the first bytes of a file."""

from __future__ import annotations

import re
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable

GZIP_MAGIC = b"\x1f\x8b"
GZIP_WBITS = zlib.MAX_WBITS | 16
"""Tells zlib to expect a gzip header (zlib manual, inflateInit2)."""

_ZIP_NAME_LENGTH, _ZIP_NAME = slice(26, 28), 30
"""Offsets in the header of a zip member: of the length of its name, and of the name (APPNOTE.TXT, section 4.3.7)."""

_DOCUMENT_MEMBERS = {
    "META-INF/container.xml": "an EPUB",
    "word/document.xml": "a Word document",
    "xl/workbook.xml": "a spreadsheet",
    "ppt/presentation.xml": "a presentation",
    "META-INF/manifest.xml": "an OpenDocument file",
    "mimetype": "an EPUB or an OpenDocument file",
    "[Content_Types].xml": "an Office document",
    "_rels/.rels": "an Office document",
}
"""Member of a zip archive → the kind of document of which it is a part; the most specific member first."""

_MAIL_HEADERS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MHTML_HEADER = re.compile(
    rb"^(?:snapshot-content-location:|content-type:\s*multipart/related|mime-version:\s*1)",
    re.IGNORECASE | re.MULTILINE,
)
"""A header that distinguishes MHTML from plain text that begins like a mail ("Subject: …")."""

_JSON_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')
_READOUT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"version"\s*:\s*"\d+"\s*,\s*"language"\s*:')

TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|table|h[1-6]|meta|title|br|main|article)\b[^<>]*>", re.IGNORECASE
)
"""A tag by which a text is recognised as HTML."""

_LEADING_TAG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->)\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|style|base|script|main|article|section|header|div|p|table|center|font|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)


def is_warc(head: bytes) -> bool:
    """Return whether a file begins with a WARC record, compressed or not; a BOM or blank lines may precede it."""
    return _first_bytes_unpacked(head).removeprefix(BOM_UTF8).lstrip(b"\r\n").startswith(b"WARC/")


def is_arc(head: bytes) -> bool:
    """Return whether a file is an ARC file, compressed or not: its first record has a URL of the scheme `filedesc`."""
    return _first_bytes_unpacked(head).startswith(b"filedesc:")


def _first_bytes_unpacked(head: bytes) -> bytes:
    """Return `head`, or if it is gzip data, the first 16 bytes of the unpacked data; b"" if the data is damaged."""
    if not head.startswith(GZIP_MAGIC):
        return head
    try:
        return zlib.decompressobj(GZIP_WBITS).decompress(head, 16)
    except zlib.error:
        return b""


def is_zip(head: bytes) -> bool:
    """Return whether a file is a zip archive, even an empty one."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def zipped_document(names: Iterable[str]) -> str | None:
    """Return the kind of document that a zip archive with these members is, such as "an EPUB"; else None."""
    found = set(names)
    return next((what for name, what in _DOCUMENT_MEMBERS.items() if name in found), None)


def first_zip_member(head: bytes) -> str:
    """Return the name of the first member of a zip archive, for `zipped_document` if only `head` can be read."""
    return head[_ZIP_NAME : _ZIP_NAME + int.from_bytes(head[_ZIP_NAME_LENGTH], "little")].decode("latin-1")


def is_json(head: bytes) -> bool:
    """Return whether a file begins like a JSON object."""
    return bool(_JSON_OBJECT.match(utf16_as_ascii(head)))


def is_readout(head: bytes) -> bool:
    """Return whether a file begins like a readout that `--to json` wrote. Folders may also have other JSON files."""
    return bool(_READOUT.match(utf16_as_ascii(head)))


def is_mhtml(head: bytes) -> bool:
    """Return whether a file begins with the headers of an MHTML page."""
    headers = _MAIL_HEADERS.match(head.replace(b"\r\n", b"\n"))
    return bool(headers and _MHTML_HEADER.search(headers[0]))


def is_webarchive(head: bytes) -> bool:
    """Return whether a file is a web archive of Safari: a property list with `WebMainResource` near its start."""
    return head.startswith(b"bplist00") and b"WebMainResource" in head


def begins_with_markup(head: bytes) -> bool:
    """Return whether a file begins with an HTML tag, perhaps after comments.

    Scripts, style sheets and plain text may contain tags, but do not begin with a tag.
    """
    return bool(_LEADING_TAG.match(utf16_as_ascii(head)))


def has_markup(head: bytes) -> bool:
    """Return whether the first bytes of a file contain an HTML tag."""
    return bool(TAG.search(utf16_as_ascii(head).decode("latin-1")))


def utf16_as_ascii(head: bytes) -> bytes:
    """Remove the byte order mark and the NUL bytes of UTF-16, so that patterns can match ASCII characters.

    A file without a byte order mark of UTF-16 is returned unchanged.
    """
    return head[2:].replace(b"\x00", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head

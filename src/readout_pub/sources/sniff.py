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
"""Where the header of a zip member has the length of its name, and the name (APPNOTE.TXT, section 4.3.7)."""

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
"""Member of a zip archive → the kind of document; the most specific member first."""

_MAIL_HEADERS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MHTML_HEADER = re.compile(
    rb"^(?:snapshot-content-location:|content-type:\s*(?:multipart/|text/html)|mime-version:\s*1)",
    re.IGNORECASE | re.MULTILINE,
)
"""A header that distinguishes MHTML from plain text that begins like a mail ("Subject: …")."""

_TRANSPORT_HEADER = re.compile(
    rb"^(?:message-id:\s*<|return-path:\s*<|received:\s*(?:from|by)\s|content-type:\s*text/plain)",
    re.IGNORECASE | re.MULTILINE,
)
"""A header of a mail that may lack MIME-Version, and then is plain text (RFC 2045, section 4)."""

_JSON_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')
_READOUT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"version"\s*:\s*"\d+"\s*,\s*"language"\s*:')

TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|table|h[1-6]|meta|title|br|main|article)\b[^<>]*>", re.IGNORECASE
)
"""A tag that shows that a text is HTML."""

_LEADING_TAG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->)\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|style|base|script|main|article|section|header|div|p|table|center|font|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)


def is_warc(head: bytes) -> bool:
    """Return whether a file begins with a WARC record, compressed or not, perhaps after a BOM or blank lines."""
    return _first_bytes_unpacked(head).removeprefix(BOM_UTF8).lstrip(b"\r\n").startswith(b"WARC/")


def is_arc(head: bytes) -> bool:
    """Return whether a file is an ARC file, compressed or not: its first URL begins with `filedesc:`."""
    return _first_bytes_unpacked(head).startswith(b"filedesc:")


def _first_bytes_unpacked(head: bytes) -> bytes:
    """Return `head`, or the first 16 bytes unpacked from gzip data; b"" if the data is damaged."""
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
    """Return which document a zip archive with these members is ("an EPUB"), or None."""
    found = set(names)
    return next((what for name, what in _DOCUMENT_MEMBERS.items() if name in found), None)


def first_zip_member(head: bytes) -> str:
    """Return the name of the first member of a zip archive, from the first bytes of the file."""
    return head[_ZIP_NAME : _ZIP_NAME + int.from_bytes(head[_ZIP_NAME_LENGTH], "little")].decode("latin-1")


def is_json(head: bytes) -> bool:
    """Return whether a file begins like a JSON object."""
    return bool(_JSON_OBJECT.match(utf16_as_ascii(head)))


def is_readout(head: bytes) -> bool:
    """Return whether a file begins like a readout of `--to json`; folders may have other JSON files."""
    return bool(_READOUT.match(utf16_as_ascii(head)))


def is_mhtml(head: bytes) -> bool:
    """Return whether a file begins with the headers of an MHTML page."""
    return bool(_MHTML_HEADER.search(_mail_headers(head)))


def is_plain_mail(head: bytes, name: str) -> bool:
    """Return whether a file is a mail of plain text by its headers, or by its name and headers such as "Subject: …".

    A file that is named like a text is none: people save mails as text.
    """
    headers, name = _mail_headers(head), name.lower()
    if name.endswith((".txt", ".text")):
        return False
    return bool(_TRANSPORT_HEADER.search(headers)) or (bool(headers) and name.endswith(".eml"))


def _mail_headers(head: bytes) -> bytes:
    """Return the headers with which a mail begins; b"" for other files."""
    headers = _MAIL_HEADERS.match(head.replace(b"\r\n", b"\n"))
    return headers[0] if headers else b""


def is_webarchive(head: bytes) -> bool:
    """Return whether a file is a web archive of Safari: a property list with `WebMainResource` near its start."""
    return head.startswith(b"bplist00") and b"WebMainResource" in head


def begins_with_markup(head: bytes) -> bool:
    """Return whether a file begins with an HTML tag, perhaps after comments; scripts and style sheets do not."""
    return bool(_LEADING_TAG.match(utf16_as_ascii(head)))


def has_markup(head: bytes) -> bool:
    """Return whether the first bytes of a file contain an HTML tag."""
    return bool(TAG.search(utf16_as_ascii(head).decode("latin-1")))


def utf16_as_ascii(head: bytes) -> bytes:
    """Remove the byte order mark and NUL bytes of UTF-16, so that patterns match ASCII; other bytes are unchanged."""
    return head[2:].replace(b"\x00", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head

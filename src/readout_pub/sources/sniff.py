"""What the first bytes of a file say it is."""

from __future__ import annotations

import re
import zlib

_GZIP = b"\x1f\x8b"

_HEADERS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MAIL = re.compile(
    rb"^(?:snapshot-content-location:|content-type:\s*multipart/related|mime-version:\s*1)",
    re.IGNORECASE | re.MULTILINE,
)

TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|table|h[1-6]|meta|title|br|main|article)\b[^<>]*>", re.IGNORECASE
)
_BEGINS_WITH_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->)\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|style|base|script|main|article|section|header|div|p|table|center|font|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)


def is_warc(head: bytes) -> bool:
    """Say whether a file begins with a WARC record, packed or not."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 16)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def is_zip(head: bytes) -> bool:
    """Say whether a file is a zip archive, be it empty."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_mhtml(head: bytes) -> bool:
    """Say whether a file begins with the headers of a saved page."""
    headers = _HEADERS.match(head.replace(b"\r\n", b"\n"))
    return bool(headers and _MAIL.search(headers[0]))


def begins_with_markup(head: bytes) -> bool:
    """Say whether a file among others is an HTML page by its first bytes.

    Scripts and style sheets hold tags too, but none begins with one; nor does a text dump.
    """
    return bool(_BEGINS_WITH_MARKUP.match(_narrow(head)))


def has_markup(head: bytes) -> bool:
    """Say whether there is any tag of a page in the first bytes of a file."""
    return bool(TAG.search(_narrow(head).decode("latin-1")))


def _narrow(head: bytes) -> bytes:
    """Make ASCII of UTF-16, as far as telling markup needs it."""
    return head[2:].replace(b"\x00", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head

"""MHTML and MHT, a page and its files as one mail: told by the page's address, read by the mail parser of Python."""

from __future__ import annotations

import datetime as dt
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    StartBoundaryNotFoundDefect,
)
from email.message import Message
from urllib.parse import urljoin

import msgspec

from readout_pub.errors import SourceError
from readout_pub.notes import note
from readout_pub.sources.blob import MAX_ARCHIVE, Blob, too_large
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import Page
from readout_pub.sources.saver_signatures import mail_day
from readout_pub.sources.urls import is_web_address, url_key


def read_mhtml(blob: Blob, name: str, limit: int) -> Page:
    """Read the page; it and each file that it shows may have `limit` bytes."""
    mail, parts = _parsed(blob)
    page = _page(mail, parts)
    if page is None:
        raise SourceError("there is no page in this MHTML archive", where=blob.where, what_next=_AGAIN)
    raw = _payload(page, blob.where)
    if len(raw) > limit:
        raise too_large(blob.where, len(raw), limit)
    url = str(mail.get("Snapshot-Content-Location") or page.get("Content-Location") or "").strip()
    known = Provenance(
        shape="MHTML",
        url=url if is_web_address(url) else None,
        retrieved=_day(mail),
        charset=page.get_content_charset(),
    )
    defects = (*mail.defects, *page.defects)
    opened = read_page(raw, name, lambda: raw, MailAssets(parts, url, limit), where=blob.where, known=known)
    reason = next((why for kind, why in _DAMAGES if any(isinstance(each, kind) for each in defects)), None)
    if reason is None:
        return opened
    return msgspec.structs.replace(opened, notes=(*opened.notes, note("ARCHIVE_DAMAGED", reason=reason)))


_BAD_BASE64 = InvalidBase64LengthDefect | InvalidBase64PaddingDefect | InvalidBase64CharactersDefect

_DAMAGES = (
    (CloseBoundaryNotFoundDefect | StartBoundaryNotFoundDefect, "it breaks off"),
    (_BAD_BASE64, "letters of its base64 are missing"),
)


class MailAssets:
    """The parts of a mail by their Content-Location or Content-ID."""

    def __init__(self, parts: list[Message], url: str, limit: int) -> None:
        self._url, self._limit = url, limit
        self._parts: dict[str, Message] = {}
        for part in parts:
            for address in _addresses(part, self._url):
                self._parts.setdefault(address, part)

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Look for a part under the address as written and as completed by the page's own."""
        for address in _forms(src, self._url):
            part = self._parts.get(address)
            if part is not None:
                return lambda: self._read(part, src)
        return None

    def _read(self, part: Message, src: str) -> bytes:
        raw = _payload(part, src)
        if len(raw) > self._limit:
            raise too_large(src, len(raw), self._limit)
        return raw


def _parsed(blob: Blob) -> tuple[Message, list[Message]]:
    """Return the mail and those of its parts that hold something."""
    try:
        mail = message_from_bytes(blob.read(MAX_ARCHIVE))
        return mail, [part for part in mail.walk() if not part.is_multipart()]
    except RecursionError:
        raise SourceError("its parts are nested too deeply for a saved page", where=blob.where) from None


def _page(mail: Message, parts: list[Message]) -> Message | None:
    """Find the part that is the page: the one that stands at the archive's address, else the first in HTML."""
    pages = [part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    address = mail.get("Snapshot-Content-Location")
    return next(
        (part for part in pages if address and part.get("Content-Location") == address), next(iter(pages), None)
    )


def _addresses(part: Message, url: str) -> Iterator[str]:
    if part.get("Content-ID"):
        yield f"cid:{str(part['Content-ID']).strip().strip('<>')}"
    if part.get("Content-Location"):
        yield from _forms(str(part["Content-Location"]).strip(), url)


def _forms(address: str, url: str) -> Iterator[str]:
    yield address
    try:
        yield url_key(urljoin(url, address))
    except ValueError:
        return


_ENCODINGS = frozenset("7bit 8bit binary quoted-printable base64 x-uuencode uuencode uue x-uue".split())
"""What the mail parser can undo; it gives what is packed in another way as it stands."""


def _payload(part: Message, where: str) -> bytes:
    """Return what a part holds; a SourceError says that it is packed in a way that nobody knows."""
    encoding = str(part.get("Content-Transfer-Encoding") or "7bit").strip().lower()
    if encoding not in _ENCODINGS:
        raise SourceError(f"it is packed as {encoding!r}, which nobody knows", where=where, what_next=_AGAIN)
    payload = part.get_payload(decode=True)
    if encoding == "base64" and any(isinstance(each, _BAD_BASE64) for each in part.defects):
        # To the parser all behind a missing letter is lost; each line stands for itself.
        payload = b"".join(map(_line, str(part.get_payload()).splitlines()))
    return payload if isinstance(payload, bytes) else b""


def _line(text: str) -> bytes:
    letters = _NOT_BASE64.sub("", text)
    whole = letters if len(letters) % 4 != 1 else letters[:-1]
    return b64decode(whole + "=" * (-len(whole) % 4))


_AGAIN = "save the page again"
_NOT_BASE64 = re.compile("[^A-Za-z0-9+/]")


def _day(mail: Message) -> dt.date | None:
    try:
        return mail_day(str(mail["Date"])) if mail["Date"] else None
    except (ValueError, TypeError, OverflowError):
        return None

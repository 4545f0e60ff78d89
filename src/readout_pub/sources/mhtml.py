"""MHTML (.mhtml, .mht): a page and its files as one mail, read with the mail parser of Python."""

from __future__ import annotations

import datetime as dt
import re
from base64 import b64decode, b64encode
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.errors import (
    CloseBoundaryNotFoundDefect,
    HeaderParseError,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    StartBoundaryNotFoundDefect,
)
from email.header import decode_header, make_header
from email.message import Message
from html import escape, unescape

import msgspec

from readout_pub.errors import SourceError
from readout_pub.notes import Note, name_first, note
from readout_pub.sources.blob import MAX_ARCHIVE_BYTES, Blob, too_large
from readout_pub.sources.content_type import HTML_TYPES, parse_content_type
from readout_pub.sources.encoding import decode_markup
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import MAX_FRAMES, HtmlPage, Page
from readout_pub.sources.saver_signatures import parse_mail_date
from readout_pub.sources.sniff import begins_with_markup
from readout_pub.sources.urls import is_web_address, resolve, url_key


def read_mhtml(blob: Blob, name: str, limit: int) -> Page:
    """Return the page; SourceError if there is none. The page and each of its files have at most `limit` bytes."""
    mail, parts = _parse_mail(blob)
    page = _find_page(mail, parts)
    if page is None and any(part.get_content_type() == "text/plain" for part in parts):
        raise SourceError(
            "this mail has only plain text, and no page", where=blob.where, what_next="save its text as a .txt file"
        )
    if page is None:
        raise SourceError("there is no page in this MHTML archive", where=blob.where, what_next=_SAVE_AGAIN)
    raw = _decode_payload(page, blob.where)
    if len(raw) > limit:
        raise too_large(blob.where, len(raw), limit)
    url = str(mail.get("Snapshot-Content-Location") or page.get("Content-Location") or "").strip()
    provenance = Provenance(
        source_format="MHTML",
        url=url if is_web_address(url) else None,
        retrieved=_retrieval_day(mail),
        charset=parse_content_type(str(page.get("Content-Type") or "")).charset,
    )
    defects = (*mail.defects, *page.defects)
    assets = _MailAssets(parts, url, limit)
    opened = read_page(raw, name, assets, where=blob.where, provenance=provenance)
    if isinstance(opened, HtmlPage):
        frames = _Frames(assets)
        left_out = _left_out(mail, page, assets, opened.markup)
        opened = msgspec.structs.replace(opened, markup=frames.put_into(opened.markup))
        opened = msgspec.structs.replace(opened, notes=(*opened.notes, *frames.notes(), *left_out))
    reason = next((why for kind, why in _DEFECTS if any(isinstance(each, kind) for each in defects)), None)
    if reason is None:
        return opened
    return msgspec.structs.replace(opened, notes=(*opened.notes, note("ARCHIVE_DAMAGED", reason=reason)))


_BAD_BASE64 = InvalidBase64LengthDefect | InvalidBase64PaddingDefect | InvalidBase64CharactersDefect

_DEFECTS = (
    (CloseBoundaryNotFoundDefect | StartBoundaryNotFoundDefect, "it is incomplete"),
    (_BAD_BASE64, "characters of its base64 are missing"),
)


class _MailAssets:
    """The parts of a mail by Content-Location and Content-ID."""

    def __init__(self, parts: list[Message], url: str, limit: int) -> None:
        self._url, self._limit = url, limit
        self._parts: dict[str, Message] = {}
        for part in parts:
            for key in _part_keys(part, self._url):
                self._parts.setdefault(key, part)

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Return a function that reads the part at `src`, as written or resolved."""
        part = self.part(src)
        return None if part is None else lambda: self._read(part, src)

    def part(self, src: str) -> Message | None:
        """Return the part at `src`; None if there is none."""
        return next((part for key in _keys_of_address(src, self._url) if (part := self._parts.get(key))), None)

    def _read(self, part: Message, src: str) -> bytes:
        raw = _decode_payload(part, src)
        if len(raw) > self._limit:
            raise too_large(src, len(raw), self._limit)
        return raw


_FRAME = re.compile(
    r"""(?P<before><i?frame(?=\s)(?:(?!\ssrc=)[^<>])*\ssrc=)(?P<mark>["'])(?P<address>cid:[^"'<>]++)(?P=mark)""",
    re.IGNORECASE,
)
"""A frame as Chromium saves it: `src` is the Content-ID of the part with its document."""


class _Frames:
    """Replaces the Content-ID in the `src` of a frame by the web address of its document, or by the document itself.

    A document without a web address becomes a `data:` URL: Chromium writes no address for the `srcdoc` of a page. No
    document is inserted twice, or below `MAX_FRAMES` levels of frames. Frames without a document are counted.
    """

    def __init__(self, assets: _MailAssets) -> None:
        self._assets = assets
        self._embedded: set[str] = set()
        self._left_out = 0

    def put_into(self, markup: str, level: int = 0) -> str:
        """Return the markup of the page, or of a frame `level` levels below, with the documents of its frames."""
        if "cid:" not in markup.lower():
            return markup
        return _FRAME.sub(lambda found: self._with_document(found, level), markup)

    def notes(self) -> tuple[Note, ...]:
        """Return a note on the frames that have no document."""
        reason = f"the HTML is missing, or is read in another frame, or is below {MAX_FRAMES} levels of frames"
        return (note("FRAMES_LEFT_OUT", count=self._left_out, reason=reason),) if self._left_out else ()

    def _with_document(self, found: re.Match[str], level: int) -> str:
        address = unescape(found["address"])
        part, load = self._assets.part(address), self._assets.find(address)
        location = str(part.get("Content-Location") or "").strip() if part else ""
        if is_web_address(location):
            return f'{found["before"]}"{escape(location)}"'
        is_document = part is not None and part.get_content_type() in HTML_TYPES
        if part is None or load is None or not is_document or address in self._embedded or level == MAX_FRAMES:
            self._left_out += 1
            return found[0]
        self._embedded.add(address)
        charset = parse_content_type(str(part.get("Content-Type") or "")).charset
        text = self.put_into(decode_markup(load(), charset).text, level + 1)
        document = b64encode(text.encode("utf-8", "replace")).decode()
        return f'{found["before"]}"data:text/html;charset=utf-8;base64,{document}"'


def _parse_mail(blob: Blob) -> tuple[Message, list[Message]]:
    """Return the mail and its parts that have content of their own."""
    raw = blob.read(MAX_ARCHIVE_BYTES).removeprefix(BOM_UTF8).lstrip()
    try:
        mail = message_from_bytes(raw)
        return mail, [part for part in mail.walk() if not part.is_multipart()]
    except RecursionError:
        raise SourceError(
            "its parts are nested too deeply for a saved page", where=blob.where, what_next="save the page again"
        ) from None
    except _HEADER_ERRORS as reason:
        raise _unreadable_headers(blob.where) from reason


_HEADER_ERRORS = (TypeError, ValueError)
"""What Python's mail parser raises for contradictory parameters: `boundary*=a; boundary*0=b`."""


def _unreadable_headers(where: str) -> SourceError:
    return SourceError("its headers cannot be read", where=where, what_next=_SAVE_AGAIN)


def _find_page(mail: Message, parts: list[Message]) -> Message | None:
    """Return the HTML part at the URL that the mail names, else the first HTML part; None if there is none.

    A mail without Content-Type is plain text by the standard, but is HTML if it begins with a tag.
    """
    pages = [part for part in parts if part.get_content_type() in HTML_TYPES]
    if not pages and parts == [mail] and "Content-Type" not in mail:
        pages = [mail] if begins_with_markup(_decode_payload(mail, "")) else []
    url = mail.get("Snapshot-Content-Location")
    return next((part for part in pages if url and part.get("Content-Location") == url), next(iter(pages), None))


_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_OF_PAGE = frozenset({"multipart/alternative", "multipart/related"})
"""Groups of parts: other forms of the page, such as plain text, and files of the page (RFC 2046, 5.1.4; RFC 2387)."""
_CONTENT_ID = re.compile(r"""cid:[^\s"'<>()]++""", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")


def _left_out(mail: Message, page: Message, assets: _MailAssets, markup: str) -> tuple[Note, ...]:
    """Return a note on parts with other content: attachments, forwarded mails, texts before and after the page."""
    addresses = dict.fromkeys(map(unescape, _CONTENT_ID.findall(markup)))
    shown = {id(assets.part(address)) for address in addresses}
    others = (part for part in _parts_beside(mail, page) if id(part) not in shown and _has_content(part))
    names = list(map(_part_name, others))
    return (note("ATTACHMENTS_LEFT_OUT", names=name_first(names, _MAX_NAMES_SHOWN)),) if names else ()


def _parts_beside(mail: Message, page: Message) -> Iterator[Message]:
    """Yield the parts of a mail that are not its page, other forms of the page, or its files.

    A forwarded mail without the page is one part.
    """
    around = _around(mail, page)
    for group in reversed(around[1:]):
        is_of_page = group.get_content_type() in _OF_PAGE
        for part in _members(group):
            is_file = "Content-Location" in part or (is_of_page and not _is_further_text(part, group))
            if part not in around and (part.get_content_disposition() == "attachment" or not is_file):
                yield from _pieces(part)


def _pieces(part: Message) -> Iterator[Message]:
    """Yield the parts of a group that have content of their own; any other part itself."""
    is_group = part.get_content_maintype() == "multipart"
    yield from (each for each in part.walk() if not each.is_multipart()) if is_group else (part,)


def _is_further_text(part: Message, group: Message) -> bool:
    """Return whether a part of a group is a text in HTML that no frame shows."""
    is_html = part.get_content_type() in HTML_TYPES and "Content-ID" not in part
    return is_html and group.get_content_type() != "multipart/alternative"


def _around(mail: Message, page: Message) -> list[Message]:
    """Return the page and the groups of parts around it, from the inside; the last one is the mail."""
    parents = {id(part): group for group in mail.walk() for part in _members(group)}
    around = [page]
    while parent := parents.get(id(around[-1])):
        around.append(parent)
    return around


def _members(group: Message) -> list[Message]:
    """Return the parts of a group or a forwarded mail; [] for a part with content of its own."""
    content = group.get_payload()
    return [each for each in content if isinstance(each, Message)] if isinstance(content, list) else []


def _has_content(part: Message) -> bool:
    """Return whether a part is no signature or empty text, which mail programs add around attachments."""
    if part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment":
        return part.get_content_type() not in _SIGNATURES
    try:
        content = part.get_payload(decode=True)
    except _HEADER_ERRORS:
        return True
    text = content.decode("utf-8", "ignore") if isinstance(content, bytes) else ""
    return bool(unescape(_TAG.sub("", text)).strip())


def _part_name(part: Message) -> str:
    """Return the file name of a part for a message, without control characters; else its type."""
    try:
        name = part.get_filename()
    except _HEADER_ERRORS:
        name = None
    return repr(_decode_words(name)) if name else f"a part of the type {part.get_content_type()}"


def _decode_words(text: str) -> str:
    """Return a file name that mail programs have encoded as a header: `=?UTF-8?B?…?=` (RFC 2047)."""
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, ValueError):
        return text


def _part_keys(part: Message, url: str) -> Iterator[str]:
    if part.get("Content-ID"):
        yield from _keys_of_address(f"cid:{str(part['Content-ID']).strip().strip('<>')}", url)
    if part.get("Content-Location"):
        yield from _keys_of_address(str(part["Content-Location"]).strip(), url)


def _keys_of_address(address: str, url: str) -> Iterator[str]:
    yield address
    yield url_key(resolve(url, address))


_TRANSFER_ENCODINGS = frozenset("7bit 8bit binary quoted-printable base64 x-uuencode uuencode uue x-uue".split())
"""What the mail parser decodes; it returns a payload in any other encoding unchanged."""


def _decode_payload(part: Message, where: str) -> bytes:
    """Return the decoded content of a part; SourceError for an unknown transfer encoding or unreadable headers."""
    encoding = str(part.get("Content-Transfer-Encoding") or "7bit").strip().lower()
    if encoding not in _TRANSFER_ENCODINGS:
        raise SourceError(f"its transfer encoding {encoding!r} is unknown", where=where, what_next=_SAVE_AGAIN)
    try:
        payload = part.get_payload(decode=True)
        if encoding == "base64" and any(isinstance(each, _BAD_BASE64) for each in part.defects):
            # A missing character of base64 garbles all that follows, or makes the parser decode nothing. Line by line,
            # only one line is lost.
            payload = b"".join(map(_decode_base64_line, str(part.get_payload()).splitlines()))
    except _HEADER_ERRORS as reason:
        raise _unreadable_headers(where) from reason
    return payload if isinstance(payload, bytes) else b""


def _decode_base64_line(text: str) -> bytes:
    letters = _NOT_BASE64.sub("", text)
    whole = letters if len(letters) % 4 != 1 else letters[:-1]
    return b64decode(whole + "=" * (-len(whole) % 4))


_SAVE_AGAIN = "save the page again"
_MAX_NAMES_SHOWN = 5
_NOT_BASE64 = re.compile("[^A-Za-z0-9+/]")


def _retrieval_day(mail: Message) -> dt.date | None:
    try:
        return parse_mail_date(str(mail["Date"])) if mail["Date"] else None
    except (ValueError, TypeError, OverflowError):
        return None

"""Decodes the bytes of one page into an `HtmlPage` if they contain HTML tags, else into a `TextPage`."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Callable
from functools import partial

import msgspec

from readout_pub.errors import SourceError
from readout_pub.notes import note
from readout_pub.sources.encoding import REMOVED, Decoded, decode_markup
from readout_pub.sources.own_outputs import release_notes
from readout_pub.sources.page import Assets, DecodedPage, HtmlPage, NoAssets, TextPage
from readout_pub.sources.saver_signatures import find_saver_signature
from readout_pub.sources.sniff import TAG, is_arc
from readout_pub.sources.wayback import strip_wayback

READS_PAGES = "readout-pub reads saved web pages"
"""The advice in errors about files of another kind."""

_UNPACK_IT = "unpack it, and give its pages instead"
_BINARIES = (
    (0, b"%PDF-", "a PDF", READS_PAGES),
    (0, b"PK\x03\x04", "a zip archive", _UNPACK_IT),
    (0, b"\x1f\x8b", "a gzip file", _UNPACK_IT),
    (4, b"1AY&SY", "a bzip2 file", _UNPACK_IT),
    (0, b"\xfd7zXZ", "an xz file", _UNPACK_IT),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard file", _UNPACK_IT),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK_IT),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK_IT),
    (257, b"ustar", "a tar archive", _UNPACK_IT),
    (0, b"bplist00", "a property list", READS_PAGES),
    (0, b"\x89PNG", "a PNG picture", READS_PAGES),
    (0, b"\xff\xd8\xff", "a JPEG picture", READS_PAGES),
    (0, b"\xd0\xcf\x11\xe0", "an old Office document, or a mail of Outlook", "save it as HTML, or the mail as .eml"),
    (0, b"{\\rtf", "an RTF document", "save it as HTML or as text"),
)
"""File formats that are not pages: offset and bytes of their signature, their name, and advice to the user."""

_MBOX = re.compile(rb"From \S++ ++(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} ")
"""The line before each mail in a mailbox: "From - Tue May 06 10:00:00 2031"."""

_XML_ROOT = re.compile(rb"\s*(?:<\?xml[^<>]*>\s*)?(?:<![^<>]*>\s*)?<(\w+)[\s>]")
"""The first element of an XML file, which may follow an XML declaration and one doctype or comment."""

_LIST_ADVICE = "`readout-pub fetch --from` fetches the pages that it lists"
_XML_FORMATS = {
    b"svg": ("an SVG picture", READS_PAGES),
    b"rss": ("a feed", _LIST_ADVICE),
    b"feed": ("a feed", _LIST_ADVICE),
    b"urlset": ("a sitemap", _LIST_ADVICE),
    b"sitemapindex": ("a sitemap", _LIST_ADVICE),
}
"""Root element of an XML file that is not a page → what it is, and advice to the user."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL_SHARE = 0.02
"""A file with a larger share of control characters is binary. Chosen by hand: text files have hardly any."""
_CHECKED_BYTES = 4096
"""How many bytes at the start are searched for control characters."""


class Provenance(msgspec.Struct, frozen=True):
    """What the server or the container of a page states about the page; `retrieved` is a day in UTC."""

    source_format: str | None = None
    url: str | None = None
    retrieved: dt.date | None = None
    charset: str | None = None


def read_page(
    raw: bytes,
    name: str,
    assets: Assets | None = None,
    *,
    where: str | None = None,
    provenance: Provenance = Provenance(),
) -> DecodedPage:
    """Decode `raw` and return it as HTML or as text; SourceError for an empty or a binary file.

    The page keeps `raw`, since the file may be replaced before somebody asks for its bytes. `where` names the file in
    errors. URL and day of retrieval are those that a Wayback Machine copy states, else those of `provenance`, else
    those that a saving program left in the page.
    """
    _require_text(raw, where or name)
    decoded = decode_markup(raw, provenance.charset)
    if TAG.search(decoded.text):
        return _parse_html_page(decoded, name, partial(bytes, raw), assets or NoAssets(), provenance)
    return TextPage(
        name=name,
        raw=partial(bytes, raw),
        url=provenance.url,
        retrieved=provenance.retrieved,
        notes=decoded.notes,
        source_format=provenance.source_format or "text",
        encoding=decoded.encoding,
        text=decoded.text.replace(REMOVED, ""),
    )


def _parse_html_page(
    decoded: Decoded, name: str, load: Callable[[], bytes], assets: Assets, provenance: Provenance
) -> HtmlPage:
    """Return an HTML page with the URL and day that its container or saving program states; undo Wayback changes."""
    saved = find_saver_signature(decoded.text)
    url = provenance.url or (saved.url if saved else None)
    page = HtmlPage(
        name=name,
        raw=load,
        url=url,
        retrieved=provenance.retrieved or (saved.retrieved if saved else None),
        notes=(*decoded.notes, *release_notes(decoded.text)),
        source_format=(saved.program if saved else None) or provenance.source_format or "HTML",
        encoding=decoded.encoding,
        markup=decoded.text,
        assets=assets,
    )
    original = strip_wayback(decoded.text, url)
    if original is None:
        return page
    return msgspec.structs.replace(
        page,
        url=original.url or url,
        retrieved=original.retrieved or page.retrieved,
        notes=(*page.notes, note("WAYBACK_UNDONE")),
        source_format="Wayback copy",
        markup=original.markup,
    )


def refuse_unread_archive(head: bytes, where: str) -> None:
    """Raise SourceError if a file is a web archive in the format before WARC, or a mailbox."""
    if is_arc(head):
        raise SourceError(
            "this is an ARC file, an older format of web archives",
            where=where,
            what_next="`warcio recompress` converts it to a WARC file, which readout-pub reads",
        )
    if _MBOX.match(head):
        raise SourceError("this is a mailbox (mbox)", where=where, what_next="save each of its mails as an .eml file")


def _require_text(raw: bytes, where: str) -> None:
    """Raise SourceError if the bytes are empty or binary."""
    if not raw.strip():
        raise SourceError("the file is empty", where=where, what_next="save the page again")
    refuse_unread_archive(raw, where)
    for offset, signature, what, what_next in _BINARIES:
        if raw.startswith(signature, offset):
            raise SourceError(f"this is {what}", where=where, what_next=what_next)
    root = _XML_ROOT.match(raw.removeprefix(codecs.BOM_UTF8)[:_CHECKED_BYTES])
    # A page without an `html` element may begin with an SVG drawing, but does not end with one.
    if root and root[1] in _XML_FORMATS and raw.rstrip().endswith(b"</%s>" % root[1]):
        what, what_next = _XML_FORMATS[root[1]]
        raise SourceError(f"this is {what}", where=where, what_next=what_next)
    utf16 = raw[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if not utf16 and len(_CONTROLS.findall(raw[:_CHECKED_BYTES])) > _MAX_CONTROL_SHARE * min(len(raw), _CHECKED_BYTES):
        raise SourceError("this is a binary file", where=where, what_next=READS_PAGES)

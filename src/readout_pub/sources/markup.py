"""The bytes of one page → an HTML page or a text page, told apart by content."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import msgspec

from readout_pub.errors import SourceError
from readout_pub.notes import note
from readout_pub.sources.encoding import Decoded, decode
from readout_pub.sources.page import Assets, HtmlPage, NoAssets, Page, TextPage
from readout_pub.sources.saver_signatures import trace
from readout_pub.sources.sniff import TAG
from readout_pub.sources.wayback import strip_wayback

_A_PAGE = "give an HTML or text file"
_UNPACKED = "unpack it, and name what was in it"
_BINARIES = (
    (0, b"%PDF-", "a PDF", _A_PAGE),
    (0, b"PK\x03\x04", "a zip archive", _UNPACKED),
    (0, b"\x1f\x8b", "a gzip file", _UNPACKED),
    (4, b"1AY&SY", "a bzip2 file", _UNPACKED),
    (0, b"\xfd7zXZ", "an xz file", _UNPACKED),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard file", _UNPACKED),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACKED),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACKED),
    (257, b"ustar", "a tar archive", _UNPACKED),
    (0, b"bplist00", "a web archive of Safari", "save the page as HTML, or from another browser"),
    (0, b"\x89PNG", "a PNG picture", _A_PAGE),
    (0, b"\xff\xd8\xff", "a JPEG picture", _A_PAGE),
    (0, b"\xd0\xcf\x11\xe0", "an old Office document", _A_PAGE),
)
"""Where in a file which bytes say what it is, where that is certainly no page, and what to do then."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROLS = 0.02
"""Share of control characters above which a file is no text."""


class Provenance(msgspec.Struct, frozen=True):
    """What the container of a page knows of it: the shape, the address, the day, the encoding that a server named."""

    shape: str | None = None
    url: str | None = None
    retrieved: dt.date | None = None
    charset: str | None = None


def read_page(
    raw: bytes,
    name: str,
    load: Callable[[], bytes],
    assets: Assets | None = None,
    *,
    where: str | None = None,
    known: Provenance = Provenance(),
) -> Page:
    """Decode `raw` and tell HTML from text; a SourceError says what a file without a page in it is instead.

    What the container knows comes before what the page says of itself, and what it was before the Wayback Machine
    copied it before both.
    """
    _refuse_what_is_no_page(raw, where or name)
    decoded = decode(raw, known.charset)
    if TAG.search(decoded.text):
        return _html_page(decoded, name, load, assets or NoAssets(), known)
    return TextPage(
        name=name,
        raw=load,
        url=known.url,
        retrieved=known.retrieved,
        notes=decoded.notes,
        shape=known.shape or "text",
        encoding=decoded.encoding,
        text=decoded.text,
    )


def _html_page(decoded: Decoded, name: str, load: Callable[[], bytes], assets: Assets, known: Provenance) -> HtmlPage:
    saved = trace(decoded.text)
    url = known.url or (saved.url if saved else None)
    page = HtmlPage(
        name=name,
        raw=load,
        url=url,
        retrieved=known.retrieved or (saved.retrieved if saved else None),
        notes=decoded.notes,
        shape=(saved.shape if saved else None) or known.shape or "HTML",
        encoding=decoded.encoding,
        markup=decoded.text,
        assets=assets,
    )
    copied = strip_wayback(decoded.text, url)
    if copied is None:
        return page
    return msgspec.structs.replace(
        page,
        url=copied.url or url,
        retrieved=copied.retrieved or page.retrieved,
        notes=(*page.notes, note("WAYBACK_UNDONE")),
        shape="Wayback copy",
        markup=copied.markup,
    )


def _refuse_what_is_no_page(raw: bytes, where: str) -> None:
    if not raw.strip():
        raise SourceError("the file is empty", where=where, what_next="save the page again")
    for at, sign, what, what_next in _BINARIES:
        if raw.startswith(sign, at):
            raise SourceError(f"this is {what}, not a saved page", where=where, what_next=what_next)
    utf16 = raw[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if not utf16 and len(_CONTROLS.findall(raw[:4096])) > _MAX_CONTROLS * min(len(raw), 4096):
        raise SourceError("this is a binary file, not a saved page", where=where, what_next=_A_PAGE)

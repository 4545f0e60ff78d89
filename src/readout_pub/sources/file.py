"""A file on disk, or standard input: HTML or plain text, told apart by content."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from readout_pub.errors import SourceError
from readout_pub.sources.encoding import decode
from readout_pub.sources.page import Assets, HtmlPage, NoAssets, Page, TextPage

_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|table|h[1-6]|meta|title|br|main|article)\b[^>]*>", re.IGNORECASE
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)

_BINARIES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
)
"""What the first bytes of a file say it is, where that is certainly no page."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROLS = 0.02
"""Share of control characters above which a file is no text."""


class FolderAssets:
    """The files below a folder. An address never leads out of the folder, whatever it says."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Find `src` as it stands, percent-decoded, or by its path alone if it is a whole address."""
        path = urlsplit(src).path
        for name in dict.fromkeys((src, unquote(src), path, unquote(path))):
            file = self._inside(name)
            if file is not None:
                return file.read_bytes
        return None

    def _inside(self, name: str) -> Path | None:
        if not name or "\x00" in name:
            return None
        try:
            file = (self._folder / PurePosixPath(name.lstrip("/"))).resolve()
            return file if file.is_relative_to(self._folder) and file.is_file() else None
        except OSError:
            return None


def open_file(path: Path, max_bytes: int) -> Page:
    """Open a saved page; photos are looked for below the folder that it lies in."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise SourceError("there is no such file", where=str(path), what_next="check the path") from None
    except OSError as reason:
        raise SourceError(f"it cannot be opened ({reason.strerror})", where=str(path)) from reason
    if path.is_dir():
        raise SourceError("it is a folder", where=str(path), what_next="name the page inside it")
    if size > max_bytes:
        raise too_large(str(path), size, max_bytes)
    try:
        raw = path.read_bytes()
    except OSError as reason:
        raise SourceError(f"it cannot be read ({reason.strerror})", where=str(path)) from reason
    return read_page(raw, path.name, path.read_bytes, FolderAssets(path.parent), where=str(path))


def too_large(where: str, size: int, max_bytes: int) -> SourceError:
    """Word the refusal of a source of `size` bytes."""
    return SourceError(
        f"it has {size / 1e6:.1f} MB, and the limit is {max_bytes / 1e6:.1f} MB",
        where=where,
        what_next=f"if it is a page after all, allow it with --max-bytes {size}",
    )


def read_page(
    raw: bytes, name: str, load: Callable[[], bytes], assets: Assets | None = None, *, where: str | None = None
) -> Page:
    """Decode `raw` and tell HTML from text; a SourceError says what a file without a page in it is instead."""
    where = where or name
    _refuse_what_is_no_page(raw, where)
    decoded = decode(raw)
    if _TAG.search(decoded.text):
        return HtmlPage(
            name=name,
            raw=load,
            url=_saved_from(decoded.text),
            notes=decoded.notes,
            markup=decoded.text,
            assets=assets or NoAssets(),
        )
    return TextPage(name=name, raw=load, notes=decoded.notes, text=decoded.text)


def _refuse_what_is_no_page(raw: bytes, where: str) -> None:
    if not raw.strip():
        raise SourceError("the file is empty", where=where, what_next="save the page again")
    for start, what in _BINARIES:
        if raw.startswith(start):
            raise SourceError(f"this is {what}, not a saved page", where=where, what_next="give an HTML or text file")
    utf16 = raw[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if not utf16 and len(_CONTROLS.findall(raw[:4096])) > _MAX_CONTROLS * min(len(raw), 4096):
        raise SourceError("this is a binary file, not a saved page", where=where, what_next="give an HTML or text file")


def _saved_from(markup: str) -> str | None:
    """Read the comment in which browsers say where a page was saved from."""
    found = _SAVED_FROM.search(markup[:2000])
    return html.unescape(found[1]) if found and found[1].startswith("http") else None

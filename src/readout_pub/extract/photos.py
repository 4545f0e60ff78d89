"""An `img` → a photo: its address, its alternative text, and the file in the source, if it is there."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import msgspec
from bs4 import Tag

from readout_pub.errors import SourceError
from readout_pub.extract.image_urls import declared_size
from readout_pub.extract.inlines import resolve_link
from readout_pub.extract.lazy_images import offered_sizes
from readout_pub.image_store import ORIENTATION, ImageStore, opened
from readout_pub.model import Alt, Described, Missing, Photo
from readout_pub.model.address import without_user
from readout_pub.notes import Note, note
from readout_pub.sources import Assets

_SAVED_BESIDE = re.compile(
    r"^(?:\./)?[^/:]*(?:[_-](?:files|dateien|fichiers|archivos|file|arquivos)|\.fld)/", re.IGNORECASE
)
"""The folder that a browser puts beside a page it saves, in the languages that name it."""


_PLACEHOLDER, _PHOTO = 4, 128
"""Pixels: the longest side of a picture that shows nothing, and the shortest that a photo has on a page."""

File = tuple[str, str, int, int]
"""Digest, media type, width and height of a picture."""


class ImageProperties(msgspec.Struct, frozen=True):
    """Facts of one picture that its page and file give; sizes in pixels, None where nobody says."""

    photo: Photo
    width: int | None
    height: int | None


ImageReader = Callable[[Tag], ImageProperties]
"""Reads an `img`: its address, its alt, its file."""


class PhotoReader:
    """Reads the photos of one page into an album; the same address is read once."""

    def __init__(self, assets: Assets, album: ImageStore, base: str | None) -> None:
        self._assets, self._album, self._base = assets, album, base
        self._files: dict[str, File | None] = {}
        self._failed: dict[str, SourceError] = {}

    def __call__(self, image: Tag) -> ImageProperties:
        """Read one `img`; a photo whose file is missing or no picture has no digest and no size of its own."""
        src, file = self._best(image)
        alt = _alt(image)
        width, height = declared_size(image.attrs)
        if file is None or _is_placeholder(file, alt, width, height):
            return ImageProperties(Photo(self._address(src), alt), width, height)
        digest, media_type, width, height = file
        shown = f"data:sha256:{digest}" if src.startswith("data:") else self._address(src)
        return ImageProperties(Photo(shown, alt, digest, media_type, width, height), width, height)

    def _best(self, image: Tag) -> tuple[str, File | None]:
        """Return the address of the best size of a photo that is there, with its file; its `src` if none is."""
        src = str(image.get("src") or "").strip()
        for address in (*offered_sizes(image), src):
            if address not in self._files:
                self._files[address] = self._file(address)
            if file := self._files[address]:
                return address, file
        return src, None

    def _address(self, src: str) -> str:
        """Return the address of a photo, without a password; an embedded one is named by its first characters.

        A browser that saved the page rewrote the address: what is left of it never stood on the web.
        """
        if src.startswith("data:"):
            return src[:40]
        return src if _SAVED_BESIDE.search(src) else without_user(resolve_link(src, self._base) or src)

    def _file(self, src: str) -> File | None:
        load = embedded(src) if src.startswith("data:") else self._find(src)
        if load is None:
            return None
        try:
            raw = load()
            kind = _measure(raw)
            return (self._album.add(load, raw), *kind) if kind else None
        except SourceError as reason:
            self._failed[self._address(src)] = reason
            return None

    def _find(self, src: str) -> Callable[[], bytes] | None:
        """Look for the file as the page writes it, then where the `base` of the page says that it is."""
        address = resolve_link(src, self._base) or src
        return self._assets.find(src) or (self._assets.find(address) if address != src else None)

    def missing(self, photo: Photo) -> Note:
        """Say why a photo that was read has no file: none is there, or it is too large or damaged."""
        reason = self._failed.get(photo.src)
        if reason:
            return note("PHOTO_UNREADABLE", src=photo.src, reason=reason.what)
        return note("PHOTO_FILE_MISSING", src=photo.src)


def embedded(src: str) -> Callable[[], bytes] | None:
    """Return what reads a `data:` address; None if it holds nothing that can be read."""
    head, comma, payload = src.removeprefix("data:").partition(",")
    if not comma:
        return None
    raw = unquote_to_bytes(payload)
    if head.endswith(";base64"):
        try:
            raw = base64.b64decode(raw)
        except binascii.Error:
            return None
    return lambda: raw


def _is_placeholder(file: File, alt: Alt, width: int | None, height: int | None) -> bool:
    """Say whether a file of hardly a pixel waits for the photo that its size on the page and its alt speak of."""
    _, _, wide, high = file
    return max(wide, high) <= _PLACEHOLDER and isinstance(alt, Described) and min(width or 0, height or 0) >= _PHOTO


def _measure(raw: bytes) -> tuple[str, int, int] | None:
    """Return media type, width and height (pixels, upright) of a picture; None if it is none."""
    from PIL import Image

    try:
        with opened(raw) as image:
            turned = image.getexif().get(ORIENTATION, 1) in {5, 6, 7, 8}
            width, height = reversed(image.size) if turned else image.size
            return image.get_format_mimetype() or "application/octet-stream", width, height
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _alt(image: Tag) -> Alt:
    """Read the `alt` of a photo. An empty one on a photo means that nobody wrote one, not that it says nothing."""
    text = " ".join(str(image.get("alt") or "").split())
    return Described(text) if text and text.lower() not in _NOTHING else Missing()


_NOTHING = frozenset(("none", "null", "undefined", "nan"))
"""What programs write into an `alt` for which they have no text."""

"""Reads an `img` into a photo: its URL, its alternative text, and the image file in the source, if there is one."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from bs4 import Tag

from readout_pub.errors import SourceError
from readout_pub.extract.image_urls import declared_size, offered_sizes
from readout_pub.extract.inlines import resolve_link
from readout_pub.extract.tree import alt_in_one_line
from readout_pub.html_elements import ALT_ORIGIN
from readout_pub.image_store import NOT_AN_IMAGE, ImageStore, open_image, orientation
from readout_pub.model import Alt, Decorative, Described, Missing, Photo
from readout_pub.model.url_parts import strip_userinfo_of_link
from readout_pub.notes import Note, note
from readout_pub.sources import Assets
from readout_pub.sources.companion_folders import is_in_companion_folder
from readout_pub.sources.urls import is_data_url, read_data_url

_MAX_PLACEHOLDER_SIDE, _MIN_PHOTO_SIDE = 4, 128
"""In pixels: the longest side of a placeholder's file, and the shortest side of a photo as the page shows it."""

ImageFile = tuple[str, str, int, int]
"""SHA-256 (hex), media type, width and height (pixels) of an image file."""


class ImageProperties(msgspec.Struct, frozen=True):
    """A photo, with its width and height in pixels: of its file, else on the page, else None."""

    photo: Photo
    width: int | None
    height: int | None


ImageReader = Callable[[Tag], ImageProperties]
"""Reads an `img`: its URL, its alternative text, its file."""


class PhotoReader:
    """Reads the photos of one page into an image store; each URL is read once."""

    def __init__(self, assets: Assets, images: ImageStore, base: str | None) -> None:
        self._assets, self._images, self._base = assets, images, base
        self._files_by_url: dict[str, ImageFile | None] = {}
        self._failed: dict[str, SourceError] = {}

    def __call__(self, image: Tag) -> ImageProperties:
        """Read one `img`; if its file is missing, damaged or a placeholder, the photo has no digest and no size."""
        src, file = self._best_file(image)
        alt = _read_alt(image)
        width, height = declared_size(image.attrs)
        if file is None or _is_placeholder(file, alt, width, height):
            return ImageProperties(Photo(self._recorded_url(src), alt), width, height)
        digest, media_type, width, height = file
        shown = f"data:sha256:{digest}" if is_data_url(src) else self._recorded_url(src)
        return ImageProperties(Photo(shown, alt, digest, media_type, width, height), width, height)

    def _best_file(self, image: Tag) -> tuple[str, ImageFile | None]:
        """Return the URL and the file of the best size with a readable file; `src` and None if there is none."""
        src = str(image.get("src") or "").strip()
        for url in (*offered_sizes(image), src):
            if url not in self._files_by_url:
                self._files_by_url[url] = self._load_file(url)
            if file := self._files_by_url[url]:
                return url, file
        return src, None

    def _recorded_url(self, src: str) -> str:
        """Return the URL to record for a photo, without user name and password; a `data:` URL is cut.

        A URL into the companion folder stays as it is: the browser that saved the page wrote it, so no photo was
        published there.
        """
        if is_data_url(src):
            return src[:40]
        return src if is_in_companion_folder(src) else strip_userinfo_of_link(resolve_link(src, self._base) or src)

    def _load_file(self, src: str) -> ImageFile | None:
        url = read_data_url(src)
        load = (lambda: url.data) if url else self._find_asset(src)
        if load is None:
            return None
        try:
            raw = load()
            properties = _measure(raw)
            return (self._images.add(load, raw), *properties)
        except SourceError as reason:
            self._failed[self._recorded_url(src)] = reason
            return None

    def _find_asset(self, src: str) -> Callable[[], bytes] | None:
        """Return a function that loads the file of a `src`, by the URL as written or the absolute URL."""
        url = resolve_link(src, self._base) or src
        return self._assets.find(src) or (self._assets.find(url) if url != src else None)

    def missing(self, photo: Photo) -> Note:
        """Return the note on a photo without a file: it is missing, too large or damaged."""
        reason = self._failed.get(photo.src)
        if reason:
            return note("PHOTO_UNREADABLE", src=photo.src, reason=reason.what)
        return note("PHOTO_FILE_MISSING", src=photo.src)


def _is_placeholder(file: ImageFile, alt: Alt, width: int | None, height: int | None) -> bool:
    """Return whether a file of a few pixels is a placeholder, by its size on the page and its alternative text."""
    _, _, file_width, file_height = file
    return (
        max(file_width, file_height) <= _MAX_PLACEHOLDER_SIDE
        and isinstance(alt, Described)
        and min(width or 0, height or 0) >= _MIN_PHOTO_SIDE
    )


def _measure(raw: bytes) -> tuple[str, int, int]:
    """Return the media type of an image, and its width and height in pixels after EXIF rotation.

    Raises SourceError for bytes that are not a readable image.
    """
    from PIL import Image

    try:
        with open_image(raw) as image:
            rotated = orientation(image) in {5, 6, 7, 8}
            width, height = reversed(image.size) if rotated else image.size
            return image.get_format_mimetype() or "application/octet-stream", width, height
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as reason:
        raise SourceError(NOT_AN_IMAGE) from reason


def _read_alt(image: Tag) -> Alt:
    """Return the alternative text of a photo.

    An empty `alt` should mean that an image is decorative; on photos, it usually means that nobody wrote a text. HTML
    of this program says which is true.
    """
    text = alt_in_one_line(image)
    origin = image.get(ALT_ORIGIN)
    if origin == "decorative":
        return Decorative()
    if origin == "missing" or not text or text.lower() in _NULL_ALTS:
        return Missing()
    if origin in {"model", "reviewed"}:
        return Described(text, by="model", reviewed=origin == "reviewed")
    return Described(text)


_NULL_ALTS = frozenset(("none", "null", "undefined", "nan"))
"""What programs write into `alt` when they have no text."""

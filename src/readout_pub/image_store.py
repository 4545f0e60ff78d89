"""The image store: bytes of photos and sources by their SHA-256, and the copies of photos that outputs show.

Each copy is made once: rotated by its EXIF orientation, without metadata such as location and camera, converted if
readers cannot show its format, and scaled down if it has more pixels than print needs. A JPEG or PNG that needs only
the removal of metadata keeps its pixel data.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

import msgspec

from readout_pub.errors import SourceError

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MAX_SIDE = 1600
"""Longest side of a photo in outputs, in pixels: 240 dpi over the width of the text on A4."""

MAX_PIXELS = 100_000_000
"""Photos with more pixels are refused: a small file can decode to gigabytes (a decompression bomb)."""

PORTABLE_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
"""Pillow format → media type, for the formats that readers of all outputs can show."""

PILLOW_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP", "JPEG2000")
"""Pillow formats that are opened. Pillow has thirty more, and runs Ghostscript for one of them."""

Load = Callable[[], bytes]


class Picture(msgspec.Struct, frozen=True):
    """The copy of a photo for outputs: bytes, media type, size in pixels.

    `scaled_from` is the longest side before it was scaled down, in pixels; None if it was not.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    scaled_from: int | None = None

    @property
    def suffix(self) -> str:
        """The file name suffix for this media type, with its dot."""
        return {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif"}[self.media_type]


class PictureCache(Protocol):
    """A cache of copies by the SHA-256 (hex) of the original photo, shared by several image stores."""

    def get(self, digest: str) -> Picture | None:
        """Return the cached copy, or None."""

    def put(self, digest: str, picture: Picture) -> None:
        """Cache a copy."""


class ImageStore:
    """Bytes by their SHA-256 (hex), loaded on request and not kept in memory.

    If `cache` is set, no photo is prepared twice, also in other stores with the same cache.
    """

    def __init__(self) -> None:
        self.cache: PictureCache | None = None
        self._loads: dict[str, Load] = {}
        self._pictures: dict[str, Picture] = {}

    def add(self, load: Load, content: bytes | None = None) -> str:
        """Add the bytes that `load` returns, and return their SHA-256 (hex); `load` is called at each `read`.

        A caller that already has these bytes passes them as `content`.
        """
        digest = hashlib.sha256(load() if content is None else content).hexdigest()
        self._loads.setdefault(digest, load)
        return digest

    def read(self, digest: str) -> bytes:
        """Return the original bytes; raises KeyError if they were never added."""
        return self._loads[digest]()

    def __contains__(self, digest: object) -> bool:
        return digest in self._loads

    def picture(self, digest: str) -> Picture:
        """Return the copy for outputs; raises SourceError if the bytes cannot be read as an image."""
        if digest not in self._pictures:
            self._pictures[digest] = (self.cache.get(digest) if self.cache else None) or self._prepare(digest)
        return self._pictures[digest]

    def _prepare(self, digest: str) -> Picture:
        picture = prepare_picture(self.read(digest))
        if self.cache:
            self.cache.put(digest, picture)
        return picture


def prepare_picture(data: bytes) -> Picture:
    """Return the copy of a photo for outputs: upright, without metadata, in a portable format and size.

    Raises SourceError if `data` is damaged, of an unknown format or too large.
    """
    from PIL import Image, ImageOps

    try:
        with open_image(data) as image:
            before = max(image.size)
            kept = _untouched(image, data)
            if kept is not None:
                return kept
            # Scaled before it is rotated: Pillow decodes a JPEG at a fraction of its size in a fraction of the time.
            image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
            return _encode(ImageOps.exif_transpose(image), before)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as reason:
        raise SourceError(str(reason) or type(reason).__name__) from reason


@contextlib.contextmanager
def open_image(data: bytes) -> Iterator[ImageFile]:
    """Open a photo of one of `PILLOW_FORMATS`; raises SourceError for more than `MAX_PIXELS`, else as Pillow does.

    Pillow's warnings are ignored: they are about metadata, such as a truncated EXIF tag.
    """
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=PILLOW_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise SourceError(f"it has {image.width} × {image.height} pixels, more than {MAX_PIXELS:,}")
            yield image


def _is_deep(image: Image) -> bool:
    """Return whether an image is 16-bit greyscale, which Pillow would convert to white and WeasyPrint to noise."""
    return image.mode.startswith("I")


ORIENTATION = 0x0112
"""The EXIF tag of the orientation; 1 is upright."""


def _untouched(image: Image, data: bytes) -> Picture | None:
    """Return the photo with its original pixel data, or None if it has to be converted, scaled or rotated."""
    media_type = PORTABLE_FORMATS.get(image.format or "")
    if media_type is None or max(image.size) > MAX_SIDE or image.mode == "CMYK" or _is_deep(image):
        return None
    if image.getexif().get(ORIENTATION, 1) != 1:
        return None
    image.load()
    clean = {"JPEG": _clean_jpeg, "PNG": _clean_png}.get(image.format or "", bytes)(data)
    return Picture(clean, media_type, *image.size)


def _encode(image: Image, side_before: int) -> Picture:
    out = io.BytesIO()
    if _is_deep(image):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    is_transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if is_transparent:
        image.convert("RGBA").save(out, "PNG", optimize=True)
    else:
        image.convert("L" if image.mode in {"1", "L"} else "RGB").save(out, "JPEG", quality=85, optimize=True)
    media_type = "image/png" if is_transparent else "image/jpeg"
    scaled_from = side_before if side_before > MAX_SIDE else None
    return Picture(out.getvalue(), media_type, *image.size, scaled_from=scaled_from)


_JPEG_METADATA = frozenset({0xE1, 0xED, 0xFE})
"""Markers of APP1 (EXIF, XMP), APP13 (IPTC) and comments. Decoders need APP0 (JFIF), APP2 (ICC) and APP14 (Adobe)."""


_JPEG_SCAN, _JPEG_END = 0xDA, 0xD9
_JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""The marker that ends a scan; inside it, `FF 00` is a data byte, and `FF D0` to `FF D7` are restart markers."""


def _clean_jpeg(data: bytes) -> bytes:
    """Return a JPEG without its metadata segments and without what follows its end; its scans are unchanged."""
    out, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _JPEG_END:
        kind, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == _JPEG_SCAN:
            following = _JPEG_MARKER.search(data, end)
            end = following.start() if following else len(data)
        if kind not in _JPEG_METADATA:
            out.append(data[at:end])
        at = end
    ended = data[at : at + 2] in {b"", b"\xff\xd9"}
    return b"".join([*out, b"\xff\xd9" if ended else data[at:]])


_PNG_METADATA = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


def _clean_png(data: bytes) -> bytes:
    """Return a PNG without its metadata chunks; its image data are unchanged."""
    out, at = [data[:8]], 8
    while at + 8 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] not in _PNG_METADATA:
            out.append(data[at:end])
        at = end
    return b"".join(out)

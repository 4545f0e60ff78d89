"""The album: bytes of photos and of the source by their digest, and the copies of photos that outputs show.

A photo is prepared once: turned as its camera says, freed of location and camera data, converted where readers cannot
show its format, and scaled where it is larger than paper can print. A JPEG or PNG that needs none of this keeps its
own pixels; only its metadata is cut out.
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
"""Longest side of a shown photo in pixels: 240 dots an inch over the text width of A4."""

MAX_PIXELS = 100_000_000
"""Photos with more pixels than this are refused, since a small file can unpack to fill the memory."""

SHOWN_AS_IS = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
"""Formats that every reader of every output can show."""

PILLOW_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP", "JPEG2000")
"""Formats of Pillow in which photos come. It knows thirty more, and for one of them it runs Ghostscript."""

Load = Callable[[], bytes]


class Picture(msgspec.Struct, frozen=True):
    """A photo ready to be shown: its bytes, media type, size in pixels; `scaled_from` is its longest side before."""

    data: bytes
    media_type: str
    width: int
    height: int
    scaled_from: int | None = None

    @property
    def suffix(self) -> str:
        """The end of a file name for this media type, with its dot."""
        return {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif"}[self.media_type]


class PictureCache(Protocol):
    """Keeps shown copies of photos, by the SHA-256 (hex) of the photo, longer than an album does."""

    def get(self, digest: str) -> Picture | None:
        """Return the copy that was put here; None if there is none."""

    def put(self, digest: str, picture: Picture) -> None:
        """Keep a copy."""


class ImageStore:
    """Bytes by their SHA-256 (hex), read when asked for and not kept. With a `shelf`, no photo is prepared twice."""

    def __init__(self) -> None:
        self.cache: PictureCache | None = None
        self._loads: dict[str, Load] = {}
        self._pictures: dict[str, Picture] = {}

    def add(self, load: Load, content: bytes | None = None) -> str:
        """Take in what `load` reads, and return its digest; `load` is called again whenever the bytes are needed.

        `content` is what it reads, where the caller has read it already.
        """
        digest = hashlib.sha256(load() if content is None else content).hexdigest()
        self._loads.setdefault(digest, load)
        return digest

    def read(self, digest: str) -> bytes:
        """Return the bytes as they came; a KeyError if the album does not hold them."""
        return self._loads[digest]()

    def __contains__(self, digest: object) -> bool:
        return digest in self._loads

    def picture(self, digest: str) -> Picture:
        """Return the copy that outputs show; a SourceError says why bytes are no picture."""
        if digest not in self._pictures:
            self._pictures[digest] = (self.cache.get(digest) if self.cache else None) or self._prepared(digest)
        return self._pictures[digest]

    def _prepared(self, digest: str) -> Picture:
        picture = prepare_picture(self.read(digest))
        if self.cache:
            self.cache.put(digest, picture)
        return picture


def prepare_picture(data: bytes) -> Picture:
    """Turn the bytes of a photo into what outputs show: upright, clean, in a format and size all of them can show."""
    from PIL import Image, ImageOps

    try:
        with open_image(data) as image:
            before = max(image.size)
            kept = _untouched(image, data)
            if kept is not None:
                return kept
            # Scaled first, since a JPEG decoded at a fraction of its size costs a fraction of the time.
            image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
            return _encode(ImageOps.exif_transpose(image), before)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as reason:
        raise SourceError(str(reason) or type(reason).__name__) from reason


@contextlib.contextmanager
def open_image(data: bytes) -> Iterator[ImageFile]:
    """Open a photo of one of the formats in `PILLOW_FORMATS`; a SourceError says that it is too large to be unpacked.

    Raises what Pillow raises for damage. What it only warns of, such as a tag that breaks off, costs no pixel.
    """
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=PILLOW_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise SourceError(f"it has {image.width} × {image.height} pixels, more than {MAX_PIXELS:,}")
            yield image


def _is_deep(image: Image) -> bool:
    """Say whether grey has 16 bits a pixel, which Pillow turns into white and WeasyPrint into noise."""
    return image.mode.startswith("I")


ORIENTATION = 0x0112
"""The EXIF tag that says how the camera was held; 1 is upright."""


def _untouched(image: Image, data: bytes) -> Picture | None:
    """Return the photo with its own pixels if it may be shown as it is."""
    media_type = SHOWN_AS_IS.get(image.format or "")
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
    see_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if see_through:
        image.convert("RGBA").save(out, "PNG", optimize=True)
    else:
        image.convert("L" if image.mode in {"1", "L"} else "RGB").save(out, "JPEG", quality=85, optimize=True)
    media_type = "image/png" if see_through else "image/jpeg"
    scaled_from = side_before if side_before > MAX_SIDE else None
    return Picture(out.getvalue(), media_type, *image.size, scaled_from=scaled_from)


_JPEG_METADATA = frozenset({0xE1, 0xED, 0xFE})
"""APP1 (EXIF, XMP), APP13 (IPTC) and comments; APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe) are needed."""


_JPEG_SCAN, _JPEG_END = 0xDA, 0xD9
_JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""Ends the pixels of a scan; `FF 00` is a byte of theirs, `FF D0` to `FF D7` only count them."""


def _clean_jpeg(data: bytes) -> bytes:
    """Cut the metadata segments out of a JPEG and whatever follows its end, leaving its pixels alone."""
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
    """Cut the metadata chunks out of a PNG, leaving its pixels alone."""
    out, at = [data[:8]], 8
    while at + 8 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] not in _PNG_METADATA:
            out.append(data[at:end])
        at = end
    return b"".join(out)

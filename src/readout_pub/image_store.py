"""The image store: bytes of photos and sources by their SHA-256, and the copies of photos that outputs show.

Each copy is made once, upright and without metadata such as location and camera. It is converted if readers cannot show
its format or colours, and scaled down to what print needs. Otherwise it keeps its pixel data.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import threading
import warnings
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol

import msgspec

from readout_pub.errors import SourceError
from readout_pub.image_metadata import strip_gif, strip_jpeg, strip_png

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MAX_SIDE = 1600
"""Longest side of a photo in outputs, in pixels: in every theme, more than 240 dpi over the width of the text on A4."""

MAX_PIXELS = 100_000_000
"""Photos with more pixels are refused: a small file can decode to gigabytes (a decompression bomb)."""

PORTABLE_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
"""Pillow format → media type, for the formats that readers of all outputs can show."""

MAX_SCANNED_PIXELS = 20 * MAX_PIXELS
"""Limit on pixels × scans of a progressive JPEG, whose scans are each decoded over all pixels: about two seconds.
Encoders write ten scans; a hostile file of 1 MB can have hundreds and take half a minute.
"""

PILLOW_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP", "JPEG2000")
"""The formats that Pillow may open. It knows over thirty others, but runs Ghostscript for one of them (EPS)."""

NOT_AN_IMAGE = "it is damaged, or not an image in pixels, such as JPEG or PNG"
"""The reason for refusing a file that Pillow does not recognise."""

PICTURE_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif"}
"""Media type of a copy for outputs → the suffix of its file."""

Load = Callable[[], bytes]


def picture_file_name(digest: str, suffix: str) -> str:
    """Return the file name of a copy in a folder beside an output; `digest` is that of the original photo."""
    return f"{digest[:16]}{suffix}"


class Picture(msgspec.Struct, frozen=True):
    """The copy of a photo for outputs: bytes, media type, size in pixels.

    `scaled_from` is the longest side of the original in pixels, None if the copy was not scaled down.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    scaled_from: int | None = None

    @property
    def suffix(self) -> str:
        """The file name suffix for this media type, with its dot."""
        return PICTURE_SUFFIXES[self.media_type]

    @property
    def data_url(self) -> str:
        """The picture as a URL that contains it."""
        return f"data:{self.media_type};base64,{b64encode(self.data).decode()}"


_FIRST_BYTES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "image/gif": b"GIF8"}
"""Media type of a copy for outputs → the first bytes of its file."""


def is_portable(picture: Picture) -> bool:
    """Return whether a cached copy may be used: its format is portable, as its bytes show, and it has pixels."""
    start = _FIRST_BYTES.get(picture.media_type)
    return start is not None and picture.data.startswith(start) and picture.width > 0 and picture.height > 0


class PictureCache(Protocol):
    """A cache of copies by the SHA-256 (hex) of the original photo, shared by several image stores."""

    def get(self, digest: str) -> Picture | None:
        """Return the cached copy, or None."""

    def put(self, digest: str, picture: Picture) -> None:
        """Cache a copy."""


class ImageStore:
    """Photos and sources, found by the SHA-256 (hex) of the original.

    Bytes are loaded at each request; only the copies of photos are kept in memory. With `cache`, all image stores with
    this cache prepare each photo only once. A pickled store has no cache, but all bytes: its receiver may be unable to
    load them.
    """

    def __init__(self) -> None:
        self.cache: PictureCache | None = None
        self._loads: dict[str, Load] = {}
        self._pictures: dict[str, Picture] = {}

    def __getstate__(self) -> dict[str, object]:
        """Return what is pickled."""
        loads = {digest: partial(bytes, load()) for digest, load in self._loads.items()}
        return {"cache": None, "_loads": loads, "_pictures": self._pictures}

    def add(self, load: Load, content: bytes | None = None) -> str:
        """Add the bytes that `load` returns, and return their SHA-256 (hex); `load` is called at each `read`.

        A caller that already has these bytes passes them as `content`.
        """
        digest = hashlib.sha256(load() if content is None else content).hexdigest()
        self._loads.setdefault(digest, load)
        return digest

    def add_copy(self, digest: str, load: Load) -> None:
        """Add a copy for outputs in place of the original, whose SHA-256 is `digest`; `load` returns the copy."""
        self._loads.setdefault(digest, load)

    def read(self, digest: str) -> bytes:
        """Return the bytes added for `digest`, of the original or a copy; KeyError if there are none."""
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
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with open_image(data) as image:
            before = max(image.size)
            kept = _untouched(image, data)
            if kept is not None:
                return kept
            # Scaled before it is rotated: Pillow then decodes a JPEG at a smaller size, which is much faster.
            image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
            return _encode(image if orientation(image) == 1 else ImageOps.exif_transpose(image), before)
    except UnidentifiedImageError as reason:  # its message has an address in memory, which differs in each run
        raise SourceError(NOT_AN_IMAGE) from reason
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as reason:
        raise SourceError(str(reason) or type(reason).__name__) from reason


@contextlib.contextmanager
def open_image(data: bytes) -> Iterator[ImageFile]:
    """Open a photo of one of `PILLOW_FORMATS`; raises SourceError if it has too many pixels.

    Other errors of Pillow are passed on. Its warnings, as of a truncated EXIF tag, are ignored.
    """
    with warnings.catch_warnings(), _WHOLE_IMAGES:
        warnings.simplefilter("ignore")
        with _open(data) as image:
            if image.width * image.height > MAX_PIXELS:
                raise SourceError(f"it has {image.width} × {image.height} pixels, more than {MAX_PIXELS:,}")
            scans = data.count(_START_OF_SCAN) if image.format == "JPEG" else 1
            if image.width * image.height * scans > MAX_SCANNED_PIXELS:
                raise SourceError(
                    f"its {image.width} × {image.height} pixels are in {scans} scans, as in a decompression bomb"
                )
            yield image


def _open(data: bytes) -> ImageFile:
    from PIL import Image

    try:
        return Image.open(io.BytesIO(data), formats=PILLOW_FORMATS)
    except Image.DecompressionBombError as reason:
        raise SourceError(f"it has more than {MAX_PIXELS:,} pixels") from reason


class _WholeImages:
    """A context in which Pillow raises an error for a truncated image; several threads may be in it at once.

    Once WeasyPrint is imported, Pillow fills the missing part with grey, in the whole process. A photo would then be
    damaged in one output, and shown without a warning in the next.
    """

    def __init__(self) -> None:
        self._lock, self._entered, self._before = threading.Lock(), 0, False

    def __enter__(self) -> None:
        from PIL import ImageFile

        with self._lock:
            if not self._entered:
                self._before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
            self._entered += 1

    def __exit__(self, *_: object) -> None:
        from PIL import ImageFile

        with self._lock:
            self._entered -= 1
            if not self._entered:
                ImageFile.LOAD_TRUNCATED_IMAGES = self._before


_WHOLE_IMAGES = _WholeImages()


_START_OF_SCAN = b"\xff\xda"
"""The marker of a scan of a JPEG; inside a scan these bytes do not occur."""


def _is_deep(image: Image) -> bool:
    """Return whether an image is 16-bit greyscale, which Pillow would convert to white and WeasyPrint to noise."""
    return image.mode.startswith("I")


_ORIENTATION = 0x0112
"""The EXIF tag of the orientation."""


def orientation(image: Image) -> int:
    """Return the orientation in the EXIF data, from 1 to 8; 1 (upright) if they are missing or damaged."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except (SyntaxError, ValueError, TypeError, OSError):
        return 1


def _untouched(image: Image, data: bytes) -> Picture | None:
    """Return the photo with its original pixel data, or None if it has to be encoded again."""
    media_type = PORTABLE_FORMATS.get(image.format or "")
    if media_type is None or max(image.size) > MAX_SIDE or image.mode == "CMYK" or _is_deep(image):
        return None
    if orientation(image) != 1:
        return None
    if image.mode in {"RGB", "RGBA", "P"} and _has_other_colours(image.info.get("icc_profile")):
        return None
    image.load()
    stripped = _STRIP[image.format or ""](data)
    return Picture(stripped, media_type, *image.size) if stripped else None


_STRIP: dict[str, Callable[[bytes], bytes | None]] = {"JPEG": strip_jpeg, "PNG": strip_png, "GIF": strip_gif}


def _encode(image: Image, side_before: int) -> Picture:
    """Return an image in sRGB as the copy for outputs: PNG if it is transparent, else JPEG."""
    out = io.BytesIO()
    color_profile = image.info.get("icc_profile")
    # Pillow would write comments of the original into the copy.
    image.info = {name: image.info[name] for name in ("transparency",) if name in image.info}
    if _is_deep(image):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    is_transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if is_transparent:
        _to_srgb(image.convert("RGBA"), color_profile).save(out, "PNG", optimize=True)
    elif image.mode in {"1", "L"}:
        image.convert("L").save(out, "JPEG", quality=85, optimize=True)
    else:
        image = image if image.mode == "CMYK" else image.convert("RGB")
        _to_srgb(image, color_profile).convert("RGB").save(out, "JPEG", quality=85, optimize=True)
    media_type = "image/png" if is_transparent else "image/jpeg"
    scaled_from = side_before if side_before > MAX_SIDE else None
    return Picture(out.getvalue(), media_type, *image.size, scaled_from=scaled_from)


def _has_other_colours(color_profile: bytes | None) -> bool:
    """Return whether a colour profile is readable and other than sRGB; phones use Display P3, for example."""
    from PIL import ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(color_profile)) if color_profile else None
        return profile is not None and "sRGB" not in ImageCms.getProfileDescription(profile)
    except (OSError, ImageCms.PyCMSError):
        return False


def _to_srgb(image: Image, color_profile: bytes | None) -> Image:
    """Return an image converted from its colour profile to sRGB; unchanged if that is unnecessary or impossible.

    Copies have no profile: WeasyPrint and many e-book readers ignore profiles and show the photo pale.
    """
    from PIL import ImageCms

    if not _has_other_colours(color_profile):
        return image
    own, srgb = ImageCms.ImageCmsProfile(io.BytesIO(color_profile or b"")), ImageCms.createProfile("sRGB")
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        converted = ImageCms.profileToProfile(image, own, srgb, outputMode=mode)
    except ImageCms.PyCMSError:
        return image
    if converted is None:
        return image
    del converted.info["icc_profile"]  # it contains the current time, and Pillow would write it into a PNG
    return converted

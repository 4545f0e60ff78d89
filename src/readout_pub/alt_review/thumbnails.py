"""Small copies of photos, so that a person sees what a row of a worklist is about."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.errors import SourceError
from readout_pub.image_store import open_image

if TYPE_CHECKING:
    from PIL import Image

PAGE_SIDE = 400
"""Longest side of a thumbnail on a page, in pixels: 200 CSS pixels on a screen of double density. About 15 kB each, so
that a worklist of 1,000 photos stays below the 25 MB that most mail servers accept.
"""

CELL_SIDE = 160
"""Longest side of a thumbnail in a workbook, in pixels: eight lines of text, about as high as the texts of its row."""

_QUALITY = 70
"""JPEG quality. Faces remain recognisable at this size; at quality 90 a photo would take three times the bytes."""

_MAX_MADE_AHEAD = 16
"""At most this many thumbnails are made ahead of the one that is written: so a longer list needs no more memory."""


class Thumbnail(msgspec.Struct, frozen=True):
    """The bytes of a JPEG, and its size in pixels."""

    data: bytes
    width: int
    height: int


def thumbnails(photos: Iterable[PhotoInContext], side: int) -> Iterator[Thumbnail | None]:
    """Yield a thumbnail of each photo, at most `side` pixels wide and high; None if its file is missing or damaged."""
    # Pillow releases the global interpreter lock while it decodes, so that threads use several cores.
    with ThreadPoolExecutor() as threads:
        remaining = iter(photos)
        pending = [threads.submit(thumbnail_of, photo, side) for photo in islice(remaining, _MAX_MADE_AHEAD)]
        while pending:
            first = pending.pop(0)
            pending += [threads.submit(thumbnail_of, photo, side) for photo in islice(remaining, 1)]
            yield first.result()


def thumbnail_of(photo: PhotoInContext, side: int) -> Thumbnail | None:
    """Return a thumbnail of a photo, at most `side` pixels wide and high; None if its file is missing or damaged."""
    from PIL import Image, ImageOps

    if photo.read_image is None:
        return None
    try:
        with open_image(photo.read_image()) as image:
            scale = min(1.0, side / max(image.size))
            size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
            image.draft("RGB", size)  # decodes a JPEG at a smaller size, since decoding takes the most time
            upright = _opaque(image).resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)
            ImageOps.exif_transpose(upright, in_place=True)
    except (OSError, ValueError, SyntaxError, SourceError, Image.DecompressionBombError):
        return None
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY)
    return Thumbnail(out.getvalue(), *upright.size)


def _opaque(image: Image.Image) -> Image.Image:
    """Return an image in RGB, on white where it is transparent, since JPEG has no transparency."""
    from PIL import Image

    if image.mode not in {"RGBA", "LA", "PA"} and "transparency" not in image.info:
        return image if image.mode == "RGB" else image.convert("RGB")
    seen = image.convert("RGBA")
    flat = Image.new("RGB", image.size, "white")
    flat.paste(seen, mask=seen)
    return flat

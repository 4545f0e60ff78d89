"""Thumbnails of photos in common formats, also rotated and transparent ones; files that are not photos have none."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt_review.thumbnails import thumbnail_of, thumbnails
from readout_pub.model import Missing
from tests.pages import jpeg


def photo(data: bytes | None) -> PhotoInContext:
    read = None if data is None else (lambda: data)
    return PhotoInContext(id="1", archive="saved", page="one.html", file="a.jpg", alt=Missing(), read_image=read)


def encoded(image: Image.Image, format_name: str, exif: Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    image.save(out, format_name, **({"exif": exif} if exif else {}))
    return out.getvalue()


def test_a_thumbnail_keeps_the_shape_and_is_never_enlarged() -> None:
    sizes = [thumbnail_of(photo(jpeg(*size)), 400) for size in ((1600, 1000), (1000, 1600), (30, 20), (4000, 1))]
    assert [(each.width, each.height) for each in sizes if each] == [(400, 250), (250, 400), (30, 20), (400, 1)]


@pytest.mark.parametrize(
    ("mode", "format_name"),
    [("RGB", "JPEG"), ("CMYK", "JPEG"), ("L", "JPEG"), ("RGBA", "PNG"), ("P", "GIF"), ("LA", "PNG"), ("RGB", "WEBP")],
)
def test_pictures_of_common_formats_become_a_jpeg_in_colour(mode: str, format_name: str) -> None:
    data = encoded(Image.new("RGB", (800, 500), "teal").convert(mode), format_name)
    small = thumbnail_of(photo(data), 400)
    assert small is not None
    with Image.open(io.BytesIO(small.data)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (400, 250))


def test_transparent_parts_are_white() -> None:
    small = thumbnail_of(photo(encoded(Image.new("RGBA", (80, 50), (0, 0, 0, 0)), "PNG")), 40)
    assert small is not None
    with Image.open(io.BytesIO(small.data)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_that_was_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    small = thumbnail_of(photo(encoded(Image.new("RGB", (800, 500)), "JPEG", exif)), 400)
    assert small is not None
    assert (small.width, small.height) == (250, 400)


@pytest.mark.parametrize("data", [None, b"", b"<svg/>", jpeg()[:200]])
def test_a_file_that_cannot_be_read_has_no_thumbnail(data: bytes | None) -> None:
    assert thumbnail_of(photo(data), 400) is None


def test_many_thumbnails_come_in_the_order_of_their_photos() -> None:
    photos = [photo(None if side % 7 == 0 else jpeg(side, 10)) for side in range(10, 60)]
    widths = [small.width if small else None for small in thumbnails(iter(photos), 400)]
    assert widths == [None if side % 7 == 0 else side for side in range(10, 60)]

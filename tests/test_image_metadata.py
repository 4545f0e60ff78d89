"""Removing metadata from photos changes no pixel and drops no frame; photos that are scaled lose their metadata too."""

from __future__ import annotations

import io
import struct
import time
import zlib

import pytest
from PIL import Image, ImageChops, ImageSequence

from readout_pub.errors import SourceError
from readout_pub.image_metadata import strip_png
from readout_pub.image_store import MAX_SIDE, open_image, prepare_picture
from readout_pub.model import photos
from tests.pages import extracted

FIGURE = '<p>They met.</p><figure><img src="a.jpg" alt="Two people at a quay"></figure>'
SECRET = b"the back door of the harbour office"


def pattern(mode: str, size: tuple[int, int] = (64, 40)) -> Image.Image:
    """Return an image of many colours."""
    colours = bytes(value * factor % 251 for value in range(size[0] * size[1]) for factor in (3, 7, 11))
    return Image.frombytes("RGB", size, colours).convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def frames(data: bytes) -> list[Image.Image]:
    with open_image(data) as image:
        return [frame.convert("RGBA") for frame in ImageSequence.Iterator(image)]


def same_pixels(one: bytes, other: bytes) -> bool:
    pairs = zip(frames(one), frames(other), strict=True)
    return all(ImageChops.difference(a, b).getbbox(alpha_only=False) is None for a, b in pairs)


def segment(kind: int, content: bytes) -> bytes:
    return b"\xff%c" % kind + (len(content) + 2).to_bytes(2, "big") + content


JPEG_METADATA = [
    segment(0xE0, b"JFXX\x00\x13" + SECRET),
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + SECRET),
    segment(0xE2, b"MPF\x00" + SECRET),
    segment(0xEC, b"Ducky" + SECRET),
    segment(0xED, b"Photoshop 3.0\x00" + SECRET),
    segment(0xEE, b"Adobe\x00d\x00\x00\x00\x00\x01" + SECRET),
    segment(0xEF, SECRET),
    segment(0xFE, SECRET),
    segment(0xDC, b"\x00\x28" + SECRET),
    b"\xff\xff" + segment(0xEB, SECRET),
]


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"restart_marker_blocks": 2}, {"icc_profile": SECRET * 999}, {"quality": 9}]
)
def test_no_metadata_of_a_jpeg_is_kept(mode: str, options: dict[str, object]) -> None:
    plain = saved(pattern(mode), "JPEG", **options)
    thumbnail = plain.replace(plain[2:20], segment(0xE0, plain[6:18] + b"\x03\x04" + SECRET[:36].ljust(36)), 1)
    data = thumbnail[:2] + b"".join(JPEG_METADATA) + thumbnail[2:-2] + segment(0xFE, SECRET) + b"\xff\xd9" + SECRET
    shown = prepare_picture(data)
    assert SECRET[:20] not in shown.data
    assert same_pixels(shown.data, data)
    assert "icc_profile" not in Image.open(io.BytesIO(shown.data)).info


def test_a_jpeg_with_bytes_between_its_segments_is_encoded_anew() -> None:
    plain = saved(pattern("RGB"), "JPEG")
    shown = prepare_picture(plain[:20] + SECRET + plain[20:])
    assert SECRET not in shown.data
    assert (shown.media_type, shown.width, shown.height) == ("image/jpeg", 64, 40)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_no_metadata_of_a_png_is_kept(mode: str) -> None:
    plain = saved(pattern(mode), "PNG", dpi=(96, 96))
    extra = [chunk(kind, SECRET) for kind in (b"eXIf", b"tEXt", b"prVt", b"caBX", b"sPLT")]
    extra.append(chunk(b"iCCP", b"profile\x00\x00" + zlib.compress(SECRET)))
    colours = chunk(b"gAMA", struct.pack(">I", 45455))
    assert prepare_picture(plain).data == plain
    shown = prepare_picture(plain[:33] + b"".join(extra) + colours + plain[33:] + SECRET)
    assert SECRET not in shown.data
    assert shown.data == plain[:33] + colours + plain[33:]


@pytest.mark.parametrize("kind", [b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"tRNS"])
def test_a_png_chunk_longer_than_its_fields_is_left_out(kind: bytes) -> None:
    plain = saved(pattern("RGB"), "PNG")
    assert strip_png(plain[:33] + chunk(kind, (SECRET * 9)[:300]) + plain[33:]) == plain


def test_the_palette_of_a_png_that_does_not_use_it_is_left_out() -> None:
    plain = saved(pattern("RGB"), "PNG")
    assert strip_png(plain[:33] + chunk(b"PLTE", (SECRET * 9)[:300]) + plain[33:]) == plain


def test_an_animated_png_keeps_its_frames() -> None:
    images = [pattern("RGB"), pattern("RGB").transpose(Image.Transpose.ROTATE_180)]
    data = saved(images[0], "PNG", save_all=True, append_images=images[1:], duration=100)
    assert same_pixels(prepare_picture(data).data, data)
    assert len(frames(prepare_picture(data).data)) == 2


def blocks(content: bytes) -> bytes:
    return bytes([len(content)]) + content + b"\x00"


GIF_METADATA = [
    b"\x21\xfe" + blocks(SECRET),
    b"\x21\xff\x0bXMP DataXMP" + blocks(SECRET),
    b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x05\x02" + SECRET[:4] + b"\x00",
    b"\x21\xf9\x04\x00\x00\x00\x00\x00\x21\x01\x0c" + SECRET[:12] + blocks(SECRET),
]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("options", [{}, {"transparency": 3}, {"disposal": 2}, {"interlace": True}])
def test_no_metadata_of_a_gif_is_kept(count: int, options: dict[str, object]) -> None:
    images = [pattern("P").rotate(90 * number) for number in range(count)]
    plain = saved(images[0], "GIF", save_all=True, append_images=images[1:], loop=0, duration=90, **options)
    start = 13 + (3 << (plain[10] & 7) + 1)
    data = plain[:start] + b"".join(GIF_METADATA) + plain[start:-1] + GIF_METADATA[0] + b";" + SECRET
    shown = prepare_picture(data)
    assert SECRET[:12] not in shown.data
    assert shown.media_type == "image/gif"
    assert len(frames(shown.data)) == count
    assert same_pixels(shown.data, data)
    assert Image.open(io.BytesIO(shown.data)).info.get("duration") == Image.open(io.BytesIO(plain)).info.get("duration")
    assert count == 1 or b"NETSCAPE2.0\x03\x01\x00\x00\x00" in shown.data


def test_a_gif_with_other_bytes_in_place_of_its_end_is_encoded_anew() -> None:
    plain = saved(pattern("P"), "GIF")
    shown = prepare_picture(plain[:-1] + SECRET)
    assert SECRET not in shown.data
    assert (shown.media_type, shown.width, shown.height) == ("image/jpeg", 64, 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF"])
def test_a_scaled_photo_has_no_metadata(kind: str) -> None:
    image = pattern("RGB", (MAX_SIDE + 8, 40)).convert("P" if kind == "GIF" else "RGB")
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    options: dict[str, object] = {"comment": SECRET} if kind in {"GIF", "JPEG"} else {"exif": exif}
    data = saved(image, kind, **options)
    assert SECRET in data
    assert SECRET not in prepare_picture(data).data


@pytest.mark.slow
def test_a_progressive_jpeg_of_hundreds_of_scans_is_refused_at_once() -> None:
    plain = saved(Image.new("L", (4000, 4000), 99), "JPEG", progressive=True)
    last = plain[plain.rindex(b"\xff\xda") : -2]
    start = time.process_time()
    with pytest.raises(SourceError, match=r"its 4000 × 4000 pixels are in \d+ scans"):
        prepare_picture(plain[:-2] + last * 900 + b"\xff\xd9")
    assert time.process_time() - start < 5  # decoding hundreds of scans takes far longer
    assert prepare_picture(plain).width == MAX_SIDE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_with_damaged_exif_data_is_shown(kind: str) -> None:
    data = saved(pattern("RGB"), kind, exif=b"Exif\x00\x00no TIFF at all")
    assert same_pixels(prepare_picture(data).data, data) or kind == "WEBP"  # WebP is encoded anew
    assert [photo.sha256 for photo in photos(extracted(FIGURE, files={"a.jpg": data}))] != [None]

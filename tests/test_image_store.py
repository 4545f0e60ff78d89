from __future__ import annotations

import io

import pytest
from PIL import Image

from readout_pub import ImageStore, Picture, SourceError
from readout_pub.image_store import MAX_SIDE

GPS = 0x8825
ORIENTATION = 0x0112


def drawn(kind: str, size: tuple[int, int] = (320, 200), mode: str = "RGB", **saved: object) -> bytes:
    image = Image.new(mode, size)
    image.paste(1, (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **saved)
    return out.getvalue()


def photographed(orientation: int = 1) -> bytes:
    """Draw a JPEG that says where it was taken and how the camera was held."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[2] = (48.0, 51.0, 30.0)
    return drawn("JPEG", exif=exif)


def shown(data: bytes) -> Picture:
    album = ImageStore()
    return album.picture(album.add(lambda: data))


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def test_an_album_gives_back_the_bytes_as_they_came() -> None:
    data = photographed()
    album = ImageStore()
    assert album.read(album.add(lambda: data)) == data


def test_the_place_where_a_photo_was_taken_is_not_passed_on() -> None:
    data = photographed()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(GPS)
    assert not opened(shown(data)).getexif()


@pytest.mark.parametrize(
    "data", [drawn("JPEG"), drawn("JPEG", progressive=True), drawn("JPEG", restart_marker_blocks=2)]
)
def test_what_follows_the_end_of_a_photo_is_not_passed_on(data: bytes) -> None:
    with_preview = shown(data + photographed())
    assert with_preview.data == shown(data).data
    assert opened(with_preview).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_a_photo_that_needs_nothing_keeps_its_own_pixels() -> None:
    data = photographed()
    before, after = Image.open(io.BytesIO(data)), opened(shown(data))
    assert after.tobytes() == before.tobytes()
    assert after.info.get("quality") == before.info.get("quality")


def test_a_photo_stands_as_the_camera_was_held() -> None:
    picture = shown(photographed(orientation=6))
    assert (picture.width, picture.height) == (200, 320)
    assert opened(picture).size == (200, 320)
    assert opened(picture).getexif().get(ORIENTATION, 1) == 1


def test_a_large_photo_is_scaled_to_what_paper_can_show() -> None:
    picture = shown(drawn("JPEG", (4000, 3000)))
    assert (picture.width, picture.height, picture.scaled_from) == (MAX_SIDE, MAX_SIDE * 3 // 4, 4000)
    assert opened(picture).size == (picture.width, picture.height)


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "TIFF", "AVIF"])
def test_a_format_that_readers_cannot_show_becomes_a_jpeg(kind: str) -> None:
    picture = shown(drawn(kind))
    assert (picture.media_type, picture.suffix) == ("image/jpeg", ".jpg")
    assert opened(picture).format == "JPEG"


def test_what_can_be_seen_through_stays_so_as_a_png() -> None:
    picture = shown(drawn("WEBP", mode="RGBA"))
    assert (picture.media_type, opened(picture).mode) == ("image/png", "RGBA")


def test_a_photo_in_the_colours_of_printers_is_turned_to_those_of_screens() -> None:
    assert opened(shown(drawn("JPEG", mode="CMYK"))).mode == "RGB"


@pytest.mark.parametrize("side", [4, MAX_SIDE + 1])
def test_grey_of_sixteen_bits_keeps_its_shades_in_eight(side: int) -> None:
    data = io.BytesIO()
    Image.new("I;16", (side, 4), 0x8000).save(data, "PNG")
    image = opened(shown(data.getvalue()))
    assert (image.mode, image.getpixel((0, 0))) == ("L", 0x80)


def test_the_texts_hidden_in_a_png_are_cut_out_and_its_pixels_stay() -> None:
    from PIL.PngImagePlugin import PngInfo

    hidden = PngInfo()
    hidden.add_text("Comment", "taken at the back door")
    data = drawn("PNG", pnginfo=hidden)
    picture = shown(data)
    assert b"back door" in data
    assert b"back door" not in picture.data
    assert opened(picture).tobytes() == Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("data", [b"", b"no picture", drawn("JPEG")[:200]])
def test_bytes_that_are_no_whole_picture_are_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"."):
        shown(data)


class Drawer:
    """A shelf that also counts what is asked of it."""

    def __init__(self) -> None:
        self.pictures: dict[str, Picture] = {}
        self.asked: list[str] = []

    def get(self, digest: str) -> Picture | None:
        self.asked.append(digest)
        return self.pictures.get(digest)

    def put(self, digest: str, picture: Picture) -> None:
        self.pictures[digest] = picture


def test_with_a_shelf_a_photo_is_prepared_once_for_all_albums() -> None:
    shelf, large = Drawer(), drawn("JPEG", (MAX_SIDE + 400, 300))
    first, second = ImageStore(), ImageStore()
    first.cache = second.cache = shelf
    shown = first.picture(first.add(lambda: large))
    digest = second.add(iter([large]).__next__)  # it can be read once, to know its digest, and no more
    assert second.picture(digest) == second.picture(digest) == shown
    assert shown.scaled_from == MAX_SIDE + 400
    assert shelf.asked == [digest, digest]

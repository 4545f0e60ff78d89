"""How the image store prepares photos for outputs: their pixels, formats and metadata."""

from __future__ import annotations

import io
import pickle
import zlib

import pytest
from PIL import Image, ImageCms, ImageFile

from readout_pub import ImageStore, Picture, SourceError
from readout_pub.image_store import MAX_SIDE, NOT_AN_IMAGE, open_image

GPS = 0x8825
ORIENTATION = 0x0112


def image_file(kind: str, size: tuple[int, int] = (320, 200), mode: str = "RGB", **saved: object) -> bytes:
    image = Image.new(mode, size)
    image.paste(1, (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **saved)
    return out.getvalue()


def photographed(orientation: int = 1) -> bytes:
    """Return a JPEG with location and EXIF orientation."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[2] = (48.0, 51.0, 30.0)
    return image_file("JPEG", exif=exif)


def shown(data: bytes) -> Picture:
    images = ImageStore()
    return images.picture(images.add(lambda: data))


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def test_the_image_store_returns_the_original_bytes() -> None:
    data = photographed()
    images = ImageStore()
    assert images.read(images.add(lambda: data)) == data


def test_a_pickled_image_store_has_the_original_bytes() -> None:
    data = photographed()
    images = ImageStore()
    digest = images.add(lambda: data)
    copy = pickle.loads(pickle.dumps(images))  # noqa: S301 - pickled in the same line
    assert copy.read(digest) == data
    assert copy.picture(digest) == images.picture(digest)


def test_the_location_of_a_photo_is_removed() -> None:
    data = photographed()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(GPS)
    assert not opened(shown(data)).getexif()


@pytest.mark.parametrize(
    "data", [image_file("JPEG"), image_file("JPEG", progressive=True), image_file("JPEG", restart_marker_blocks=2)]
)
def test_data_after_the_end_of_a_photo_is_removed(data: bytes) -> None:
    with_preview = shown(data + photographed())
    assert with_preview.data == shown(data).data
    assert opened(with_preview).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_a_photo_that_is_neither_scaled_nor_rotated_keeps_its_pixels() -> None:
    data = photographed()
    assert opened(shown(data)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_a_photo_is_rotated_by_its_exif_orientation() -> None:
    picture = shown(photographed(orientation=6))
    assert (picture.width, picture.height) == (200, 320)
    assert opened(picture).size == (200, 320)
    assert opened(picture).getexif().get(ORIENTATION, 1) == 1


@pytest.mark.slow
def test_a_large_photo_is_scaled_down() -> None:
    picture = shown(image_file("JPEG", (4000, 3000)))
    assert (picture.width, picture.height, picture.scaled_from) == (MAX_SIDE, MAX_SIDE * 3 // 4, 4000)
    assert opened(picture).size == (picture.width, picture.height)


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "TIFF", "AVIF"])
def test_a_format_that_readers_cannot_show_becomes_a_jpeg(kind: str) -> None:
    picture = shown(image_file(kind))
    assert (picture.media_type, picture.suffix) == ("image/jpeg", ".jpg")
    assert opened(picture).format == "JPEG"


def test_a_transparent_photo_becomes_a_png() -> None:
    picture = shown(image_file("WEBP", mode="RGBA"))
    assert (picture.media_type, opened(picture).mode) == ("image/png", "RGBA")


def test_a_cmyk_photo_is_converted_to_rgb() -> None:
    assert opened(shown(image_file("JPEG", mode="CMYK"))).mode == "RGB"


@pytest.mark.parametrize("side", [4, MAX_SIDE + 1])
def test_sixteen_bit_grey_keeps_its_shades_in_eight_bits(side: int) -> None:
    data = io.BytesIO()
    Image.new("I;16", (side, 4), 0x8000).save(data, "PNG")
    image = opened(shown(data.getvalue()))
    assert (image.mode, image.getpixel((0, 0))) == ("L", 0x80)


def test_png_metadata_is_removed_and_pixels_are_kept() -> None:
    from PIL.PngImagePlugin import PngInfo

    hidden = PngInfo()
    hidden.add_text("Comment", "taken at the back door")
    data = image_file("PNG", pnginfo=hidden)
    picture = shown(data)
    assert b"back door" in data
    assert b"back door" not in picture.data
    assert opened(picture).tobytes() == Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", NOT_AN_IMAGE), (b"no picture", NOT_AN_IMAGE), (image_file("JPEG")[:200], "Truncated File Read")],
)
def test_damaged_images_are_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as error:
        shown(data)
    assert error.value.what == reason


def test_a_photo_with_too_many_pixels_is_not_called_damaged() -> None:
    size = (200_000).to_bytes(4) * 2
    data = image_file("PNG")
    start = data.index(b"IHDR")
    header = b"IHDR" + size + data[start + 12 : start + 17]
    large = data[:start] + header + zlib.crc32(header).to_bytes(4) + data[start + 21 :]
    with pytest.raises(SourceError, match="it has more than 100,000,000 pixels"), open_image(large):
        pass


class CountingCache:
    """A cache that also records which photos were requested."""

    def __init__(self) -> None:
        self.pictures: dict[str, Picture] = {}
        self.asked: list[str] = []

    def get(self, digest: str) -> Picture | None:
        self.asked.append(digest)
        return self.pictures.get(digest)

    def put(self, digest: str, picture: Picture) -> None:
        self.pictures[digest] = picture


def test_with_a_cache_a_photo_is_prepared_once_for_all_image_stores() -> None:
    cache, large = CountingCache(), image_file("JPEG", (MAX_SIDE + 400, 300))
    first, second = ImageStore(), ImageStore()
    first.cache = second.cache = cache
    shown = first.picture(first.add(lambda: large))
    digest = second.add(iter([large]).__next__)  # a photo that can be read only once, to compute its digest
    assert second.picture(digest) == second.picture(digest) == shown
    assert shown.scaled_from == MAX_SIDE + 400
    assert cache.asked == [digest, digest]


def swapped_profile() -> bytes:
    """Make a colour profile in which red and green are swapped, so that its red is the green of sRGB."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"****").replace(b"gXYZ", b"rXYZ").replace(b"****", b"gXYZ")
    return swapped.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))


@pytest.mark.parametrize("side", [100, MAX_SIDE + 400])
@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("TIFF", "RGB"), ("PNG", "P")]
)
def test_colours_of_another_profile_are_converted_to_srgb(kind: str, mode: str, side: int) -> None:
    out = io.BytesIO()
    Image.new("RGB", (side, 50), "red").convert(mode).save(out, kind, icc_profile=swapped_profile())
    copy = opened(shown(out.getvalue()))
    red, green, blue = copy.convert("RGB").resize((1, 1)).tobytes()
    assert max(red, blue) < 20
    assert green > 235
    assert "icc_profile" not in copy.info


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("profile", [b"damaged", swapped_profile()[:300], swapped_profile()])
def test_a_photo_with_an_invalid_or_unsuitable_colour_profile_is_shown(profile: bytes, mode: str) -> None:
    data = image_file("JPEG", (MAX_SIDE + 400, 50), mode, icc_profile=profile)
    assert opened(shown(data)).size[0] == MAX_SIDE


def test_a_photo_in_srgb_loses_only_its_colour_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert shown(image_file("JPEG", icc_profile=profile)).data == image_file("JPEG")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_truncated_photo_is_refused_after_weasyprint_is_imported(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # WeasyPrint sets this for the whole process
    whole = io.BytesIO()
    Image.effect_noise((320, 200), 50).save(whole, kind)
    with pytest.raises(SourceError, match="truncated"):
        shown(whole.getvalue()[:-9000])
    assert ImageFile.LOAD_TRUNCATED_IMAGES

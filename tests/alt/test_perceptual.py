"""Copies of a photo have nearly equal perceptual hashes; different photos do not."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from PIL import Image, ImageDraw

from readout_pub.alt import perceptual
from readout_pub.alt.perceptual import are_similar, hash_bits, hash_of_picture, perceptual_hash
from readout_pub.errors import SourceError
from tests.pages import jpeg, scene


def copy(picture: bytes, width: int, quality: int) -> bytes:
    """Return a picture in another size and encoding: WebP if `quality` is 70, else JPEG."""
    with Image.open(io.BytesIO(picture)) as image:
        resized = image.resize((width, round(image.height * width / image.width)))
    out = io.BytesIO()
    resized.save(out, "WEBP" if quality == 70 else "JPEG", quality=quality)
    return out.getvalue()


def hash_of(picture: bytes) -> int:
    found = hash_bits(perceptual_hash(lambda: picture))
    assert found is not None
    return found


@pytest.mark.parametrize(("width", "quality"), [(400, 85), (160, 60), (200, 70), (80, 30)])
def test_copies_are_recognised(width: int, quality: int) -> None:
    for number in range(5):
        assert are_similar(hash_of(scene(number)), hash_of(copy(scene(number), width, quality)))


@pytest.mark.parametrize("part", [(8, 5, 312, 195), (16, 0, 320, 200), (0, 0, 320, 190)])
def test_most_copies_that_are_cut_by_5_percent_are_recognised(part: tuple[int, int, int, int]) -> None:
    recognised = 0
    for number in range(10):
        out = io.BytesIO()
        with Image.open(io.BytesIO(scene(number))) as image:
            image.crop(part).save(out, "JPEG", quality=75)
        recognised += are_similar(hash_of(scene(number)), hash_of(out.getvalue()))
    assert recognised >= 8


def test_most_copies_with_a_name_in_the_corner_are_recognised() -> None:
    recognised = 0
    for number in range(10):
        out = io.BytesIO()
        with Image.open(io.BytesIO(scene(number))) as image:
            ImageDraw.Draw(image).text((235, 180), "PRESS OFFICE", fill="white")
            image.save(out, "JPEG", quality=75)
        recognised += are_similar(hash_of(scene(number)), hash_of(out.getvalue()))
    assert recognised >= 8


def test_different_photos_are_not_similar() -> None:
    hashes = [hash_of(scene(number)) for number in range(8)]
    assert not any(are_similar(first, second) for first, second in combinations(hashes, 2))


def test_an_unreadable_file_or_a_picture_of_one_colour_has_no_hash() -> None:
    def unreadable() -> bytes:
        raise SourceError("damaged")

    assert perceptual_hash(lambda: b"GIF89a") is None
    assert perceptual_hash(unreadable) is None
    assert perceptual_hash(jpeg) is None  # one colour


def test_without_imagehash_there_is_no_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perceptual, "find_spec", lambda _: None)
    assert perceptual_hash(lambda: scene(1)) is None


def test_an_invalid_hash_has_no_bits() -> None:
    assert hash_bits("no hash") is None


def test_a_picture_is_hashed_once() -> None:
    picture, reads = scene(11), []

    def read() -> bytes:
        reads.append(1)
        return picture

    assert hash_of_picture("a picture of its own", read) == hash_of_picture("a picture of its own", read)
    assert len(reads) == 1

"""The photos of one rendition, and what is to be said of those that are not shown as they are."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from readout_pub.emit.pictures import PictureLoader
from readout_pub.image_store import ImageStore
from readout_pub.model import Photo
from readout_pub.notes import Note


def png(width: int, height: int) -> bytes:
    data = BytesIO()
    Image.new("1", (width, height)).save(data, "PNG")
    return data.getvalue()


def test_a_photo_that_is_known_to_be_missing_needs_no_second_note() -> None:
    pictures = PictureLoader(ImageStore())
    assert pictures.load(Photo("a.jpg")) is None
    assert pictures.notes == ()


def test_a_photo_whose_bytes_the_album_has_lost_is_noted() -> None:
    pictures = PictureLoader(ImageStore())
    assert pictures.load(Photo("a.jpg", sha256="11" * 32)) is None
    assert pictures.notes == (
        Note("PHOTO_FILE_MISSING", "warning", "the file of photo 'a.jpg' is missing; its texts are shown instead"),
    )


def test_a_photo_that_was_scaled_is_noted_once_however_often_it_is_shown() -> None:
    album = ImageStore()
    photo = Photo("a.png", sha256=album.add(lambda: png(3200, 2)))
    pictures = PictureLoader(album)
    pictures.load(photo)
    picture = pictures.load(photo)
    assert picture is not None
    assert picture.width == 1600
    assert pictures.notes == (
        Note(
            "PHOTO_SCALED",
            "note",
            "photo 'a.png' was scaled down: its longest side had 3200 pixels, now 1600",
        ),
    )


def test_bytes_that_are_no_picture_are_noted_with_the_reason() -> None:
    album = ImageStore()
    pictures = PictureLoader(album)
    assert pictures.load(Photo("a.png", sha256=album.add(lambda: b"text"))) is None
    assert [(note.code, note.severity) for note in pictures.notes] == [("PHOTO_UNREADABLE", "warning")]
    assert "'a.png'" in pictures.notes[0].message

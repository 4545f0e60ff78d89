"""Loading the photos of a rendition, with notes on those scaled or not shown."""

from __future__ import annotations

import importlib
import time
from io import BytesIO

import pytest
from PIL import Image

from readout_pub.emit import RenderOptions, emit
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pictures import PictureLoader, gather_missing_photos, missing_photo_texts
from readout_pub.image_store import ImageStore
from readout_pub.model import Described, Figure, LineBreak, Origin, Photo, Readout, plain_text
from readout_pub.notes import Note
from readout_pub.receipts import prove_rendition


def png(width: int, height: int) -> bytes:
    data = BytesIO()
    Image.new("1", (width, height)).save(data, "PNG")
    return data.getvalue()


def test_a_photo_known_to_be_missing_is_not_noted_again() -> None:
    pictures = PictureLoader(ImageStore())
    assert pictures.load(Photo("a.jpg")) is None
    assert pictures.notes == ()


def test_a_photo_missing_from_the_store_is_noted() -> None:
    pictures = PictureLoader(ImageStore())
    assert pictures.load(Photo("a.jpg", sha256="11" * 32)) is None
    assert pictures.notes == (
        Note("PHOTO_FILE_MISSING", "warning", "the file of photo 'a.jpg' is missing; its texts are shown instead"),
    )


def test_a_scaled_photo_is_noted_once() -> None:
    images = ImageStore()
    photo = Photo("a.png", sha256=images.add(lambda: png(3200, 2)))
    pictures = PictureLoader(images)
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


@pytest.mark.parametrize(
    ("repeated", "shown"), [(True, [True, True, False, False]), (False, [True, True, True, False])]
)
def test_photos_over_the_limit_of_bytes_are_left_out_and_noted(
    repeated: bool,  # noqa: FBT001
    shown: list[bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    images = ImageStore()
    one, other = png(30, 30), png(31, 30)
    names = [("a.png", one), ("b.png", one), ("c.png", one), ("d.png", other)]
    photos = [Photo(name, sha256=images.add(lambda data=data: data)) for name, data in names]  # type: ignore[misc]
    module = importlib.import_module("readout_pub.emit.pictures")
    monkeypatch.setattr(module, "MAX_PHOTO_BYTES", 2 * len(one) if repeated else len(one))
    pictures = PictureLoader(images, repeated=repeated)
    assert [pictures.load(photo) is not None for photo in photos] == shown
    assert [note.code for note in pictures.notes] == ["PHOTO_LEFT_OUT"] * shown.count(False)


def test_unreadable_bytes_are_noted_with_the_name_of_the_photo() -> None:
    images = ImageStore()
    pictures = PictureLoader(images)
    assert pictures.load(Photo("a.png", sha256=images.add(lambda: b"text"))) is None
    assert [(note.code, note.severity) for note in pictures.notes] == [("PHOTO_UNREADABLE", "warning")]
    assert "'a.png'" in pictures.notes[0].message


NEVER_FOUND = [
    Figure(photos=(Photo(f"{name}.jpg", Described(f"View of the {name}")),), caption=(f"The {name}",))
    for name in ("harbour", "palace")
]


@pytest.mark.parametrize("target", ["html", "epub", "pdf", "docx", "odt", "md"])
def test_consecutive_photos_that_were_never_found_share_one_message(target: str) -> None:
    readout = Readout(language="en", title=("Talks",), body=tuple(NEVER_FOUND), origin=Origin("talks.html", "00" * 32))
    rendition = emit(readout, ImageStore(), target)
    receipt = prove_rendition(readout, ImageStore(), rendition, RenderOptions())
    assert receipt.differences == ()
    assert {part.what: part.words for part in receipt.added}["message"] == len("2 photos not available".split())


def test_thousands_of_photos_that_were_never_found_are_gathered_in_seconds() -> None:
    before = time.process_time()
    (figure,) = gather_missing_photos(tuple(NEVER_FOUND) * 10_000)
    assert time.process_time() - before < 5
    assert isinstance(figure, Figure)
    assert len(figure.photos) == 20_000
    assert plain_text(figure.caption).splitlines()[-2:] == ["The harbour", "The palace"]


@pytest.mark.slow
def test_comparing_texts_of_thousands_of_photos_with_captions_takes_seconds() -> None:
    photos = tuple(Photo(f"{number}.jpg", Described(f"View {number}  of the harbour")) for number in range(20_000))
    lines = (part for number in range(20_000) for part in (LineBreak(), f"View {number} of the harbours"))
    caption = (*lines, LineBreak(), "View 7 of the harbour, Photo: Ministry")
    before = time.process_time()
    _, texts = missing_photo_texts(photos, Figure(photos=photos, caption=caption), messages_for("en"))
    assert time.process_time() - before < 5
    assert len(texts) == len(photos) - 1
    assert "View 7  of the harbour" not in texts


def test_an_alternative_text_equal_to_the_caption_is_shown_once() -> None:
    figure = Figure(photos=(Photo("a.jpg", Described("The palace")),) * 2, caption=("The palace",))
    readout = Readout(language="en", title=("Talks",), body=(figure,), origin=Origin("talks.html", "00" * 32))
    page = emit(readout, ImageStore(), "html").data.decode()
    body = page.partition("<main")[2].partition("<footer")[0]
    assert body.count("The palace") == 1

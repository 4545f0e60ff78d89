"""The alternative text of each photo: a person's, else the source's, else its caption, else none."""

from __future__ import annotations

import pytest

from readout_pub import Note, Readout, describe
from readout_pub.model import Alt, Decorative, Described, Figure, Missing, Origin, Photo, photos


def page(alt: Alt, caption: str = "", src: str = "img/a%20b.jpg") -> Readout:
    """Return a readout of one photo with this alternative text and caption."""
    figure = Figure((Photo(src, alt),), caption=(caption,) if caption else ())
    return Readout(language="en", body=(figure,), origin=Origin("page.html", "0" * 64), title=("Talks",))


def alt_of(readout: Readout) -> Alt:
    (photo,) = photos(readout)
    return photo.alt


# --- whose text is used


@pytest.mark.parametrize(
    "found", [Described("Two men"), Described("photo"), Decorative(), Missing(), Described("Men", by="model")]
)
def test_a_text_given_by_a_person_wins(found: Alt) -> None:
    described = describe(page(found, "The Ministers"), {"a b.jpg": "Two ministers shaking hands"})
    assert alt_of(described) == Described("Two ministers shaking hands", by="person", reviewed=True)
    assert described.notes == ()


def test_a_meaningful_text_of_the_source_is_kept_beside_a_caption() -> None:
    readout = page(Described("Two men on a quay"), "The Ministers")
    assert describe(readout) == readout


@pytest.mark.parametrize(
    "decided",
    [Decorative(), Described("photo", by="person"), Described("photo", by="model"), Described("x", by="caption")],
)
def test_decisions_by_persons_stay(decided: Alt) -> None:
    readout = page(decided, "The Ministers")
    assert describe(readout) == readout


def test_a_caption_replaces_a_meaningless_text_with_a_note() -> None:
    described = describe(page(Described("photo1"), "The two\n Ministers"))
    assert alt_of(described) == Described("The two Ministers", by="caption")
    assert described.notes == (
        Note(
            "ALT_FROM_CAPTION",
            "note",
            "the alt text 'photo1' of photo 'a b.jpg' describes nothing; its caption is used instead",
        ),
    )


def test_a_caption_replaces_a_missing_text() -> None:
    described = describe(page(Missing(), "The Ministers"))
    assert alt_of(described) == Described("The Ministers", by="caption")
    assert [note.code for note in described.notes] == ["ALT_FROM_CAPTION"]


@pytest.mark.parametrize("found", [Missing(), Described("photo1")])
def test_without_a_caption_a_meaningless_text_counts_as_missing(found: Alt) -> None:
    described = describe(page(found))
    assert alt_of(described) == Missing()
    assert [(note.code, note.severity) for note in described.notes] == [("ALT_MISSING", "warning")]


def test_a_shared_caption_replaces_the_text_of_each_photo() -> None:
    figure = Figure((Photo("a.jpg"), Photo("b.jpg", Described("Two nets")), Photo("c.jpg")), caption=("Talks",))
    readout = Readout(language="en", body=(figure,), origin=Origin("page.html", "0" * 64))
    caption = Described("Talks", by="caption")
    assert [photo.alt for photo in photos(describe(readout))] == [caption, Described("Two nets"), caption]


def test_an_unused_name_in_the_alt_file_is_noted() -> None:
    described = describe(page(Described("Two men")), {"c.jpg": "Two women"})
    assert described.notes == (
        Note("ALT_UNUSED", "warning", "the alt file lists 'c.jpg', but no photo on this page has that file name"),
    )


@pytest.mark.parametrize(
    "src", ["a b.jpg", "a%20b.jpg", "/img/a%20b.jpg?size=2#top", "https://atlantis.example/img/a%20b.jpg"]
)
def test_a_file_name_is_the_last_segment_of_the_url(src: str) -> None:
    described = describe(page(Missing(), src=src), {"a b.jpg": "Two men"})
    assert alt_of(described) == Described("Two men", by="person", reviewed=True)


# --- meaningless texts


@pytest.mark.parametrize(
    "text",
    [
        *("photo", "Photo 1", "photo2", "PHOTO", "(Photo)", "[image]", "the picture", "an image", "img_3", "Image: 12"),
        *("photograph", "Foto", "Bild 4", "imagen", "immagine", "imagem 2", "фото", "изображение 1"),
        *("写真", "写真１", "（写真）", "画像", "図2", "照片", "图片", "사진", "이미지 3", "صورة"),
        *("a b.jpg", "A B.JPG", "a b", "IMG_1234.JPG", "000461234.png", "DSC_0042", "IMG-20310501", "P1010001"),
        *("...", "-", "*", "＿"),
    ],
)
def test_meaningless_texts_are_recognised_in_many_languages(text: str) -> None:
    assert alt_of(describe(page(Described(text), "The Ministers"))) == Described("The Ministers", by="caption")


@pytest.mark.parametrize(
    "text",
    [
        "Photo of the two Ministers",
        "Photographers at the harbour",
        "Picture gallery of Atlantis",
        "両大臣の写真",
        "図書館の前に立つ両大臣",
        "Group photo",
        "P",
        "2031",
        "(Photo) The Ministers standing side by side",
    ],
)
def test_a_meaningful_text_is_kept(text: str) -> None:
    assert alt_of(describe(page(Described(text), "The Ministers"))) == Described(text)


# --- idempotence


@pytest.mark.parametrize("found", [Described("Two men"), Decorative(), Missing()])
@pytest.mark.parametrize("caption", ["", "The Ministers"])
def test_describing_is_idempotent(found: Alt, caption: str) -> None:
    once = describe(page(found, caption), {"a b.jpg": "Two men"})
    assert describe(once, {"a b.jpg": "Two men"}) == once
    once = describe(page(found, caption))
    assert describe(once) == once


@pytest.mark.parametrize("caption", ["", "The quay"])
def test_a_meaningless_alt_is_noted_once(caption: str) -> None:
    given = {"nowhere.jpg": "A quay"}
    once = describe(page(Described("photo1"), caption), given)
    assert describe(once, given) == once

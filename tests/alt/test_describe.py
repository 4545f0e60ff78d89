"""The alternative text of a photo: the text that a person gives, else that of the source, else the caption, or none."""

from __future__ import annotations

import time

import msgspec
import pytest

from readout_pub import AltRefused, Note, PhotoContext, Readout, UsageError, describe
from readout_pub.alt import ALT_POLICIES
from readout_pub.image_store import ImageStore
from readout_pub.model import Alt, AltPolicy, Decorative, Described, Figure, Missing, Origin, Photo, photos
from readout_pub.model.photo import AltBy
from readout_pub.notes import note


def page(alt: Alt, caption: str = "", src: str = "img/a%20b.jpg") -> Readout:
    """Return a readout of one photo with this alternative text and caption."""
    figure = Figure((Photo(src, alt),), caption=(caption,) if caption else ())
    return Readout(language="en", body=(figure,), origin=Origin("page.html", "0" * 64), title=("Talks",))


def alt_of(readout: Readout) -> Alt:
    (photo,) = photos(readout)
    return photo.alt


# --- what a photo without a text gets


@pytest.mark.parametrize("found", [Missing(), Described("photo1"), Described("The talks", by="caption")])
def test_the_policy_decides_what_a_photo_without_a_text_gets(found: Alt) -> None:
    readout = page(found, "The talks")
    assert alt_of(describe(readout)) == Described("The talks", by="caption")
    withheld = describe(readout, policy="placeholder")
    assert alt_of(withheld) == Missing()
    assert withheld.origin.alt_policy == "placeholder"
    assert [each.code for each in withheld.notes] == ["ALT_WITHHELD"]
    assert describe(withheld, policy="placeholder") == withheld
    assert alt_of(describe(withheld)) == Described("The talks", by="caption")
    assert [each.code for each in describe(withheld).notes] == ["ALT_FROM_CAPTION"]
    with pytest.raises(AltRefused, match=r"no alternative text of its own: 'a b.jpg'; decide with"):
        describe(readout, policy="refuse")


@pytest.mark.parametrize(
    "found", [Described("Two men"), Decorative(), Described("The talks", by="caption", reviewed=True)]
)
@pytest.mark.parametrize("policy", ALT_POLICIES)
def test_no_policy_changes_a_text_that_a_photo_has(found: Alt, policy: AltPolicy) -> None:
    assert alt_of(describe(page(found, "The talks"), policy=policy)) == found


@pytest.mark.slow
def test_a_long_caption_of_many_photos_is_judged_in_seconds() -> None:
    caption = "Two ministers shake hands at the quay. " * 2000
    figure = Figure(tuple(Photo(f"{number}.jpg", Missing()) for number in range(2000)), caption=(caption,))
    started = time.process_time()
    describe(Readout(language="en", body=(figure,), origin=Origin("page.html", "0" * 64)))
    assert time.process_time() - started < 15  # judging it anew for each photo takes a minute


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(UsageError, match="'none' is not a policy; write caption, placeholder, refuse"):
        describe(page(Missing()), policy="none")  # type: ignore[arg-type]


# --- whose text is used


@pytest.mark.parametrize(
    "found", [Described("Two men"), Described("photo"), Decorative(), Missing(), Described("Men", by="model")]
)
def test_a_text_given_by_a_person_overrides_all_others(found: Alt) -> None:
    described = describe(page(found, "The Ministers"), {"a b.jpg": "Two ministers shaking hands"})
    assert alt_of(described) == Described("Two ministers shaking hands", by="person")
    assert described.notes == ()


@pytest.mark.parametrize(
    "given",
    [
        Described("Two nets", by="person", name="Nerea Salt", reviewed=True),
        Described("Two nets", by="model", name="a captioner"),
        Described("Two nets", by="model", reviewed=True),
        Decorative(by="model"),
        Decorative(by="person", reviewed=True),
    ],
)
def test_author_and_review_of_a_given_text_are_kept(given: Alt) -> None:
    assert alt_of(describe(page(Described("Two men")), {"a b.jpg": given})) == given


def test_a_person_who_repeats_a_text_does_not_count_as_its_author() -> None:
    readout = page(Described("Two men"))
    assert alt_of(describe(readout, {"a b.jpg": "Two men"})) == Described("Two men")
    reviewed = Described("Two men", by="person", reviewed=True)
    assert alt_of(describe(readout, {"a b.jpg": reviewed})) == Described("Two men", reviewed=True)


def test_a_person_who_repeats_a_meaningless_text_counts_as_its_author() -> None:
    assert alt_of(describe(page(Described("photo1")), {"a b.jpg": "photo1"})) == Described("photo1", by="person")


@pytest.mark.parametrize("text", ["photo", "Photo 1", "a b.jpg", "A B", "---"])
@pytest.mark.parametrize("by", ["person", "model"])
def test_a_meaningless_text_that_a_user_gives_stays_with_a_warning(text: str, by: AltBy) -> None:
    readout = page(Described("Two men"), "The Ministers")
    described = describe(readout, {"a b.jpg": Described(text, by=by)})
    assert alt_of(described) == Described(text, by=by)
    warning = note("ALT_MEANINGLESS", src="a b.jpg", alt=text)
    assert described.notes == (warning,)
    assert describe(described).notes == (warning,)
    assert describe(described, {"a b.jpg": "Two ministers shaking hands"}).notes == ()
    assert [each.code for each in describe(described, {"a b.jpg": Missing()}).notes] == ["ALT_FROM_CAPTION"]


def test_a_photo_whose_text_a_user_removes_gets_its_caption() -> None:
    described = describe(page(Described("Two men"), "The Ministers"), {"a b.jpg": Missing()})
    assert alt_of(described) == Described("The Ministers", by="caption")
    assert [note.code for note in described.notes] == ["ALT_FROM_CAPTION"]


@pytest.mark.parametrize("empty", ["", " ", Described("", by="person")])
def test_an_empty_text_is_refused(empty: str | Alt) -> None:
    with pytest.raises(UsageError, match=r"of 'a b.jpg' is empty; give a text, or Decorative\(\)"):
        describe(page(Missing()), {"a b.jpg": empty})


# --- a function that gives texts


def test_a_function_gets_each_photo_with_its_context() -> None:
    images = ImageStore()
    digest = images.add(lambda: b"the bytes")
    figure = Figure((Photo("a.jpg", Described("One"), digest), Photo("b.jpg")), caption=("Nets",), credit=("By Orm",))
    readout = Readout(language="en", body=(figure,), origin=Origin("page.html", "0" * 64), title=("Talks",))
    asked: list[PhotoContext] = []

    def ask(context: PhotoContext) -> Alt | None:
        asked.append(context)
        return Described("Two nets", by="model", name="a captioner") if context.read_image else None

    first, second = photos(describe(readout, ask, images))
    assert first.alt == Described("Two nets", by="model", name="a captioner")
    assert second.alt == Described("Nets", by="caption")
    assert [(each.photo.src, each.caption, each.credit, each.title, each.language) for each in asked] == [
        ("a.jpg", "Nets", "By Orm", "Talks", "en"),
        ("b.jpg", "Nets", "By Orm", "Talks", "en"),
    ]
    assert asked[0].photo.alt == Described("One")
    assert asked[0].read_image is not None
    assert asked[0].read_image() == b"the bytes"


def test_a_function_has_to_say_who_wrote_its_text() -> None:
    with pytest.raises(UsageError, match=r"of 'img/a%20b.jpg' is of the type str; give Described\(text, by="):
        describe(page(Missing()), lambda _: "Two men")  # type: ignore[arg-type]


def test_a_meaningful_text_of_the_source_is_not_replaced_by_a_caption() -> None:
    readout = page(Described("Two men on a quay"), "The Ministers")
    assert describe(readout) == readout


@pytest.mark.parametrize("decided", [Decorative(), Described("photo", by="person"), Described("photo", by="model")])
def test_a_caption_replaces_neither_decorative_photos_nor_texts_of_persons_or_models(decided: Alt) -> None:
    assert alt_of(describe(page(decided, "The Ministers"))) == decided


def test_a_text_taken_from_an_earlier_caption_stays() -> None:
    earlier = Described("x", by="caption")
    assert alt_of(describe(page(earlier, "The Ministers"))) == earlier


def test_a_caption_replaces_a_meaningless_text_with_a_note() -> None:
    described = describe(page(Described("photo1"), "The two\n Ministers"))
    assert alt_of(described) == Described("The two Ministers", by="caption")
    assert described.notes == (
        Note(
            "ALT_FROM_CAPTION",
            "note",
            "the alternative text 'photo1' of photo 'a b.jpg' describes nothing; its caption is used instead",
        ),
    )


def test_a_caption_replaces_a_missing_text() -> None:
    described = describe(page(Missing(), "The Ministers"))
    assert alt_of(described) == Described("The Ministers", by="caption")
    assert described.notes == (
        Note("ALT_FROM_CAPTION", "note", "photo 'a b.jpg' has no alternative text; its caption is used instead"),
    )


def test_a_note_says_that_a_photo_has_neither_text_nor_caption() -> None:
    (noted,) = describe(page(Missing())).notes
    assert (noted.code, noted.message) == (
        "ALT_MISSING",
        "photo 'a b.jpg' has no alternative text, and there is no caption",
    )


@pytest.mark.parametrize("found", [Missing(), Described("photo1")])
def test_without_a_caption_a_meaningless_text_counts_as_missing(found: Alt) -> None:
    described = describe(page(found))
    assert alt_of(described) == Missing()
    assert [(note.code, note.severity) for note in described.notes] == [("ALT_MISSING", "warning")]


def test_a_function_may_give_both_places_of_a_photo_one_text() -> None:
    body = tuple(Figure((Photo("a.jpg", Described(text)),)) for text in ("Two men", "The quay"))
    readout = Readout(language="en", body=body, origin=Origin("page.html", "0" * 64))
    described = describe(readout, lambda _: Described("The quay", by="model"))
    assert [getattr(photo.alt, "text", "") for photo in photos(described)] == ["The quay", "The quay"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [("Two men", ("Two men", "The quay")), ("The quay", ("Two men", "The quay")), ("A gull", ("A gull", "A gull"))],
)
def test_a_given_text_changes_all_places_unless_one_has_it_already(given: str, expected: tuple[str, str]) -> None:
    body = tuple(Figure((Photo("a.jpg", Described(text)),)) for text in ("Two men", "The quay"))
    described = describe(Readout(language="en", body=body, origin=Origin("page.html", "0" * 64)), {"a.jpg": given})
    assert tuple(getattr(photo.alt, "text", "") for photo in photos(described)) == expected


def test_the_name_of_a_video_does_not_describe_its_poster() -> None:
    described = describe(page(Missing(), "Reef-2031.mp4"))
    assert alt_of(described) == Missing()
    (noted,) = described.notes
    assert noted.code == "ALT_MISSING"
    assert noted.message.endswith("has no alternative text, and its caption 'Reef-2031.mp4' describes nothing")


def test_a_shared_caption_describes_each_photo_without_a_text() -> None:
    figure = Figure((Photo("a.jpg"), Photo("b.jpg", Described("Two nets")), Photo("c.jpg")), caption=("Talks",))
    readout = Readout(language="en", body=(figure,), origin=Origin("page.html", "0" * 64))
    caption = Described("Talks", by="caption")
    assert [photo.alt for photo in photos(describe(readout))] == [caption, Described("Two nets"), caption]


def test_the_note_on_a_name_that_fits_no_photo_lists_the_photos() -> None:
    described = describe(page(Described("Two men")), {"c.jpg": "Two women"})
    assert described.notes == (
        Note(
            "ALT_UNUSED",
            "warning",
            "the alternative text given for 'c.jpg' was not used: "
            "no photo on this page has this name; its photos are 'img/a b.jpg'",
        ),
    )


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


def test_a_text_given_later_removes_the_notes_of_an_earlier_call() -> None:
    first = describe(page(Missing(), "The Ministers"), {"other.jpg": "Nets"})
    assert [note.code for note in first.notes] == ["ALT_FROM_CAPTION", "ALT_UNUSED"]
    second = describe(first, {"a b.jpg": "Two ministers at a table"})
    assert second.notes == ()
    assert alt_of(second) == Described("Two ministers at a table", by="person")


def test_notes_of_other_stages_stay() -> None:
    readout = msgspec.structs.replace(page(Missing()), notes=(note("DATE_MISSING"),))
    described = describe(describe(readout), {"a b.jpg": "Two ministers"})
    assert [each.code for each in described.notes] == ["DATE_MISSING"]


@pytest.mark.parametrize("caption", ["", "The quay"])
def test_describing_a_meaningless_text_again_adds_no_note(caption: str) -> None:
    given = {"nowhere.jpg": "A quay"}
    once = describe(page(Described("photo1"), caption), given)
    assert describe(once, given) == once

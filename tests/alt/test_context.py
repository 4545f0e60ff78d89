"""Photos in context: the sentences around a photo, and the alternative text that the page gives it."""

from __future__ import annotations

import re

from readout_pub.alt import describe
from readout_pub.alt.context import PhotoInContext, photo_id, photos_in_context
from readout_pub.image_store import ImageStore
from readout_pub.model import Described, Missing
from readout_pub.refine import refine
from tests.pages import extracted


def in_context(main: str) -> list[PhotoInContext]:
    found = refine(extracted(main))
    return list(photos_in_context(describe(found), found, ImageStore(), archive="saved", page="talks.html"))


FIGURE = '<figure><img src="quay.jpg" alt="photo1"><figcaption>The talks</figcaption></figure>'


def test_context_has_the_nearest_sentences() -> None:
    (photo,) = in_context(
        f"<p>They met at noon. The talks took place at the quay, with Mr. Thalassa.</p>{FIGURE}"
        "<p>Both sides agreed. They will meet again.</p>"
    )
    assert photo.context == "The talks took place at the quay, with Mr. Thalassa. [photo] Both sides agreed."
    assert (photo.before, photo.after) == (
        "They met at noon. The talks took place at the quay, with Mr. Thalassa.",
        "Both sides agreed. They will meet again.",
    )


def test_japanese_sentences_need_no_spaces() -> None:
    (photo,) = in_context(f"<p>両大臣は会談した。波止場で合意した。</p>{FIGURE}<p>次回は秋である。</p>")
    assert photo.context == "波止場で合意した。 [photo] 次回は秋である。"


def test_long_texts_around_a_photo_are_cut_between_words() -> None:
    (photo,) = in_context(f"<p>{'harbour ' * 60}</p>{FIGURE}<p>{'tide ' * 90}</p>")
    before, after = photo.context.split(" [photo] ")
    assert before.startswith("…harbour ")
    assert after.endswith(" tide…")
    assert len(photo.context) < 420


def test_captions_of_other_photos_are_not_context() -> None:
    first, second = in_context(
        f'<p>They met.</p>{FIGURE}<figure><img src="flag.jpg"><figcaption>A flag</figcaption></figure><p>They ate.</p>'
    )
    assert first.context == second.context == "They met. [photo] They ate."


def test_the_pages_alternative_text_is_kept_beside_the_chosen_one() -> None:
    (photo,) = in_context(FIGURE)
    assert photo.source_alt == Described("photo1")
    assert photo.alt == Described("The talks", by="caption")


def test_a_text_from_the_caption_is_not_the_sources_alternative_text() -> None:
    described = describe(refine(extracted(FIGURE)))
    (photo,) = photos_in_context(described, described, ImageStore(), archive="saved", page="talks.json")
    assert photo.source_alt == Missing()


def test_the_id_of_a_photo_depends_on_its_caption_not_its_surroundings() -> None:
    first, second, third = (
        in_context(f"{before}{figure}")[0].id
        for before, figure in (("<p>They met.</p>", FIGURE), ("", FIGURE), ("", FIGURE.replace("The talks", "Lunch")))
    )
    assert first == second != third


def test_a_photo_shown_twice_with_one_caption_is_yielded_once() -> None:
    other = FIGURE.replace("The talks", "Lunch")
    assert [photo.caption for photo in in_context(FIGURE + other + FIGURE)] == ["The talks", "Lunch"]


def test_no_id_looks_like_a_number_to_spreadsheet_programs() -> None:
    ids = [photo_id(str(number), "talks.html", "") for number in range(5000)]
    assert not [each for each in ids if re.fullmatch(r"\d+(?:e\d+)?|\de\d+", each)]

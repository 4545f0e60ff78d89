"""Each rule of `alt lint`: the texts in which it finds a fault, and the texts that pass."""

from __future__ import annotations

import msgspec
import pytest

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.lint import lint_photo, lint_photos, load_house_rules
from readout_pub.model import Alt, Decorative, Described, Missing

WAI = load_house_rules("wai")


def photo(alt: Alt | str, *, caption: str = "", language: str = "en", file: str = "img/quay.jpg") -> PhotoInContext:
    return PhotoInContext(
        id="0123456789abcdef",
        archive="saved",
        page="talks.html",
        file=file,
        alt=Described(alt) if isinstance(alt, str) else alt,
        title="Visit to Port Linden",
        caption=caption,
        before="On 3 May the minister went to Linden.",
        page_text="Visit to Port Linden. On 3 May the minister went to Linden.",
        language=language,
        site_name="Ministry of Foreign Affairs of Avalon",
    )


def rules(alt: Alt | str, *, caption: str = "", language: str = "en", file: str = "img/quay.jpg") -> list[str]:
    return [found.rule for found in lint_photo(photo(alt, caption=caption, language=language, file=file), WAI)]


@pytest.mark.parametrize("alt", [Missing(), Described("--- "), Described("　")])
def test_a_text_without_letters_is_missing(alt: Alt) -> None:
    assert rules(alt) == ["missing"]


@pytest.mark.parametrize(
    "text",
    [
        "DSC_0042.JPG",
        "IMG 20310503 1012",
        "P1010042 (2)",
        "quay-visit_03",
        "https://avalon.example/img/3",
        "Screenshot 2031-05-03 at 10.12.44",
        "スクリーンショット 2031-05-03 10.12",
        "Harbour graphic FINAL v2",
        "d41d8cd98f00b204e980",
    ],
)
def test_file_names_and_urls_and_hashes_are_found(text: str) -> None:
    assert rules(text) == ["file-name"]


@pytest.mark.parametrize(("text", "found"), [("Nota de prensa", ["generic", "language"]), ("quay.jpg", ["file-name"])])
def test_an_accepted_rule_does_not_hide_further_faults(text: str, found: list[str]) -> None:
    (first, *_) = found
    assert [each.rule for each in lint_photo(photo(text), WAI)] == [first]
    assert [each.rule for each in lint_photo(photo(text), WAI, accepted=(first,))] == found


def test_a_file_name_spelled_out_by_a_cms_is_found() -> None:
    assert rules("Jan riedel 7f3k2qd9 stockpix", file="Jan-riedel-7f3k2qd9-stockpix.7d13.jpg") == ["file-name"]
    assert rules("Plan of the quay-GB", file="plan-of-the-quay-gb.svg") == ["file-name"]
    assert rules("The harbour of Linden", file="the-harbour-of-linden.jpg") == []


@pytest.mark.parametrize("title", ["Visit to Port Linden", ""])
def test_a_text_like_the_file_name_passes_if_the_page_prints_its_number(title: str) -> None:
    hall = msgspec.structs.replace(photo("The ministers in Hall 2", file="the-ministers-in-hall-2.jpg"), title=title)
    assert [found.rule for found in lint_photo(hall, WAI)] == ["file-name"]
    on_page = msgspec.structs.replace(hall, page_text="They met in Hall 2.")
    assert list(lint_photo(on_page, WAI)) == []


@pytest.mark.parametrize(
    "text",
    [
        "photo",
        "Photo 12",
        "(Photo)",
        "The main image",
        "Click to enlarge",
        "写真１",
        "画像をクリックすると拡大します",
        "同上",
    ],
)
def test_words_that_fit_any_photo_are_generic(text: str) -> None:
    assert rules(text) == ["generic"]


@pytest.mark.parametrize("text", ["Port Linden", "G9 Linden 2031", "写真展の会場", "The Blue Room", "2031年の洪水"])
def test_short_texts_that_say_something_pass(text: str) -> None:
    assert rules(text, language="ja" if not text.isascii() else "en") == []


@pytest.mark.parametrize(
    "text",
    [
        "Photo of two ships",
        "A picture showing two ships",
        "This is an image of two ships",
        "(photo) Two ships",
        "Photo: two ships",
        "Two ships (image)",
        "Black and white photo of two ships",
        "Two ships graphic",
    ],
)
def test_words_that_say_that_this_is_an_image_are_found(text: str) -> None:
    assert rules(text) == ["image-phrase"]


@pytest.mark.parametrize(
    "text", ["二隻の船の写真", "二隻の船を見る人の写真。旗もある。", "【写真】二隻の船", "二隻の船（画像）"]
)
def test_japanese_words_that_say_that_this_is_an_image_are_found(text: str) -> None:
    assert rules(text, language="ja") == ["image-phrase"]


@pytest.mark.parametrize(
    "text",
    [
        "A woman holds up a photo of a ship",
        "The crew poses for a photo",
        "Group photo of the crew in front of two ships",
        "Satellite image of the delta",
        "Photographers on the quay",
        "A painting of a ship",
    ],
)
def test_words_such_as_photo_or_painting_may_describe_what_is_shown(text: str) -> None:
    assert rules(text) == []


def test_a_text_in_another_language_than_the_page_is_found() -> None:
    assert rules("港に停泊する二隻の船") == ["language"]
    assert rules("Two ships in the harbour", language="ja") == ["language"]
    assert rules("Zwei Schiffe im Hafen und die Stadt") == ["language"]
    assert rules("Two ships in the harbour", language="de") == ["language"]


@pytest.mark.parametrize(("text", "language"), [("G9 LINDEN 2031", "ja"), ("La Scala", "en"), ("Linden 港の船", "ja")])
def test_names_are_not_text_in_another_language(text: str, language: str) -> None:
    assert rules(text, language=language) == []


def test_no_language_is_judged_on_a_page_of_unknown_language() -> None:
    assert rules("港に停泊する二隻の船", language="und") == []


def test_a_repeated_caption_is_found_unless_a_person_approved_it() -> None:
    caption = "Two ships leave the harbour (1)"
    assert rules("Two ships leave the harbour.", caption=caption) == ["same-as-caption"]
    assert rules(Described(caption, by="caption"), caption=caption) == ["same-as-caption"]
    assert rules(Described(caption, by="caption", reviewed=True), caption=caption) == []


def test_a_caption_that_several_pictures_share_is_found() -> None:
    caption = "Two ships leave the harbour"
    first = photo(Described(caption, by="caption"), caption=caption, file="a.jpg")
    second = msgspec.structs.replace(first, file="b.jpg")
    assert lint_photo(first, WAI, (first, second))[0].rule == "shared-caption"
    assert lint_photo(first, WAI, (first,))[0].rule == "same-as-caption"


def test_a_picture_shown_twice_on_a_page_may_repeat_its_text() -> None:
    first = msgspec.structs.replace(photo("Two ships leave the harbour"), sha256="0" * 64)
    assert [found for _, found in lint_photos([first, first], WAI)] == [(), ()]
    other = msgspec.structs.replace(first, sha256="1" * 64)
    assert [[each.rule for each in found] for _, found in lint_photos([first, other], WAI)] == [["repeated-text"]] * 2


def test_photos_of_two_pages_may_have_the_same_text() -> None:
    first = photo("Two ships leave the harbour", file="a.jpg")
    second = msgspec.structs.replace(first, page="visit.html", file="b.jpg")
    assert [found for _, found in lint_photos([first, second], WAI)] == [(), ()]


def test_a_text_repeating_title_or_text_beside_the_photo_is_found() -> None:
    assert rules("Visit to Port Linden.") == ["same-as-context"]
    assert rules("On 3 May, the minister went to Linden") == ["same-as-context"]
    assert rules("The minister waves from a ship in Port Linden") == []


@pytest.mark.parametrize(
    ("title", "text", "language", "found"),
    [
        ("How the harbour of Linden was rebuilt after the flood", "How the harbour of Linden was rebuilt", "en", True),
        ("How the harbour of Linden was rebuilt", "The harbour of Linden: how rebuilt was", "en", True),
        ("島部外務大臣のリンデン港視察について", "リンデン港視察について", "ja", True),
        ("How the harbour of Linden was rebuilt after the flood", "The harbour of Linden", "en", False),
        ("島部外務大臣のリンデン港視察について", "リンデン港", "ja", False),
        ("Talks with Governor Jan Riedel of Port Linden", "Governor Jan Riedel of Port Linden", "en", False),
    ],
)
def test_most_of_the_title_is_a_repetition_unless_it_names_a_person(
    title: str, text: str, language: str, *, found: bool
) -> None:
    page = msgspec.structs.replace(photo(text, language=language), title=title, page_text=title)
    assert ("same-as-context" in [each.rule for each in lint_photo(page, WAI)]) == found


def test_a_text_that_is_most_of_the_caption_repeats_it() -> None:
    caption = "Pictures of the week: Two ships leave the harbour of Linden"
    assert rules("Two ships leave the harbour of Linden", caption=caption) == ["same-as-caption"]
    assert rules("港を出る二隻の帆船と見送る人々", caption="港を出る二隻の帆船と見送る人々（五月）", language="ja") == [
        "same-as-caption"
    ]
    assert rules("Two ships", caption=caption) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Visit to Port 2", "en"),
        ("Visit to Port Linden 2", "en"),
        ("Visit to Port Linden (photo no. 12)", "en"),
        ("Wednesday, 30 September 2031, 10:30 a.m.", "en"),
        ("Visit to Port Linden banner", "en"),
        ("Visit to Port Linden - teaser", "en"),
        ("boat, quay, sailor, summer, stock", "en"),
        ("hafen boot segel alt linden werft 1858 holz https://www.example.org/the-old-quay", "de"),
        ("Foto aus dem Instagram-Kanal der Werft", "de"),
    ],
)
def test_keywords_and_credits_and_dates_and_numbered_titles_say_nothing(text: str, language: str) -> None:
    assert rules(text, language=language) == ["generic"]


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("Old lamps", "Shop old lamps", "en"),
        ("The harbour of Linden", "Read more about the harbour of Linden", "en"),
        ("Der Hafen von Linden", "Der Hafen von Linden weiterlesen", "de"),
        ("リンデン港の歴史", "リンデン港の歴史を読む", "ja"),
    ],
)
def test_the_title_with_words_such_as_read_more_says_nothing(title: str, text: str, language: str) -> None:
    page = msgspec.structs.replace(photo(text, language=language), title=title, page_text=title)
    assert [each.rule for each in lint_photo(page, WAI)] == ["generic"]
    elsewhere = msgspec.structs.replace(page, title="Another page", page_text="Another page")
    assert "generic" not in [each.rule for each in lint_photo(elsewhere, WAI)]


@pytest.mark.parametrize("text", ["boat, quay, sailor, summer, stockings", "Visit to Pier 2", "Port Linden 2"])
def test_texts_that_resemble_titles_or_keywords_pass(text: str) -> None:
    assert rules(text) == []


def test_a_person_whom_the_page_does_not_name_is_found() -> None:
    assert rules("Minister Korvin waves from a ship") == ["unconfirmed-name"]
    assert rules("Minister Korvin waves from a ship", caption="Arrival of Alena Korvin") == []
    assert rules(Described("Alena Korvin waves from a ship", by="model", name="m")) == ["invented-name"]
    assert rules(Described("手を振る橘大臣", by="model", name="m"), language="ja") == ["invented-name"]
    assert rules("Ships from New Avalon in the Strait of Merle") == []


def test_an_unknown_name_in_a_reviewed_model_text_is_unconfirmed_not_invented() -> None:
    assert rules(Described("Alena Korvin waves from a ship", by="model", reviewed=True)) == ["unconfirmed-name"]


def test_a_decorative_photo_with_a_caption_is_found() -> None:
    assert rules(Decorative(), caption="The crew of the ship") == ["decorative-with-caption"]
    assert rules(Decorative()) == []


def test_the_name_of_the_site_passes_only_within_a_sentence() -> None:
    assert rules("Ministry of Foreign Affairs of Avalon") == ["site-name"]
    assert rules("Two ships in a storm | Ministry of Foreign Affairs of Avalon") == ["site-name-added"]
    assert rules("The minister enters the Ministry of Foreign Affairs of Avalon") == []


def test_a_photo_credit_in_the_text_is_found() -> None:
    assert rules("Two ships in a storm (Photo by J. Riedel)") == ["credit"]
    assert rules("嵐の中の二隻の船（写真提供：アバロン通信）", language="ja") == ["credit"]


def test_a_file_extension_after_a_description_is_found() -> None:
    assert rules("Two ships in a storm.jpg") == ["file-extension"]


def test_a_text_of_three_sentences_is_too_long() -> None:
    assert rules("Two ships pass. Dr. A. Pell waves. A crew member sleeps.") == ["unconfirmed-name", "too-long"]
    assert rules("Two ships pass, and Mr. Pell of the U.S. Navy waves.", caption="Mr. Pell") == []


def test_the_message_on_a_vague_text_lists_every_kind_of_vagueness() -> None:
    (found,) = lint_photo(photo("The Minister"), WAI)
    assert found.message == "The text names only an occasion, a role, or a place and date: The Minister"


def test_a_text_that_has_only_the_name_of_an_occasion_is_vague() -> None:
    assert rules("Working lunch (2)") == ["vague"]
    assert rules("昼食会の様子", language="ja") == ["vague"]


def test_messages_and_advice_are_in_the_language_of_the_editor() -> None:
    english, japanese = (lint_photo(photo("photo 1"), WAI, language=language)[0] for language in ("en", "ja"))
    assert english.message == "The text fits any photo: photo 1"
    assert japanese.message == "どの写真にも当てはまる語だけです：photo 1"
    assert english.what_to_write != japanese.what_to_write
    assert english.citation.url.startswith("https://www.w3.org/")


def test_a_message_quotes_braces_unchanged() -> None:
    assert [found.message for found in lint_photo(photo("photo {0}"), WAI)] == ["The text fits any photo: photo {0}"]


def test_a_persons_name_is_enough_for_a_portrait_on_their_page() -> None:
    page = msgspec.structs.replace(photo("Alena Korvin"), title="Alena Korvin", page_text="Alena Korvin")
    assert lint_photo(page, load_house_rules("govuk-2022")) == ()


def test_a_title_of_capitalized_words_is_no_name_of_a_person() -> None:
    page = msgspec.structs.replace(photo("Linden Sailing Tips"), title="Linden Sailing Tips", page_text="Linden")
    assert [each.rule for each in lint_photo(page, WAI)] == ["same-as-context"]


@pytest.mark.parametrize(
    ("caption", "rule"),
    [
        ("Minister Korvin on the quay", "same-as-person-caption"),
        ("Alena Korvin, the foreign minister, on the quay", "same-as-person-caption"),
        ("Alena Korvin, the envoy of Atlantis", "same-as-person-caption"),
        ("Alena Korvin, envoy", "same-as-person-caption"),
        ("Alena Korvin, the pride of Port Linden", "same-as-caption"),
        ("港に立つ橘大臣", "same-as-person-caption"),
        ("The Northern Star on the quay", "same-as-caption"),
        ("Northern Star leaves Port Linden", "same-as-caption"),
    ],
)
def test_a_caption_names_a_person_only_with_a_role(caption: str, rule: str) -> None:
    language = "en" if caption.isascii() else "ja"
    assert rule in rules(Described(caption, by="caption"), caption=caption, language=language)

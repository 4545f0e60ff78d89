"""The review page and worklists in a real browser: reviewers use the keyboard, and no decision is lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from readout_pub import AltRefused, convert
from readout_pub.alt.decisions import DECISIONS_FILE, Decision, Decisions
from readout_pub.alt.lint import AdviceLanguage, load_house_rules
from readout_pub.alt.photo_table import decision_of, read_photo_table
from readout_pub.alt_review.photos import photos_by_page
from readout_pub.alt_review.review import NewDecision
from readout_pub.alt_review.review_page import write_worklist_page
from readout_pub.alt_review.server import ReviewServer
from readout_pub.alt_review.worklist import list_photos
from tests.alt_review.browsers import Chromium, Page, chromium
from tests.alt_review.pages import CAPTION, write_page
from tests.alt_review.servers import review_of, serving
from tests.validators.findings import report
from tests.validators.registry import VALIDATORS

pytestmark = [pytest.mark.slow, pytest.mark.validators, pytest.mark.xdist_group("chromium")]

TEXT = "A crane lifts a boat out of the harbour"

MAX_OPENING_TIME = 9_000
"""The page of a thousand photos must open in this many milliseconds of processor time: ten times what it takes now."""

MAX_FRAME_TIME = 40
"""Each frame may take this many milliseconds of processor time while scrolling: five times what it takes now."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium() as started:
        yield started


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Four photos that need a decision (the last two show the same picture), and one photo that needs none."""
    folder = tmp_path / "saved"
    write_page(folder, "one.html", {"crane.jpg": None, "buoy.jpg": None, "quay.jpg": "Two ministers at a table"})
    write_page(folder, "two.html", {"flag.jpg": None}, caption=CAPTION)
    write_page(folder, "three.html", {"flag.jpg": None}, caption="The flag of Avalon")
    return folder


@pytest.fixture
def server(archive: Path) -> Iterator[ReviewServer]:
    with serving(archive) as running:
        yield running


def saved(archive: Path) -> dict[str, Decision]:
    """Return the decisions in the file of the archive, by the page and file name of the photo."""
    return {f"{each.page} {each.src}": each for each in Decisions.load(archive / DECISIONS_FILE).decisions}


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds; raise AssertionError after a minute.

    The page shows a decision before the server has saved it. So a test that needs the file waits for the file.
    """
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def introduce(page: Page, name: str = "Mika Sato", label: str = "Your name") -> None:
    """Write the reviewer's name with the keyboard alone, and press Enter, which goes to the first photo."""
    page.press("Tab", "Tab")
    assert page("focus")["label"] == label
    page("type", name)
    page.press("Enter")


def test_a_reviewer_decides_on_all_photos_with_the_keyboard_alone(
    browser: Chromium, server: ReviewServer, archive: Path
) -> None:
    page = browser.open(server.address, "keyboard")
    introduce(page)
    assert page("focus") == {
        "tag": "textarea",
        "label": "Alternative text",
        "photo": "Photo 1, crane.jpg",
        "title": "Talks of one.html",
    }
    page("type", TEXT)
    page.press("Control+Enter")
    assert page("says") == "Described. 1 of 4 decided."
    assert page("focus")["photo"] == "Photo 2, buoy.jpg"
    page.press("Escape", "d")
    assert page("focus")["title"] == "Talks of three.html"
    page.press("Escape", "c")
    assert page("focus")["title"] == "Talks of two.html"
    page.press("Escape", "e")
    assert page("says") == "No other photo needs a decision. 3 of 4 decided, 1 waiting for an expert."
    wait_for(lambda: len(saved(archive)) == 4)
    found = {name: (each.decision, each.alt, each.reviewer) for name, each in saved(archive).items()}
    assert found == {
        "one.html crane.jpg": ("described", TEXT, "Mika Sato"),
        "one.html buoy.jpg": ("decorative", "", "Mika Sato"),
        "three.html flag.jpg": ("caption", "", "Mika Sato"),
        "two.html flag.jpg": ("expert", "", "Mika Sato"),
    }
    assert saved(archive)["one.html crane.jpg"].replaced == ""
    assert page("faults") == []
    assert convert(archive / "one.html", ["html"], release="wai").renditions
    with pytest.raises(AltRefused):
        convert(archive / "two.html", ["html"], release="wai")


def test_all_fields_have_names_and_axe_finds_nothing(browser: Chromium, server: ReviewServer) -> None:
    page = browser.open(server.address, "axe")
    introduce(page)
    page("type", TEXT)
    page.press("Control+Enter")
    tree = page("tree")
    for expected in (
        "textbox Your name",
        "progressbar Decided",
        "combobox Show",
        "article Photo 1, crane.jpg",
        "group Photo 1, crane.jpg Talks of one.html",
        "textbox Alternative text",
        "button Save the text",
        "button The caption is enough here",
        "textbox Reason or question, if any",
        "link Photo 1, large, in a new tab",
    ):
        assert expected in tree
    assert page("axe") == []


def test_a_browser_that_prefers_japanese_gets_the_page_in_japanese(
    browser: Chromium, server: ReviewServer, archive: Path
) -> None:
    page = browser.open(server.address, "Japanese", locale="ja-JP")
    assert page("language") == "ja"
    page("click", "装飾")
    assert page("says") == "先にお名前を書いてください。判断ごとに記録されます。"
    assert page("focus")["label"] == "お名前"
    page("type", "佐藤美香")
    page.press("Enter")
    assert page("focus")["label"] == "代替テキスト"
    assert page("focus")["photo"] == "写真1、crane.jpg"
    page("type", "Photo of a crane")
    page.press("Control+Enter")
    page("until", "説明あり。判断：佐藤美香。画像であることを述べています：Photo of。")
    page.press("Escape", "d", "Escape", "c", "Escape", "e")
    assert page("says") == "判断が必要な写真はほかにありません。4枚中3枚を判断済み、1枚は担当者の確認待ち。"
    page("choose", "担当者の確認待ち")
    assert page("says") == "5枚中1枚を表示しています。"
    page("choose", "すべて")
    wait_for(lambda: len(saved(archive)) == 4)
    assert page("axe") == []
    assert page("faults") == []
    # Only these may have Latin letters: words of the archived pages, file names, names of keys, and the typed text.
    latin = set(re.findall("[A-Za-z]{2,}", page("text")))
    assert latin <= {*words_of(archive), "Ctrl", "Enter", "Esc", "Mac", "Photo", "of"}


def words_of(archive: Path) -> set[str]:
    """Return the words of the pages of an archive, and of their paths."""
    texts = [path.read_text("utf-8") + str(path) for path in archive.glob("*.html")]
    return {"jpg", *(word for text in texts for word in re.findall("[A-Za-z]{2,}", text))}


def test_a_program_error_is_marked_as_english_on_japanese_pages(
    browser: Chromium, server: ReviewServer, archive: Path
) -> None:
    page = browser.open(server.address, "error", locale="ja-JP")
    introduce(page, "美香", "お名前")
    (archive / DECISIONS_FILE).write_text("{}\n", "utf-8")
    page("type", "岸壁のクレーン")
    page.press("Control+Enter")
    page("until", f"{DECISIONS_FILE}, line 1")
    assert page("says").startswith("保存できません：")
    assert page("english").startswith(str(archive))


def test_a_decision_without_name_or_text_is_refused_with_a_reason(
    browser: Chromium, server: ReviewServer, archive: Path
) -> None:
    page = browser.open(server.address, "nameless")
    page("click", "Decorative")
    assert page("says").startswith("Write your name first")
    assert page("focus")["label"] == "Your name"
    page("type", "Mika")
    page("click", "Save the text")
    assert page("says").startswith("Write a text first")
    assert page("focus")["label"] == "Alternative text"
    assert saved(archive) == {}


@pytest.mark.parametrize(
    ("size", "place_of_message"),
    [
        ({"width": "1280", "height": "800"}, "#said"),
        ({"width": "1366", "height": "560"}, "#said"),  # a laptop
        ({"width": "640", "height": "400"}, ".state"),  # the first window, zoomed to 200 %
    ],
)
def test_a_photo_is_visible_together_with_its_field_and_the_message(
    size: dict[str, str], place_of_message: str, browser: Chromium, tmp_path: Path
) -> None:
    folder = tmp_path / "saved"
    for number in range(9):
        write_page(folder, f"{number}.html", {f"{number}.jpg": None})
    with serving(folder) as server:
        page = browser.open(server.address, f"{size['width']} pixels")
        page("resize", size)
        introduce(page)
        for number in range(1, 8):
            page.press("Escape", "n")
            assert page("focus")["photo"].startswith(f"Photo {number + 1}")
            assert page("sees", "textarea")
            assert page("sees", "img")
        page.press("Control+Enter")
        assert page("says") == "Write a text first, or choose one of the other decisions."
        assert "Write a text first" in page("states")[7]
        assert page("sees", place_of_message)
        page("type", "A")
        assert page("says") == ""


def test_the_button_next_photo_leaves_a_photo_undecided(browser: Chromium, server: ReviewServer) -> None:
    page = browser.open(server.address, "passing")
    introduce(page)
    found = [page("focus")["photo"]]
    for _ in range(2):
        page("click", "Next photo")
        found.append(page("focus")["photo"])
    assert found == ["Photo 1, crane.jpg", "Photo 2, buoy.jpg", "Photo 3, flag.jpg"]
    assert page("count") == "0 of 4 decided"


def test_a_text_that_is_being_typed_survives_closing_the_browser(
    browser: Chromium, server: ReviewServer, archive: Path
) -> None:
    page = browser.open(server.address, "closing")
    introduce(page)
    page("type", TEXT)
    page("close")
    again = browser.open(server.address, "closing")
    again("until", "Described. Decided by Mika Sato.")
    assert TEXT in again("texts")
    wait_for(lambda: bool(saved(archive)))
    assert saved(archive)["one.html crane.jpg"].alt == TEXT


def test_decisions_made_while_the_program_is_stopped_arrive_later(browser: Chromium, archive: Path) -> None:
    with serving(archive) as server:
        port = server.server_port
        page = browser.open(server.address, "offline")
        introduce(page)
    page("type", TEXT)
    page.press("Control+Enter")
    page("until", "Not saved: the program does not answer.")
    page("close")
    with serving(archive, port) as server:
        again = browser.open(server.address, "offline")
        again("until", "Described. Decided by Mika Sato.")
        wait_for(lambda: bool(saved(archive)))
    assert saved(archive)["one.html crane.jpg"].alt == TEXT


def test_a_reviewer_sees_the_decision_of_another_and_can_replace_it(
    browser: Chromium, server: ReviewServer, archive: Path
) -> None:
    mika, noor = browser.open(server.address, "Mika"), browser.open(server.address, "Noor")
    introduce(mika, "Mika")
    introduce(noor, "Noor")
    mika("type", TEXT)
    mika.press("Control+Enter")
    mika("until", "Described. Decided by Mika.")
    wait_for(lambda: bool(saved(archive)))
    noor("type", "A yellow crane")
    noor.press("Control+Enter")
    noor("until", "Mika has decided meanwhile")
    assert saved(archive)["one.html crane.jpg"].alt == TEXT
    noor("click", "Take mine")
    noor("until", "Described. Decided by Noor.")
    wait_for(lambda: saved(archive)["one.html crane.jpg"].reviewer == "Noor")
    mika("reload")
    mika("until", "Described. Decided by Noor.")
    decision = saved(archive)["one.html crane.jpg"]
    assert (decision.alt, decision.reviewer, decision.replaced) == ("A yellow crane", "Noor", TEXT)


def test_one_decision_covers_all_places_of_a_picture_only_on_request(
    browser: Chromium, server: ReviewServer, archive: Path
) -> None:
    page = browser.open(server.address, "shared")
    introduce(page)
    page.press("Escape", "n", "Escape", "n")
    assert page("focus")["title"] == "Talks of three.html"
    page("type", "The flag of Avalon over the quay")
    page.press("Control+Enter")
    page("until", "Described. Decided by Mika Sato.")
    wait_for(lambda: bool(saved(archive)))
    assert list(saved(archive)) == ["three.html flag.jpg"]
    page("click", "Use the first decision for all 2 places")
    page("until", "2 of 4 decided")
    wait_for(lambda: len(saved(archive)) == 2)
    assert {each.alt for each in saved(archive).values()} == {"The flag of Avalon over the quay"}


def test_a_text_from_another_place_of_the_picture_is_only_proposed(browser: Chromium, archive: Path) -> None:
    review = review_of(archive)
    (flag,) = (each.photo for each in review.photos() if each.photo.page == "two.html")
    review.decide(NewDecision(id=flag.id, decision="described", alt="The flag over the quay", reviewer="Noor"))
    with serving(archive) as server:
        page = browser.open(server.address, "proposal")
        introduce(page)
        page("click", "Take this text")
        assert page("focus")["title"] == "Talks of three.html"
        assert list(saved(archive)) == ["two.html flag.jpg"]
        page.press("Control+Enter")
        wait_for(lambda: len(saved(archive)) == 2)
    assert {each.reviewer for each in saved(archive).values()} == {"Noor", "Mika Sato"}
    assert {each.alt for each in saved(archive).values()} == {"The flag over the quay"}


def test_faults_found_by_house_rules_are_shown_but_the_text_is_saved(
    browser: Chromium, server: ReviewServer, archive: Path
) -> None:
    page = browser.open(server.address, "rules")
    introduce(page)
    page("type", "Photo of a crane")
    page.press("Control+Enter")
    page("until", "Described. Decided by Mika Sato. The text says that it is an image")
    assert page("says").startswith("On Photo 1, crane.jpg: The text says that it is an image")
    assert saved(archive)["one.html crane.jpg"].alt == "Photo of a crane"


def test_a_photo_whose_text_a_release_refuses_is_not_counted_as_decided(
    browser: Chromium, server: ReviewServer, archive: Path
) -> None:
    page = browser.open(server.address, "refused")
    introduce(page)
    page("type", "photo")
    page.press("Control+Enter")
    page("until", "Described. Decided by Mika Sato. This text cannot be released. The text fits any photo: photo.")
    assert page("count") == "0 of 4 decided"
    page("reload")
    page("until", "Described. Decided by Mika Sato. This text cannot be released.")
    with pytest.raises(AltRefused):
        convert(archive / "one.html", ["html"], release="wai")


def test_a_text_with_an_error_is_accepted_with_a_reason(browser: Chromium, server: ReviewServer, archive: Path) -> None:
    page = browser.open(server.address, "accepted")
    introduce(page)
    page("type", "photo")
    page.press("Control+Enter")
    page("until", "This text cannot be released.")
    page.press("Escape", "p", "Escape", "a")
    assert page("says") == "Write first why the text is right although the house rules find an error in it."
    assert page("focus")["label"] == "Reason or question, if any"
    page("type", "The title of the picture on the wall")
    page.press("Shift+Tab", "a")
    page("until", "Accepted as it is. Decided by Mika Sato.")
    wait_for(lambda: saved(archive)["one.html crane.jpg"].decision == "accepted")
    assert saved(archive)["one.html crane.jpg"].rules == ("generic",)
    assert page("count") == "1 of 4 decided"
    page.press("Escape", "p", "Escape", "t")
    page("until", "Described. Decided by Mika Sato. This text cannot be released.")
    assert (saved(archive)["one.html crane.jpg"].rules, page("count")) == ((), "0 of 4 decided")


def test_the_list_shows_only_photos_in_the_chosen_state(browser: Chromium, server: ReviewServer) -> None:
    page = browser.open(server.address, "filter")
    assert len(page("shown")) == 4
    page("choose", "that need a decision")
    assert page("shown") == ["Photo 1, crane.jpg", "Photo 2, buoy.jpg", "Photo 3, flag.jpg"]
    assert page("says") == "4 of 5 photos are shown."
    page("choose", "decided")
    assert page("shown") == []


def worklist_of(archive: Path, path: Path, language: AdviceLanguage = "en") -> str:
    """Write a worklist in one file, and return its URL."""
    photos = list_photos(photos_by_page(str(archive)), load_house_rules(), language)
    with path.open("wb") as file:
        write_worklist_page(file, photos, str(archive), theme="plain", language=language)
    return path.as_uri()


@pytest.fixture
def worklist(archive: Path, tmp_path: Path) -> str:
    return worklist_of(archive, tmp_path / "work.html")


@pytest.mark.parametrize(("label", "name"), [("Save as a table", "csv"), ("Save as JSON", "json")])
def test_a_worklist_in_one_file_keeps_decisions_and_saves_them(
    label: str, name: str, browser: Chromium, worklist: str, tmp_path: Path
) -> None:
    page = browser.open(worklist, f"file {name}")
    introduce(page)
    page("type", '=A crane; lifts "a" boat, 船')
    page.press("Control+Enter", "Escape", "d")
    assert page("count") == "2 of 4 decided"
    # Chromium writes `localStorage` with a delay. If a second tab shows the decisions, they are stored, and the first
    # tab can reload.
    browser.open(worklist, f"file {name}", tab="second")("until", "2 of 4 decided")
    page("reload")
    page("until", "2 of 4 decided")
    download = page("download", label)
    file = tmp_path / download["name"]
    assert file.name == f"worklist-decided.{name}"
    file.write_text(download["content"], "utf-8")
    rows = {row.cells["file"]: row for row in read_photo_table(file, "the worklist", "").rows}
    assert decision_of(rows["crane.jpg"]) == ("described", '=A crane; lifts "a" boat, 船')
    assert rows["crane.jpg"].cells["reviewer"] == "Mika Sato"
    assert decision_of(rows["buoy.jpg"]) == ("decorative", "")
    assert decision_of(rows["quay.jpg"]) is None
    assert page("faults") == []
    assert page("axe") == []


def test_two_tabs_of_one_worklist_keep_the_decisions_of_both(browser: Chromium, worklist: str) -> None:
    first = browser.open(worklist, "two tabs", tab="first")
    introduce(first)
    second = browser.open(worklist, "two tabs", tab="second")
    first("type", TEXT)
    first.press("Control+Enter")
    second("until", "1 of 4 decided")
    assert TEXT in second("texts")
    second.press("Tab", "Tab", "Enter", "Escape", "d")
    first("until", "2 of 4 decided")
    first("reload")
    first("until", "2 of 4 decided")


def test_a_worklist_in_japanese_is_japanese_in_any_browser(browser: Chromium, archive: Path, tmp_path: Path) -> None:
    page = browser.open(worklist_of(archive, tmp_path / "work.html", "ja"), "file ja")
    introduce(page, "美香", "お名前")
    page("type", "岸壁のクレーン")
    page.press("Control+Enter")
    assert page("count") == "4枚中1枚を判断済み"
    assert page("download", "表（CSV）として保存")["name"] == "worklist-decided.csv"
    assert page("says") == "ダウンロードのフォルダーにworklist-decided.csvとして保存しました。"
    assert page("axe") == []


def test_a_thousand_photos_open_and_scroll_without_lag(browser: Chromium, tmp_path: Path) -> None:
    for number in range(100):
        write_page(tmp_path / "saved", f"{number}.html", {f"photo-{number}-{each}.jpg": None for each in range(10)})
    page = browser.open(worklist_of(tmp_path / "saved", tmp_path / "work.html"), "thousand")
    measured = page("scroll")
    assert measured["photos"] == 1000
    assert page("opened") < MAX_OPENING_TIME
    assert measured["busy"] < MAX_FRAME_TIME


def test_the_page_of_a_worklist_passes_the_validators_in_each_language(archive: Path, tmp_path: Path) -> None:
    pages = {language: tmp_path / f"{language}.html" for language in get_args(AdviceLanguage)}
    for language, page in pages.items():
        worklist_of(archive, page, language)
    found = {
        name: report(validator.validate(list(pages.values())))
        for name, validator in VALIDATORS.items()
        if validator.suffix == ".html"
    }
    assert {name: faults for name, faults in found.items() if faults} == {}

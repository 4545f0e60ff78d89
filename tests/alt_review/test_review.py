"""A review in progress: decisions of several people, drafts of models, and files that cannot be read or written."""

from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path

import pytest

from readout_pub import SourceError, UsageError, convert
from readout_pub.alt.decisions import DECISIONS_FILE, Decision, Decisions, record
from readout_pub.alt_review.review import DecidedMeanwhile, NewDecision, Review
from readout_pub.model import Described, photos
from tests.alt_review.pages import CAPTION, write_page
from tests.alt_review.servers import review_of
from tests.archives import zipped


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    write_page(folder, "one.html", {"crane.jpg": None, "buoy.jpg": None})
    write_page(folder, "two.html", {"flag.jpg": None}, caption=CAPTION)
    return folder


def decision(review: Review, file: str, **fields: str) -> NewDecision:
    (photo,) = (each.photo for each in review.photos() if each.photo.file == file)
    values = {"decision": "described", "alt": "A crane", "reviewer": "Mika", **fields}
    return NewDecision(id=photo.id, **values)  # type: ignore[arg-type]  # `decision` is a known kind


def saved(archive: Path) -> dict[str, Decision]:
    return {each.src: each for each in Decisions.load(archive / DECISIONS_FILE).decisions}


@pytest.mark.slow
def test_a_decision_reaches_the_next_conversion(archive: Path) -> None:
    review = review_of(archive)
    review.decide(decision(review, "crane.jpg", alt="  A crane\nlifts a boat ", reason=" seen  there "))
    readout = convert(archive / "one.html", ["html"]).readout
    assert [photo.alt for photo in photos(readout) if photo.src == "crane.jpg"] == [
        Described("A crane lifts a boat", by="person", name="Mika", reviewed=True)
    ]
    assert saved(archive)["crane.jpg"].reason == "seen there"


def test_the_state_after_a_decision_has_the_remarks_of_the_house_rules(archive: Path) -> None:
    review = review_of(archive)
    state = review.decide(decision(review, "crane.jpg", alt="crane.jpg"))
    assert state.remarks.startswith("The text is a file name")
    assert review.decide(decision(review, "crane.jpg", alt="A crane lifts a boat")).remarks == ""


def test_an_accepted_text_needs_a_reason_and_has_no_remarks(archive: Path) -> None:
    review = review_of(archive)
    with pytest.raises(UsageError, match="`reason` or `reviewer` is empty"):
        review.decide(decision(review, "crane.jpg", decision="accepted", alt="Example"))
    state = review.decide(decision(review, "crane.jpg", decision="accepted", alt="Example", reason="The ship's name"))
    assert (state.decision, state.remarks, state.refused) == ("accepted", "", False)
    (listed,) = (each for each in review.photos() if each.photo.file == "crane.jpg")
    assert (listed.is_open, listed.problems) == (False, ())


def test_a_text_is_refused_until_each_of_its_errors_is_accepted(archive: Path) -> None:
    review = review_of(archive)
    values = {"decision": "accepted", "alt": "Nota de prensa", "reason": "The ship's name"}
    state = review.decide(decision(review, "crane.jpg", **values))
    assert (state.refused, "Spanish" in state.remarks) == (True, True)
    state = review.decide(decision(review, "crane.jpg", **values))
    assert (state.refused, saved(archive)["crane.jpg"].rules) == (False, ("generic", "language"))
    state = review.decide(decision(review, "crane.jpg", **{**values, "decision": "described"}))
    assert (state.refused, saved(archive)["crane.jpg"].rules) == (True, ())
    (listed,) = (each for each in review.photos() if each.photo.file == "crane.jpg")
    assert listed.is_open


def test_a_later_decision_tells_what_it_replaced(archive: Path) -> None:
    review = review_of(archive)
    review.decide(decision(review, "crane.jpg"))
    review.decide(decision(review, "crane.jpg", decision="decorative"))
    assert (saved(archive)["crane.jpg"].decision, saved(archive)["crane.jpg"].replaced) == ("decorative", "A crane")


def test_a_text_that_is_saved_again_still_tells_what_it_replaced(archive: Path) -> None:
    review = review_of(archive)
    for alt in ("A crane", "A yellow crane", "A yellow crane"):
        review.decide(decision(review, "crane.jpg", alt=alt))
    assert saved(archive)["crane.jpg"].replaced == "A crane"


def test_a_text_is_judged_with_the_decided_texts_of_its_page(archive: Path) -> None:
    review = review_of(archive)
    assert review.decide(decision(review, "crane.jpg", alt="A crane lifts a boat")).remarks == ""
    repeated = review.decide(decision(review, "buoy.jpg", alt="A crane lifts a boat"))
    assert repeated.remarks.startswith("2 photos of the page have the same text")
    listed = {each.photo.file: [problem.message for problem in each.problems] for each in review.photos()}
    assert listed["crane.jpg"] == listed["buoy.jpg"] != []
    assert review.decide(decision(review, "buoy.jpg", alt="A buoy in the fog")).remarks == ""
    assert [each.problems for each in review.photos() if each.photo.file == "crane.jpg"] == [()]


def test_a_decision_that_a_reviewer_has_not_seen_is_not_replaced(archive: Path) -> None:
    mika, noor = review_of(archive), review_of(archive)
    first = mika.decide(decision(mika, "crane.jpg"))
    other = decision(noor, "crane.jpg", alt="A yellow crane", reviewer="Noor")
    with pytest.raises(DecidedMeanwhile) as meanwhile:
        noor.decide(other)
    assert meanwhile.value.state == first
    assert saved(archive)["crane.jpg"].reviewer == "Mika"
    noor.decide(decision(noor, "crane.jpg", alt="A yellow crane", reviewer="Noor", seen=first.when))
    assert (saved(archive)["crane.jpg"].alt, saved(archive)["crane.jpg"].replaced) == ("A yellow crane", "A crane")


def test_a_decision_saved_while_another_waits_for_the_lock_is_not_replaced(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mika, noor = review_of(archive), review_of(archive)
    lock = archive / f".{DECISIONS_FILE}.lock"

    def decide_first(_: float) -> None:
        lock.unlink()
        mika.decide(decision(mika, "crane.jpg"))

    lock.touch()
    monkeypatch.setattr("readout_pub.alt.decisions.time.sleep", decide_first)
    with pytest.raises(DecidedMeanwhile):
        noor.decide(decision(noor, "crane.jpg", alt="A yellow crane", reviewer="Noor"))
    assert saved(archive)["crane.jpg"].reviewer == "Mika"


def test_two_people_who_decide_alike_are_not_in_conflict(archive: Path) -> None:
    mika, noor = review_of(archive), review_of(archive)
    mika.decide(decision(mika, "crane.jpg"))
    noor.decide(decision(noor, "crane.jpg", reviewer="Noor"))
    assert saved(archive)["crane.jpg"].alt == "A crane"


@pytest.mark.slow
def test_many_decisions_at_once_are_all_kept(tmp_path: Path) -> None:
    files = [f"{number}.jpg" for number in range(24)]
    write_page(tmp_path / "saved", "one.html", dict.fromkeys(files))
    reviews = [review_of(tmp_path / "saved") for _ in range(3)]

    def work(review: Review, own: list[str]) -> None:
        for file in own:
            review.decide(decision(review, file, alt=f"Photo of {file}"))

    threads = [threading.Thread(target=work, args=(review, files[n::3])) for n, review in enumerate(reviews)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {src: each.alt for src, each in saved(tmp_path / "saved").items()} == {
        file: f"Photo of {file}" for file in files
    }


def test_a_person_who_keeps_the_draft_of_a_model_reviews_it(archive: Path) -> None:
    review = review_of(archive)
    (photo,) = (each.photo for each in review.photos() if each.photo.file == "crane.jpg")
    draft = Decision(
        page="one.html",
        src="crane.jpg",
        picture=photo.sha256 or "",
        caption="",
        decision="described",
        alt="A crane",
        language="en",
        reviewer="",
        when=dt.datetime(2031, 8, 4, tzinfo=dt.UTC),
        by="model heron-2",
    )
    record(archive / DECISIONS_FILE, [draft])
    review = review_of(archive)
    assert [each.is_open for each in review.photos() if each.photo.file == "crane.jpg"] == [True]
    review.decide(decision(review, "crane.jpg"))
    kept = saved(archive)["crane.jpg"]
    assert (kept.by, kept.reviewer) == ("model heron-2", "Mika")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reviewer": "  "}, "reviewer"),
        ({"alt": " "}, "alt"),
        ({"decision": "caption"}, "no caption"),
        ({"alt": "x" * 6000}, "5,000 characters"),
    ],
)
def test_an_incomplete_or_too_long_decision_is_refused(fields: dict[str, str], message: str, archive: Path) -> None:
    review = review_of(archive)
    with pytest.raises(UsageError, match=message):
        review.decide(decision(review, "crane.jpg", **fields))
    assert not (archive / DECISIONS_FILE).exists()


def test_a_photo_of_another_archive_is_refused(archive: Path) -> None:
    with pytest.raises(UsageError, match="not in the archive"):
        review_of(archive).decide(NewDecision(id="0" * 16, decision="decorative", reviewer="Mika"))


def test_a_damaged_line_of_the_file_is_reported_and_kept(archive: Path) -> None:
    review = review_of(archive)
    review.decide(decision(review, "crane.jpg"))
    file = archive / DECISIONS_FILE
    file.write_text(file.read_text() + "<<<<<<< ours\n")
    with pytest.raises(SourceError, match="merge marker"):
        review.decide(decision(review, "buoy.jpg", alt="A buoy"))
    assert file.read_text().endswith("<<<<<<< ours\n")


def test_a_folder_in_place_of_the_decision_file_is_reported(archive: Path) -> None:
    review = review_of(archive)
    (archive / DECISIONS_FILE).mkdir()
    with pytest.raises(SourceError, match="the file of decisions is a folder; name a file"):
        review.decide(decision(review, "crane.jpg"))


def test_outputs_are_refused_since_decisions_belong_to_their_source(archive: Path, tmp_path: Path) -> None:
    (rendition,) = convert(archive / "one.html", ["epub"]).renditions
    rendition.write(tmp_path / "out", "one")
    with pytest.raises(UsageError, match="this is an output"):
        review_of(tmp_path / "out" / "one.epub")


@pytest.mark.slow
def test_decisions_on_pages_of_an_archive_file_are_saved_beside_it(archive: Path, tmp_path: Path) -> None:
    members = {path.name: path.read_bytes() for path in archive.iterdir()}
    (tmp_path / "talks.zip").write_bytes(zipped(members))
    review = review_of(tmp_path / "talks.zip")
    review.decide(decision(review, "crane.jpg"))
    assert review.files == [tmp_path / DECISIONS_FILE]
    (line,) = (tmp_path / DECISIONS_FILE).read_text().splitlines()
    assert json.loads(line)["alt"] == "A crane"
    assert [each.decision is not None for each in review_of(tmp_path / "talks.zip").photos()].count(True) == 1

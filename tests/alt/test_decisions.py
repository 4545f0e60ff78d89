"""Decisions on alternative texts are in a file in or above the folder of the pages, and conversions apply them."""

from __future__ import annotations

import datetime as dt
import json
import threading
import zipfile
from pathlib import Path

import msgspec
import pytest

from readout_pub import Overrides, SourceError, convert, describe, read, saved_pages
from readout_pub.alt.decisions import (
    DECISIONS_FILE,
    DecidedOtherwise,
    Decision,
    DecisionKind,
    Decisions,
    decisions_of,
    file_for,
    match_decision,
    merge,
    page_name,
    record,
    record_in_files,
    text_of,
)
from readout_pub.errors import OutputError
from readout_pub.model import Alt, Decorative, Described, Figure, Origin, Photo, Readout, photos
from tests.pages import jpeg

MORNING = dt.datetime(2031, 8, 4, 9, tzinfo=dt.UTC)

PAGE = """<!DOCTYPE html><html lang="en"><title>Talks</title><body><main><h1>Talks on the tides</h1>
<p>The Minister of the Sea met the Keeper of the Tides in the harbour office for the fourth time this year.</p>
<figure><img src="img/quay.jpg" alt="{alt}"><figcaption>{caption}</figcaption></figure>
<p>They agreed that the tides should come in twice a day, as before, and that the tables would be printed.</p>
</main></body></html>"""


def decision(
    kind: DecisionKind = "described",
    alt: str = "Two people shake hands on a quay",
    *,
    page: str = "talks.html",
    src: str = "img/quay.jpg",
    picture: str = "",
    caption: str = "The talks",
    reviewer: str = "Nerea Salt",
    by: str = "person",
    hours: int = 0,
) -> Decision:
    return Decision(
        page=page,
        src=src,
        picture=picture,
        caption=caption,
        decision=kind,
        alt=alt if kind == "described" else "",
        language="en",
        reviewer=reviewer,
        when=MORNING + dt.timedelta(hours=hours),
        by=by,
    )


def save(folder: Path, *decisions: Decision) -> Path:
    Decisions(folder / DECISIONS_FILE, decisions).save()
    return folder / DECISIONS_FILE


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Save a page with a photo in the folder `saved`."""
    return write_page(tmp_path / "saved/talks.html")


def write_page(path: Path, alt: str = "photo1", caption: str = "The talks") -> Path:
    (path.parent / "img").mkdir(parents=True, exist_ok=True)
    (path.parent / "img/quay.jpg").write_bytes(jpeg())
    path.write_text(PAGE.format(alt=alt, caption=caption), "utf-8")
    return path


def alt_of(source: Path) -> Alt:
    (photo,) = photos(read(source, site="none")[0])
    return photo.alt


def codes(source: Path) -> set[str]:
    return {note.code for note in read(source, site="none")[0].notes if note.code.startswith("ALT")}


# --- what a decision does


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (decision(), Described("Two people shake hands on a quay", "person", "Nerea Salt", reviewed=True)),
        (decision("decorative"), Decorative("person", "Nerea Salt", reviewed=True)),
        (decision("caption"), Described("The talks", "caption", reviewed=True)),
        (decision("expert"), Described("The talks", "caption")),
        (decision(reviewer="", by="model seer-2"), Described(decision().alt, "model", "seer-2")),
        (decision(by="model seer-2"), Described(decision().alt, "model", "seer-2", reviewed=True)),
    ],
)
def test_a_decision_gives_the_alternative_text(made: Decision, expected: Alt, page: Path) -> None:
    save(page.parent, made)
    assert alt_of(page) == expected


def test_a_reviewed_caption_gives_no_note(page: Path) -> None:
    assert codes(page) == {"ALT_FROM_CAPTION"}
    save(page.parent, decision("caption"))
    assert codes(page) == set()


def test_a_text_that_a_reviewer_kept_still_comes_from_the_source(page: Path) -> None:
    write_page(page, alt="Two people  at a quay")
    save(page.parent, decision(alt="Two people at a quay"))
    assert alt_of(page) == Described("Two people at a quay", "source", reviewed=True)


def test_a_decided_text_may_equal_the_photos_text_at_another_place() -> None:
    places = (("Two men", "The talks"), ("The quay", "The harbour"))
    body = tuple(Figure((Photo("img/quay.jpg", Described(text)),), caption=(caption,)) for text, caption in places)
    readout = Readout(language="en", body=body, origin=Origin("talks.html", "0" * 64))
    described = describe(readout, decisions=[decision(alt="The quay")])
    assert [text_of(photo.alt) for photo in photos(described)] == ["The quay", "The quay"]


def test_a_text_given_for_this_run_overrides_a_decision(page: Path) -> None:
    path = save(page.parent, decision())
    before = path.read_bytes()
    overrides = Overrides(alts={"quay.jpg": "A boat"})
    readout = convert(page, ["txt"], overrides=overrides, site="none").readout
    (photo,) = photos(readout)
    assert photo.alt == Described("A boat", "person")
    (message,) = [note.message for note in readout.notes if note.code.startswith("ALT_DECISION")]
    replaced = f"the decision of Nerea Salt on photo 'img/quay.jpg' ({decision().alt!r}) was replaced"
    assert message == f"{replaced} by the text given for this run"
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", ["described", "decorative"])
def test_a_decided_text_that_is_given_again_keeps_its_author_and_review(kind: DecisionKind, page: Path) -> None:
    save(page.parent, decision(kind))
    decided = alt_of(page)
    assert isinstance(decided, Described | Decorative)
    given = Decorative("person") if kind == "decorative" else f" {decision().alt} "
    readout = convert(page, ["txt"], overrides=Overrides(alts={"quay.jpg": given}), site="none").readout
    (photo,) = photos(readout)
    assert photo.alt == decided
    assert "ALT_DECISION_REPLACED" not in {note.code for note in readout.notes}
    assert (decided.name, decided.reviewed) == ("Nerea Salt", True)


def test_an_accepted_text_is_not_reported_as_meaningless(page: Path) -> None:
    example = msgspec.structs.replace(decision(alt="Example"), reason="The ship's name")
    save(page.parent, example)
    assert codes(page) == {"ALT_MEANINGLESS"}
    save(page.parent, msgspec.structs.replace(example, decision="accepted", rules=("generic",)))
    assert codes(page) == set()


# --- which photo a decision belongs to


def test_a_new_caption_voids_an_approved_caption_but_not_a_description(page: Path) -> None:
    write_page(page, caption="The talks on the quay")
    save(page.parent, decision())
    assert alt_of(page) == Described(decision().alt, "person", "Nerea Salt", reviewed=True)
    save(page.parent, decision("caption"))
    assert alt_of(page) == Described("The talks on the quay", "caption")
    assert codes(page) == {"ALT_FROM_CAPTION", "ALT_DECISION_UNUSED"}


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (decision(picture="0" * 64), "the photo's file has changed"),
        (decision(src="img/gone.jpg"), "the photo is no longer on the page"),
        (decision("caption", caption="Other talks"), "the caption has changed since"),
    ],
)
def test_a_decision_that_applies_to_no_photo_is_reported(made: Decision, reason: str, page: Path) -> None:
    save(page.parent, made)
    (found,) = (note for note in read(page, site="none")[0].notes if note.code == "ALT_DECISION_UNUSED")
    assert found.message.endswith(f"was not used: {reason}")
    assert "Nerea Salt" in found.message


def test_one_picture_may_have_a_decision_for_each_caption() -> None:
    handshake, lunch = decision(picture="a" * 64), decision("caption", picture="a" * 64, caption="Lunch")
    both = (handshake, lunch)
    assert match_decision(both, picture="a" * 64, src="x.jpg", caption="Lunch").decision == lunch
    assert match_decision(both, picture="a" * 64, src="x.jpg", caption="The talks").decision == handshake
    assert match_decision(both, picture="b" * 64, src="x.jpg", caption="Lunch").decision is None


def test_a_photo_stays_withheld_when_its_caption_changes() -> None:
    shown = decision(picture="a" * 64, caption="Lunch")
    withheld = decision("withheld", picture="a" * 64, alt="")
    matched = match_decision((shown, withheld), picture="a" * 64, src="x.jpg", caption="The talks of May").decision
    assert matched == withheld


# --- where the file of decisions is


def test_the_nearest_file_of_decisions_above_the_page_is_used(tmp_path: Path) -> None:
    page = write_page(tmp_path / "archive/2031/talks.html")
    above = save(tmp_path / "archive", decision(alt="From above", page="2031/talks.html"))
    (saved,) = saved_pages(page)
    assert isinstance(alt := alt_of(page), Described)
    assert alt.text == "From above"
    assert page_name(saved, above.parent) == "2031/talks.html"
    assert file_for(saved, page) == above
    near = save(page.parent, decision(alt="From beside"))
    assert isinstance(alt := alt_of(page), Described)
    assert alt.text == "From beside"
    assert file_for(saved, page) == near


def test_a_decision_does_not_apply_to_same_named_pages_elsewhere(tmp_path: Path) -> None:
    page = write_page(tmp_path / "archive/2031/talks.html")
    save(tmp_path / "archive", decision(page="talks.html"))
    assert alt_of(page) == Described("The talks", "caption")


def test_a_decision_applies_to_its_page_in_every_form_of_unicode(tmp_path: Path) -> None:
    page = write_page(tmp_path / "archive/Ha\u0308fen.html")
    file = save(tmp_path / "archive", decision(page="H\u00e4fen.html"))
    assert alt_of(page) == Described("Two people shake hands on a quay", "person", "Nerea Salt", reviewed=True)
    record(file, [decision(page="Ha\u0308fen.html", alt="Two people on a pier", hours=1)])
    assert [each.alt for each in Decisions.load(file).decisions] == ["Two people on a pier"]


def test_the_search_ends_at_the_folder_of_a_repository(tmp_path: Path) -> None:
    page = write_page(tmp_path / "repository/saved/talks.html")
    save(tmp_path, decision(page="repository/saved/talks.html"))
    assert decisions_of(next(iter(saved_pages(page)))) != ()
    (tmp_path / "repository/.git").mkdir()
    assert decisions_of(next(iter(saved_pages(page)))) == ()


def test_decisions_on_an_archive_file_are_found_beside_it(page: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "talks, all.zip", "w") as archive:
        for path in (page, page.parent / "img/quay.jpg"):
            archive.write(path, path.relative_to(page.parent).as_posix())
    save(tmp_path, decision())
    assert alt_of(tmp_path / "talks, all.zip") == Described(decision().alt, "person", "Nerea Salt", reviewed=True)


def test_decisions_do_not_apply_to_a_page_in_memory(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(page.parent, decision())
    monkeypatch.chdir(page.parent)
    readout, _ = read(page.read_bytes(), name="talks.html", site="none")
    assert [photo.alt for photo in photos(readout)] == [Described("The talks", "caption")]


@pytest.mark.slow
def test_control_characters_in_decisions_and_overrides_do_not_reach_outputs(page: Path) -> None:
    path = save(page.parent, decision())
    line = path.read_text("utf-8").replace("shake hands", "shake\\u0007 \\u2028hands").replace("Salt", "Sa\\u0000lt")
    path.write_text(line, "utf-8")
    assert alt_of(page) == Described("Two people shake hands on a quay", "person", "Nerea Salt", reviewed=True)
    overrides = Overrides(alts={"quay.jpg": Described("A\x07 boat", "model", "se\x00er")})
    (photo,) = photos(convert(page, ["epub", "docx"], overrides=overrides, site="none").readout)
    assert photo.alt == Described("A boat", "model", "seer")


# --- what the file contains


def test_the_file_is_sorted_and_has_a_line_for_each_decision(tmp_path: Path) -> None:
    path = save(tmp_path, decision(page="b.html"), decision(page="a.html"))
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["page"] for line in lines] == ["a.html", "b.html"]
    assert lines[0]["when"] == "2031-08-04T09:00:00Z"
    assert Decisions.load(path).decisions == (decision(page="a.html"), decision(page="b.html"))


def test_a_new_decision_records_what_it_replaces(tmp_path: Path) -> None:
    path = save(tmp_path, decision(alt="Two men"))
    (now,) = record(path, [decision(alt="Two people")]).decisions
    assert (now.alt, now.replaced) == ("Two people", "Two men")
    assert Decisions.load(path).decisions == (now,)


def test_a_reviewer_does_not_replace_a_decision_that_they_have_not_seen(tmp_path: Path) -> None:
    path = save(tmp_path, decision(alt="Two men"))
    known = Decisions.load(path).decisions
    record(path, [decision(alt="Two people", reviewer="Orm Kelp")], known=known)
    elsewhere = tmp_path / "more" / DECISIONS_FILE
    elsewhere.parent.mkdir()
    new = {elsewhere: [decision()], path: [decision(alt="A handshake")]}
    with pytest.raises(DecidedOtherwise) as otherwise:
        record_in_files(new, known={elsewhere: (), path: known})
    assert [(each.alt, each.reviewer) for each in otherwise.value.decisions] == [("Two people", "Orm Kelp")]
    assert [each.alt for each in Decisions.load(path).decisions] == ["Two people"]
    assert not elsewhere.exists()


def test_decisions_saved_through_links_to_one_file_are_all_recorded(tmp_path: Path) -> None:
    path = save(tmp_path, decision())
    linked = tmp_path / "linked"
    linked.symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again.jsonl").symlink_to(path)
    paths = (path, linked / DECISIONS_FILE, tmp_path / "again.jsonl")
    found = record_in_files({each: [decision(page=f"{number}.html")] for number, each in enumerate(paths)})
    assert {each.page for each in found[paths[1]].decisions} >= {"0.html", "1.html", "2.html"}
    assert Decisions.load(path).decisions == found[path].decisions
    assert paths[2].is_symlink()


def test_a_link_to_a_missing_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / DECISIONS_FILE).symlink_to(tmp_path / "elsewhere" / "file")
    with pytest.raises(OutputError, match="a symbolic link to a file that does not exist; remove the link"):
        record(tmp_path / DECISIONS_FILE, [decision()])
    assert not (tmp_path / "elsewhere").exists()


def test_decisions_are_not_recorded_in_a_folder_that_has_gone(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the folder is no longer there; put it back, and decide again"):
        record(tmp_path / "unplugged/alt-decisions.jsonl", [decision()])
    assert list(tmp_path.iterdir()) == []


def test_reviewers_who_save_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / DECISIONS_FILE
    threads = [
        threading.Thread(target=record, args=(path, [decision(page=f"{reviewer}-{number}.html")]))
        for reviewer in "ab"
        for number in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Decisions.load(path).decisions) == 20
    assert [each.name for each in tmp_path.iterdir()] == [DECISIONS_FILE]


def line(made: Decision) -> str:
    return msgspec.json.encode(made).decode()


@pytest.mark.parametrize(
    ("lines", "place", "message"),
    [
        ([line(decision()), "{"], 2, "this line is not a decision"),
        ([line(decision()).replace('"reviewer":"Nerea Salt"', '"reviewer":""')], 1, "`reviewer` is empty"),
        ([line(decision()).replace("described", "maybe")], 1, "Invalid enum value 'maybe'"),
        ([line(decision()).replace('"reason"', '"motive"')], 1, "unknown field `motive`"),
        (["<<<<<<< HEAD", line(decision())], 1, "this is a merge marker of git"),
        ([line(decision()), "", line(decision("decorative"))], 3, "there are two decisions on img/quay.jpg"),
    ],
)
def test_a_line_that_cannot_be_used_is_reported(lines: list[str], place: int, message: str, page: Path) -> None:
    path = page.parent / DECISIONS_FILE
    path.write_text("\n".join(lines) + "\n", "utf-8")
    before = path.read_bytes()
    with pytest.raises(SourceError, match=f"{DECISIONS_FILE}, line {place}: .*{message}"):
        read(page, site="none")
    with pytest.raises(SourceError):
        record(path, [decision(page="b.html")])
    assert path.read_bytes() == before


def test_files_of_two_people_merge_and_conflicts_are_shown(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine.jsonl", tmp_path / "theirs.jsonl"
    shared = decision(page="a.html")
    Decisions(mine, (shared, decision(alt="Two men"))).save()
    Decisions(theirs, (shared, decision("decorative", reviewer="Orm Kelp", hours=1), decision(page="c.html"))).save()
    merged, (conflict,) = merge([mine, theirs])
    assert [(each.page, each.decision) for each in merged.decisions] == [
        ("a.html", "described"),
        ("c.html", "described"),
        ("talks.html", "decorative"),
    ]
    assert str(conflict).splitlines() == [
        "talks.html, img/quay.jpg:",
        f"  {mine}, line 2: described 'Two men', Nerea Salt, 2031-08-04 09:00",
        f"  {theirs}, line 3: decorative, Orm Kelp, 2031-08-04 10:00",
    ]


def test_a_file_that_git_could_not_merge_is_merged(tmp_path: Path) -> None:
    path = tmp_path / DECISIONS_FILE
    sides = ["<<<<<<< HEAD", line(decision(page="a.html")), "=======", line(decision(page="b.html")), ">>>>>>> theirs"]
    path.write_text("\n".join(sides) + "\n", "utf-8")
    merged, conflicts = merge([path])
    assert [each.page for each in merged.decisions] == ["a.html", "b.html"]
    assert conflicts == []


def test_a_decision_for_a_page_without_photos_is_noted_as_unused(tmp_path: Path) -> None:
    page = write_page(tmp_path / "talks.html")
    page.write_text(page.read_text("utf-8").replace("img", "i"), "utf-8")
    save(tmp_path, decision())
    assert codes(page) == {"ALT_DECISION_UNUSED"}

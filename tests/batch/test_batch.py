"""An archive once, and again for nothing: what is done, what is left alone, and what is said of it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from readout_pub import OutputError, RenderOptions, SourceError, UsageError
from readout_pub.batch import BatchConfig, Selection, batch, open_batch
from tests.batch.conftest import Counting, Run, fill, outputs, page, statuses
from tests.pages import PROFILES, jpeg

REPORTS = {"failures.jsonl", "feed/cover.png", "feed/opds.json", "index.html", "manifest.json", "notes.csv"}


def test_every_page_becomes_files_that_are_named_after_it(run: Run, saved: Path, out: Path) -> None:
    (saved / "2032").mkdir()
    (saved / "2032/talks 9.html").write_text(page(9), "utf-8")
    assert set(statuses(run()).values()) == {"made"}
    stems = ("2032/talks 9", "talks1", "talks2", "talks3")
    assert set(outputs(out)) == REPORTS | {f"{stem}.{suffix}" for stem in stems for suffix in ("html", "txt")}


def test_the_second_run_gives_no_page_to_any_worker(run: Run, out: Path, executor: Counting) -> None:
    run()
    before, executor.pages = outputs(out), 0
    assert run() == []
    assert executor.pages == 0
    assert outputs(out) == before


def test_the_same_archive_gives_the_same_bytes_elsewhere(saved: Path, tmp_path: Path, executor: Counting) -> None:
    made = []
    for name in ("here", "there"):
        list(batch(saved, ["html", "epub"], tmp_path / name, executor=executor, sites=[PROFILES]))
        made.append(outputs(tmp_path / name))
    assert made[0] == made[1]


def test_a_page_that_changed_is_converted_and_no_other(run: Run, saved: Path, out: Path) -> None:
    run()
    (saved / "talks2.html").write_text(page(2, title="Talks on Fish"), "utf-8")
    assert statuses(run()) == {"talks2.html": "made"}
    assert b"Talks on Fish" in outputs(out)["talks2.txt"]


def test_a_page_that_was_only_touched_is_read_and_its_files_stay(run: Run, saved: Path, out: Path) -> None:
    run()
    before = (out / "talks2.html").stat().st_mtime_ns
    os.utime(saved / "talks2.html", (1, 1))
    assert statuses(run()) == {"talks2.html": "confirmed"}
    assert (out / "talks2.html").stat().st_mtime_ns == before
    assert run() == []


def test_a_photo_that_changed_touches_the_pages_that_show_it(run: Run, saved: Path) -> None:
    shutil.copy(saved / "img/quay.jpg", saved / "img/pier.jpg")
    (saved / "talks2.html").write_text(page(2).replace("quay.jpg", "pier.jpg"), "utf-8")
    run()
    (saved / "img/pier.jpg").write_bytes(jpeg(400, 300, "navy"))
    assert statuses(run()) == {"talks2.html": "made"}


def test_a_photo_that_was_missing_is_seen_when_it_comes(run: Run, saved: Path, out: Path) -> None:
    (saved / "talks2.html").write_text(page(2).replace("quay.jpg", "pier.jpg"), "utf-8")
    run()
    shutil.copy(saved / "img/quay.jpg", saved / "img/pier.jpg")
    assert statuses(run()) == {"talks2.html": "made"}
    assert b"data:image/jpeg" in outputs(out)["talks2.html"]


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(b"spoiled")])
def test_a_file_that_is_gone_or_was_changed_is_made_again(change: object, run: Run, out: Path) -> None:
    run()
    before = outputs(out)
    assert callable(change)
    change(out / "talks2.html")
    (outcome,) = run()
    assert (outcome.name, outcome.formats) == ("talks2.html", ("html",))
    assert outputs(out) == before


def test_another_theme_makes_the_formats_anew_that_have_a_look(run: Run) -> None:
    run()
    assert {outcome.formats for outcome in run(look=RenderOptions(theme="gazette"))} == {("html",)}


OPTIONS: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
    "photos that lie beside": ({"look": RenderOptions(photos="beside")}, ("html",)),
    "a standard of PDF": ({"look": RenderOptions(pdf="ua2")}, ("pdf",)),
    "fonts of this machine": ({"look": RenderOptions(system_fonts=True)}, ("pdf",)),
    "a larger limit, which changes nothing on the page": ({"max_bytes": 30_000_000}, ()),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", OPTIONS)
def test_an_option_touches_the_formats_that_heed_it_and_no_other(change: str, run: Run, saved: Path) -> None:
    for name in ("talks2.html", "talks3.html"):
        (saved / name).unlink()
    formats = ("txt", "html", "pdf", "epub")
    run(formats)
    options, touched = OPTIONS[change]
    (outcome,) = run(formats, **options)
    assert (outcome.formats, outcome.status) == (touched, "made" if touched else "confirmed")
    assert run(formats, **options) == []


def test_another_format_is_made_and_the_others_stay(run: Run) -> None:
    run(["txt"])
    assert {outcome.formats for outcome in run(["txt", "json"])} == {("json",)}


def test_a_format_that_was_left_out_when_the_page_changed_is_made_when_it_is_asked_for(run: Run, saved: Path) -> None:
    run(["txt", "html"])
    (saved / "talks2.html").write_text(page(2, title="Talks on Fish"), "utf-8")
    run(["txt"])
    (outcome,) = run(["txt", "html"])
    assert (outcome.name, outcome.formats) == ("talks2.html", ("html",))


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROFILES, tmp_path / "sites"))


def test_a_profile_that_changed_touches_the_pages_of_its_hosts(run: Run, saved: Path, profiles: Path) -> None:
    (saved / "talks2.html").write_text(page(2, host="lemuria.example"), "utf-8")
    run(sites=[profiles])
    profile = profiles / "atlantis/profile.toml"
    profile.write_text(profile.read_text("utf-8").replace('series = "p.series"', ""), "utf-8")
    assert statuses(run(sites=[profiles])) == {"talks1.html": "made", "talks3.html": "made"}


def test_a_profile_that_changed_nothing_on_a_page_makes_nothing_anew(run: Run, profiles: Path) -> None:
    run(sites=[profiles])
    profile = profiles / "atlantis/profile.toml"
    profile.write_text(f"# another comment\n{profile.read_text('utf-8')}", "utf-8")
    assert set(statuses(run(sites=[profiles])).values()) == {"confirmed"}
    assert run(sites=[profiles]) == []


# --- which pages


def test_force_converts_every_page_to_the_same_bytes(run: Run, out: Path) -> None:
    run()
    before = outputs(out)
    assert len(run(choice=Selection(force=True))) == 3
    assert outputs(out) == before


def test_a_limit_leaves_the_rest_for_the_next_run(run: Run) -> None:
    assert list(statuses(run(choice=Selection(limit=1)))) == ["talks1.html"]
    assert list(statuses(run())) == ["talks2.html", "talks3.html"]


def test_since_takes_pages_that_were_changed_on_that_day_or_later(run: Run, saved: Path) -> None:
    day = dt.datetime(2031, 8, 4, tzinfo=dt.UTC).timestamp()
    for name, days in (("talks1", -1), ("talks2", 0), ("talks3", 1)):
        os.utime(saved / f"{name}.html", (day + days * 86400,) * 2)
    assert list(statuses(run(choice=Selection(since=dt.date(2031, 8, 4))))) == ["talks2.html", "talks3.html"]


EMPTY = "<html><body></body></html>"


def test_a_page_that_failed_is_tried_again_when_it_changes_or_when_that_is_asked_for(run: Run, saved: Path) -> None:
    (saved / "talks2.html").write_text(EMPTY, "utf-8")
    assert statuses(run())["talks2.html"] == "failed"
    assert run() == []
    assert statuses(run(choice=Selection(only="failed"))) == {"talks2.html": "failed"}
    (saved / "talks2.html").write_text(page(2), "utf-8")
    assert statuses(run()) == {"talks2.html": "made"}


def test_the_files_of_a_page_stay_while_a_later_version_of_it_fails(run: Run, saved: Path, out: Path) -> None:
    run()
    before = outputs(out)["talks2.txt"]
    whole = (saved / "talks2.html").read_bytes()
    (saved / "talks2.html").write_text(EMPTY, "utf-8")
    run()
    assert outputs(out)["talks2.txt"] == before
    (saved / "talks2.html").write_bytes(whole)
    assert statuses(run()) == {"talks2.html": "confirmed"}


def test_pages_that_vanished_are_listed_and_their_files_stay_until_they_are_pruned(saved: Path, out: Path) -> None:
    (saved / "old").mkdir()
    (saved / "old/talks9.html").write_text(page(9), "utf-8")
    config = BatchConfig(formats=("txt",), out=out)
    with open_batch(config) as first:
        first.build_plan([saved])
        list(first.outcomes())
    shutil.rmtree(saved / "old")
    with open_batch(config) as second:
        second.build_plan([saved])
        assert [row.name for row in second.vanished()] == ["old/talks9.html"]
        assert (out / "old/talks9.txt").exists()
        assert second.prune() == 1
        assert not (out / "old").exists()
        assert list(second.vanished()) == []


def test_another_archive_in_the_same_folder_makes_nothing_vanish(saved: Path, out: Path, tmp_path: Path) -> None:
    other = fill(tmp_path / "other", 1)
    config = BatchConfig(formats=("txt",), out=out)
    for source in (saved, other):
        with open_batch(config) as run:
            run.build_plan([source])
            list(run.outcomes())
            assert list(run.vanished()) == []
    assert {"talks1.txt", "talks1.html.txt"} <= set(outputs(out))


def test_a_dry_run_says_why_and_leaves_everything_as_it_is(run: Run, saved: Path, out: Path) -> None:
    config = BatchConfig(formats=("txt", "html"), out=out, sites=(PROFILES,))
    with open_batch(config, dry_run=True) as dry:
        assert {step.reason for step in dry.preview([saved])} == {"new"}
    assert not out.exists()
    run()
    (saved / "talks1.html").write_text(page(1, title="Talks on Fish"), "utf-8")
    (saved / "talks4.html").write_text(page(4), "utf-8")
    (out / "talks2.html").unlink()
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    with open_batch(config, dry_run=True) as dry:
        steps = [(step.stem, step.reason) for step in dry.preview([saved])]
    expected = ["the page changed", "a file of html is missing or was changed", "new"]
    assert steps == list(zip(("talks1", "talks2", "talks4"), expected, strict=True))
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == before


# --- names


def test_no_page_takes_the_name_of_a_report_or_of_another_page(run: Run, saved: Path, out: Path) -> None:
    for name in ("index.html", "Talks1.htm", "feed.html"):
        (saved / name).write_text(page(5), "utf-8")
    run(["html"])
    pages = {"index.html.html", "feed.html.html", "Talks1.htm.html", "talks1.html.html", "talks2.html", "talks3.html"}
    assert set(outputs(out)) == REPORTS | pages


def test_a_page_keeps_its_name_when_another_comes_that_would_have_it_too(run: Run, saved: Path, out: Path) -> None:
    run(["txt"])
    (saved / "talks1.htm").write_text(page(5), "utf-8")
    run(["txt"])
    assert set(outputs(out)) == REPORTS | {"talks1.txt", "talks1.htm.txt", "talks2.txt", "talks3.txt"}


def test_outputs_that_lie_in_the_archive_are_no_pages_of_it(saved: Path, executor: Counting) -> None:
    for _ in range(2):
        list(batch(saved, ["html", "txt"], saved / "out", executor=executor))
    assert executor.pages == 3


# --- what cannot be


def test_two_batches_in_one_folder_are_refused(run: Run, out: Path) -> None:
    with (
        open_batch(BatchConfig(formats=("txt",), out=out)),
        pytest.raises(OutputError, match="another batch is running") as caught,
    ):
        run()
    assert caught.value.where == str(out)
    assert len(run()) == 3


@pytest.mark.parametrize(
    ("formats", "what"),
    [([], "no format is named"), (["pfd"], "pfd"), (["html", "html5"], r"two of the formats would both become .html")],
)
def test_what_no_page_could_be_converted_to_is_refused_before_anything_is_written(
    formats: list[str], what: str, run: Run, out: Path
) -> None:
    with pytest.raises(UsageError, match=what):
        run(formats)
    assert not out.exists()


def test_a_look_that_there_is_none_of_is_refused_before_anything_is_written(run: Run, out: Path) -> None:
    with pytest.raises(UsageError, match="there is no PDF profile 'ua9'"):
        run(["pdf"], look=RenderOptions(pdf="ua9"))
    assert not out.exists()


def test_an_archive_that_is_missing_is_an_error_and_no_reason_to_forget_its_pages(run: Run, saved: Path) -> None:
    run()
    shutil.rmtree(saved)
    with pytest.raises(SourceError, match="no such file"):
        run()


def test_a_ledger_that_is_damaged_says_what_to_do(run: Run, out: Path) -> None:
    (out / ".readout-pub").mkdir(parents=True)
    (out / ".readout-pub/ledger.sqlite").write_bytes(b"no ledger" * 1000)
    with pytest.raises(OutputError, match="cannot be used") as caught:
        run()
    assert caught.value.what_next == "remove it; the next run converts everything again"

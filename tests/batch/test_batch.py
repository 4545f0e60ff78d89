"""What the first batch over an archive converts, what later batches convert again, and which files they write."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest

from readout_pub import OutputError, RenderOptions, SourceError, UsageError
from readout_pub.batch import BatchConfig, Selection, batch, open_batch
from readout_pub.batch.job import PRIVATE_FOLDER
from readout_pub.emit import EMITTERS
from readout_pub.image_store import Picture
from readout_pub.ledger import Ledger
from tests.archives import zipped
from tests.batch.conftest import CountingExecutor, Run, fill, outputs, page, statuses
from tests.pages import PROFILES, jpeg

REPORTS = {
    *("SHA256SUMS", "failures.jsonl", "index.html", "manifest.json", "notes.csv", "notes.html"),
    *("feed/atom.xml", "feed/cover.png", "feed/opds.json"),
}


@pytest.mark.slow
def test_output_files_are_named_after_their_page(run: Run, saved: Path, out: Path) -> None:
    (saved / "2032").mkdir()
    (saved / "2032/talks 9.html").write_text(page(9), "utf-8")
    assert set(statuses(run()).values()) == {"made"}
    stems = ("2032/talks 9", "talks1", "talks2", "talks3")
    assert set(outputs(out)) == REPORTS | {
        f"{stem}.{suffix}" for stem in stems for suffix in ("html", "receipt.json", "txt")
    }


@pytest.mark.slow
def test_a_second_run_converts_nothing(run: Run, out: Path, executor: CountingExecutor) -> None:
    run()
    before, executor.pages = outputs(out), 0
    assert run() == []
    assert executor.pages == 0
    assert outputs(out) == before


@pytest.mark.slow
def test_a_run_without_receipts_removes_earlier_receipts(run: Run, out: Path) -> None:
    run(["html"])
    assert "talks1.receipt.json" in outputs(out)
    run(["html"], receipt=False)
    assert not [name for name in outputs(out) if name.endswith(".receipt.json")]
    run(["html"])
    assert "talks1.receipt.json" in outputs(out)


@pytest.mark.slow
def test_outputs_do_not_depend_on_the_output_folder(saved: Path, tmp_path: Path, executor: CountingExecutor) -> None:
    made = []
    for name in ("here", "there"):
        list(batch(saved, ["html", "epub"], tmp_path / name, executor=executor, sites=[PROFILES]))
        made.append(outputs(tmp_path / name))
    assert made[0] == made[1]


@pytest.mark.slow
def test_only_the_page_that_changed_is_converted(run: Run, saved: Path, out: Path) -> None:
    run()
    (saved / "talks2.html").write_text(page(2, title="Talks on Fish"), "utf-8")
    assert statuses(run()) == {"talks2.html": "made"}
    assert b"Talks on Fish" in outputs(out)["talks2.txt"]


@pytest.mark.slow
def test_no_output_is_rewritten_if_only_the_file_date_changes(run: Run, saved: Path, out: Path) -> None:
    run()
    before = (out / "talks2.html").stat().st_mtime_ns
    os.utime(saved / "talks2.html", (1, 1))
    assert statuses(run()) == {"talks2.html": "confirmed"}
    assert (out / "talks2.html").stat().st_mtime_ns == before
    assert run() == []


@pytest.mark.slow
def test_outputs_with_another_file_date_are_written_only_if_they_changed(run: Run, out: Path) -> None:
    run()
    for name in ("talks1.txt", "talks2.txt", "talks3.html"):
        os.utime(out / name, (1, 1))
    assert run() == []
    before = (out / "talks2.txt").read_bytes()
    (out / "talks2.txt").write_bytes(before.replace(b"harbour", b"arbourh"))
    assert statuses(run()) == {"talks2.html": "made"}
    assert (out / "talks2.txt").read_bytes() == before


@pytest.mark.slow
def test_the_ledger_records_the_file_dates_of_a_copied_output_folder(run: Run, out: Path) -> None:
    run()
    for name in ("talks1.txt", "talks2.html"):
        os.utime(out / name, (1, 1))
    assert run() == []
    with contextlib.closing(Ledger(out / PRIVATE_FOLDER)) as ledger:
        entries = [row.entry for row in ledger.converted_pages() if row.entry]
    files = [file for entry in entries for made in entry.renditions.values() for file in made.files]
    assert {file.path: file.modified for file in files} == {
        file.path: (out / file.path).stat().st_mtime_ns for file in files
    }


@pytest.mark.slow
def test_a_changed_photo_converts_the_pages_that_show_it(run: Run, saved: Path) -> None:
    shutil.copy(saved / "img/quay.jpg", saved / "img/pier.jpg")
    (saved / "talks2.html").write_text(page(2).replace("quay.jpg", "pier.jpg"), "utf-8")
    run()
    (saved / "img/pier.jpg").write_bytes(jpeg(400, 300, "navy"))
    assert statuses(run()) == {"talks2.html": "made"}


@pytest.mark.slow
def test_a_photo_that_was_missing_is_used_as_soon_as_it_exists(run: Run, saved: Path, out: Path) -> None:
    (saved / "talks2.html").write_text(page(2).replace("quay.jpg", "pier.jpg"), "utf-8")
    run()
    shutil.copy(saved / "img/quay.jpg", saved / "img/pier.jpg")
    assert statuses(run()) == {"talks2.html": "made"}
    assert b"data:image/jpeg" in outputs(out)["talks2.html"]


@pytest.mark.slow
@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(b"spoiled")])
def test_an_output_that_was_removed_or_changed_is_written_again(change: object, run: Run, out: Path) -> None:
    run()
    before = outputs(out)
    assert callable(change)
    change(out / "talks2.html")
    (outcome,) = run()
    assert (outcome.name, outcome.formats) == ("talks2.html", ("html",))
    assert outputs(out) == before


@pytest.mark.slow
def test_another_theme_rewrites_only_formats_with_style_sheets(run: Run) -> None:
    run()
    assert {outcome.formats for outcome in run(render_options=RenderOptions(theme="gazette"))} == {("html",)}


@pytest.mark.slow
def test_a_changed_theme_of_the_user_rewrites_its_outputs(run: Run, tmp_path: Path) -> None:
    theme = tmp_path / "avalon" / "theme.toml"
    theme.parent.mkdir()
    theme.write_text('name = "Avalon"\n', "utf-8")
    render_options = RenderOptions(theme=str(theme.parent))
    run(render_options=render_options)
    assert run(render_options=render_options) == []
    theme.write_text('name = "Avalon"\n[colours.light]\naccent = "#5c1a1b"\n', "utf-8")
    assert {outcome.formats for outcome in run(render_options=render_options)} == {("html",)}


OPTIONS: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
    "photos in a folder": ({"render_options": RenderOptions(photos="beside")}, ("html",)),
    "another paper": ({"render_options": RenderOptions(paper="a5")}, ("pdf",)),
    "a PDF profile": ({"render_options": RenderOptions(pdf="ua2")}, ("pdf",)),
    "system fonts": ({"render_options": RenderOptions(system_fonts=True)}, ("pdf",)),
    "a larger limit without effect on the page": ({"max_bytes": 30_000_000}, ()),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", OPTIONS)
def test_an_option_rewrites_only_the_formats_that_use_it(change: str, run: Run, saved: Path) -> None:
    for name in ("talks2.html", "talks3.html"):
        (saved / name).unlink()
    formats = ("txt", "html", "pdf", "epub")
    run(formats)
    options, rewritten = OPTIONS[change]
    (outcome,) = run(formats, **options)
    assert (outcome.formats, outcome.status) == (rewritten, "made" if rewritten else "confirmed")
    assert run(formats, **options) == []


@pytest.mark.slow
def test_each_new_value_of_keep_converts_every_page_again(run: Run) -> None:
    run(["txt"])
    for options in ({"keep": "most"}, {"keep": "more"}, {}):
        assert len(run(["txt"], **options)) == 3
        assert run(["txt"], **options) == []


def test_an_unknown_value_of_keep_is_refused(run: Run) -> None:
    with pytest.raises(UsageError, match="'all' is not a value"):
        run(["txt"], keep="all")


@pytest.mark.slow
def test_a_new_format_does_not_rewrite_the_others(run: Run) -> None:
    run(["txt"])
    assert {outcome.formats for outcome in run(["txt", "json"])} == {("json",)}


@pytest.mark.slow
def test_a_format_that_one_run_leaves_out_is_updated_by_the_next(run: Run, saved: Path) -> None:
    run(["txt", "html"])
    (saved / "talks2.html").write_text(page(2, title="Talks on Fish"), "utf-8")
    run(["txt"])
    (outcome,) = run(["txt", "html"])
    assert (outcome.name, outcome.formats) == ("talks2.html", ("html",))


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROFILES, tmp_path / "sites"))


@pytest.mark.slow
def test_a_changed_profile_converts_the_pages_of_its_hosts(run: Run, saved: Path, profiles: Path) -> None:
    (saved / "talks2.html").write_text(page(2, host="lemuria.example"), "utf-8")
    run(sites=[profiles])
    profile = profiles / "atlantis/profile.toml"
    profile.write_text(profile.read_text("utf-8").replace('series = "p.series"', ""), "utf-8")
    assert statuses(run(sites=[profiles])) == {"talks1.html": "made", "talks3.html": "made"}


@pytest.mark.slow
def test_a_profile_change_without_effect_rewrites_nothing(run: Run, profiles: Path) -> None:
    run(sites=[profiles])
    profile = profiles / "atlantis/profile.toml"
    profile.write_text(f"# another comment\n{profile.read_text('utf-8')}", "utf-8")
    assert set(statuses(run(sites=[profiles])).values()) == {"confirmed"}
    assert run(sites=[profiles]) == []


# --- selection of pages


@pytest.mark.slow
def test_force_converts_every_page_to_the_same_bytes(run: Run, out: Path) -> None:
    run()
    before = outputs(out)
    assert len(run(selection=Selection(force=True))) == 3
    assert outputs(out) == before


@pytest.mark.slow
def test_a_limit_leaves_the_rest_for_the_next_run(run: Run) -> None:
    assert list(statuses(run(selection=Selection(limit=1)))) == ["talks1.html"]
    assert list(statuses(run())) == ["talks2.html", "talks3.html"]


@pytest.mark.slow
def test_the_since_option_selects_pages_changed_on_that_day_or_later(run: Run, saved: Path) -> None:
    day = dt.datetime(2031, 8, 4, tzinfo=dt.UTC).timestamp()
    for name, days in (("talks1", -1), ("talks2", 0), ("talks3", 1)):
        os.utime(saved / f"{name}.html", (day + days * 86400,) * 2)
    assert list(statuses(run(selection=Selection(since=dt.date(2031, 8, 4))))) == ["talks2.html", "talks3.html"]


EMPTY = "<html><body></body></html>"


@pytest.mark.slow
def test_a_run_fails_if_its_output_folder_is_removed(saved: Path, out: Path, executor: CountingExecutor) -> None:
    run = batch(saved, ["txt"], out, executor=executor)
    next(run)
    out.rename(out.with_name("removed"))  # at once, while workers write into it
    with pytest.raises(OutputError, match="the output folder was removed during the run; run the batch again"):
        list(run)


@pytest.mark.slow
def test_a_failed_page_is_retried_when_it_changes_or_on_request(run: Run, saved: Path) -> None:
    (saved / "talks2.html").write_text(EMPTY, "utf-8")
    assert statuses(run())["talks2.html"] == "failed"
    assert run() == []
    assert statuses(run(selection=Selection(only="failed"))) == {"talks2.html": "failed"}
    (saved / "talks2.html").write_text(page(2), "utf-8")
    assert statuses(run()) == {"talks2.html": "made"}


@pytest.mark.slow
def test_a_format_that_fails_does_not_stop_the_others(run: Run, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EMITTERS, "epub", "math:sqrt")  # a function that raises TypeError for a readout
    outcomes = run(["epub", "txt"])
    assert statuses(outcomes) == {f"talks{number}.html": "failed" for number in (1, 2, 3)}
    assert {outcome.formats for outcome in outcomes} == {("txt",)}
    assert {outcome.entry.failure and outcome.entry.failure.formats for outcome in outcomes} == {("epub",)}
    assert {"talks1.txt", "talks2.txt", "talks3.txt"} <= set(outputs(out))
    assert run(["epub", "txt"]) == []
    (out / "talks2.txt").unlink()
    assert list(statuses(run(["epub", "txt"]))) == ["talks2.html"]
    assert "talks2.txt" in outputs(out)


@pytest.mark.slow
def test_outputs_stay_when_a_later_version_of_the_page_fails(run: Run, saved: Path, out: Path) -> None:
    run()
    before = outputs(out)["talks2.txt"]
    whole = (saved / "talks2.html").read_bytes()
    (saved / "talks2.html").write_text(EMPTY, "utf-8")
    run()
    assert outputs(out)["talks2.txt"] == before
    (saved / "talks2.html").write_bytes(whole)
    assert statuses(run()) == {"talks2.html": "confirmed"}


@pytest.mark.slow
def test_outputs_of_vanished_pages_stay_until_they_are_pruned(saved: Path, out: Path) -> None:
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


@pytest.mark.slow
@pytest.mark.parametrize("is_zipped", [False, True])
@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("talks2.html", b"Not found"),
        ("talks2.html", b"\xff\xd8\xff\xe0"),
        ("talks2", b"Not found"),
        ("notes.txt", b" "),
    ],
)
def test_a_page_that_is_no_longer_recognised_fails_and_keeps_its_outputs(
    saved: Path, out: Path, name: str, damage: bytes, *, is_zipped: bool
) -> None:
    """If such a page counted as gone, --prune would delete its outputs, although it only has to be saved again."""
    config = BatchConfig(formats=("txt",), out=out)

    def convert() -> tuple[dict[str, str], int]:
        source = saved.with_suffix(".zip") if is_zipped else saved
        if is_zipped:
            files = [each for each in saved.rglob("*") if each.is_file()]
            source.write_bytes(zipped({each.relative_to(saved).as_posix(): each.read_bytes() for each in files}))
        with open_batch(config) as run:
            run.build_plan([source])
            found = statuses(list(run.outcomes()))
            pruned = run.prune()
            run.write_reports()
            return found, pruned

    (saved / name).write_text(page(2), "utf-8")
    convert()
    (saved / name).write_bytes(damage)
    found, pruned = convert()
    assert (found[name], pruned) == ("failed", 0)
    (failure,) = map(msgspec.json.decode, (out / "failures.jsonl").read_bytes().splitlines())
    assert "it was a page before, and has no HTML or text now" in failure["what"]
    assert {Path(file).suffix: (out / file).is_file() for file in failure["stale"]}[".txt"]


@pytest.mark.parametrize("is_changed", [False, True])
@pytest.mark.slow
def test_pages_of_a_moved_archive_keep_their_outputs_unless_the_first_changed(
    saved: Path, out: Path, tmp_path: Path, *, is_changed: bool
) -> None:
    """If the first page of a moved folder changed, the folder counts as another archive: its outputs get new names."""
    config = BatchConfig(formats=("txt",), out=out)
    with open_batch(config) as first:
        first.build_plan([saved])
        list(first.outcomes())
    moved = saved.rename(tmp_path / "moved")
    (moved / "talks2.html").unlink()
    if is_changed:
        (moved / "talks1.html").write_text(page(9), "utf-8")
    with open_batch(config) as second:
        second.build_plan([moved])
        list(second.outcomes())
        assert [row.name for row in second.vanished()] == ([] if is_changed else ["talks2.html"])
        assert [str(saved) in remark for remark in second.plan.remarks()] == ([] if is_changed else [True])
    assert ("talks1.html.txt" in outputs(out)) == is_changed


@pytest.mark.slow
def test_a_moved_archive_is_recognised_even_if_its_first_page_failed(saved: Path, out: Path, tmp_path: Path) -> None:
    (saved / "a.html").write_text(EMPTY, "utf-8")
    config = BatchConfig(formats=("txt",), out=out)
    with open_batch(config) as first:
        first.build_plan([saved])
        list(first.outcomes())
    before = outputs(out)
    moved = saved.rename(tmp_path / "moved")
    with open_batch(config) as second:
        second.build_plan([moved])
        assert {each.name: each.status for each in second.outcomes()} == {"a.html": "failed"}
        assert any(str(saved) in remark for remark in second.plan.remarks())
    assert outputs(out) == before


@pytest.mark.slow
def test_a_failed_page_of_a_moved_archive_still_lists_its_earlier_files(
    saved: Path, out: Path, tmp_path: Path, executor: CountingExecutor
) -> None:
    def converted(archive: Path) -> dict[str, str]:
        return {each.name: each.status for each in batch(archive, ["txt"], out, executor=executor)}

    (saved / "a.html").write_text(page(9), "utf-8")
    converted(saved)
    (saved / "a.html").write_text(EMPTY, "utf-8")
    assert converted(saved) == {"a.html": "failed"}
    failures = (out / "failures.jsonl").read_bytes()
    moved = saved.rename(tmp_path / "moved")
    converted(moved)
    assert (out / "failures.jsonl").read_bytes() == failures
    (moved / "a.html").write_text(page(8), "utf-8")
    assert converted(moved) == {"a.html": "made"}


@pytest.mark.slow
def test_a_second_archive_in_the_same_output_folder_removes_nothing(saved: Path, out: Path, tmp_path: Path) -> None:
    other = fill(tmp_path / "other", 1)
    config = BatchConfig(formats=("txt",), out=out)
    for source in (saved, other):
        with open_batch(config) as run:
            run.build_plan([source])
            list(run.outcomes())
            assert list(run.vanished()) == []
    assert {"talks1.txt", "talks1.html.txt"} <= set(outputs(out))


@pytest.mark.slow
def test_a_dry_run_gives_reasons_and_changes_nothing(run: Run, saved: Path, out: Path) -> None:
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


@pytest.mark.slow
def test_a_dry_run_makes_no_ledger_in_a_folder_that_lacks_one(run: Run, saved: Path, out: Path) -> None:
    run()
    shutil.rmtree(out / ".readout-pub")
    (out / ".readout-pub").mkdir(mode=0o700)
    with open_batch(BatchConfig(formats=("txt",), out=out, sites=(PROFILES,)), dry_run=True) as dry:
        assert {step.reason for step in dry.preview([saved])} == {"new"}
    assert list((out / ".readout-pub").iterdir()) == []


# --- names of output files


@pytest.mark.slow
def test_no_output_takes_the_name_of_a_report_or_another_output(run: Run, saved: Path, out: Path) -> None:
    for name in ("index.html", "Talks1.htm", "feed.html"):
        (saved / name).write_text(page(5), "utf-8")
    run(["html"])
    pages = {"index_.html", "feed.html", "Talks1.htm.html", "talks1.html.html", "talks2.html", "talks3.html"}
    receipts = {f"{name.removesuffix('.html')}.receipt.json" for name in pages}
    assert set(outputs(out)) == REPORTS | pages | receipts


@pytest.mark.slow
def test_every_page_of_folders_named_like_a_report_is_converted(run: Run, saved: Path, out: Path) -> None:
    for folder in ("feed", "Feed", "index.html"):
        (saved / folder).mkdir()
        (saved / folder / "talks1.html").write_text(page(5, title=folder), "utf-8")
    run(["txt"])
    texts = {name: content for name, content in outputs(out).items() if name.endswith(".txt")}
    assert {"Feed_/talks1.html.txt", "index.html_/talks1.txt"} < set(texts)
    assert len(texts) == len(set(texts.values())) == 6


@pytest.mark.slow
def test_a_page_named_index_avoids_the_report_name_even_if_html_comes_later(run: Run, saved: Path, out: Path) -> None:
    (saved / "index.html").write_text(page(5), "utf-8")
    run(["txt"])
    run(["txt", "html"])
    assert b"Talks 5" in outputs(out)["index_.html"]
    assert b"Talks 5" in outputs(out)["index_.txt"]


@pytest.mark.slow
def test_a_page_in_a_folder_named_like_an_output_file_is_converted(run: Run, saved: Path, out: Path) -> None:
    (saved / "talks1.txt").mkdir()
    (saved / "talks1.txt/minutes.html").write_text(page(5), "utf-8")
    assert set(statuses(run(["txt"])).values()) == {"made"}
    assert len([name for name in outputs(out) if name.endswith(".txt")]) == 4


@pytest.mark.slow
def test_outputs_keep_their_name_when_a_new_page_would_take_it(run: Run, saved: Path, out: Path) -> None:
    run(["txt"])
    (saved / "talks1.htm").write_text(page(5), "utf-8")
    run(["txt"])
    stems = ("talks1", "talks1.htm", "talks2", "talks3")
    assert set(outputs(out)) == REPORTS | {f"{stem}.{suffix}" for stem in stems for suffix in ("txt", "receipt.json")}


@pytest.mark.slow
def test_outputs_inside_the_archive_are_not_converted(saved: Path, executor: CountingExecutor) -> None:
    for _ in range(2):
        list(batch(saved, ["html", "txt"], saved / "out", executor=executor))
    assert executor.pages == 3


# --- errors


@pytest.mark.slow
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
def test_impossible_formats_are_refused_before_anything_is_written(
    formats: list[str], what: str, run: Run, out: Path
) -> None:
    with pytest.raises(UsageError, match=what):
        run(formats)
    assert not out.exists()


@pytest.mark.slow
def test_a_missing_archive_is_an_error(run: Run, saved: Path) -> None:
    run()
    shutil.rmtree(saved)
    with pytest.raises(SourceError, match="no such file"):
        run()


def test_a_damaged_ledger_is_an_error_that_says_what_to_do(run: Run, out: Path) -> None:
    (out / ".readout-pub").mkdir(parents=True)
    (out / ".readout-pub/ledger.sqlite").write_bytes(b"no ledger" * 1000)
    with pytest.raises(OutputError, match="cannot be used") as caught:
        run()
    assert caught.value.what_next == "remove it; the next run converts everything again"


@pytest.mark.slow
@pytest.mark.parametrize("entry", [b"{broken", b'{"stamp": 5}', b'{"title": "\xff"}', b"[]"])
def test_a_page_whose_ledger_entry_is_damaged_is_converted_again(entry: bytes, run: Run, out: Path) -> None:
    run(["txt"])
    before = outputs(out)
    edit_ledger(out, "UPDATE pages SET entry = CAST(? AS TEXT) WHERE stem = 'talks2'", entry)
    assert statuses(run(["txt"])) == {"talks2.html": "made"}
    assert outputs(out) == before
    assert run(["txt"]) == []


@pytest.mark.slow
def test_a_page_whose_ledger_entry_has_an_impossible_path_is_converted_again(run: Run, out: Path) -> None:
    run(["txt"])
    edit_ledger(out, r"UPDATE pages SET entry = replace(entry, 'talks2.txt', 'talks2\u0000.txt')")
    assert statuses(run(["txt"])) == {"talks2.html": "made"}
    assert run(["txt"]) == []


# --- an output folder that somebody else has prepared


@pytest.mark.parametrize("link", [".readout-pub", ".readout-pub/unfinished", ".readout-pub/photos", "feed", "old"])
@pytest.mark.slow
def test_a_link_that_leads_out_of_the_output_folder_is_refused(link: str, saved: Path, out: Path) -> None:
    (saved / "old").mkdir()
    (saved / "old/talks9.html").write_text(page(9), "utf-8")
    elsewhere = out.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious.txt").write_text("precious", "utf-8")
    (out / link).parent.mkdir(parents=True)
    (out / link).symlink_to(elsewhere)
    if link == "old":  # only the page whose output belongs there fails
        found = statuses(list(batch(saved, ["txt"], out)))
        assert (found["old/talks9.html"], found["talks1.html"]) == ("failed", "made")
    else:
        with pytest.raises(OutputError, match="link"):
            list(batch(saved, ["txt"], out))
    assert [path.name for path in elsewhere.iterdir()] == ["precious.txt"]


@pytest.mark.slow
def test_pruning_removes_nothing_outside_of_the_output_folder(saved: Path, out: Path) -> None:
    config = BatchConfig(formats=("txt",), out=out)
    with open_batch(config) as first:
        first.build_plan([saved])
        list(first.outcomes())
    precious = out.parent / "precious.txt"
    precious.write_text("precious", "utf-8")
    edit_ledger(out, "UPDATE pages SET entry = replace(entry, 'talks3.txt', '../precious.txt')")
    (saved / "talks3.html").unlink()
    with open_batch(config) as second:
        second.build_plan([saved])
        with pytest.raises(OutputError, match="outside of the output folder"):
            second.prune()
    assert precious.read_text("utf-8") == "precious"


@pytest.mark.slow
@pytest.mark.parametrize(
    "planted",
    [
        Picture(b"<svg/>", 'image/svg+xml" onerror="alert(1)', 300, 200),
        Picture(b"<svg/>", "image/png", 300, 200),
        Picture(jpeg(), "image/jpeg", 0, 0),
    ],
)
def test_outputs_do_not_use_a_planted_file_in_the_picture_cache(planted: Picture, run: Run, out: Path) -> None:
    run(["html"])
    before = outputs(out)
    for path in (out / ".readout-pub/photos").rglob("*"):
        if path.is_file():
            path.write_bytes(msgspec.msgpack.encode(planted))
    assert set(statuses(run(["html"], selection=Selection(force=True))).values()) == {"made"}
    assert outputs(out) == before


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_pages_fail_if_their_photo_in_the_cache_is_a_pipe(run: Run, out: Path) -> None:
    run(["html"])
    for path in (out / ".readout-pub/photos").rglob("*"):
        if path.is_file():
            path.unlink()
            os.mkfifo(path)
    failures = [str(outcome.entry.failure) for outcome in run(["html"], selection=Selection(force=True))]
    assert len(failures) == 3
    assert all("it is a device or a pipe" in failure for failure in failures)


@pytest.mark.slow
@pytest.mark.parametrize("stem", [b"../talks3", b"talks\x003"])
def test_a_page_fails_if_its_path_in_the_ledger_is_unsafe(stem: bytes, run: Run, saved: Path, out: Path) -> None:
    run(["txt"])
    edit_ledger(out, "UPDATE pages SET stem = CAST(? AS TEXT) WHERE stem = 'talks3'", stem)
    (saved / "talks3.html").write_text(page(3, title="Talks on Fish"), "utf-8")
    assert statuses(run(["txt"])) == {"talks3.html": "failed"}
    assert not (out.parent / "talks3.txt").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no numeric owners")
def test_the_ledger_of_another_user_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run(["txt"])
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    with pytest.raises(OutputError, match="belongs to another user"):
        run(["txt"])


def edit_ledger(out: Path, statement: str, *values: bytes) -> None:
    """Change the ledger from outside, as an attacker could."""
    with contextlib.closing(sqlite3.connect(out / ".readout-pub/ledger.sqlite")) as db, db:
        db.execute(statement, values)


@pytest.mark.slow
def test_moved_files_are_recognised_in_a_linear_number_of_queries(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 30
    folder = fill(tmp_path / "saved", count)
    config = BatchConfig(formats=("txt",), out=out)
    with open_batch(config) as first:
        first.build_plan(sorted(folder.glob("*.html")))
        list(first.outcomes())
    moved = folder.rename(tmp_path / "moved")
    statements: list[str] = []
    connect = sqlite3.connect

    def connect_and_trace(path: str, *, timeout: float, isolation_level: None) -> sqlite3.Connection:
        connection = connect(path, timeout=timeout, isolation_level=isolation_level)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_and_trace)
    with open_batch(config) as second:
        second.build_plan(sorted(moved.glob("*.html"), reverse=True))
        assert second.plan.queued == 0
    assert len(statements) < 15 * count

"""Files of a user in the output folder: no run replaces them or treats them as its own outputs."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest

from readout_pub import OutputError, SourceError, UsageError
from readout_pub.batch import BatchConfig, batch, open_batch
from readout_pub.batch.reports.report_files import REPORT_FILES, REPORT_NAMES
from tests.batch.conftest import CountingExecutor, Run, outputs, page, statuses
from tests.pages import PROFILES


@pytest.mark.parametrize("name", sorted({*REPORT_FILES, *REPORT_NAMES}))
def test_a_file_with_the_name_of_a_report_is_not_replaced(name: str, run: Run, out: Path, saved: Path) -> None:
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("my own", "utf-8")
    with pytest.raises(OutputError, match="it exists already, no ledger says"):
        run(["txt"])
    with (
        pytest.raises(OutputError, match="exists already"),
        open_batch(BatchConfig(formats=("txt",), out=out), dry_run=True) as dry,
    ):
        list(dry.preview([saved]))
    assert outputs(out) == {name: b"my own"}
    assert not (out / ".readout-pub").exists()


@pytest.mark.slow
def test_a_folder_whose_ledger_was_removed_is_filled_again(run: Run, out: Path) -> None:
    run(["txt"])
    (out / ".readout-pub/ledger.sqlite").unlink()
    assert len(run(["txt"])) == 3


@pytest.mark.slow
def test_a_ledger_with_triggers_is_refused(run: Run, out: Path) -> None:
    run(["txt"])
    with contextlib.closing(sqlite3.connect(out / ".readout-pub/ledger.sqlite")) as ledger, ledger:
        ledger.execute("CREATE TRIGGER forget AFTER UPDATE ON pages BEGIN DELETE FROM pages; END")
    with pytest.raises(OutputError, match="the ledger has triggers or views"):
        run(["txt"])


@pytest.mark.parametrize("source", ["", "talks1.html", "img/../talks1.html", "*.html", "@list.txt", "link"])
def test_a_source_in_the_output_folder_is_refused(
    source: str, saved: Path, executor: CountingExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (saved / "list.txt").write_text("talks1.html\n", "utf-8")
    (saved.parent / "link").symlink_to(saved)
    monkeypatch.chdir(saved.parent if source == "link" else saved)
    before = outputs(saved)
    for _ in range(2):
        with pytest.raises(UsageError, match="could replace it"):
            list(batch(source or saved, ["html"], saved, executor=executor))
    assert outputs(saved) == before


def test_a_users_page_in_a_new_output_folder_is_refused(saved: Path, executor: CountingExecutor) -> None:
    (saved / "out").mkdir()
    (saved / "out/talks1.html").write_text(page(9), "utf-8")
    before = outputs(saved)
    for _ in range(2):
        with pytest.raises(UsageError, match="could replace it"):
            list(batch(saved, ["html"], saved / "out", executor=executor))
    assert outputs(saved) == before


@pytest.mark.slow
def test_outputs_inside_the_archive_are_left_out_even_without_a_ledger(saved: Path, executor: CountingExecutor) -> None:
    list(batch(saved, ["html"], saved / "out", executor=executor))
    (saved / "out/.readout-pub/ledger.sqlite").unlink()
    assert len(statuses(list(batch(saved, ["html"], saved / "out", executor=executor)))) == 3


@pytest.mark.slow
def test_a_run_that_finds_only_outputs_is_an_error(saved: Path, executor: CountingExecutor) -> None:
    list(batch(saved, ["html"], saved / "out", executor=executor))
    (saved / "out/.readout-pub/ledger.sqlite").unlink()
    for path in saved.glob("*.html"):
        path.unlink()
    with pytest.raises(SourceError, match="there is no page in it outside of the output folders") as caught:
        list(batch(saved, ["html"], saved / "out", executor=executor))
    assert caught.value.where == str(saved)


# --- outputs and files of users


@pytest.mark.slow
def test_a_users_file_with_the_name_of_an_output_is_kept(run: Run, out: Path) -> None:
    out.mkdir()
    (out / "talks2.txt").write_text("my own", "utf-8")
    for _ in range(2):
        assert {"talks2.html": "failed"}.items() <= statuses(run(["txt", "html"])).items()
        assert (out / "talks2.txt").read_bytes() == b"my own"
    assert (out / "talks2.html").exists()
    failure = json.loads((out / "failures.jsonl").read_bytes())
    assert (failure["what"], failure["what_next"]) == (
        "txt: talks2.txt is there already, and this program has not written it",
        "move it elsewhere, or name another folder with -o",
    )
    (out / "talks2.txt").rename(out / "mine.txt")
    assert statuses(run(["txt", "html"])) == {"talks2.html": "made"}
    assert b"Talks 2\n" in (out / "talks2.txt").read_bytes()


@pytest.mark.slow
def test_a_file_of_the_user_is_kept_when_a_format_is_added(run: Run, out: Path) -> None:
    run(["html"])
    (out / "talks2.txt").write_text("my own", "utf-8")
    assert statuses(run(["html", "txt"]))["talks2.html"] == "failed"
    assert (out / "talks2.txt").read_bytes() == b"my own"


@pytest.mark.slow
@pytest.mark.parametrize("formats", [["txt"], ["txt", "html"]])
def test_files_left_by_a_killed_run_are_replaced(
    formats: list[str], run: Run, out: Path, saved: Path, executor: CountingExecutor
) -> None:
    config = BatchConfig(formats=("txt",), out=out, sites=(PROFILES,))
    with open_batch(config) as killed:
        killed.build_plan([saved], executor)
        list(killed.plan.jobs())
        for number in (1, 2, 3):
            (out / f"talks{number}.txt").write_text("written, and not recorded", "utf-8")
    assert set(statuses(run(formats)).values()) == {"made"}
    assert b"Talks 2\n" in (out / "talks2.txt").read_bytes()


@pytest.mark.slow
def test_a_refused_run_leaves_no_folder(saved: Path, tmp_path: Path, executor: CountingExecutor) -> None:
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "empty", tmp_path / "gone", "https://atlantis.example/"):
        with pytest.raises((SourceError, UsageError)):
            list(batch(source, ["txt"], tmp_path / "new/out", executor=executor))
        assert not (tmp_path / "new").exists()
    (tmp_path / "used").mkdir()
    (tmp_path / "used/talks.txt").write_text("my own", "utf-8")
    with pytest.raises(SourceError):
        list(batch(tmp_path / "gone", ["txt"], tmp_path / "used", executor=executor))
    assert [path.name for path in (tmp_path / "used").iterdir()] == ["talks.txt"]
    assert len(list(batch(saved, ["txt"], tmp_path / "used", executor=executor))) == 3


@pytest.mark.slow
def test_outputs_of_another_batch_are_left_out_and_counted(saved: Path, executor: CountingExecutor) -> None:
    list(batch(saved, ["html", "txt"], saved / "first", executor=executor))
    config = BatchConfig(formats=("html",), out=saved / "second", sites=(PROFILES,))
    with open_batch(config) as second:
        second.build_plan([saved], executor)
        assert second.plan.found == 3
        # 8 pages: three in HTML, three in plain text, index.html and notes.html.
        (remark,) = second.plan.remarks()
    assert remark == f"{saved}/first: 8 pages were left out, since this is the output folder of another batch"


@pytest.mark.slow
@pytest.mark.parametrize("source", ["first", "first/talks1.html", "first/*.html"])
def test_the_output_of_another_batch_is_refused_as_a_source(
    source: str, saved: Path, tmp_path: Path, executor: CountingExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    list(batch(saved, ["html"], "first", executor=executor))
    with pytest.raises(UsageError, match=r"it is in .*first, the output folder of another batch"):
        list(batch(source, ["txt"], "second", executor=executor))
    assert not (tmp_path / "second").exists()


@pytest.mark.slow
def test_a_page_saved_into_the_output_folder_is_reported(saved: Path, executor: CountingExecutor) -> None:
    out = saved / "out"
    list(batch(saved, ["html", "txt"], out, executor=executor))
    (out / "talks7.html").write_text(page(7), "utf-8")
    (out / "more").mkdir()
    (out / "more/talks8.html").write_text(page(8), "utf-8")
    config = BatchConfig(formats=("html", "txt"), out=out)
    with open_batch(config, dry_run=True) as run:
        assert list(run.preview([saved])) == []
        assert list(run.plan.remarks()) == [
            "pages in the output folder are not converted: 'more/talks8.html', 'talks7.html'; save them outside of it"
        ]


# --- ledgers changed by hand


@pytest.mark.slow
@pytest.mark.parametrize("stem", ["index", "INDEX", "manifest", "feed/x", "index.html/x"])
def test_a_ledger_cannot_give_a_page_the_name_of_a_report(stem: str, run: Run, out: Path, saved: Path) -> None:
    run(["html", "json"])
    with contextlib.closing(sqlite3.connect(out / ".readout-pub/ledger.sqlite")) as ledger, ledger:
        ledger.execute("UPDATE pages SET stem = ?, folded = ? WHERE name = 'talks1.html'", (stem, stem.lower()))
    for suffix in ("html", "json"):
        (out / f"talks1.{suffix}").unlink()
    (saved / "talks1.html").write_text(page(1, title="Talks of index"), "utf-8")
    before = set(outputs(out))
    assert [outcome.status for outcome in run(["html", "json"]) if outcome.name == "talks1.html"] == ["made"]
    assert set(outputs(out)) - before == {"talks1.html", "talks1.json"}
    overview = (out / "index.html").read_text("utf-8")
    assert all(title in overview for title in ("Talks of index", "Talks 2", "Talks 3"))

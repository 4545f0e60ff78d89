"""Files that a user has in the output folder: no run replaces them, or takes them for its own outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import OutputError, SourceError, UsageError
from readout_pub.batch import BatchConfig, batch, open_batch
from readout_pub.batch.reports import REPORTS
from tests.batch.conftest import CountingExecutor, Run, outputs, page, statuses


@pytest.mark.parametrize("name", REPORTS)
def test_a_file_with_the_name_of_a_report_is_not_replaced(name: str, run: Run, out: Path, saved: Path) -> None:
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("my own", "utf-8")
    with pytest.raises(OutputError, match="is there already and is not of this program"):
        run(["txt"])
    with (
        pytest.raises(OutputError, match="is there already"),
        open_batch(BatchConfig(formats=("txt",), out=out), dry_run=True) as dry,
    ):
        list(dry.preview([saved]))
    assert outputs(out) == {name: b"my own"}
    assert not (out / ".readout-pub").exists()


def test_a_folder_whose_ledger_was_removed_is_filled_again(run: Run, out: Path) -> None:
    run(["txt"])
    (out / ".readout-pub/ledger.sqlite").unlink()
    assert len(run(["txt"])) == 3


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


def test_a_page_that_the_user_has_in_a_new_output_folder_is_refused(saved: Path, executor: CountingExecutor) -> None:
    (saved / "out").mkdir()
    (saved / "out/talks1.html").write_text(page(9), "utf-8")
    before = outputs(saved)
    for _ in range(2):
        with pytest.raises(UsageError, match="could replace it"):
            list(batch(saved, ["html"], saved / "out", executor=executor))
    assert outputs(saved) == before


def test_outputs_in_the_archive_are_still_left_out_without_a_ledger(saved: Path, executor: CountingExecutor) -> None:
    list(batch(saved, ["html"], saved / "out", executor=executor))
    (saved / "out/.readout-pub/ledger.sqlite").unlink()
    assert len(statuses(list(batch(saved, ["html"], saved / "out", executor=executor)))) == 3


def test_a_run_that_finds_only_outputs_is_an_error(saved: Path, executor: CountingExecutor) -> None:
    list(batch(saved, ["html"], saved / "out", executor=executor))
    (saved / "out/.readout-pub/ledger.sqlite").unlink()
    for path in saved.glob("*.html"):
        path.unlink()
    with pytest.raises(SourceError, match="there is no page in it outside of the output folder") as caught:
        list(batch(saved, ["html"], saved / "out", executor=executor))
    assert caught.value.where == str(saved)

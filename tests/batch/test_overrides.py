"""Overrides: a table gives the titles or languages of pages. If a row changes, only its page is converted again."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub.batch import BatchConfig, Selection, open_batch
from tests.batch.conftest import Run, outputs, statuses
from tests.pages import PROFILES


def table(folder: Path, *rows: str) -> Path:
    path = folder / "corrected.csv"
    path.write_text("\n".join(["page,title,lang", *rows]) + "\n", "utf-8")
    return path


@pytest.mark.slow
def test_a_changed_row_of_overrides_converts_only_its_page(run: Run, saved: Path, out: Path) -> None:
    run()
    before = outputs(out)
    rows = table(saved.parent, "talks1.html,Tides,")
    assert statuses(run(overrides_file=rows)) == {"talks1.html": "made"}
    assert outputs(out)["talks1.txt"].decode().splitlines()[2] == "Tides"
    assert outputs(out).keys() == before.keys()
    assert outputs(out)["talks2.txt"] == before["talks2.txt"]
    assert statuses(run(overrides_file=rows)) == {}
    assert statuses(run()) == {"talks1.html": "made"}
    assert outputs(out) == before


@pytest.mark.slow
def test_the_language_in_a_row_overrides_that_of_all_pages(run: Run, saved: Path) -> None:
    outcomes = run(overrides_file=table(saved.parent, "talks2.html,,en-GB"), language="fr")
    languages = {outcome.name: outcome.entry.language for outcome in outcomes}
    assert languages == {"talks1.html": "fr", "talks2.html": "en-GB", "talks3.html": "fr"}


def test_a_dry_run_names_the_page_whose_row_changed(run: Run, saved: Path, out: Path) -> None:
    run()
    config = BatchConfig(
        formats=("txt", "html"), out=out, sites=(PROFILES,), overrides_file=table(saved.parent, "talks3.html,Tides,")
    )
    with open_batch(config, Selection(), dry_run=True) as batch:
        assert [page.reason for page in batch.preview([saved])] == ["its overrides changed"]

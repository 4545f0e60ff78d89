"""Options of `batch`: the language of all pages, `fail_on`, and the title and publisher of the archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.batch.conftest import Run, outputs, statuses


@pytest.mark.slow
def test_the_language_option_applies_to_all_pages(run: Run, out: Path) -> None:
    run(language="en-GB")
    assert all(b'lang="en-GB"' in outputs(out)[f"talks{number}.html"] for number in (1, 2, 3))
    assert list(statuses(run(language="en-NZ")).values()) == ["made"] * 3


@pytest.mark.slow
def test_the_option_fail_on_refuses_pages_with_a_note_of_that_severity(run: Run, saved: Path, out: Path) -> None:
    (saved / "talks2.html").write_text((saved / "talks2.html").read_text("utf-8").replace("quay.jpg", "gone.jpg"))
    assert statuses(run(fail_on="warning")) == {"talks1.html": "made", "talks2.html": "failed", "talks3.html": "made"}
    assert "talks2.txt" not in outputs(out)
    report = outputs(out)
    assert b"nothing was written because of PHOTO_FILE_MISSING (--fail-on warning)" in report["failures.jsonl"]
    assert b"warning,PHOTO_FILE_MISSING" in report["notes.csv"]
    assert run(fail_on="warning") == []
    assert statuses(run()) == {"talks2.html": "made"}
    assert statuses(run(fail_on="warning")) == {"talks2.html": "failed"}
    assert {each["source"] for each in json.loads(outputs(out)["manifest.json"])["pages"] if "stale" in str(each)} == {
        "talks2.html"
    }
    assert statuses(run()) == {"talks2.html": "confirmed"}


@pytest.mark.slow
def test_the_overview_and_the_feed_have_the_title_of_the_archive(run: Run, out: Path) -> None:
    run()
    assert run(title="Readouts of <Atlantis>", publisher="Ministry & Sons") == []
    assert b"<h1>Readouts of &lt;Atlantis&gt;</h1><p>Ministry &amp; Sons</p>" in outputs(out)["index.html"]
    atom = outputs(out)["feed/atom.xml"]
    assert b"<title>Readouts of &lt;Atlantis&gt;</title>" in atom
    assert b"<author>\n  <name>Ministry &amp; Sons</name>" in atom
    assert b'"title": "Readouts of <Atlantis>",\n  "publisher": "Ministry & Sons"' in outputs(out)["feed/opds.json"]
    run()
    assert b"<h1>Readouts</h1></header>" in outputs(out)["index.html"]

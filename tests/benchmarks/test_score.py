"""`./dev score` converts the pages of an annotated data set, and scores the results with the score.py of the set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.score import main

SCORE_SCRIPT = """
import json, pathlib, sys
out, *arguments = sys.argv[1:]
print("scored with", *(word.rpartition("/")[2] for word in arguments))
for path in sorted(pathlib.Path(out).glob("*.json")):
    made = json.loads(path.read_text("utf-8"))
    print(path.stem, made["series"], made["date"], made["text"].splitlines())
"""

PAGE = """Atlantis Relations

May 1, 2031

On May 1, Mr. Nereus, Minister for Foreign Affairs of Atlantis, met Ms. Thetis, Minister for Foreign Affairs of Lemuria.

  1. Trade
    They spoke of fish.

Back to Atlantis Relations
"""


@pytest.fixture
def annotated_pages(tmp_path: Path) -> Path:
    """A set of annotations for two pages, the second of them missing, and for an archive of one page."""
    (tmp_path / "score.py").write_text(SCORE_SCRIPT)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/talks.txt").write_text(PAGE)
    (tmp_path / "gold/archive40").mkdir(parents=True)
    golds = {"talks": "talks.txt", "lost": "lost.txt", "archive40/old": "talks.txt"}
    for stem, file in golds.items():
        (tmp_path / f"gold/{stem}.json").write_text(json.dumps({"shape": "txt", "file": f"texts/{file}"}))
    (tmp_path / "gold/archive40_manifest.json").write_text("{}")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("source", ["model", "html"])
def test_score_py_gets_a_candidate_for_every_page_that_converts(
    annotated_pages: Path, source: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["mofa", str(annotated_pages), "--from", source, "--worst", "3"]) == 0
    output = capfd.readouterr().out
    assert "scored with --gold gold --worst 3\ntalks Atlantis Relations 2031-05-01 [" in output
    assert "scored with --gold archive40 --worst 3\nold Atlantis Relations 2031-05-01 [" in output
    assert output.count("'1. Trade', 'They spoke of fish.'") == 2
    assert "failed: lost: SourceError: " in output


def test_only_the_named_shapes_and_the_archive_are_converted(
    annotated_pages: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["mofa", str(annotated_pages), "--shape", "html"]) == 0
    output = capfd.readouterr().out
    assert "scored with --gold gold --shape html\n\n── archive40" in output
    assert "old Atlantis Relations" in output


def test_an_unknown_set_is_a_usage_error_that_lists_the_sets(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["nonsense", "."])
    assert "mofa" in capfd.readouterr().err

"""`./dev bench batch`: it measures the chosen figures on an archive, and marks those that miss their limit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.batch import Figure, main
from benchmarks.batch.photos import photo, with_large_photos
from readout_pub.image_store import prepare_picture
from tests.batch.conftest import fill, outputs


@pytest.mark.slow
def test_the_chosen_figures_are_measured_and_the_archive_is_unchanged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = fill(tmp_path / "saved", 75)
    before = outputs(archive)
    arguments = (str(archive), "--pages", "10", "--only", "pages", "--only", "workers", "--only", "runs")
    assert main([*arguments, "--json", str(tmp_path / "figures.json")]) == 0
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))["figures"]
    assert all(figure["value"] > 0 for figure in figures if not figure["name"].startswith("overhead of scheduling"))
    names = [figure["name"] for figure in figures]
    assert names[0] == "a page in three formats, median of 10"
    assert "memory of a worker at page 67" in names  # after nine tenths of the 75 pages
    assert "whole archive, 75 pages, two workers" in names
    assert len(capsys.readouterr().out.splitlines()) == len(names) + 3
    assert outputs(archive) == before


@pytest.mark.parametrize(
    ("figure", "missed"),
    [
        (Figure("a page", 60.0, "ms", at_most=60), False),
        (Figure("a page", 60.1, "ms", at_most=60), True),
        (Figure("two workers", 1.84, "times", at_least=1.85), True),
        (Figure("two workers", 1.85, "times", at_least=1.85), False),
        (Figure("one worker", 9.0, "pages/s"), False),
    ],
)
def test_only_a_figure_that_misses_its_limit_is_marked(figure: Figure, missed: bool) -> None:  # noqa: FBT001 - a case of a table
    assert figure.missed is missed
    assert ("missed" in str(figure)) is missed


@pytest.mark.slow
def test_generated_photos_differ_and_are_as_large_as_real_ones() -> None:
    large = photo(4000, 1)
    assert 1_500_000 < len(large) < 4_000_000
    assert prepare_picture(large).scaled_from == 4000
    assert photo(1600, 1) != photo(1600, 2)


@pytest.mark.slow
def test_pages_are_copied_with_large_photos_in_place_of_their_images(tmp_path: Path) -> None:
    folder = with_large_photos(fill(tmp_path / "saved", 3), tmp_path / "large", 1)
    assert sorted(outputs(folder)) == ["img/quay.jpg", "talks1.html", "talks2.html"]
    assert prepare_picture((folder / "img/quay.jpg").read_bytes()).width == 1600

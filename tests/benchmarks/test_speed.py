"""The table of timings."""

from __future__ import annotations

import pytest

from benchmarks.speed import SEED, Timing, main, table, timed
from benchmarks.tagger import RUNS, written


def test_the_table_gives_milliseconds_and_names_what_was_missed() -> None:
    timings = [Timing("warm html", (0.004, 0.002, 0.009), 0.005), Timing("warm pdf", (0.07, 0.08, 0.05), 0.06)]
    assert table([*timings, Timing("warm txt", (0.001,), None)]).splitlines() == [
        "                 median      min      max      bar   ms",
        "warm html           4.0      2.0      9.0        5",
        "warm pdf           70.0     50.0     80.0       60   missed",
        "warm txt            1.0      1.0      1.0         ",
    ]


def test_runs_that_warm_up_do_not_count() -> None:
    calls: list[None] = []
    seconds = timed(lambda: calls.append(None), ups=2, runs=3)
    assert (len(calls), len(seconds)) == (5, 3)


def test_an_unknown_benchmark_is_a_usage_error_that_names_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["lukewarm"])
    assert "no benchmark is called 'lukewarm'; there are warm, cold, fetch, tagger" in capsys.readouterr().err


def test_writing_with_tags_is_timed_in_turn_with_writing_without() -> None:
    ours, theirs = written(SEED)
    assert len(ours) == len(theirs) == RUNS
    assert min(*ours, *theirs) > 0

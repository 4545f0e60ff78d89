"""`./dev bench`: the table of timings, warm-up runs, and unknown names."""

from __future__ import annotations

import pytest

from benchmarks.speed import DEFAULT_PAGE, Timing, main, table, timed
from benchmarks.tagger import RUNS, time_writes


def test_the_table_gives_milliseconds_and_marks_missed_limits() -> None:
    timings = [Timing("warm html", (0.004, 0.002, 0.009), 0.005), Timing("warm pdf", (0.07, 0.08, 0.05), 0.06)]
    assert table([*timings, Timing("warm txt", (0.001,), None)]).splitlines() == [
        "                 median      min      max    limit   ms",
        "warm html           4.0      2.0      9.0        5",
        "warm pdf           70.0     50.0     80.0       60   missed",
        "warm txt            1.0      1.0      1.0         ",
    ]


def test_warm_up_runs_do_not_count() -> None:
    calls: list[None] = []
    seconds = timed(lambda: calls.append(None), warm_ups=2, runs=3)
    assert (len(calls), len(seconds)) == (5, 3)


def test_an_unknown_benchmark_is_a_usage_error_that_lists_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["lukewarm"])
    assert "there is no benchmark 'lukewarm'; choose from warm, cold, fetch, tagger" in capsys.readouterr().err


@pytest.mark.slow
def test_writing_is_timed_with_and_without_tags() -> None:
    ours, theirs = time_writes(DEFAULT_PAGE)
    assert len(ours) == len(theirs) == RUNS
    assert min(*ours, *theirs) > 0

"""The processes of this machine: when they start, and that they do not run again the program that called."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from readout_pub.batch import BatchConfig, Selection, open_batch
from tests.batch.conftest import fill, outputs

PROGRAM = """\
import sys
from readout_pub import batch

print("once")
for outcome in batch("saved", ["txt"], "out", jobs=2):
    print(outcome.name, outcome.status)
"""


@pytest.mark.slow
def test_a_script_without_a_guard_starts_one_batch_and_no_more(tmp_path: Path) -> None:
    fill(tmp_path / "saved", 4)
    (tmp_path / "script.py").write_text(PROGRAM, "utf-8")
    run = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[0] == "once"
    assert sorted(run.stdout.splitlines()[1:]) == [f"talks{number}.html made" for number in range(1, 5)]
    assert run.stderr == ""
    assert len(outputs(tmp_path / "out")) > 4


def started() -> set[int]:
    """Return the processes that this one has started, and those that they have."""
    return {process.pid for process in psutil.Process().children(recursive=True)}


@pytest.mark.slow
def test_a_worker_gets_ready_before_the_whole_archive_was_looked_at_and_none_where_nothing_is_to_be_done(
    tmp_path: Path,
) -> None:
    saved, order = fill(tmp_path / "saved", 4), BatchConfig(formats=("txt",), out=tmp_path / "out")
    before = started()
    for processes, pages in ((True, 4), (False, 0)):
        with open_batch(order, Selection()) as run:
            run.draw_up([saved], jobs=2)
            assert bool(started() - before) is processes
            assert len(list(run.outcomes())) == pages
        before |= started()  # what starts the workers stays

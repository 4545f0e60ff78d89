"""The processes of this machine: they do not run again the program that called."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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

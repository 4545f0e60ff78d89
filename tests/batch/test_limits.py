"""Limits of one page: it is stopped when it takes too much time or memory, and the limits are removed afterwards."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readout_pub.batch.limits import OutOfTime, has_timed_out, page_limits


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "late-1"


def test_a_page_over_its_time_limit_is_interrupted(marker: Path) -> None:
    with pytest.raises(OutOfTime), page_limits(0.05, None, marker):
        time.sleep(60)
    assert not has_timed_out(marker)
    assert not marker.exists()


def test_memory_over_the_limit_is_refused(marker: Path) -> None:
    with page_limits(None, 50_000_000, marker):
        bytearray(20_000_000)
        with pytest.raises(MemoryError):
            bytearray(100_000_000)
    bytearray(100_000_000)


def test_a_system_error_under_a_memory_limit_becomes_memory_error(marker: Path) -> None:
    with pytest.raises(MemoryError), page_limits(None, 50_000_000, marker):
        raise SystemError("error return without exception set")


def test_limits_are_restored_afterwards(marker: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGALRM)
    with page_limits(60, 50_000_000, marker):
        assert resource.getrlimit(resource.RLIMIT_DATA) != before[0]
    assert (resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGALRM)) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


PROGRAM = """\
import sys, threading, time
from pathlib import Path
from readout_pub.batch.limits import page_limits

def hang():
    with page_limits(0.2, None, Path(sys.argv[1])):
        time.sleep(60)

thread = threading.Thread(target=hang)
thread.start()
thread.join()
"""


@pytest.mark.slow
def test_an_uninterruptible_page_ends_its_process_and_leaves_a_marker(marker: Path) -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM, marker], capture_output=True, check=False)
    assert run.returncode == 1
    assert run.stderr == b""
    assert has_timed_out(marker)


def test_an_empty_or_missing_marker_means_no_timeout(marker: Path) -> None:
    assert not has_timed_out(marker)
    marker.touch()
    assert not has_timed_out(marker)

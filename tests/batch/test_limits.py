"""What one page may take: it is stopped where it takes more, and nothing of the limit is left behind."""

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
def late(tmp_path: Path) -> Path:
    return tmp_path / "late-1"


def test_what_takes_too_long_is_interrupted(late: Path) -> None:
    with pytest.raises(OutOfTime), page_limits(0.05, None, late):
        time.sleep(60)
    assert not has_timed_out(late)
    assert not late.exists()


def test_what_asks_for_too_much_memory_is_refused_it(late: Path) -> None:
    with page_limits(None, 50_000_000, late):
        bytearray(20_000_000)
        with pytest.raises(MemoryError):
            bytearray(100_000_000)
    bytearray(100_000_000)


def test_a_library_that_forgets_to_say_why_it_got_no_memory_is_out_of_memory_too(late: Path) -> None:
    with pytest.raises(MemoryError), page_limits(None, 50_000_000, late):
        raise SystemError("error return without exception set")


def test_nothing_of_the_limits_is_left(late: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGALRM)
    with page_limits(60, 50_000_000, late):
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
def test_where_python_cannot_be_interrupted_the_process_ends_and_leaves_word(late: Path) -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM, late], capture_output=True, check=False)
    assert run.returncode == 1
    assert run.stderr == b""
    assert has_timed_out(late)


def test_a_process_that_was_killed_for_another_reason_left_no_word(late: Path) -> None:
    assert not has_timed_out(late)
    late.touch()
    assert not has_timed_out(late)

"""A page that takes too much time or memory is an error. After each page, the limits of its process are removed."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from readout_pub import SourceError
from readout_pub.errors import ReadoutError, UsageError
from readout_pub.limits import OutOfTime, PageLimits, has_timed_out, network_time, page_limits


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """The path of the file that a process leaves if it ends because its page was out of time."""
    return tmp_path / "late-1"


def test_a_page_over_its_time_limit_is_interrupted(marker: Path) -> None:
    with pytest.raises(OutOfTime), page_limits(0.05, None, marker):
        time.sleep(60)
    assert not has_timed_out(marker)
    assert not marker.exists()


MEMORY = """\
import sys
from pathlib import Path
from readout_pub import SourceError
from readout_pub.limits import PageLimits, page_limits

with page_limits(None, 50_000_000, Path(sys.argv[1])):
    bytearray(20_000_000)
    try:
        bytearray(100_000_000)
    except MemoryError:
        print("refused")
bytearray(100_000_000)
try:
    with PageLimits(memory=50_000_000).enforced("a.html"):
        bytearray(100_000_000)
except SourceError as error:
    print(error)
"""
"""Runs in a process of its own: a process that ran other tests can hold 100 MB of freed memory. The allocations here
would reuse this memory, and the limit does not count reused memory.
"""


def _lose_exception() -> None:
    with contextlib.suppress(OutOfTime):
        time.sleep(10)


def _wrap_exception() -> None:
    try:
        time.sleep(10)
    except OutOfTime as reason:
        raise ValueError from reason


@pytest.mark.parametrize("work", [_lose_exception, _wrap_exception])
def test_a_time_limit_holds_even_if_its_exception_is_lost_or_wrapped(work: Callable[[], None], marker: Path) -> None:
    with pytest.raises(OutOfTime), page_limits(0.05, None, marker):
        work()


@pytest.mark.slow
def test_memory_over_the_limit_is_refused(marker: Path) -> None:
    run = subprocess.run([sys.executable, "-c", MEMORY, marker], capture_output=True, text=True, check=True)
    first, second = run.stdout.splitlines()
    assert first == "refused"
    assert second.startswith("a.html: it took more than 50,000,000 bytes, the limit of --page-memory")


def test_the_error_names_no_limit_if_memory_runs_out_without_one() -> None:
    with pytest.raises(SourceError, match=r"^a\.html: it took all the memory that the system gives to its process; "):
        run_out_of_memory(PageLimits(60))


def run_out_of_memory(limits: PageLimits) -> None:
    with limits.enforced("a.html"):
        raise MemoryError


def test_a_system_error_under_a_memory_limit_becomes_memory_error(marker: Path) -> None:
    with pytest.raises(MemoryError), page_limits(None, 50_000_000, marker):
        raise SystemError("error return without exception set")


TREE = """\
import sys
from pathlib import Path
from lxml import etree
from readout_pub.limits import page_limits

page = b"<p>The tides come in <b>twice</b> a day.</p>" * 60_000
try:
    with page_limits(None, 10_000_000, Path(sys.argv[1])):
        etree.fromstring(page, etree.HTMLParser(huge_tree=True))
except MemoryError:
    print("refused")
"""
"""Runs in a process of its own, for the same reason as `MEMORY`."""


@pytest.mark.slow
def test_a_page_whose_tree_does_not_fit_into_memory_is_refused(marker: Path) -> None:
    run = subprocess.run([sys.executable, "-c", TREE, marker], capture_output=True, text=True, check=True)
    assert run.stdout == "refused\n"


def test_limits_are_restored_afterwards(marker: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGALRM)
    with page_limits(60, 50_000_000, marker):
        assert resource.getrlimit(resource.RLIMIT_DATA) != before[0]
    assert (resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGALRM)) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


PROGRAM = """\
import sys, threading, time
from pathlib import Path
from readout_pub.limits import page_limits

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


def test_a_page_over_its_time_is_an_error_that_names_the_option() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(SourceError, match=r"^a\.html: it took longer than 0\.05 seconds, the limit of --page-timeout"):
        run_for(PageLimits(0.05), 60)
    assert (signal.getitimer(signal.ITIMER_REAL), signal.getsignal(signal.SIGALRM)) == ((0.0, 0.0), before)


def run_for(limits: PageLimits, seconds: float) -> None:
    with limits.enforced("a.html"):
        time.sleep(seconds)


def test_time_on_the_network_does_not_count_towards_the_limit() -> None:
    with PageLimits(60).enforced("a.html"):
        with network_time():
            assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 60
    with network_time():
        pass
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


HANG = """\
import signal, time
from readout_pub import limits

limits.GRACE_SECONDS = 0.2
with limits.PageLimits(0.1).enforced("a.html"):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)  # like a C library that never returns to Python
    time.sleep(60)
"""


@pytest.mark.slow
def test_a_command_that_cannot_be_interrupted_ends_with_an_error() -> None:
    run = subprocess.run([sys.executable, "-c", HANG], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert run.stderr.startswith("readout-pub: a.html: it took too long")


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A file that may be a PDF, by its first bytes."""
    path = tmp_path / "talks.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


@pytest.mark.slow
def test_a_pdf_that_ends_the_process_that_reads_it_is_an_error(pdf: Path) -> None:
    def kill() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(
        SourceError, match=r"^talks\.pdf: it ended the process that reads it \(SIGKILL\).* 1,000,000,000 b"
    ):
        PageLimits(60, 10**9).call(kill, pdf, where="talks.pdf")
    with pytest.raises(SourceError, match=r"it may be damaged or too large; "):
        PageLimits(60).call(kill, pdf, where="talks.pdf")
    assert PageLimits(60).call(lambda: "read", pdf, where="talks.pdf") == "read"


@pytest.mark.slow
def test_errors_in_the_process_that_reads_a_pdf_reach_the_command(pdf: Path) -> None:
    def refuse() -> None:
        raise UsageError("no", where="a", what_next="b")

    with pytest.raises(UsageError, match=r"^a: no; b$"):
        PageLimits(60).call(refuse, pdf, where="talks.pdf")
    with pytest.raises(ReadoutError, match=r"^talks\.pdf: this is a bug .*ZeroDivisionError.* in test_limits"):
        PageLimits(60).call(lambda: 1 // 0, pdf, where="talks.pdf")


def test_a_child_process_that_the_system_refuses_leaves_no_open_file(
    pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", refuse)
    before = os.listdir("/dev/fd")  # noqa: PTH208 - names of file descriptors, not paths
    with pytest.raises(BlockingIOError):
        PageLimits(60).call(lambda: "read", pdf, where="talks.pdf")
    assert os.listdir("/dev/fd") == before  # noqa: PTH208 - as above


@pytest.mark.slow
def test_a_pdf_whose_reading_cannot_be_interrupted_is_an_error(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)  # like a C library that never returns to Python
        time.sleep(60)

    monkeypatch.setattr("readout_pub.limits.GRACE_SECONDS", 0.1)
    with pytest.raises(SourceError, match=r"^talks\.pdf: it took too long and could not be interrupted"):
        PageLimits(0.1).call(hang, pdf, where="talks.pdf")

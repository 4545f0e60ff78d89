"""Limits of time and memory for one page. A page over a limit fails, and in the worst case its process ends.

There are two alarms. SIGALRM raises OutOfTime in Python, and the page fails like any other. A C library that does not
return to Python never sees the signal; then faulthandler ends the process, and the worker pool goes on in a new one.
faulthandler writes a file first, so that the parent knows why the process ended and need not guess from a clock.
"""

from __future__ import annotations

import contextlib
import faulthandler
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 5
"""Seconds from the first alarm to the second, in which the page can clean up."""


class OutOfTime(BaseException):
    """A page took longer than it may. A BaseException, so that no `except Exception` on the way catches it."""


@contextlib.contextmanager
def page_limits(seconds: float | None, memory: int | None, marker: Path) -> Iterator[None]:
    """Raise OutOfTime after `seconds`, and MemoryError where more than `memory` further bytes are allocated.

    Where Python cannot be interrupted (not in the main thread, or on Windows) a page that is out of time ends its
    process and leaves `marker`, which `has_timed_out` checks.
    """
    with _time_limit(seconds, marker), _memory_limit(memory):
        yield


def has_timed_out(marker: Path) -> bool:
    """Return whether a process ended because its page was out of time. The file is empty while the page is running."""
    try:
        return marker.stat().st_size > 0
    except OSError:
        return False


@contextlib.contextmanager
def _time_limit(seconds: float | None, marker: Path) -> Iterator[None]:
    if seconds is None:
        yield
        return
    interruptible = sys.platform != "win32" and threading.current_thread() is threading.main_thread()
    with marker.open("w", encoding="utf-8") as traceback_file:
        faulthandler.dump_traceback_later(seconds + GRACE_SECONDS * interruptible, exit=True, file=traceback_file)
        try:
            with _alarm(seconds) if interruptible else contextlib.nullcontext():
                yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            marker.unlink(missing_ok=True)


if sys.platform == "win32":

    def _alarm(seconds: float) -> contextlib.AbstractContextManager[None]:  # noqa: ARG001 - Windows has no SIGALRM
        return contextlib.nullcontext()

    def _memory_limit(memory: int | None) -> contextlib.AbstractContextManager[None]:  # noqa: ARG001 - nor RLIMIT_DATA
        return contextlib.nullcontext()

else:
    import resource

    @contextlib.contextmanager
    def _alarm(seconds: float) -> Iterator[None]:
        def raise_out_of_time(_: int, __: FrameType | None) -> None:
            raise OutOfTime

        before = signal.signal(signal.SIGALRM, raise_out_of_time)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    @contextlib.contextmanager
    def _memory_limit(memory: int | None) -> Iterator[None]:
        used = _data_bytes()
        if memory is None or used is None:
            yield
            return
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = used + memory
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
        try:
            yield
        except SystemError as reason:  # a C library that gets no memory and sets no exception
            raise MemoryError from reason
        finally:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))

    def _data_bytes() -> int | None:
        """Return the bytes that count against RLIMIT_DATA now; None if the system does not tell (only Linux does)."""
        try:
            pages = int(Path("/proc/self/statm").read_bytes().split()[5])
        except (OSError, IndexError, ValueError):
            return None
        return pages * resource.getpagesize()

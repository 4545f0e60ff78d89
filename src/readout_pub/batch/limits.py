"""What one page may take: seconds and bytes. What is over a limit fails that page, and at worst its worker.

Two alarms, since no single one is enough. The first interrupts Python, and the page fails as any other does. A library
that does not come back to Python never hears it; then the second one ends the process, and the others' pages go on in
a new one. It writes before it strikes, so that nobody has to guess from a clock why the process is gone.
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

GRACE = 5
"""Seconds between the first alarm and the second."""


class OutOfTime(BaseException):
    """A page took longer than it may. Not an Exception, so that nothing on the way takes it for a fault of its own."""


@contextlib.contextmanager
def limited(seconds: float | None, memory: int | None, late: Path) -> Iterator[None]:
    """Raise OutOfTime after `seconds`, and MemoryError where more than `memory` bytes are asked for.

    Where Python cannot be interrupted, in a thread or on Windows, a page that is out of time ends its process. Then a
    file is left at `late`, as `was_late` tells.
    """
    with _timed(seconds, late), _measured(memory):
        yield


def was_late(late: Path) -> bool:
    """Say whether a process ended since its page was out of time."""
    try:
        return late.stat().st_size > 0
    except OSError:
        return False


@contextlib.contextmanager
def _timed(seconds: float | None, late: Path) -> Iterator[None]:
    if seconds is None:
        yield
        return
    heard = sys.platform != "win32" and threading.current_thread() is threading.main_thread()
    with late.open("w", encoding="utf-8") as last_words:
        faulthandler.dump_traceback_later(seconds + GRACE * heard, exit=True, file=last_words)
        try:
            with _interrupted(seconds) if heard else contextlib.nullcontext():
                yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            late.unlink(missing_ok=True)


if sys.platform == "win32":

    def _interrupted(seconds: float) -> contextlib.AbstractContextManager[None]:  # noqa: ARG001 - there is no such alarm
        return contextlib.nullcontext()

    def _measured(memory: int | None) -> contextlib.AbstractContextManager[None]:  # noqa: ARG001 - nor such a limit
        return contextlib.nullcontext()

else:
    import resource

    @contextlib.contextmanager
    def _interrupted(seconds: float) -> Iterator[None]:
        def ring(_: int, __: FrameType | None) -> None:
            raise OutOfTime

        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    @contextlib.contextmanager
    def _measured(memory: int | None) -> Iterator[None]:
        used = _memory_used()
        if memory is None or used is None:
            yield
            return
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = used + memory
        resource.setrlimit(
            resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )
        try:
            yield
        except SystemError as reason:  # from a library in C that gets no memory and forgets to say so
            raise MemoryError from reason
        finally:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))

    def _memory_used() -> int | None:
        """Return the bytes that count against RLIMIT_DATA now; None where the system does not say."""
        try:
            pages = int(Path("/proc/self/statm").read_bytes().split()[5])
        except (OSError, IndexError, ValueError):
            return None
        return pages * resource.getpagesize()

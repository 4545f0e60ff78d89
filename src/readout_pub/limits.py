"""Limits of time and memory for one page. A page over a limit fails, and in the worst case its process ends.

There are two alarms. The handler of SIGALRM raises OutOfTime, and the page fails with an error. While a C library runs,
Python does not call the handler, so a second alarm follows. In a worker, faulthandler then ends the process and leaves
a file, which tells the parent why; the pool starts a new process. In a command that reads pages in its own process, a
thread ends the process with an error. PDFium ends its process if it gets no memory, so commands read PDFs of unknown
origin in a child process, and continue with the next file.
"""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn, ParamSpec, TypeVar

import msgspec

from readout_pub.errors import ReadoutError, SourceError, internal_error_message, is_out_of_memory, option
from readout_pub.named_file import may_be_pdf
from readout_pub.notes import number_with_noun

_P = ParamSpec("_P")
_R = TypeVar("_R")

PAGE_TIMEOUT = 120.0
"""How many seconds a page may take. A large page with many photos takes two."""

MIN_PAGE_TIMEOUT = 0.1
"""The shortest limit in seconds; no page is converted in less."""

PAGE_MEMORY = 2_000_000_000
"""How many bytes of memory a page may take. Scaling the largest photo takes a third of this."""

MIN_PAGE_MEMORY = 1_000_000
"""The smallest limit in bytes; no page is read in less."""

GRACE_SECONDS = 5
"""How many seconds after the first alarm the second one comes; until then, the page can clean up."""


class OutOfTime(BaseException):
    """A page exceeded its time limit. This is a BaseException, so that no `except Exception` catches it."""


ALLOW_MORE = "allow more if this page is worth it"
"""What to do next about a page over a limit."""


def out_of_time(seconds: float | None) -> str:
    """Return the message about a page that took longer than `seconds`."""
    return f"it took longer than {seconds:g} seconds, the limit of {option('--page-timeout')}"


def out_of_memory(memory: int | None) -> str:
    """Return the message about a page over the limit of `memory` bytes; if None, over that of the system."""
    if memory is None:
        return "it took all the memory that the system gives to its process"
    return f"it took more than {number_with_noun(memory, 'byte')}, the limit of {option('--page-memory')}"


_RESERVE = 100_000
"""How many bytes are freed for the handler when memory runs out.

Less than 128 kB: malloc returns larger blocks to the system, so this process could not use them.
"""


def frees_reserve(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return `function` with a reserve of memory, which is freed when it raises MemoryError.

    CPython allocates an integer to enter a handler far down in a long function. Without memory for it, CPython tries
    again without end (ceval.c, `exception_unwind`), and neither signals nor other threads of Python can stop it.
    """

    @functools.wraps(function)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        reserve = bytearray(_RESERVE)
        try:
            return function(*args, **kwargs)
        except MemoryError:
            del reserve
            raise

    return call


# --- a page in the process of a command


class PageLimits(msgspec.Struct, frozen=True):
    """How many seconds one page may take, and how many bytes in addition to what its process uses; None: no limit."""

    seconds: float | None = None
    memory: int | None = None

    @contextlib.contextmanager
    def enforced(self, where: str) -> Iterator[None]:
        """Raise SourceError, with the name of the page, after `seconds` or if `memory` is exceeded.

        Threads other than the main thread have no time limit. On Windows there are no limits.
        """
        try:
            with _stopwatch(self.seconds, where), _memory_limit(self.memory):
                yield
        except OutOfTime:
            raise SourceError(out_of_time(self.seconds), where=where, what_next=ALLOW_MORE) from None
        except MemoryError:
            raise SourceError(out_of_memory(self.memory), where=where, what_next=ALLOW_MORE) from None

    def call(self, function: Callable[[], _R], *files: Path, where: str) -> _R:
        """Return what `function` makes of `files` within these limits; in a child process if one of them may be a PDF.

        Raises SourceError if the child dies. In a child, an exception of `function` that is not a ReadoutError becomes
        one. Without limits and on Windows there is no child. Only for commands, which have one thread: a child copies
        the locks of other threads, but not the threads, so nobody would release the locks.
        """

        def within_limits() -> _R:
            with self.enforced(where):
                return function()

        if self == PageLimits() or sys.platform == "win32" or not any(map(may_be_pdf, files)):
            return within_limits()
        return _call_in_child(within_limits, where, self.memory)


class _Stopwatch:
    """The remaining time of one page, without waiting for the network (`network_time`)."""

    def __init__(self, seconds: float, where: str) -> None:
        self._seconds, self._where = seconds, where
        self._last_resort: threading.Timer | None = None

    def start(self) -> None:
        self._last_resort = threading.Timer(self._seconds + GRACE_SECONDS, self._end_process)
        self._last_resort.daemon = True
        self._last_resort.start()
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def stop(self) -> None:
        self._seconds = max(signal.setitimer(signal.ITIMER_REAL, 0)[0], 0.001)  # 0 would start no timer
        if self._last_resort:
            self._last_resort.cancel()

    def _end_process(self) -> None:
        error = SourceError(
            "it took too long and could not be interrupted", where=self._where, what_next="leave it out"
        )
        if _answer_pipes:
            _end_child(error)
        sys.stderr.write(f"readout-pub: {error}\n")
        sys.stderr.flush()
        os._exit(1)


_running: list[_Stopwatch] = []
"""The stopwatch of the current page, if it has one."""


@contextlib.contextmanager
def network_time() -> Iterator[None]:
    """Pause the time limit of the current page: waiting for a server or a crawl delay does not count."""
    if not _running or threading.current_thread() is not threading.main_thread():
        yield
        return
    watch = _running.pop()
    watch.stop()
    try:
        yield
    finally:
        _running.append(watch)
        watch.start()


# --- a page in a child process of a command

_answer_pipes: list[int] = []
"""The pipe into which a child process writes its answer to the command; empty in other processes."""


def _end_child(answer: object) -> NoReturn:
    """Write the answer, a result or an exception, and end this process without running exit handlers."""
    with os.fdopen(_answer_pipes[0], "wb") as pipe:
        pickle.dump(answer, pipe)
    os._exit(0)


if sys.platform != "win32":

    def _call_in_child(function: Callable[[], _R], where: str, memory: int | None) -> _R:
        import pypdfium2  # noqa: F401 - here, so that each child need not import it

        read_end, write_end = os.pipe()
        try:
            child = os.fork()
        except OSError:  # the system allows no further process
            os.close(read_end)
            os.close(write_end)
            raise
        if not child:
            _answer(function, where, write_end)
        os.close(write_end)
        with os.fdopen(read_end, "rb") as pipe:
            try:
                answer = pipe.read()
            except BaseException:  # such as Ctrl-C
                os.kill(child, signal.SIGKILL)
                raise
            finally:
                status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status:
            end = signal.Signals(-status).name if status < 0 else f"exit code {status}"
            limit = f" for {number_with_noun(memory, 'byte')}, the limit of {option('--page-memory')}" if memory else ""
            raise SourceError(
                f"it ended the process that reads it ({end}); it may be damaged or too large{limit}",
                where=where,
                what_next=ALLOW_MORE,
            )
        result = pickle.loads(answer)  # noqa: S301 - from our own code in the child
        if isinstance(result, ReadoutError):
            raise result
        returned: _R = result
        return returned

    def _answer(function: Callable[[], object], where: str, pipe: int) -> NoReturn:
        """Write what `function` returns or raises into `pipe`, and end this process."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it too, and kills this process
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            _answer_pipes.append(pipe)
            try:
                answer = function()
            except ReadoutError as error:
                # With a library such as tblib, which Dask uses, pickle includes cause and traceback, but errors of PDF
                # libraries cannot be pickled.
                error.__cause__ = error.__context__ = error.__traceback__ = None
                answer = error
            except Exception as error:  # noqa: BLE001 - a traceback cannot be sent, so the message is made here
                answer = ReadoutError(internal_error_message(error), where=where)
            _end_child(answer)
        finally:
            os._exit(1)


# --- a page in a worker


@contextlib.contextmanager
def page_limits(seconds: float | None, memory: int | None, marker: Path) -> Iterator[None]:
    """Raise OutOfTime after `seconds`, and MemoryError where more than `memory` further bytes are allocated.

    Python cannot be interrupted outside the main thread, on Windows, and while a C library runs. There, faulthandler
    ends the process of a page that is out of time, and leaves `marker`, which `has_timed_out` checks.
    """
    with _time_limit(seconds, marker), _memory_limit(memory):
        yield


def has_timed_out(marker: Path) -> bool:
    """Return whether a process ended because its page was out of time; `marker` is empty while the page is running."""
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

    def _stopwatch(seconds: float | None, where: str) -> contextlib.AbstractContextManager[None]:  # noqa: ARG001
        return contextlib.nullcontext()

    def _memory_limit(memory: int | None) -> contextlib.AbstractContextManager[None]:  # noqa: ARG001 - no RLIMIT_DATA
        return contextlib.nullcontext()

else:
    import resource

    @contextlib.contextmanager
    def _raising_out_of_time() -> Iterator[None]:
        """Raise OutOfTime when the alarm goes off, and again when the block ends if the exception was lost.

        Python drops exceptions in callbacks, as of weak references; some libraries replace them by their own.
        """
        has_rung = False

        def ring(_: int, __: FrameType | None) -> None:
            nonlocal has_rung
            has_rung = True
            raise OutOfTime

        before = signal.signal(signal.SIGALRM, ring)
        try:
            yield
        except Exception as reason:
            if has_rung:
                raise OutOfTime from reason
            raise
        finally:
            signal.signal(signal.SIGALRM, before)
        if has_rung:
            raise OutOfTime

    @contextlib.contextmanager
    def _stopwatch(seconds: float | None, where: str) -> Iterator[None]:
        if seconds is None or threading.current_thread() is not threading.main_thread():
            yield
            return
        watch = _Stopwatch(seconds, where)
        with _raising_out_of_time():
            _running.append(watch)
            watch.start()
            try:
                yield
            finally:
                watch.stop()
                _running.remove(watch)

    @contextlib.contextmanager
    def _alarm(seconds: float) -> Iterator[None]:
        with _raising_out_of_time():
            signal.setitimer(signal.ITIMER_REAL, seconds)
            try:
                yield
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)

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
        except SystemError as reason:  # raised if a C library gets no memory and sets no exception
            raise MemoryError from reason
        except SyntaxError as reason:  # lxml raises it if memory runs out
            if is_out_of_memory(reason):
                raise MemoryError from reason
            raise
        finally:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))

    def _data_bytes() -> int | None:
        """Return the bytes that count against RLIMIT_DATA now; None if the system does not tell (only Linux does)."""
        try:
            pages = int(Path("/proc/self/statm").read_bytes().split()[5])
        except (OSError, IndexError, ValueError):
            return None
        return pages * resource.getpagesize()

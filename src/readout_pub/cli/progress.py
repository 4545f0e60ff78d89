"""The progress of a batch on standard error: a bar on a terminal, else a line from time to time, and each failure."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

import typer

from readout_pub.batch import Outcome
from readout_pub.cli.console import highlight, short_name
from readout_pub.errors import signal_exit_code
from readout_pub.notes import number_with_noun

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

LINE_INTERVAL = 10
"""The seconds between two lines of progress if standard error is not a terminal. Chosen by hand."""


class Progress:
    """Shows the outcomes of pages as they arrive, and the time left."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total, self._quiet = total, quiet
        self._done = self._failed = self._warned = 0
        self._started = self._last_line = time.monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._total and not self._quiet and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("", total=self._total, failed="", warned="", page="")
            self._bar.start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()
        elif not self._quiet and self._done:
            _print_line(self._status_line())

    def show(self, outcome: Outcome) -> None:
        """Count one page and show it."""
        self._done += 1
        self._warned += outcome.entry.has_warnings
        if failure := outcome.entry.failure:
            self._failed += 1
            self._print_failure(" ".join(f"readout-pub: {outcome.name}: {failure}".split()))
        if self._bar and self._task is not None:
            failed = f"{self._failed:,} failed" if self._failed else ""
            warned = f"{self._warned:,} with warnings" if self._warned else ""
            self._bar.update(self._task, advance=1, failed=failed, warned=warned, page=short_name(outcome.name))
        elif not self._quiet and time.monotonic() - self._last_line >= LINE_INTERVAL:
            self._last_line = time.monotonic()
            _print_line(self._status_line())

    def _print_failure(self, line: str) -> None:
        if self._bar:
            self._bar.console.print(line, style="bold red", markup=False, highlight=False, soft_wrap=True)
        else:
            _print_line(highlight(line, "red"))

    def _status_line(self) -> str:
        pace = self._done / max(time.monotonic() - self._started, 1e-6)
        left = (self._total - self._done) / pace
        warned = f"{self._warned:,} with warnings, " if self._warned else ""
        counts = f"{self._done:,} of {self._total:,} pages, {self._failed:,} failed, {warned}"
        remaining = f", {time_left(left)}" if left >= MIN_TIME_LEFT else ""
        return f"{counts}{pace:.1f} pages/s{remaining}"


MIN_TIME_LEFT = 60
"""The time left is shown only if it is at least this many seconds. Chosen by hand."""


def time_left(seconds: float) -> str:
    """Return the time left in words: in minutes below two hours, else in hours."""
    minutes = round(seconds / 60)
    count, unit = (round(minutes / 60), "hour") if minutes >= 120 else (minutes, "minute")
    return f"about {number_with_noun(count, unit)} left"


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class SpeedColumn(ProgressColumn):
        """Pages per second, once known."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f} pages/s" if task.speed else "")

    class TimeLeftColumn(ProgressColumn):
        """The time left, once known."""

        def render(self, task: Task) -> Text:
            left = task.time_remaining
            return Text(time_left(left) if left and left >= MIN_TIME_LEFT else "")

    return Bar(
        BarColumn(),
        MofNCompleteColumn(),
        SpeedColumn(),
        TimeLeftColumn(),
        TextColumn("{task.fields[failed]}", style="red", markup=False),
        TextColumn("{task.fields[warned]}", style="yellow", markup=False),
        TextColumn("{task.fields[page]}", markup=False),
        console=Console(stderr=True),
    )


def _print_line(line: str) -> None:
    typer.echo(line, err=True)


@contextlib.contextmanager
def stop_requests() -> Iterator[Callable[[], int]]:
    """Yield a function that returns the exit code of the signal that has arrived, or 0 if none has.

    The signals are SIGINT (Ctrl-C) and SIGTERM. A second one ends the process at once; the workers notice that and end
    too. The former signal handlers are restored at the end of the context.
    """
    exit_code = 0

    def request(number: int, _: FrameType | None) -> None:
        nonlocal exit_code
        if exit_code:
            os._exit(signal_exit_code(number))
        exit_code = signal_exit_code(number)
        _print_line("readout-pub: finishing the pages in progress; Ctrl-C again stops at once")

    before = {each: signal.signal(each, request) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: exit_code
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

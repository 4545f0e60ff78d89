"""How a batch is going: a bar on a terminal, now and then a line elsewhere, and each failure as it happens.

All of it goes to standard error; a second Ctrl-C ends everything.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

from readout_pub.batch import Outcome

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

LINE_SECONDS = 10
"""Seconds between two lines where there is no terminal."""

INTERRUPTED = 130


class Progress:
    """Shows outcomes as they come, and what is still to be expected."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total, self._quiet = total, quiet
        self._done = self._failed = 0
        self._started = self._told = time.monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._total and not self._quiet and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("", total=self._total, failed="", page="")
            self._bar.start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()
        elif not self._quiet and self._done:
            _tell(self._line())

    def show(self, outcome: Outcome) -> None:
        """Take one page into account."""
        self._done += 1
        if failure := outcome.entry.failure:
            self._failed += 1
            remedy = f"; {failure.what_next}" if failure.what_next else ""
            self._tell_failure(f"readout-pub: {outcome.name}: {failure.what}{remedy}")
        if self._bar and self._task is not None:
            failed = f"{self._failed:,} failed" if self._failed else ""
            self._bar.update(self._task, advance=1, failed=failed, page=outcome.name)
        elif not self._quiet and time.monotonic() - self._told >= LINE_SECONDS:
            self._told = time.monotonic()
            _tell(self._line())

    def _tell_failure(self, line: str) -> None:
        if self._bar:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            _tell(line)

    def _line(self) -> str:
        pace = self._done / max(time.monotonic() - self._started, 1e-6)
        left = (self._total - self._done) / pace
        ahead = f", about {left / 60:,.0f} minutes left" if left >= 60 else ""
        return f"{self._done:,} of {self._total:,} pages, {self._failed:,} failed, {pace:.1f} pages/s{ahead}"


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class PaceColumn(ProgressColumn):
        """Pages a second, once that is known."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f} pages/s" if task.speed else "")

    return Bar(
        BarColumn(),
        MofNCompleteColumn(),
        PaceColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}", style="red", markup=False),
        TextColumn("{task.fields[page]}", markup=False),
        console=Console(stderr=True),
    )


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@contextlib.contextmanager
def stop_requests() -> Iterator[Callable[[], bool]]:
    """Give what says whether somebody wants to stop: by Ctrl-C, or the system when it shuts down.

    The second Ctrl-C ends the process at once, as a kill would; the workers follow.
    """
    asked = False

    def ask(_: int, __: FrameType | None) -> None:
        nonlocal asked
        if asked:
            os._exit(INTERRUPTED)
        asked = True
        _tell("readout-pub: finishing the pages that have begun; Ctrl-C again stops at once")

    before = {each: signal.signal(each, ask) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

"""Times runs over an archive: the first one, one without changes, and one after a change of a page.

During the first run, the memory is measured, too.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil

from benchmarks.batch.pages import FORMATS

COMMAND = Path(sys.executable).with_name("readout-pub")
EARLY, LATE = 100, 5000
"""The memory is measured after this many converted pages: two measurements show whether it grows.

A small archive is measured after a quarter and after nine tenths of its pages.
"""

RUNS = 3
"""How many runs without changes are timed, and how many with a changed page; the median of each is reported."""


class FirstRun(NamedTuple):
    """Pages and seconds of a first run, and its memory.

    Each row of `memory` has a number of converted pages, then the bytes of the parent and of the largest worker.
    """

    pages: int
    seconds: float
    memory: tuple[tuple[int, int, int], ...]


def first_run(archive: Path, out: Path) -> FirstRun:
    """Convert the archive with two workers; measure the memory of the parent and of the largest worker."""
    log = out / "log.jsonl"
    memory = []
    total = sum(1 for _ in archive.glob("*.html"))
    start = time.perf_counter()
    with subprocess.Popen(_command(archive, out, "--jobs", "2", "--log", str(log)), stdout=subprocess.DEVNULL) as run:
        for at in (min(EARLY, total // 4), min(LATE, total * 9 // 10)):
            while run.poll() is None and _count_lines(log) < at:
                time.sleep(0.1)
            memory.append((at, *_resident_bytes(run.pid)))
    seconds = time.perf_counter() - start
    if run.returncode not in {0, 1}:
        raise ChildProcessError(f"the run ended with exit code {run.returncode}")
    return FirstRun(_count_lines(log), seconds, tuple(memory))


def unchanged_run(archive: Path, out: Path) -> float:
    """Return the seconds of a run in which nothing has changed, the median of `RUNS` runs."""
    return median(_seconds(archive, out) for _ in range(RUNS))


def run_after_change(archive: Path, out: Path) -> float:
    """Return the seconds of a run in which one page has changed, the median of `RUNS` runs."""
    taken = []
    for number, page in enumerate(sorted(archive.glob("*.html"))[:RUNS]):
        page.write_bytes(page.read_bytes().replace(b"</p>", b" Once more %d.</p>" % number, 1))
        taken.append(_seconds(archive, out))
    return median(taken)


def _seconds(archive: Path, out: Path) -> float:
    start = time.perf_counter()
    subprocess.run(_command(archive, out), stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def _command(archive: Path, out: Path, *more: str) -> list[str]:
    return [str(COMMAND), "batch", str(archive), "--to", ",".join(FORMATS), "-o", str(out / "out"), "--quiet", *more]


def _count_lines(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.exists() else 0


def _resident_bytes(pid: int) -> tuple[int, int]:
    """Return the resident bytes of the parent, and of its largest child process."""
    parent = psutil.Process(pid)
    return parent.memory_info().rss, max(each.memory_info().rss for each in parent.children(recursive=True))

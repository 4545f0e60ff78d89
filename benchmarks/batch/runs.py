"""The command over a whole archive: once, again for nothing, and after one page changed; with its memory."""

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
"""Pages at which memory is looked at: it must not have grown in between."""

RUNS = 3


class Whole(NamedTuple):
    """Pages and seconds of a first run; and at which page how many bytes were held by the parent and a worker."""

    pages: int
    seconds: float
    memory: tuple[tuple[int, int, int], ...]


def whole(archive: Path, out: Path) -> Whole:
    """Convert all of it with two workers, and look at the memory on the way."""
    log = out / "log.jsonl"
    memory = []
    total = sum(1 for _ in archive.glob("*.html"))
    start = time.perf_counter()
    with subprocess.Popen(_words(archive, out, "--jobs", "2", "--log", str(log)), stdout=subprocess.DEVNULL) as run:
        for at in (min(EARLY, total // 4), min(LATE, total * 9 // 10)):
            while run.poll() is None and _lines(log) < at:
                time.sleep(0.1)
            memory.append((at, *_held(run.pid)))
    seconds = time.perf_counter() - start
    if run.returncode not in {0, 1}:
        raise ChildProcessError(f"the run ended with exit code {run.returncode}")
    return Whole(_lines(log), seconds, tuple(memory))


def again(archive: Path, out: Path) -> float:
    """Return the seconds of a run that finds everything as it was, the median of three."""
    return median(_seconds(archive, out) for _ in range(RUNS))


def after_a_change(archive: Path, out: Path) -> float:
    """Return the seconds of a run that finds one page changed, the median of three."""
    taken = []
    for number, page in enumerate(sorted(archive.glob("*.html"))[:RUNS]):
        page.write_bytes(page.read_bytes().replace(b"</p>", b" Once more %d.</p>" % number, 1))
        taken.append(_seconds(archive, out))
    return median(taken)


def _seconds(archive: Path, out: Path) -> float:
    start = time.perf_counter()
    subprocess.run(_words(archive, out), stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def _words(archive: Path, out: Path, *more: str) -> list[str]:
    return [str(COMMAND), "batch", str(archive), "--to", ",".join(FORMATS), "-o", str(out / "out"), "--quiet", *more]


def _lines(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.exists() else 0


def _held(pid: int) -> tuple[int, int]:
    """Return the resident bytes of the parent, and of the largest of the processes that it started."""
    parent = psutil.Process(pid)
    return parent.memory_info().rss, max(each.memory_info().rss for each in parent.children(recursive=True))

"""How many pages workers convert in a second, and how much of that goes into handing out and recording."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.batch.pages import FORMATS
from readout_pub import Selection, batch


class Pace(NamedTuple):
    """Pages a second once the workers are warm, and the part of one worker's time in which it had no page."""

    pages_per_second: float
    overhead: float


def pace(archive: Path, out: Path, jobs: int, count: int) -> Pace:
    """Convert `count` pages and some more at the beginning, which do not count: workers start and get warm."""
    start = end = 0.0
    busy, pages = 0.0, 0
    for number, outcome in enumerate(batch(archive, FORMATS, out, jobs=jobs, choice=Selection(limit=count + 50))):
        end = perf_counter()
        if number < 50:
            start = end
            continue
        pages += 1
        busy += sum(outcome.seconds.values())
    return Pace(pages / (end - start), 1 - busy / (end - start) / jobs)

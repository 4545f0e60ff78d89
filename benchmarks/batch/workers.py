"""Measures how many pages workers convert in a second, and the share of time in which a worker has no page."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.batch.pages import FORMATS
from readout_pub import Selection, batch

WARM_UP_PAGES = 50
"""How many pages at the beginning do not count, since workers are still starting."""


class Throughput(NamedTuple):
    """Pages a second, and the share of a worker's time in which it had no page; both without the warm-up."""

    pages_per_second: float
    overhead: float


def throughput(archive: Path, out: Path, jobs: int, count: int) -> Throughput:
    """Return the throughput of `jobs` workers on `count` pages, which follow the pages of the warm-up."""
    start = end = 0.0
    busy, pages = 0.0, 0
    selection = Selection(limit=count + WARM_UP_PAGES)
    for number, outcome in enumerate(batch(archive, FORMATS, out, jobs=jobs, selection=selection)):
        end = perf_counter()
        if number < WARM_UP_PAGES:
            start = end
            continue
        pages += 1
        busy += sum(outcome.seconds.values())
    return Throughput(pages / (end - start), 1 - busy / (end - start) / jobs)

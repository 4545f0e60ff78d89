"""Measures the CPU time of single pages, by running the jobs of a batch in this process."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import NamedTuple

import pypdfium2

from readout_pub.batch import BatchConfig, Selection, open_batch
from readout_pub.batch.work import convert_jobs

FORMATS = ("pdf", "epub", "html")
MAX_PRINTED_PAGES = 3
"""Readouts of more printed pages than this are not measured, since they are rare and cost more."""

WARM_UP_PAGES = 20
"""How many pages at the beginning are not measured, since modules and caches are still being loaded."""


class PageCost(NamedTuple):
    """Median and mean CPU time of `pages` pages in milliseconds, and the mean wall-clock milliseconds of each stage."""

    median: float
    mean: float
    pages: int
    stages: dict[str, float]


def cost(archive: Path, out: Path, count: int, *, force: bool = False) -> PageCost:
    """Convert pages until `count` of them are measured, and return their cost.

    These are not measured: the first `WARM_UP_PAGES`, pages that fail, and readouts of more than `MAX_PRINTED_PAGES`.
    """
    taken: list[float] = []
    stages: Counter[str] = Counter()
    config = BatchConfig(formats=FORMATS, out=out)
    with open_batch(config, Selection(force=force)) as run:
        run.build_plan([archive], executor=ThreadPoolExecutor(1))  # a worker process would take CPU time from this one
        for at, job in enumerate(run.plan.jobs()):
            before = process_time()
            (outcome,) = convert_jobs(run.plan.context, [job])
            spent = process_time() - before
            if (
                at >= WARM_UP_PAGES
                and outcome.status == "made"
                and printed_pages(out / f"{job.stem}.pdf") <= MAX_PRINTED_PAGES
            ):
                taken.append(1000 * spent)
                stages.update(outcome.seconds)
            if len(taken) == count:
                break
    means = {stage: 1000 * seconds / len(taken) for stage, seconds in stages.items()}
    return PageCost(median(taken), mean(taken), len(taken), means)


def printed_pages(path: Path) -> int:
    """Return the number of pages of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        return len(document)

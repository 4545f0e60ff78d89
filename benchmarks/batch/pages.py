"""What one page costs one core: every job of a batch done in this process, its CPU time taken."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import NamedTuple

import pypdfium2

from readout_pub.batch import BatchConfig, Selection, open_batch
from readout_pub.batch.work import work

FORMATS = ("pdf", "epub", "html")
LONGEST = 3
"""Printed pages up to which a readout counts; longer ones cost more, and are rare."""

WARM_UP = 20
"""Pages at the beginning that do not count."""


class Cost(NamedTuple):
    """Milliseconds of CPU of the page in the middle, and on average, of so many; means by the clock for each stage."""

    median: float
    mean: float
    pages: int
    stages: dict[str, float]


def cost(archive: Path, out: Path, count: int, *, force: bool = False) -> Cost:
    """Convert pages until `count` have counted, and return what they cost."""
    taken: list[float] = []
    stages: Counter[str] = Counter()
    config = BatchConfig(formats=FORMATS, out=out)
    with open_batch(config, Selection(force=force)) as run:
        run.build_plan([archive], executor=ThreadPoolExecutor(1))  # no worker of its own gets ready beside us
        for at, job in enumerate(run.plan.jobs()):
            before = process_time()
            (outcome,) = work(run.plan.context, [job])
            spent = process_time() - before
            if at >= WARM_UP and outcome.status == "made" and printed_pages(out / f"{job.stem}.pdf") <= LONGEST:
                taken.append(1000 * spent)
                stages.update(outcome.seconds)
            if len(taken) == count:
                break
    means = {stage: 1000 * seconds / len(taken) for stage, seconds in stages.items()}
    return Cost(median(taken), mean(taken), len(taken), means)


def printed_pages(path: Path) -> int:
    """Count the pages of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        return len(document)

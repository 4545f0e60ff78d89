"""Many sources → outcomes: plan, work, record. The second run costs only what changed.

plan         what has to be done, and why
archive      which pages there are
fingerprint  what decides their outputs beside the pages themselves
crew         workers, and what becomes of pages whose worker died
work         one page, to one outcome
limits       what it may take
shelf        prepared photos, between runs
reports      what is said of the archive as a whole

Only this process writes the ledger. A kill at any moment leaves whole files and a ledger that says which.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

import msgspec

from readout_pub.batch.cpu_count import available_cpus
from readout_pub.batch.job import PAGE_MEMORY, PAGE_TIMEOUT, BatchConfig, Outcome
from readout_pub.batch.picture_cache import DiskPictureCache
from readout_pub.batch.plan import Plan, PlannedPage, Selection
from readout_pub.batch.reports import reports_exist, write_reports
from readout_pub.batch.work import DISK_FULL
from readout_pub.batch.worker_pool import WorkerPool
from readout_pub.emit import RenderOptions
from readout_pub.errors import OutputError
from readout_pub.ledger import Ledger, LedgerRow
from readout_pub.sources import MAX_BYTES

__all__ = [
    "PAGE_MEMORY",
    "PAGE_TIMEOUT",
    "Batch",
    "BatchConfig",
    "Outcome",
    "PlannedPage",
    "Selection",
    "available_cpus",
    "batch",
    "open_batch",
]


GONE = "its source is gone, and --prune would remove its files"


def batch(
    sources: str | Path | Sequence[str | Path],
    formats: Sequence[str],
    out: str | Path,
    *,
    executor: Executor | None = None,
    jobs: int | None = None,
    choice: Selection = Selection(),
    look: RenderOptions = RenderOptions(),
    site: str | None = None,
    sites: Sequence[Path] = (),
    timeout: float | None = PAGE_TIMEOUT,
    memory: int | None = PAGE_MEMORY,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Outcome]:
    """Convert all pages of `sources` that changed, and yield the outcome of each as it finishes.

    A source is a folder, a file, an archive, a list of paths, a pattern, or "-". `executor` is any executor whose
    workers see the same files; without one, `jobs` processes of this machine work, by default one a core. `choice` says
    which pages; `timeout` (seconds) and `memory` (bytes) are what one page may take; the rest is as in `convert`.

    When the last outcome has been taken, the reports are written; who stops before that can come back later. Raises a
    ReadoutError: UsageError for an unknown format, SourceError where a source is missing, OutputError where nothing can
    be written or another batch is at work.
    """
    order = BatchConfig(
        formats=tuple(formats),
        out=Path(out),
        look=look,
        site=site,
        sites=tuple(sites),
        timeout=timeout,
        memory=memory,
        max_bytes=max_bytes,
    )
    named = [sources] if isinstance(sources, str | Path) else sources
    with open_batch(order, choice) as run:
        run.draw_up(named, executor, jobs)
        yield from run.outcomes()
        run.report()


@contextlib.contextmanager
def open_batch(order: BatchConfig, choice: Selection = Selection(), *, dry: bool = False) -> Iterator[Batch]:
    """Hold an output folder for one run; a `dry` one creates and changes nothing."""
    order = order.checked()
    known = dry and not (order.private).exists()
    if not known:
        _make(order.scratch)
    ledger = Ledger(None if known else order.private)
    try:
        with contextlib.closing(Batch(ledger, order, choice)) as run:
            yield run
    finally:
        ledger.close()


class Batch:
    """One run: draw up the plan, take the outcomes, write the reports."""

    def __init__(self, ledger: Ledger, order: BatchConfig, choice: Selection) -> None:
        self._ledger, self._order = ledger, order
        self.out = order.out
        self.plan = Plan(ledger, order, choice)
        self._crew: WorkerPool | None = None
        self._no_room: str | None = None

    def draw_up(self, sources: Sequence[str | Path], executor: Executor | None = None, jobs: int | None = None) -> None:
        """Find all pages, and note those that have to be converted, by `executor` or `jobs` processes of our own.

        As soon as there is one, a worker gets ready, while the others are still being looked at.
        """
        self._crew = WorkerPool(executor, jobs or available_cpus(), self.plan.terms)
        with self._ledger.transaction():
            self.plan.draw_up(sources, self._crew.get_ready)

    def explained(self, sources: Sequence[str | Path]) -> Iterator[PlannedPage]:
        """Yield what would be done and why, then what has vanished, and leave everything as it is."""
        with self._ledger.transaction(keep=False):
            self.plan.draw_up(sources)
            yield from self.plan.steps()
            yield from (PlannedPage(row.name, row.stem, GONE) for row in self.vanished())

    def outcomes(self, stopping: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
        """Convert what is waiting, and yield what became of it once it is recorded.

        When `stopping` says so, nothing new is begun. Raises an OutputError when the disk is full.
        """
        if self._crew is None:
            return
        self._sweep()
        DiskPictureCache(self.plan.terms).sweep()
        try:
            for outcome in self._crew.outcomes(self.plan.jobs(), lambda: stopping() or self._no_room is not None):
                yield self._recorded(outcome)
        finally:
            self.close()
            self._sweep()
        if self._no_room:
            raise OutputError(
                f"nothing more can be written: {self._no_room}",
                where=str(self._order.out),
                what_next="make room, and run it again: what is done is not done again",
            )

    def close(self) -> None:
        """Let own workers go home."""
        if self._crew:
            self._crew.dismiss()

    def report(self) -> None:
        """Write what is said of the archive as a whole, where anything changed."""
        if self._ledger.changed or not reports_exist(self._order):
            write_reports(self._ledger, self._order)
            self._ledger.reported()

    def vanished(self) -> Iterator[LedgerRow]:
        """Yield the pages whose sources are gone, while their outputs are there; none if a source broke off."""
        return iter(()) if self.plan.broken else self._ledger.vanished()

    def count_vanished(self) -> int:
        """Count them."""
        return sum(1 for _ in self.vanished())

    def prune(self) -> int:
        """Remove the outputs of vanished pages, and return the number of pages."""
        pages = 0
        for row in self.vanished():
            for made in row.entry.made.values() if row.entry else ():
                for file in made.files:
                    self._remove(self._order.out / file.path)
            self._ledger.forget(row.id)
            pages += 1
        return pages

    def _remove(self, path: Path) -> None:
        """Remove a file, and the folders that are empty without it."""
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self._order.out or any(folder.iterdir()):
                break
            folder.rmdir()

    def _recorded(self, outcome: Outcome) -> Outcome:
        outcome = msgspec.structs.replace(outcome, entry=self.plan.dated(outcome.entry))
        failure = outcome.entry.failure
        if failure and failure.kind == DISK_FULL:
            self._no_room = failure.what
        self._ledger.record(outcome.number, outcome.entry)
        return outcome

    def _sweep(self) -> None:
        """Remove what a worker that died had not finished."""
        for path in self._order.scratch.iterdir():
            path.unlink(missing_ok=True)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise OutputError(
            f"no folder can be made there ({reason.strerror})",
            where=str(folder.parent),
            what_next="name another with -o",
        ) from reason

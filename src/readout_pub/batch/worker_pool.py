"""The worker pool: hands jobs to an executor, and finds the page that kills its worker.

When a process of a `ProcessPoolExecutor` dies, the whole executor breaks, and all its unfinished jobs fail. Each of
their pages is a suspect, and is converted again, alone. Other executors are treated alike, although their futures may
fail one by one (decision 11).
"""

from __future__ import annotations

import contextlib
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import islice

from readout_pub.batch.executors import ProcessExecutor
from readout_pub.batch.job import Job, JobContext, Outcome
from readout_pub.batch.work import convert_jobs, timeout_failure, warm_up
from readout_pub.errors import ReadoutError
from readout_pub.ledger import Failure, LedgerEntry
from readout_pub.limits import has_timed_out

CHUNK_SECONDS = 0.25
"""A chunk has pages for about this many seconds of work, a thousand times the cost of handing it out."""

MAX_CHUNK_PAGES = 32
"""How many pages a chunk has at most, so that few are suspects when a worker dies."""

MAX_ISOLATED_TRIES = 3
"""After this many workers have died with one page alone, the page counts as the cause. Chosen by hand."""

MAX_START_FAILURES = 5
"""After this many failed starts of workers in a row, the run ends."""

RESTART_PAUSE = 0.2
"""Seconds before workers are started again: a start can fail while a killed process still exists."""


class WorkerPool:
    """Gives jobs to an executor with `width` workers, and yields their outcomes.

    Without an `executor`, the pool makes its own, and another if this one breaks. The executor of a caller is neither
    replaced nor shut down.
    """

    def __init__(self, executor: Executor | None, width: int, context: JobContext) -> None:
        self._owns_executor = executor is None
        self._width = width
        self._executor = executor or ProcessExecutor(width)
        self._context = context
        self._seconds_per_page: float | None = None

    def warm_up(self) -> None:
        """Start the first worker of the pool's own executor, and let it load what every page needs."""
        if self._owns_executor:
            with contextlib.suppress(BrokenExecutor):  # `_submit` gets the same error, and then replaces the executor
                self._executor.submit(warm_up, self._context.config, self._context.program_key)

    def shutdown(self) -> None:
        """Shut down the pool's own executor after the running jobs; cancel the others."""
        if self._owns_executor:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def outcomes(self, jobs: Iterator[Job], stopping: Callable[[], bool]) -> Iterator[Outcome]:
        """Yield the outcome of each job when it is known. Once `stopping` returns True, no further job is submitted."""
        running: dict[Future[list[Outcome]], list[Job]] = {}
        suspects: deque[Job] = deque()
        while True:
            if not suspects and not stopping():
                self._submit_chunks(jobs, running)
            if stopping() and self._owns_executor:  # other executors may also cancel a future that is running
                for future in running:
                    future.cancel()
            if running:
                wait(running, return_when=FIRST_COMPLETED)
                for future in [each for each in running if each.done()]:  # in the order of submission
                    yield from self._collect(future, running.pop(future), suspects)
            elif suspects and not stopping():
                yield from self._retry_isolated(suspects.popleft())
            else:
                return

    def _submit_chunks(self, jobs: Iterator[Job], running: dict[Future[list[Outcome]], list[Job]]) -> None:
        """Submit chunks until there are two for each worker, so that no worker waits for the parent."""
        while len(running) < 2 * self._width:
            chunk = list(islice(jobs, self._chunk_size()))
            if not chunk:
                return
            running[self._submit(chunk)] = chunk

    def _chunk_size(self) -> int:
        if self._seconds_per_page is None:
            return 1
        return max(1, min(MAX_CHUNK_PAGES, int(CHUNK_SECONDS / max(self._seconds_per_page, 1e-3))))

    def _submit(self, chunk: Sequence[Job]) -> Future[list[Outcome]]:
        """Submit a chunk, and replace the pool's own executor if it broke."""
        failures = 0
        while True:
            try:
                return self._executor.submit(convert_jobs, self._context, chunk)
            except BrokenExecutor as reason:
                failures += 1
                if not self._owns_executor or failures == MAX_START_FAILURES:
                    raise ReadoutError(f"no worker can be started ({reason})", what_next=_WHAT_NEXT) from reason
                self._executor.shutdown(wait=False, cancel_futures=True)
                time.sleep(RESTART_PAUSE)
                self._executor = ProcessExecutor(self._width)

    def _collect(self, future: Future[list[Outcome]], chunk: Sequence[Job], suspects: deque[Job]) -> Iterator[Outcome]:
        """Yield the outcomes of a chunk; if a worker died, add its jobs to `suspects`."""
        try:
            outcomes = future.result()
        except Exception:  # noqa: BLE001 - each executor has its own exception for a worker that died
            suspects.extend(chunk)
            return
        seconds = sum(sum(outcome.seconds.values()) for outcome in outcomes) / len(outcomes)
        # A moving average: one very large page makes the chunks too small only for a while.
        before = self._seconds_per_page
        self._seconds_per_page = seconds if before is None else (3 * before + seconds) / 4
        yield from outcomes

    def _retry_isolated(self, job: Job) -> Iterator[Outcome]:
        """Convert a suspect alone, and yield its outcome."""
        for _ in range(MAX_ISOLATED_TRIES):
            if self._has_timed_out(job):
                break
            future = self._submit([job])
            try:
                outcomes = future.result()
            except Exception:  # noqa: BLE001, S110 - as in `_collect`
                pass
            else:
                yield from outcomes
                return
        timed_out = self._has_timed_out(job)
        yield _failed_outcome(job, timeout_failure(self._context.config.timeout) if timed_out else _WORKER_DIED)

    def _has_timed_out(self, job: Job) -> bool:
        return has_timed_out(self._context.config.timeout_marker(job.number))


_WHAT_NEXT = (
    "find out what ends the workers, or what keeps this machine from starting more; the next run skips finished pages"
)
_WORKER_DIED = Failure(
    "WorkerDied", "its worker died each time: the page makes it crash, or needs more memory than this machine has"
)


def _failed_outcome(job: Job, failure: Failure) -> Outcome:
    stamp = pickle.loads(job.page).stamp  # noqa: S301 - pickled by this process
    entry = LedgerEntry(stamp=stamp, failure=failure)
    return Outcome(number=job.number, name=job.name, status="failed", entry=entry)

"""The workers: an executor of processes, and what becomes of pages whose worker died.

An executor of the standard library breaks as a whole when one of its processes dies, and fails all that it had taken
on. So all of that is suspect: each page is tried again with nothing beside it, until the culprit is known. The same
holds for any other executor, whose futures may fail one by one.
"""

from __future__ import annotations

import contextlib
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import islice

from readout_pub.batch.job import Job, JobContext, Outcome
from readout_pub.batch.limits import was_late
from readout_pub.batch.processes import Processes
from readout_pub.batch.work import out_of_time, warm_up, work
from readout_pub.errors import ReadoutError
from readout_pub.ledger import Failure, LedgerEntry

CHUNK_SECONDS = 0.25
"""Pages are handed out for about so long at once: a thousandth of it goes into handing out."""

MOST_AT_ONCE = 32

TRIES = 3
"""Workers that a page may be alone with when they die, before it is held to be the reason."""

STARTS = 5
"""Times that workers may fail to start, one after the other, before the machine is held to be the reason."""

PAUSE = 0.2
"""Seconds before workers are started anew: what is dying is not gone at once."""


class WorkerPool:
    """Hands pages to an executor and brings back what became of them; `width` is the number of its workers."""

    def __init__(self, executor: Executor | None, width: int, terms: JobContext) -> None:
        """Take the workers of `executor`, or start own ones, which are started anew when they die."""
        self._hired = executor
        self._width = width
        self._executor = executor or Processes(width)
        self._terms = terms
        self._pace: float | None = None

    def get_ready(self) -> None:
        """Start the first own worker, and let it load what every page needs."""
        if not self._hired:
            with contextlib.suppress(BrokenExecutor):  # whoever hands out the first page will know, and start another
                self._executor.submit(warm_up, self._terms.order, self._terms.version)

    def dismiss(self) -> None:
        """Let own workers finish what they do, and go home."""
        if not self._hired:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def outcomes(self, jobs: Iterator[Job], stopping: Callable[[], bool]) -> Iterator[Outcome]:
        """Yield the outcome of each job as it is known; once `stopping` says so, of those that have begun."""
        running: dict[Future[list[Outcome]], list[Job]] = {}
        suspects: deque[Job] = deque()
        while True:
            if not suspects and not stopping():
                self._hand_out(jobs, running)
            if stopping() and not self._hired:  # another executor may say that it has cancelled what it is doing
                for future in running:
                    future.cancel()
            if running:
                wait(running, return_when=FIRST_COMPLETED)
                for future in [each for each in running if each.done()]:  # in the order in which they were handed out
                    yield from self._returned(future, running.pop(future), suspects)
            elif suspects and not stopping():
                yield from self._alone(suspects.popleft())
            else:
                return

    def _hand_out(self, jobs: Iterator[Job], running: dict[Future[list[Outcome]], list[Job]]) -> None:
        while len(running) < 2 * self._width:
            chunk = list(islice(jobs, self._chunk_size()))
            if not chunk:
                return
            running[self._submit(chunk)] = chunk

    def _chunk_size(self) -> int:
        return 1 if self._pace is None else max(1, min(MOST_AT_ONCE, int(CHUNK_SECONDS / max(self._pace, 1e-3))))

    def _submit(self, chunk: Sequence[Job]) -> Future[list[Outcome]]:
        """Hand out a chunk, to new workers if those that were there are gone."""
        failed = 0
        while True:
            try:
                return self._executor.submit(work, self._terms, chunk)
            except BrokenExecutor as reason:
                failed += 1
                if self._hired or failed == STARTS:
                    raise ReadoutError(f"no worker can be started ({reason})", what_next=_WHAT_NEXT) from reason
                self._executor.shutdown(wait=False, cancel_futures=True)
                time.sleep(PAUSE)
                self._executor = Processes(self._width)

    def _returned(self, future: Future[list[Outcome]], chunk: Sequence[Job], suspects: deque[Job]) -> Iterator[Outcome]:
        """Yield what came back; if nothing did, the worker died, and its pages become suspects."""
        try:
            outcomes = future.result()
        except Exception:  # noqa: BLE001 - each executor has its own word for a worker that died
            suspects.extend(chunk)
            return
        spent = sum(sum(outcome.seconds.values()) for outcome in outcomes) / len(outcomes)
        self._pace = spent if self._pace is None else (3 * self._pace + spent) / 4
        yield from outcomes

    def _alone(self, job: Job) -> Iterator[Outcome]:
        """Convert one page with nothing beside it."""
        for _ in range(TRIES):
            if self._was_late(job):
                break
            future = self._submit([job])
            try:
                outcomes = future.result()
            except Exception:  # noqa: BLE001, S110 - as in `_returned`
                pass
            else:
                yield from outcomes
                return
        yield _failed(job, out_of_time(self._terms.order.timeout) if self._was_late(job) else _DIED)

    def _was_late(self, job: Job) -> bool:
        return was_late(self._terms.order.late(job.number))


_WHAT_NEXT = "see what ends them, or what keeps this machine from starting more; what is done is not done again"
_DIED = Failure("WorkerDied", "its worker died each time: the page makes it crash, or takes more memory than there is")


def _failed(job: Job, failure: Failure) -> Outcome:
    stamp = pickle.loads(job.page).stamp  # noqa: S301 - pickled by this process
    entry = LedgerEntry(stamp=stamp, made=job.made, failure=failure)
    return Outcome(number=job.number, name=job.name, status="failed", entry=entry)

"""The workers of a Dask cluster as an executor. They have to see archive and output folder under the same paths."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import Executor

from readout_pub.errors import ReadoutError, ToolMissing, UsageError

PATIENCE = 10
"""Seconds that a scheduler may take to answer."""


@contextlib.contextmanager
def cluster_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """Give an executor of the cluster at `address`, and how many pages it converts at once.

    A ToolMissing where Dask is not installed, a UsageError where workers have threads or there are none, a ReadoutError
    where no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as reason:
        raise ToolMissing("--cluster needs Dask", what_next="run `pip install 'readout-pub[cluster]'`") from reason
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as reason:
        raise ReadoutError(
            f"no scheduler answers ({reason})",
            where=address,
            what_next="check the address that `dask scheduler` printed",
        ) from reason
    with client:
        threads = client.nthreads()
        if not threads:
            raise ReadoutError("the cluster has no workers", where=address, what_next=START)
        if max(threads.values()) > 1:  # the limits of a page are those of its process, and so is the writer of tags
            raise UsageError("a worker of this cluster converts several pages at once", where=address, what_next=START)
        yield client.get_executor(pure=False), len(threads)


START = "start one for each core: `dask worker --nworkers auto --nthreads 1 ADDRESS`"

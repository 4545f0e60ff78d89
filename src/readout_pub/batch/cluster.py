"""The workers of a Dask cluster as an executor. They have to see archive and output folder under the same paths."""

from __future__ import annotations

from concurrent.futures import Executor

from readout_pub.errors import ReadoutError, ToolMissing

PATIENCE = 10
"""Seconds that a scheduler may take to answer."""


def cluster_executor(address: str) -> tuple[Executor, int]:
    """Return an executor of the cluster at `address`, and how many pages it converts at once."""
    try:
        from distributed import Client
    except ImportError as reason:
        raise ToolMissing("--cluster needs Dask", what_next="run `pip install 'readout-pub[cluster]'`") from reason
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as reason:
        raise ReadoutError(
            f"no scheduler answers ({reason})",
            where=address,
            what_next="check the address that `dask scheduler` printed",
        ) from reason
    return client.get_executor(), max(1, sum(client.nthreads().values()))

"""The executors that convert pages: processes of this machine, or the workers of a Dask cluster.

Both have the interface of `concurrent.futures.Executor`, as must any executor that a caller passes (decision 11).
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import math
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, resource_tracker
from pathlib import Path
from types import ModuleType
from typing import ParamSpec, TypeVar

from readout_pub.errors import ReadoutError, ToolMissing, UsageError
from readout_pub.install_commands import install_extra

# --- processes of this machine

PRELOADED_MODULES = ["readout_pub.batch.work", "readout_pub.extract.document", "readout_pub.sources.source_formats"]
"""Modules that every worker needs; a fork server imports them once for all workers."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


class ProcessExecutor(ProcessPoolExecutor):
    """A process pool whose workers start on demand, ignore Ctrl-C (the parent handles it) and die with the parent."""

    def __init__(self, max_workers: int) -> None:
        """Raise UsageError in a daemonic process or a removed folder; ToolMissing if processes cannot share memory."""
        if multiprocessing.current_process().daemon:
            raise UsageError(
                "this process is daemonic, and so cannot start the processes of a batch",
                what_next="run the batch in another process, or pass an executor, such as a ThreadPoolExecutor",
            )
        try:
            Path.cwd()
        except FileNotFoundError as reason:
            raise UsageError("the working directory has been removed", what_next="change to another one") from reason
        # Not "fork": it copies locks that other threads hold, and the new process may wait forever. Windows has only
        # "spawn".
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        context.set_forkserver_preload(PRELOADED_MODULES)
        if method == "forkserver":
            _start_silent_tracker()
        try:
            super().__init__(max_workers, mp_context=context, initializer=_initialize_worker)
        except OSError as reason:  # from `sem_open`, which names no file
            if reason.errno in {errno.EMFILE, errno.ENFILE}:
                raise
            raise ToolMissing(
                f"processes cannot share memory ({reason.strerror})",
                where="/dev/shm" if sys.platform == "linux" else None,  # noqa: S108 - only named in the message
                what_next="let this user write there: mount a tmpfs with the mode 1777",
            ) from reason

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Schedule a call, as `Executor.submit` does; raise BrokenProcessPool if no process can be started.

        If the fork server has died, the existing workers are killed: the executor could neither run calls nor shut
        down.
        """
        try:
            with _hidden_main_module():
                return super().submit(fn, *args, **kwargs)
        except (EOFError, OSError) as reason:
            for process in self._processes.values():
                process.kill()
            raise BrokenProcessPool(f"no process could be started ({reason})") from reason


def _start_silent_tracker() -> None:
    """Start the resource tracker of `multiprocessing`, which removes semaphores of killed processes, silently.

    After Ctrl-C twice, it would warn of "leaked semaphore objects". It inherits the warning options of this process, so
    these contain a filter while it starts.
    """
    sys.warnoptions.append(_TRACKER_FILTER)
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions.remove(_TRACKER_FILTER)


_TRACKER_FILTER = "ignore::UserWarning:multiprocessing.resource_tracker"


@contextlib.contextmanager
def _hidden_main_module() -> Iterator[None]:
    """Replace `__main__` by an empty module, since a new process would import the caller's script again.

    Without `if __name__ == "__main__"`, the script would start a batch in each worker.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _initialize_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_exit_with_parent, daemon=True).start()


def _exit_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


# --- number of processes

CGROUP_ROOT = Path("/sys/fs/cgroup")
OWN_CGROUPS = Path("/proc/self/cgroup")


def available_cpus(cgroup_root: Path = CGROUP_ROOT, own_cgroups: Path = OWN_CGROUPS) -> int:
    """Return how many CPUs this process may use by its affinity and its container's quota; at least 1.

    A quota of one and a half CPUs gives 2. Sources: docs.kernel.org/admin-guide/cgroup-v2.html (cpu.max) and
    docs.kernel.org/scheduler/sched-bwc.html (version 1).
    """
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([cpus, *(math.ceil(quota) for quota in _cgroup_quotas(cgroup_root, own_cgroups))]))


def _cgroup_quotas(cgroup_root: Path, own_cgroups: Path) -> Iterator[float]:
    """Yield the quotas of this process's cgroups and their parents, in CPUs: the lowest applies."""
    for line in _read_if_exists(own_cgroups).splitlines():
        _, controllers, path = line.split(":", 2)
        root = cgroup_root / controllers if controllers else cgroup_root  # version 2 names no controllers
        group = root / path.lstrip("/")
        for folder in (group, *group.parents):
            yield from _cgroup_quota(folder)
            if folder == root:
                break


def _cgroup_quota(folder: Path) -> Iterator[float]:
    words = _read_if_exists(folder / "cpu.max").split() or [
        _read_if_exists(folder / f"cpu.cfs_{name}_us").strip() for name in ("quota", "period")
    ]
    if len(words) == 2 and all(word.isdigit() for word in words) and int(words[1]):  # "max" and -1 mean no quota
        yield int(words[0]) / int(words[1])


def _read_if_exists(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except OSError:
        return ""


# --- a Dask cluster

SCHEDULER_TIMEOUT = 10
"""How many seconds a Dask scheduler may take to answer. Chosen by hand."""


@contextlib.contextmanager
def cluster_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to the Dask scheduler at `address`; give its executor and the number of its workers.

    The workers must see the archive and the output folder under the same paths. Raises ToolMissing if Dask is not
    installed, ReadoutError if no scheduler answers or the cluster has no workers, UsageError if a worker has several
    threads.
    """
    try:
        from distributed import Client
    except ImportError as reason:
        raise ToolMissing("--cluster needs Dask", what_next=install_extra("cluster")) from reason
    try:
        asyncio.run(_connect(address))
        client = Client(address, timeout=SCHEDULER_TIMEOUT, set_as_default=False)
    except (OSError, TypeError, ValueError) as reason:  # a TypeError: configuration is missing, such as that of TLS
        raise ReadoutError(
            f"no scheduler answers ({reason})",
            where=address,
            what_next="check the address that `dask scheduler` printed",
        ) from reason
    with client:
        threads = client.nthreads()
        if not threads:
            raise ReadoutError("the cluster has no workers", where=address, what_next=_START_WORKERS)
        if max(threads.values()) > 1:  # limits apply to a whole process, not to a thread
            raise UsageError(
                "a worker of this cluster converts several pages at once", where=address, what_next=_START_WORKERS
            )
        yield client.get_executor(pure=False), len(threads)


async def _connect(address: str) -> None:
    """Connect once, to fail early: a client would wait 20 seconds more and print a traceback."""
    from distributed import Security
    from distributed.comm import connect

    connection = await connect(address, timeout=SCHEDULER_TIMEOUT, **Security().get_connection_args("client"))
    await connection.close()


_START_WORKERS = "start one worker for each core: `dask worker --nworkers auto --nthreads 1 ADDRESS`"

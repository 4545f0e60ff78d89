"""The processes of this machine as an executor."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from types import ModuleType
from typing import ParamSpec, TypeVar

PRELOADED = ["readout_pub.batch.work", "readout_pub.extract.document", "readout_pub.sources.source_formats"]
"""Modules that every worker needs: where there is a fork server, it loads them once for all."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Processes(ProcessPoolExecutor):
    """Processes that are started when they are needed, leave Ctrl-C to this one, and die with it."""

    def __init__(self, count: int) -> None:
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        context.set_forkserver_preload(PRELOADED)
        super().__init__(count, mp_context=context, initializer=_enlist)

    def submit(self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Result]:
        """Hand out a call; processes are started here if some are needed.

        Raises BrokenProcessPool where none can be started: what starts them is a process too, and may have died itself.
        Then all others are ended, since an executor that was stopped half-way neither works nor goes home.
        """
        try:
            with _without_main():
                return super().submit(fn, *args, **kwargs)
        except (EOFError, OSError) as reason:
            for process in self._processes.values():
                process.kill()
            raise BrokenProcessPool(f"no process could be started ({reason})") from reason


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hide the program that called us from processes that start: they would run it again, but for nothing.

    A script without `if __name__ == "__main__"` would start a batch in each worker of its batch.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _enlist() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)

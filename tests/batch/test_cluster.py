"""A real Dask cluster on this machine: its workers convert, die and are replaced, and no page is lost."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from distributed import LocalCluster

from readout_pub import ReadoutError, Selection, UsageError
from readout_pub.batch import batch
from readout_pub.batch.cluster import cluster_executor
from tests.batch.conftest import fill, outputs, statuses

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # of sockets and ports, all of them Dask's

COMMAND = Path(sys.executable).with_name("readout-pub")

PAGES = 60


@contextlib.contextmanager
def cluster(workers: int, threads: int = 1) -> Iterator[LocalCluster]:
    """Start a scheduler and workers as processes of their own."""
    with LocalCluster(
        n_workers=workers, threads_per_worker=threads, processes=True, dashboard_address=None, silence_logs=50
    ) as started:
        yield started


@pytest.fixture(scope="module")
def two_workers() -> Iterator[LocalCluster]:
    with cluster(2) as started:
        yield started


def test_a_cluster_makes_the_files_that_this_machine_makes(two_workers: LocalCluster, tmp_path: Path) -> None:
    saved = fill(tmp_path / "saved", PAGES)
    words = ("--to", "txt,html", "-o", "there", "--quiet", "--cluster", two_workers.scheduler_address)
    run = subprocess.run([COMMAND, "batch", saved, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(f"{PAGES} pages: {PAGES} converted\n")
    list(batch(saved, ["txt", "html"], tmp_path / "here", jobs=2))
    assert outputs(tmp_path / "there") == outputs(tmp_path / "here")


def test_workers_that_are_killed_are_replaced_and_every_page_is_made(two_workers: LocalCluster, tmp_path: Path) -> None:
    saved = fill(tmp_path / "saved", PAGES)
    ends: dict[str, str] = {}
    with cluster_executor(two_workers.scheduler_address) as (executor, width):
        assert width == 2
        for outcome in batch(saved, ["txt", "html"], tmp_path / "out", executor=executor, jobs=width):
            ends[outcome.name] = outcome.status
            if len(ends) in {2, 20, 40}:
                kill_worker()
    assert len(ends) == PAGES
    assert set(ends.values()) == {"made"}


def kill_worker() -> None:
    """Kill a worker of the cluster; its nanny starts another."""
    workers = [each for each in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(each.cmdline())]
    workers[0].kill()


def test_a_page_that_kills_each_worker_fails_alone(two_workers: LocalCluster, tmp_path: Path) -> None:
    saved = fill(tmp_path / "saved", 6)
    (saved / "talks4.html").write_text("<p>On.</p>" * 110_000, "utf-8")
    with cluster_executor(two_workers.scheduler_address) as (executor, width):
        outcomes = list(batch(saved, ["txt"], tmp_path / "out", executor=executor, jobs=width, timeout=1))
        (failed,) = (outcome for outcome in outcomes if outcome.status == "failed")
        assert (failed.name, failed.entry.failure and failed.entry.failure.kind) == ("talks4.html", "OutOfTime")
        assert len(outcomes) == 6
        again = batch(saved, ["txt"], tmp_path / "out", executor=executor, jobs=width, choice=Selection(only="failed"))
        assert statuses(list(again)) == {"talks4.html": "made"}


def test_workers_with_threads_are_refused() -> None:
    with (
        cluster(1, threads=2) as started,
        pytest.raises(UsageError, match="several pages at once") as caught,
        cluster_executor(started.scheduler_address),
    ):
        pass
    assert "--nthreads 1" in str(caught.value.what_next)


def test_a_cluster_without_workers_is_an_error() -> None:
    with (
        cluster(0) as started,
        pytest.raises(ReadoutError, match="the cluster has no workers"),
        cluster_executor(started.scheduler_address),
    ):
        pass

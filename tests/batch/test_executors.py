"""The executors: the number of CPUs, local processes, and a real Dask cluster on this machine."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from readout_pub import ReadoutError, Selection, UsageError
from readout_pub.batch import BatchConfig, available_cpus, batch, open_batch
from readout_pub.batch.executors import cluster_executor
from tests.batch.conftest import fill, outputs, statuses

if TYPE_CHECKING:
    from distributed import LocalCluster

# --- how many CPUs


@pytest.fixture
def eight_cpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)


def limited_cpus(folder: Path, own: str, files: dict[str, str]) -> int:
    """Return how many CPUs a process may use whose cgroups have `files`; `own` is its /proc/self/cgroup."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "ascii")
    (folder / "self").write_text(own, "ascii")
    return available_cpus(folder, folder / "self")


@pytest.mark.parametrize(
    ("quota", "expected"),
    [("200000 100000\n", 2), ("150000 100000\n", 2), ("50000 100000\n", 1), ("max 100000\n", 8), ("", 8), ("-1 x", 8)],
)
@pytest.mark.usefixtures("eight_cpus")
def test_a_cgroup_v2_quota_limits_the_cpus(quota: str, expected: int, tmp_path: Path) -> None:
    assert limited_cpus(tmp_path, "0::/job\n", {"job/cpu.max": quota}) == expected


@pytest.mark.usefixtures("eight_cpus")
def test_the_quota_of_a_parent_cgroup_limits_the_cpus(tmp_path: Path) -> None:
    files = {"cpu.max": "max 100000", "night/cpu.max": "300000 100000", "night/job/cpu.max": "500000 100000"}
    assert limited_cpus(tmp_path, "0::/night/job\n", files) == 3


@pytest.mark.usefixtures("eight_cpus")
def test_a_cgroup_v1_quota_limits_the_cpus(tmp_path: Path) -> None:
    group = "cpu,cpuacct/job"
    files = {f"{group}/cpu.cfs_quota_us": "400000\n", f"{group}/cpu.cfs_period_us": "100000\n"}
    assert limited_cpus(tmp_path, "4:cpu,cpuacct:/job\n3:memory:/job\n", files) == 4


@pytest.mark.usefixtures("eight_cpus")
def test_without_a_quota_the_cpu_affinity_counts(tmp_path: Path) -> None:
    assert limited_cpus(tmp_path, "", {}) == 8
    assert available_cpus(tmp_path / "none", tmp_path / "nor-this") == 8


# --- processes of this machine


PROGRAM = """\
import sys
from readout_pub import batch

print("once")
for outcome in batch("saved", ["txt"], "out", jobs=2):
    print(outcome.name, outcome.status)
"""


@pytest.mark.slow
def test_a_script_without_a_main_guard_runs_only_once(tmp_path: Path) -> None:
    fill(tmp_path / "saved", 4)
    (tmp_path / "script.py").write_text(PROGRAM, "utf-8")
    run = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[0] == "once"
    assert sorted(run.stdout.splitlines()[1:]) == [f"talks{number}.html made" for number in range(1, 5)]
    assert run.stderr == ""
    assert len(outputs(tmp_path / "out")) > 4


NO_SHARED_MEMORY = """\
import resource
from readout_pub import ReadoutError
from readout_pub.batch.executors import ProcessExecutor

resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # a semaphore is a file of a few bytes
try:
    ProcessExecutor(1)
except ReadoutError as error:
    print(error.exit_code, error)
"""


@pytest.mark.slow
def test_missing_shared_memory_is_an_error_that_names_the_cause() -> None:
    run = subprocess.run([sys.executable, "-c", NO_SHARED_MEMORY], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("3 /dev/shm: processes cannot share memory (File too large); let this user write")


def test_a_daemonic_process_is_advised_to_pass_an_executor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "saved", 1)
    monkeypatch.setattr(multiprocessing.current_process(), "daemon", True)
    with pytest.raises(UsageError, match=r"daemonic, and so cannot start .* pass an executor"):
        list(batch(tmp_path / "saved", ["txt"], tmp_path / "out"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the working directory of a process")
def test_a_removed_working_directory_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "saved", 1)
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(UsageError, match="the working directory has been removed; change to another one"):
        list(batch(tmp_path / "saved", ["txt"], tmp_path / "out"))


THREADS = """\
from concurrent.futures import ThreadPoolExecutor
from readout_pub import batch

with ThreadPoolExecutor(2) as executor:
    for outcome in batch("saved", ["pdf"], "out", executor=executor, timeout=0.1):
        print(outcome.status)
"""


@pytest.mark.slow
def test_limits_of_a_page_never_apply_to_the_process_of_the_caller(tmp_path: Path) -> None:
    fill(tmp_path / "saved", 2)
    run = subprocess.run([sys.executable, "-c", THREADS], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.split()) == (0, ["made", "made"])


def child_processes() -> set[int]:
    """Return the IDs of all child processes, and of their children."""
    return {process.pid for process in psutil.Process().children(recursive=True)}


@pytest.mark.slow
def test_a_worker_starts_while_planning_if_a_page_has_to_be_converted(
    tmp_path: Path,
) -> None:
    saved, config = fill(tmp_path / "saved", 4), BatchConfig(formats=("txt",), out=tmp_path / "out")
    before = child_processes()
    for processes, pages in ((True, 4), (False, 0)):
        with open_batch(config, Selection()) as run:
            run.build_plan([saved], jobs=2)
            assert bool(child_processes() - before) is processes
            assert len(list(run.outcomes())) == pages
        before |= child_processes()  # the fork server stays


# --- a Dask cluster


COMMAND = Path(sys.executable).with_name("readout-pub")

PAGES = 60


@contextlib.contextmanager
def cluster(workers: int, threads: int = 1) -> Iterator[LocalCluster]:
    """Start a scheduler and workers in separate processes."""
    from distributed import LocalCluster  # imported here: this takes a second, and most runs start no cluster

    with LocalCluster(
        n_workers=workers, threads_per_worker=threads, processes=True, dashboard_address=None, silence_logs=50
    ) as started:
        yield started


@pytest.fixture(scope="module")
def two_workers() -> Iterator[LocalCluster]:
    with cluster(2) as started:
        yield started


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Dask warns about its sockets and ports
def test_a_cluster_writes_the_same_files_as_local_processes(two_workers: LocalCluster, tmp_path: Path) -> None:
    saved = fill(tmp_path / "saved", PAGES)
    words = ("--to", "txt,html", "-o", "there", "--quiet", "--cluster", two_workers.scheduler_address)
    run = subprocess.run([COMMAND, "batch", saved, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(f"{PAGES} pages: {PAGES} converted\n")
    list(batch(saved, ["txt", "html"], tmp_path / "here", jobs=2))
    assert outputs(tmp_path / "there") == outputs(tmp_path / "here")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Dask warns about its sockets and ports
def test_killed_cluster_workers_are_replaced(two_workers: LocalCluster, tmp_path: Path) -> None:
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
    """Kill a worker of the cluster; Dask's nanny process, which watches the worker, starts another."""
    workers = [each for each in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(each.cmdline())]
    workers[0].kill()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Dask warns about its sockets and ports
def test_only_the_page_that_ends_its_cluster_worker_fails(two_workers: LocalCluster, tmp_path: Path) -> None:
    saved = fill(tmp_path / "saved", 6)
    (saved / "talks4.html").write_text("<p>On.</p>" * 110_000, "utf-8")  # takes longer than the 3 seconds below
    with cluster_executor(two_workers.scheduler_address) as (executor, width):
        outcomes = list(batch(saved, ["txt"], tmp_path / "out", executor=executor, jobs=width, timeout=3))
        (failed,) = (outcome for outcome in outcomes if outcome.status == "failed")
        assert (failed.name, failed.entry.failure and failed.entry.failure.kind) == ("talks4.html", "OutOfTime")
        assert len(outcomes) == 6
        again = batch(
            saved, ["txt"], tmp_path / "out", executor=executor, jobs=width, selection=Selection(only="failed")
        )
        assert statuses(list(again)) == {"talks4.html": "made"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Dask warns about its sockets and ports
def test_cluster_workers_with_threads_are_refused() -> None:
    with (
        cluster(1, threads=2) as started,
        pytest.raises(UsageError, match="several pages at once") as caught,
        cluster_executor(started.scheduler_address),
    ):
        pass
    assert "--nthreads 1" in str(caught.value.what_next)


@pytest.mark.slow  # importing Dask takes a second
@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1", "8786", "scheme://127.0.0.1:1", "tls://127.0.0.1:1", "tcp://\udcff:1"]
)
def test_an_address_without_a_scheduler_is_reported_in_one_line(address: str, tmp_path: Path) -> None:
    fill(tmp_path / "saved", 1)
    words = ("batch", str(tmp_path / "saved"), "--cluster", address, "-o", str(tmp_path / "out"))
    ended = subprocess.run(
        [sys.executable, "-m", "readout_pub", *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (1, "", 1)
    assert "no scheduler answers (" in ended.stderr


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # Dask warns about its sockets and ports
def test_a_cluster_without_workers_is_an_error() -> None:
    with (
        cluster(0) as started,
        pytest.raises(ReadoutError, match="the cluster has no workers"),
        cluster_executor(started.scheduler_address),
    ):
        pass

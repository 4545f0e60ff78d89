"""Failures: broken pages, dying workers, a killed parent, a full disk, Ctrl-C. All other pages are converted."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import pytest
from PIL import Image

from readout_pub.batch import Outcome, batch, worker_pool
from readout_pub.batch.executors import ProcessExecutor
from tests.archives import mhtml
from tests.batch.conftest import fill, outputs, page, statuses

# All tests of this module run in one process of xdist, so that its fixtures convert their archive only once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("worker pool")]

COMMAND = Path(sys.executable).with_name("readout-pub")
FORMATS = ("txt", "html")

# --- an archive of five hundred pages, fifty of them broken in ten ways


def slow_page() -> str:
    """Return a page that exceeds the time limit even on an idle machine, but does not exceed the memory limit."""
    return page(1).replace("<figure>", "<p><b><i>On.</i></b></p>" * 46_000 + "<figure>")


def huge_photo() -> bytes:
    """Return a PNG that takes 390 megabytes in memory and 400 kilobytes on the disk."""
    out = BytesIO()
    Image.new("RGBA", (9_900, 9_900)).save(out, "PNG")
    return out.getvalue()


KINDS_OF_FAULT = 10


def broken_page(kind: int, number: int) -> bytes | str:
    """Return the content of page `number`, broken in one of ten ways."""
    match kind:
        case 0:
            return "<html><body></body></html>"
        case 1:
            return "%PDF-1.7 <p>no page</p>"
        case 2:
            return b"<html><body>" + bytes(range(32)) * 200
        case 3:
            return "<html><body>" + "<p>Too large.</p>" * 400_000
        case 4:
            return slow_page()
        case 5:
            return page(number).replace("quay.jpg", "vast.png")
        case 6:
            return "PK\x03\x04 <html>"
        case 7:
            return mhtml("", {}).replace(b"text/html", b"text/none")
        case 8:
            return page(number)  # cannot be written: a folder has the name of its output file (see `output_folder`)
        case _:
            return page(number)  # kills its worker (see `KillingExecutor`)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    saved = fill(tmp_path_factory.mktemp("faults") / "saved", 500)
    (saved / "img/vast.png").write_bytes(huge_photo())
    for number in range(10, 501, 10):
        content = broken_page(number // 10 % KINDS_OF_FAULT, number)
        raw = content.encode() if isinstance(content, str) else content
        (saved / f"talks{number}.html").write_bytes(raw)
    return saved


def output_folder(out: Path) -> Path:
    """Create an output folder in which some output files cannot be written, since folders have their names."""
    for number in range(80, 501, 100):
        (out / f"talks{number}.txt").mkdir(parents=True)
    return out


class KillingExecutor(ProcessExecutor):
    """An executor whose process is killed by certain pages, as in a crash."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as inherited
        return super().submit(kill_or_call, fn, *args, **kwargs)


def kill_or_call(fn: Any, context: Any, jobs: Sequence[Any]) -> Any:  # noqa: ANN401 - for any function
    for job in jobs:
        if int("".join(filter(str.isdigit, job.name))) % 100 == 90:
            os.kill(os.getpid(), signal.SIGKILL)
    return fn(context, jobs)


TIMEOUT = 6
"""The time limit of a page, in seconds. On a busy machine, the page that is too large for the memory limit takes up
to 3 seconds to reach that limit."""


def converting(archive: Path, out: Path) -> Iterator[Outcome]:
    return batch(archive, FORMATS, out, jobs=2, timeout=TIMEOUT, memory=360_000_000, max_bytes=5_000_000)


class RunResult(NamedTuple):
    """The statuses and output files of a finished run."""

    statuses: dict[str, str]
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def undisturbed(archive: Path) -> Iterator[RunResult]:
    """The result of a run in which only broken pages fail."""
    out = output_folder(archive.parent / "undisturbed" / "out")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker_pool, "ProcessExecutor", KillingExecutor)
        found = list(converting(archive, out))
    yield RunResult(statuses(found), outputs(out))
    shutil.rmtree(out.parent)


ALLOW_MORE = "allow more if this page is worth it"
REASONS = (
    ("SourceError", "no document was found on this page"),
    ("SourceError", "this is a PDF"),
    ("SourceError", "this is a binary file"),
    ("SourceError", "it has 6.8 MB, and the limit is 5.0 MB"),
    (
        "OutOfTime",
        f"it took longer than {TIMEOUT} seconds, the limit of --page-timeout (in Python: timeout); {ALLOW_MORE}",
    ),
    (
        "OutOfMemory",
        f"it took more than 360,000,000 bytes, the limit of --page-memory (in Python: memory); {ALLOW_MORE}",
    ),
    ("SourceError", "this zip archive is damaged (File is not a zip file)"),
    ("SourceError", "there is no page in this MHTML archive"),
    ("OutputError", "it cannot be written (Is a directory)"),
    ("WorkerDied", "its worker died each time: the page makes it crash, or needs more memory than this machine has"),
)
"""Why each kind of broken page fails."""


def test_each_broken_page_fails_alone_for_its_own_reason(undisturbed: RunResult) -> None:
    failures = {
        each["source"]: (each["kind"], each["what"]) for each in parse_lines(undisturbed.files["failures.jsonl"])
    }
    expected = {f"talks{number}.html": REASONS[number // 10 % KINDS_OF_FAULT] for number in range(10, 501, 10)}
    assert failures == expected
    assert {name for name, status in undisturbed.statuses.items() if status == "failed"} == set(expected)
    assert len(undisturbed.statuses) == 500


def parse_lines(lines: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


# --- killed processes


PROGRAM = """\
import sys
from pathlib import Path
from readout_pub.batch import worker_pool
from tests.batch.test_worker_pool import KillingExecutor, converting
worker_pool.ProcessExecutor = KillingExecutor
with open(sys.argv[3], "ab", buffering=0) as log:
    for outcome in converting(Path(sys.argv[1]), Path(sys.argv[2])):
        log.write(f"{outcome.name}\\n".encode())
"""

ROOT = Path(__file__).parents[2]
KILLS = 20


def test_a_run_killed_twenty_times_ends_like_an_undisturbed_one(
    archive: Path, undisturbed: RunResult, tmp_path: Path
) -> None:
    out, log, chance = output_folder(tmp_path / "out"), tmp_path / "log", random.Random(5)  # noqa: S311 - no secret
    log.touch()
    command: list[str | Path] = [sys.executable, "-c", PROGRAM, archive, out, log]
    for kill in range(KILLS):
        run = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
        wait_for(run, log, chance.randrange(45))
        time.sleep(chance.uniform(0, 0.3))
        if kill % 4 == 0:
            kill_worker(run.pid, chance)
            time.sleep(0.5)
        run.kill()
        run.wait()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert outputs(out) == undisturbed.files
    recorded = Counter(log.read_text("utf-8").splitlines())
    again = {name for name, times in recorded.items() if times > 1}
    assert again <= {f"talks{number}.html" for number in range(80, 501, 100)}, "other pages are converted only once"


def wait_for(run: subprocess.Popen[bytes], log: Path, more: int) -> None:
    """Wait until the log has grown by `more` pages, or the run has ended. Return at once if `more` is 0."""
    wanted = log.read_bytes().count(b"\n") + more
    while run.poll() is None and log.read_bytes().count(b"\n") < wanted:
        time.sleep(0.01)


def kill_worker(parent: int, chance: random.Random) -> None:
    """Kill one of the child processes of a run."""
    with contextlib.suppress(psutil.NoSuchProcess):
        started = psutil.Process(parent).children(recursive=True)
        if started:
            chance.choice(started).kill()


def test_no_page_fails_when_the_fork_server_is_killed(tmp_path: Path) -> None:
    ends: Counter[str] = Counter()
    killed = 0
    for outcome in batch(fill(tmp_path / "saved", 40), FORMATS, tmp_path / "out", jobs=2):
        ends[outcome.status] += 1
        if ends.total() in {1, 10, 20}:
            for process in psutil.Process().children():
                if "forkserver" in " ".join(process.cmdline()):
                    process.kill()
                    killed += 1
    assert killed > 0
    assert ends == {"made": 40}


def test_an_uninterruptible_page_fails_as_out_of_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "ProcessExecutor", UninterruptibleExecutor)
    saved = fill(tmp_path / "saved", 12)
    outcomes = list(batch(saved, FORMATS, tmp_path / "out", jobs=2, timeout=1))
    failures = {outcome.name: outcome.entry.failure for outcome in outcomes if outcome.status == "failed"}
    assert {name: failure.kind for name, failure in failures.items() if failure} == {"talks7.html": "OutOfTime"}
    assert len(outcomes) == 12


class UninterruptibleExecutor(ProcessExecutor):
    """An executor whose process blocks SIGALRM at page 7, like a C library that does not return to Python."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as inherited
        return super().submit(call_with_blocked_alarm, fn, *args, **kwargs)


def call_with_blocked_alarm(fn: Any, context: Any, jobs: Sequence[Any]) -> Any:  # noqa: ANN401 - for any function
    if any(job.name == "talks7.html" for job in jobs):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        (Path(context.config.out).parent / "saved/talks7.html").write_text(slow_page(), "utf-8")
    return fn(context, jobs)


# --- interrupted runs and a full disk


@contextlib.contextmanager
def started(saved: Path, out: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Start the command, and wait until it has converted three pages."""
    log = out.parent / "run.jsonl"
    command: list[str | Path] = [
        COMMAND,
        "batch",
        saved,
        "--to",
        "txt,html",
        "-o",
        out,
        "--jobs",
        "2",
        "--log",
        log,
        *words,
    ]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while run.poll() is None and not (log.exists() and log.read_bytes().count(b"\n") >= 3):
        time.sleep(0.01)
    with run:
        yield run


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_finishes_running_pages_and_the_next_run_resumes(tmp_path: Path, number: int, code: int) -> None:
    saved, out = fill(tmp_path / "saved", 300), tmp_path / "out"
    with started(saved, out) as run:
        os.killpg(run.pid, number)  # to all processes, as a terminal sends Ctrl-C, and systemd SIGTERM
        printed, errors = run.communicate()
    done = len(parse_lines((tmp_path / "run.jsonl").read_bytes()))
    assert run.returncode == code
    assert "finishing the pages in progress" in errors
    assert f"300 pages: {done} converted, {300 - done} not begun" in printed
    assert done < 300
    assert (out / "index.html").exists()
    again = subprocess.run(
        [COMMAND, "batch", saved, "--to", "txt,html", "-o", out], capture_output=True, text=True, check=False
    )
    assert again.returncode == 0
    assert f"300 pages: {300 - done} converted, {done} unchanged" in again.stdout


def test_a_second_ctrl_c_stops_everything_at_once(tmp_path: Path) -> None:
    with started(fill(tmp_path / "saved", 300), tmp_path / "out") as run:
        processes = psutil.Process(run.pid).children(recursive=True)
        run.send_signal(signal.SIGSTOP)  # so that both signals are pending when the run continues
        run.send_signal(signal.SIGINT)
        run.send_signal(signal.SIGTERM)  # counts as a second Ctrl-C; a second SIGINT would be merged with the first
        run.send_signal(signal.SIGCONT)
        errors = run.communicate(timeout=60)[1]  # read until the last process of the run has ended
    assert run.returncode == 143
    assert "leaked" not in errors
    assert psutil.wait_procs(processes, timeout=60)[1] == []


def test_workers_die_with_a_killed_parent(tmp_path: Path) -> None:
    with started(fill(tmp_path / "saved", 300), tmp_path / "out") as run:
        processes = psutil.Process(run.pid).children(recursive=True)
        run.kill()
    assert processes
    assert psutil.wait_procs(processes, timeout=60)[1] == []


def test_a_full_disk_ends_the_run_and_the_next_one_resumes(tmp_path: Path) -> None:
    saved, out = fill(tmp_path / "saved", 60), tmp_path / "out"
    (saved / "talks30.html").write_text(page(30).replace("printed.", "printed. " * 300_000), "utf-8")
    command: list[str | Path] = [COMMAND, "batch", saved, "--to", "html", "-o", out, "--jobs", "1"]
    full = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        # On a full disk, writing fails. Here it fails for any file over 2 MB: only page 30 is that large.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000)),
    )
    assert full.returncode == 1
    assert "it cannot be written (File too large); free some space, and run the batch again" in full.stderr
    done = len(list(out.glob("*.html")))
    assert 0 < done < 60
    assert list((out / ".readout-pub/unfinished").iterdir()) == []
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert f"60 pages: {60 - done} converted, {done} unchanged" in again.stdout

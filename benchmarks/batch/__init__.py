"""Measures how fast an archive is converted on this machine: `./dev bench batch ARCHIVE [--peers]`.

ARCHIVE is a folder of saved pages, which is copied first. Some pages are not measured, such as those read while caches
fill. So the folder needs at least 100 pages more than the value of `--pages`. The limits of the figures hold for 10,000
pages, which take about ten minutes.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.batch import pages, photos, runs, workers
from benchmarks.machine import describe_machine


class Figure(NamedTuple):
    """One measured value with its unit, and the largest or smallest value that is allowed, if there is a limit."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the value is outside of its limit."""
        return (self.at_most is not None and self.value > self.at_most) or (
            self.at_least is not None and self.value < self.at_least
        )

    def __str__(self) -> str:
        """One line of the table that is printed."""
        limit = f"≤ {self.at_most:g}" if self.at_most is not None else ""
        limit = f"≥ {self.at_least:g}" if self.at_least is not None else limit
        return f"{self.name:58}{self.value:10.2f} {self.unit:8}{limit:>8}{'   missed' if self.missed else ''}"


Figures = Iterator[Figure]


def page_figures(archive: Path, out: Path, count: int) -> Figures:
    """Yield the CPU time of a page in PDF, EPUB and HTML, and the time of each stage."""
    cost = pages.cost(archive, out, count)
    yield Figure(f"a page in three formats, median of {cost.pages}", cost.median, "ms CPU", at_most=60)
    for stage, milliseconds in cost.stages.items():
        yield Figure(f"  of that: {stage}, mean", milliseconds, "ms")


def photo_figures(archive: Path, out: Path, count: int) -> Figures:
    """Yield the CPU time to prepare a photo, and to convert a page with large photos, without and with a cache."""
    for width in photos.WIDTHS:
        yield Figure(f"a photo {width} pixels wide, prepared", photos.preparation_time(width), "ms CPU")
    archive = photos.with_large_photos(archive, out / "saved", count)
    for name, force in (("first run", False), ("later runs", True)):
        cost = pages.cost(archive, out / "out", count, force=force)
        yield Figure(f"a page with large photos, {name}, median of {cost.pages}", cost.median, "ms CPU")
        yield Figure("  on average", cost.mean, "ms CPU")


def worker_figures(archive: Path, out: Path, count: int) -> Figures:
    """Yield the throughput of one worker and of two, and the overhead in the run with one worker."""
    one, two = (workers.throughput(archive, out / str(jobs), jobs, count) for jobs in (1, 2))
    yield Figure(f"one worker, {count} pages", one.pages_per_second, "pages/s")
    yield Figure("two workers", two.pages_per_second, "pages/s")
    yield Figure("two workers against one", two.pages_per_second / one.pages_per_second, "times", at_least=1.85)
    yield Figure("overhead of scheduling and recording", 100 * one.overhead, "%", at_most=3)


def run_figures(archive: Path, out: Path, _: int) -> Figures:
    """Yield the time of runs over the archive (first, unchanged, one page changed), and the memory of the first run."""
    first = runs.first_run(archive, out)
    yield Figure(f"whole archive, {first.pages} pages, two workers", first.seconds, "s")
    for at, parent, worker in first.memory:
        yield Figure(f"memory of the parent at page {at}", parent / 1e6, "MB", at_most=150)
        yield Figure(f"memory of a worker at page {at}", worker / 1e6, "MB", at_most=350)
    yield Figure("again, nothing changed, median of 3", runs.unchanged_run(archive, out), "s", at_most=2)
    yield Figure("again, one page changed, median of 3", runs.run_after_change(archive, out), "s", at_most=2.5)


def peer_figures(archive: Path, _: Path, count: int) -> Figures:
    """Yield the time of percollate (three formats) and Chromium (PDF), and ours on the same pages."""
    from benchmarks.peers import printers

    few = min(count, 30)
    theirs, ours = printers.percollate(archive, few), printers.ours(archive, few, ("html", "epub", "pdf"))
    yield Figure(f"percollate, html + epub + pdf, median of {few}", 1000 * theirs, "ms")
    yield Figure("ours, the same", 1000 * ours, "ms")
    yield Figure("percollate against ours", theirs / ours, "times", at_least=10)
    few = min(count, 100)
    theirs, ours = printers.chromium(archive, few), printers.ours(archive, few, ("pdf",))
    yield Figure(f"Chromium, already running, median of {few}", 1000 * theirs, "ms")
    yield Figure("ours, pdf alone", 1000 * ours, "ms")
    yield Figure("Chromium against ours", theirs / ours, "times", at_least=1)


MEASUREMENTS: dict[str, Callable[[Path, Path, int], Figures]] = {
    "pages": page_figures,
    "photos": photo_figures,
    "workers": worker_figures,
    "runs": run_figures,
    "peers": peer_figures,
}
"""The measurements by name; each takes the archive, an empty folder, and a number of pages."""


def main(arguments: list[str]) -> int:
    """Run the measurements that the arguments name, print each figure when it is known, and return the exit code."""
    options = argument_parser().parse_args(arguments)
    names = options.only or [name for name in MEASUREMENTS if name != "peers" or options.peers]
    found: list[Figure] = []
    for fact in describe_machine().items():
        print("{}: {}".format(*fact))
    with TemporaryDirectory() as scratch:
        archive = Path(shutil.copytree(options.archive, Path(scratch) / "archive"))
        for name in names:
            (Path(scratch) / name).mkdir()
            for figure in MEASUREMENTS[name](archive, Path(scratch) / name, options.pages):
                print(figure, flush=True)
                found.append(figure)
            shutil.rmtree(Path(scratch) / name)
    if options.json:
        report = {"machine": describe_machine(), "figures": [figure._asdict() for figure in found]}
        options.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return int(options.strict and any(figure.missed for figure in found))


def argument_parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = argparse.ArgumentParser(prog="./dev bench batch", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", type=Path, metavar="ARCHIVE", help="a folder of saved pages")
    parser.add_argument("--peers", action="store_true", help="measure percollate and Chromium too; installs percollate")
    parser.add_argument(
        "--only", action="append", choices=MEASUREMENTS, help="run only this measurement; may be repeated"
    )
    parser.add_argument("--pages", type=int, default=500, help="how many pages to measure; by default 500")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to FILE")
    parser.add_argument("--strict", action="store_true", help="exit 1 if a limit is missed")
    return parser

"""Measure the speed of conversion on this machine: `./dev bench [NAME…]`.

"Warm" times a conversion, from opening the source to the finished bytes, in a process that has converted the same page
before. "Cold" times the whole command as a user waits for it.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple

from benchmarks.machine import describe_machine
from benchmarks.tagger import time_writes
from readout_pub import convert

DEFAULT_PAGE = Path(__file__).parents[1] / "samples" / "cambodia" / "readout.txt"
COMMAND = Path(sys.executable).with_name("readout-pub")

WARM_LIMITS = {"html": 0.005, "epub": 0.010, "pdf": 0.060, "txt": None, "json": None, "docx": None}
"""Format → seconds that one conversion of the default page may take; None for no limit."""

COLD_LIMITS = {"html": 0.35, "epub": 0.35, "pdf": 0.9}
"""Format → seconds that the whole command may take for the default page."""

HELP_LIMIT = 0.15
"""Seconds that `readout-pub --help` may take."""

TAGGED_LIMIT = 1.3
"""Limit for the time of writing a tagged PDF, as a multiple of the time that WeasyPrint takes without tags."""

WARM_UPS, WARM_RUNS = 3, 21
COLD_WARM_UPS, COLD_RUNS = 1, 9
"""How many runs are not timed, and how many are. The second number is odd, so that the median is one of the runs."""


class Timing(NamedTuple):
    """What was timed, the seconds of each run, and the limit for their median."""

    name: str
    seconds: tuple[float, ...]
    limit: float | None

    @property
    def missed(self) -> bool:
        """Whether the median is over the limit."""
        return self.limit is not None and median(self.seconds) > self.limit


def warm(source: Path) -> Iterator[Timing]:
    """Time the conversion of `source` to each format, one format in each run."""
    for target, limit in WARM_LIMITS.items():
        yield Timing(f"warm {target}", timed(partial(convert, source, [target]), WARM_UPS, WARM_RUNS), limit)


def cold(source: Path) -> Iterator[Timing]:
    """Time the command: its help, and the conversion of `source`."""
    yield Timing("cold --help", timed(partial(run, "--help"), COLD_WARM_UPS, COLD_RUNS), HELP_LIMIT)
    with TemporaryDirectory() as out:
        for target, limit in COLD_LIMITS.items():
            arguments = ("convert", str(source), "--to", target, "-o", f"{out}/")
            yield Timing(f"cold {target}", timed(partial(run, *arguments), COLD_WARM_UPS, COLD_RUNS), limit)


def fetched(_source: Path) -> Iterator[Timing]:
    """Time `fetch` on a slow local server, and the same requests without the program."""
    from benchmarks.fetch import MIN_SHARE, PAGES, time_fetch

    ours, bare = time_fetch()
    yield Timing(f"fetch {PAGES} pages", (ours,), bare / MIN_SHARE)
    yield Timing("the same requests", (bare,), None)


def tagger(source: Path) -> Iterator[Timing]:
    """Measure the CPU time of writing a PDF: by WeasyPrint alone without tags, and by us with tags, in turn."""
    ours, theirs = time_writes(source)
    yield Timing("untagged write", theirs, None)
    yield Timing("tagged write", ours, TAGGED_LIMIT * median(theirs))


RECEIPT_FORMATS = ("html", "epub", "pdf", "docx", "txt")
"""The formats into which a page is converted, without and with receipts."""

RECEIPT_LIMIT = 1.2
"""Limit for the time of a conversion with receipts, as a multiple of the time without receipts."""


def receipts(source: Path) -> Iterator[Timing]:
    """Measure the CPU time of converting `source`, in turn without and with receipts."""
    bare: list[float] = []
    proven: list[float] = []
    for number in range(WARM_UPS + WARM_RUNS):
        for seconds, receipt in ((bare, False), (proven, True)):
            start = process_time()
            convert(source, RECEIPT_FORMATS, receipt=receipt)
            if number >= WARM_UPS:
                seconds.append(process_time() - start)
    yield Timing("no receipts", tuple(bare), None)
    yield Timing("with receipts", tuple(proven), RECEIPT_LIMIT * median(bare))


BENCHMARKS: dict[str, Callable[[Path], Iterator[Timing]]] = {
    "warm": warm,
    "cold": cold,
    "fetch": fetched,
    "tagger": tagger,
    "receipts": receipts,
}
"""The benchmarks by name. To add one, write a function that times something for a source, and add a row here."""


def timed(work: Callable[[], object], warm_ups: int, runs: int) -> tuple[float, ...]:
    """Return the seconds of each of `runs` runs, after `warm_ups` runs that do not count."""
    for _ in range(warm_ups):
        work()
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        work()
        seconds.append(perf_counter() - start)
    return tuple(seconds)


def run(*arguments: str) -> None:
    """Run the command; raise if it fails, since a quick failure would look like speed."""
    subprocess.run([COMMAND, *arguments], check=True, capture_output=True)


def profile(source: Path, target: str) -> None:
    """Print a profile of one warm conversion."""
    convert(source, [target])
    profiler = cProfile.Profile()
    profiler.runcall(convert, source, [target])
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


def table(timings: list[Timing]) -> str:
    """Return the timings as a table, in milliseconds."""
    lines = [f"{'':14}{'median':>9}{'min':>9}{'max':>9}{'limit':>9}   ms"]
    for timing in timings:
        figures = (median(timing.seconds), min(timing.seconds), max(timing.seconds))
        limit = f"{timing.limit * 1000:9.0f}" if timing.limit else " " * 9
        cells = "".join(f"{figure * 1000:9.1f}" for figure in figures)
        lines.append(f"{timing.name:14}{cells}{limit}{'   missed' if timing.missed else ''}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run the benchmarks that `arguments` name and print the figures; return the exit code."""
    if arguments[:1] == ["batch"]:
        from benchmarks import batch

        return batch.main(arguments[1:])
    parser = argument_parser()
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in BENCHMARKS]:
        parser.error(f"there is no benchmark {unknown[0]!r}; choose from {', '.join(BENCHMARKS)}")
    if options.profile:
        profile(options.source, options.profile)
        return 0
    timings = [timing for name in options.names or BENCHMARKS for timing in BENCHMARKS[name](options.source)]
    machine = describe_machine()
    print(table(timings), *(f"{name}: {fact}" for name, fact in machine.items()), sep="\n")
    if options.json:
        report = {"machine": machine, "timings": [timing._asdict() for timing in timings]}
        options.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return int(options.strict and any(timing.missed for timing in timings))


def argument_parser() -> argparse.ArgumentParser:
    """Return the parser of the command's options."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}; by default all")
    parser.add_argument(
        "--source", type=Path, default=DEFAULT_PAGE, help="the page to convert; by default the sample of Cambodia"
    )
    parser.add_argument("--profile", metavar="FORMAT", help="print a profile of one conversion to FORMAT")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to FILE")
    parser.add_argument("--strict", action="store_true", help="exit 1 if a median is over its limit")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

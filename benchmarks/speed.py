"""How fast the conversion is, on this machine: `./dev bench [NAME…]`.

Warm means in one process that has done it before, from opening the source to the finished bytes; cold is the whole
command, as a user waits for it.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import platform
import pstats
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import metadata
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks.tagger import written
from readout_pub import convert

SEED = Path(__file__).parents[1] / "samples" / "cambodia" / "readout.txt"
COMMAND = Path(sys.executable).with_name("readout-pub")

WARM_BARS = {"html": 0.005, "epub": 0.010, "pdf": 0.060, "txt": None, "json": None, "docx": None}
"""Format → seconds that one conversion of the seed may take; None where nothing was promised."""

COLD_BARS = {"html": 0.35, "epub": 0.35, "pdf": 0.9}
"""The same for the whole command."""

HELP_BAR = 0.15

TAGGED_BAR = 1.3
"""How many times as long as WeasyPrint without tags ours may write."""

WARM_UPS, WARM_RUNS = 3, 21
COLD_UPS, COLD_RUNS = 1, 9

LIBRARIES = ("beautifulsoup4", "lxml", "msgspec", "pillow", "pypandoc_binary", "typer", "weasyprint")


class Timing(NamedTuple):
    """What was timed, the seconds of every run, and the most that their median may be."""

    name: str
    seconds: tuple[float, ...]
    bar: float | None

    @property
    def missed(self) -> bool:
        """Whether the median is over the bar."""
        return self.bar is not None and median(self.seconds) > self.bar


def warm(source: Path) -> Iterator[Timing]:
    """Time the conversion of `source` to each format alone."""
    for target, bar in WARM_BARS.items():
        yield Timing(f"warm {target}", timed(partial(convert, source, [target]), WARM_UPS, WARM_RUNS), bar)


def cold(source: Path) -> Iterator[Timing]:
    """Time the command: its help, and the conversion of `source`."""
    yield Timing("cold --help", timed(partial(run, "--help"), COLD_UPS, COLD_RUNS), HELP_BAR)
    with TemporaryDirectory() as out:
        for target, bar in COLD_BARS.items():
            words = ("convert", str(source), "--to", target, "-o", f"{out}/")
            yield Timing(f"cold {target}", timed(partial(run, *words), COLD_UPS, COLD_RUNS), bar)


def fetched(_source: Path) -> Iterator[Timing]:
    """Time a run of `fetch` against a server that takes its time, beside the same requests without a program."""
    from benchmarks.fetch import PAGES, SHARE, measured

    ours, bare = measured()
    yield Timing(f"fetch {PAGES} pages", (ours,), bare / SHARE)
    yield Timing("the same requests", (bare,), None)


def tagger(source: Path) -> Iterator[Timing]:
    """Time the writing of a PDF with our tags, and without any by WeasyPrint, in turn and in time of the processor."""
    ours, theirs = written(source)
    yield Timing("untagged write", theirs, None)
    yield Timing("tagged write", ours, TAGGED_BAR * median(theirs))


BENCHMARKS: dict[str, Callable[[Path], Iterator[Timing]]] = {
    "warm": warm,
    "cold": cold,
    "fetch": fetched,
    "tagger": tagger,
}
"""The benchmarks by name. A new one is a function that times something about a source, and a row here."""


def timed(work: Callable[[], object], ups: int, runs: int) -> tuple[float, ...]:
    """Return the seconds of each of `runs` runs, after `ups` that do not count."""
    for _ in range(ups):
        work()
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        work()
        seconds.append(perf_counter() - start)
    return tuple(seconds)


def run(*words: str) -> None:
    """Run the command; a failure is an error, since a quick failure would look like speed."""
    subprocess.run([COMMAND, *words], check=True, capture_output=True)


def profile(source: Path, target: str) -> None:
    """Print where one warm conversion spends its time."""
    convert(source, [target])
    profiler = cProfile.Profile()
    profiler.runcall(convert, source, [target])
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


def machine() -> dict[str, str]:
    """Say what the figures were measured on."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return {
        "processor": f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "Python": f"{platform.python_version()} on {platform.system()}",
        "libraries": ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES),
    }


def table(timings: list[Timing]) -> str:
    """Set the timings in columns, in milliseconds."""
    lines = [f"{'':14}{'median':>9}{'min':>9}{'max':>9}{'bar':>9}   ms"]
    for timing in timings:
        figures = (median(timing.seconds), min(timing.seconds), max(timing.seconds))
        bar = f"{timing.bar * 1000:9.0f}" if timing.bar else " " * 9
        cells = "".join(f"{figure * 1000:9.1f}" for figure in figures)
        lines.append(f"{timing.name:14}{cells}{bar}{'   missed' if timing.missed else ''}")
    return "\n".join(lines)


def main(words: list[str]) -> int:
    """Run the benchmarks that `words` name and print what they give; return the exit code."""
    if words[:1] == ["batch"]:
        from benchmarks import batch

        return batch.main(words[1:])
    parser = arguments()
    options = parser.parse_args(words)
    if unknown := [name for name in options.names if name not in BENCHMARKS]:
        parser.error(f"no benchmark is called {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    if options.profile:
        profile(options.source, options.profile)
        return 0
    timings = [timing for name in options.names or BENCHMARKS for timing in BENCHMARKS[name](options.source)]
    facts = machine()
    print(table(timings), *(f"{name}: {fact}" for name, fact in facts.items()), sep="\n")
    if options.json:
        report = {"machine": facts, "timings": [timing._asdict() for timing in timings]}
        options.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return int(options.strict and any(timing.missed for timing in timings))


def arguments() -> argparse.ArgumentParser:
    """Return the options of the command."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}; by default all")
    parser.add_argument("--source", type=Path, default=SEED, help="the page to convert; by default the seed")
    parser.add_argument("--profile", metavar="FORMAT", help="print where one conversion to FORMAT spends its time")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to FILE")
    parser.add_argument("--strict", action="store_true", help="exit 1 if a bar is missed")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

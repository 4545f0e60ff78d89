"""Measures how fast saved pages are converted: by us, by percollate (PDF, EPUB, HTML), and by Chromium (print to PDF).

percollate is installed, pinned by hash, into a folder below .tools on first use; Chromium is the system's.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.peers import programs
from readout_pub import convert

HERE = Path(__file__).parent
LISTS = tuple(HERE / "printers" / name for name in ("package.json", "package-lock.json"))
FOLDER = programs.TOOLS / "printers"

WARM_UP = 3
"""How many pages each program converts first, without being timed."""


def percollate(archive: Path, count: int) -> float:
    """Return the median seconds that percollate takes for one page in three formats."""
    return _time_peer("percollate", archive, count)


def chromium(archive: Path, count: int) -> float:
    """Return the median seconds that a running Chromium takes to open and print one page."""
    return _time_peer("chromium", archive, count)


def ours(archive: Path, count: int, formats: Sequence[str]) -> float:
    """Return the median seconds that readout-pub takes for one page, from file to finished bytes of `formats`."""
    taken = []
    for page in _pages(archive, count):
        start = perf_counter()
        convert(page, list(formats))
        taken.append(perf_counter() - start)
    return median(taken[WARM_UP:])


def _time_peer(name: str, archive: Path, count: int) -> float:
    programs.install("percollate", FOLDER, LISTS)
    found = list(programs.responses(_command(name), _pages(archive, count)))
    if errors := [response["error"] for response in found if "error" in response]:
        sys.exit(f"{name} failed on {len(errors)} of {len(found)} pages: {errors[0]}")
    return float(median(sum(response.values()) for response in found[WARM_UP:]))


def _pages(archive: Path, count: int) -> list[Path]:
    return list(islice(sorted(archive.glob("*.html")), count + WARM_UP))


def _command(name: str) -> list[str]:
    browser = shutil.which("chromium") or sys.exit("Chromium is not installed: apt-get install chromium")
    return programs.node_command(FOLDER, HERE / "printers.mjs", name, PUPPETEER_EXECUTABLE_PATH=browser)

"""What turns saved pages into PDF, EPUB and HTML beside us: percollate, and the print of a warm headless Chromium.

percollate is installed, pinned by hash, into a folder below .tools when first asked for; Chromium is the machine's.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.peers import answers, pinned
from readout_pub import convert

HERE = Path(__file__).parent
LISTS = tuple(HERE / "printers" / name for name in ("package.json", "package-lock.json"))
FOLDER = pinned.TOOLS / "printers"

WARM_UP = 3
"""Pages that do not count, for each."""


def percollate(archive: Path, count: int) -> float:
    """Return the seconds that three formats take percollate, for the page in the middle."""
    return _theirs("percollate", archive, count)


def chromium(archive: Path, count: int) -> float:
    """Return the seconds that Chromium takes to open and print a page, in a tab that is open already."""
    return _theirs("chromium", archive, count)


def ours(archive: Path, count: int, formats: Sequence[str]) -> float:
    """Return the seconds from the file to the finished bytes of all formats, for the page in the middle."""
    taken = []
    for page in _pages(archive, count):
        start = perf_counter()
        convert(page, formats)
        taken.append(perf_counter() - start)
    return median(taken[WARM_UP:])


def _theirs(name: str, archive: Path, count: int) -> float:
    pinned.install("percollate", FOLDER, LISTS)
    found = list(answers(_words(name), _pages(archive, count)))
    if wrong := [answer["error"] for answer in found if "error" in answer]:
        sys.exit(f"{name} failed on {len(wrong)} of {len(found)} pages: {wrong[0]}")
    return float(median(sum(answer.values()) for answer in found[WARM_UP:]))


def _pages(archive: Path, count: int) -> list[Path]:
    return list(islice(sorted(archive.glob("*.html")), count + WARM_UP))


def _words(name: str) -> list[str]:
    browser = shutil.which("chromium") or sys.exit("there is no Chromium: apt-get install chromium")
    return pinned.node(FOLDER, HERE / "printers.mjs", name, PUPPETEER_EXECUTABLE_PATH=browser)

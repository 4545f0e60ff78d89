"""What turns saved pages into PDF, EPUB and HTML beside us: percollate, and the print of a warm headless Chromium.

percollate is installed, pinned by hash, into a folder below .tools when first asked for; Chromium is the machine's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.peers import ROOT, answers
from readout_pub import convert

HERE = Path(__file__).parent
LISTS = tuple(HERE / "printers" / name for name in ("package.json", "package-lock.json"))
FOLDER = ROOT / ".tools" / "peers" / "printers"

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
    install()
    found = list(answers(_words(name), _pages(archive, count)))
    if wrong := [answer["error"] for answer in found if "error" in answer]:
        sys.exit(f"{name} failed on {len(wrong)} of {len(found)} pages: {wrong[0]}")
    return float(median(sum(answer.values()) for answer in found[WARM_UP:]))


def _pages(archive: Path, count: int) -> list[Path]:
    return list(islice(sorted(archive.glob("*.html")), count + WARM_UP))


def _words(name: str) -> list[str]:
    """Return the words that start a peer; they carry what Node has to know."""
    browser = shutil.which("chromium") or sys.exit("there is no Chromium: apt-get install chromium")
    settings = (f"NODE_PATH={FOLDER / 'node_modules'}", f"PUPPETEER_EXECUTABLE_PATH={browser}", f"PATH={_path()}")
    return ["env", *settings, "node", str(HERE / "printers.mjs"), name]


def install() -> None:
    """Install what the lists say, unless it is there already; none of its own install steps is run."""
    wanted = "".join(path.read_text("utf-8") for path in LISTS)
    stamp = FOLDER / "installed-from"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print("installing percollate into .tools/peers/printers", file=sys.stderr)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in LISTS:
        shutil.copy(path, FOLDER)
    words = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    if subprocess.run(words, cwd=FOLDER, env=os.environ | {"PATH": _path()}, check=False).returncode:
        sys.exit("percollate could not be installed; the reason stands above. Leave --peers out to measure ours alone")
    stamp.write_text(wanted, "utf-8")


def _path() -> str:
    """Return the path on which the Node of this environment is found before the machine's."""
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

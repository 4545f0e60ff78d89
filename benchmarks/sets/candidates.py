"""Functions that several benchmark sets use: write a candidate for each page to a folder, and run the set's score.py.

A candidate is what an extractor reads from one page, as JSON in the form that score.py compares with the annotation
("gold").
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.candidate import Json, text_lines
from benchmarks.readback import READERS, read_back
from readout_pub import Conversion, SavedPage, convert

READOUT_MODEL = "model"
TEXT_SOURCES = (READOUT_MODEL, *READERS)
"""Values of `--from`. The text of a candidate comes from the model, or from an output in one of these formats."""


def convert_page(page: Path | SavedPage, source: str, site: str | None) -> tuple[Conversion, list[str]]:
    """Convert `page`; return the conversion, and the lines of its text as `source` (see TEXT_SOURCES) has them."""
    if source == READOUT_MODEL:
        conversion = convert(page, [], site=site, receipt=False)
        return conversion, list(text_lines(conversion.readout))
    conversion = convert(page, [source], site=site)
    return conversion, list(read_back(source, conversion.renditions[0].data))


def write_candidates(golds: Iterable[Path], make_candidate: Callable[[Json], Json], out: Path) -> None:
    """Write the candidate for each gold file to the file of the same name in `out`.

    Pages that fail are printed with the reason and get no file.
    """
    out.mkdir()
    failures = defaultdict(list)
    for gold in golds:
        try:
            candidate = make_candidate(json.loads(gold.read_text("utf-8")))
        except Exception as failure:  # noqa: BLE001 - a crash on one page must not end the run
            failures[f"{type(failure).__name__}: {failure}"].append(gold.stem)
        else:
            (out / gold.name).write_text(json.dumps(candidate, ensure_ascii=False), "utf-8")
    for reason, stems in failures.items():
        print(f"failed: {', '.join(stems)}: {reason}", flush=True)


def run_score(folder: Path, out: Path, arguments: Sequence[str], *, quiet: bool = False) -> int:
    """Run `folder`/score.py on the candidates in `out`, without its output if `quiet`; return its exit code."""
    command = [sys.executable, str(folder / "score.py"), str(out), *arguments]
    return subprocess.run(command, stdout=subprocess.DEVNULL if quiet else None, check=False).returncode

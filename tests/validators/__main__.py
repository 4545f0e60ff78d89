"""Ask every validator about the outputs in some folders, about what becomes of the sources there, or of drawn readouts.

    ./dev validate DIR…            the HTML, EPUB and PDF files in these folders and below
    ./dev validate --convert DIR…  the saved pages there: each is converted first, in every theme and PDF profile
    ./dev validate --drawn 300     so many readouts drawn at random, always the same

The table has a row for each validator, with how many files it judged, how many it faulted, its findings, and seconds.
Where the readouts are known, its last row says whether a listener hears every word of the PDF files in its order.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from readout_pub import ReadoutError, saved_pages
from tests.validators import reading
from tests.validators.findings import Verdicts, report
from tests.validators.jury import JURY
from tests.validators.outputs import Output, converted, drawn

HEAD = "| validator | format | files | faulted | findings | seconds |\n|---|---|--:|--:|--:|--:|"
SUFFIXES = {".html", ".epub", ".pdf"}

MOST_FINDINGS = 50
"""So many findings are printed; the table counts them all."""


def main(words: Sequence[str]) -> int:
    """Print the table and the findings; return 1 if there is any, 2 if nothing was named."""
    asked = _asked(words)
    if not asked.folders and not asked.drawn:
        sys.stderr.write(__doc__ or "")
        return 2
    with TemporaryDirectory() as folder:
        made = [*drawn(asked.drawn, Path(folder))] if asked.drawn else []
        if asked.convert:
            made += _converted(asked.folders, Path(folder))
        files = [output.path for output in made] if made else list(_outputs(asked.folders))
        print(HEAD)
        verdicts = [*_judged_by_others(files), *([_heard(made)] if made else [])]
    found = [line for each in verdicts for line in report(each).splitlines()]
    print(*found[:MOST_FINDINGS], sep="\n")
    return 1 if found else 0


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev validate")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--convert", action="store_true")
    parser.add_argument("--drawn", type=int, default=0)
    return parser.parse_args(words)


def _judged_by_others(files: Sequence[Path]) -> Iterator[Verdicts]:
    for name, validator in JURY.items():
        judged = [file for file in files if file.suffix == validator.suffix]
        if judged:
            yield _row(name, validator.suffix, partial(validator.judge, judged))


def _heard(made: Sequence[Output]) -> Verdicts:
    papers = {path: readout for path, readout in made if path.suffix == ".pdf"}
    return _row("every word, in order", ".pdf", partial(reading.judge, papers))


def _row(name: str, suffix: str, judge: Callable[[], Verdicts]) -> Verdicts:
    start = perf_counter()
    verdicts = judge()
    seconds = perf_counter() - start
    faulted = sum(map(bool, verdicts.values()))
    findings = sum(map(len, verdicts.values()))
    kind = suffix.lstrip(".").upper()
    print(f"| {name} | {kind} | {len(verdicts)} | {faulted} | {findings} | {seconds:.0f} |", flush=True)
    return verdicts


def _outputs(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES and path.is_file())


def _converted(folders: Sequence[Path], made: Path) -> Iterator[Output]:
    """Convert every page in `folders` into `made`; one that cannot be converted is named and left out."""
    pages = (page for folder in folders for page in saved_pages(folder))
    for number, page in enumerate(pages, start=1):
        try:
            yield from converted(page, made / f"{number}-{Path(page.name).stem}")
        except ReadoutError as reason:
            print(f"not converted: {reason}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Run every validator on files in folders, on the outputs of saved pages, or on outputs of generated readouts.

    ./dev validate DIR…             the HTML, EPUB and PDF files in these folders and below
    ./dev validate --convert DIR…   the saved pages there: each is converted first, in every theme and PDF profile
    ./dev validate --generated 300  this number of readouts, which Hypothesis generates in the same way each time

Prints a table with one row for each validator: how many files it checked, how many failed, its findings, and seconds.
With --convert or --generated, the last row says whether the tags of each PDF have every word of its readout in order.
Exit code: 0 without findings, 1 with findings, 2 if no files were named.
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
from tests.validators import reading_order
from tests.validators.findings import FindingsByFile, report
from tests.validators.outputs import Output, convert_page, write_generated
from tests.validators.registry import VALIDATORS

HEAD = "| validator | format | files | failed | findings | seconds |\n|---|---|--:|--:|--:|--:|"
SUFFIXES = {".html", ".epub", ".pdf"}

MAX_PRINTED = 50
"""How many findings are printed; the table counts all findings."""


def main(arguments: Sequence[str]) -> int:
    """Print the table and the findings; return the exit code."""
    options = _parse_options(arguments)
    if not options.folders and not options.generated:
        sys.stderr.write(__doc__ or "")
        return 2
    with TemporaryDirectory() as folder:
        outputs = [*write_generated(options.generated, Path(folder))] if options.generated else []
        if options.convert:
            outputs += _convert_pages(options.folders, Path(folder))
        files = [output.path for output in outputs] if outputs else list(_find_files(options.folders))
        print(HEAD)
        results = [*_run_validators(files), *([_check_reading_order(outputs)] if outputs else [])]
    found = [line for each in results for line in report(each).splitlines()]
    print(*found[:MAX_PRINTED], sep="\n")
    return 1 if found else 0


def _parse_options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev validate")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--convert", action="store_true", help="convert the saved pages in the folders first")
    parser.add_argument(
        "--generated", type=int, default=0, metavar="COUNT", help="check this number of generated readouts"
    )
    return parser.parse_args(arguments)


def _run_validators(files: Sequence[Path]) -> Iterator[FindingsByFile]:
    for name, validator in VALIDATORS.items():
        of_format = [file for file in files if file.suffix == validator.suffix]
        if of_format:
            yield _print_row(name, validator.suffix, partial(validator.validate, of_format))


def _check_reading_order(outputs: Sequence[Output]) -> FindingsByFile:
    files = [output for output in outputs if output.path.suffix == ".pdf"]
    return _print_row("every word, in order", ".pdf", partial(reading_order.validate, files))


def _print_row(name: str, suffix: str, validate: Callable[[], FindingsByFile]) -> FindingsByFile:
    start = perf_counter()
    findings = validate()
    seconds = perf_counter() - start
    failed = sum(map(bool, findings.values()))
    count = sum(map(len, findings.values()))
    kind = suffix.lstrip(".").upper()
    print(f"| {name} | {kind} | {len(findings)} | {failed} | {count} | {seconds:.0f} |", flush=True)
    return findings


def _find_files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES and path.is_file())


def _convert_pages(folders: Sequence[Path], out: Path) -> Iterator[Output]:
    """Convert every page in `folders` into `out`; a page that cannot be converted is reported and skipped."""
    pages = (page for folder in folders for page in saved_pages(folder))
    for number, page in enumerate(pages, start=1):
        try:
            yield from convert_page(page, out / f"{number}-{Path(page.name).stem}")
        except ReadoutError as reason:
            print(f"not converted: {reason}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

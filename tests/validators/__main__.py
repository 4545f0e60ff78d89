"""Ask every validator about the outputs in some folders, or about what becomes of the sources there.

    ./dev validate DIR…            the HTML, EPUB and PDF files in these folders and below
    ./dev validate --convert DIR…  the saved pages there: each is converted first, in every theme

The table has a row for each validator, with how many files it judged, how many it faulted, its findings, and seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from readout_pub import Look, ReadoutError, emit, saved_pages
from readout_pub.convert import understand
from readout_pub.styles import themes
from tests.validators.findings import Verdicts, report
from tests.validators.jury import JURY

OUTPUTS = {".html", ".epub", ".pdf"}
FORMATS = ("html", "epub", "pdf")
CONVERT = "--convert"

MOST_FINDINGS = 50
"""So many findings are printed; the table counts them all."""


def main(words: Sequence[str]) -> int:
    """Print the table and the findings; return 1 if there is any, 2 without a folder."""
    folders = [Path(word) for word in words if word != CONVERT]
    if not folders:
        sys.stderr.write(__doc__ or "")
        return 2
    with TemporaryDirectory() as made:
        files = list(_converted(folders, Path(made)) if CONVERT in words else _outputs(folders))
        print("| validator | format | files | faulted | findings | seconds |\n|---|---|--:|--:|--:|--:|")
        there = {file.suffix for file in files}
        verdicts = [_judged(name, files) for name, validator in JURY.items() if validator.suffix in there]
    found = [line for each in verdicts for line in report(each).splitlines()]
    print(*found[:MOST_FINDINGS], sep="\n")
    return 1 if found else 0


def _judged(name: str, files: Sequence[Path]) -> Verdicts:
    validator = JURY[name]
    start = perf_counter()
    verdicts = validator.judge([file for file in files if file.suffix == validator.suffix])
    seconds = perf_counter() - start
    faulted = sum(map(bool, verdicts.values()))
    findings = sum(map(len, verdicts.values()))
    kind = validator.suffix.lstrip(".").upper()
    print(f"| {name} | {kind} | {len(verdicts)} | {faulted} | {findings} | {seconds:.0f} |", flush=True)
    return verdicts


def _outputs(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.suffix in OUTPUTS and path.is_file())


def _converted(folders: Sequence[Path], made: Path) -> Iterator[Path]:
    """Convert every page in `folders` into `made`; one that cannot be converted is named and left out."""
    pages = (page for folder in folders for page in saved_pages(folder))
    for number, page in enumerate(pages, start=1):
        try:
            readout, album = understand(page)
        except ReadoutError as reason:
            print(f"not converted: {reason}", file=sys.stderr)
            continue
        for theme in themes():
            for target in FORMATS:
                rendition = emit(readout, album, target, Look(theme=theme))
                path = made / f"{number}-{Path(page.name).stem}-{theme}{rendition.suffix}"
                path.write_bytes(rendition.data)
                yield path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

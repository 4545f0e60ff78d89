"""Ask every validator about the outputs in some folders, or about what becomes of the sources there.

    ./dev validate DIR…

A folder that holds no output is taken as one of sources: each is converted first, in every theme. The table has a row
for each validator and format, with how many files it judged, how many it faulted, its findings, and seconds.
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
"""What the validators judge."""


def main(folders: Sequence[str]) -> int:
    """Print the table and each finding; return 1 if there is any, 2 without a folder."""
    if not folders:
        sys.stderr.write(__doc__ or "")
        return 2
    with TemporaryDirectory() as made:
        files = [file for folder in folders for file in _outputs(Path(folder), Path(made))]
        print("| validator | format | files | faulted | findings | seconds |\n|---|---|--:|--:|--:|--:|")
        verdicts = [_judged(name, files) for name in JURY]
    found = "\n".join(filter(None, map(report, verdicts)))
    if found:
        print(f"\n{found}")
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


def _outputs(folder: Path, made: Path) -> Iterator[Path]:
    """Yield the outputs in `folder` and below; if it holds sources, convert them into `made`."""
    books = [path for path in sorted(folder.rglob("*")) if path.suffix in OUTPUTS and path.is_file()]
    if any(path.suffix != ".html" for path in books):
        yield from books
        return
    for number, page in enumerate(saved_pages(folder)):
        try:
            readout, album = understand(page)
        except ReadoutError as reason:
            print(f"not converted: {reason}", file=sys.stderr)
            continue
        for theme in themes():
            for target in FORMATS:
                rendition = emit(readout, album, target, Look(theme=theme))
                path = made / f"{folder.name}-{number}-{theme}{rendition.suffix}"
                path.write_bytes(rendition.data)
                yield path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

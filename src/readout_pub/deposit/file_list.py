"""Writes the list of all files in the payload of a bag (BagIt), with the metadata that national archives ask for.

The first nine columns are the elements that NARA Bulletin 2015-04 (archives.gov/records-mgmt/bulletins/2015) asks
for with each file. It also asks for "|" between the cells of a line. Cells with unknown values, such as the
coverage, are empty.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import TracebackType
from typing import Self

from readout_pub.csv_cells import csv_head, csv_line
from readout_pub.deposit.payload import EARLIER_VERSION, PayloadFile
from readout_pub.ledger import LedgerEntry, LedgerRow

COLUMNS = (
    *("File Name", "Record ID", "Title", "Description", "Creator", "Creation Date", "Rights", "Coverage", "Relation"),
    *("Path", "Copy", "Format", "Language", "Bytes", "SHA-256"),
)

FILES = {"metadata/files.csv": ",", "metadata/files.psv": "|"}
"""Path of each list in the bag → the delimiter of its cells."""


class FileLists:
    """Writes both lists, line by line."""

    def __init__(self, stage: Path) -> None:
        self._stage = stage
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        (self._stage / "metadata").mkdir(parents=True, exist_ok=True)
        self._lists = [
            (self._stack.enter_context((self._stage / name).open("w", encoding="utf-8", newline="")), delimiter)
            for name, delimiter in FILES.items()
        ]
        for file, delimiter in self._lists:
            file.write(csv_head(COLUMNS) if delimiter == "," else csv_line(COLUMNS, delimiter))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, place: TracebackType | None
    ) -> None:
        self._stack.close()

    def add(self, file: PayloadFile, row: LedgerRow | None, original: PayloadFile | None = None) -> None:
        """Add an original, output or report.

        For a file of a page, `row` is the page's row in the ledger, and `original` is the page's original.
        """
        name = file.path.rpartition("/")[2]
        # The ledger describes only the current version of a page.
        known = row.entry if row and file.kind != EARLIER_VERSION else None
        entry = known or LedgerEntry()
        self._write(
            (
                name,
                entry.identifier or "",
                entry.title or name,
                _description(file, row),
                entry.publisher or "",
                entry.issued or "",
                entry.rights or "",
                "",
                _relation(file, row, original),
                file.path,
                file.kind,
                file.media_type,
                entry.language if known else "",
                str(file.bytes),
                file.sha256,
            )
        )

    def _write(self, cells: tuple[str, ...]) -> None:
        for file, delimiter in self._lists:
            file.write(csv_line(cells, delimiter))


def _relation(file: PayloadFile, row: LedgerRow | None, original: PayloadFile | None) -> str:
    """Return how a file is related to the original of its page, in a term of Dublin Core such as "Is Format Of a.html".

    Returns "" for the original itself, and for a file without an original. An earlier version is an old output:
    its page has changed since, so its relation names the page, not the original.
    """
    if file.kind == EARLIER_VERSION and row is not None and row.entry:
        return f"Is Version Of {row.entry.url or row.name}"
    if original is None or original.sha256 == file.sha256:
        return ""
    return f"{'Is Part Of' if file.kind == 'original' else 'Is Format Of'} {original.path}"


def _description(file: PayloadFile, row: LedgerRow | None) -> str:
    if row is None or row.entry is None:
        return file.kind
    series = f"; series: {row.entry.series}" if row.entry.series else ""
    return f"{file.kind} of {row.entry.url or row.name}{series}"

"""The lists for programs and editors: every file, every failure, every note."""

from __future__ import annotations

import contextlib
import csv
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator

import msgspec

from readout_pub.atomic import open_atomic
from readout_pub.batch.job import BatchConfig
from readout_pub.ledger import LedgerEntry, LedgerRow
from readout_pub.notes import SEVERITIES

_encode = msgspec.json.Encoder().encode

Take = Callable[[LedgerRow], None]


@contextlib.contextmanager
def manifest_report(order: BatchConfig) -> Iterator[Take]:
    """List every file with its size and digest, by the page that it was made of; a line a page."""
    with open_atomic(order.out / "manifest.json", scratch=order.scratch) as file:
        before = b'{"pages": [\n'

        def take(row: LedgerRow) -> None:
            nonlocal before
            if row.entry and row.entry.current:
                file.write(before + _encode(_listed(row.name, row.entry)))
                before = b",\n"

        yield take
        file.write(b"\n]}\n" if before == b",\n" else b'{"pages": []}\n')


def _listed(name: str, entry: LedgerEntry) -> dict[str, object]:
    facts = {
        "source": name,
        "url": entry.url,
        "title": entry.title,
        "issued": entry.issued,
        "language": entry.language,
        "files": [
            {"format": form, "path": file.path, "bytes": file.bytes, "sha256": file.sha256}
            for form, made in sorted(entry.current.items())
            for file in made.files
        ],
    }
    return {key: value for key, value in facts.items() if value is not None}


@contextlib.contextmanager
def failures_report(order: BatchConfig) -> Iterator[Take]:
    """List every page that failed, with the reason; a line a page."""
    with open_atomic(order.out / "failures.jsonl", scratch=order.scratch) as file:

        def take(row: LedgerRow) -> None:
            if row.entry and row.entry.failure:
                reason = msgspec.to_builtins(row.entry.failure)
                file.write(_encode({"source": row.name, **reason}) + b"\n")

        yield take


COLUMNS = ("grade", "code", "title", "message", "where", "source", "output")

GRADES = ("failure", *reversed(SEVERITIES))
"""From the gravest to the mildest."""


@contextlib.contextmanager
def notes_report(order: BatchConfig) -> Iterator[Take]:
    """List every failure and note for editors, the worst first, as a table that spreadsheets open."""
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(open_atomic(order.out / "notes.csv", scratch=order.scratch))
        # One pass over the pages fills a part a grade; only then is it known where each begins.
        parts = {grade: stack.enter_context(tempfile.TemporaryFile(dir=order.scratch)) for grade in GRADES}
        texts = {grade: io.TextIOWrapper(part, "utf-8", newline="") for grade, part in parts.items()}
        writers = {grade: csv.writer(text) for grade, text in texts.items()}

        def take(row: LedgerRow) -> None:
            for grade, *cells in _remarks(row):
                writers[grade].writerow([grade, *map(_harmless, cells)])

        yield take
        file.write("\ufeff".encode() + ",".join(COLUMNS).encode() + b"\r\n")  # without the mark Excel garbles Japanese
        for grade in GRADES:
            texts[grade].flush()
            parts[grade].seek(0)
            shutil.copyfileobj(parts[grade], file)


def _remarks(row: LedgerRow) -> Iterator[tuple[str, ...]]:
    if row.entry is None:
        return
    if failure := row.entry.failure:
        yield "failure", failure.kind, "", failure.what, failure.where or "", row.name, ""
    output = next((made.files[0].path for made in row.entry.current.values()), "")
    for note in row.entry.all_notes:
        yield note.severity, note.code, row.entry.title, note.message, note.where or "", row.name, output


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: its words come from pages of anybody."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell

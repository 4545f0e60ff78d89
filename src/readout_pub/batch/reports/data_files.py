"""The reports for programs and editors: manifest.json, failures.jsonl and notes.csv."""

from __future__ import annotations

import contextlib
import csv
import io
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator

import msgspec

from readout_pub.atomic import open_atomic
from readout_pub.batch.job import BatchConfig
from readout_pub.csv_cells import escape_formula
from readout_pub.ledger import LedgerEntry, LedgerRow
from readout_pub.notes import SEVERITIES
from readout_pub.output_names import fold_case

_encode_json = msgspec.json.Encoder().encode


@contextlib.contextmanager
def manifest_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write manifest.json: every file with its size and digest, by page; one line a page."""
    with (
        open_atomic(config.path_of("manifest.json"), scratch=config.scratch_folder) as file,
        _unique_paths() as require_new,
    ):
        separator = b'{"pages": [\n'

        def write_row(row: LedgerRow) -> None:
            nonlocal separator
            if row.entry and row.entry.current_renditions:
                require_new(file.path for made in row.entry.current_renditions.values() for file in made.files)
                file.write(separator + _encode_json(_manifest_entry(row.name, row.entry)))
                separator = b",\n"

        yield write_row
        file.write(b"\n]}\n" if separator == b",\n" else b'{"pages": []}\n')


@contextlib.contextmanager
def _unique_paths() -> Iterator[Callable[[Iterable[str]], None]]:
    """Yield a function that raises if it was given one of these paths before: two pages would share a file."""
    with contextlib.closing(sqlite3.connect("")) as database:  # a temporary file, since an archive may have a million
        database.execute("CREATE TABLE paths (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")

        def require_new(paths: Iterable[str]) -> None:
            for path in paths:
                if not database.execute("INSERT OR IGNORE INTO paths VALUES (?)", (fold_case(path),)).rowcount:
                    raise RuntimeError(f"two pages have the file {path}")

        yield require_new


def _manifest_entry(name: str, entry: LedgerEntry) -> dict[str, object]:
    fields = {
        "source": name,
        "url": entry.url,
        "title": entry.title,
        "issued": entry.issued,
        "language": entry.language,
        "files": [
            {"format": form, "path": file.path, "bytes": file.bytes, "sha256": file.sha256}
            for form, rendition in sorted(entry.current_renditions.items())
            for file in rendition.files
        ],
    }
    return {key: value for key, value in fields.items() if value is not None}


@contextlib.contextmanager
def failures_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write failures.jsonl: every page that failed, with the reason; one line a page."""
    with open_atomic(config.path_of("failures.jsonl"), scratch=config.scratch_folder) as file:

        def write_row(row: LedgerRow) -> None:
            if row.entry and row.entry.failure:
                failure = msgspec.to_builtins(row.entry.failure)
                file.write(_encode_json({"source": row.name, **failure}) + b"\n")

        yield write_row


COLUMNS = ("grade", "code", "title", "message", "where", "source", "output")

GRADES = ("failure", *reversed(SEVERITIES))
"""From the worst to the mildest."""


@contextlib.contextmanager
def notes_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write notes.csv: every failure and note, the worst first, as a table that spreadsheets open."""
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(open_atomic(config.path_of("notes.csv"), scratch=config.scratch_folder))
        # One pass over the pages writes a temporary file for each grade; they are joined at the end. Sorting in memory
        # would need room for all notes of the archive.
        parts = {grade: stack.enter_context(tempfile.TemporaryFile(dir=config.scratch_folder)) for grade in GRADES}
        texts = {grade: io.TextIOWrapper(part, "utf-8", newline="") for grade, part in parts.items()}
        writers = {grade: csv.writer(text) for grade, text in texts.items()}

        def write_row(row: LedgerRow) -> None:
            for grade, *cells in _note_rows(row):
                writers[grade].writerow([grade, *map(escape_formula, cells)])

        yield write_row
        header = ",".join(COLUMNS).encode()
        file.write("\ufeff".encode() + header + b"\r\n")  # Excel reads UTF-8 only with a byte order mark
        for grade in GRADES:
            texts[grade].flush()
            parts[grade].seek(0)
            shutil.copyfileobj(parts[grade], file)


def _note_rows(row: LedgerRow) -> Iterator[tuple[str, ...]]:
    if row.entry is None:
        return
    if failure := row.entry.failure:
        yield "failure", failure.kind, "", failure.what, failure.where or "", row.name, ""
    output = next((rendition.files[0].path for rendition in row.entry.current_renditions.values()), "")
    for note in row.entry.all_notes:
        yield note.severity, note.code, row.entry.title, note.message, note.where or "", row.name, output

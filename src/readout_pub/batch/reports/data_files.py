"""The reports for programs and editors: manifest.json, SHA256SUMS, failures.jsonl and notes.csv."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version

import msgspec

from readout_pub.atomic import open_atomic
from readout_pub.batch.job import BatchConfig
from readout_pub.batch.reports.report_files import report_files
from readout_pub.batch.reports.sorted_parts import CERTAIN, rank_of, sorted_parts
from readout_pub.csv_cells import csv_head, csv_line
from readout_pub.digests import file_digest
from readout_pub.errors import OutputError
from readout_pub.ledger import LedgerEntry, LedgerRow, PageVersion
from readout_pub.manifest import CHECKSUMS_NAME, MANIFEST_NAME, ManifestFile
from readout_pub.notes import SEVERITIES
from readout_pub.output_names import fold_case

_encode_json = msgspec.json.Encoder().encode


@contextlib.contextmanager
def manifest_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write manifest.json: a line for each page that has files, then one for each other report except SHA256SUMS.

    Each file is listed with its size and digest.
    """
    with (
        open_atomic(config.path_of(MANIFEST_NAME), scratch=config.scratch_folder) as file,
        _unique_paths() as require_new,
    ):
        opening = b'{"program": "readout-pub %s", "pages": [' % version("readout-pub").encode()
        separator = opening + b"\n"

        def write_row(row: LedgerRow) -> None:
            nonlocal separator
            if row.entry and row.entry.renditions:
                files = _manifest_files(row.entry)
                require_new(each.path for each in files)
                require_new(file.path for version in row.entry.versions for file in version.files)
                file.write(separator + _encode_json(_manifest_entry(row, row.entry, files)))
                separator = b",\n"

        yield write_row
        file.write(b"\n" if separator == b",\n" else opening)
        complete = (path for path in report_files(config.out) if path not in {MANIFEST_NAME, CHECKSUMS_NAME})
        listed = b",\n".join(_encode_json(_report_file(config, path)) for path in complete)
        file.write(b'], "reports": [\n' + listed + b"\n]}\n")


@contextlib.contextmanager
def _unique_paths() -> Iterator[Callable[[Iterable[str]], None]]:
    """Yield a function that takes the paths of a page's files, and raises RuntimeError if it got one of them before."""
    with contextlib.closing(sqlite3.connect("")) as database:  # in a temporary file: there may be a million paths
        database.execute("CREATE TABLE paths (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")

        def require_new(paths: Iterable[str]) -> None:
            for path in paths:
                if not database.execute("INSERT OR IGNORE INTO paths VALUES (?)", (fold_case(path),)).rowcount:
                    raise RuntimeError(f"two pages have the file {path}")

        yield require_new


def _report_file(config: BatchConfig, path: str) -> ManifestFile:
    """Return the manifest entry of a finished report. Raises OutputError if its file cannot be read."""
    found = config.path_of(path)
    try:
        return ManifestFile([], path, found.stat().st_size, file_digest(found))
    except OSError as reason:
        raise OutputError(
            f"it cannot be read ({reason.strerror})", where=str(found), what_next="run the batch again"
        ) from reason


def _manifest_files(entry: LedgerEntry) -> list[ManifestFile]:
    """Return the files of a page, each once: its current outputs, its stale ones, and its receipt."""
    found: dict[str, ManifestFile] = {}
    for renditions, stale in ((entry.current_renditions, False), (entry.stale_renditions, True)):
        for form, rendition in sorted(renditions.items()):
            for file in rendition.files:
                listed = found.setdefault(file.path, ManifestFile([], file.path, file.bytes, file.sha256, stale))
                listed.formats.append(form)
    if receipt := entry.receipt:
        stale = not entry.current_renditions
        found[receipt.path] = ManifestFile([], receipt.path, receipt.bytes, receipt.sha256, stale)
    return list(found.values())


def _manifest_entry(row: LedgerRow, entry: LedgerEntry, files: Sequence[ManifestFile]) -> dict[str, object]:
    fields = {
        "source": row.name,
        "sha256": entry.source_sha256,
        "url": entry.url,
        "publisher": entry.publisher,
        "retrieved": entry.retrieved,
        "title": entry.title,
        "series": entry.series,
        "issued": entry.issued,
        "language": entry.language,
        "confidence": entry.confidence,
        "failed": str(entry.failure) if entry.failure else None,
        "gone": row.gone or None,
        "copy_of": row.copy_of,
        "renamed_from": row.renamed_from,
        "receipt": entry.receipt.path if entry.receipt else None,
        "files": files,
        "versions": [_manifest_version(version) for version in entry.versions] or None,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _manifest_version(version: PageVersion) -> dict[str, object]:
    fields = {
        "sha256": version.source_sha256,
        "retrieved": version.retrieved,
        "changes": version.changes,
        "files": [ManifestFile([], file.path, file.bytes, file.sha256) for file in version.files],
    }
    return {key: value for key, value in fields.items() if value is not None}


@contextlib.contextmanager
def checksums_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write SHA256SUMS: the digest of every file in the manifest and of the manifest, as `sha256sum -c` reads it."""
    with open_atomic(config.path_of(CHECKSUMS_NAME), scratch=config.scratch_folder) as file:

        def write_row(row: LedgerRow) -> None:
            for each in _manifest_files(row.entry) if row.entry else ():
                file.write(f"{each.sha256}  {each.path}\n".encode())
            for version in row.entry.versions if row.entry else ():
                for kept in version.files:
                    file.write(f"{kept.sha256}  {kept.path}\n".encode())

        yield write_row
        for path in report_files(config.out):
            if path != CHECKSUMS_NAME:
                file.write(f"{_report_file(config, path).sha256}  {path}\n".encode())


@contextlib.contextmanager
def failures_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write failures.jsonl: a line for each page that failed, with the reason."""
    with open_atomic(config.path_of("failures.jsonl"), scratch=config.scratch_folder) as file:

        def write_row(row: LedgerRow) -> None:
            if row.entry and row.entry.failure:
                failure = msgspec.to_builtins(row.entry.failure)
                stale = [file.path for file in _manifest_files(row.entry) if file.stale]
                left = {"stale": stale} if stale else {}
                file.write(_encode_json({"source": row.name, **failure, **left}) + b"\n")

        yield write_row


COLUMNS = ("severity", "code", "title", "message", "where", "source", "output")

ORDER = ("failure", *reversed(SEVERITIES))
"""The values of the column `severity`, the worst first."""


@contextlib.contextmanager
def notes_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write notes.csv: every failure and note, the worst first, as a table that spreadsheets open.

    Among the warnings, those of pages with the most doubtful text come first.
    """
    path = config.path_of("notes.csv")
    with open_atomic(path, scratch=config.scratch_folder) as file, sorted_parts() as parts:

        def write_row(row: LedgerRow) -> None:
            for severity, *cells in _note_rows(row):
                rank = rank_of(row.entry) if row.entry and severity == "warning" else CERTAIN
                parts.add(ORDER.index(severity), rank, csv_line((severity, *cells)))

        yield write_row
        file.write(csv_head(COLUMNS).encode())
        for group in range(len(ORDER)):
            file.writelines(parts.of_group(group))


def _note_rows(row: LedgerRow) -> Iterator[tuple[str, ...]]:
    if row.entry is None:
        return
    output = next((rendition.files[0].path for rendition in row.entry.existing_renditions.values()), "")
    if failure := row.entry.failure:
        message = failure.what + row.entry.stale_remark
        yield "failure", failure.kind, row.entry.title, message, failure.where or "", row.name, output
    for note in row.entry.all_notes:
        yield note.severity, note.code, row.entry.title, note.message, note.where or "", row.name, output

"""Packs the output folder of a batch and its originals as a BagIt bag, which archives can ingest.

originals     the untouched sources of the pages
payload       the copies of files in the bag, and their digests
records       what the bag says of each readout: Dublin Core and PREMIS
file_list     the list of all files, once as CSV and once with "|" between its cells
bag           manifests and bag-info.txt

The library `bagit` only validates each bag before it gets its final name: as a writer, it would change the working
directory, list tag files in the order of the file system, and read every file once more.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import msgspec

from readout_pub.arguments import Paths, require_path, require_paths, require_type
from readout_pub.atomic import current_umask
from readout_pub.batch.containment import require_private, resolve_inside
from readout_pub.batch.job import PRIVATE_FOLDER
from readout_pub.batch.reports.report_files import report_files, stated_digests
from readout_pub.deposit.bag import require_info, validate_bag, write_tag_files
from readout_pub.deposit.file_list import FileLists
from readout_pub.deposit.originals import MAX_NAMED, copy_originals
from readout_pub.deposit.payload import EARLIER_VERSION, Payload, PayloadFile
from readout_pub.deposit.records import DepositEvent, RecordWriter
from readout_pub.emit.timestamps import epoch_time
from readout_pub.errors import OutputError, SourceError, UsageError
from readout_pub.ledger import FILE_NAME, Ledger, LedgerEntry, OutputFile
from readout_pub.manifest import MANIFEST_NAME
from readout_pub.notes import name_first

__all__ = ["Deposit", "deposit"]

OUTPUTS = "data/outputs"
"""The folder of the bag for the outputs, with the same paths as in the output folder, so that links work."""


class Deposit(msgspec.Struct, frozen=True):
    """A bag that was written: its path, how many readouts and payload files it has, and the bytes of these files.

    `remarks` say what a user should check.
    """

    bag: str
    readouts: int
    files: int
    bytes: int
    remarks: tuple[str, ...] = ()


def deposit(
    out: str | Path,
    bag: str | Path,
    *,
    originals: Paths = (),
    time: dt.datetime | None = None,
    info: Mapping[str, str | Sequence[str]] = {},
) -> Deposit:
    """Write the bag of `out`, the output folder of a batch, and return what is in it.

    `originals` are the sources of the pages, by default those that the ledger names. `time` is the time of the deposit
    in UTC, by default SOURCE_DATE_EPOCH; without either, the bag states no time. `info` are elements of bag-info.txt,
    such as "Source-Organization".

    Raises UsageError if `out` is not an output folder of a batch or `bag` exists, and, for missing or changed files,
    SourceError for originals and OutputError for outputs. After an error, there is no bag.
    """
    require_path(out, "out")
    require_path(bag, "bag")
    require_type(time, (dt.datetime, type(None)), "time")
    folder, target = Path(out).absolute(), Path(bag).absolute()
    named = require_paths(originals, "originals")
    elements = require_info(info)
    _require_new(target, folder)
    with _open_ledger(folder) as ledger, _unfinished(target) as stage:
        event = DepositEvent(time or epoch_time(), _program(folder), f"readout-pub {version('readout-pub')}")
        writer = _BagWriter(folder, target, stage, ledger, event)
        result = writer.write(named, elements)
        validate_bag(stage, target)
    return result


class _BagWriter:
    """Fills the folder `stage` with the bag that becomes `target`."""

    def __init__(self, out: Path, target: Path, stage: Path, ledger: Ledger, event: DepositEvent) -> None:
        self._out, self._target, self._stage, self._ledger, self._event = out, target, stage, ledger, event
        self._payload = Payload(stage)
        self._faults: list[str] = []

    def write(self, named: Sequence[Path], info: Mapping[str, Sequence[str]]) -> Deposit:
        """Copy originals and outputs, write all metadata, and return what is in the bag."""
        found = copy_originals(self._ledger, named, self._payload, keep_out=(self._out, self._target))
        readouts = failed = partial = 0
        records = RecordWriter(self._stage, self._event)
        with FileLists(self._stage) as lists:
            for file in found.files:
                number = found.row_of(file)
                row = None if number is None else self._ledger.row(number)
                lists.add(file, row, found.original_of(row) if row else None)
            for row in self._ledger.converted_pages():
                if row.entry is None or not row.entry.renditions:
                    failed += 1
                    continue
                readouts += 1
                partial += row.entry.failure is not None
                files = list(self._copy_outputs(row.entry))
                original = found.original_of(row)
                for file in files:
                    lists.add(file, row, original)
                records.write(row, row.entry, files, original)
            for file in self._copy_reports():
                lists.add(file, None)
        self._require_no_faults()
        write_tag_files(self._stage, self._payload, self._event, info)
        remarks = [*found.remarks]
        if failed:
            remarks.append(f"{failed:,} page{' has' if failed == 1 else 's have'} no outputs, since converting failed")
        if partial:
            formats = f"{partial:,} page{' lacks' if partial == 1 else 's lack'} the present version in a format"
            remarks.append(f"{formats}: see failures.jsonl")
        return Deposit(str(self._target), readouts, self._payload.count, self._payload.bytes, tuple(remarks))

    def _copy_outputs(self, entry: LedgerEntry) -> Iterator[PayloadFile]:
        """Copy the files of a page; a missing or changed file gives a fault."""
        copied: set[str] = set()
        for renditions, is_current in ((entry.current_renditions, True), (entry.stale_renditions, False)):
            for form, made in sorted(renditions.items()):
                for number, file in enumerate(made.files):
                    if file.path not in copied:
                        copied.add(file.path)
                        kind = _kind_of(form) if is_current else EARLIER_VERSION
                        yield from self._copy_output(file, kind, made.media_type if number == 0 else None)
        if entry.receipt:
            yield from self._copy_output(entry.receipt, "receipt")
        for kept in entry.versions:
            for file in kept.files:
                yield from self._copy_output(file, EARLIER_VERSION)

    def _copy_output(self, file: OutputFile, kind: str, media_type: str | None = None) -> Iterator[PayloadFile]:
        """Copy a file and yield it; yield nothing if it is missing."""
        path = resolve_inside(self._out, file.path)
        if not path.is_file():
            self._faults.append(f"{file.path} is missing")
            return
        found = self._payload.add(path, f"{OUTPUTS}/{file.path}", kind, media_type)
        if found.sha256 != file.sha256:
            self._faults.append(f"{file.path} was changed")
        yield found

    def _copy_reports(self) -> Iterator[PayloadFile]:
        """Copy the reports of the batch; a missing or changed one gives a fault."""
        stated = stated_digests(self._out)
        for name in report_files(self._out):
            path = resolve_inside(self._out, name)
            if not path.is_file():
                self._faults.append(f"{name} is missing")
                continue
            found = self._payload.add(path, f"{OUTPUTS}/{name}", "report")
            if found.sha256 != stated.get(name, found.sha256):
                self._faults.append(f"{name} was changed")
            yield found

    def _require_no_faults(self) -> None:
        if self._faults:
            raise OutputError(
                f"files of the batch are missing or changed: {name_first(self._faults, MAX_NAMED)}",
                where=str(self._out),
                what_next="run the batch again, which writes these files again",
            )


def _kind_of(form: str) -> str:
    return "archival copy" if form in ARCHIVAL_FORMATS else "access copy"


ARCHIVAL_FORMATS = frozenset({"json", "pdf"})
"""Formats for preservation: PDF/A, and the document model."""


def _require_new(target: Path, out: Path) -> None:
    if os.path.lexists(target):
        raise UsageError("it is there already", where=str(target), what_next="name a new folder with -o")
    if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(out)):
        raise UsageError(
            "the bag would be inside the output folder that it packs",
            where=str(target),
            what_next="name another place with -o",
        )


@contextlib.contextmanager
def _open_ledger(out: Path) -> Iterator[Ledger]:
    """Open the ledger of an output folder whose reports are complete."""
    private = out / PRIVATE_FOLDER
    what_next = "name the folder that `readout-pub batch … -o` has written"
    if not out.is_dir():
        raise SourceError("there is no such folder", where=str(out), what_next=what_next)
    if not (private / FILE_NAME).is_file():
        what = "this is not the output folder of a batch: it has no ledger"
        raise UsageError(what, where=str(out), what_next=what_next)
    require_private(private)
    with contextlib.closing(Ledger(private)) as ledger, ledger.translated_errors():
        if not ledger.has_pages():
            raise SourceError("its ledger has no pages", where=str(out), what_next="run the batch first")
        if not ledger.is_reported():
            raise OutputError(
                "the last batch did not end, so its manifest is incomplete",
                where=str(out),
                what_next="run the batch again; it resumes",
            )
        yield ledger


@contextlib.contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """Make a folder beside `target`; rename it to `target` at the end, or remove it after an exception."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
        try:
            yield stage
            if hasattr(os, "sync"):  # one sync for all files, since an fsync of each takes longer than copying it
                os.sync()
            stage.chmod(0o777 & ~current_umask())  # mkdtemp makes folders that only their owner can read
            stage.rename(target)
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            raise
    except OSError as reason:
        raise OutputError(
            f"the bag cannot be written ({reason.strerror or reason})",
            where=str(target),
            what_next="choose another place with -o, or free some space",
        ) from reason


def _program(out: Path) -> str:
    """Return the program and version that wrote the manifest."""
    path = out / MANIFEST_NAME
    found = None
    if path.is_file():  # opening a pipe would wait for its writer
        with contextlib.suppress(OSError), path.open("rb") as file:
            found = _PROGRAM.match(file.read(200))
    if not found:
        raise OutputError(
            "it is missing, cannot be read, or is not what a batch writes",
            where=str(path),
            what_next="run the batch again",
        )
    return found[1].decode()


_PROGRAM = re.compile(rb'\{"program": "([ -!#-\[\]-~]+)"')

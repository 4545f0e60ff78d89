"""Verifies outputs: that a file is unchanged, comes from a source, has all its words, and can be rebuilt from it.

The checks use the seal in the file, the receipt, photos and signature beside it, and, if the caller gives them, its
source and a public key.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from textwrap import shorten
from typing import Literal

import msgspec

from readout_pub.arguments import Paths, require_type
from readout_pub.convert import Overrides, read_and_prove
from readout_pub.emit import RenderOptions, Rendition, emit, formats_of_suffix
from readout_pub.emit.record import program
from readout_pub.emit.timestamps import EPOCH_VARIABLE
from readout_pub.errors import SourceError, UsageError
from readout_pub.extract.registry import NO_SITE
from readout_pub.image_store import ImageStore
from readout_pub.model import Keep, Origin, Readout
from readout_pub.receipts import Mismatch, Receipt, prove_rendition
from readout_pub.seal import MAX_RECORD, RECORD_MEMBERS, ZIP_ERRORS, read_member, sealed_file
from readout_pub.source_record import SOURCE_DIGEST_PROPERTY, RecordedSource, SourceRecord
from readout_pub.sources.companion_folders import photo_folder

CheckName = Literal["seal", "files", "receipt", "source", "words", "rebuild", "signature"]
"""What is checked.

seal       the digest inside the file
files      the photos beside an HTML file
receipt    NAME.receipt.json beside the file
source     whether the file says that it was made of this source
words      every word and alternative text of this source, read back from the file
rebuild    the same bytes from the same source
signature  FILE.sig, by the owner of a key
"""

State = Literal["passed", "failed", "unknown"]
Verdict = Literal["verified", "failed", "unknown"]

RECEIPT_SUFFIX = ".receipt.json"

MAX_MEMBER = 256 << 20
"""Bytes of one member of a package that are read, to compare its digest: larger than any photo that is written."""

MAX_DETAILS = 10
"""Differences that one check lists; the receipt lists more."""


MAX_QUOTE = 120
"""Characters of a difference that are shown: a line and a half of a terminal."""


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result of one check: one sentence, and where the file differs."""

    name: CheckName
    state: State
    message: str
    details: tuple[str, ...] = ()


class Verification(msgspec.Struct, frozen=True, omit_defaults=True):
    """The results of all checks of one file.

    It is "verified" if some check passed and none failed, and "unknown" if no check could be made. `error` says why it
    could not be read; then it has "failed".
    """

    path: str
    verdict: Verdict
    checks: tuple[Check, ...] = ()
    record: SourceRecord | None = None
    error: str | None = None


def verify(
    path: str | Path,
    *,
    against: str | Path | None = None,
    rebuild: bool = False,
    key: str | Path | None = None,
    sites: Paths = (),
) -> Verification:
    """Return the results of all checks of the output at `path`; writes nothing.

    `against` is the source that it should come from; with `rebuild` it is converted again and the bytes are compared.
    `key` is the public key by which the file should be signed; `sites` are folders with your site profiles. Raises a
    ReadoutError if a file cannot be read, a UsageError for an impossible argument.
    """
    for name, value in (("path", path), ("against", against), ("key", key)):
        require_type(value, (str, Path) if name == "path" else (str, Path, type(None)), name)
    if rebuild and against is None:
        raise UsageError("without the source nothing can be rebuilt", what_next="name it: --against SOURCE")
    path = Path(path)
    data = _read(path)
    try:
        sealed = sealed_file(data)
    except SourceError as error:
        error.where = str(path)
        raise
    record = sealed.record if sealed else None
    checks = [
        _seal_check(data, record, is_unchanged=sealed.is_unchanged if sealed else None),
        *_beside_checks(path, record),
        *_receipt_checks(path, data),
    ]
    if against is not None:
        checks += _source_checks(path, data, record, against, sites=sites, rebuild=rebuild)
    if key is not None:
        checks.append(_signature_check(path, data, Path(key)))
    states = {check.state for check in checks}
    verdict: Verdict = "failed" if "failed" in states else "verified" if "passed" in states else "unknown"
    return Verification(str(path), verdict, tuple(checks), record)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as reason:
        raise SourceError(
            f"it cannot be read ({reason.strerror})", where=str(path), what_next="check the path"
        ) from reason


# --- Alone: the seal


def _seal_check(data: bytes, record: SourceRecord | None, *, is_unchanged: bool | None) -> Check:
    if record is None:
        return _no_record(data)
    if is_unchanged:
        return Check("seal", "passed", f"unchanged since {record.program} wrote it")
    changes = tuple(_package_changes(data, record) if record.format in RECORD_MEMBERS else _tail_changes(data))
    return Check("seal", "failed", f"changed since {record.program} wrote it", changes)


def _no_record(data: bytes) -> Check:
    if _was_saved_by_an_office_program(data):
        return Check("seal", "failed", "another program has saved the file again, without the source record")
    if data.startswith(b"%PDF-") and b"%%EOF" not in data[-1024:]:
        return Check("seal", "failed", "the file is cut off: the end of the PDF is missing")
    return Check("seal", "unknown", "the file has no source record, so it does not state its source")


def _was_saved_by_an_office_program(data: bytes) -> bool:
    """Return whether a DOCX or ODT has our properties: office programs keep these, and drop files they do not know."""
    if not data.startswith(b"PK"):
        return False
    with contextlib.suppress(*ZIP_ERRORS), zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in {"docProps/custom.xml", "meta.xml"}.intersection(package.namelist()):
            if SOURCE_DIGEST_PROPERTY.encode() in read_member(package, part, MAX_RECORD):
                return True
    return False


def _package_changes(data: bytes, record: SourceRecord) -> Iterator[str]:
    """Yield the members of a package that differ from those that the record lists."""
    with contextlib.suppress(*ZIP_ERRORS), zipfile.ZipFile(io.BytesIO(data)) as package:
        names = {entry.filename for entry in package.infolist() if not entry.is_dir()}
        names -= set(RECORD_MEMBERS.values())
        changed = [
            name
            for name in sorted(names.intersection(record.files))
            if hashlib.sha256(read_member(package, name, MAX_MEMBER)).hexdigest() != record.files[name]
        ]
        yield from (f"{name}: changed" for name in changed)
        yield from (f"{name}: missing" for name in sorted(set(record.files) - names))
        yield from (f"{name}: added" for name in sorted(names - set(record.files)))
        if not changed and names == set(record.files):
            yield "every file in it is as it was: the package was packed again, or its record was changed"


def _tail_changes(data: bytes) -> Iterator[str]:
    """Yield the changes that the end of a PDF or HTML file reveals."""
    marker = b"%%EOF\n" if data.startswith(b"%PDF-") else b"</html>\n"
    if marker.strip() not in data[-1024:]:
        yield "the file is cut off: its end is missing"
        return
    end = data.find(marker) + len(marker)
    before = sealed_file(data[:end]) if end < len(data) else None
    if before and before.is_unchanged:
        yield f"another program has added {len(data) - end} bytes at the end; what was there before is unchanged"


# --- Beside the file


def _beside_checks(path: Path, record: SourceRecord | None) -> Iterator[Check]:
    """Yield whether the photos beside an HTML file are those that its record lists."""
    if record is None or record.format in RECORD_MEMBERS or not record.files:
        return
    found = _files_beside(path, record)
    faults = [
        f"{name}: {'changed' if name in found else 'missing'}"
        for name, digest in record.files.items()
        if name not in found or hashlib.sha256(found[name]).hexdigest() != digest
    ]
    if faults:
        yield Check("files", "failed", "photos beside the file are not those that were written", tuple(faults))
    else:
        yield Check("files", "passed", f"photos beside the file: {len(record.files)}, unchanged")


def _files_beside(path: Path, record: SourceRecord | None) -> dict[str, bytes]:
    """Return the files beside an output that exist: relative path → bytes; none that is outside of its folder.

    They are those of the record, or for a format without one those in the folder that `convert` makes for photos.
    """
    folder = path.parent.resolve()
    if record is None:
        photos = folder / photo_folder(path.stem)
        names = [f"{photos.name}/{file.name}" for file in sorted(photos.iterdir())] if photos.is_dir() else []
    else:
        names = [] if record.format in RECORD_MEMBERS else [*record.files]
    files = {name: (folder / name).resolve() for name in names}
    return {name: _read(file) for name, file in files.items() if file.is_relative_to(folder) and file.is_file()}


def _receipt_checks(path: Path, data: bytes) -> Iterator[Check]:
    """Yield whether the receipt beside the file, if there is one, is that of the file."""
    receipt_path = path.with_suffix(RECEIPT_SUFFIX)
    if not receipt_path.is_file() or receipt_path == path:
        return
    try:
        receipt = msgspec.json.decode(_read(receipt_path), type=Receipt)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as reason:
        yield Check("receipt", "failed", f"{receipt_path.name} is no receipt: {reason}")
        return
    digest = hashlib.sha256(data).hexdigest()
    for rendition in receipt.renditions:
        if rendition.sha256 == digest:
            words = f"{rendition.found:,} of {rendition.words:,} words{', in order' if rendition.in_order else ''}"
            yield Check("receipt", "passed", f"{receipt_path.name} is the receipt of this file: {words}")
            return
    formats = {rendition.format for rendition in receipt.renditions}
    if formats.intersection(formats_of_suffix(path.suffix)):
        yield Check("receipt", "failed", f"{receipt_path.name} is the receipt of another file, or this one has changed")
    else:
        yield Check("receipt", "unknown", f"{receipt_path.name} does not mention a file of this format")


def _signature_check(path: Path, data: bytes, key: Path) -> Check:
    from readout_pub.signatures import is_signed_by, signature_path

    name = signature_path(path).name
    is_signed = is_signed_by(path, data, key)
    if is_signed is None:
        return Check("signature", "failed", f"there is no signature: {name} is missing")
    if not is_signed:
        return Check("signature", "failed", f"{name} is not a signature of this file by the owner of {key.name}")
    return Check("signature", "passed", f"signed by the owner of {key.name}")


# --- Against its source


def _source_checks(
    path: Path, data: bytes, record: SourceRecord | None, source: str | Path, *, sites: Paths, rebuild: bool
) -> Iterator[Check]:
    reading = read_and_prove(
        source,
        site=_site_of(record),
        sites=sites,
        known=_overrides(record),
        keep=_keep(record),
        accept_error_pages=True,
        receipt=bool(record and record.receipt),  # its notes are in the model that PDF/A-3 files contain
    )
    readout, album = reading.readout, reading.album
    if record:
        readout = msgspec.structs.replace(readout, origin=_completed(readout.origin, record.source))
        is_same = readout.origin.sha256 == record.source.sha256
        yield (
            Check("source", "passed", f"the record names this source: {record.source.name}")
            if is_same
            else Check("source", "failed", f"the record names another source: {_described(record)}")
        )
    target = record.format if record else next(iter(formats_of_suffix(path.suffix)), "")
    if not target:
        yield Check("words", "unknown", f"a file with the suffix {path.suffix!r} cannot be read")
        return
    beside = _files_beside(path, record)
    look = _look(record, beside)
    yield _words_check(readout, album, Rendition(target, data, path.suffix, "", beside), look, record)
    if rebuild:
        with _epoch(record.options.get(EPOCH_VARIABLE) if record else None):
            again = emit(readout, album, target, look).data
        yield _rebuild_check(is_same=again == data, record=record)


def _completed(origin: Origin, recorded: RecordedSource) -> Origin:
    """Return `origin` with the file name of the record, and its URL and day of retrieval if the source has none.

    The colophon shows these facts, and a copy of the source may have another name, or be outside of its archive.
    """
    return msgspec.structs.replace(
        origin,
        name=recorded.name,
        url=origin.url or recorded.url,
        retrieved=origin.retrieved or recorded.retrieved,
    )


def _described(record: SourceRecord) -> str:
    source = record.source
    return f"{source.url or source.name} (SHA-256 {source.sha256[:16]}…)"


def _site_of(record: SourceRecord | None) -> str | None:
    """Return the site whose profile was used, so that the page is read as it was then."""
    if record is None:
        return None
    return record.source.profile.split("/")[0] if record.source.profile else NO_SITE


def _keep(record: SourceRecord | None) -> Keep | None:
    """Return the option `keep` of the record; raises SourceError if this version does not know its value."""
    try:
        keep: Keep | None = msgspec.convert(record.options.get("keep") if record else None, Keep | None)
    except msgspec.ValidationError as reason:
        raise SourceError(f"the source record has an option that this version does not know: {reason}") from reason
    return keep


def _overrides(record: SourceRecord | None) -> Overrides:
    """Return the values that were given instead of the page's; raises SourceError if the record has others."""
    try:
        overrides: Overrides = msgspec.convert(dict(record.edited) if record else {}, _Edited).overrides()
    except msgspec.ValidationError as reason:
        raise SourceError(f"the source record is damaged: {reason}") from reason
    return overrides


class _Edited(msgspec.Struct):
    """The values of `SourceRecord.edited`."""

    title: str | None = None
    series: str | None = None
    issued: dt.date | None = None
    language: str | None = None

    def overrides(self) -> Overrides:
        return Overrides(self.title or None, self.series or None, self.issued, self.language or None)


_NOT_OF_LOOK = frozenset({EPOCH_VARIABLE, "keep"})
"""What the options of a record contain besides render options."""


def _look(record: SourceRecord | None, beside: Iterable[str]) -> RenderOptions:
    """Return the options of the record; raises SourceError if this version of the program does not know them."""
    options = {name: value for name, value in (record.options if record else {}).items() if name not in _NOT_OF_LOOK}
    if name := next(iter(beside), None):
        options["folder"] = str(PurePosixPath(name).parent)
    try:
        look: RenderOptions = msgspec.convert(options, RenderOptions)
    except msgspec.ValidationError as reason:
        raise SourceError(f"the source record has an option that this version does not know: {reason}") from reason
    return msgspec.structs.replace(look, receipt=record.receipt if record else False)


def _words_check(
    readout: Readout, album: ImageStore, rendition: Rendition, look: RenderOptions, record: SourceRecord | None
) -> Check:
    try:
        receipt = prove_rendition(readout, album, rendition, look)
    except Exception as reason:  # noqa: BLE001 - the file may be damaged in any way
        return Check("words", "failed", f"the file cannot be read back ({type(reason).__name__}: {reason})")
    if receipt.not_read:
        return Check("words", "unknown", receipt.not_read)
    if receipt.is_proven:
        return Check("words", "passed", f"every word of the source is here: {receipt.found:,} of {receipt.words:,}")
    count = len(receipt.differences) + receipt.more_differences
    given = record.alts_given if record else 0
    if given and all(each.what == "alt" for each in receipt.differences):
        message = f"every word of the source is here; {given} alternative texts were given, and are not of the source"
        return Check("words", "passed", message)
    details = tuple(map(_difference, receipt.differences[:MAX_DETAILS]))
    return Check("words", "failed", f"not as in the source: {count} difference{'s' if count > 1 else ''}", details)


def _difference(each: Mismatch) -> str:
    found, expected = (f"“{shorten(text, MAX_QUOTE)}”" if text else "nothing" for text in (each.found, each.expected))
    after = f" after “{each.context}”" if each.context else ""
    return f"{each.what}: {found} instead of {expected}{after}"


def _rebuild_check(*, is_same: bool, record: SourceRecord | None) -> Check:
    if is_same:
        return Check("rebuild", "passed", "rebuilt from the source, byte for byte")
    if record and record.alts_given:
        why = (
            f"{record.alts_given} alternative texts were given by a person or a model: convert the page with them again"
        )
    elif record and record.program != program():
        why = f"it was made by {record.program}, and this is {program()}"
    else:
        why = "the file, the source, an option, a library or a font differs"
    return Check("rebuild", "failed", f"not rebuilt byte for byte: {why}")


@contextlib.contextmanager
def _epoch(value: object) -> Iterator[None]:
    """Set SOURCE_DATE_EPOCH as it was when the file was made, and restore it."""
    before = os.environ.pop(EPOCH_VARIABLE, None)
    if isinstance(value, str):
        os.environ[EPOCH_VARIABLE] = value
    try:
        yield
    finally:
        os.environ.pop(EPOCH_VARIABLE, None)
        if before is not None:
            os.environ[EPOCH_VARIABLE] = before

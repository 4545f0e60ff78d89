"""Verifies an output: that it is unchanged, comes from a source, has all words of the source, and can be rebuilt.

The checks use the seal in the file, the receipt, photos and signature beside it, and, if given, source and public key.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

import msgspec

from readout_pub.alt import PhotoContext, Withheld
from readout_pub.arguments import Paths, require_type
from readout_pub.convert import Overrides, ReadOptions, read_and_prove
from readout_pub.emit import RenderOptions, Rendition, emit, formats_of_suffix
from readout_pub.emit.messages import Messages, messages_for
from readout_pub.emit.pictures import alt_text, alts_beside_caption
from readout_pub.emit.record import (
    count_given_alts,
    program,
    recorded_render_options,
    source_record,
    style_options,
)
from readout_pub.emit.timestamps import EPOCH_VARIABLE
from readout_pub.errors import DECODE_ERRORS, ReadoutError, SourceError, UsageError
from readout_pub.extract.profile import NO_SITE
from readout_pub.image_store import ImageStore
from readout_pub.manifest import MANIFEST_NAME, Manifest, ManifestPage
from readout_pub.model import AltPolicy, Keep, Origin, Readout, figures, from_json, is_json_unchanged
from readout_pub.named_file import read_large_file
from readout_pub.notes import number_with_noun
from readout_pub.output_names import RECEIPT_SUFFIX
from readout_pub.receipts import Mismatch, Receipt, prove_rendition, read_receipt
from readout_pub.receipts.model import RenditionReceipt, SourceFile
from readout_pub.receipts.read_back import READERS, read_output
from readout_pub.receipts.read_back.content import NO_TEXT, NO_TEXT_NEXT
from readout_pub.receipts.read_back.files import is_encrypted
from readout_pub.seal import (
    MAX_RECORD,
    RECORD_MEMBERS,
    ZIP_ERRORS,
    has_record,
    is_receipt_unchanged,
    read_member,
    sealed_file,
)
from readout_pub.source_record import OWN_CSS, OWN_THEME, SOURCE_DIGEST_PROPERTY, SourceRecord
from readout_pub.sources import SavedPage, saved_pages, source_digest, source_name
from readout_pub.sources.companion_folders import photo_folder
from readout_pub.sources.urls import url_key
from readout_pub.themes import theme_names
from readout_pub.words import spaced, words_of

CheckName = Literal["seal", "files", "receipt", "source", "words", "rebuild", "signature"]
"""What is checked.

seal       the digest inside the file; a receipt has one, too
files      the files that this one lists: photos beside an HTML file, the outputs of a receipt or of a manifest
receipt    NAME.receipt.json beside the file
source     whether the file says that it was made of this source
words      whether the file, read back, has every word, photo and alternative text of this source
rebuild    whether the same source gives the same bytes again
signature  whether the owner of a key signed the file, or the receipt or manifest that lists it
"""

State = Literal["passed", "failed", "unknown"]
Verdict = Literal["verified", "failed", "unknown"]

_SEALED_SUFFIXES = frozenset({".html", ".pdf", ".epub", ".docx", ".odt"})
"""Suffixes of the files that can have a source record."""

MAX_MEMBER = 256 << 20
"""At most this many bytes of a package's member are read: more than any photo of an output has."""

MAX_DETAILS = 10
"""How many differences, or changed files, a check lists: enough to see the kind of change. Chosen by hand."""

MAX_QUOTE = 120
"""How many characters of a difference are shown: a line and a half of a terminal."""

SHOWN_DIGEST = 12
"""How many hex digits of a photo's SHA-256 are shown: enough to tell one photo from millions."""


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result of one check: its state, one sentence for users, and a line for each difference."""

    name: CheckName
    state: State
    message: str
    details: tuple[str, ...] = ()


class Verification(msgspec.Struct, frozen=True, omit_defaults=True):
    """The results of all checks of one file.

    The verdict is "failed" if a check failed, "verified" if one passed and none failed, else "unknown". `record` is the
    record in the file, else from the receipt beside it or the JSON. `error` says why the file could not be read; the
    verdict is then "failed".
    """

    path: str
    verdict: Verdict
    checks: tuple[Check, ...] = ()
    record: SourceRecord | None = None
    error: str | None = None


def verify(
    path: str | Path,
    *,
    against: str | Path | bytes | None = None,
    rebuild: bool = False,
    key: str | Path | None = None,
    sites: Paths = (),
    theme: str | Path | None = None,
    css: str | Path | None = None,
) -> Verification:
    """Return the results of all checks of the output at `path`; writes nothing.

    A receipt or a manifest of a batch is verified by the files that it lists. `against` is the expected source of an
    output, or its bytes; the check "source" says that a receipt or manifest is not compared with it. With `rebuild`,
    the source is converted again and the bytes are compared. `key` is the public key of the person who should have
    signed the file, or the receipt or manifest that lists it. For a rebuild, `sites` are folders with your site
    profiles; `theme` and `css` are your own theme and style sheet. Raises a ReadoutError if a file cannot be read, a
    UsageError for an impossible argument.
    """
    require_type(path, (str, Path), "path")
    require_type(against, (str, Path, bytes, type(None)), "against")
    for name, value in (("key", key), ("theme", theme), ("css", css)):
        require_type(value, (str, Path, type(None)), name)
    if rebuild and against is None:
        raise UsageError("without the source nothing can be rebuilt", what_next="name it: --against SOURCE")
    path = Path(path)
    styles = _OwnStyles(str(theme) if theme else None, str(css) if css else None)
    data = read_large_file(path)
    listed = _listing(path, data)
    try:
        if listed is None:
            checks, record = _output_checks(path, data, against, sites=sites, styles=styles, rebuild=rebuild)
        else:
            checks, record = list(_listing_checks(path, data, listed)), None
            if against is not None:
                checks.append(_not_compared(listed.kind))
    except SourceError as error:
        error.where = error.where or str(path)  # an error with a place is about the source
        raise
    if key is not None:
        checks.append(_signature_check(path, data, Path(key)))
    states = {check.state for check in checks}
    verdict: Verdict = "failed" if "failed" in states else "verified" if "passed" in states else "unknown"
    return Verification(str(path), verdict, tuple(checks), record)


def files_to_verify(folder: Path) -> list[Path]:
    """Return the files below `folder` that can be verified: outputs with a source record, receipts and manifests.

    Other files, such as plain text, are verified by their receipt. Raises SourceError if no file can be verified, or if
    a file cannot be read.
    """
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and (
            path.name == MANIFEST_NAME
            or path.name.endswith(RECEIPT_SUFFIX)
            or (path.suffix.lower() in _SEALED_SUFFIXES and _is_or_was_sealed(read_large_file(path)))
        )
    ]
    if not files:
        raise SourceError(
            "the folder has no output with a source record, no receipt and no manifest",
            where=str(folder),
            what_next="name the folder that convert or batch wrote to, or the files",
        )
    return files


def _is_or_was_sealed(data: bytes) -> bool:
    """Return whether a file has a source record, or may have had one before it was cut off or saved again."""
    is_damaged_package = data.startswith(b"PK") and not zipfile.is_zipfile(io.BytesIO(data))
    return is_damaged_package or has_record(data) or _no_record_check(data).state == "failed"


def _output_checks(
    path: Path, data: bytes, against: str | Path | bytes | None, *, sites: Paths, styles: _OwnStyles, rebuild: bool
) -> tuple[list[Check], SourceRecord | None]:
    """Return the checks of an output, except that of its signature, and its record."""
    sealed = sealed_file(data)
    record = sealed.record if sealed else None
    beside = record or (None if has_record(data) else _record_beside(path, data))
    photos = _photos_of_record(record)
    checks = [
        _seal_check(path, data, record, beside, is_unchanged=sealed.is_unchanged if sealed else None),
        *_format_checks(path, record),
        *_beside_checks(path, photos),
        *_receipt_checks(path, data, has_photos_in_record=bool(photos)),
    ]
    if against is not None:
        checks += _source_checks(path, data, beside, against, sites=sites, styles=styles, rebuild=rebuild)
    return checks, beside


def _record_beside(path: Path, data: bytes) -> SourceRecord | None:
    """Return the record of a file of a format without one: from the receipt beside it, or from the readout in JSON.

    A receipt or readout that has been changed is not used.
    """
    receipt_path = path.with_suffix(RECEIPT_SUFFIX)
    if receipt_path != path and receipt_path.is_file() and is_receipt_unchanged(read_large_file(receipt_path)):
        receipt, digest = read_receipt(receipt_path), hashlib.sha256(data).hexdigest()
        for rendition in receipt.renditions if receipt else ():
            if rendition.sha256 == digest and rendition.record:
                return rendition.record
    if data.startswith(b"{") and is_json_unchanged(data):
        with contextlib.suppress(ReadoutError):
            return source_record(from_json(data), RenderOptions(), "json")
    return None


# --- The seal in the file


def _seal_check(
    path: Path, data: bytes, record: SourceRecord | None, beside: SourceRecord | None, *, is_unchanged: bool | None
) -> Check:
    if record is None and beside is not None and not data.startswith(b"{"):
        return Check("seal", "unknown", "files of this format have no source record; the receipt has it")
    if record is None:
        return _json_check(path, data) or _no_record_check(data)
    if is_unchanged:
        return Check("seal", "passed", f"unchanged since {record.program} wrote it")
    changes = _first_details(_package_changes(data, record) if record.format in RECORD_MEMBERS else _tail_changes(data))
    return Check("seal", "failed", f"changed since {record.program} wrote it", changes)


def _first_details(details: Iterable[str]) -> tuple[str, ...]:
    """Return the first `MAX_DETAILS` details, and how many others there are."""
    found = tuple(details)
    others = len(found) - MAX_DETAILS
    return (*found[:MAX_DETAILS], f"and {others:,} more") if others > 0 else found


def _json_check(path: Path, data: bytes) -> Check | None:
    """Return the check of the seal in a readout in JSON; None for another file."""
    unchanged = is_json_unchanged(data) if data.startswith(b"{") else None
    if unchanged is None:
        is_damaged = bool(data) and path.suffix.lower() == ".json" and not _is_json(data)
        return Check("seal", "failed", "the file is not valid JSON: it is cut off or damaged") if is_damaged else None
    if unchanged:
        return Check("seal", "passed", "the readout is unchanged since it was written")
    return Check("seal", "failed", "the readout was changed after it was written")


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data)
    except DECODE_ERRORS:
        return False
    return True


def _format_checks(path: Path, record: SourceRecord | None) -> Iterator[Check]:
    """Yield a failure if record and file name state different formats.

    Other programs choose the format by the name, so they would not show the compared words.
    """
    formats = formats_of_suffix(path.suffix)
    if record and formats and record.format not in formats:
        yield Check(
            "seal", "failed", f"the record is of the format {record.format}, and the file is named {path.suffix}"
        )


def _no_record_check(data: bytes) -> Check:
    if _was_saved_by_an_office_program(data):
        return Check("seal", "failed", "another program has saved the file again, without the source record")
    if not data:
        return Check("seal", "failed", "the file is empty")
    if has_record(data):
        return Check("seal", "failed", "the source record is damaged, or of a newer version of this program")
    if data.startswith(b"%PDF-") and b"%%EOF" not in data[-1024:]:
        return Check("seal", "failed", "the file is cut off: the end of the PDF is missing")
    if is_encrypted(data):
        return Check("seal", "unknown", "another program has encrypted the file, so its source record cannot be read")
    return Check("seal", "unknown", "the file has no source record, so it does not state its source")


def _was_saved_by_an_office_program(data: bytes) -> bool:
    """Return whether a DOCX or ODT has our properties: office programs keep these, and drop unknown files."""
    if not data.startswith(b"PK"):
        return False
    with contextlib.suppress(*ZIP_ERRORS), zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in {"docProps/custom.xml", "meta.xml"}.intersection(package.namelist()):
            if SOURCE_DIGEST_PROPERTY.encode() in read_member(package, part, MAX_RECORD):
                return True
    return False


def _package_changes(data: bytes, record: SourceRecord) -> Iterator[str]:
    """Yield the members of a package that differ from those in the record."""
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
        added = number_with_noun(len(data) - end, "byte")
        yield f"another program has added {added} at the end; what was there before is unchanged"


# --- Photos and a receipt beside the file


def _photos_of_record(record: SourceRecord | None) -> Mapping[str, str]:
    """Return the photos beside an HTML file: relative path → SHA-256 (hex)."""
    return {} if record is None or record.format in RECORD_MEMBERS else record.files


def _beside_checks(path: Path, photos: Mapping[str, str]) -> Iterator[Check]:
    """Yield whether the `photos` beside a file are those written with it; nothing without photos."""
    faults = _faults(path, photos)
    if faults:
        details = _first_details(f"{name}: {fault}" for name, fault in faults.items())
        yield Check("files", "failed", "photos beside the file are not those that were written", details)
    elif photos:
        yield Check("files", "passed", f"photos beside the file: {len(photos)}, unchanged")


def _faults(path: Path, listed: Mapping[str, str]) -> dict[str, Literal["changed", "missing"]]:
    """Return relative path → what is wrong with that file beside `path`; `listed` is relative path → SHA-256 (hex)."""
    faults: dict[str, Literal["changed", "missing"]] = {}
    for name, digest in listed.items():
        file = _file_beside(path, name)
        if file is None:
            faults[name] = "missing"
        elif hashlib.sha256(read_large_file(file)).hexdigest() != digest:
            faults[name] = "changed"
    return faults


def _file_beside(path: Path, name: str) -> Path | None:
    """Return the file `name` in the folder of `path`; None if it is missing, or `name` leads out of the folder."""
    folder = Path(os.path.realpath(path.parent))
    file = Path(os.path.realpath(folder / name.replace("\0", "")))  # no file has a null byte in its name
    # Path.is_file raises for a name that no system allows.
    return file if file.is_relative_to(folder) and os.path.isfile(file) else None  # noqa: PTH113


def _files_beside(path: Path, data: bytes, record: SourceRecord | None) -> dict[str, bytes]:
    """Return the files beside an output, within its folder: relative path → bytes.

    Without a record, these are the files that `data` names in the usual folders for photos.
    """
    if record is None:
        folders = (path.parent / photo_folder(path.stem), path.parent / RenderOptions().folder)
        files = (file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir()))
        names = [f"{file.parent.name}/{file.name}" for file in files if os.fsencode(file.name) in data]
    else:
        names = [*_photos_of_record(record)]
    return {name: read_large_file(file) for name in names if (file := _file_beside(path, name))}


def _receipt_checks(path: Path, data: bytes, *, has_photos_in_record: bool) -> Iterator[Check]:
    """Yield whether a receipt beside the file belongs to the file and its photos; nothing without a receipt.

    With `has_photos_in_record`, `_beside_checks` has compared the photos already.
    """
    receipt_path = path.with_suffix(RECEIPT_SUFFIX)
    if not receipt_path.is_file() or receipt_path == path:
        return
    content = read_large_file(receipt_path)
    try:
        receipt = msgspec.json.decode(content, type=Receipt)
    except DECODE_ERRORS as reason:
        yield Check("receipt", "failed", f"{receipt_path.name} is not a receipt: {reason}")
        return
    if not is_receipt_unchanged(content):
        yield Check("receipt", "failed", f"{receipt_path.name} has changed since {receipt.program} wrote it")
        return
    digest = hashlib.sha256(data).hexdigest()
    for rendition in receipt.renditions:
        if rendition.sha256 == digest:
            order = ", in order" if rendition.in_order else ""
            words = rendition.not_read or f"{rendition.found:,} of {rendition.words:,} words{order}"
            yield Check("receipt", "passed", f"{receipt_path.name} is the receipt of this file: {words}")
            if not has_photos_in_record:
                yield from _beside_checks(path, {file.name: file.sha256 for file in rendition.extra_files})
            return
    formats = {rendition.format for rendition in receipt.renditions}
    if formats.intersection(formats_of_suffix(path.suffix)):
        yield Check("receipt", "failed", f"{receipt_path.name} is the receipt of another file, or this one has changed")
    else:
        yield Check("receipt", "unknown", f"{receipt_path.name} does not mention a file of this format")


# --- Receipts and manifests: the files that they list


class _ListedFiles(msgspec.Struct, frozen=True):
    """A receipt or a manifest: its program, and its files: relative path → SHA-256 (hex).

    `files` is None if the receipt or manifest cannot be read.
    """

    kind: Literal["receipt", "manifest"]
    program: str = ""
    files: dict[str, str] | None = None


def _listing(path: Path, data: bytes) -> _ListedFiles | None:
    """Return what a receipt or a manifest lists; None for any other file."""
    if path.suffix != ".json":
        return None
    with contextlib.suppress(*DECODE_ERRORS):
        receipt = msgspec.json.decode(data, type=Receipt)
        return _ListedFiles("receipt", receipt.program, dict(_files_of_receipt(receipt)))
    with contextlib.suppress(*DECODE_ERRORS):
        manifest = msgspec.json.decode(data, type=Manifest)
        return _ListedFiles("manifest", manifest.program, dict(_files_of_manifest(manifest)))
    if path.name.endswith(RECEIPT_SUFFIX):
        return _ListedFiles("receipt")
    return _ListedFiles("manifest") if path.name == MANIFEST_NAME else None


def _files_of_receipt(receipt: Receipt) -> Iterator[tuple[str, str]]:
    for rendition in receipt.renditions:
        if rendition.file:
            yield rendition.file, rendition.sha256
        yield from ((file.name, file.sha256) for file in rendition.extra_files)


def _files_of_manifest(manifest: Manifest) -> Iterator[tuple[str, str]]:
    yield from _files_of_pages(manifest.pages)
    yield from ((file.path, file.sha256) for file in manifest.reports)


def _files_of_pages(pages: Iterable[ManifestPage]) -> Iterator[tuple[str, str]]:
    for page in pages:
        yield from ((file.path, file.sha256) for file in page.files)
        yield from _files_of_pages(page.versions)


def _listing_checks(path: Path, data: bytes, listing: _ListedFiles) -> Iterator[Check]:
    """Yield whether a receipt, and the files that a receipt or a manifest lists, are unchanged."""
    if listing.files is None:
        what = f"it is not a readable {listing.kind}: it is damaged, or of another version of this program"
        yield Check("seal", "failed", what)
        return
    if listing.kind == "receipt":
        yield (
            Check("seal", "passed", f"unchanged since {listing.program} wrote it")
            if is_receipt_unchanged(data)
            else Check("seal", "failed", f"changed since {listing.program} wrote it")
        )
    yield _files_check(path, listing, listing.files)


def _not_compared(kind: str) -> Check:
    return Check("source", "unknown", f"a {kind} is not compared with the source; verify an output that it lists")


def _files_check(path: Path, listing: _ListedFiles, files: Mapping[str, str]) -> Check:
    """Check that the listed `files` are beside `path`, unchanged; of those in a receipt, one is enough."""
    faults = _faults(path, files)
    missing = [name for name, fault in faults.items() if fault == "missing"]
    if listing.kind == "receipt" and len(missing) == len(files):
        return Check("files", "unknown", "none of the outputs that this receipt lists is beside it")
    if listing.kind == "receipt":
        faults = {name: fault for name, fault in faults.items() if fault != "missing"}
    if faults:
        details = tuple(f"{name}: {fault}" for name, fault in faults.items())
        message = f"not as this {listing.kind} lists them: {len(faults):,} of {len(files):,} files"
        return Check("files", "failed", message, details)
    found = len(files) - (len(missing) if listing.kind == "receipt" else 0)
    return Check("files", "passed", f"as this {listing.kind} lists them: {found:,} of {len(files):,} files beside it")


def _signature_check(path: Path, data: bytes, key: Path) -> Check:
    """Check that a file is signed, or else the receipt or manifest that lists it."""
    from readout_pub.signatures import is_signed_by, signature_path

    signed, listed = path, ""
    is_signed = is_signed_by(path, data, key)
    if is_signed is None and (listing := _signed_listing(path, data)):
        signed, listed = listing, f"{listing.name}, which lists this file, is "
        is_signed = is_signed_by(listing, read_large_file(listing), key)
    name = signature_path(signed).name
    if is_signed is None:
        return Check("signature", "failed", f"there is no signature: {name} is missing")
    if not is_signed:
        what = signed.name if listed else "this file"
        return Check("signature", "failed", f"{name} is not a signature of {what} by the owner of {key.name}")
    return Check("signature", "passed", f"{listed}signed by the owner of {key.name}")


def _signed_listing(path: Path, data: bytes) -> Path | None:
    """Return the signed receipt beside a file, or signed manifest in a folder above, that lists the file's digest."""
    from readout_pub.signatures import signature_path

    file = path.absolute()
    digest = hashlib.sha256(data).hexdigest()
    for place in (file.with_suffix(RECEIPT_SUFFIX), *(folder / MANIFEST_NAME for folder in file.parents)):
        if place == file or not place.is_file() or not signature_path(place).is_file():
            continue
        listing = _listing(place, read_large_file(place))
        name = file.relative_to(place.parent).as_posix()
        if listing and listing.files and listing.files.get(name) == digest:
            return place
    return None


# --- Comparison with the source


class _OwnStyles(NamedTuple):
    """The user's theme and style sheet for a rebuild."""

    theme: str | None
    css: str | None


def _source_checks(
    path: Path,
    data: bytes,
    record: SourceRecord | None,
    source: str | Path | bytes,
    *,
    sites: Paths,
    styles: _OwnStyles,
    rebuild: bool,
) -> Iterator[Check]:
    recorded = _reading_options(record)
    options = ReadOptions(
        site=_site_of(record),
        sites=sites,
        overrides=_overrides(record),
        keep=recorded.keep,
        alt_policy=recorded.alt_policy,
        accept_error_pages=True,
    )
    # A receipt adds notes to the model, and PDF/A-3 files contain the model: rebuild with a receipt if there was one.
    page = _page_of(source, _named_source(path, record))
    reading = read_and_prove(page, options, receipt=bool(record and record.receipt))
    readout, images = reading.readout, reading.images
    if record:
        readout = msgspec.structs.replace(readout, origin=_complete_origin(readout.origin, record))
        is_same = readout.origin.sha256 == record.source.sha256
        yield (
            Check("source", "passed", f"the record names this source: {record.source.name}")
            if is_same
            else Check("source", "failed", f"the record names another source: {_describe_source(record)}")
        )
    formats = formats_of_suffix(path.suffix)
    target = record.format if record and record.format in (formats or READERS) else next(iter(formats), "")
    if not target:
        yield Check("words", "unknown", f"a file with the suffix {path.suffix!r} cannot be read")
        return
    beside = _files_beside(path, data, record)
    render_options = _render_options(record, beside)
    missing: UsageError | None = None
    try:
        render_options = _with_styles(render_options, record, styles)
    except UsageError as reason:
        missing, render_options = reason, msgspec.structs.replace(render_options, theme=RenderOptions().theme)
    lost = sum(note.code == "PHOTO_FILE_MISSING" for note in readout.notes)
    rendition = Rendition(target, data, path.suffix, "", beside)
    words = _words_check(readout, images, rendition, render_options, record, lost_photos=lost)
    if missing is not None and words.state == "failed":  # a theme may add words to the masthead
        words = msgspec.structs.replace(words, details=(*words.details, str(missing)))
    if lost and words.state == "failed":
        words = msgspec.structs.replace(words, details=(*words.details, f"{_not_found(lost)}: {_PHOTOS_NEXT}"))
    yield words
    if rebuild:
        try:
            if missing:
                raise missing
            with _epoch(record.options.get(EPOCH_VARIABLE) if record else None):
                again = emit(readout, images, target, render_options).data
        except UsageError as reason:  # for instance a theme that this version lacks
            yield Check("rebuild", "failed", f"not rebuilt with the options of the record: {reason}")
        else:
            yield _rebuild_check(is_same=again == data, record=record)


def _named_source(path: Path, record: SourceRecord | None) -> SourceFile | None:
    """Return the source in the record, or without a record, in the receipt beside the file."""
    if record:
        return SourceFile(record.source.name, record.source.sha256, record.source.url)
    receipt_path = path.with_suffix(RECEIPT_SUFFIX)
    receipt = read_receipt(receipt_path) if receipt_path.is_file() else None
    return receipt.source if receipt else None


def _page_of(source: str | Path | bytes, wanted: SourceFile | None) -> SavedPage:
    """Return the only page of `source`, or the page of a folder or archive that is `wanted`.

    Several may be wanted: the first with the right bytes is returned, the others are copies.
    """
    pages = list(saved_pages(source))
    if len(pages) == 1:
        return pages[0]
    found = [page for page in pages if wanted and _is_wanted(page, wanted)]
    if wanted and len(found) > 1:
        found = [page for page in found if source_digest(page) == wanted.sha256]
    if not found:
        raise SourceError(
            "it holds several pages, and neither the output nor a receipt beside it tells which of them is its source",
            where=source_name(source),
            what_next="put the receipt of the output beside it, or name the page if it is a file",
        )
    return found[0]


def _is_wanted(page: SavedPage, wanted: SourceFile) -> bool:
    """Return whether `page` may be the source: by its URL if known, else by its file name."""
    if page.urls and wanted.url:
        return url_key(wanted.url) in map(url_key, page.urls)
    return PurePosixPath(page.name).name == PurePosixPath(wanted.name).name


def _complete_origin(origin: Origin, record: SourceRecord) -> Origin:
    """Return `origin` with what the record adds to it, since the colophon shows these facts.

    A copy of the source may have another name, and outside of its archive no URL or date of retrieval.
    """
    return msgspec.structs.replace(
        origin,
        name=record.source.name,
        url=origin.url or record.source.url,
        retrieved=origin.retrieved or record.source.retrieved,
        edited=(*origin.edited, *(field for field in record.edited if field == "json")),
    )


def _describe_source(record: SourceRecord) -> str:
    source = record.source
    return f"{source.url or source.name} (SHA-256 {source.sha256[:16]}…)"


def _site_of(record: SourceRecord | None) -> str | None:
    """Return the site whose profile was used, so that the page is read as it was then."""
    if record is None:
        return None
    return record.source.profile.split("/")[0] if record.source.profile else NO_SITE


class _ReadingOptions(msgspec.Struct):
    """The options of a record that decide how the page is read."""

    keep: Keep | None = None
    alt_policy: AltPolicy = "caption"


def _reading_options(record: SourceRecord | None) -> _ReadingOptions:
    """Return the options of the record; raises SourceError for a value that this version does not know."""
    recorded = record.options if record else {}
    try:
        known = {name: recorded[name] for name in _ReadingOptions.__struct_fields__ if name in recorded}
        return msgspec.convert(known, _ReadingOptions)
    except msgspec.ValidationError as reason:
        raise _unknown_option(reason) from reason


_OTHER_VERSION = "use the version that wrote the output; its source record names it"


def _unknown_option(reason: Exception) -> SourceError:
    return SourceError(
        f"the source record has an option that this version does not know: {reason}",
        what_next=_OTHER_VERSION,
    )


def _overrides(record: SourceRecord | None) -> Overrides:
    """Return the values that replaced those of the page; raises SourceError for invalid values."""
    try:
        overrides: Overrides = msgspec.convert(dict(record.edited) if record else {}, _Edited).overrides()
        if record and record.withheld:
            overrides = msgspec.structs.replace(overrides, alts=partial(_withheld_by, record))
    except (msgspec.ValidationError, UsageError) as reason:
        raise SourceError(
            f"the source record is damaged: {reason}", what_next="make the output again from its page"
        ) from reason
    return overrides


def _withheld_by(record: SourceRecord, context: PhotoContext) -> Withheld | None:
    """Return `Withheld` for a photo that a person has withheld; None for any other."""
    return Withheld() if (context.photo.sha256 or context.photo.src) in record.withheld else None


class _Edited(msgspec.Struct):
    """The values of `SourceRecord.edited`."""

    title: str | None = None
    series: str | None = None
    issued: dt.date | None = None
    issued_text: str | None = None
    language: str | None = None

    def overrides(self) -> Overrides:
        return Overrides(
            self.title or None, self.series or None, self.issued, self.issued_text or None, self.language or None
        )


def _render_options(record: SourceRecord | None, beside: Iterable[str]) -> RenderOptions:
    """Return the options of the record; raises SourceError if this version does not know them."""
    try:
        options = recorded_render_options(record) if record else RenderOptions(receipt=False)
    except (msgspec.ValidationError, UsageError) as reason:
        raise _unknown_option(reason) from reason
    name = next(iter(beside), None)
    return msgspec.structs.replace(options, folder=str(PurePosixPath(name).parent)) if name else options


def _with_styles(render_options: RenderOptions, record: SourceRecord | None, styles: _OwnStyles) -> RenderOptions:
    """Return `render_options` with the user's theme and style sheet; raises UsageError if the record names others.

    A theme that the record names is never searched for in a folder: the record may come from anyone.
    """
    if render_options.theme not in theme_names():
        raise UsageError(f"there is no theme {render_options.theme!r}", what_next=_OTHER_VERSION)
    options = record.options if record else {}
    own = msgspec.structs.replace(
        render_options,
        theme=styles.theme if styles.theme and OWN_THEME in options else render_options.theme,
        css=styles.css if OWN_CSS in options else None,
    )
    given = style_options(own)
    for key, what, option in ((OWN_THEME, "theme", "--theme DIR"), (OWN_CSS, "style sheet", "--css FILE")):
        recorded = options.get(key)
        if isinstance(recorded, dict) and recorded.get("sha256") != _digest_in(given.get(key)):
            raise UsageError(
                f"the output has the {what} {recorded.get('name')!r}", what_next=f"give that {what}: {option}"
            )
    return own


def _digest_in(option: object) -> object:
    return option.get("sha256") if isinstance(option, dict) else None


def _words_check(
    readout: Readout,
    images: ImageStore,
    rendition: Rendition,
    render_options: RenderOptions,
    record: SourceRecord | None,
    *,
    lost_photos: int,
) -> Check:
    """Check that the words of the source are in the output; `lost_photos` counts the source's photos without a file."""
    try:
        receipt = prove_rendition(readout, images, rendition, render_options)
    except Exception as reason:  # noqa: BLE001 - the file may be damaged in any way
        return Check("words", "failed", f"the file cannot be read back ({type(reason).__name__}: {reason})")
    if receipt.not_read:
        return Check("words", "unknown", receipt.not_read)
    if receipt.is_proven:
        return Check("words", "passed", f"every word of the source is here: {receipt.found:,} of {receipt.words:,}")
    count = len(receipt.differences) + receipt.more_differences
    # A person may have given more texts since.
    given = max(record.alts_given if record else 0, count_given_alts(readout))
    unlike = receipt.alts.expected - receipt.alts.found
    if 0 < unlike <= given and all(each.what == "alt" for each in receipt.differences):
        message = f"every word of the source is here; {_given_alts(given)}, not by the source"
        return Check("words", "passed", message)
    if lost_photos and _differs_only_in_photos(receipt, readout):
        remark = f"photos are not compared, since {_not_found(lost_photos)}: {_PHOTOS_NEXT}"
        return Check("words", "passed", f"every word of the source is here; {remark}")
    if rendition.format == "pdf" and not receipt.found and not read_output(rendition).has_text:
        return Check("words", "failed", f"{NO_TEXT}; {NO_TEXT_NEXT}")
    details = tuple(map(_difference, receipt.differences[:MAX_DETAILS]))
    return Check("words", "failed", f"not as in the source: {count} difference{'s' if count > 1 else ''}", details)


_PHOTOS_NEXT = "put the folder that was saved with the source beside it"


def _not_found(photos: int) -> str:
    return f"{number_with_noun(photos, 'photo')} of the source cannot be found"


def _differs_only_in_photos(receipt: RenditionReceipt, readout: Readout) -> bool:
    """Return whether the output differs only in photos whose files the source has lost, and in their texts.

    The readout then has a message for each photo.
    """
    messages = messages_for(readout.language)
    stand_ins = [spaced(words_of(text)) for text in (messages.photo_missing, *messages.photos_missing.split("{}"))]
    return (
        receipt.found == receipt.words
        and not receipt.more_differences
        and all(
            (each.what == "words" and not each.found and any(text in each.expected for text in stand_ins if text))
            or (each.what in {"alt", "photo"} and not each.expected)
            for each in receipt.differences
        )
        and _are_alts_in_order((each.found for each in receipt.differences if each.what == "alt"), readout, messages)
    )


def _are_alts_in_order(differences: Iterable[str], readout: Readout, messages: Messages) -> bool:
    """Return whether the alternative texts in `differences` are those of the readout, in order."""
    alts = (
        {spaced(words_of(alt)) for alt in forms}
        for figure in figures(readout)
        for forms in zip(
            alts_beside_caption(figure, messages), (alt_text(photo, messages) for photo in figure.photos), strict=True
        )
    )
    return all(any(text in forms for forms in alts) for found in differences for text in found.split(" | "))


def _given_alts(count: int) -> str:
    return f"{count} alternative text{' was' if count == 1 else 's were'} given by a person or a model"


def _difference(each: Mismatch) -> str:
    """Return what differs, as one line that begins near the first difference."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(each.found, each.expected, strict=False)))
    skipped = start - MAX_QUOTE // 4 if start > MAX_QUOTE // 2 else 0
    found, expected = (_quote_difference(text, skipped, each.what) for text in (each.found, each.expected))
    after = f" after “{each.context}”" if each.context else ""
    return f"{each.what}: {found} instead of {expected}{after}"


def _quote_difference(text: str, skipped: int, what: str) -> str:
    if not text:
        return "nothing"
    if what == "photo":
        return ", ".join(f"SHA-256 {digest[:SHOWN_DIGEST]}…" for digest in text.split(" | "))
    start, shown = "…" if skipped else "", text[skipped : skipped + MAX_QUOTE]
    return f"“{start}{shown}{'…' if len(text) > skipped + MAX_QUOTE else ''}”"


def _rebuild_check(*, is_same: bool, record: SourceRecord | None) -> Check:
    if is_same:
        return Check("rebuild", "passed", "rebuilt from the source, byte for byte")
    if record and record.alts_given:
        why = f"{_given_alts(record.alts_given)}: convert the page with the same texts again"
    elif record and record.program != program():
        why = f"it was made by {record.program}, and this is {program()}"
    else:
        why = "the file, the source, an option, a library or a font differs"
    return Check("rebuild", "failed", f"not rebuilt byte for byte: {why}")


@contextlib.contextmanager
def _epoch(value: object) -> Iterator[None]:
    """Set SOURCE_DATE_EPOCH as it was when the file was made; restore it at the end."""
    before = os.environ.pop(EPOCH_VARIABLE, None)
    if isinstance(value, str):
        os.environ[EPOCH_VARIABLE] = value
    try:
        yield
    finally:
        os.environ.pop(EPOCH_VARIABLE, None)
        if before is not None:
            os.environ[EPOCH_VARIABLE] = before

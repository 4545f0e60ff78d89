"""What the ledger stores of one page: its source, its renditions, or why it failed.

`rename` keeps the names of JSON fields that ledgers of earlier runs have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

import msgspec

from readout_pub.alt.status import PhotoStatus
from readout_pub.notes import Note
from readout_pub.receipts.model import RenditionReceipt


class OutputFile(msgspec.Struct, frozen=True):
    """One file of a rendition: path below the output folder, bytes, SHA-256 (hex), mtime in nanoseconds since 1970."""

    path: Annotated[str, msgspec.Meta(pattern="^[^\\0]+$")]  # no file system has names with a null character
    bytes: int
    sha256: str
    modified: int


class RenditionRecord(msgspec.Struct, frozen=True, rename={"readout_digest": "readout", "settings_key": "settings"}):
    """One written rendition: the digest of its readout, and a key of everything else that decided its bytes.

    `receipt` says which words were read back from its file; None without a check.
    """

    readout_digest: str
    settings_key: str
    media_type: str
    files: tuple[OutputFile, ...]
    notes: tuple[Note, ...] = ()
    receipt: RenditionReceipt | None = None


class Failure(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a page failed, in the parts of a ReadoutError. `kind` is the class name of the error.

    `formats` are the formats that failed while others were written; empty if the whole page failed.
    """

    kind: str
    what: str
    where: str | None = None
    what_next: str | None = None
    formats: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One sentence for users: `where: what; what_next`."""
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        return f"{sentence}; {self.what_next}" if self.what_next else sentence


class PageVersion(msgspec.Struct, frozen=True, omit_defaults=True):
    """An earlier version of a page. `files` are its outputs, HTML first, and its receipt, kept in a separate folder.

    `changes` is one sentence on how the next version differs. `changes_page` is the path, among `files`, of the page
    that shows the differences, if both versions could be compared.
    """

    source_sha256: str | None
    changes: str
    files: tuple[OutputFile, ...]
    retrieved: str | None = None
    changes_page: str | None = None


def encode_file_names(stamps: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return `stamps` with names that JSON can store: in Python, undecodable bytes become lone surrogates."""
    return {name.encode("utf-8", "surrogatepass").decode("latin-1"): stamp for name, stamp in stamps.items()}


class LedgerEntry(
    msgspec.Struct,
    frozen=True,
    omit_defaults=True,
    rename={
        "alts_key": "alts",
        "overrides_key": "overrides",
        "reading_key": "reading",
        "options_key": "tried",
        "readout_digest": "readout",
        "requested_files": "asked",
        "renditions": "made",
    },
):
    """The record of the last conversion of a page.

    A key is a digest of inputs: if it differs in a later run, the inputs have changed.

    stamp             changes when the file of the page does
    reading_key       key of what decided the readout besides the page: program, profile, options
    alts_key          key of the alternative texts and decisions given for the page, or ""
    overrides_key     key of what the overrides file had for the page, or ""
    options_key       key of all settings, the limits of a page, and `fail_on`: a failure may depend on them
    readout_digest    digest of the readout, "" if the whole page failed
    source_sha256     SHA-256 (hex) of the page's bytes; if the last conversion failed, of the bytes converted before
    requested_files   file that the page refers to → its stamp, None if it was missing (see `encode_file_names`)
    retrieved         date of retrieval, if known
    rights            licence and credit line of the publisher, if known
    photos            how many photos the readout has
    photo_status      who described the photos of the readout
    confidence        expected F1 of the generic extractor, 0 to 1; None if a profile or a person decided what is text
    modified          time of the readout in files and feeds, in RFC 3339; None if unknown
    renditions        format → its rendition; renditions of an older readout stay until they are replaced
    receipt           the receipt file for the present readout and its renditions
    versions          what the page was before each change, the oldest first; kept only on request
    """

    stamp: str | None = None
    reading_key: str = ""
    alts_key: str = ""
    overrides_key: str = ""
    options_key: str = ""
    readout_digest: str = ""
    requested_files: Mapping[str, str | None] = {}
    host: str | None = None
    url: str | None = None
    identifier: str | None = None
    source_sha256: str | None = None
    publisher: str | None = None
    retrieved: str | None = None
    rights: str | None = None
    title: str = ""
    series: str | None = None
    issued: str | None = None
    modified: str | None = None
    language: str = "und"
    photos: int = 0
    photo_status: PhotoStatus = PhotoStatus()
    confidence: float | None = None
    renditions: Mapping[str, RenditionRecord] = {}
    notes: tuple[Note, ...] = ()
    failure: Failure | None = None
    receipt: OutputFile | None = None
    versions: tuple[PageVersion, ...] = ()

    @property
    def files(self) -> Iterator[OutputFile]:
        """All files of the page, those of its earlier versions last."""
        for rendition in self.renditions.values():
            yield from rendition.files
        if self.receipt:
            yield self.receipt
        for version in self.versions:
            yield from version.files

    @property
    def requested_stamps(self) -> Iterator[tuple[str, str | None]]:
        """The files that the page refers to, by their names in the source, with their stamps."""
        return (
            (name.encode("latin-1").decode("utf-8", "surrogatepass"), stamp)
            for name, stamp in self.requested_files.items()
        )

    @property
    def current_renditions(self) -> dict[str, RenditionRecord]:
        """The renditions of the last readout, by format."""
        return {name: made for name, made in self.renditions.items() if made.readout_digest == self.readout_digest}

    @property
    def stale_renditions(self) -> dict[str, RenditionRecord]:
        """The renditions of earlier versions of the page, by format: later versions failed or were not rendered."""
        return {name: made for name, made in self.renditions.items() if made.readout_digest != self.readout_digest}

    @property
    def existing_renditions(self) -> dict[str, RenditionRecord]:
        """All renditions, by format: HTML first, which browsers open, then by name."""
        return dict(sorted(self.renditions.items(), key=lambda item: (item[0] != "html", item[0])))

    def after_failure(self, failed: LedgerEntry, renditions: Mapping[str, RenditionRecord]) -> LedgerEntry:
        """Return the entry for a page whose later version failed; it keeps the records of `renditions`."""
        return msgspec.structs.replace(
            self,
            stamp=failed.stamp,
            requested_files=failed.requested_files,
            host=failed.host or self.host,
            readout_digest="",
            renditions=renditions,
            notes=failed.notes,
            failure=failed.failure,
        )

    def with_times(self, times: Mapping[str, int]) -> LedgerEntry:
        """Return the entry with new modification times of its output files; `times` maps a path to its time."""

        def retimed(file: OutputFile) -> OutputFile:
            return msgspec.structs.replace(file, modified=times.get(file.path, file.modified))

        renditions = {
            name: msgspec.structs.replace(made, files=tuple(map(retimed, made.files)))
            for name, made in self.renditions.items()
        }
        return msgspec.structs.replace(self, renditions=renditions)

    @property
    def stale_remark(self) -> str:
        """What a failure message adds if files of an earlier version of the page are left, else ""."""
        if not self.failure or not self.stale_renditions:
            return ""
        formats = f"{' and '.join(sorted(self.stale_renditions))} " if self.current_renditions else ""
        return f"; its {formats}files are of an earlier version of the page"

    @property
    def has_warnings(self) -> bool:
        """Whether any note is a warning or an error."""
        return any(note.severity != "note" for note in self.all_notes)

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """The notes of the readout, then those of its renditions, each once."""
        emitted = (note for rendition in self.current_renditions.values() for note in rendition.notes)
        return tuple(dict.fromkeys((*self.notes, *emitted)))

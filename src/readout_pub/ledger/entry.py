"""What the ledger says of one page: what it was, what was made of it, or why nothing was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from readout_pub.notes import Note


class OutputFile(msgspec.Struct, frozen=True):
    """One file that was written: its path below the output folder, bytes, SHA-256 (hex), and nanoseconds since 1970."""

    path: str
    bytes: int
    sha256: str
    modified: int


class RenditionRecord(msgspec.Struct, frozen=True):
    """One rendition: the digest of its readout, the key of all else that decided its bytes, its files, its notes."""

    readout: str
    settings: str
    media_type: str
    files: tuple[OutputFile, ...]
    notes: tuple[Note, ...] = ()


class Failure(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a page failed, in the parts of a ReadoutError. `kind` is the name of the error's class."""

    kind: str
    what: str
    where: str | None = None
    what_next: str | None = None

    def __str__(self) -> str:
        """One sentence for people: `where: what; what_next`."""
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        return f"{sentence}; {self.what_next}" if self.what_next else sentence


def encode_file_names(asked: Mapping[str, str | None]) -> dict[str, str | None]:
    """Write the names of files so that JSON can hold them: archives older than UTF-8 have names that are no text."""
    return {name.encode("utf-8", "surrogatepass").decode("latin-1"): stamp for name, stamp in asked.items()}


class LedgerEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a page since it was last converted.

    `stamp` and `asked` are those of the page, the latter as `encode_file_names` writes them. `reading` is the key of
    all else that decided how it was read, `tried` that of everything that was asked for. `readout` is the digest of the
    readout, "" if the page failed.
    """

    stamp: str | None = None
    reading: str = ""
    tried: str = ""
    readout: str = ""
    asked: Mapping[str, str | None] = {}
    host: str | None = None
    url: str | None = None
    identifier: str | None = None
    publisher: str | None = None
    title: str = ""
    series: str | None = None
    issued: str | None = None
    language: str = "und"
    photos: int = 0
    made: Mapping[str, RenditionRecord] = {}
    notes: tuple[Note, ...] = ()
    failure: Failure | None = None

    @property
    def files_asked(self) -> Iterator[tuple[str, str | None]]:
        """The files that the page asked for, by their names in the source, with their stamps."""
        return ((name.encode("latin-1").decode("utf-8", "surrogatepass"), stamp) for name, stamp in self.asked.items())

    @property
    def current(self) -> dict[str, RenditionRecord]:
        """The renditions that show what was last understood, by format."""
        return {name: made for name, made in self.made.items() if made.readout == self.readout}

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """The notes of the readout, then those of its renditions, each once."""
        emitted = (note for made in self.current.values() for note in made.notes)
        return tuple(dict.fromkeys((*self.notes, *emitted)))

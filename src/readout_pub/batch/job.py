"""What parent and workers tell each other: the order that holds for all pages, a job a page, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from readout_pub.emit import RenderOptions
from readout_pub.errors import UsageError
from readout_pub.ledger import LedgerEntry, RenditionRecord
from readout_pub.sources import MAX_BYTES

PRIVATE = ".readout-pub"
"""The folder in the output folder for the ledger, prepared photos, and what is being written."""

PAGE_TIMEOUT = 120.0
"""Seconds that a page may take, where a large one with many photos takes two."""

PAGE_MEMORY = 2_000_000_000
"""Bytes that a page may take: the largest photo that is read takes a third of it while it is scaled."""


class BatchConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: which formats, where to, how they look, and what one page may take.

    `timeout` is in seconds of a page, `memory` in bytes that a page may take beyond what its worker has already; None
    sets no limit.
    """

    formats: tuple[str, ...]
    out: Path
    look: RenderOptions = RenderOptions()
    site: str | None = None
    sites: tuple[Path, ...] = ()
    max_bytes: int = MAX_BYTES
    timeout: float | None = PAGE_TIMEOUT
    memory: int | None = PAGE_MEMORY

    @property
    def private(self) -> Path:
        """The folder that is no output."""
        return self.out / PRIVATE

    @property
    def scratch(self) -> Path:
        """Where files lie while they are written."""
        return self.private / "unfinished"

    def late(self, number: int) -> Path:
        """Where a worker leaves word if it has to end for want of time at the page of this number."""
        return self.scratch / f"late-{number}"

    def checked(self) -> BatchConfig:
        """Return the order with absolute paths; a UsageError says why nothing could be converted so."""
        from readout_pub.convert import require_options
        from readout_pub.emit import emitter, suffix_of

        if not self.formats:
            raise UsageError("no format is named", where="--to", what_next="name one, such as pdf")
        for name in self.formats:
            emitter(name)
        suffixes = [suffix_of(name) for name in dict.fromkeys(self.formats)]
        twice = next((suffix for suffix in suffixes if suffixes.count(suffix) > 1), None)
        if twice:
            raise UsageError(f"two of the formats would both become {twice} files", where="--to")
        require_options(self.look, self.formats)
        return msgspec.structs.replace(
            self,
            formats=tuple(dict.fromkeys(self.formats)),
            out=self.out.absolute(),
            sites=tuple(folder.absolute() for folder in self.sites),
        )


class JobContext(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for all jobs: the order, and the keys that the parent's program and libraries give it."""

    order: BatchConfig
    settings: Mapping[str, str]
    pictures: str
    version: str


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One page to convert. `page` is its SavedPage, pickled; `made` are the renditions that are there and whole."""

    number: int
    name: str
    stem: str
    page: bytes
    made: Mapping[str, RenditionRecord] = {}


Status = Literal["made", "confirmed", "failed"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one page: its entry for the ledger, and the seconds of each stage.

    "made" wrote at least one rendition, those of `formats`; "confirmed" found that all that there was still holds.
    """

    number: int
    name: str
    status: Status
    entry: LedgerEntry
    formats: tuple[str, ...] = ()
    seconds: Mapping[str, float] = {}

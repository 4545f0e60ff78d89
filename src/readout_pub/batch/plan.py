"""What has to be done, and why: each page of the sources against what the ledger says of it."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from readout_pub.batch.fingerprint import Fingerprints
from readout_pub.batch.inputs import BrokenInput, InputPage, find_pages
from readout_pub.batch.job import BatchConfig, Job
from readout_pub.emit import suffix_of
from readout_pub.errors import SourceError
from readout_pub.ledger import Ledger, LedgerEntry, RenditionRecord
from readout_pub.output_names import SPELLINGS, fold_case, stem_without_suffix
from readout_pub.sources import SavedPage

TRANSIENT = frozenset({"DiskFull", "OutputError", "ToolMissing", "WorkerDiffers"})
"""Failures that lie in the circumstances: the page is tried again without being asked."""

FILES = ("failures.jsonl", "index.html", "manifest.json", "notes.csv")
FEED = "feed"
"""What the archive itself is called; no page takes these names. The feed is a folder."""


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which pages are to be converted.

    `force` takes all, `only` those that failed, `since` those changed from that day on, `limit` no more than so many.
    """

    force: bool = False
    only: Literal["failed"] | None = None
    since: dt.date | None = None
    limit: int | None = None


class PlannedPage(NamedTuple):
    """A page that is to be converted, where its files go, and why."""

    name: str
    stem: str
    reason: str


class Plan:
    """The pages of one run. Making it reads no page whose file is as it was.

    `broken` says which sources could not be read to their end, so that nobody knows what has vanished from them.
    `passed_over` counts pages that the choice left out, whatever has become of them, and `failed_before` those that
    failed and would fail again.
    """

    def __init__(self, ledger: Ledger, order: BatchConfig, choice: Selection) -> None:
        self._ledger, self._order, self._choice = ledger, order, choice
        self._fingerprints = Fingerprints(order)
        self.terms = self._fingerprints.terms
        self.found = 0
        self.broken: list[SourceError] = []
        self.reasons: Counter[str] = Counter()
        self.failed_before = 0
        self.passed_over = 0

    @property
    def waiting(self) -> int:
        """The number of pages that are to be converted."""
        return self.reasons.total()

    def draw_up(self, sources: Sequence[str | Path], when_needed: Callable[[], None] = lambda: None) -> None:
        """Compare all pages with the ledger, within a transaction of it.

        `when_needed` is called once, when the first page is found that has to be converted.
        """
        needed = False
        for found in find_pages(sources, self._order.max_bytes, self._order.out):
            if isinstance(found, BrokenInput):
                self.broken.append(found.error)
            else:
                self._consider(found)
                if not needed and self.waiting:
                    needed = True
                    when_needed()
        self._ledger.name_pages(SPELLINGS, self._is_taken)

    def steps(self) -> Iterator[PlannedPage]:
        """Yield what is to be done, for people."""
        return (PlannedPage(row.name, row.stem, reason) for row, _, reason in self._ledger.waiting())

    def jobs(self) -> Iterator[Job]:
        """Yield what is to be done, for workers."""
        for row, parcel, _ in self._ledger.waiting():
            made = row.entry.made if row.entry and not self._choice.force else {}
            there = {name: each for name, each in made.items() if self._is_whole(each)}
            yield Job(number=row.id, name=row.name, stem=row.stem, page=parcel, made=there)

    def dated(self, entry: LedgerEntry) -> LedgerEntry:
        """Return an entry with the keys of everything beside the page that it depends on."""
        reading = self._fingerprints.reading(entry.host)
        return msgspec.structs.replace(entry, reading=reading, tried=self._fingerprints.limits)

    def _consider(self, found: InputPage) -> None:
        row = self._ledger.page(found.archive, found.name, found.label, fold_case(stem_without_suffix(found.label)))
        if row is None:
            return  # a list may name a page twice
        self.found += 1
        if not self._is_chosen(found.page, row.entry):
            self.passed_over += 1
            return
        reason = self._reason(found.page, row.entry)
        if reason:
            self.reasons[reason] += 1
            self._ledger.wait(row.id, pickle.dumps(found.page), reason)

    def _is_chosen(self, page: SavedPage, entry: LedgerEntry | None) -> bool:
        """Say whether a page is among those that somebody asked for."""
        since, limit = self._choice.since, self._choice.limit
        return (
            (limit is None or self.waiting < limit)
            and (since is None or _changed_since(page, since))
            and (self._choice.only is None or bool(entry and entry.failure))
        )

    def _reason(self, page: SavedPage, entry: LedgerEntry | None) -> str | None:
        """Say why a page has to be converted; None if it has not."""
        if self._choice.only == "failed":
            return "it failed"
        if self._choice.force:
            return "forced"
        if entry is None:
            return "new"
        if page.stamp is None or page.stamp != entry.stamp:
            return "the page changed"
        if any(page.stamp_of(name) != stamp for name, stamp in entry.files_asked):
            return "a photo changed"
        if entry.reading != self._fingerprints.reading(entry.host):
            return "the program, a profile or an option changed"
        return self._failed(entry) if entry.failure else self._unmade(entry)

    def _failed(self, entry: LedgerEntry) -> str | None:
        if entry.failure and entry.failure.kind in TRANSIENT:
            return "it failed"
        if entry.tried != self._fingerprints.limits:
            return "it failed with other options"
        self.failed_before += 1
        return None

    def _unmade(self, entry: LedgerEntry) -> str | None:
        """Say which format is not as it should be."""
        for name, settings in self.terms.settings.items():
            made = entry.made.get(name)
            if made is None:
                return f"{name} is new"
            if made.readout != entry.readout:
                return f"{name} shows the page as it was"
            if made.settings != settings:
                return f"the look of {name} changed"
            if not self._is_whole(made):
                return f"a file of {name} is gone or was changed"
        return None

    def _is_whole(self, made: RenditionRecord) -> bool:
        return all(_is(f"{self._order.out}/{file.path}", file.bytes, file.modified) for file in made.files)

    def _is_taken(self, stem: str) -> bool:
        """Say whether a page of this stem would take the place of what is about the archive."""
        top = fold_case(stem).partition("/")[0]
        own = {fold_case(file) for file in FILES}
        return top == FEED or any(f"{fold_case(stem)}{suffix_of(name)}" in own for name in self._order.formats)


def _is(path: str, size: int, modified: int) -> bool:
    try:
        found = os.stat(path)  # noqa: PTH116 - asked for each file of an archive, and a Path costs more than the answer
    except OSError:
        return False
    return (found.st_size, found.st_mtime_ns) == (size, modified)


def _changed_since(page: SavedPage, day: dt.date) -> bool:
    if page.modified is None:
        return True
    return dt.datetime.fromtimestamp(page.modified, dt.UTC).date() >= day

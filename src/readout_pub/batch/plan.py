"""Plans a run: compares each page of the sources with the ledger, and queues those that have to be converted."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from readout_pub.alt import Decision
from readout_pub.alt.alt_file import AltTable
from readout_pub.alt.decisions import DecisionFinder
from readout_pub.alt.withheld import GivenAlt
from readout_pub.arguments import require_type, shown
from readout_pub.batch.fingerprint import Fingerprints, alts_key, overrides_key
from readout_pub.batch.inputs import (
    BACKUPS,
    WITHOUT_HTML,
    BatchOutput,
    BrokenInput,
    InputPage,
    LeftOutFiles,
    OtherFile,
    OwnOutput,
    find_pages,
    own_outputs_left_out,
)
from readout_pub.batch.job import VERSIONS_FOLDER, BatchConfig, Job
from readout_pub.batch.reports.report_files import REPORT_NAMES
from readout_pub.convert import Overrides
from readout_pub.digests import file_digest
from readout_pub.emit import suffix_of
from readout_pub.errors import AltRefused, SourceError, UsageError, escape_controls
from readout_pub.filled_tables.pages import MAX_PAGES_NAMED, page_key
from readout_pub.ledger import Ledger, LedgerEntry, LedgerRow, OutputFile, RenditionRecord
from readout_pub.notes import name_first, refusal
from readout_pub.output_names import fold_case, stem_without_suffix
from readout_pub.overrides_table import OverridesTable
from readout_pub.sources import SavedPage, stored_digest
from readout_pub.sources.file_tree import backed_up_page, has_page_suffix

TRANSIENT = frozenset({"DiskFull", "OutputError", "ToolMissing", "WorkerDiffers"})
"""Kinds of failure whose cause may be gone: every run tries such pages again."""

RESERVED_NAMES = (*REPORT_NAMES, VERSIONS_FOLDER)
"""The names in the output folder that no file or folder of a page may have."""


DAMAGED_REASON = "its entry in the ledger is damaged"


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which pages are converted.

    force   all pages, whether they changed or not
    only    "failed": the pages that failed in an earlier run
    since   the pages that were changed or fetched on this day (UTC) or later
    limit   no more pages than this
    """

    force: bool = False
    only: Literal["failed"] | None = None
    since: dt.date | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        """Raise a UsageError for a value of another type, or a negative limit."""
        require_type(self.force, (bool,), "force")
        if self.only not in (None, "failed"):
            raise UsageError(f"only is {shown(self.only)}", what_next='give "failed", or leave it out')
        require_type(self.since, (dt.date, type(None)), "since")
        require_type(self.limit, (int, type(None)), "limit")
        if self.limit is not None and self.limit < 0:
            raise UsageError(f"limit is {self.limit}", what_next="give 0 or more, or leave it out")


class PlannedPage(NamedTuple):
    """A page to convert, the stem of its files, and the reason for converting; `--dry-run --json` prints these."""

    name: str
    stem: str
    reason: str


class Plan:
    """The pages of one run. `build` opens few pages: only those of a new archive that may be an old one at a new path.

    `build` compares stamps of files (size and time) and keys of settings (hashes) with those of the last run.

    found           number of pages in all sources
    left_out        number of pages that the selection leaves out
    without_html    files named like HTML pages, but without HTML
    backups         files that are backups of pages
    failed_before   number of pages that failed, would fail again, and so are not queued
    refused_before  number of these that failed because of their alternative texts
    reasons         reason → number of pages queued for it
    broken_inputs   errors of sources that could not be read to their end, so that some pages are unknown
    """

    def __init__(
        self,
        ledger: Ledger,
        config: BatchConfig,
        selection: Selection,
        alt_table: AltTable,
        overrides_table: OverridesTable,
    ) -> None:
        self._ledger, self._config, self._selection = ledger, config, selection
        self._alt_table, self._overrides_table = alt_table, overrides_table
        self._alts: dict[int, Mapping[str, GivenAlt]] = {}  # page → its texts, for the few pages of the table
        self._decisions: dict[int, tuple[Decision, ...]] = {}  # page → the decisions on its photos
        self._overrides: dict[int, Overrides] = {}  # page → its values, for the few pages of the table
        self._pages_with_alts: set[str] = set()
        self._pages_with_overrides: set[str] = set()
        self._first_pages: list[str] = []
        self._suffixes = {name: suffix_of(name) for name in config.formats}
        # Users may remove the ledger to convert everything again. If the reports are still here, files named like
        # outputs count as ours.
        self._files_are_ours = not ledger.has_pages() and all((config.out / name).exists() for name in REPORT_NAMES)
        self._other_archives: dict[str, set[str]] = {}  # new archive → missing archives with other pages
        self._followed = set[str]()  # new paths of archives that were moved since an earlier run
        self._moved: list[tuple[str, str]] = []
        self._outputs: Counter[str] = Counter()
        self._own_outputs: Counter[str] = Counter()
        self._unknown_in_out: list[str] = []
        self._fingerprints = Fingerprints(config)
        self._finder = DecisionFinder()
        self._new_times: dict[str, int] = {}  # path of an output → its time, if the ledger has another
        self.context = self._fingerprints.context
        self.found = 0
        self.broken_inputs: list[SourceError] = []
        self.reasons: Counter[str] = Counter()
        self.failed_before = self.refused_before = 0
        self.left_out = 0
        self.without_html, self.backups = LeftOutFiles(WITHOUT_HTML), LeftOutFiles(BACKUPS)

    @property
    def queued(self) -> int:
        """The number of pages to convert."""
        return self.reasons.total()

    def build(self, sources: Sequence[str | Path], on_first_page: Callable[[], None] = lambda: None) -> None:
        """Compare all pages with the ledger and queue those to convert.

        The caller opens a transaction of the ledger first. `on_first_page` is called when the first page is queued, so
        that workers can start meanwhile. Raises the errors of `find_pages`, and SourceError if there is no page, no
        broken source, and no page of an earlier run.
        """
        started = False
        self._ledger.reset_stems(avoid_reserved)
        had_pages = self._ledger.has_pages()
        out_is_new = not had_pages and not self._files_are_ours
        for found in find_pages(sources, self._config.max_bytes, self._config.out, out_is_new=out_is_new):
            if isinstance(found, BrokenInput):
                self.broken_inputs.append(found.error)
            elif isinstance(found, BatchOutput):
                self._count_output(found)
            elif isinstance(found, OwnOutput):
                self._own_outputs[found.archive] += 1
            elif isinstance(found, OtherFile):
                self._add_other_file(found.as_page)
            else:
                self._add_page(found)
                if not started and self.queued:
                    started = True
                    on_first_page()
        if not (self.found or self.broken_inputs or had_pages):
            raise SourceError(
                "there is no page in it outside of the output folders of batches",
                where=", ".join(map(str, sources)),
                what_next="name the folder of the saved pages, and another folder with -o",
            )
        self._ledger.assign_stems(avoid_reserved)
        self._ledger.mark_vanished(complete=not self.broken_inputs)

    def pages(self) -> Iterator[PlannedPage]:
        """Yield the pages to convert, with the reasons that `--dry-run` prints."""
        return (PlannedPage(row.name, row.stem, reason) for row, _, reason in self._ledger.queued_pages())

    def jobs(self) -> Iterator[Job]:
        """Yield a job for each page to convert."""
        for row, pickled_page, _ in self._ledger.queued_pages():
            known = row.entry.renditions if row.entry and not self._selection.force else {}
            yield Job(
                number=row.id,
                name=row.name,
                stem=row.stem,
                page=pickled_page,
                renditions={name: rendition for name, rendition in known.items() if self._is_intact(rendition)},
                previous=row.entry if self._config.keep_versions else None,
                occupied=self._claim_files(row),
                alts=self._alts.get(row.id, {}),
                decisions=self._decisions.get(row.id, ()),
                overrides=self._overrides.get(row.id, Overrides()),
            )

    def _claim_files(self, row: LedgerRow) -> tuple[str, ...]:
        """Record that the files of a page will be ours; return the formats whose file is somebody else's."""
        claimed = self._ledger.claimed_suffixes(row.id)
        new = {name: suffix for name, suffix in self._suffixes.items() if suffix not in claimed}
        occupied = [
            name
            for name, suffix in new.items()
            if not self._files_are_ours and _is_file(f"{self._config.out}/{row.stem}{suffix}")
        ]
        self._ledger.claim(row.id, [suffix for name, suffix in new.items() if name not in occupied])
        return tuple(occupied)

    def completed(self, page: int, entry: LedgerEntry) -> LedgerEntry:
        """Return the `entry` of a page with its earlier versions, and with the keys of this run's settings.

        If the page could not be read, its entry keeps the records of unchanged earlier outputs.
        """
        before = self._ledger.entry(page)
        versions = (*(before.versions if before else ()), *entry.versions)
        if entry.failure and not entry.readout_digest and before:
            existing = {name: made for name, made in before.renditions.items() if self._is_intact(made)}
            entry = before.after_failure(entry, existing)
        return msgspec.structs.replace(
            entry,
            versions=versions,
            reading_key=self._fingerprints.reading_key(entry.host),
            alts_key=self._alts_key(page),
            overrides_key=self._overrides_key(page),
            options_key=self._fingerprints.options_key,
        )

    @property
    def reports_key(self) -> str:
        """The key of everything that the reports depend on, except the pages."""
        return self._fingerprints.reports_key

    def remarks(self) -> Iterator[str]:
        """Yield what a user should know: moved archives, pages not converted, unknown pages in the tables."""
        for before, after in self._moved:
            yield escape_controls(f"{after}: this is {before}, which was moved; its pages keep their outputs")
        for folder, count in self._outputs.items():
            pages = "1 page was" if count == 1 else f"{count:,} pages were"
            yield escape_controls(f"{folder}: {pages} left out, since this is the output folder of another batch")
        for archive, count in self._own_outputs.items():
            yield own_outputs_left_out(archive, count)
        if self._unknown_in_out:
            names = name_first([repr(name) for name in self._unknown_in_out], MAX_PAGES_NAMED)
            yield f"pages in the output folder are not converted: {names}; save them outside of it"
        yield from self._alt_table.remarks(self._pages_with_alts, self._first_pages)
        yield from self._overrides_table.remarks(self._pages_with_overrides, self._first_pages)

    def count_left_out_files(self) -> dict[str, int]:
        """Return the number of files that are not converted, by the reason."""
        return {
            "without_html": self.without_html.count,
            "backups": self.backups.count,
            "own_outputs": self._own_outputs.total(),
            "outputs_of_other_batches": self._outputs.total(),
            "unknown_in_output_folder": len(self._unknown_in_out),
        }

    def _count_output(self, found: BatchOutput) -> None:
        """Count a page in the output folder of another batch; in ours, record a page that no run has written."""
        if found.folder != str(self._config.out):
            self._outputs[found.folder] += 1
        elif not (self._files_are_ours or self._is_own_file(found.name)):
            self._unknown_in_out.append(escape_controls(found.name))

    def _is_own_file(self, name: str) -> bool:
        """Return whether a file of the output folder is ours: a report, a version, an output, or part of one."""
        parts = name.split("/")
        if parts[0] in RESERVED_NAMES:
            return True
        paths = ("/".join(parts[: depth + 1]).rpartition(".") for depth in range(len(parts)))
        return any(self._ledger.owns(stem, f".{suffix}") for stem, _, suffix in paths)

    def _add_other_file(self, found: InputPage) -> None:
        """Count a backup. Add another file as a page if an earlier run read it as one; else count it if named like one.

        If a damaged page were left out, it would seem to be gone, and --prune would delete its outputs.
        """
        if backed_up_page(found.name):
            self.backups.add(found.label)
        elif self._ledger.has_page(found.archive, found.name):
            self._add_page(found)
        elif has_page_suffix(found.name):
            self.without_html.add(found.label)

    def _add_page(self, found: InputPage) -> None:
        self._follow_moved_archive(found)
        plain = fold_case(avoid_reserved(stem_without_suffix(found.label)))
        row = self._ledger.register_page(found.archive, found.name, found.label, plain)
        if row is None:
            return  # a list of paths, for example, may name a page twice
        self.found += 1
        self._assign_given(row.id, found)
        if not self._is_selected(found.page, row.entry):
            self.left_out += 1
            return
        reason = DAMAGED_REASON if row.damaged else self._reason_to_convert(found.page, row)
        if reason:
            self.reasons[reason] += 1
            # Pickled, since the queue is on disk: memory must not grow with the number of pages.
            self._ledger.enqueue(row.id, pickle.dumps(found.page), reason)
        elif row.entry:
            self._record_new_times(row.id, row.entry)

    def _follow_moved_archive(self, found: InputPage) -> None:
        """Rename an archive in the ledger if it was moved to a new path, so that its pages keep their rows.

        Otherwise each page would be converted again under another name. The earlier path must be gone, and the first
        page of the same name in both archives must have the same bytes.
        """
        if not self._may_have_moved(found.archive) or (digest := stored_digest(found.page)) is None:
            return
        others = self._other_archives.setdefault(found.archive, set())
        for archive in self._ledger.archives_with_page(found.name, digest):
            if not self._archives_before.get(archive) or archive in others:
                continue
            if self._ledger.share_name(archive, found.archive):
                # An earlier page of this run has the same name in both archives, but different bytes.
                others.add(archive)
                continue
            self._ledger.rename_archive(archive, found.archive)
            self._moved.append((archive, found.archive))
            self._followed.add(found.archive)
            return

    def _may_have_moved(self, archive: str) -> bool:
        """Return whether `archive` is new while an archive of an earlier run is gone."""
        return (
            self._is_any_archive_gone
            and archive not in self._archives_before
            and archive not in self._followed
            and os.path.isabs(archive)  # noqa: PTH117 - as in `_is_file`
        )

    @cached_property
    def _is_any_archive_gone(self) -> bool:
        return any(self._archives_before.values())

    @cached_property
    def _archives_before(self) -> Mapping[str, bool]:
        """Archive of an earlier run → whether it is gone. Computed once: a run may have many archives."""
        known = self._ledger.archives()
        return {each: os.path.isabs(each) and not os.path.lexists(each) for each in known}  # noqa: PTH117

    def _assign_given(self, number: int, found: InputPage) -> None:
        """Look up what the tables and the decision files have for a page."""
        names = (found.label, *found.page.urls)
        if len(self._first_pages) < MAX_PAGES_NAMED:
            self._first_pages.append(found.label)
        if alts := self._alt_table.of_page(names):
            self._alts[number] = alts
        keys = set(map(page_key, names))
        self._pages_with_alts |= self._alt_table.alts.keys() & keys
        if (overrides := self._overrides_table.of_page(names)) != Overrides():
            self._overrides[number] = overrides
        self._pages_with_overrides |= self._overrides_table.overrides.keys() & keys
        if decisions := self._finder.decisions_of(found.page):
            self._decisions[number] = decisions

    def _alts_key(self, number: int) -> str:
        return alts_key(self._alts.get(number, {}), self._decisions.get(number, ()))

    def _overrides_key(self, number: int) -> str:
        return overrides_key(self._overrides.get(number, Overrides()))

    def _is_selected(self, page: SavedPage, entry: LedgerEntry | None) -> bool:
        since, limit = self._selection.since, self._selection.limit
        return (
            (limit is None or self.queued < limit)
            and (since is None or _was_changed_since(page, since))
            and (self._selection.only is None or bool(entry and entry.failure))
        )

    def _reason_to_convert(self, page: SavedPage, row: LedgerRow) -> str | None:
        """Return why a page has to be converted; None if everything is up to date."""
        entry = row.entry
        # The cheapest checks come first: files of the source, keys, output files.
        if self._selection.only == "failed":
            return "it failed"
        if self._selection.force:
            return "forced"
        if entry is None:
            return "new"
        if page.stamp is None or page.stamp != entry.stamp:
            return "the page changed"
        if any(page.stamp_of(name) != stamp for name, stamp in entry.requested_stamps):
            return "a photo changed"
        if entry.reading_key != self._fingerprints.reading_key(entry.host):
            return "the program, a profile or an option changed"
        if entry.alts_key != self._alts_key(row.id):
            return "its alternative texts changed"
        if entry.overrides_key != self._overrides_key(row.id):
            return "its overrides changed"
        if not entry.failure and refusal(entry.all_notes, self._config.fail_on):
            return "a note reaches --fail-on"
        return self._reason_to_retry(entry) if entry.failure else self._reason_to_emit(entry)

    def _reason_to_retry(self, entry: LedgerEntry) -> str | None:
        if entry.failure and entry.failure.kind in TRANSIENT:
            return "it failed"
        if entry.options_key != self._fingerprints.options_key:
            return "it failed with other options"
        if entry.failure and entry.failure.formats and (reason := self._reason_to_emit(entry)):
            return reason
        self.failed_before += 1
        self.refused_before += entry.failure is not None and entry.failure.kind == AltRefused.__name__
        return None

    def _reason_to_emit(self, entry: LedgerEntry) -> str | None:
        """Return which format is missing or outdated, and why; else None."""
        for name, settings_key in self.context.settings_keys.items():
            if entry.failure and name in entry.failure.formats:
                continue
            rendition = entry.renditions.get(name)
            if rendition is None:
                return f"{name} is new"
            if rendition.readout_digest != entry.readout_digest:
                return f"{name} is of an older version of the page"
            if rendition.settings_key != settings_key:
                return f"the options of {name} or the program changed"
            if not self._is_intact(rendition):
                return f"a file of {name} is missing or was changed"
        return None

    def _is_intact(self, rendition: RenditionRecord) -> bool:
        return all(map(self._is_as_written, rendition.files))

    def _is_as_written(self, written: OutputFile) -> bool:
        """Return whether a file has its written size and time, or, as in a copy, size and digest."""
        path = f"{self._config.out}/{written.path}"
        try:
            found = os.stat(path)  # noqa: PTH116 - called for each file of an archive; a Path costs more than stat
            if (found.st_size, found.st_mtime_ns) == (written.bytes, written.modified):
                return True
            if found.st_size != written.bytes or file_digest(path) != written.sha256:
                return False
        except OSError:
            return False
        self._new_times[written.path] = found.st_mtime_ns
        return True

    def _record_new_times(self, page: int, entry: LedgerEntry) -> None:
        """Record new times of unchanged files, so that the next run need not read them again."""
        if self._new_times:
            self._ledger.replace_entry(page, entry.with_times(self._new_times))
            self._new_times.clear()


def avoid_reserved(stem: str) -> str:
    """Return `stem`, with "_" after its first part if its file or folder would have one of `RESERVED_NAMES`.

    The result does not depend on this run's formats, since a page keeps its stem when formats are added.
    """
    root, slash, rest = stem.partition("/")
    folded = fold_case(root)
    if any(fold_case(name) == folded if slash else name.startswith(f"{folded}.") for name in RESERVED_NAMES):
        return f"{root}_{slash}{rest}"
    return stem


def _is_file(path: str) -> bool:
    """Return whether there is a file or link that an output would replace."""
    return os.path.lexists(path) and not os.path.isdir(path)  # noqa: PTH112 - called for each file of an archive


def _was_changed_since(page: SavedPage, day: dt.date) -> bool:
    if page.modified is None:
        return True
    return dt.datetime.fromtimestamp(page.modified, dt.UTC).date() >= day

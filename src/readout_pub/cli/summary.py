"""The summary of a batch as text or JSON, and its log with a line of JSON for each page."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from readout_pub.atomic import write_error
from readout_pub.batch import DAMAGED_REASON, Batch, Outcome
from readout_pub.cli.console import highlight
from readout_pub.errors import AltRefused, ReadoutError, ToolMissing, escape_controls
from readout_pub.notes import name_first, number_with_noun

if TYPE_CHECKING:
    from io import FileIO

    from readout_pub.ledger.entry import LedgerEntry

MAX_NAMES_SHOWN = 5
"""How many changed, renamed or vanished pages the text names, so that it fits a terminal."""


class BatchSummary:
    """Counts the outcomes of one run. `review_command` is the command with which users review the photos."""

    def __init__(self, run: Batch, out: Path, review_command: str) -> None:
        """Start with no outcomes. `out` is the output folder as the user wrote it; `run` has its absolute path."""
        self._run, self._out, self._review_command = run, out, review_command
        self._refused = run.plan.refused_before
        self._statuses: Counter[str] = Counter()
        self._needs_tool = False
        self._new_versions = 0
        self._first_new_versions: list[str] = []
        self._outdated_files = 0
        self._first_outdated_files: list[str] = []
        self.pruned: int | None = None

    def count(self, outcome: Outcome) -> None:
        """Count the outcome of one page."""
        self._statuses[outcome.status] += 1
        self._new_versions += outcome.is_new_version
        if outcome.is_new_version and self._new_versions <= MAX_NAMES_SHOWN:
            self._first_new_versions.append(outcome.name)
        failure = outcome.entry.failure
        if failure is None:
            self._count_outdated_files(outcome.entry)
        self._refused += failure is not None and failure.kind == AltRefused.__name__
        self._needs_tool |= failure is not None and failure.kind == ToolMissing.__name__

    def _count_outdated_files(self, entry: LedgerEntry) -> None:
        """Count the files of earlier versions of a page, in formats that this run has not written."""
        for made in entry.stale_renditions.values():
            self._outdated_files += 1
            if self._outdated_files <= MAX_NAMES_SHOWN:
                self._first_outdated_files.append(made.files[0].path)

    @property
    def failed(self) -> int:
        """How many pages failed in this run, or failed before and were not retried because nothing changed."""
        return self._statuses["failed"] + self._run.plan.failed_before

    @property
    def exit_code(self) -> int:
        """The exit code: 3 if a page needs something that is not installed, 1 if a page or source failed, else 0."""
        if self._needs_tool:
            return ToolMissing.exit_code
        return ReadoutError.exit_code if self.failed or self._run.plan.broken_inputs else 0

    def _counts(self) -> dict[str, int]:
        plan = self._run.plan
        done = self._statuses.total()
        counts = {
            "pages": plan.found,
            "converted": self._statuses["made"],
            "confirmed": self._statuses["confirmed"],
            "unchanged": plan.found - plan.queued - plan.failed_before - plan.left_out,
            "left out": plan.left_out,
            "failed": self.failed,
            "broken off": len(plan.broken_inputs),
            "not begun": plan.queued - done,
            "vanished": self._run.count_vanished(),
        }
        return counts | ({"pruned": self.pruned} if self.pruned is not None else {})

    def as_json(self) -> str:
        """Return the counts as JSON, with the number of pages for each reason to convert."""
        counts = {name.replace(" ", "_"): count for name, count in self._counts().items()}
        notes = self._run.count_notes()
        report = {
            **counts,
            "errors": notes.errors,
            "warnings": notes.warnings,
            **self._run.plan.count_left_out_files(),
            "new_versions": self._new_versions,
            "outdated_files": self._outdated_files,
            "copies": self._run.count_copies(),
            "renamed": {page.former: page.name for page in self._run.renamed()},
            "reasons": dict(self._run.plan.reasons),
            "out": escape_controls(str(self._run.out)),
        }
        return msgspec.json.format(msgspec.json.encode(report), indent=1).decode()

    def as_text(self) -> str:
        """Return the counts other than zero, and the files and options to look at next."""
        pages, *others = self._counts().items()
        shown = ", ".join(f"{count:,} {name}" for name, count in others if count)
        lines = [f"{number_with_noun(pages[1], 'page')}: {shown}"]
        if self.failed:
            failed = f"see {self._notes_page} for why pages failed; --only failed retries them"
            lines.append(highlight(failed, "red"))
        if self._refused:
            refused = (
                f"photos of {number_with_noun(self._refused, 'page')} need a text or a review: {self._review_command}"
            )
            lines.append(highlight(refused, "red"))
        notes = self._run.count_notes()
        if notes.pages:
            counted = " and ".join(
                number_with_noun(count, severity)
                for severity, count in (("error", notes.errors), ("warning", notes.warnings))
                if count
            )
            lines.append(
                highlight(f"{counted} on {number_with_noun(notes.pages, 'page')}: see {self._notes_page}", "yellow")
            )
        damaged = self._run.plan.reasons[DAMAGED_REASON]
        if damaged:
            entries = "entry" if damaged == 1 else "entries"
            lines.append(f"{damaged:,} damaged {entries} in the ledger, whose pages were converted again")
        lines += [*self._run.plan.without_html.remarks(), *self._run.plan.backups.remarks()]
        lines += [f"not read to the end: {error}" for error in self._run.plan.broken_inputs]
        if self._new_versions:
            pages_changed = number_with_noun(self._new_versions, "page")
            shown = name_first(self._first_new_versions, MAX_NAMES_SHOWN, count=self._new_versions)
            lines.append(f"new versions of {pages_changed}: {shown}; the overview says what changed")
        if self._outdated_files:
            shown = name_first(self._first_outdated_files, MAX_NAMES_SHOWN, count=self._outdated_files)
            outdated = f"still of an earlier version of their pages, as --to does not name their formats: {shown}"
            lines.append(highlight(outdated, "yellow"))
        copies = self._run.count_copies()
        if copies:
            lines.append(f"exact copies of other pages: {copies:,}, marked in the overview")
        renamed = self._run.renamed()
        if renamed:
            shown = name_first([f"{page.former} → {page.name}" for page in renamed], MAX_NAMES_SHOWN)
            lines.append(f"renamed: {shown}")
        without_alts = [page.name for page in renamed if page.lost_alts]
        if without_alts:
            shown = name_first(without_alts, MAX_NAMES_SHOWN)
            kept = "alternative texts and decisions are kept under the former names of these pages"
            lines.append(highlight(f"{kept}: {shown}; to decide again: {self._review_command}", "yellow"))
        gone = self._run.count_vanished()
        if gone and self.pruned is None:
            names = [row.name for row in islice(self._run.vanished(), MAX_NAMES_SHOWN)]
            unnamed = gone - len(names)
            more = f" and {unnamed:,} more, which --dry-run lists" if unnamed else ""
            lines.append(f"gone, but their outputs still exist: {', '.join(names)}{more}; --prune deletes these")
        lines.append(escape_controls(str(self._out / "index.html")))
        return "\n".join(lines)

    @property
    def _notes_page(self) -> str:
        return escape_controls(str(self._out / "notes.html"))


class LogEntry(msgspec.Struct, omit_defaults=True):
    """A line of the log: the status of a page, seconds by stage, codes of its notes, and bytes by output file."""

    source: str
    status: str
    formats: tuple[str, ...] = ()
    seconds: dict[str, float] = {}
    notes: list[str] = []
    bytes: dict[str, int] = {}
    error: str | None = None


@contextlib.contextmanager
def write_log(path: Path | None) -> Iterator[Callable[[Outcome], None]]:
    """Yield a function that writes an outcome to the log at `path`; if `path` is None, the function does nothing."""
    if path is None:
        yield lambda _: None
        return
    try:
        file = path.open("wb", buffering=0)  # `tail -f` shows each page at once.
    except OSError as reason:
        raise write_error(path, reason) from reason
    with file:
        yield lambda outcome: _write_entry(file, path, outcome)


def _write_entry(file: FileIO, path: Path, outcome: Outcome) -> None:
    entry = outcome.entry
    current = entry.current_renditions
    line = LogEntry(
        source=outcome.name,
        status=outcome.status,
        formats=outcome.formats,
        seconds=dict(outcome.seconds),
        notes=[note.code for note in entry.all_notes],
        bytes={file.path: file.bytes for made in current.values() for file in made.files},
        error=str(entry.failure) if entry.failure else None,
    )
    try:
        file.write(msgspec.json.encode(line) + b"\n")
    except OSError as reason:
        raise write_error(path, reason) from reason

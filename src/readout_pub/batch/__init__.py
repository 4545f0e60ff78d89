"""Converts an archive. A second run converts only what has changed.

plan            which pages have to be converted, and why
inputs          the pages of folders, archives, lists and patterns
fingerprint     digests of what outputs depend on besides the page: code, options, profiles, fonts
executors       processes of this machine, a Dask cluster
worker_pool     hands jobs to an executor; finds the page that kills its worker
job             what the parent process and its workers exchange
work            one page → one outcome, in a worker
versions        keeps the old outputs of a page that has changed
containment     refuses paths that lead out of the output folder
picture_cache   prepared photos, kept between runs
reports         index.html, notes.html, notes.csv, failures.jsonl, manifest.json, SHA256SUMS, feed/

Only the parent process writes the ledger. A run may be killed at any moment: unfinished files are only in a scratch
folder, which the next run clears.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

import msgspec

from readout_pub.alt.alt_file import AltTable, read_alt_file
from readout_pub.arguments import (
    MAX_JOBS,
    MAX_SIZE,
    Names,
    Paths,
    plain_string,
    require_count,
    require_names,
    require_path,
    require_paths,
    require_seconds,
    require_type,
)
from readout_pub.batch.containment import require_private, require_unoccupied
from readout_pub.batch.executors import available_cpus
from readout_pub.batch.job import ARCHIVE_TITLE, VERSIONS_FOLDER, BatchConfig, Outcome
from readout_pub.batch.picture_cache import DiskPictureCache
from readout_pub.batch.plan import DAMAGED_REASON, Plan, PlannedPage, Selection
from readout_pub.batch.reports import write_reports
from readout_pub.batch.reports.report_files import REPORT_FILES, REPORT_NAMES, are_intact
from readout_pub.batch.work import DISK_FULL
from readout_pub.batch.worker_pool import WorkerPool
from readout_pub.emit import RenderOptions
from readout_pub.errors import OutputError
from readout_pub.ledger import FILE_NAME, Ledger, LedgerRow, NoteCounts, Renaming
from readout_pub.limits import MIN_PAGE_TIMEOUT, PAGE_MEMORY, PAGE_TIMEOUT
from readout_pub.model import AltPolicy, Keep
from readout_pub.notes import Severity
from readout_pub.overrides_table import read_overrides_file
from readout_pub.sources import MAX_BYTES

__all__ = [
    "ARCHIVE_TITLE",
    "DAMAGED_REASON",
    "Batch",
    "BatchConfig",
    "Outcome",
    "PlannedPage",
    "Selection",
    "available_cpus",
    "batch",
    "open_batch",
]


VANISHED_REASON = "its source is gone; --prune would remove its files"


def batch(
    sources: str | Path | Sequence[str | Path],
    formats: Names,
    out: str | Path,
    *,
    executor: Executor | None = None,
    jobs: int | None = None,
    selection: Selection = Selection(),
    render_options: RenderOptions = RenderOptions(),
    site: str | None = None,
    sites: Paths = (),
    timeout: float | None = PAGE_TIMEOUT,
    memory: int | None = PAGE_MEMORY,
    max_bytes: int = MAX_BYTES,
    keep: Keep | None = None,
    accept_error_pages: bool = False,
    alt_policy: AltPolicy = "caption",
    release: str | None = None,
    alt_file: str | Path | None = None,
    overrides_file: str | Path | None = None,
    language: str | None = None,
    fail_on: Severity | None = None,
    title: str = ARCHIVE_TITLE,
    publisher: str | None = None,
    receipt: bool = True,
    keep_versions: bool = False,
) -> Iterator[Outcome]:
    """Convert all pages of `sources` that have changed, and yield the outcome of each when it is recorded.

    A source is a folder, a file, an archive, a pattern, or "@FILE": a list of paths ("@-": from standard input). The
    workers of `executor` must see the same files as the caller. Without an executor, `jobs` processes of this machine
    convert, by default one for each CPU. `timeout` (seconds) and `memory` (bytes) limit one page. `alt_file` is a table
    of alternative texts whose rows name their pages. `overrides_file` is such a table of titles, series, dates and
    languages; `language` is for pages without a language there. A page with a note of the severity `fail_on`, or a
    worse one, is not written. `title` and `publisher` are shown in the overview and the feeds. `keep_versions` keeps
    the old outputs of a page that changed. The rest is as in `convert`.

    The reports are written after the last outcome. A caller may stop earlier and run the batch again later. Raises
    UsageError for an unknown format, SourceError if a source is missing, OutputError if nothing can be written or
    another batch is running in the folder.
    """
    require_type(sources, (str, Path, Sequence), "sources")
    named = [sources] if isinstance(sources, str | Path) else list(sources)
    require_paths(named, "sources")
    named = [plain_string(each) if isinstance(each, str) else Path(each) for each in named]
    require_path(out, "out")
    require_type(render_options, (RenderOptions,), "render_options")
    require_type(selection, (Selection,), "selection")
    require_type(executor, (Executor, type(None)), "executor")
    require_type(title, (str,), "title")
    for argument, text in {"site": site, "release": release, "publisher": publisher, "fail_on": fail_on}.items():
        require_type(text, (str, type(None)), argument)
    for argument, flag in {"receipt": receipt, "keep_versions": keep_versions}.items():
        require_type(flag, (bool,), argument)
    require_type(accept_error_pages, (bool,), "accept_error_pages")
    for argument, file in {"alt_file": alt_file, "overrides_file": overrides_file}.items():
        if file is not None:
            require_path(file, argument)
    if jobs is not None:
        require_count(jobs, "jobs", maximum=MAX_JOBS)
    if timeout is not None:
        require_seconds(timeout, "timeout", minimum=MIN_PAGE_TIMEOUT)
    if memory is not None:
        require_count(memory, "memory", maximum=MAX_SIZE)
    require_count(max_bytes, "max_bytes", maximum=MAX_SIZE)
    config = BatchConfig(
        formats=require_names(formats, "formats"),
        out=Path(out),
        render_options=msgspec.structs.replace(render_options, receipt=receipt),
        site=site,
        sites=require_paths(sites, "sites"),
        timeout=timeout,
        memory=memory,
        max_bytes=max_bytes,
        keep=keep,
        accept_error_pages=accept_error_pages,
        alt_policy=alt_policy,
        release=release,
        alt_file=Path(alt_file) if alt_file else None,
        overrides_file=Path(overrides_file) if overrides_file else None,
        language=language,
        fail_on=fail_on,
        title=title,
        publisher=publisher,
        keep_versions=keep_versions,
    )
    with open_batch(config, selection) as run:
        run.build_plan(named, executor, jobs)
        yield from run.outcomes()
        run.write_reports()


@contextlib.contextmanager
def open_batch(config: BatchConfig, selection: Selection = Selection(), *, dry_run: bool = False) -> Iterator[Batch]:
    """Open the output folder and its ledger for one run; with `dry_run` nothing is created or changed."""
    config = config.validated()
    alt_table = read_alt_file(config.alt_file) if config.alt_file else AltTable()
    alt_table.require_pages()
    overrides_table = read_overrides_file(config.overrides_file)
    in_memory = dry_run and not (config.private_folder / FILE_NAME).exists()
    if in_memory:
        _require_safe_names(config)
    with contextlib.nullcontext() if in_memory else _created_output_folder(config):
        ledger = Ledger(None if in_memory else config.private_folder)
        try:
            plan = Plan(ledger, config, selection, alt_table, overrides_table)
            with ledger.translated_errors(), contextlib.closing(Batch(ledger, config, plan)) as run:
                yield run
        finally:
            ledger.close()


class Batch:
    """One run over an archive: build the plan, take the outcomes, write reports."""

    def __init__(self, ledger: Ledger, config: BatchConfig, plan: Plan) -> None:
        self._ledger, self._config, self.plan = ledger, config, plan
        self.out = config.out
        self._pool: WorkerPool | None = None
        self._disk_error: str | None = None

    def build_plan(
        self, sources: Sequence[str | Path], executor: Executor | None = None, jobs: int | None = None
    ) -> None:
        """Find all pages and queue those to convert, by `executor` or by `jobs` processes of this machine.

        The first queued page starts a worker: it loads its modules while this process looks for more pages.
        """
        self._pool = WorkerPool(executor, jobs or available_cpus(), self.plan.context)
        with self._ledger.transaction():
            self.plan.build(sources, self._pool.warm_up)

    def preview(self, sources: Sequence[str | Path]) -> Iterator[PlannedPage]:
        """Yield the pages that would be converted, then those that have vanished; change nothing."""
        with self._ledger.transaction(keep=False):
            self.plan.build(sources)
            yield from self.plan.pages()
            yield from (PlannedPage(row.name, row.stem, VANISHED_REASON) for row in self.vanished())

    def outcomes(self, stopping: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
        """Convert the queued pages and yield the outcome of each when it is recorded.

        Once `stopping` returns True, workers get no further pages. Raises OutputError if the disk is full or the output
        folder is removed.
        """
        if self._pool is None:
            return
        self._require_folder()
        self._clear_scratch_folder()
        DiskPictureCache(self.plan.context).remove_outdated()
        try:
            for outcome in self._pool.outcomes(self.plan.jobs(), lambda: stopping() or self._disk_error is not None):
                self._require_folder()
                yield self._record(outcome)
        finally:
            self.close()
            self._clear_scratch_folder()
        if self._disk_error:
            raise OutputError(
                f"nothing more can be written: {self._disk_error}",
                where=str(self._config.out),
                what_next="free some space, and run the batch again: converted pages are not converted again",
            )

    def close(self) -> None:
        """Shut down our own workers."""
        if self._pool:
            self._pool.shutdown()

    def write_reports(self) -> None:
        """Write the reports about the whole archive, if one is missing, damaged or outdated."""
        self._require_folder()
        key = self.plan.reports_key
        if self._ledger.has_unreported_changes(key) or not are_intact(self._config.out):
            write_reports(self._ledger, self._config)
            self._ledger.mark_reported(key)

    def vanished(self) -> Iterator[LedgerRow]:
        """Yield the pages whose sources are gone but whose outputs exist; none if an input could not be read whole."""
        # In a damaged archive, pages after the damage would seem to have vanished, and --prune would remove their
        # outputs.
        return iter(()) if self.plan.broken_inputs else self._ledger.vanished()

    def count_vanished(self) -> int:
        """Return the number of vanished pages."""
        return sum(1 for _ in self.vanished())

    def count_notes(self) -> NoteCounts:
        """Return the errors and warnings of all pages, converted in this run or before."""
        return self._ledger.count_notes()

    def count_copies(self) -> int:
        """Return the number of pages that are exact copies of an earlier one."""
        return self._ledger.count_copies()

    def renamed(self) -> list[Renaming]:
        """Return each page that has been renamed."""
        return self._ledger.renamed()

    def prune(self) -> int:
        """Remove the outputs of vanished pages, and return the number of pages."""
        pages = 0
        for row in self.vanished():
            for file in row.entry.files if row.entry else ():
                self._remove_file(file.path)
            self._ledger.delete(row.id)
            pages += 1
        return pages

    def _remove_file(self, name: str) -> None:
        """Remove an output file, and the folders that are empty without it."""
        path = self._config.path_of(name)
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self._config.out or any(folder.iterdir()):
                break
            folder.rmdir()

    def _record(self, outcome: Outcome) -> Outcome:
        outcome = msgspec.structs.replace(
            outcome,
            entry=self.plan.completed(outcome.number, outcome.entry),
            is_new_version=bool(outcome.entry.versions),
        )
        failure = outcome.entry.failure
        if failure and failure.kind == DISK_FULL:
            self._disk_error = failure.what
        if not self._config.render_options.receipt:
            self._remove_receipt(outcome)
        if outcome.status == "made":
            self._remove_replaced_files(outcome)
        self._ledger.record(outcome.number, outcome.entry)
        return outcome

    def _remove_receipt(self, outcome: Outcome) -> None:
        """Remove the receipt of an earlier run if this run wrote none: it does not fit the new files."""
        before = self._ledger.entry(outcome.number)
        if before and before.receipt and not outcome.entry.receipt:
            self._remove_file(before.receipt.path)

    def _remove_replaced_files(self, outcome: Outcome) -> None:
        """Remove files that the new renditions of a page lack, such as a photo now withheld."""
        before = self._ledger.entry(outcome.number)
        kept = {file.path for file in outcome.entry.files}
        for made in before.renditions.values() if before else ():
            for file in made.files:
                if file.path not in kept:
                    self._remove_file(file.path)

    def _require_folder(self) -> None:
        """Raise OutputError if the output folder has been removed: every further page would fail."""
        if not self._config.scratch_folder.is_dir():
            raise OutputError(
                "the output folder was removed during the run",
                where=str(self._config.out),
                what_next="run the batch again; it converts all pages",
            )

    def _clear_scratch_folder(self) -> None:
        """Remove unfinished files that workers left when they died."""
        scratch = self._config.scratch_folder
        for path in scratch.iterdir() if scratch.is_dir() else ():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def _created_output_folder(config: BatchConfig) -> Iterator[None]:
    """Make the output folder; remove it if the run fails before the ledger has a page.

    Raises OutputError if a folder cannot be made or is not safe.
    """
    new = [each for each in (config.private_folder, config.out, *config.out.parents) if not os.path.lexists(each)]
    _make_folder(config)
    try:
        yield
    except BaseException:
        if config.private_folder in new and not _ledger_has_pages(config):
            shutil.rmtree(config.private_folder, ignore_errors=True)
            with contextlib.suppress(OSError):  # the folder is not empty
                for folder in new[1:]:
                    folder.rmdir()
        raise


def _ledger_has_pages(config: BatchConfig) -> bool:
    """Return whether the ledger has a page, or cannot be read: then this run may have written outputs."""
    with contextlib.suppress(OutputError), contextlib.closing(Ledger(config.private_folder)) as ledger:
        return ledger.has_pages()
    return True


def _make_folder(config: BatchConfig) -> None:
    """Make the output folder with its private folder."""
    try:
        _require_safe_names(config)
        config.out.mkdir(parents=True, exist_ok=True)
        if config.private_folder.exists() or config.private_folder.is_symlink():
            require_private(config.private_folder)
        config.scratch_folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise OutputError(
            f"no folder can be made there ({reason.strerror})",
            where=str(config.out),
            what_next="name another folder with -o",
        ) from reason


def _require_safe_names(config: BatchConfig) -> None:
    """Raise OutputError if a report would be outside the output folder, or replace a file of the user."""
    for report in REPORT_FILES:
        config.path_of(report)
    # If the private folder exists, the reports are from an earlier run. The ledger may be missing: users remove the
    # ledger to convert everything again.
    if not os.path.lexists(config.private_folder):
        require_unoccupied(config.out, (*REPORT_NAMES, VERSIONS_FOLDER))

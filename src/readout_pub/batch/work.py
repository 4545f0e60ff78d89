"""What a worker process does: it converts pages within their limits, and returns their outcomes."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import pickle
import platform
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath

import msgspec

from readout_pub.alt.status import photo_status
from readout_pub.atomic import FULL_DISK_ERRNOS, write_file
from readout_pub.batch.fingerprint import Fingerprints
from readout_pub.batch.job import BatchConfig, Job, JobContext, Outcome, Status, this_process
from readout_pub.batch.picture_cache import DiskPictureCache
from readout_pub.batch.versions import VersionKeeper
from readout_pub.convert import Overrides, ProvenRendition, Reading, ReadOptions, emit_and_prove, read_and_prove
from readout_pub.emit import FailedFormat, Rendition, suffix_of
from readout_pub.emit.timestamps import rfc3339, timestamp
from readout_pub.errors import OutputError, ReadoutError, escape_controls, internal_error_message
from readout_pub.image_store import ImageStore
from readout_pub.ledger import Failure, LedgerEntry, OutputFile, RenditionRecord, encode_file_names
from readout_pub.limits import ALLOW_MORE, OutOfTime, out_of_memory, out_of_time, page_limits
from readout_pub.model import Readout, display_series, display_title, photos, plain_text, unsealed_json, url_host
from readout_pub.notes import Note, refusal
from readout_pub.output import write_rendition
from readout_pub.output_names import RECEIPT_SUFFIX
from readout_pub.source_record import publication_identifier, rights_statement
from readout_pub.sources import Page, SavedPage, StoredReadout
from readout_pub.sources.companion_folders import photo_folder

_RUN_ENDING_ERRNOS = FULL_DISK_ERRNOS | {errno.EROFS, errno.EFBIG}
"""Errors that end the run, since other pages would meet them too, such as a full disk."""

DISK_FULL = "DiskFull"
"""The kind of a failure that ends the run."""

WARM_UP_PAGE = (
    "<!DOCTYPE html><html lang='en'><title>Talks</title><body><main><h1>Talks</h1><p>The Ministers met.</p></main>"
)


def convert_jobs(context: JobContext, jobs: Sequence[Job]) -> list[Outcome]:
    """Convert pages and return the outcome of each; errors of a page become its outcome."""
    worker_failure = warm_up(context.config, context.program_key)
    return [_PageConversion(context, job).run(worker_failure) for job in jobs]


@cache
def warm_up(config: BatchConfig, program_key: str) -> Failure | None:
    """Load what all pages need (parsers, fonts, style sheets) by converting a small page, once in a process.

    Return a failure for all pages if this worker has another program, library, font or profile; else None.
    """
    from readout_pub.sources import HtmlPage

    if Fingerprints(config).context.program_key != program_key:
        what = "the program, a library, a font or a profile of this worker differs from that of the parent"
        what_next = "install the same on all machines and restart the workers"
        return Failure("WorkerDiffers", what, platform.node(), what_next)
    page = HtmlPage(name="warm-up", raw=WARM_UP_PAGE.encode, markup=WARM_UP_PAGE)
    with contextlib.suppress(ReadoutError):  # such as a missing tool: the outcome of each page reports it
        reading = read_and_prove(page, ReadOptions(sites=config.sites), receipt=config.render_options.receipt)
        for _ in emit_and_prove(reading.readout, reading.images, config.formats, config.render_options):
            pass
    return None


class _PageConversion:
    """Converts one page and measures the seconds of each stage."""

    def __init__(self, context: JobContext, job: Job) -> None:
        self._context, self._config, self._job = context, context.config, job
        self._seconds: dict[str, float] = {}
        self._stage_start = time.perf_counter()
        self._page: Page | None = None

    def run(self, worker_failure: Failure | None) -> Outcome:
        """Convert the page and return its outcome; `worker_failure`, if any, is the outcome of every page."""
        saved: SavedPage | None = None
        if worker_failure:
            return self._failed_outcome(worker_failure, saved)
        config = self._config
        try:
            saved = pickle.loads(self._job.page)  # noqa: S301 - pickled by the parent, which alone can read its queue
            with self._limits():
                return self._convert(saved)
        except OutOfTime:
            failure = timeout_failure(config.timeout)
        except MemoryError:
            failure = Failure("OutOfMemory", f"{out_of_memory(config.memory)}; {ALLOW_MORE}")
        except ReadoutError as error:
            where = self._relative_place(error.where, saved)
            failure = Failure(_failure_kind(error), escape_controls(error.what), where, error.what_next)
        except Exception as error:  # noqa: BLE001 - a bug that one page triggers must not end the run
            failure = Failure("Unforeseen", internal_error_message(error))
        self._end_stage("failed")
        return self._failed_outcome(failure, saved)

    def _limits(self) -> contextlib.AbstractContextManager[None]:
        """Return the limits of the page; none in the caller's own process, which a limit could end."""
        if self._context.caller == this_process():
            return contextlib.nullcontext()
        config = self._config
        return page_limits(config.timeout, config.memory, config.timeout_marker(self._job.number))

    def _convert(self, saved: SavedPage) -> Outcome:
        """Read the page, write the outdated renditions, and return the outcome."""
        page = self._page = saved.open()
        self._end_stage("open")
        options = ReadOptions(
            site=self._config.site,
            sites=self._config.sites,
            overrides=self._job.overrides.over(
                Overrides(language=self._config.language, alts=self._job.alts, decisions=self._job.decisions)
            ),
            keep=self._config.keep,
            accept_error_pages=self._config.accept_error_pages,
            alt_policy=self._config.alt_policy,
            release=self._config.release,
        )
        reading = read_and_prove(page, options, receipt=self._config.render_options.receipt)
        readout, images = reading.readout, reading.images
        images.cache = DiskPictureCache(self._context)
        digest = hashlib.sha256(unsealed_json(readout)).hexdigest()[:32]
        self._end_stage("read")
        # A changed page may have the same readout; then its renditions are not written again.
        outdated = [name for name in self._config.formats if not self._is_current(name, digest)]
        results = list(self._emit(readout, images, [name for name in outdated if name not in self._job.occupied]))
        proven = [each for each in results if isinstance(each, ProvenRendition)]
        renditions = [each.rendition for each in proven]
        failed = [each for each in results if isinstance(each, FailedFormat)]
        failed += (self._occupied_failure(name) for name in self._job.occupied)
        notes = tuple(dict.fromkeys((*readout.notes, *self._rendition_notes(renditions, outdated))))
        if reason := refusal(notes, self._config.fail_on):
            self._end_stage("failed")
            return self._failed_outcome(Failure("NotesRefused", reason), saved, notes)
        # The origin of a readout in JSON is its HTML page. People may edit the JSON, so its own digest tells versions
        # apart.
        is_stored = isinstance(page, StoredReadout)
        source_sha256 = hashlib.sha256(page.raw()).hexdigest() if is_stored else readout.origin.sha256
        keeper = self._keep_version(page, source_sha256, digest)
        written = {each.rendition.format: self._write(each, digest) for each in proven}
        made = _without_replaced(self._job.renditions, written) | written
        receipt = self._write_receipt(reading, [each for each in made.values() if each.readout_digest == digest])
        current = {name: each for name, each in made.items() if each.readout_digest == digest}
        version = keeper.finish(current) if keeper and current else None
        self._end_stage("write")
        entry = msgspec.structs.replace(
            _entry_of(readout),
            stamp=saved.stamp,
            readout_digest=digest,
            requested_files=encode_file_names(page.asset_stamps),
            host=url_host(page.url),
            source_sha256=source_sha256,
            renditions=made,
            receipt=receipt,
            versions=(version,) if version else (),
            failure=_failure_of_formats(failed) if failed else None,
        )
        status: Status = "failed" if failed else "made" if renditions else "confirmed"
        return self._outcome(status, entry, tuple(written))

    def _keep_version(self, page: Page, source_sha256: str, digest: str) -> VersionKeeper | None:
        """Keep the outputs of the earlier version, if any, and return their `VersionKeeper`."""
        before = self._job.previous
        if before is None or all(made.readout_digest == digest for made in before.renditions.values()):
            return None
        photos_changed = encode_file_names(page.asset_stamps) != before.requested_files
        if before.source_sha256 == source_sha256 and not photos_changed:
            return None  # the program, a profile or an alternative text changed
        keeper = VersionKeeper(self._config, self._job.stem, before)
        keeper.keep()
        return keeper

    def _rendition_notes(self, new: Sequence[Rendition], outdated: Sequence[str]) -> Iterator[Note]:
        """Yield the notes of the new renditions, and of the older ones that are still valid."""
        for rendition in new:
            yield from rendition.notes
        for name in self._config.formats:
            if name not in outdated:
                yield from self._job.renditions[name].notes

    def _relative_place(self, where: str | None, saved: SavedPage | None) -> str | None:
        """Return the place of an error, relative to the archive or output folder; None for the page itself.

        Reports must not depend on where these folders are.
        """
        if where is None or saved is None or where in {saved.where, saved.name}:
            return None
        return escape_controls(where.replace(saved.where, saved.name).removeprefix(f"{self._config.out}/"))

    def _is_current(self, name: str, digest: str) -> bool:
        """Return whether the rendition in a format is of this readout and these settings."""
        known = self._job.renditions.get(name)
        return (
            known is not None
            and known.readout_digest == digest
            and known.settings_key == self._context.settings_keys[name]
        )

    def _emit(
        self, readout: Readout, images: ImageStore, formats: Sequence[str]
    ) -> Iterator[ProvenRendition | FailedFormat]:
        render_options = msgspec.structs.replace(
            self._config.render_options, folder=photo_folder(PurePosixPath(self._job.stem).name)
        )
        for result in emit_and_prove(readout, images, formats, render_options):
            yield result
            self._end_stage(result.format if isinstance(result, FailedFormat) else result.rendition.format)

    def _occupied_failure(self, name: str) -> FailedFormat:
        return FailedFormat(
            name,
            OutputError(
                f"{self._job.stem}{suffix_of(name)} is there already, and this program has not written it",
                what_next="move it elsewhere, or name another folder with -o",
            ),
        )

    def _write(self, proven: ProvenRendition, digest: str) -> RenditionRecord:
        """Write a rendition with the photos beside it, and return its record for the ledger."""
        rendition, receipt = proven.rendition, proven.receipt
        path = f"{self._job.stem}{suffix_of(rendition.format)}"
        beside = {str(PurePosixPath(path).parent / name): content for name, content in rendition.extra_files.items()}
        contents = {path: rendition.data, **beside}
        for name in contents:
            self._config.path_of(name)  # raises OutputError before anything is written
        write_rendition(rendition, str(self._config.out / path), scratch=self._config.scratch_folder)
        files = tuple(_output_file(self._config.out, name, content) for name, content in contents.items())
        settings_key = self._context.settings_keys[rendition.format]
        if receipt:
            receipt = msgspec.structs.replace(receipt, file=PurePosixPath(path).name)
        return RenditionRecord(digest, settings_key, rendition.media_type, files, rendition.notes, receipt)

    def _write_receipt(self, reading: Reading, made: Sequence[RenditionRecord]) -> OutputFile | None:
        """Write the receipt of the page and of its present renditions; return its file, None without receipts."""
        receipts = [each.receipt for each in made if each.receipt]
        if not receipts or not self._config.render_options.receipt:
            return None
        from readout_pub.receipts import encode_receipt, make_receipt

        path = f"{self._job.stem}{RECEIPT_SUFFIX}"
        content = encode_receipt(make_receipt(reading.readout, reading.words, receipts))
        write_file(self._config.path_of(path), content, scratch=self._config.scratch_folder)
        return _output_file(self._config.out, path, content)

    def _failed_outcome(self, failure: Failure, saved: SavedPage | None, notes: tuple[Note, ...] = ()) -> Outcome:
        entry = LedgerEntry(
            stamp=saved.stamp if saved else None,
            requested_files=encode_file_names(self._page.asset_stamps) if self._page else {},
            host=url_host(self._page.url) if self._page else None,
            notes=notes,
            failure=failure,
        )
        return self._outcome("failed", entry, ())

    def _outcome(self, status: Status, entry: LedgerEntry, formats: tuple[str, ...]) -> Outcome:
        return Outcome(
            number=self._job.number,
            name=self._job.name,
            status=status,
            entry=entry,
            formats=formats,
            seconds=self._seconds,
        )

    def _end_stage(self, stage: str) -> None:
        now = time.perf_counter()
        self._seconds[stage] = round(now - self._stage_start, 4)
        self._stage_start = now


def _entry_of(readout: Readout) -> LedgerEntry:
    """Return a record with what the readout itself says."""
    modified = timestamp(readout)
    return LedgerEntry(
        url=readout.origin.url,
        identifier=publication_identifier(readout.origin),
        publisher=readout.origin.publisher,
        retrieved=readout.origin.retrieved.isoformat() if readout.origin.retrieved else None,
        rights=rights_statement(readout.origin),
        title=plain_text(display_title(readout)),
        series=display_series(readout),
        issued=readout.issued.isoformat() if readout.issued else None,
        modified=rfc3339(modified) if modified else None,
        language=readout.language,
        confidence=readout.confidence.expected_f1 if readout.confidence else None,
        photos=sum(1 for _ in photos(readout)),
        photo_status=photo_status(photo.alt for photo in photos(readout)),
        notes=readout.notes,
    )


def _output_file(out: Path, path: str, content: bytes) -> OutputFile:
    modified = (out / path).stat().st_mtime_ns
    return OutputFile(path, len(content), hashlib.sha256(content).hexdigest(), modified)


def _failure_kind(error: ReadoutError) -> str:
    reason = error.__cause__
    ends_run = isinstance(error, OutputError) and isinstance(reason, OSError) and reason.errno in _RUN_ENDING_ERRNOS
    return DISK_FULL if ends_run else type(error).__name__


def _failure_of_formats(failed: Sequence[FailedFormat]) -> Failure:
    """Return the failure of a page of which some formats could not be rendered.

    The error with the highest exit code decides its kind: if something is not installed, every run tries again.
    """
    worst = max(failed, key=lambda each: each.error.exit_code).error
    kind = _failure_kind(worst)
    formats = tuple(each.format for each in failed)
    if len(failed) == 1:
        return Failure(kind, f"{formats[0]}: {escape_controls(worst.what)}", None, worst.what_next, formats)
    return Failure(kind, "; ".join(map(str, failed)), formats=formats)


def _without_replaced(
    known: Mapping[str, RenditionRecord], written: Mapping[str, RenditionRecord]
) -> dict[str, RenditionRecord]:
    """Return `known` without the renditions that `written` replaced, as "html5" replaces the file of "html"."""
    replaced = {made.files[0].path for made in written.values()}
    return {name: made for name, made in known.items() if made.files[0].path not in replaced}


def timeout_failure(seconds: float | None) -> Failure:
    """Return the failure of a page that took longer than `seconds`."""
    return Failure("OutOfTime", f"{out_of_time(seconds)}; {ALLOW_MORE}")

"""What a worker does: one page after the other, each within its limits, each to one outcome, whatever happens."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import pickle
import platform
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path, PurePosixPath

import msgspec

from readout_pub.batch.fingerprint import Fingerprints
from readout_pub.batch.job import BatchConfig, Job, JobContext, Outcome, Status
from readout_pub.batch.limits import OutOfTime, limited
from readout_pub.batch.picture_cache import DiskPictureCache
from readout_pub.convert import read
from readout_pub.emit import Rendition, emit, suffix_of
from readout_pub.errors import OutputError, ReadoutError, escape_controls, internal_error_message
from readout_pub.image_store import ImageStore
from readout_pub.ledger import Failure, LedgerEntry, OutputFile, RenditionRecord, encode_file_names
from readout_pub.model import Readout, display_series, display_title, photos, plain, to_json, url_host
from readout_pub.output import write_renditions
from readout_pub.source_credit import publication_identifier
from readout_pub.sources import Page, SavedPage

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
"""What a system says when no page can be written any more."""

DISK_FULL = "DiskFull"
"""The kind of a failure that every page behind it would meet too."""

WARM_UP = (
    "<!DOCTYPE html><html lang='en'><title>Talks</title><body><main><h1>Talks</h1><p>The Ministers met.</p></main>"
)


def work(terms: JobContext, jobs: Sequence[Job]) -> list[Outcome]:
    """Convert pages, and return the outcome of each; nothing that a page does is raised."""
    differing = warm_up(terms.order, terms.version)
    return [_Page(terms, job).outcome(differing) for job in jobs]


@cache
def warm_up(order: BatchConfig, version: str) -> Failure | None:
    """Load what all pages need: readers, fonts, style sheets. Done once in a process.

    A worker that would make other bytes than the parent expects returns the reason why it may make none.
    """
    from readout_pub.sources import HtmlPage

    if Fingerprints(order).terms.version != version:
        what = "the program, a library, a font or a profile of this worker differs from that of the parent"
        return Failure("WorkerDiffers", what, platform.node(), "install the same on all machines, restart the workers")
    page = HtmlPage(name="warm-up", raw=WARM_UP.encode, markup=WARM_UP)
    with contextlib.suppress(ReadoutError):  # what is missing here is missing for each page, which says so itself
        readout, album = read(page, sites=order.sites)
        for name in order.formats:
            emit(readout, album, name, order.look)
    return None


class _Page:
    """The conversion of one page, and the watch that measures its stages."""

    def __init__(self, terms: JobContext, job: Job) -> None:
        self._terms, self._order, self._job = terms, terms.order, job
        self._seconds: dict[str, float] = {}
        self._since = time.perf_counter()
        self._page: Page | None = None

    def outcome(self, refusal: Failure | None) -> Outcome:
        """Convert the page, unless this worker must not; whatever is raised becomes a failure that says why."""
        found: SavedPage | None = None
        if refusal:
            return self._failed(refusal, found)
        try:
            found = pickle.loads(self._job.page)  # noqa: S301 - pickled by the parent, and kept in its memory
            with limited(self._order.timeout, self._order.memory, self._order.late(self._job.number)):
                return self._converted(found)
        except OutOfTime:
            failure = out_of_time(self._order.timeout)
        except MemoryError:
            failure = Failure("OutOfMemory", f"it took more than {self._order.memory} bytes (--page-memory)")
        except ReadoutError as error:
            failure = Failure(
                _kind(error), escape_controls(error.what), self._place(error.where, found), error.what_next
            )
        except Exception as error:  # noqa: BLE001 - one page that nobody foresaw must not end the run of all others
            failure = Failure("Unforeseen", internal_error_message(error))
        self._lap("failed")
        return self._failed(failure, found)

    def _converted(self, found: SavedPage) -> Outcome:
        page = self._page = found.open()
        self._lap("open")
        readout, album = read(page, site=self._order.site, sites=self._order.sites)
        album.cache = DiskPictureCache(self._terms)
        digest = hashlib.sha256(to_json(readout)).hexdigest()[:32]
        self._lap("understand")
        wanted = [name for name in self._order.formats if not self._holds(name, digest)]
        renditions = list(self._emitted(readout, album, wanted))
        made = dict(self._job.made) | {each.format: self._made(each, digest) for each in renditions}
        self._lap("write")
        entry = LedgerEntry(
            stamp=found.stamp,
            readout=digest,
            asked=encode_file_names(page.asset_stamps),
            host=url_host(page.url),
            url=readout.origin.url,
            identifier=publication_identifier(readout.origin),
            publisher=readout.origin.publisher,
            title=plain(display_title(readout)),
            series=display_series(readout),
            issued=readout.issued.isoformat() if readout.issued else None,
            language=readout.language,
            photos=sum(1 for _ in photos(readout)),
            made=made,
            notes=readout.notes,
        )
        return self._outcome("made" if renditions else "confirmed", entry, tuple(wanted))

    def _place(self, where: str | None, found: SavedPage | None) -> str | None:
        """Name a place within the archive or the output folder, wherever these lie; None for the page itself."""
        if where is None or found is None or where in {found.where, found.name}:
            return None
        return escape_controls(where.replace(found.where, found.name).removeprefix(f"{self._order.out}/"))

    def _holds(self, name: str, digest: str) -> bool:
        made = self._job.made.get(name)
        return made is not None and made.readout == digest and made.settings == self._terms.settings[name]

    def _emitted(self, readout: Readout, album: ImageStore, wanted: Sequence[str]) -> Iterator[Rendition]:
        look = msgspec.structs.replace(self._order.look, folder=f"{PurePosixPath(self._job.stem).name}_files")
        for name in wanted:
            yield emit(readout, album, name, look)
            self._lap(name)

    def _made(self, rendition: Rendition, digest: str) -> RenditionRecord:
        """Write a rendition and what lies beside it."""
        path = f"{self._job.stem}{suffix_of(rendition.format)}"
        write_renditions([(rendition, str(self._order.out / path))], scratch=self._order.scratch)
        beside = {str(PurePosixPath(path).parent / name): content for name, content in rendition.extra_files.items()}
        written = {path: rendition.data, **beside}
        files = tuple(_file(self._order.out, name, content) for name, content in written.items())
        return RenditionRecord(
            digest, self._terms.settings[rendition.format], rendition.media_type, files, rendition.notes
        )

    def _failed(self, failure: Failure, found: SavedPage | None) -> Outcome:
        entry = LedgerEntry(
            stamp=found.stamp if found else None,
            asked=encode_file_names(self._page.asset_stamps) if self._page else {},
            host=url_host(self._page.url) if self._page else None,
            made=self._job.made,
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

    def _lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._seconds[stage] = round(now - self._since, 4)
        self._since = now


def _file(out: Path, path: str, content: bytes) -> OutputFile:
    modified = (out / path).stat().st_mtime_ns
    return OutputFile(path, len(content), hashlib.sha256(content).hexdigest(), modified)


def _kind(error: ReadoutError) -> str:
    reason = error.__cause__
    full = isinstance(error, OutputError) and isinstance(reason, OSError) and reason.errno in NO_ROOM
    return DISK_FULL if full else type(error).__name__


def out_of_time(seconds: float | None) -> Failure:
    """Word the failure of a page that took longer than it may."""
    return Failure("OutOfTime", f"it took longer than {seconds:g} seconds (--page-timeout)")

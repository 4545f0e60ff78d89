"""The folder that `fetch` fills: pages and photos as files and as a WARC file, and the list of retrievals.

A retrieval is written in this order: its file, its WARC records, its line in the list. If a run is interrupted
before the line, the next run fetches the page or photo again. A thread writes while the client waits for the next
response: an fsync takes about as long as a response.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import mimetypes
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from readout_pub.atomic import write_error, write_file
from readout_pub.errors import OutputError, SourceError, UsageError
from readout_pub.named_file import read_large_file
from readout_pub.output_names import fold_case, spellings, stem_with_suffix
from readout_pub.sources.content_type import HTML_TYPES
from readout_pub.sources.fetch_folder import RETRIEVAL_LIST, Retrieved, latest_by_url, read_listing
from readout_pub.sources.urls import url_key
from readout_pub.sources.web.response import Exchange
from readout_pub.sources.web.warc import WarcFile

WARC_FILE_NAME = "archive.warc.gz"

FILES_FOLDER = "files"
"""The folder of pages and photos, with one folder for each host."""

VERSIONS_FOLDER = "versions"
"""The folder of replaced contents, each in a folder named by the start of its SHA-256."""


_OWN_NAMES = frozenset({WARC_FILE_NAME, FILES_FOLDER, VERSIONS_FOLDER})


class FetchArchive:
    """The retrievals in a folder.

    Raises UsageError if the folder has other files and no list of retrievals, OutputError if it is not a folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._listing = folder, _path_inside(folder, RETRIEVAL_LIST)
        if folder.exists() and not folder.is_dir():
            raise OutputError("this is a file, not a folder", where=str(folder), what_next="name a folder with -o")
        if not self._listing.exists() and folder.exists():
            foreign = [path.name for path in folder.iterdir() if path.name not in _OWN_NAMES]
            if foreign:
                raise UsageError(
                    f"the folder holds {foreign[0]}, which fetch did not put there",
                    where=str(folder),
                    what_next="name another folder with -o",
                )
        self._load()

    def _load(self) -> None:
        exists = self._listing.exists()
        listing = read_large_file(self._listing, "the list of retrievals", error=OutputError) if exists else b""
        lines = list(read_listing(listing, str(self._listing)))
        self._retrieved = latest_by_url(lines)
        self._of_earlier_runs = self._retrieved.copy()
        self._urls_by_file = {fold_case(line.file): line.url for line in lines}
        self._listing_length = sum(len(_encode_line(line)) for line in lines)
        self._warc_length = lines[-1].warc if lines else 0

    def find_page(self, url: str) -> Retrieved | None:
        """Return the page that was fetched from `url`, or from a URL that `url` redirected to.

        Return None if there is none, or if its file was removed: the page then counts as new.
        """
        found = self._retrieved.get(url_key(url))
        if found is None or not found.page:
            return None
        is_new = found is not self._of_earlier_runs.get(url_key(url))  # its file may not be written yet
        return found if is_new or (self._folder / found.file).is_file() else None

    def find(self, url: str) -> Retrieved | None:
        """Return the page or photo that was fetched from `url`, also if its file was removed."""
        return self._retrieved.get(url_key(url))

    @contextlib.contextmanager
    def open_writer(self, user_agent: str, *, keep_versions: bool = False) -> Iterator[ArchiveWriter]:
        """Open the folder for writing, created if necessary, and lock it against other runs.

        With `keep_versions`, replaced files are kept. A new WARC file records `user_agent`. A folder to which nothing
        was ever added is removed at the end. Raises OutputError if another run holds the lock, or if the folder cannot
        be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._listing.open("ab") as listing, _exclusive_lock(listing.fileno(), self._folder):
                self._load()  # again, since another run may have written before we had the lock
                listing.truncate(self._listing_length)
                warc = WarcFile(_path_inside(self._folder, WARC_FILE_NAME), self._warc_length, user_agent)
                with ArchiveWriter(
                    self._folder,
                    warc,
                    listing.fileno(),
                    self._retrieved,
                    self._urls_by_file,
                    keep_versions=keep_versions,
                ) as writer:
                    yield writer
                if not self._listing.stat().st_size:
                    self._remove()
        except OSError as reason:
            raise write_error(self._folder, reason) from reason

    def _remove(self) -> None:
        self._listing.unlink()
        with contextlib.suppress(OSError):  # the user may have put something into it meanwhile
            self._folder.rmdir()


@contextlib.contextmanager
def _exclusive_lock(handle: int, folder: Path) -> Iterator[None]:
    """Lock the open file `handle` against other runs, except on Windows, which has no such lock."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(
            "another run is writing into this folder", where=str(folder), what_next="wait until it has ended"
        ) from None
    yield


class ArchiveWriter:
    """Adds retrievals to a folder. They can be read back at once; a thread writes them to the disk.

    The future `written` is done when the last retrieval is on the disk. After an error, which the future raises,
    nothing is written any more.
    """

    def __init__(
        self,
        folder: Path,
        warc: WarcFile,
        listing: int,
        retrieved: dict[str, Retrieved],
        urls_by_file: dict[str, str],
        *,
        keep_versions: bool,
    ) -> None:
        self._folder, self._warc, self._listing, self._keep_versions = folder, warc, listing, keep_versions
        self._retrieved, self._urls_by_file = retrieved, urls_by_file
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._unwritten: dict[str, bytes] = {}
        self.written: Future[None] = Future()
        self.written.set_result(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, place: TracebackType | None
    ) -> None:
        """Wait until everything is written."""
        self._thread.shutdown()

    def add(self, exchange: Exchange, *, page: bool = False, shows: tuple[str, ...] = ()) -> Retrieved:
        """Add a photo, or a page; `shows` are the URLs of its photos, which were added before."""
        final, retrieval = exchange.final, exchange.retrieval
        file = self._choose_file(final.url, final.media_type)
        retrieved = Retrieved(
            url=final.url,
            file=file,
            time=retrieval.time,
            status=retrieval.status,
            headers=retrieval.headers,
            sha256=retrieval.sha256,
            warc=0,
            via=tuple(dict.fromkeys(each.url for each in exchange.responses[:-1] if each.url != final.url)),
            page=page,
            shows=shows,
            earlier=self._earlier_file(final.url, file, retrieval.sha256),
        )
        self._unwritten[retrieved.file] = final.content
        return self._enqueue(retrieved, exchange)

    def _earlier_file(self, url: str, file: str, sha256: str) -> str:
        """Return the file in `VERSIONS_FOLDER` for the current content of `file`; "" if it need not be kept."""
        before = self._retrieved.get(url_key(url))
        if not self._keep_versions or before is None or before.file != file or before.sha256 == sha256:
            return ""
        return f"{VERSIONS_FOLDER}/{before.sha256[:16]}/{file.removeprefix(f'{FILES_FOLDER}/')}"

    def mark_unchanged(self, retrieved: Retrieved, checked: dt.datetime, shows: tuple[str, ...]) -> None:
        """Record that a page was found unchanged at `checked`, and which photos it shows."""
        self._enqueue(msgspec.structs.replace(retrieved, checked=checked, shows=shows), None)

    def read(self, retrieved: Retrieved) -> bytes | None:
        """Return the content of a retrieval; None if its file is missing."""
        unwritten = self._unwritten.get(retrieved.file)
        if unwritten is not None:
            return unwritten
        try:
            return read_large_file(_path_inside(self._folder, retrieved.file))
        except SourceError:
            return None

    def _enqueue(self, retrieved: Retrieved, exchange: Exchange | None) -> Retrieved:
        self._retrieved.update(latest_by_url([retrieved]))
        self._urls_by_file[fold_case(retrieved.file)] = retrieved.url
        self.written = self._thread.submit(self._write, retrieved, exchange, self.written)
        return retrieved

    def _write(self, retrieved: Retrieved, exchange: Exchange | None, before: Future[None]) -> None:
        """Write one retrieval after `before`, the write of the previous one; raise the error of `before` if any."""
        before.result()
        if exchange:
            path = _path_inside(self._folder, retrieved.file)
            if retrieved.earlier:
                _keep(path, _path_inside(self._folder, retrieved.earlier))
            write_file(path, exchange.final.content)
            self._warc.append(exchange)
        os.write(self._listing, _encode_line(msgspec.structs.replace(retrieved, warc=self._warc.length)))
        os.fsync(self._listing)
        if exchange and self._unwritten.get(retrieved.file) is exchange.final.content:
            del self._unwritten[retrieved.file]

    def _choose_file(self, url: str, media_type: str) -> str:
        """Return the path of the file for `url`: that of an earlier retrieval, or a free one."""
        before = self._retrieved.get(url_key(url))
        if before and before.url == url:
            return before.file
        suffix = _suffix_for(url, media_type)
        candidates = (f"{FILES_FOLDER}/{stem}{suffix}" for stem in spellings(url))
        return next(file for file in candidates if self._is_free(file, url))

    def _is_free(self, file: str, url: str) -> bool:
        """Return whether the content of `url` may be written to the path `file`."""
        folded = fold_case(file)
        if self._urls_by_file.get(folded, url) != url:
            return False
        parts = folded.split("/")
        parents = ("/".join(parts[:end]) for end in range(1, len(parts)))
        return not any(path in self._urls_by_file for path in parents) and not (self._folder / file).is_dir()


def _keep(path: Path, kept: Path) -> None:
    """Copy a file that will be replaced to `kept`, unless an interrupted run has done so."""
    if path.exists() and not kept.exists():
        write_file(kept, path.read_bytes())


def _path_inside(folder: Path, file: str) -> Path:
    """Return the path of `file` in `folder`; raise OutputError if a symbolic link leads out of the folder."""
    path = folder / file
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise OutputError("a link leads out of the folder", where=str(path), what_next="remove the link")
    return path


def _suffix_for(url: str, media_type: str) -> str:
    """Return the suffix to append to the file name of `url`: ".html" for HTML, "" if the URL has a fitting one."""
    if media_type in HTML_TYPES:
        return ".html"
    own_suffix = Path(stem_with_suffix(url).rpartition("/")[2]).suffix.lower()
    own_type = mimetypes.guess_type(f"x{own_suffix}")[0]
    return "" if own_type == media_type else mimetypes.guess_extension(media_type) or ""


def _encode_line(retrieved: Retrieved) -> bytes:
    return msgspec.json.encode(retrieved) + b"\n"

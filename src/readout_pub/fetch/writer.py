"""Adding to the folder that `fetch` fills, behind the back of whoever asks the web.

A retrieval is written in this order: its file, its records, its line in the list. What was written without its line is
written again, so a run can be ended at any moment. All is written by one thread, one retrieval after the other, while
the next answer is on its way: a disk takes as long to say that something is safe as a server to answer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
import os
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from readout_pub.atomic import write_file
from readout_pub.errors import OutputError
from readout_pub.output_names import SPELLINGS, fold_case, stem_with_suffix
from readout_pub.sources.fetch_folder import Retrieved, latest
from readout_pub.sources.urls import url_key
from readout_pub.sources.web.response import Exchange
from readout_pub.sources.web.warc import WarcFile

FILES = "files"
"""The folder of pages and photos, below which each host has one."""


class ArchiveWriter:
    """Adds retrievals to an archive. What it is told is known at once, and `safe` when it is written.

    What could not be written is raised by `safe`; nothing behind it is written any more.
    """

    def __init__(
        self, folder: Path, warc: WarcFile, listing: int, kept: dict[str, Retrieved], taken: dict[str, str]
    ) -> None:
        self._folder, self._warc, self._listing, self._kept, self._taken = folder, warc, listing, kept, taken
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._unwritten: dict[str, bytes] = {}
        self.safe: Future[None] = Future()
        self.safe.set_result(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, place: TracebackType | None
    ) -> None:
        """Wait until all is written."""
        self._thread.shutdown()

    def keep(self, visit: Exchange, *, page: bool = False, shows: tuple[str, ...] = ()) -> Retrieved:
        """Keep what a visit found: a photo, or a page whose photos are kept already."""
        last, record = visit.last, visit.record
        kept = Retrieved(
            url=last.url,
            file=self._name(last.url, last.media_type),
            time=record.time,
            status=record.status,
            headers=record.headers,
            sha256=record.sha256,
            warc=0,
            via=tuple(dict.fromkeys(answer.url for answer in visit.answers[:-1] if answer.url != last.url)),
            page=page,
            shows=shows,
        )
        self._unwritten[kept.file] = last.content
        return self._add(kept, visit)

    def still_holds(self, kept: Retrieved, moment: dt.datetime, shows: tuple[str, ...]) -> None:
        """Note that something has not changed since it was fetched."""
        self._add(msgspec.structs.replace(kept, checked=moment, shows=shows), None)

    def read(self, kept: Retrieved) -> bytes | None:
        """Read the content of something kept; None if its file is gone."""
        unwritten = self._unwritten.get(kept.file)
        if unwritten is not None:
            return unwritten
        try:
            return within(self._folder, kept.file).read_bytes()
        except OSError:
            return None

    def _add(self, kept: Retrieved, visit: Exchange | None) -> Retrieved:
        self._kept.update(latest([kept]))
        self._taken[fold_case(kept.file)] = kept.url
        self.safe = self._thread.submit(self._write, kept, visit, self.safe)
        return kept

    def _write(self, kept: Retrieved, visit: Exchange | None, before: Future[None]) -> None:
        """Write a retrieval, if all before it is written."""
        before.result()
        if visit:
            write_file(within(self._folder, kept.file), visit.last.content)
            self._warc.append(visit)
        os.write(self._listing, line_of(msgspec.structs.replace(kept, warc=self._warc.length)))
        os.fsync(self._listing)
        if visit and self._unwritten.get(kept.file) is visit.last.content:
            del self._unwritten[kept.file]

    def _name(self, url: str, media_type: str) -> str:
        """Name the file for an address; the same as before, and one that nothing else has."""
        before = self._kept.get(url_key(url))
        if before and before.url == url:
            return before.file
        suffix = _suffix(url, media_type)
        names = (f"{FILES}/{spell(url)}{suffix}" for spell in SPELLINGS)
        # Where an address below a file stands, as a.html/b.html does, only a name of no folders is free.
        last = f"{FILES}/{hashlib.sha256(url.encode()).hexdigest()}{suffix}"
        return next((name for name in names if self._is_free(name, url)), last)

    def _is_free(self, name: str, url: str) -> bool:
        """Say whether no other address has this name, nor one that would be its folder or lie in it."""
        mine = fold_case(name)
        if self._taken.get(mine, url) != url:
            return False
        parents = mine.split("/")
        above = ("/".join(parents[:end]) for end in range(1, len(parents)))
        return not any(path in self._taken for path in above) and not (self._folder / name).is_dir()


def within(folder: Path, file: str) -> Path:
    """Return the path of a file in a folder; an OutputError if a link leads out of it."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise OutputError("a link leads out of the folder", where=str(path), what_next="remove the link")
    return path


def _suffix(url: str, media_type: str) -> str:
    """Return the suffix that tells a program what the file is: that of the address where it has one for the type."""
    if media_type in {"text/html", "application/xhtml+xml"}:
        return ".html"
    written = Path(stem_with_suffix(url).rpartition("/")[2]).suffix.lower()
    guessed = mimetypes.guess_type(f"x{written}")[0]
    return "" if guessed == media_type else mimetypes.guess_extension(media_type) or ""


def line_of(kept: Retrieved) -> bytes:
    """Return the line of a retrieval in the list."""
    return msgspec.json.encode(kept) + b"\n"

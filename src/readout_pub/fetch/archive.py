"""The folder that `fetch` fills: pages and photos as files, a web archive of the same, and the list that joins them.

A retrieval is written in this order: its file, its records, its line in the list. What was written without its line is
written again, so a run can be ended at any moment.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import mimetypes
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from readout_pub.atomic import write_file
from readout_pub.errors import OutputError, UsageError
from readout_pub.sources.addresses import key
from readout_pub.sources.fetched import Kept, latest, read_listing
from readout_pub.sources.shapes import LISTING
from readout_pub.sources.web.answer import Visit
from readout_pub.sources.web.warc import WarcFile
from readout_pub.stems import SPELLINGS, folded, with_suffix

WARC = "archive.warc.gz"
FILES = "files"
"""The folder of pages and photos, below which each host has one."""


class FetchArchive:
    """What was fetched into a folder, and the way to add to it. Only one run at a time may write to it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._listing = folder, within(folder, LISTING)
        if not self._listing.exists() and folder.exists():
            strangers = [path.name for path in folder.iterdir() if path.name not in {WARC, FILES}]
            if strangers:
                raise UsageError(
                    f"the folder holds {strangers[0]}, which no fetch has put there",
                    where=str(folder),
                    what_next="name a folder of its own with -o",
                )
        self._load()

    def _load(self) -> None:
        there = self._listing.exists()
        lines = list(read_listing(self._listing.read_bytes(), str(self._listing))) if there else []
        self._kept = latest(lines)
        self._taken = {folded(each.file): each.url for each in lines}
        self._length = sum(len(_line(each)) for each in lines)
        self._warc_length = lines[-1].warc if lines else 0

    def page(self, url: str) -> Kept | None:
        """Return the page that was fetched from an address, or to which it led."""
        found = self._kept.get(key(url))
        return found if found and found.page else None

    def file(self, url: str) -> Kept | None:
        """Return what was fetched from an address."""
        return self._kept.get(key(url))

    def read(self, kept: Kept) -> bytes | None:
        """Read the content of something kept; None if its file is gone."""
        try:
            return within(self._folder, kept.file).read_bytes()
        except OSError:
            return None

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writer]:
        """Let a run add to the archive; a UsageError says that another one does so already."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._listing.open("ab") as listing, _alone(listing.fileno(), self._folder):
                self._load()  # once more, since another run may have ended just now
                listing.truncate(self._length)
                warc = WarcFile(within(self._folder, WARC), self._warc_length)
                yield Writer(self._folder, warc, listing.fileno(), self._kept, self._taken)
        except OSError as reason:
            raise OutputError(
                f"it cannot be written ({reason.strerror or reason})", where=str(self._folder)
            ) from reason


class Writer:
    """Adds retrievals to an archive."""

    def __init__(
        self, folder: Path, warc: WarcFile, listing: int, kept: dict[str, Kept], taken: dict[str, str]
    ) -> None:
        self._folder, self._warc, self._listing, self._kept, self._taken = folder, warc, listing, kept, taken

    def keep(self, visit: Visit, *, page: bool = False, shows: tuple[str, ...] = ()) -> Kept:
        """Keep what a visit found: a photo, or a page whose photos are kept already."""
        last, record = visit.last, visit.record
        file = self._name(last.url, last.media_type)
        write_file(within(self._folder, file), last.content)
        self._warc.append(visit)
        kept = Kept(
            url=last.url,
            file=file,
            time=record.time,
            status=record.status,
            headers=record.headers,
            sha256=record.sha256,
            warc=self._warc.length,
            via=tuple(dict.fromkeys(answer.url for answer in visit.answers[:-1] if answer.url != last.url)),
            page=page,
            shows=shows,
        )
        self._append(kept)
        return kept

    def still_holds(self, kept: Kept, moment: dt.datetime, shows: tuple[str, ...]) -> None:
        """Note that something has not changed since it was fetched."""
        self._append(msgspec.structs.replace(kept, checked=moment, shows=shows, warc=self._warc.length))

    def _append(self, kept: Kept) -> None:
        os.write(self._listing, _line(kept))
        os.fsync(self._listing)
        self._kept.update(latest([kept]))
        self._taken[folded(kept.file)] = kept.url

    def _name(self, url: str, media_type: str) -> str:
        """Name the file for an address; the same as before, and one that nothing else has."""
        before = self._kept.get(key(url))
        if before and before.url == url:
            return before.file
        suffix = _suffix(url, media_type)
        names = (f"{FILES}/{spell(url)}{suffix}" for spell in SPELLINGS)
        # Where an address below a file stands, as a.html/b.html does, only a name of no folders is free.
        last = f"{FILES}/{hashlib.sha256(url.encode()).hexdigest()}{suffix}"
        return next((name for name in names if self._is_free(name, url)), last)

    def _is_free(self, name: str, url: str) -> bool:
        """Say whether no other address has this name, nor one that would be its folder or lie in it."""
        mine = folded(name)
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
    written = Path(with_suffix(url).rpartition("/")[2]).suffix.lower()
    guessed = mimetypes.guess_type(f"x{written}")[0]
    return "" if guessed == media_type else mimetypes.guess_extension(media_type) or ""


def _line(kept: Kept) -> bytes:
    return msgspec.json.encode(kept) + b"\n"


@contextlib.contextmanager
def _alone(handle: int, folder: Path) -> Iterator[None]:
    """Keep other runs out, where the system can."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(
            "another run is writing into this folder", where=str(folder), what_next="wait until it has ended"
        ) from None
    yield

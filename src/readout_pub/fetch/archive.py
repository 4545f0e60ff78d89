"""The folder that `fetch` fills: pages and photos as files, a web archive of the same, and the list that joins them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from readout_pub.errors import OutputError, UsageError
from readout_pub.fetch.writer import FILES, ArchiveWriter, line_of, within
from readout_pub.output_names import fold_case
from readout_pub.sources.fetch_folder import Retrieved, latest, read_listing
from readout_pub.sources.source_formats import LISTING
from readout_pub.sources.urls import url_key
from readout_pub.sources.web.warc import WarcFile

WARC = "archive.warc.gz"


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
        self._taken = {fold_case(each.file): each.url for each in lines}
        self._length = sum(len(line_of(each)) for each in lines)
        self._warc_length = lines[-1].warc if lines else 0

    def page(self, url: str) -> Retrieved | None:
        """Return the page that was fetched from an address, or to which it led."""
        found = self._kept.get(url_key(url))
        return found if found and found.page else None

    def file(self, url: str) -> Retrieved | None:
        """Return what was fetched from an address."""
        return self._kept.get(url_key(url))

    @contextlib.contextmanager
    def writing(self, agent: str) -> Iterator[ArchiveWriter]:
        """Let a run add to the archive what `agent` asks for; a UsageError says that another one does so already.

        A new folder in which nothing was kept is taken away.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._listing.open("ab") as listing, _alone(listing.fileno(), self._folder):
                self._load()  # once more, since another run may have ended just now
                listing.truncate(self._length)
                warc = WarcFile(within(self._folder, WARC), self._warc_length, agent)
                with ArchiveWriter(self._folder, warc, listing.fileno(), self._kept, self._taken) as writer:
                    yield writer
                if not self._listing.stat().st_size:
                    self._remove()
        except OSError as reason:
            raise OutputError(
                f"it cannot be written ({reason.strerror or reason})", where=str(self._folder)
            ) from reason

    def _remove(self) -> None:
        self._listing.unlink()
        with contextlib.suppress(OSError):  # somebody has put something into it
            self._folder.rmdir()


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

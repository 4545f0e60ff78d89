"""What has been done already: a row a page, in a SQLite file that one process at a time may hold.

Nothing here grows with the number of pages but the file: what is seen and what is to be done in a run stand in
temporary tables, which SQLite keeps on the disk.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from readout_pub.errors import OutputError
from readout_pub.ledger.entry import Failure, LedgerEntry, OutputFile, RenditionRecord, encode_file_names

__all__ = [
    "FILE_NAME",
    "Failure",
    "Ledger",
    "LedgerEntry",
    "LedgerRow",
    "OutputFile",
    "QueuedPage",
    "RenditionRecord",
    "encode_file_names",
]

FILE_NAME = "ledger.sqlite"
VERSION = 1
"""Raised when the tables change; a ledger of another version is refused."""

_TABLES = """
CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    archive TEXT NOT NULL,       -- the source that was named: absolute, or an address
    name TEXT NOT NULL,          -- the page within it
    label TEXT NOT NULL,         -- what its files are named after
    plain TEXT NOT NULL,         -- the shortest stem of that, folded
    stem TEXT,                   -- the one it was given, for good
    folded TEXT UNIQUE,
    failed INTEGER NOT NULL DEFAULT 0,
    issued TEXT,
    entry TEXT,                  -- an Entry as JSON
    UNIQUE (archive, name)
) STRICT;
CREATE INDEX pages_plain ON pages (plain);
CREATE TABLE state (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
"""

_OF_THIS_RUN = """
CREATE TEMPORARY TABLE seen (page INTEGER PRIMARY KEY) STRICT;
CREATE TEMPORARY TABLE todo (
    position INTEGER PRIMARY KEY, page INTEGER NOT NULL, parcel BLOB NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TEMPORARY VIEW known AS SELECT id, archive, name, coalesce(stem, '') AS stem, entry FROM pages;
"""


class LedgerRow(NamedTuple):
    """A page of the ledger; `stem` is the path of its files without their suffixes."""

    id: int
    archive: str
    name: str
    stem: str
    entry: LedgerEntry | None


class QueuedPage(NamedTuple):
    """A page that is to be converted, with the parcel that was left for it and the reason."""

    row: LedgerRow
    parcel: bytes
    reason: str


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(LedgerEntry).decode


class Ledger:
    """The pages of one output folder. Raises an OutputError where the file cannot be held, read or written."""

    def __init__(self, folder: Path | None) -> None:
        """Open the ledger of `folder`, which must exist; None for one that is forgotten."""
        self._where = str(folder / FILE_NAME) if folder else ":memory:"
        with self._worded():
            self._base = sqlite3.connect(self._where, timeout=0, isolation_level=None)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")  # of two runs the second is refused
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute("PRAGMA temp_store = FILE")
            self._set_up()
            self._base.executescript(_OF_THIS_RUN)

    def _set_up(self) -> None:
        (version,) = self._base.execute("PRAGMA user_version").fetchone()
        if version == 0:
            self._base.executescript(f"BEGIN EXCLUSIVE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
        elif version != VERSION:
            raise OutputError(
                "the ledger was written by another version of this program",
                where=self._where,
                what_next="name another folder, or remove the ledger to make everything again",
            )

    @contextlib.contextmanager
    def _worded(self) -> Iterator[None]:
        """Turn SQLite's errors into sentences."""
        try:
            yield
        except sqlite3.Error as reason:
            if "locked" in str(reason):
                raise OutputError(
                    "another batch is at work in this folder",
                    where=str(Path(self._where).parent.parent),
                    what_next="wait until it has ended, or name another folder with -o",
                ) from reason
            damaged = isinstance(reason, sqlite3.DatabaseError) and not isinstance(reason, sqlite3.OperationalError)
            raise OutputError(
                f"the ledger cannot be used ({reason})",
                where=self._where,
                what_next="remove it, and everything is made again" if damaged else "free some space, or mend the disk",
            ) from reason

    def close(self) -> None:
        """Let another run have it."""
        self._base.close()

    @contextlib.contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[None]:
        """Write all that is done within, or nothing if it fails or `keep` is false."""
        with self._worded():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT" if keep else "ROLLBACK")

    # --- planning

    def page(self, archive: str, name: str, label: str, plain: str) -> LedgerRow | None:
        """Find a page, or take it in; None if this run has met it already."""
        query = "SELECT * FROM known WHERE archive = ? AND name = ?"
        row = self._base.execute(query, (archive, name)).fetchone()
        if row is None:
            insert = "INSERT INTO pages (archive, name, label, plain) VALUES (?, ?, ?, ?)"
            number = self._base.execute(insert, (archive, name, label, plain)).lastrowid
            row = (number, archive, name, "", None)
        new = self._base.execute("INSERT OR IGNORE INTO seen VALUES (?)", (row[0],)).rowcount
        return _row(row) if new else None

    def wait(self, page: int, parcel: bytes, reason: str) -> None:
        """Note that a page is to be converted, in the order of calls."""
        self._base.execute("INSERT INTO todo (page, parcel, reason) VALUES (?, ?, ?)", (page, parcel, reason))

    def name_pages(self, spellings: Sequence[Callable[[str], str]], is_taken: Callable[[str], bool]) -> None:
        """Give every new page a stem that no other has: of its label, by the first of `spellings` that is free.

        The first, shortest one is free only if no other page, old or new, would be spelled so. `is_taken` says what is
        never given.
        """
        new = "SELECT id, label, plain FROM pages WHERE stem IS NULL AND id > ? ORDER BY id LIMIT 256"
        for number, label, plain in self._parts(new):
            (alike,) = self._base.execute("SELECT count(*) FROM pages WHERE plain = ?", (plain,)).fetchone()
            for spell in spellings[1:] if alike > 1 else spellings:
                stem = spell(label)
                if not is_taken(stem) and self._give(number, stem):
                    break

    def _give(self, page: int, stem: str) -> bool:
        update = "UPDATE OR IGNORE pages SET stem = ?, folded = ? WHERE id = ?"
        return self._base.execute(update, (stem, stem.casefold(), page)).rowcount > 0

    # --- working

    def waiting(self) -> Iterator[QueuedPage]:
        """Yield what is to be done, in its order; rows may be recorded in between."""
        query = """SELECT position, parcel, reason, known.* FROM todo JOIN known ON known.id = todo.page
            WHERE position > ? ORDER BY position LIMIT 256"""
        return (QueuedPage(_row(row), parcel, reason) for _, parcel, reason, *row in self._parts(query))

    def record(self, page: int, entry: LedgerEntry) -> None:
        """Write down what became of a page."""
        with self.transaction():
            update = "UPDATE pages SET entry = ?, failed = ?, issued = ? WHERE id = ?"
            self._base.execute(update, (_encode(entry).decode(), entry.failure is not None, entry.issued, page))
            self._note_change()

    def vanished(self) -> Iterator[LedgerRow]:
        """Yield the pages that archives of this run once held, and hold no more."""
        query = """SELECT * FROM known WHERE id > ? AND id NOT IN (SELECT page FROM seen)
            AND archive IN (SELECT archive FROM pages JOIN seen ON seen.page = pages.id) ORDER BY id LIMIT 256"""
        return map(_row, self._parts(query))

    def forget(self, page: int) -> None:
        """Remove a page."""
        with self.transaction():
            self._base.execute("DELETE FROM pages WHERE id = ?", (page,))
            self._note_change()

    def _note_change(self) -> None:
        self._base.execute("INSERT OR IGNORE INTO state VALUES ('changed')")

    # --- reporting

    def converted(self) -> Iterator[LedgerRow]:
        """Yield all pages that were converted or failed, the newest readout first, those without a date last."""
        query = """SELECT known.* FROM known JOIN pages USING (id) WHERE pages.entry IS NOT NULL
            ORDER BY issued IS NULL, issued DESC, known.stem"""
        return map(_row, self._base.execute(query))

    @property
    def changed(self) -> bool:
        """Whether anything was recorded since the reports were last written."""
        return self._base.execute("SELECT 1 FROM state WHERE name = 'changed'").fetchone() is not None

    def reported(self) -> None:
        """Note that the reports say what the ledger says."""
        with self.transaction():
            self._base.execute("DELETE FROM state WHERE name = 'changed'")

    def _parts(self, query: str) -> Iterator[Sequence[Any]]:
        """Yield the rows of a query part by part, so that others can be written in between.

        It has to ask for rows whose first column is greater than a number, in the order of that column.
        """
        last = 0
        while rows := self._base.execute(query, (last,)).fetchall():
            yield from rows
            last = rows[-1][0]


def _row(row: Sequence[Any]) -> LedgerRow:
    number, archive, name, stem, entry = row
    return LedgerRow(number, archive, name, stem, _decode(entry) if entry else None)

"""The ledger: what has been converted already, in a SQLite file with one row for each page.

Only one process at a time can open it. Memory does not grow with the number of pages: SQLite keeps the pages of a run
and its queue in temporary tables on disk.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from readout_pub.errors import DECODE_ERRORS, OutputError
from readout_pub.ledger.entry import Failure, LedgerEntry, OutputFile, PageVersion, RenditionRecord, encode_file_names
from readout_pub.notes import ABOUT_ARCHIVES
from readout_pub.output_names import blocking_stems, fold_case, spellings

__all__ = [
    "FILE_NAME",
    "Failure",
    "Ledger",
    "LedgerEntry",
    "LedgerRow",
    "NoteCounts",
    "OutputFile",
    "PageVersion",
    "QueuedPage",
    "RenditionRecord",
    "encode_file_names",
]

FILE_NAME = "ledger.sqlite"
SCHEMA_VERSION = 3
"""Increased when the tables change; a ledger of another version is refused."""

_TABLES = """
CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    archive TEXT NOT NULL,       -- the input that the user named: an absolute path or a URL
    name TEXT NOT NULL,          -- the page within it
    label TEXT NOT NULL,         -- what the page's files are named after
    plain TEXT NOT NULL,         -- the shortest stem (output path without suffix) of the label, case-folded
    stem TEXT,                   -- the stem that the page keeps for good
    folded TEXT UNIQUE,          -- the same, case-folded
    -- 0 while the page is in its archive. Once a run finds it missing: the lowest id that was free when that run began
    gone INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    errors INTEGER NOT NULL DEFAULT 0,
    warnings INTEGER NOT NULL DEFAULT 0,
    issued TEXT,
    source_sha256 TEXT,          -- of the page's bytes; NULL if the whole page failed
    entry TEXT,                  -- a LedgerEntry as JSON
    UNIQUE (archive, name)
) STRICT;
CREATE INDEX pages_plain ON pages (plain);
CREATE INDEX pages_source ON pages (source_sha256);
CREATE TABLE claims (  -- files that this program wrote or began to write: the stem of the page, then this suffix
    page INTEGER NOT NULL, suffix TEXT NOT NULL, PRIMARY KEY (page, suffix)
) STRICT, WITHOUT ROWID;
CREATE TABLE state (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
"""

_TEMPORARY_TABLES = """
CREATE TEMPORARY TABLE seen (page INTEGER PRIMARY KEY) STRICT;
CREATE TEMPORARY TABLE queue (
    position INTEGER PRIMARY KEY, page INTEGER NOT NULL, pickled_page BLOB NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TEMPORARY VIEW known AS SELECT id, archive, name, coalesce(stem, '') AS stem, entry FROM pages;
CREATE TEMPORARY VIEW archives_of_run AS SELECT DISTINCT archive FROM pages JOIN seen ON seen.page = pages.id;
-- For each page, two older pages with the same source bytes, if there are such. `original` is still in its archive, so
-- the page is a copy of it. `former` was missing when a run first found the page, so the page is `former`, renamed.
CREATE TEMPORARY VIEW twins AS SELECT id, name, gone,
    (SELECT id FROM pages AS twin WHERE twin.source_sha256 = pages.source_sha256 AND twin.id < pages.id
        AND NOT twin.gone ORDER BY twin.id LIMIT 1) AS original,
    (SELECT id FROM pages AS twin WHERE twin.source_sha256 = pages.source_sha256 AND twin.id < pages.id
        AND twin.gone AND twin.gone <= pages.id ORDER BY twin.gone DESC, twin.id DESC LIMIT 1) AS former
    FROM pages;
"""


class LedgerRow(NamedTuple):
    """A page of the ledger; `stem` is the path of its files without their suffixes.

    A `damaged` page has an unreadable entry. A page that is `gone` was missing when its archive was last read.
    `copy_of` and `renamed_from` name an earlier page with the same source bytes: `copy_of` if that page still exists,
    `renamed_from` if it was gone before this page came. Only `converted_pages` sets the last three.
    """

    id: int
    archive: str
    name: str
    stem: str
    entry: LedgerEntry | None
    damaged: bool = False
    gone: bool = False
    copy_of: str | None = None
    renamed_from: str | None = None


class NoteCounts(NamedTuple):
    """How many errors and warnings all pages have together, and how many pages have at least one."""

    errors: int
    warnings: int
    pages: int


class Renaming(NamedTuple):
    """The `former` and the present `name` of a page.

    `lost_alts` is true if only the former name has alternative texts or decisions on photos.
    """

    former: str
    name: str
    lost_alts: bool


class QueuedPage(NamedTuple):
    """A page to convert, with its pickled SavedPage and the reason."""

    row: LedgerRow
    pickled_page: bytes
    reason: str


_encode_entry = msgspec.json.Encoder().encode
_decode_entry = msgspec.json.Decoder(LedgerEntry).decode


class Ledger:
    """The pages of one output folder. Raises OutputError if another run uses the file, or the file cannot be used."""

    def __init__(self, folder: Path | None) -> None:
        """Open the ledger of `folder`, which must exist; None opens an empty one in memory."""
        self._where = str(folder / FILE_NAME) if folder else ":memory:"
        with self.translated_errors():
            self._db = sqlite3.connect(self._where, timeout=0, isolation_level=None)
            # Then invalid UTF-8 makes one row unreadable, not the whole ledger.
            self._db.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")  # refuses a second run in the folder
            # With WAL and NORMAL a commit needs no fsync. A power failure can lose the last entries, which are
            # converted again, but cannot damage the file (sqlite.org/pragma.html#pragma_synchronous).
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA temp_store = FILE")
            self._create_tables()
            self._db.executescript(_TEMPORARY_TABLES)
            (self._first_new_page,) = self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM pages").fetchone()

    def _create_tables(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version == 0:
            self._db.executescript(f"BEGIN EXCLUSIVE; {_TABLES} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        elif version != SCHEMA_VERSION:
            raise OutputError(
                "the ledger was written by another version of this program",
                where=self._where,
                what_next="name another folder, or remove the ledger to convert everything again",
            )
        if self._db.execute("SELECT 1 FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchone():
            # A trigger could remove pages from the plan.
            raise OutputError(
                "the ledger has triggers or views, which this program does not make",
                where=self._where,
                what_next="remove it; the next run converts everything again",
            )

    @contextlib.contextmanager
    def translated_errors(self) -> Iterator[None]:
        """Raise SQLite's errors as OutputError."""
        try:
            yield
        except sqlite3.Error as reason:
            if "locked" in str(reason):
                raise OutputError(
                    "another batch is running in this folder",
                    where=str(Path(self._where).parent.parent),
                    what_next="wait until it has ended, or name another folder with -o",
                ) from reason
            damaged = isinstance(reason, sqlite3.DatabaseError) and not isinstance(reason, sqlite3.OperationalError)
            raise OutputError(
                f"the ledger cannot be used ({reason})",
                where=self._where,
                what_next="remove it; the next run converts everything again"
                if damaged
                else "free some space, or check the disk",
            ) from reason

    def close(self) -> None:
        """Close the file, so that another run can open it."""
        self._db.close()

    @contextlib.contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[None]:
        """Commit the changes made in this context; undo them if an exception is raised or `keep` is false."""
        with self.translated_errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT" if keep else "ROLLBACK")

    # --- planning

    def has_pages(self) -> bool:
        """Return whether the ledger has any page, even one whose source is gone."""
        return self._db.execute("SELECT 1 FROM pages LIMIT 1").fetchone() is not None

    def archives(self) -> list[str]:
        """Return all archives with pages in the ledger."""
        return [archive for (archive,) in self._db.execute("SELECT DISTINCT archive FROM pages ORDER BY archive")]

    def has_page(self, archive: str, name: str) -> bool:
        """Return whether the page `name` of `archive` is in the ledger."""
        query = "SELECT 1 FROM pages WHERE archive = ? AND name = ?"
        return self._db.execute(query, (archive, name)).fetchone() is not None

    def archives_with_page(self, name: str, source_sha256: str) -> list[str]:
        """Return all archives with a page `name` whose bytes have this SHA-256 (hex), in their order in the ledger."""
        query = "SELECT archive FROM pages WHERE source_sha256 = ? AND name = ? ORDER BY id"
        return [archive for (archive,) in self._db.execute(query, (source_sha256, name))]

    def share_name(self, converted: str, other: str) -> bool:
        """Return whether the two archives have a page of the same name that has not failed in `converted`."""
        query = (
            "SELECT 1 FROM pages AS page CROSS JOIN pages AS twin ON twin.archive = ? AND twin.name = page.name"
            " WHERE page.archive = ? AND twin.source_sha256 IS NOT NULL LIMIT 1"
        )
        return self._db.execute(query, (converted, other)).fetchone() is not None

    def rename_archive(self, before: str, after: str) -> None:
        """Move the pages of the archive `before` to the archive `after`, all of whose pages are new in this run.

        A page in `after` with the same name gets the files and the entry.
        """
        same_name = (
            "SELECT page.id, twin.id FROM pages AS page JOIN pages AS twin USING (name)"
            " WHERE page.archive = ? AND twin.archive = ?"
        )
        for page, twin in self._db.execute(same_name, (before, after)).fetchall():
            self._hand_over(page, twin)
        self._db.execute("UPDATE pages SET archive = ? WHERE archive = ?", (after, before))
        self._mark_changed()

    def _hand_over(self, page: int, new: int) -> None:
        """Give the files and the entry of `page` to the page `new`, which has no files, and remove `page`."""
        handed_over = "stem, folded, failed, errors, warnings, issued, source_sha256, entry"
        values = self._db.execute(f"SELECT {handed_over} FROM pages WHERE id = ?", (page,)).fetchone()  # noqa: S608 - our names
        self._db.execute("UPDATE claims SET page = ? WHERE page = ?", (new, page))
        self._remove_page(page)
        places = ", ".join("?" for _ in values)
        self._db.execute(f"UPDATE pages SET ({handed_over}) = ({places}) WHERE id = ?", (*values, new))  # noqa: S608 - our names

    def register_page(self, archive: str, name: str, label: str, plain: str) -> LedgerRow | None:
        """Return the row of a page, added if it is new; None if this run has registered the page before.

        `archive` and `name` identify the page. Its files are named after `label`; `plain` is the shortest stem of the
        label, case-folded.
        """
        query = "SELECT * FROM known WHERE archive = ? AND name = ?"
        row = self._db.execute(query, (archive, name)).fetchone()
        if row is None:
            insert = "INSERT INTO pages (archive, name, label, plain) VALUES (?, ?, ?, ?)"
            number = self._db.execute(insert, (archive, name, label, plain)).lastrowid
            row = (number, archive, name, "", None)
        new = self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (row[0],)).rowcount
        return _decode_row(row) if new else None

    def enqueue(self, page: int, pickled_page: bytes, reason: str) -> None:
        """Add a page to the queue of pages to convert."""
        self._db.execute(
            "INSERT INTO queue (page, pickled_page, reason) VALUES (?, ?, ?)", (page, pickled_page, reason)
        )

    def assign_stems(self, avoid_reserved: Callable[[str], str]) -> None:
        """Give every new page a stem that no other page has: the first free spelling of its label.

        No new page gets the shortest spelling if others, old or new, share it. `avoid_reserved` replaces forbidden
        stems.
        """
        new = "SELECT id, label, plain FROM pages WHERE stem IS NULL AND id > ? ORDER BY id LIMIT 256"
        for number, label, plain in self._fetch_in_parts(new):
            (alike,) = self._db.execute("SELECT count(*) FROM pages WHERE plain = ?", (plain,)).fetchone()
            stems = map(avoid_reserved, spellings(label, skipped=1 if alike > 1 else 0))
            stem = next(stem for stem in stems if self._is_free(fold_case(stem)))
            update = "UPDATE pages SET stem = ?, folded = ? WHERE id = ?"
            self._db.execute(update, (stem, fold_case(stem), number))

    def reset_stems(self, avoid_reserved: Callable[[str], str]) -> None:
        """Forget stem, files and entry of pages with a reserved stem; only a ledger changed by hand has such pages."""
        stored = "SELECT id, stem FROM pages WHERE stem IS NOT NULL AND id > ? ORDER BY id LIMIT 256"
        for number, stem in self._fetch_in_parts(stored):
            if avoid_reserved(stem) != stem:
                self._db.execute("UPDATE pages SET stem = NULL, folded = NULL, entry = NULL WHERE id = ?", (number,))
                self._db.execute("DELETE FROM claims WHERE page = ?", (number,))
                self._mark_changed()

    def _is_free(self, folded: str) -> bool:
        """Return whether no page has this stem, and no file would have the name of another page's folder."""
        stems = (folded, *blocking_stems(folded))
        same_or_blocking = f"SELECT 1 FROM pages WHERE folded IN ({', '.join('?' * len(stems))})"  # noqa: S608 - only "?"
        # The reverse: the page "talks" writes "talks.html", but the page "talks.html/2031" needs a folder of that name.
        # Such stems sort between "talks." and "talks/", since "/" follows "." in ASCII.
        blocked = """SELECT 1 FROM pages WHERE folded > ?1 || '.' AND folded < ?1 || '/'
            AND instr(substr(folded, length(?1) + 1), '/')"""
        return not (
            self._db.execute(same_or_blocking, stems).fetchone() or self._db.execute(blocked, (folded,)).fetchone()
        )

    def mark_vanished(self, *, complete: bool) -> None:
        """Mark the pages of this run's archives as gone or as present again; unless `complete`, mark none as gone.

        In an archive that was read only up to a damaged place, the later pages would seem to be gone.
        """
        there = "UPDATE pages SET gone = 0 WHERE gone AND id IN (SELECT page FROM seen)"
        gone = """UPDATE pages SET gone = :first_new
            WHERE NOT gone AND id NOT IN (SELECT page FROM seen) AND archive IN archives_of_run"""
        values = {"first_new": self._first_new_page}
        changed = [self._db.execute(update, values).rowcount for update in ((there, gone) if complete else (there,))]
        if any(changed):
            self._mark_changed()

    def owns(self, stem: str, suffix: str) -> bool:
        """Return whether a page of this or an earlier run has the file with this stem and suffix."""
        query = "SELECT 1 FROM pages JOIN claims ON claims.page = pages.id WHERE folded = ? AND suffix = ?"
        return self._db.execute(query, (fold_case(stem), suffix)).fetchone() is not None

    # --- working

    def claimed_suffixes(self, page: int) -> set[str]:
        """Return the suffixes of the files of a page that this program has written, or has begun to write."""
        return {suffix for (suffix,) in self._db.execute("SELECT suffix FROM claims WHERE page = ?", (page,))}

    def claim(self, page: int, suffixes: Collection[str]) -> None:
        """Record, before files with these suffixes are written for a page, that they are this program's.

        A killed run may leave a file without an entry: the claim tells it from a user's file.
        """
        if suffixes:
            with self.transaction():
                self._db.executemany("INSERT INTO claims VALUES (?, ?)", ((page, suffix) for suffix in suffixes))

    def queued_pages(self) -> Iterator[QueuedPage]:
        """Yield the pages to convert in the order of the queue; entries may be recorded in between."""
        query = """SELECT position, pickled_page, reason, known.* FROM queue JOIN known ON known.id = queue.page
            WHERE position > ? ORDER BY position LIMIT 256"""
        return (
            QueuedPage(_decode_row(row), pickled_page, reason)
            for _, pickled_page, reason, *row in self._fetch_in_parts(query)
        )

    def row(self, page: int) -> LedgerRow:
        """Return the row of a page."""
        return _decode_row(self._db.execute("SELECT * FROM known WHERE id = ?", (page,)).fetchone())

    def entry(self, page: int) -> LedgerEntry | None:
        """Return the entry of a page; None if it has none, or a damaged one."""
        return self.row(page).entry

    def record(self, page: int, entry: LedgerEntry) -> None:
        """Store the outcome of a page."""
        with self.transaction():
            severities = Counter(note.severity for note in entry.all_notes)
            values = {
                "entry": _encode_entry(entry).decode(),
                "failed": entry.failure is not None,
                "errors": severities["error"],
                "warnings": severities["warning"],
                "issued": entry.issued,
                "source_sha256": entry.source_sha256 if entry.readout_digest else None,
            }
            columns = ", ".join(f"{name} = :{name}" for name in values)
            self._db.execute(f"UPDATE pages SET {columns} WHERE id = :id", {**values, "id": page})  # noqa: S608 - our names
            self._mark_changed()

    def replace_entry(self, page: int, entry: LedgerEntry) -> None:
        """Replace the entry of a page by one with the same outcome, so that no report is written again."""
        self._db.execute("UPDATE pages SET entry = ? WHERE id = ?", (_encode_entry(entry).decode(), page))

    def vanished(self) -> Iterator[LedgerRow]:
        """Yield the pages that an archive of this run had in an earlier run, but has no longer."""
        query = """SELECT known.* FROM known JOIN pages USING (id)
            WHERE pages.gone AND id > ? AND known.archive IN archives_of_run ORDER BY id LIMIT 256"""
        return map(_decode_row, self._fetch_in_parts(query))

    def delete(self, page: int) -> None:
        """Remove a page from the ledger."""
        with self.transaction():
            self._remove_page(page)
            self._mark_changed()

    def _remove_page(self, page: int) -> None:
        self._db.execute("DELETE FROM claims WHERE page = ?", (page,))
        self._db.execute("DELETE FROM pages WHERE id = ?", (page,))

    def _mark_changed(self) -> None:
        self._db.execute("INSERT OR IGNORE INTO state VALUES ('changed')")

    # --- reporting

    def converted_pages(self) -> Iterator[LedgerRow]:
        """Yield all pages that were converted or failed, the newest readout first, pages without a date last."""
        query = """SELECT known.*, twins.gone, (SELECT name FROM pages WHERE id = original),
            (SELECT name FROM pages WHERE id = former) FROM known JOIN pages USING (id) JOIN twins USING (id)
            WHERE pages.entry IS NOT NULL ORDER BY issued IS NULL, issued DESC, known.stem"""
        for *row, gone, original, former in self._db.execute(query):
            yield _decode_row(row)._replace(
                gone=bool(gone),
                copy_of=None if gone else original,
                renamed_from=None if gone or original else former,
            )

    def count_notes(self) -> NoteCounts:
        """Return how many errors and warnings all pages have; a warning about a whole archive counts once."""
        query = (
            "SELECT coalesce(sum(errors), 0), coalesce(sum(warnings), 0), count(*) FROM pages WHERE errors OR warnings"
        )
        errors, warnings, pages = self._db.execute(query).fetchone()
        return NoteCounts(errors, warnings - self._count_repeated_warnings(), pages)

    def _count_repeated_warnings(self) -> int:
        """Return how often pages repeat a warning about their archive."""
        codes = sorted(ABOUT_ARCHIVES)
        named = " OR ".join("instr(entry, ?)" for _ in codes)  # tested first: parsing every entry would take long
        query = f"""SELECT coalesce(sum(times - 1), 0) FROM (
            SELECT count(DISTINCT warned.id) AS times
            FROM (SELECT id, archive, entry FROM pages WHERE warnings AND ({named}) AND json_valid(entry)) AS warned
            JOIN json_each(warned.entry, '$.notes') AS note
            WHERE json_extract(note.value, '$.severity') = 'warning'
                AND json_extract(note.value, '$.code') IN ({", ".join("?" for _ in codes)})
            GROUP BY warned.archive, note.value)"""  # noqa: S608 - placeholders alone
        count: int = self._db.execute(query, (*codes, *codes)).fetchone()[0]
        return count

    def count_copies(self) -> int:
        """Return how many pages have the same source bytes as an earlier page that is still there."""
        query = "SELECT count(*) FROM twins WHERE NOT gone AND original IS NOT NULL"
        count: int = self._db.execute(query).fetchone()[0]
        return count

    def renamed(self) -> list[Renaming]:
        """Return each page that was renamed: see `LedgerRow.renamed_from`."""
        has_alts = "(json_valid({0}.entry) AND json_extract({0}.entry, '$.alts') IS NOT NULL)"
        query = f"""SELECT before.name, page.name, {has_alts.format("before")} AND NOT {has_alts.format("page")}
            FROM twins JOIN pages AS page USING (id) JOIN pages AS before ON before.id = former
            WHERE NOT twins.gone AND original IS NULL ORDER BY twins.id"""  # noqa: S608 - our names
        return [Renaming(former, name, bool(lost)) for former, name, lost in self._db.execute(query)]

    def has_unreported_changes(self, reports_key: str) -> bool:
        """Return whether anything was recorded or deleted since reports with this key were written."""
        names = {name for (name,) in self._db.execute("SELECT name FROM state")}
        return "changed" in names or _reported(reports_key) not in names

    def is_reported(self) -> bool:
        """Return whether reports have been written since anything was recorded or deleted."""
        names = {name for (name,) in self._db.execute("SELECT name FROM state")}
        return bool(names) and "changed" not in names

    def mark_reported(self, reports_key: str) -> None:
        """Record that the reports have been written.

        `reports_key` is the digest of what they depend on besides the pages, such as theme and title.
        """
        with self.transaction():
            self._db.execute("DELETE FROM state")
            self._db.execute("INSERT INTO state VALUES (?)", (_reported(reports_key),))

    def _fetch_in_parts(self, query: str) -> Iterator[Sequence[Any]]:
        """Yield the rows of `query` part by part, since a cursor must not stay open while other rows are written.

        The first column gives the order; its last value is the parameter of the next part.
        """
        last = 0
        while rows := self._db.execute(query, (last,)).fetchall():
            yield from rows
            last = rows[-1][0]


def _decode_row(row: Sequence[Any]) -> LedgerRow:
    number, archive, name, stem, entry = row
    try:
        return LedgerRow(number, archive, name, stem, _decode_entry(entry) if entry else None)
    except DECODE_ERRORS:
        return LedgerRow(number, archive, name, stem, None, damaged=True)


def _reported(reports_key: str) -> str:
    return f"reported {reports_key}"

"""Sorts the parts of a report, such as the lines of notes.csv, in a temporary file.

The parts of an archive of a million pages would need too much memory.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from readout_pub.ledger import LedgerEntry

CERTAIN = 2.0
"""The rank of a page whose text is not doubtful. The rank of a doubtful page is its expected F1, which is at most 1, or
`CERTAIN` if no F1 is known."""


class SortedParts:
    """Parts of a report as text, read back by group and rank; parts of equal rank in the order of `add`."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute("CREATE TABLE parts (part_group INTEGER, rank REAL, text TEXT) STRICT")

    def add(self, group: int, rank: float, text: str) -> None:
        """Store one part."""
        self._database.execute("INSERT INTO parts VALUES (?, ?, ?)", (group, rank, text))

    def of_group(self, group: int) -> Iterator[bytes]:
        """Yield the parts of a group, the lowest rank first, in UTF-8."""
        query = "SELECT text FROM parts WHERE part_group = ? ORDER BY rank, rowid"
        return (text.encode() for (text,) in self._database.execute(query, (group,)))


@contextlib.contextmanager
def sorted_parts() -> Iterator[SortedParts]:
    """Yield an empty sorter, which keeps its parts in a temporary file."""
    with contextlib.closing(sqlite3.connect("")) as database:
        yield SortedParts(database)


def rank_of(entry: LedgerEntry) -> float:
    """Return the rank of a page among those with warnings: the more doubtful its text, the lower."""
    is_doubtful = any(note.code == "EXTRACTION_DOUBTFUL" for note in entry.notes)
    return entry.confidence if is_doubtful and entry.confidence is not None else CERTAIN

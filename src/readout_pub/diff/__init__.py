"""Compares two copies of a document: two retrievals of a page, two outputs, or a page and its output.

Only what the document says counts: pages whose menus or other surroundings changed are equal. A passage that the second
copy lacks is absent from it; nobody can tell from two copies whether it was deleted.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from readout_pub.diff.copy import Copy, CopyPhoto, copy_of
from readout_pub.words import Difference, differences, spaced

__all__ = [
    "AltChange",
    "Changes",
    "Copy",
    "CopyPhoto",
    "FactChange",
    "PhotoChange",
    "WordChange",
    "compare_copies",
    "copy_of",
]

CONTEXT_WORDS = 6
"""Words before and after a change that are quoted with it: enough to find the place, and less than a line."""

MIN_MOVED = 4
"""Words of a paragraph that can count as moved: shorter ones, such as "Photo" or "1.", are equal by chance."""


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """The base of all changes."""


class WordChange(Change, frozen=True):
    """Words that differ: `before` in the first copy, `after` in the second. Both are equal if they are moved.

    `at` and `at_after` are their positions, `count` and `count_after` their numbers, in words. `leading` and `trailing`
    are the words around the change, in the first copy unless the words are only in the second.
    """

    kind: Literal["added", "removed", "replaced", "moved"]
    at: int
    at_after: int
    count: int = 0
    count_after: int = 0
    before: str = ""
    after: str = ""
    leading: str = ""
    trailing: str = ""


class FactChange(Change, frozen=True):
    """A fact that differs, such as the date: its name, and its value in each copy, None where it is not stated."""

    fact: str
    before: str | None
    after: str | None


class PhotoChange(Change, frozen=True):
    """A photo that only one copy has, or whose bytes differ; `photo` is its file name."""

    kind: Literal["added", "removed", "replaced"]
    photo: str


class AltChange(Change, frozen=True):
    """An alternative text that differs; None if the photo has none, "" if it is decorative."""

    photo: str
    before: str | None
    after: str | None


class Changes(Change, frozen=True):
    """All differences of two copies, whose names are `before` and `after`."""

    before: str
    after: str
    facts: tuple[FactChange, ...] = ()
    words: tuple[WordChange, ...] = ()
    photos: tuple[PhotoChange, ...] = ()
    alts: tuple[AltChange, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.facts or self.words or self.photos or self.alts)

    @property
    def words_added(self) -> int:
        """The number of words that only the second copy has at their place."""
        return sum(change.count_after for change in self.words if change.kind != "moved")

    @property
    def words_removed(self) -> int:
        """The number of words that only the first copy has at their place."""
        return sum(change.count for change in self.words if change.kind != "moved")

    @property
    def words_moved(self) -> int:
        """The number of words in paragraphs that stand at another place in the second copy."""
        return sum(change.count for change in self.words if change.kind == "moved")


def compare_copies(before: Copy, after: Copy) -> Changes:
    """Return how `after` differs from `before`."""
    return Changes(
        before=before.name,
        after=after.name,
        facts=tuple(_fact_changes(before.facts, after.facts)),
        words=tuple(sorted(_word_changes(before, after), key=lambda change: (change.at, change.at_after))),
        photos=tuple(_photo_changes(before.photos, after.photos)),
        alts=tuple(_alt_changes(before.photos, after.photos)),
    )


def _fact_changes(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> Iterator[FactChange]:
    """Yield the facts that differ; of a list, each value that only one copy has."""
    for fact in dict.fromkeys((*before, *after)):
        only_before = [value for value in before.get(fact, ()) if value not in after.get(fact, ())]
        only_after = [value for value in after.get(fact, ()) if value not in before.get(fact, ())]
        if len(only_before) == len(only_after) == 1:
            yield FactChange(fact, only_before[0], only_after[0])
            continue
        yield from (FactChange(fact, value, None) for value in only_before)
        yield from (FactChange(fact, None, value) for value in only_after)


# --- words


def _word_changes(before: Copy, after: Copy) -> Iterator[WordChange]:
    """Yield the paragraphs that moved, and the differences of the words of all others."""
    moved = _moved_paragraphs(before, after)
    for number, number_after in moved:
        words = before.paragraphs[number]
        yield _word_change(
            "moved", Difference(before.starts[number], after.starts[number_after], words, words), before, after
        )
    positions = _positions(before, {number for number, _ in moved})
    positions_after = _positions(after, {number for _, number in moved})
    remaining = [before.words[at] for at in positions[:-1]], [after.words[at] for at in positions_after[:-1]]
    for change in differences(*remaining):
        kind = change.kind
        at, at_after = positions[change.at], positions_after[change.at_after]
        yield _word_change(kind, Difference(at, at_after, change.before, change.after), before, after)


def _moved_paragraphs(before: Copy, after: Copy) -> list[tuple[int, int]]:
    """Return the numbers, in both copies, of long paragraphs that are equal and stand at another place."""
    changes = differences(*([spaced(words) for words in copy.paragraphs] for copy in (before, after)))
    added: defaultdict[str, deque[int]] = defaultdict(deque)
    for change in changes:
        for number, text in enumerate(change.after, start=change.at_after):
            added[text].append(number)
    return [
        (number, added[text].popleft())
        for change in changes
        for number, text in enumerate(change.before, start=change.at)
        if len(before.paragraphs[number]) >= MIN_MOVED and added[text]
    ]


def _positions(copy: Copy, moved: set[int]) -> list[int]:
    """Return the positions of the words outside the paragraphs `moved`, and the number of all words at the end."""
    return [
        *(
            copy.starts[number] + offset
            for number, words in enumerate(copy.paragraphs)
            if number not in moved
            for offset in range(len(words))
        ),
        len(copy.words),
    ]


def _word_change(
    kind: Literal["added", "removed", "replaced", "moved"],
    change: Difference,
    before: Copy,
    after: Copy,
) -> WordChange:
    shown, start, end = (
        (after.words, change.at_after, change.at_after + len(change.after))
        if kind == "added"
        else (before.words, change.at, change.at + len(change.before))
    )
    return WordChange(
        kind,
        change.at,
        change.at_after,
        len(change.before),
        len(change.after),
        spaced(change.before),
        spaced(change.after),
        leading=spaced(shown[max(0, start - CONTEXT_WORDS) : start]),
        trailing=spaced(shown[end : end + CONTEXT_WORDS]),
    )


# --- photos


def _photo_changes(before: Sequence[CopyPhoto], after: Sequence[CopyPhoto]) -> Iterator[PhotoChange]:
    for photo, other in _paired_photos(before, after):
        if other is None and photo is not None:
            yield PhotoChange("removed", photo.name)
        elif photo is None and other is not None:
            yield PhotoChange("added", other.name)
        elif photo and other and photo.sha256 and other.sha256 and photo.sha256 != other.sha256:
            yield PhotoChange("replaced", photo.name)


def _alt_changes(before: Sequence[CopyPhoto], after: Sequence[CopyPhoto]) -> Iterator[AltChange]:
    """Yield the differences of the photos that both copies have."""
    for photo, other in _paired_photos(before, after):
        if photo and other and photo.alt != other.alt:
            yield AltChange(photo.name, photo.alt, other.alt)


def _paired_photos(
    before: Sequence[CopyPhoto], after: Sequence[CopyPhoto]
) -> Iterator[tuple[CopyPhoto | None, CopyPhoto | None]]:
    """Yield each photo of the first copy with the same one of the second, then those that only the second has.

    The same photo has the same bytes, or else the same file name.
    """
    unpaired = list(after)
    partners: dict[int, CopyPhoto] = {}
    for is_same in (_has_same_bytes, _has_same_name):
        for number, photo in enumerate(before):
            other = next((other for other in unpaired if number not in partners and is_same(photo, other)), None)
            if other:
                partners[number] = other
                unpaired.remove(other)
    yield from ((photo, partners.get(number)) for number, photo in enumerate(before))
    yield from ((None, other) for other in unpaired)


def _has_same_bytes(photo: CopyPhoto, other: CopyPhoto) -> bool:
    return photo.sha256 is not None and photo.sha256 == other.sha256


def _has_same_name(photo: CopyPhoto, other: CopyPhoto) -> bool:
    return photo.name == other.name

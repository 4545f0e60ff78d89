"""Compares two copies of a document: two retrievals of a page, two outputs, or a page and its output.

Only the document counts, not menus and the like. Messages call a passage that the second copy lacks "absent", since two
copies do not show whether somebody deleted it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from readout_pub.arguments import require_type
from readout_pub.diff.copy import Copy, CopyPhoto, copy_of
from readout_pub.receipts.compare import is_spelled_same
from readout_pub.receipts.read_back.content import LINE_END_HYPHEN
from readout_pub.words import Difference, differences, spaced, words_of

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
"""How many words before and after a change are quoted with it: enough to find the place, and less than a line."""

MIN_MOVED = 4
"""The fewest words of a paragraph that counts as moved: shorter ones, such as "Photo", can be equal by chance."""


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """The base of all changes."""


class WordChange(Change, frozen=True):
    """Words that differ: `before` in the first copy, `after` in the second. For words that moved, both are equal.

    `at` and `at_after` are their positions, `count` and `count_after` their lengths, in words. `leading` and `trailing`
    are up to `CONTEXT_WORDS` words on each side: of the second copy if only that copy has the changed words, else of
    the first.
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
    """The alternative texts of a photo in both copies: None if missing, "" if the photo is decorative."""

    photo: str
    before: str | None
    after: str | None


class Changes(Change, frozen=True):
    """All differences between two copies, whose names are `before` and `after`."""

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
    """Return how `after` differs from `before`; UsageError if one of them is not a copy."""
    require_type(before, (Copy,), "before")
    require_type(after, (Copy,), "after")
    return Changes(
        before=before.name,
        after=after.name,
        facts=tuple(_fact_changes(before.facts, after.facts)),
        words=tuple(sorted(_word_changes(before, after), key=lambda change: (change.at, change.at_after))),
        photos=tuple(_photo_changes(before.photos, after.photos)),
        alts=tuple(_alt_changes(before.photos, after.photos)),
    )


def _fact_changes(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> Iterator[FactChange]:
    """Yield the facts that differ, and of a list each value that only one copy has."""
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
    """Yield the paragraphs that moved, and the differences in all others."""
    moved: list[tuple[int, int]] = []
    changes = _differences_without(moved, before, after)
    if changes:
        moved = _moved_paragraphs(changes, before, after)
    if moved:
        changes = _differences_without(moved, before, after)
    for number, number_after in moved:
        words = before.paragraphs[number]
        place = Difference(before.starts[number], after.starts[number_after], words, words)
        yield _word_change(place, before, after, moved=True)
    for change in changes:
        yield _word_change(change, before, after)


def _differences_without(moved: Sequence[tuple[int, int]], before: Copy, after: Copy) -> list[Difference]:
    """Return the differences between the words of all paragraphs that are not in `moved`.

    If a copy has no reliable spaces (PDF), its division into words is not compared. The notation of formulas never is.
    Positions count all words of a copy, also those of paragraphs in `moved`.
    """
    first = _WordsOutside(before, {number for number, _ in moved})
    second = _WordsOutside(after, {number for _, number in moved})
    has_spaces = before.has_spaces and after.has_spaces
    formulas = tuple(map(_letters, (*before.formulas, *after.formulas)))
    return [
        Difference(first.positions[change.at], second.positions[change.at_after], change.before, change.after)
        for change in (_from_paragraph_start(each, first, second) for each in differences(first.words, second.words))
        if (has_spaces or not _is_divided_only(change)) and not _is_same_formula(change, formulas)
    ]


def _is_same_formula(change: Difference, formulas: Sequence[str]) -> bool:
    """Return whether both sides of a change have the same letters and digits, and one of `formulas` contains these.

    Signs are not compared: linear text has "x^2" where MathML has a superscript.
    """
    before, after = (_letters(spaced(words)) for words in (change.before, change.after))
    return before == after != "" and any(before in formula for formula in formulas)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, "".join(words_of(text))))


def _is_divided_only(change: Difference) -> bool:
    """Return whether both copies differ only in how they divide the same characters into words.

    In a PDF, nobody knows whether a hyphen at the end of a line belongs to the word. If both sides of the change have
    such a hyphen, all hyphens are ignored.
    """
    before, after = change.before, change.after
    if is_spelled_same(before, after) or is_spelled_same(after, before):
        return True
    letters = ["".join(words).replace(LINE_END_HYPHEN, "-") for words in (before, after)]
    return all(LINE_END_HYPHEN in "".join(words) for words in (before, after)) and (
        letters[0].replace("-", "") == letters[1].replace("-", "")
    )


class _WordsOutside:
    """The words of a copy outside some paragraphs, and their positions in the copy.

    The last of `positions` is the number of all words of the copy.
    """

    def __init__(self, copy: Copy, without: set[int]) -> None:
        spans = (span for number, span in enumerate(pairwise(copy.starts)) if number not in without)
        self.positions = [*(at for start, end in spans for at in range(start, end)), len(copy.words)]
        self.words = [copy.words[at] for at in self.positions[:-1]]
        self._starts = frozenset(copy.starts)

    def start_at_paragraph(self, start: int, count: int) -> int:
        """Move a change of `count` words from `start` back to the start of a paragraph; return where it then begins.

        If "The ferry." is added before "The tide.", an alignment may report "ferry. The"; moved back, it is "The
        ferry.". If no move is possible, return `start`.
        """
        for at in range(start, -1, -1):
            if self.positions[at] in self._starts:
                return at
            if at == 0 or self.words[at - 1] != self.words[at + count - 1]:
                break
        return start


def _from_paragraph_start(change: Difference, first: _WordsOutside, second: _WordsOutside) -> Difference:
    """Move a change that only adds or removes words back to the start of a paragraph, if the result is the same."""
    if change.before and change.after:
        return change
    if change.before:
        back = change.at - first.start_at_paragraph(change.at, len(change.before))
    else:
        back = change.at_after - second.start_at_paragraph(change.at_after, len(change.after))
    at, at_after = change.at - back, change.at_after - back
    return Difference(
        at,
        at_after,
        tuple(first.words[at : at + len(change.before)]),
        tuple(second.words[at_after : at_after + len(change.after)]),
    )


def _moved_paragraphs(changes: Sequence[Difference], before: Copy, after: Copy) -> list[tuple[int, int]]:
    """Return the numbers, in both copies, of paragraphs that are absent at one place and added at another."""
    added: defaultdict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for number in _whole_paragraphs(after, ((change.at_after, len(change.after)) for change in changes)):
        added[after.paragraphs[number]].append(number)
    return [
        (number, added[words].popleft())
        for number in _whole_paragraphs(before, ((change.at, len(change.before)) for change in changes))
        if added[words := before.paragraphs[number]]
    ]


def _whole_paragraphs(copy: Copy, ranges: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield the numbers of paragraphs of at least `MIN_MOVED` words that lie within one of `ranges` (start, length)."""
    for start, length in ranges:
        first = bisect_left(copy.starts, start)
        last = bisect_right(copy.starts, start + length) - 1
        yield from (number for number in range(first, last) if len(copy.paragraphs[number]) >= MIN_MOVED)


def _word_change(change: Difference, before: Copy, after: Copy, *, moved: bool = False) -> WordChange:
    """Return a difference with the words around it: in the second copy if words are added, else in the first."""
    shown, start, end = (
        (after.words, change.at_after, change.at_after + len(change.after))
        if change.kind == "added"
        else (before.words, change.at, change.at + len(change.before))
    )
    return WordChange(
        "moved" if moved else change.kind,
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
    """Yield the alternative texts that differ."""
    for photo, other in _paired_photos(before, after):
        if photo and other and photo.alt != other.alt:
            yield AltChange(photo.name, photo.alt, other.alt)


def _paired_photos(
    before: Sequence[CopyPhoto], after: Sequence[CopyPhoto]
) -> Iterator[tuple[CopyPhoto | None, CopyPhoto | None]]:
    """Yield each photo of the first copy with its partner in the second, if any, then other photos of the second.

    Partners have the same bytes, or else the same file name.
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

"""Compares what an output must contain with what was read back from it. Equal texts take a fast path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Literal, get_args

import msgspec

from readout_pub.receipts.expected import Expected, What
from readout_pub.receipts.model import MAX_MISMATCHES, AddedKind, AddedWords, Found, Mismatch
from readout_pub.receipts.read_back.content import LINE_END_HYPHEN, ReadBack
from readout_pub.words import Difference, count_words, differences, spaced, words_of

CONTEXT_WORDS = 8
"""How many words before a difference a receipt quotes: enough to find the place, and one line long."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """How an output compares with what it must contain; the fields are as in `RenditionReceipt`."""

    words: int
    found: int
    in_order: bool
    added: tuple[AddedWords, ...]
    photos: Found
    alts: Found
    differences: tuple[Mismatch, ...]
    more_differences: int


def compare(expected: Expected, back: ReadBack) -> Comparison:
    """Compare `back` with `expected`; return what is missing, added or moved."""
    text = "\n".join(each.text for each in expected.texts)
    counts = Counter[What]()
    for each in expected.texts:
        counts[each.what] += count_words(each.text)
    changes: list[Difference] = []
    wanted: list[str] = []
    if text.split() != back.text.split():
        wanted = words_of(text)
        changes = _word_differences(wanted, words_of(back.text), has_spaces=back.has_spaces)
    lost = _lost_content(changes, expected) if changes else 0
    alts = _changes(list(map(_normalized, expected.alts)), list(map(_normalized, back.alts)))
    photos = _changes(expected.photos, back.photos)
    mismatches = [
        *(_word_mismatch(change, wanted) for change in changes),
        *(_item_mismatch("alt", change) for change in alts),
        *(_item_mismatch("photo", change) for change in photos),
        *(_caption_mismatches(expected, back) if not changes else ()),
        *_formula_mismatches(expected.formulas, back.formulas),
        *_title_mismatches(expected, back),
    ]
    return Comparison(
        words=counts["content"],
        found=counts["content"] - lost,
        in_order=not _moved_words(changes),
        added=tuple(AddedWords(what, counts[what]) for what in get_args(AddedKind) if counts[what]),
        photos=Found(len(expected.photos) - sum(len(change.before) for change in photos), len(expected.photos)),
        alts=Found(len(expected.alts) - sum(len(change.before) for change in alts), len(expected.alts)),
        differences=tuple(mismatches[:MAX_MISMATCHES]),
        more_differences=max(0, len(mismatches) - MAX_MISMATCHES),
    )


def _word_differences(wanted: list[str], found: list[str], *, has_spaces: bool) -> list[Difference]:
    """Return the differences; without `has_spaces`, words may be divided anywhere: "a bc" equals "ab c"."""
    if wanted == found or (not has_spaces and is_spelled_same(wanted, found)):
        return []
    changes = differences(wanted, found)
    return changes if has_spaces else [each for each in changes if not is_spelled_same(each.before, each.after)]


def is_spelled_same(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Return whether both have the same characters. A LINE_END_HYPHEN in `found` may stand for "-" or for nothing."""
    letters, lines = "".join(wanted), "".join(found).split(LINE_END_HYPHEN)
    at = 0
    for number, line in enumerate(lines):
        if number and letters.startswith("-", at):
            at += 1
        if not letters.startswith(line, at):
            return False
        at += len(line)
    return at == len(letters)


def _lost_content(changes: Sequence[Difference], expected: Expected) -> int:
    """Return how many words of the content are not in the output at their place."""
    kinds = [text.what for text in expected.texts for _ in words_of(text.text)]
    return sum(kinds[change.at : change.at + len(change.before)].count("content") for change in changes)


def _moved_words(changes: Sequence[Difference]) -> Counter[str]:
    """Return the words that are missing at one place and found at another."""
    missing = Counter(word for change in changes for word in change.before)
    return missing & Counter(word for change in changes for word in change.after)


def _normalized(text: str) -> str:
    return spaced(words_of(text))


def _changes(wanted: Sequence[str], found: Sequence[str]) -> list[Difference]:
    return differences(list(wanted), list(found))


def _word_mismatch(change: Difference, wanted: Sequence[str]) -> Mismatch:
    context = wanted[max(0, change.at - CONTEXT_WORDS) : change.at]
    return Mismatch("words", change.at, spaced(change.before), spaced(change.after), spaced(context))


def _item_mismatch(what: Literal["alt", "photo"], change: Difference) -> Mismatch:
    return Mismatch(what, change.at, " | ".join(change.before), " | ".join(change.after))


def _caption_mismatches(expected: Expected, back: ReadBack) -> Iterator[Mismatch]:
    """Yield a mismatch for each photo that has another caption in the output.

    Captions are not compared if the number of photos differs; `compare` then reports missing or added photos.
    """
    if back.places is None or len(back.places) != len(expected.captions):
        return
    for number, (wanted, place) in enumerate(zip(expected.captions, back.places, strict=True)):
        found = "\n".join(place.caption)
        if _word_differences(words_of(wanted), words_of(found), has_spaces=back.has_spaces):
            yield Mismatch("caption", number, _normalized(wanted), _normalized(found))


def _formula_mismatches(wanted: Sequence[str], found: Sequence[str]) -> Iterator[Mismatch]:
    """Yield a mismatch for each formula whose letters and digits differ.

    Signs and order are not compared, since formats write them differently.
    """
    for number, (before, after) in enumerate(zip_longest(wanted, found, fillvalue="")):
        if _letters(before) != _letters(after):
            yield Mismatch("formula", number, before, after)


def _letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, "".join(words_of(text))))


def _title_mismatches(expected: Expected, back: ReadBack) -> Iterator[Mismatch]:
    if expected.title is not None and words_of(expected.title) != words_of(back.title or ""):
        yield Mismatch("title", 0, expected.title, back.title or "")
    if back.language is not None and back.language.lower() != expected.language.lower():
        yield Mismatch("language", 0, expected.language, back.language)

"""Splits texts into words, to compare two copies of a document, and aligns the words of the two copies.

Words are separated by spaces. In scripts without spaces, each character with its marks is a word. Two spellings that
look the same, such as a ligature and its letters, are the same word; invisible characters are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

_UNSPACED = (
    "\u3001-\u303f"  # punctuation of Chinese and Japanese, so that it does not join the words beside it
    "\u0e01-\u0eff"  # Thai, Lao
    "\u0f40-\u0fbc"  # Tibetan
    "\u1000-\u109f\uaa60-\uaa7f"  # Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
"""Characters of widely used scripts without spaces between words, and the punctuation of Chinese and Japanese."""

_MARKS = (
    "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
)
"""Marks that belong to the character before them. `_UNSPACED` contains some of them, but they are no words."""

_WORD = re.compile(f"[{_UNSPACED}][{_MARKS}]*|[^\\s{_UNSPACED}]+")

_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
"""Matches texts that need `_WORD`. For other texts, `str.split` finds the same words in a third of the time."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Default ignorable code points (Unicode, DerivedCoreProperties.txt), such as the soft hyphen, and annotation marks."""

_WINDOW = 10_000
"""How many words are aligned at once. Memory grows with the square of this number: 12 MB for this many words."""

_MIN_ANCHOR = 8
"""A window ends where this many words in a row are equal: fewer can be equal by chance, as in the rows of a table."""


class Difference(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words of the first copy (`before`) and words of the second that replace them (`after`); either may be empty.

    `at` and `at_after` are their positions in the two copies, counted in words from 0.
    """

    at: int
    at_after: int
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def kind(self) -> Literal["removed", "added", "replaced"]:
        """How the second copy differs: words were removed, added or replaced."""
        if not self.after:
            return "removed"
        return "replaced" if self.before else "added"


def words_of(text: str) -> list[str]:
    """Return the words of `text` in the form in which they are compared: NFKC, without invisible characters."""
    if text.isascii():
        return text.split()
    # Most texts need NFKC only for no-break spaces. Once these are replaced, `normalize` returns the text uncopied.
    # NFKC makes a full-width colon a colon, which would join a label such as "写真：" to the Latin word behind it.
    spaced_out = text.replace("\u00a0", " ").replace("：", ": ")
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", spaced_out))
    return _WORD.findall(visible) if _HAS_UNSPACED.search(visible) else visible.split()


@lru_cache(maxsize=4096)
def count_words(text: str) -> int:
    """Return the number of words of `text`. The cache serves the other outputs of the same page."""
    return len(words_of(text))


def words_of_all(texts: Iterable[str]) -> list[str]:
    """Return the words of `texts`, one after the other; no word spans two texts."""
    return [word for text in texts for word in words_of(text)]


def spaced(words: Sequence[str]) -> str:
    """Return `words` as a text for people: with spaces, but not between characters of scripts that write none."""
    out: list[str] = []
    for word in words:
        if out and not (_is_unspaced(out[-1]) and _is_unspaced(word)):
            out.append(" ")
        out.append(word)
    return "".join(out)


def _is_unspaced(word: str) -> bool:
    return _HAS_UNSPACED.match(word) is not None


def differences(before: Sequence[str], after: Sequence[str]) -> list[Difference]:
    """Return the changes that turn `before` into `after`, in order.

    Within each window of `_WINDOW` words, the changes have as few words as possible. Equal sequences, the usual case,
    cost one comparison.
    """
    if before == after:
        return []
    return [
        Difference(start, start_after, tuple(before[start:end]), tuple(after[start_after:end_after]))
        for start, end, start_after, end_after in _unequal_runs(before, after)
    ]


def _unequal_runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield start and end in `before`, then in `after`, of each run that differs; adjacent runs are joined."""
    from rapidfuzz.distance import LCSseq

    at = at_after = 0
    open_run: tuple[int, int, int, int] | None = None
    while at < len(before) or at_after < len(after):
        window, window_after = before[at : at + _WINDOW], after[at_after : at_after + _WINDOW]
        steps = [
            (
                step.tag == "equal",
                at + step.src_start,
                at + step.src_end,
                at_after + step.dest_start,
                at_after + step.dest_end,
            )
            for step in LCSseq.opcodes(window, window_after)
        ]
        is_last = at + len(window) == len(before) and at_after + len(window_after) == len(after)
        if not is_last:
            steps = _up_to_last_anchor(steps)
        for equal, start, end, start_after, end_after in steps:
            if equal:
                if open_run:
                    yield open_run
                open_run = None
            elif open_run:
                open_run = (open_run[0], end, open_run[2], end_after)
            else:
                open_run = (start, end, start_after, end_after)
        at, at_after = steps[-1][2], steps[-1][4]
    if open_run:
        yield open_run


_Step = tuple[bool, int, int, int, int]


def _up_to_last_anchor(steps: list[_Step]) -> list[_Step]:
    """Return `steps` up to and with the last long run of equal words; the next window begins behind this run.

    Without such a run, all steps are returned.
    """
    for number in range(len(steps) - 1, -1, -1):
        equal, start, end, *_ = steps[number]
        if equal and end - start >= _MIN_ANCHOR:
            return steps[: number + 1]
    return steps

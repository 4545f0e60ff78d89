"""Estimates the printed width of a text, for formats whose fonts the reader's program chooses."""

from __future__ import annotations

import re
from itertools import accumulate, takewhile
from unicodedata import combining, east_asian_width

_EAST_ASIAN = r"\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"
_UNBREAKABLE = re.compile(rf"[{_EAST_ASIAN}]|[^\s{_EAST_ASIAN}-]+-?")
"""An East Asian character, or a word or a part of it up to a hyphen."""

_WITHIN_ADDRESS = re.compile(r"(?<=[/?&=@._])")
"""Where programs break a web address that is longer than a line."""

RUNNING_TITLE, RUNNING_TEXT = 0.58, 0.96
"""Shares of the line of a running head: how much the title may fill, and how much the title and the other text may
fill together. The rest is the space between them. At 8 points, a line of 141 mm is 50 em long, so the space is at least
two em.
"""

WIDE, NARROW = 1.0, 0.53
"""The width of wide characters (UAX #11), and the mean width of the others in English text in Noto Sans, in em."""


def text_width(text: str) -> float:
    """Return the estimated width of `text` in em."""
    return sum(WIDE if east_asian_width(char) in "WF" else NARROW for char in text if not combining(char))


def word_width(text: str) -> float:
    """Return the estimated width, in em, of the widest part of `text` within which no line should break."""
    parts = (part for word in _UNBREAKABLE.findall(text) for part in _breakable_parts(word))
    return max(map(text_width, parts), default=0.0)


def _breakable_parts(word: str) -> list[str]:
    return _WITHIN_ADDRESS.split(word) if "://" in word else [word]


def shorten_to_width(text: str, width: float) -> str:
    """Return `text` if it is at most `width` em wide, else its first words with an ellipsis."""
    if text_width(text) <= width:
        return text
    fitting = takewhile(lambda reached: reached <= width - WIDE, accumulate(map(text_width, text)))
    kept = text[: sum(1 for _ in fitting)]
    following = text[len(kept)]
    if following.isalpha() and east_asian_width(following) not in "WF" and " " in kept:
        kept = kept[: kept.rindex(" ")]  # a word that the limit cuts is left out; Japanese has no spaces
    return f"{kept.rstrip(' ,;:–—')}…"


def running_head(title: str, side: str, line: float) -> tuple[str, str]:
    """Return the two texts of a running head, shortened so that both fit in one line of `line` em.

    `side` is publisher or date, and may have the room that the title leaves.
    """
    shown = shorten_to_width(title, RUNNING_TITLE * line)
    return shown, shorten_to_width(side, RUNNING_TEXT * line - text_width(shown))

"""Elements whose words are no part of a document: ways through the site, controls, what stands in for a film."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bs4 import Tag

from readout_pub.extract.blocks import text_of
from readout_pub.extract.extraction import Reason
from readout_pub.extract.tree import place_of
from readout_pub.notes import Note, note

LEFT_OUT = ("input ~ button", "select", "textarea", "nav", "dialog", "noscript", "audio", "video", "canvas")
"""What is never read, as CSS selectors. `noscript` is asked for its photos before.

A button is left out where it sends what was typed; else it may be the heading of what it opens.
"""


def take_out(root: Tag, selectors: Sequence[str]) -> Iterator[Reason]:
    """Take what the selectors find out of `root`, and name each element that had words."""
    for selector in selectors:
        for tag in root.select(selector):
            if not tag.decomposed:
                words = text_of(tag).split()
                if words:
                    yield Reason("dropped", selector, place_of(tag), " ".join(words), len(words))
                tag.decompose()


def dropped_words(reasons: Iterable[Reason]) -> dict[str, int]:
    """Count the words that were left out by rule."""
    words: dict[str, int] = {}
    for reason in reasons:
        words[reason.rule] = words.get(reason.rule, 0) + reason.words
    return words


def dropped_notes(words: Mapping[str, int]) -> Iterator[Note]:
    """Name what was left out, by rule, with the number of words that went with it."""
    yield from (note("DROPPED", count=count, rule=rule) for rule, count in words.items())

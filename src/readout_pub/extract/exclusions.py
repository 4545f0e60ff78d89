"""Elements whose words are no part of a document: ways through the site, controls, what stands in for a film."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.blocks import text_of
from readout_pub.extract.extraction import Reason
from readout_pub.extract.selector_index import SelectorIndex
from readout_pub.extract.tree import place_of
from readout_pub.extract.words import count_words
from readout_pub.html_elements import EXCLUDED
from readout_pub.notes import Note, note

EXCLUDED_SELECTORS = ("input ~ button", *EXCLUDED)
"""CSS selectors of what is removed from every body. Photos in `noscript` are read before.

A button beside an `input` submits a form; any other may be the heading of what it expands.
"""


def remove_excluded(finder: SelectorIndex, selectors: Sequence[str]) -> Iterator[Reason]:
    """Take what the selectors find out of a page, and name each element that had words."""
    for selector in selectors:
        for tag in finder.select(selector):
            if not tag.decomposed:
                text = " ".join(text_of(tag).split())
                if text:
                    yield Reason("dropped", selector, place_of(tag), text, count_words(text))
                tag.decompose()


_PLACE = r"(?:--\w+--|\{\{?\s*[\w.]+\s*\}?\}|\$\{[\w.]+\})"
_TEMPLATE = re.compile(rf"\A\s*(?:\w+\s+)?{_PLACE}(?:\W*(?:\w{{1,3}}\s*)?{_PLACE})*\W*\Z")
"""Words with places that a script would fill, such as "--page-- of --total--": without it nobody can read them."""


def remove_template_text(root: Tag) -> Iterator[Reason]:
    """Take out the texts that wait for a script to fill them, and name each."""
    waiting = [node for node in root.descendants if isinstance(node, NavigableString) and _TEMPLATE.search(node)]
    for text in waiting:
        if text.find_parent(["code", "pre", "kbd", "samp"]) is not None:
            continue
        words = " ".join(text.split())
        yield Reason("dropped", "unfilled template", place_of(text.parent or root), words, count_words(words))
        text.extract()


def dropped_words(reasons: Iterable[Reason]) -> dict[str, int]:
    """Count the words that were left out by rule."""
    words: dict[str, int] = {}
    for reason in reasons:
        words[reason.rule] = words.get(reason.rule, 0) + reason.words
    return words


def dropped_notes(words: Mapping[str, int]) -> Iterator[Note]:
    """Name what was left out, by rule, with the number of words that went with it."""
    yield from (note("DROPPED", count=count, rule=rule) for rule, count in words.items() if count)

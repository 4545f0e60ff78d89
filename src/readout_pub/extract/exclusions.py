"""Removes what is no part of a document: navigation, form controls, media fallbacks, unfilled templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.blocks import one_line
from readout_pub.extract.extraction import Reason, count_words
from readout_pub.extract.selector_index import SelectorIndex
from readout_pub.extract.tree import short_selector
from readout_pub.html_elements import EXCLUDED
from readout_pub.notes import Note, note

EXCLUDED_SELECTORS = ("input ~ button", *EXCLUDED)
"""CSS selectors of what is removed from every body. Photos in `noscript` are read before.

A button beside an `input` submits a form; any other may be the heading of what it expands.
"""


def remove_excluded(index: SelectorIndex, selectors: Sequence[str]) -> Iterator[Reason]:
    """Remove the elements that the selectors match, and yield a reason for each that had words."""
    for selector in selectors:
        for tag in index.select(selector):
            if not tag.decomposed:
                text = " ".join(one_line(tag).split())
                if text:
                    yield Reason("dropped", selector, short_selector(tag), text, count_words(text))
                tag.decompose()


_TEMPLATE_PLACEHOLDER = r"(?:--\w+--|\{\{?\s*[\w.]+\s*\}?\}|\$\{[\w.]+\})"
_TEMPLATE = re.compile(rf"\A\s*(?:\w+\s+)?{_TEMPLATE_PLACEHOLDER}(?:\W*(?:\w{{1,3}}\s*)?{_TEMPLATE_PLACEHOLDER})*\W*\Z")
"""Text with placeholders that a script would fill, such as "--page-- of --total--" or "{{ count }}"."""


def remove_template_text(root: Tag) -> Iterator[Reason]:
    """Remove texts with placeholders that no script has filled, and yield a reason for each."""
    templates = [node for node in root.descendants if isinstance(node, NavigableString) and _TEMPLATE.search(node)]
    for text in templates:
        if text.find_parent(["code", "pre", "kbd", "samp"]) is not None:  # the page writes about templates
            continue
        words = " ".join(text.split())
        yield Reason("dropped", "unfilled template", short_selector(text.parent or root), words, count_words(words))
        text.extract()


def count_dropped_words(reasons: Iterable[Reason]) -> dict[str, int]:
    """Return how many words each rule removed, in the order of the first removal."""
    words: dict[str, int] = {}
    for reason in reasons:
        words[reason.rule] = words.get(reason.rule, 0) + reason.words
    return words


def dropped_notes(words: Mapping[str, int]) -> Iterator[Note]:
    """Yield a note for each rule that removed words, with their number."""
    yield from (note("DROPPED", count=count, rule=rule) for rule, count in words.items() if count)

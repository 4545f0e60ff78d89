"""A page can produce every feature in `weights.toml`; the weight of any other feature would never be used."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from readout_pub.extract.generic import features, page_type
from readout_pub.extract.generic.text_blocks import BLOCK_ELEMENTS
from readout_pub.extract.generic.weights import load_weights
from readout_pub.html_elements import SEMANTIC

WEIGHTS = load_weights()


def one_of(values: object) -> str:
    """Return a pattern for any of these texts."""
    return f"(?:{'|'.join(sorted(map(re.escape, values), key=len, reverse=True))})"  # type: ignore[call-overload]


def bins(module: ModuleType, name: str, most: int = 99) -> str:
    """Return a pattern for the bin numbers: from 0 to the number of edges in `name`, or to `most` if that is less."""
    return one_of(map(str, range(min(len(getattr(module, name)), most) + 1)))


def numbers(module: ModuleType, name: str) -> str:
    """Return a pattern for the numbers from 0 up to, but not including, the constant `name`."""
    return one_of(map(str, range(getattr(module, name))))


GROUPS = WEIGHTS.trait_reader.groups
PHRASES = one_of(name for name, _ in (*WEIGHTS.opening_phrases, *WEIGHTS.contained_phrases))
TAG = f"<{one_of(BLOCK_ELEMENTS)}>"
TRAIT = rf"(?:{one_of(GROUPS)}|<{one_of(SEMANTIC)}>|(?:role|itemprop|itemtype) \S+|hidden by (?:attribute|style))"
PLACED_TRAIT = rf"(?:near|big|small) {TRAIT}"
SIZE, LINKED = bins(features, "_SIZE_BINS"), bins(features, "_LINK_DENSITY_BINS")
COARSE_SIZE, COARSE_LINKED = bins(features, "_SIZE_BINS", 4), bins(features, "_LINK_DENSITY_BINS", 3)
LEVEL, UP = numbers(features, "_LEVELS"), f"(?:far|{numbers(features, '_MAX_ANCESTORS')}) up"
DECLARED = one_of(("article", "forum", "product"))
PAGE_TYPES = {
    "prose": "_PROSE_BINS", "linked": "_LINK_DENSITY_BINS", "share of prose": "_PROSE_SHARE_BINS",
    "repeated": "_REPEATED_SHARE_BINS", "lines of prose": "_PROSE_LINE_BINS", "headings": "_HEADING_BINS",
    "lines": "_LINE_BINS",
}  # fmt: skip
PAGE_TYPE = "|".join([
    *(f"{name} {bins(page_type, edges)}" for name, edges in PAGE_TYPES.items()),
    "address of [0-3] parts", "address is a headline", f"kind {DECLARED}",
    f"address says {one_of(getattr(page_type, '_ADDRESS_WORDS'))}",  # noqa: B009 - no public name lists these
])  # fmt: skip
LINE_NAMES = (
    "any line", "in chrome", "said before", "ends with a colon", "has separators", "is digits", "has digits",
    "begins small", "all capitals", "commas [1-4]", rf"has <{one_of(['a', 'b', 'strong', 'em', 'i', 'time', 'span'])}>",
    rf"has <{one_of(['font', 'label', 'small', 'abbr', 'code', 'u'])}>", PHRASES, f"{PHRASES}, (?:short|long)",
    f"under a heading(?: that {PHRASES})?", "(?:below|above|is|right below) the title", "in (?:the|another) article.*",
    PLACED_TRAIT, rf"{DECLARED} page: {PLACED_TRAIT}", rf"(?:sentence of )?size {SIZE}",
    rf"size {SIZE}, linked {COARSE_LINKED}", rf"in its own {TAG}(?:, linked {LINKED})?",
    rf"(?:before|after|within) the prose, size {COARSE_SIZE}", r"in tenth \d of the page", rf"(?:title|prose) is {UP}",
    rf"box {LEVEL} has prose {bins(features, '_PROSE_SHARE_BINS')}", rf"box {LEVEL} is linked {LINKED}",
    rf"in repeated boxes, linked {LINKED}, size {bins(features, '_REPEATED_SIZE_BINS')}",
    rf"alike in [23] boxes: (?:prose )?{bins(features, '_GROUP_PROSE_BINS')}",
    rf"alike in [23] boxes: size {bins(features, '_GROUP_MEAN_SIZE_BINS')}, linked {LINKED}",
    rf"page of (?:{PAGE_TYPE}): size {COARSE_SIZE}(?:, (?:mostly linked|open|linked {COARSE_LINKED}))?",
    rf"page of (?:{PAGE_TYPE}): (?:linked {COARSE_LINKED}|{TAG})",
)  # fmt: skip
LENGTH = "(?:short|middle|long)"
CONTEXT_LEVEL, SHARE = numbers(features, "_SCORE_LEVELS"), bins(features, "_SHARE_BINS")
CONTEXT_NAMES = (
    LENGTH, rf"{LENGTH}: line [+-][123]", rf"{LENGTH}: lines (?:around|alike)", rf"{LENGTH}: no line alike",
    rf"{LENGTH}: (?:alone in )?box {CONTEXT_LEVEL}", rf"box {CONTEXT_LEVEL} has good text {SHARE}",
    rf"good text in lines alike {SHARE}", rf"good text above {bins(features, '_POSITION_BINS')}",
    rf"good text is (?:far|{numbers(features, '_MAX_SCORE_ANCESTORS')}) up", "facts(?:: line (?:above|below))?",
    "heading(?:: best of the next three|: mean of the next five)?",
)  # fmt: skip


@pytest.mark.parametrize(
    ("names", "producible"),
    [({*WEIGHTS.first, *WEIGHTS.second}, LINE_NAMES), ({*WEIGHTS.context}, CONTEXT_NAMES)],
    ids=["of the line", "of its context"],
)
def test_a_page_can_produce_each_weighted_feature(names: set[str], producible: tuple[str, ...]) -> None:
    pattern = re.compile("|".join(producible))
    assert [name for name in sorted(names) if not pattern.fullmatch(name)] == []

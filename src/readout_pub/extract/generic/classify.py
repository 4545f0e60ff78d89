"""Which lines are the text: evidence for each, twice weighed, then runs of lines that hold together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from readout_pub.extract.generic.block_groups import BlockGroup
from readout_pub.extract.generic.context_features import ContextFeatures
from readout_pub.extract.generic.features import (
    Form,
    alike_features,
    features,
    form,
    form_features,
    inherited_features,
    own_features,
)
from readout_pub.extract.generic.hidden_duplicates import COPY
from readout_pub.extract.generic.page import Page
from readout_pub.extract.generic.text_blocks import Element, ElementBox, Line, TextNode, parent_of
from readout_pub.extract.generic.weights import Weights
from readout_pub.html_elements import HEADINGS
from readout_pub.sources.lxml_elements import text_of_element

_FLOOR = "any line"
_BREAK = 1.0
"""Evidence that it costs to change from text to no text, or back, between two lines of one box."""
_FARTHEST = 6
"""Steps through the tree between two lines above which the distance no longer matters."""

_NEVER = -4.0
_DOUBTFUL = -1.5
"""Evidence against chrome, at least, where anything speaks against it: no text on both sides outweighs that."""
_MOST_BESIDE = 4
"""Words beside links to the page in other languages, such as "Read this page in"."""
_FILE = re.compile(r"\.(?:pdf|docx?|odt|epub|rtf)\b", re.IGNORECASE)
"""An address that is no page, but a document in a language."""
_ARTICLE = 400
"""Letters of prose outside comments and the like from which a page that calls itself an article holds one."""
_NEARLY = 1.5
_LITTLE = 600
"""Letters below which a page seems to have too little text, so that weaker evidence is let in."""
_TOGETHER = 0.8
"""How far what speaks for a line is that which speaks for all lines alike."""
_HEAVIEST = 400
"""Letters of a line that count in the mean over lines alike."""
_FOLLOWING = 0.5
"""Evidence, at least, for a table of facts right below the text: nothing below the last one speaks for it."""
_PART = 0.3
_MUCH, _STRICTER = 2500, 0.3
"""Letters of prose from which a page has a text without its doubtful lines, and the evidence it asks for more."""
_STEP = 0.25
_WEAKEST = -1.5


def classify(page: Page, known: Weights) -> list[bool]:
    """Decide for every line of a page whether it is of the text."""
    first, second = _weigh(page, known)
    around = ContextFeatures(page, first)
    weight = known.around.get
    has_article = page.kind == "article" and page.all_prose >= _ARTICLE
    for line in page.lines:
        second[line.index] += sum([weight(name, 0.0) * value for name, value in around.features(line)])
    second = _smooth_groups(page, second)
    page.ruled_out = dict(_ruled_out(page, known))
    for line in page.lines:
        never = line.box.chrome == COPY or (has_article and line.box.chrome in known.never)
        if never or line.index in page.ruled_out:
            second[line.index] = _NEVER
        elif line.box.chrome and second[line.index] < 0:
            second[line.index] = min(second[line.index], _DOUBTFUL)
    threshold = _threshold(page, second)
    keep = _viterbi(page.lines, [value - threshold for value in second])
    headline = page.title.line if page.title else None
    holds_text = any(keep[line.index] for line in page.lines if line is not headline)
    return keep if holds_text else _fallback(page, second, headline)


def _ruled_out(page: Page, known: Weights) -> Iterator[tuple[int, str]]:
    """Yield lines that are never text though they stand in no chrome, and why."""
    for line in page.lines:
        if line.box.element.tag in HEADINGS and line.text.casefold() in known.landmarks:
            yield line.index, "a heading that names a part of the page"
        elif line.linked and not page.first <= line.index <= page.last and _leads_to_languages(line, known):
            yield line.index, "the page in other languages"


def _leads_to_languages(line: Line, known: Weights) -> bool:
    """Say whether a line has hardly more than links to pages, two at least, that are names of languages."""
    links = dict.fromkeys(link for slot in line.slots if (link := _link_around(slot, line)) is not None)
    names = [text_of_element(link) for link in links]
    beside = len(line.text.split()) - sum(len(name.split()) for name in names)
    return (
        len(names) > 1
        and beside <= _MOST_BESIDE + len(names)  # what parts them may be words too: commas, bars
        and {name.casefold() for name in names} <= known.languages
        and not any(_FILE.search(link.get("href") or "") for link in links)
    )


def _link_around(slot: TextNode, line: Line) -> Element | None:
    node = parent_of(slot)
    while node is not None and node is not line.box.element and node.tag != "a":
        node = node.getparent()
    return node if node is not None and node.tag == "a" else None


def _smooth_groups(page: Page, evidence: Sequence[float]) -> list[float]:
    """Let lines that stand in boxes alike be decided together: move what speaks for each towards their mean.

    Headings are left alone: they stand for what is below them, and not for one another. A table of facts is decided
    as a whole: without some of its rows it would say something else.
    """
    groups: list[BlockGroup | ElementBox] = [
        line.box.facts or group for line, group in zip(page.lines, page.alike, strict=True)
    ]
    sums: dict[BlockGroup | ElementBox, tuple[float, int]] = {}
    for line, group, value in zip(page.lines, groups, evidence, strict=True):
        total, weight = sums.get(group, (0.0, 0))
        size = min(line.size, _HEAVIEST)
        sums[group] = total + value * size, weight + size
    means = {group: total / weight for group, (total, weight) in sums.items()}
    for table in {line.box.facts for line in page.lines if line.box.facts}:
        if _follows_text(table, page, evidence):
            means[table] = max(means[table], _FOLLOWING)

    def moved(line: Line, value: float, mean: float) -> float:
        if line.box.facts:
            return mean
        return value if line.box.element.tag in HEADINGS else value + _TOGETHER * (mean - value)

    return [moved(line, value, means[group]) for line, value, group in zip(page.lines, evidence, groups, strict=True)]


def _follows_text(table: ElementBox, page: Page, evidence: Sequence[float]) -> bool:
    """Say whether a table of facts stands side by side with a text above it; a heading may stand between them."""
    above = table.first - 1
    while above >= 0 and page.lines[above].box.element.tag in HEADINGS:
        above -= 1
    if above < 0 or evidence[above] <= 0 or table.chrome or table.linked * 2 > table.size:
        return False
    box = page.lines[above].box
    return (box.facts or box).parent is table.parent


def _fallback(page: Page, evidence: Sequence[float], headline: Line | None) -> list[bool]:
    """Keep what is nearly as good as the best line, on a page so short that nothing speaks for any."""
    open_lines = [line for line in page.lines if not line.box.chrome and line is not headline]
    best = max((evidence[line.index] for line in open_lines), default=0.0)
    kept = {line.index for line in open_lines if evidence[line.index] >= best - _NEARLY}
    return [line.index in kept for line in page.lines]


def _weigh(page: Page, known: Weights) -> tuple[list[float], list[float]]:
    """Weigh every line by its features, once for the first look and once for what of them counts in the second.

    What a line shares with others is weighed once: with lines of boxes like its own, of its group, of its form.
    """
    floor = known.first.get(_FLOOR, 0.0), known.second.get(_FLOOR, 0.0)
    boxes: dict[tuple[frozenset[str], ...], tuple[float, float]] = {}
    groups: dict[tuple[BlockGroup, BlockGroup], tuple[float, float]] = {}
    forms: dict[Form, tuple[float, float]] = {}
    first, second = [], []
    for line in page.lines:
        box, shape = line.box, form(line)
        group = (page.near_alike[line.index], page.alike[line.index])
        key = (box.seen, box.traits, box.parent.traits if box.parent else frozenset())
        if key not in boxes:
            boxes[key] = _sum(set(inherited_features(box, page)), known, floor)
        if group not in groups:
            groups[group] = _sum(set(alike_features(line, page)), known, (0.0, 0.0))
        if shape not in forms:
            forms[shape] = _sum(set(form_features(shape, page)), known, (0.0, 0.0))
        parts = (boxes[key], groups[group], forms[shape])
        one, two = _sum(set(own_features(line, page, known)), known, (0.0, 0.0))
        first.append(one + sum([part[0] for part in parts]))
        second.append(two + sum([part[1] for part in parts]))
    return first, second


def _sum(names: set[str], known: Weights, start: tuple[float, float]) -> tuple[float, float]:
    weighed = names & known.first.keys()
    # An exact sum, since a set has another order in each run.
    return (
        start[0] + math.fsum(map(known.first.__getitem__, weighed)),
        start[1] + math.fsum(map(known.second.__getitem__, weighed)),
    )


def ranked(line: Line, page: Page, known: Weights) -> list[str]:
    """Return the features of a line that have a weight, from what speaks most against it to what speaks most for it."""
    names = {name for name in features(line, page, known) if name in known.second}
    return sorted(names, key=lambda name: (known.second[name], name)) or [_FLOOR]


def _threshold(page: Page, evidence: Sequence[float]) -> float:
    """Return the evidence a line needs: less where too little of the page would be left, more on a page of prose."""
    candidates = sum(line.size for line in page.lines if not line.box.chrome)
    wanted = min(_LITTLE, _PART * candidates)
    ranked = sorted(((value, line.size) for line, value in zip(page.lines, evidence, strict=True) if value > _WEAKEST))
    threshold, letters = 0.0, sum(size for value, size in ranked if value > 0)
    while letters < wanted and threshold > _WEAKEST:
        letters += sum(size for value, size in ranked if threshold - _STEP < value <= threshold)
        threshold -= _STEP
    return threshold + (_STRICTER if page.all_prose >= _MUCH else 0.0)


def _viterbi(lines: Sequence[Line], evidence: Sequence[float]) -> list[bool]:
    """Choose the rows of lines with the most evidence, where each change between text and no text costs some."""
    if not lines:
        return []
    weighed = [max(-4.0, min(4.0, value)) * _heaviness(line) for line, value in zip(lines, evidence, strict=True)]
    without, within = 0.0, weighed[0]
    came: list[tuple[bool, bool]] = []
    for (above, line), value in zip(pairwise(lines), weighed[1:], strict=True):
        cost = _BREAK / (1 + _distance(above.box, line.box) / 2)
        came.append((within - cost > without, within >= without - cost))
        without, within = max(without, within - cost), max(within, without - cost) + value
    keep = [within > without]
    for to_without, to_within in reversed(came):
        keep.append(to_within if keep[-1] else to_without)
    return keep[::-1]


def _heaviness(line: Line) -> float:
    """Return how much the evidence for a line counts; all rows of a table of facts together as much as one line."""
    table = line.box.facts
    size, rows = (table.size, table.last - table.first) if table else (line.size, 1)
    return min(3.0, max(0.5, math.sqrt(size / 40))) / rows


def _distance(one: ElementBox, other: ElementBox) -> int:
    """Count the steps through the tree from one box to another, up to a limit."""
    steps = 0
    a: ElementBox | None = one
    b: ElementBox | None = other
    while a is not b and a is not None and b is not None and steps < _FARTHEST:
        if a.depth >= b.depth:
            a = a.parent
        else:
            b = b.parent
        steps += 1
    return steps

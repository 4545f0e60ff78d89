"""Which lines are the text: evidence for each, twice weighed, then runs of lines that hold together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from readout_pub.extract.general.around import Surroundings
from readout_pub.extract.general.copies import COPY
from readout_pub.extract.general.evidence import Evidence
from readout_pub.extract.general.features import features, inherited_features, own_features
from readout_pub.extract.general.lines import Box, Line
from readout_pub.extract.general.page import Page

_FLOOR = "any line"
_BREAK = 1.0
"""Evidence that it costs to change from text to no text, or back, between two lines of one box."""
_FARTHEST = 6
"""Steps through the tree between two lines above which the distance no longer matters."""

_NEVER = -4.0
_ARTICLE = 800
"""Letters of prose outside comments and the like from which a page that calls itself an article holds one."""
_NEARLY = 1.5
_LITTLE = 600
"""Letters below which a page seems to have too little text, so that weaker evidence is let in."""
_PART = 0.3
_STEP = 0.25
_WEAKEST = -1.5


def verdicts(page: Page, known: Evidence) -> list[bool]:
    """Decide for every line of a page whether it is of the text."""
    first, second = _weigh(page, known)
    around = Surroundings(page, first)
    weight = known.around
    has_article = page.kind == "article" and page.all_prose >= _ARTICLE
    for line in page.lines:
        second[line.index] += sum(weight[name] * value for name, value in around.features(line) if name in weight)
        if line.box.chrome == COPY or (has_article and line.box.chrome in known.never):
            second[line.index] = _NEVER
    threshold = _threshold(page, second)
    keep = _runs(page.lines, [value - threshold for value in second])
    return keep if any(keep) else _best_of_little(page, second)


def _best_of_little(page: Page, evidence: Sequence[float]) -> list[bool]:
    """Keep what is nearly as good as the best line, on a page so short that nothing speaks for any."""
    open_lines = [line for line in page.lines if not line.box.chrome]
    best = max((evidence[line.index] for line in open_lines), default=0.0)
    kept = {line.index for line in open_lines if evidence[line.index] >= best - _NEARLY}
    return [line.index in kept for line in page.lines]


def _weigh(page: Page, known: Evidence) -> tuple[list[float], list[float]]:
    """Weigh every line by its features, once for the first look and once for what of them counts in the second."""
    floor = known.weights.get(_FLOOR, (0.0, 0.0))
    shared: dict[tuple[frozenset[str], ...], tuple[float, float]] = {}
    first, second = [], []
    for line in page.lines:
        box = line.box
        key = (box.seen, box.traits, box.parent.traits if box.parent else frozenset())
        if key not in shared:
            shared[key] = _sum(set(inherited_features(box, page)), known, floor)
        one, two = _sum(set(own_features(line, page, known)), known, shared[key])
        first.append(one)
        second.append(two)
    return first, second


def _sum(names: set[str], known: Evidence, start: tuple[float, float]) -> tuple[float, float]:
    one, two = start
    for name in names & known.weights.keys():
        first, second = known.weights[name]
        one += first
        two += second
    return one, two


def ranked(line: Line, page: Page, known: Evidence) -> list[str]:
    """Return the features of a line that have a weight, from what speaks most against it to what speaks most for it."""
    names = {name for name in features(line, page, known) if name in known.weights}
    return sorted(names, key=lambda name: (known.weights[name][1], name)) or [_FLOOR]


def _threshold(page: Page, evidence: Sequence[float]) -> float:
    """Return the evidence a line needs: none, or less where too little of the page would be left."""
    candidates = sum(line.size for line in page.lines if not line.box.chrome)
    wanted = min(_LITTLE, _PART * candidates)
    ranked = sorted(((value, line.size) for line, value in zip(page.lines, evidence, strict=True) if value > _WEAKEST))
    threshold, letters = 0.0, sum(size for value, size in ranked if value > 0)
    while letters < wanted and threshold > _WEAKEST:
        letters += sum(size for value, size in ranked if threshold - _STEP < value <= threshold)
        threshold -= _STEP
    return threshold


def _runs(lines: Sequence[Line], evidence: Sequence[float]) -> list[bool]:
    """Choose the rows of lines with the most evidence, where each change between text and no text costs some."""
    if not lines:
        return []
    weighed = [
        max(-4.0, min(4.0, value)) * min(3.0, max(0.5, (line.size / 40) ** 0.5))
        for line, value in zip(lines, evidence, strict=True)
    ]
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


def _distance(one: Box, other: Box) -> int:
    """Count the steps through the tree from one box to another, up to a limit."""
    steps = 0
    a: Box | None = one
    b: Box | None = other
    while a is not b and a is not None and b is not None and steps < _FARTHEST:
        if a.depth >= b.depth:
            a = a.parent
        else:
            b = b.parent
        steps += 1
    return steps

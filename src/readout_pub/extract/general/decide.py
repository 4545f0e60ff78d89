"""Which lines are the text: evidence for each, twice weighed, then runs of lines that hold together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from readout_pub.extract.general.around import Surroundings
from readout_pub.extract.general.evidence import Evidence
from readout_pub.extract.general.features import features
from readout_pub.extract.general.lines import Box, Line
from readout_pub.extract.general.page import Page

_FLOOR = "any line"
_BREAK = 1.0
"""Evidence that it costs to change from text to no text, or back, between two lines of one box."""
_FARTHEST = 6
"""Steps through the tree between two lines above which the distance no longer matters."""

_LITTLE = 600
"""Letters below which a page seems to have too little text, so that weaker evidence is let in."""
_PART = 0.3
_STEP = 0.25
_WEAKEST = -1.5


class Verdict(msgspec.Struct, frozen=True):
    """What was decided of one line: the evidence for it, and the rule that says so: the feature that counted most."""

    keep: bool
    evidence: float
    rule: str


def verdicts(page: Page, known: Evidence) -> list[Verdict]:
    """Decide for every line of a page whether it is of the text."""
    seen = [set(features(line, page, known)) for line in page.lines]
    first = [_sum(names, known.first) for names in seen]
    around = Surroundings(page, first)
    second = [
        _sum(names, known.second) + sum(known.second.get(name, 0.0) * value for name, value in around.features(line))
        for line, names in zip(page.lines, seen, strict=True)
    ]
    keep = _runs(page.lines, [value - _threshold(page, second) for value in second])
    return [
        Verdict(kept, value, _rule(line, names, known, kept))
        for line, names, value, kept in zip(page.lines, seen, second, keep, strict=True)
    ]


def _sum(names: set[str], weights: dict[str, float]) -> float:
    return weights.get(_FLOOR, 0.0) + sum(weights.get(name, 0.0) for name in names)


def _threshold(page: Page, evidence: Sequence[float]) -> float:
    """Return the evidence a line needs: none, or less where too little of the page would be left."""
    candidates = sum(line.size for line in page.lines if not line.box.chrome)
    wanted = min(_LITTLE, _PART * candidates)
    threshold = 0.0
    while threshold > _WEAKEST and _letters_above(page, evidence, threshold) < wanted:
        threshold -= _STEP
    return threshold


def _letters_above(page: Page, evidence: Sequence[float], threshold: float) -> int:
    return sum(line.size for line, value in zip(page.lines, evidence, strict=True) if value > threshold)


def _rule(line: Line, names: set[str], known: Evidence, kept: bool) -> str:  # noqa: FBT001 - which end of a scale
    """Name the feature that counted most for what was decided."""
    if line.box.chrome and not kept:
        return f"chrome {line.box.chrome}"
    sign = 1 if kept else -1
    return max(sorted(names), key=lambda name: sign * known.second.get(name, 0.0), default=_FLOOR)


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

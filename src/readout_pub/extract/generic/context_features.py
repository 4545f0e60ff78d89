"""Second-pass features: the first-pass scores of neighbouring lines, of the line's group and of enclosing blocks.

The line's own first-pass score is not a feature. In training, that score comes from a fit without the line's own site;
together with the other features it gives away the label of the line. The second pass learned this leak, and gained
almost nothing on sites left out of the fit (decision 10).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from readout_pub.extract.generic.page_analysis import BlockGroup, PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.html_elements import HEADINGS

_MAX_SCORE = 4.0
"""First-pass scores are clipped to ±4: beyond it a line is certain, and one certain line must not outvote many."""

# Bins and windows, chosen by hand. The weights are fitted to them: refit after a change.
_SHORT, _MIDDLE = 40, 160
"""Letters below which a line is "short" and "middle"; each class has weights of its own."""
_MAX_LINE_WEIGHT = 400
"""Letters up to which a line counts in means over several lines, so that one long paragraph does not set the mean."""
_SHARE_BINS = (0.01, 0.05, 0.2, 0.5, 0.8, 0.97)
"""Share of the page's good text that a box or group contains."""
_POSITION_BINS = (0.001, 0.01, 0.05, 0.3, 0.7, 0.95, 0.99, 0.9999)
"""Share of the page's good text up to a line."""
_LEVELS = 5
"""Enclosing boxes that have features of their own."""
_MAX_ANCESTORS = 8
"""Enclosing boxes among which the block of the good text is looked for."""
_MIN_HOME_SHARE = 0.6
"""Share of the page's good text from which an enclosing box is the block of the good text."""
_WINDOW = 6
"""Lines on either side whose mean score is a feature."""

_LENGTHS = ("short", "middle", "long")
_NEIGHBOURS = {length: [(step, f"{length}: line {step:+d}") for step in (-3, -2, -1, 1, 2, 3)] for length in _LENGTHS}
_MEAN_NAMES = {length: [f"{length}: box {level}" for level in range(_LEVELS)] for length in _LENGTHS}
_GOOD_NAMES = [[f"box {level} has good text {n}" for n in range(len(_SHARE_BINS) + 1)] for level in range(_LEVELS)]


class ContextFeatures:
    """Computes second-pass features from the first-pass scores of all lines of a page.

    "Good text" is the amount of text that the first pass takes for text: letters times tanh(score / 2), where the score
    is positive. Sums over boxes, groups and preceding lines are computed once, so a page costs linear time.
    """

    def __init__(self, page: PageAnalysis, first_scores: Sequence[float]) -> None:
        self._page = page
        self._scores = [max(-_MAX_SCORE, min(_MAX_SCORE, score)) for score in first_scores]
        self._weights = [min(line.size, _MAX_LINE_WEIGHT) for line in page.lines]
        self._box_scores: dict[ElementBox, float] = dict.fromkeys(page.boxes, 0.0)
        self._box_weights: dict[ElementBox, float] = dict.fromkeys(page.boxes, 0.0)
        self._box_good: dict[ElementBox, float] = dict.fromkeys(page.boxes, 0.0)
        self._group_sums: dict[BlockGroup, tuple[float, float, float]] = {}
        self._good_until: list[float] = []
        self._sums_until: list[tuple[float, float]] = [(0.0, 0.0)]
        total = 1e-9  # avoids a division by zero on pages without good text
        for line, group, score, weight in zip(page.lines, page.groups, self._scores, self._weights, strict=True):
            good = max(0.0, math.tanh(score / 2)) * weight
            total += good
            self._good_until.append(total)
            self._sums_until.append((self._sums_until[-1][0] + score * weight, self._sums_until[-1][1] + weight))
            sums = self._group_sums.get(group, (0.0, 0.0, 0.0))
            self._group_sums[group] = sums[0] + score * weight, sums[1] + weight, sums[2] + good
            self._box_scores[line.box] += score * weight
            self._box_weights[line.box] += weight
            self._box_good[line.box] += good
        for box in reversed(page.boxes):
            if box.parent is not None:
                for by_box in (self._box_scores, self._box_weights, self._box_good):
                    by_box[box.parent] += by_box[box]
        self._total_good = total

    def features(self, line: Line) -> Iterator[tuple[str, float]]:
        """Yield the features of a line with their values; short, middle and long lines have different features."""
        length = "short" if line.size < _SHORT else "middle" if line.size < _MIDDLE else "long"
        yield length, 1.0
        for step, name in _NEIGHBOURS[length]:
            yield name, self._score_at(line.index + step)
        yield f"{length}: lines around", self._window_mean(line.index)
        yield from self._box_score_features(line, length)
        yield from self._group_score_features(line, length)
        position = self._good_until[line.index] / self._total_good
        yield f"good text above {bisect_right(_POSITION_BINS, position)}", 1.0
        if table := line.box.data_table:
            yield "facts", 1.0
            yield "facts: line above", self._score_at(table.first - 1)
            yield "facts: line below", self._score_at(table.last)
        if line.box.element.tag in HEADINGS:
            below = self._scores[line.index + 1 : line.index + 6]
            yield "heading", 1.0
            yield "heading: best of the next three", max(below[:3], default=-_MAX_SCORE)
            yield "heading: mean of the next five", sum(below) / len(below) if below else -_MAX_SCORE

    def _score_at(self, index: int) -> float:
        """Return the score of a line; positions beyond the ends of the page have the score of certain chrome."""
        return self._scores[index] if 0 <= index < len(self._scores) else -_MAX_SCORE

    def _window_mean(self, index: int) -> float:
        """Return the weighted mean score of the lines on both sides, without the line itself."""
        before = self._sums_until[max(0, index - _WINDOW)]
        after = self._sums_until[min(len(self._scores), index + _WINDOW + 1)]
        own = self._weights[index]
        weight = after[1] - before[1] - own
        return (after[0] - before[0] - self._scores[index] * own) / weight if weight else 0.0

    def _group_score_features(self, line: Line, length: str) -> Iterator[tuple[str, float]]:
        total, size, good = self._group_sums[self._page.groups[line.index]]
        weight = self._weights[line.index]
        if size > weight:
            yield f"{length}: lines alike", (total - self._scores[line.index] * weight) / (size - weight)
        else:
            yield f"{length}: no line alike", 1.0
        yield f"good text in lines alike {bisect_right(_SHARE_BINS, good / self._total_good)}", 1.0

    def _box_score_features(self, line: Line, length: str) -> Iterator[tuple[str, float]]:
        weight = self._weights[line.index]
        home = None
        for level, box in enumerate(line.box.self_and_ancestors(_MAX_ANCESTORS)):
            share = self._box_good[box] / self._total_good
            if level < _LEVELS:
                rest = self._box_weights[box] - weight
                if rest > 0:
                    mean = (self._box_scores[box] - self._scores[line.index] * weight) / rest
                    yield _MEAN_NAMES[length][level], mean
                else:
                    yield f"{length}: alone in box {level}", 1.0
                yield _GOOD_NAMES[level][bisect_right(_SHARE_BINS, share)], 1.0
            if home is None and share >= _MIN_HOME_SHARE:
                home = level
        yield f"good text is {'far' if home is None else home} up", 1.0

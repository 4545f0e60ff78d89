"""The second look at a line: what was thought of the lines and boxes around it, as numbers to be weighed."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from readout_pub.extract.generic.block_groups import BlockGroup
from readout_pub.extract.generic.page import Page
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.html_elements import HEADINGS

LIMIT = 4.0
"""The first thought of a line counts up to this far either way."""

_SHORT, _MIDDLE = 40, 160
_WEIGHT = 400
"""Letters of a line that count in means over several lines."""
_SHARES = (0.01, 0.05, 0.2, 0.5, 0.8, 0.97)
_PLACES = (0.001, 0.01, 0.05, 0.3, 0.7, 0.95, 0.99, 0.9999)
_LEVELS = 5
_FAR = 8
_WINDOW = 6

_KINDS = ("short", "middle", "long")
_NEIGHBOURS = {kind: [(step, f"{kind}: line {step:+d}") for step in (-3, -2, -1, 1, 2, 3)] for kind in _KINDS}
_MEANS = {kind: [f"{kind}: box {level}" for level in range(_LEVELS)] for kind in _KINDS}
_GOOD = [[f"box {level} has good text {n}" for n in range(len(_SHARES) + 1)] for level in range(_LEVELS)]


class ContextFeatures:
    """The first thoughts of all lines, and their sums over boxes, over lines alike, and over the lines above.

    What was thought of the line itself is none of it. The fit takes it from a look that has not seen the line's site,
    and would learn to reason back from it to what its labels are.
    """

    def __init__(self, page: Page, first: Sequence[float]) -> None:
        self._page = page
        self.thought = [max(-LIMIT, min(LIMIT, value)) for value in first]
        self._weight = [min(line.size, _WEIGHT) for line in page.lines]
        self._sum: dict[ElementBox, float] = dict.fromkeys(page.boxes, 0.0)
        self._size: dict[ElementBox, float] = dict.fromkeys(page.boxes, 0.0)
        self._good: dict[ElementBox, float] = dict.fromkeys(page.boxes, 0.0)
        self._alike: dict[BlockGroup, tuple[float, float, float]] = {}
        self._above: list[float] = []
        self._until: list[tuple[float, float]] = [(0.0, 0.0)]
        total = 1e-9
        for line, group, value, weight in zip(page.lines, page.alike, self.thought, self._weight, strict=True):
            good = max(0.0, math.tanh(value / 2)) * weight
            total += good
            self._above.append(total)
            self._until.append((self._until[-1][0] + value * weight, self._until[-1][1] + weight))
            alike = self._alike.get(group, (0.0, 0.0, 0.0))
            self._alike[group] = alike[0] + value * weight, alike[1] + weight, alike[2] + good
            self._sum[line.box] += value * weight
            self._size[line.box] += weight
            self._good[line.box] += good
        for box in reversed(page.boxes):
            if box.parent is not None:
                for sums in (self._sum, self._size, self._good):
                    sums[box.parent] += sums[box]
        self._total = total

    def features(self, line: Line) -> Iterator[tuple[str, float]]:
        """Yield features and their values; short lines lean more on neighbours, so they have own weights."""
        kind = "short" if line.size < _SHORT else "middle" if line.size < _MIDDLE else "long"
        yield kind, 1.0
        for step, name in _NEIGHBOURS[kind]:
            yield name, self._at(line.index + step)
        yield f"{kind}: lines around", self._around(line.index)
        yield from self._boxes(line, kind)
        yield from self._of_alike(line, kind)
        yield f"good text above {bisect_right(_PLACES, self._above[line.index] / self._total)}", 1.0
        if table := line.box.facts:
            yield "facts", 1.0
            yield "facts: line above", self._at(table.first - 1)
            yield "facts: line below", self._at(table.last)
        if line.box.element.tag in HEADINGS:
            below = self.thought[line.index + 1 : line.index + 6]
            yield "heading", 1.0
            yield "heading: best of the next three", max(below[:3], default=-LIMIT)
            yield "heading: mean of the next five", sum(below) / len(below) if below else -LIMIT

    def _at(self, index: int) -> float:
        return self.thought[index] if 0 <= index < len(self.thought) else -LIMIT

    def _around(self, index: int) -> float:
        """Return the mean thought of the lines on both sides, by the sums until each line."""
        before = self._until[max(0, index - _WINDOW)]
        after = self._until[min(len(self.thought), index + _WINDOW + 1)]
        own = self._weight[index]
        weight = after[1] - before[1] - own
        return (after[0] - before[0] - self.thought[index] * own) / weight if weight else 0.0

    def _of_alike(self, line: Line, kind: str) -> Iterator[tuple[str, float]]:
        total, size, good = self._alike[self._page.alike[line.index]]
        weight = self._weight[line.index]
        if size > weight:
            yield f"{kind}: lines alike", (total - self.thought[line.index] * weight) / (size - weight)
        else:
            yield f"{kind}: no line alike", 1.0
        yield f"good text in lines alike {bisect_right(_SHARES, good / self._total)}", 1.0

    def _boxes(self, line: Line, kind: str) -> Iterator[tuple[str, float]]:
        weight = self._weight[line.index]
        home = None
        for level, box in enumerate(line.box.upwards(_FAR)):
            share = self._good[box] / self._total
            if level < _LEVELS:
                rest = self._size[box] - weight
                if rest > 0:
                    yield _MEANS[kind][level], (self._sum[box] - self.thought[line.index] * weight) / rest
                else:
                    yield f"{kind}: alone in box {level}", 1.0
                yield _GOOD[level][bisect_right(_SHARES, share)], 1.0
            if home is None and share >= 0.6:
                home = level
        yield f"good text is {'far' if home is None else home} up", 1.0

"""The second look at a line: what was thought of the lines and boxes around it, as numbers to be weighed."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from readout_pub.extract.general.lines import HEADINGS, Box, Line
from readout_pub.extract.general.page import Page

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


class Surroundings:
    """The first thoughts of all lines, and their sums over boxes and over the lines above."""

    def __init__(self, page: Page, first: Sequence[float]) -> None:
        self._page = page
        self.thought = [max(-LIMIT, min(LIMIT, value)) for value in first]
        self._weight = [min(line.size, _WEIGHT) for line in page.lines]
        self._sum: dict[Box, float] = dict.fromkeys(page.boxes, 0.0)
        self._size: dict[Box, float] = dict.fromkeys(page.boxes, 0.0)
        self._good: dict[Box, float] = dict.fromkeys(page.boxes, 0.0)
        self._above: list[float] = []
        total = 1e-9
        for line, value, weight in zip(page.lines, self.thought, self._weight, strict=True):
            good = max(0.0, math.tanh(value / 2)) * weight
            total += good
            self._above.append(total)
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
        own = self.thought[line.index]
        yield f"{kind}", 1.0
        yield f"{kind}: first thought", own
        for step in (-3, -2, -1, 1, 2, 3):
            yield f"{kind}: line {step:+d}", self._at(line.index + step)
        yield f"{kind}: lines around", self._around(line.index)
        yield from self._boxes(line, kind)
        yield f"good text above {bisect_right(_PLACES, self._above[line.index] / self._total)}", 1.0
        if line.box.element.tag in HEADINGS:
            below = self.thought[line.index + 1 : line.index + 6]
            yield "heading", 1.0
            yield "heading: best of the next three", max(below[:3], default=-LIMIT)
            yield "heading: mean of the next five", sum(below) / len(below) if below else -LIMIT

    def _at(self, index: int) -> float:
        return self.thought[index] if 0 <= index < len(self.thought) else -LIMIT

    def _around(self, index: int) -> float:
        places = [i for i in range(index - _WINDOW, index + _WINDOW + 1) if i != index and 0 <= i < len(self.thought)]
        weight = sum(self._weight[i] for i in places)
        return sum(self.thought[i] * self._weight[i] for i in places) / weight if weight else 0.0

    def _boxes(self, line: Line, kind: str) -> Iterator[tuple[str, float]]:
        weight = self._weight[line.index]
        home = None
        for level, box in enumerate(line.box.upwards(_FAR)):
            share = self._good[box] / self._total
            if level < _LEVELS:
                rest = self._size[box] - weight
                if rest > 0:
                    yield f"{kind}: box {level}", (self._sum[box] - self.thought[line.index] * weight) / rest
                else:
                    yield f"{kind}: alone in box {level}", 1.0
                yield f"box {level} has good text {bisect_right(_SHARES, share)}", 1.0
            if home is None and share >= 0.6:
                home = level
        yield f"good text is {'far' if home is None else home} up", 1.0

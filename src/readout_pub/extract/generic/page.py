"""The page around its text, read once: what is chrome for sure, where the prose lies, what repeats, what heads what."""

from __future__ import annotations

import bisect

import msgspec

from readout_pub.extract.generic.block_groups import group_blocks
from readout_pub.extract.generic.hidden_duplicates import COPY, hidden_duplicates
from readout_pub.extract.generic.text_blocks import ElementBox, Line, Lines
from readout_pub.extract.generic.weights import Weights
from readout_pub.html_elements import HEADINGS

_PROSE = 80
"""Letters from which a line with few links counts as prose."""
_FEW_LINKS = 0.3

_WHOLE = 0.95
"""Share of the page's prose from which a box is all there is of it, however far its headline is."""

BIG = 0.4
"""Share of the page's prose from which a box is the page rather than a part of it, whatever it is called."""


class Title(msgspec.Struct, frozen=True):
    """The headline, the words before it in its heading that are its kicker, the line that prints it, and the rule."""

    text: str
    kicker: str | None
    line: Line | None
    rule: str


class Repeated(msgspec.Struct, frozen=True):
    """Boxes of one kind side by side, such as cards: the share of their letters in links, their mean letters."""

    linked: float
    size: float


class Page:
    """Facts of a page that its lines are judged by.

    `known` names the traits of boxes that are never content; `kind` is what the page says it is: "forum", "product",
    "article" or nothing. `alike` and `near_alike` are for each line those whose three and two innermost boxes look the
    same. `title` is the headline and `looks` names what the page looks like, as soon as they are known; `phrases` keeps
    the known phrases of lines once they were looked for, `ruled_out` why a line is never text.
    """

    def __init__(self, read: Lines, known: Weights, kind: str | None = None) -> None:
        self.kind = kind
        self.boxes, self.lines, self.images = read.boxes, read.lines, read.images
        for box in self.boxes:
            box.traits = known.namer.traits(box.element)
        self._find_chrome(known)
        self.prose = self._prose(with_chrome=False)
        self.all_prose = self.prose.get(self.boxes[0], 0) or 1 if self.boxes else 1
        self._inherit()
        self.first, self.last = self._ends_of_prose()
        self.title: Title | None = None
        self.looks: tuple[str, ...] = ()
        self.phrases: dict[int, list[str]] = {}
        self.ruled_out: dict[int, str] = {}
        self.twice = self._said_before()
        self.repeated = self._repeated()
        self.heading = self._headings()
        prose = [self.is_prose(line) for line in self.lines]
        self.near_alike, self.alike = (group_blocks(self.lines, prose, boxes) for boxes in (2, 3))

    def is_prose(self, line: Line) -> bool:
        """Say whether a line is a long one with few links, and not chrome."""
        return line.size >= _PROSE and line.linked < _FEW_LINKS and not line.box.chrome

    def share(self, box: ElementBox) -> float:
        """Return the share of the page's prose that a box holds."""
        return self.prose.get(box, 0) / self.all_prose

    def _find_chrome(self, known: Weights) -> None:
        """Mark boxes whose traits are those of chrome, with the trait that decides; large boxes need better reasons."""
        everything = self._prose(with_chrome=True)
        total = everything.get(self.boxes[0], 0) if self.boxes else 0
        limit = BIG * total
        headline = next((line for line in self.lines if line.box.element.tag == "h1"), None)
        copies = hidden_duplicates(self.boxes, self.lines)
        for box in self.boxes:
            if box.parent and (box.parent.chrome or box.parent.facts):  # a table of facts is decided as a whole
                box.chrome = box.parent.chrome
                continue
            decisive = box.traits & known.chrome if not limit or everything.get(box, 0) < limit else frozenset()
            apart = headline is not None and not box.holds(headline) and everything.get(box, 0) < _WHOLE * total
            if self.kind != "forum" and apart:
                decisive |= box.traits & known.never
            box.chrome = COPY if box in copies else min(decisive, default=None)

    def _prose(self, *, with_chrome: bool) -> dict[ElementBox, int]:
        """Count the letters of prose in each box."""
        out: dict[ElementBox, int] = {}
        for line in self.lines:
            if line.size >= _PROSE and line.linked < _FEW_LINKS and (with_chrome or not line.box.chrome):
                out[line.box] = out.get(line.box, 0) + line.size
        for box in reversed(self.boxes):
            if box.parent is not None and box in out:
                out[box.parent] = out.get(box.parent, 0) + out[box]
        return out

    def _inherit(self) -> None:
        """Give each box what is said of the boxes around it; the names of a large box weigh differently."""
        known: dict[tuple[frozenset[str], str, frozenset[str]], frozenset[str]] = {}  # most boxes are like another
        for box in self.boxes:
            around = box.parent.seen if box.parent else frozenset()
            size = "big" if self.share(box) >= BIG else "small"
            like = (around, size, box.traits)
            if like not in known:
                known[like] = around.union(f"{size} {trait}" for trait in box.traits)
            box.seen = known[like]

    def _ends_of_prose(self) -> tuple[int, int]:
        """Return the lines between which nearly all of the prose stands."""
        running: list[int] = []
        total = 0
        for line in self.lines:
            if self.is_prose(line):
                total += line.size
            running.append(total)
        return bisect.bisect_left(running, total * 0.03), bisect.bisect_left(running, total * 0.98)

    def _said_before(self) -> set[int]:
        seen: set[str] = set()
        out = set()
        for line in self.lines:
            if line.text in seen:
                out.add(line.index)
            seen.add(line.text)
        return out

    def _repeated(self) -> dict[ElementBox, Repeated]:
        """Find boxes that stand three or more times in one parent, under one name."""
        kinds: dict[tuple[ElementBox, str, str], list[ElementBox]] = {}
        for box in self.boxes:
            if box.parent is not None and box.size:
                tag, name = box.kind
                kind = (box.parent, tag, (name or "")[:40])
                kinds.setdefault(kind, []).append(box)
        out: dict[ElementBox, Repeated] = {}
        for boxes in kinds.values():
            if len(boxes) >= 3:
                size = sum(box.size for box in boxes)
                found = Repeated(sum(box.linked for box in boxes) / size, size / len(boxes))
                out.update(dict.fromkeys(boxes, found))
        return out

    def _headings(self) -> dict[int, Line]:
        """Find for each line the last heading before it, if both stand in one box."""
        out: dict[int, Line] = {}
        last: Line | None = None
        for line in self.lines:
            if last is not None and last.box.parent is not None and last.box.parent.holds(line):
                out[line.index] = last
            if line.box.element.tag in HEADINGS:
                last = line
        return out

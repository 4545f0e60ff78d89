"""Computes facts of a page that line features need: where the prose is, which lines repeat, which lines form groups.

Lines whose innermost blocks have the same tags and classes form a group. They share features and, in part, their score:
the teasers of one list are usually all text or all chrome (boilerplate, such as menus).
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from itertools import takewhile

import msgspec

from readout_pub.extract.generic.chrome import HIDDEN_TRAITS, LARGE_SHARE, mark_chrome, mark_openable
from readout_pub.extract.generic.text_blocks import BlockTree, ElementBox, Line
from readout_pub.extract.generic.weights import Weights

_GroupKey = tuple[object, ...]
"""The signatures (tag and class) of boxes, innermost first; without a class, also an enclosing box."""


class BlockGroup:
    """How many lines a group has, and how many letters: in all, in links, and in lines of prose."""

    __slots__ = ("count", "linked_size", "prose_size", "size")

    def __init__(self) -> None:
        self.count = self.size = self.prose_size = 0
        self.linked_size = 0.0

    def add(self, line: Line, *, is_prose: bool) -> None:
        """Add a line to the sums."""
        self.count += 1
        self.size += line.size
        self.linked_size += line.size * line.link_density
        self.prose_size += line.size if is_prose else 0


def group_blocks(lines: Sequence[Line], is_prose: Sequence[bool], depth: int) -> list[BlockGroup]:
    """Return the group of each line: the lines whose `depth` innermost boxes have the same tags and classes.

    Boxes without a class match only within one enclosing box, since all cells of a layout table look the same.
    """
    keys: dict[ElementBox, _GroupKey] = {}
    groups: dict[_GroupKey, BlockGroup] = {}
    out = []
    for line, prose in zip(lines, is_prose, strict=True):
        key = keys.get(line.box)
        if key is None:
            key = keys[line.box] = _group_key(line.box, depth)
        group = groups.get(key)
        if group is None:
            group = groups[key] = BlockGroup()
        group.add(line, is_prose=prose)
        out.append(group)
    return out


def _group_key(box: ElementBox, depth: int) -> _GroupKey:
    signatures = tuple([each.signature for each in box.self_and_ancestors(depth)])
    for _, class_name in signatures:
        if class_name:
            return signatures
    ancestor = box.parent
    # Some editors wrap each paragraph of a dialogue in two divs.
    while ancestor is not None and ancestor.last - ancestor.first == 1:
        ancestor = ancestor.parent
    return (*signatures, ancestor)


_MIN_PROSE_SIZE = 80
"""How many letters prose needs. The weights are fitted to this value: refit after a change."""
_MAX_PROSE_LINK_DENSITY = 0.3
"""Prose has a lower link density than this; the weights are fitted to this value too."""

_PROSE_START, _PROSE_END = 0.03, 0.98
"""Shares of the prose, from its start. A single long line outside of these is far above or below the text."""

_FORUM_OR_SHOP = frozenset({"forum", "product"})

_MAX_LINES_OF_SITE = 4
"""How many of the last lines of prose may be of the site, such as a cookie notice."""
_MIN_REPEATS = 3
"""At least this many siblings of one tag and class are repeated boxes, such as cards."""
_MAX_COMPARED_CLASS = 40
"""How many characters of a class are compared to find repeated boxes; the rest may differ."""


class Title(msgspec.Struct, frozen=True):
    """The headline.

    `kicker` are the words before the headline within the same heading. `line` prints the headline; None if only the
    metadata has it. `rule` is what found the headline, for explanations.
    """

    text: str
    kicker: str | None
    line: Line | None
    rule: str


class RepeatedBoxes(msgspec.Struct, frozen=True):
    """Siblings of one tag and class, such as cards: their link density and their mean size in letters."""

    link_density: float
    mean_size: float


class PageAnalysis:
    """The boxes, lines and images of one page with everything that is computed once per page.

    `declared_type` is what the page declares itself to be: "forum", "product", "article" or None. `prose` maps each box
    to how many letters of prose outside chrome it contains; `total_prose` is the number for the page, at least 1.
    Nearly all prose is between the lines `prose_start` and `prose_end`. `groups` has for each line its group by the
    three innermost boxes, `coarse_groups` by the two innermost (see `group_blocks`). `duplicate_lines` are the indices
    of lines that repeat an earlier line. `heading_above` maps the index of a line to the last heading before it, if the
    heading's parent also contains the line. `repeated_boxes` maps each repeated box to facts about its row. `controls`
    are those of the `BlockTree`.

    Later stages set the other attributes. Before scoring: `title`, `page_types`, and from the metadata `language`,
    `declared_answers` and `descriptions` (folded by `fold_text`). While scoring: `phrase_cache` (matched phrases by
    line index). In `classify`: `exclusions` (line index → why a rule leaves out the line) and `margins` (how far each
    line scores above the threshold of the page).
    """

    def __init__(self, tree: BlockTree, weights: Weights, declared_type: str | None = None) -> None:
        self.declared_type = declared_type
        self.boxes, self.lines, self.images = tree.boxes, tree.lines, tree.images
        self.controls = tree.controls
        for box in self.boxes:
            box.traits = weights.trait_reader.traits(box.element)
        mark_openable(self.boxes)
        prose = self._count_prose(with_chrome=True)
        prose_lines = [line.index for line in self.lines if self.reads_like_prose(line)]
        mark_chrome(self.boxes, self.lines, prose, prose_lines, weights, is_forum=declared_type == "forum")
        self._are_prose = [self.reads_like_prose(line) and not line.box.chrome for line in self.lines]
        self.prose = self._count_prose(with_chrome=False)
        self.total_prose = self.prose.get(self.boxes[0], 0) or 1 if self.boxes else 1
        self._set_ancestor_traits()
        self.prose_start, self.prose_end = self._find_prose_range()
        self.title: Title | None = None
        self.page_types: tuple[str, ...] = ()
        self.language: str | None = None
        self.declared_answers: tuple[str, ...] = ()
        self.descriptions: frozenset[str] = frozenset()
        self.phrase_cache: dict[int, list[str]] = {}
        self.exclusions: dict[int, str] = {}
        self.margins: list[float] = []
        self.duplicate_lines = self._find_duplicate_lines()
        self.repeated_boxes = self._find_repeated_boxes()
        self.heading_above = self._find_headings_above()
        self.coarse_groups, self.groups = (group_blocks(self.lines, self._are_prose, depth) for depth in (2, 3))

    @property
    def title_line(self) -> Line | None:
        """The line that prints the title, if any."""
        return self.title.line if self.title else None

    @property
    def is_forum_or_shop(self) -> bool:
        """Whether the page declares itself a forum or a product.

        The scores keep too much of such pages. Their short lines, cards and components are posts, members or prices.
        """
        return self.declared_type in _FORUM_OR_SHOP

    def is_prose(self, line: Line) -> bool:
        """Return whether a line is long, has few links, and is not in chrome."""
        return self._are_prose[line.index]

    def may_be_text(self, line: Line) -> bool:
        """Return whether a line is outside of chrome, and no rule leaves it out."""
        return not line.box.chrome and line.index not in self.exclusions

    def may_be_unlinked_text(self, line: Line) -> bool:
        """Return whether a line may be text and has no links."""
        return self.may_be_text(line) and not line.link_density

    def included_lines(self, box: ElementBox) -> list[bool]:
        """Return for each line of a box whether no rule leaves it out."""
        return [index not in self.exclusions for index in range(box.first, box.last)]

    def first_headline(self) -> Line | None:
        """Return the first `h1` that is shown, outside of chrome; None if there is none."""
        h1s = (line for line in self.lines if line.box.element.tag == "h1" and not line.box.chrome)
        return next((line for line in h1s if HIDDEN_TRAITS.isdisjoint(line.box.traits)), None)

    @staticmethod
    def reads_like_prose(line: Line) -> bool:
        """Return whether a line is long and has few links, in chrome or not."""
        return line.size >= _MIN_PROSE_SIZE and line.link_density < _MAX_PROSE_LINK_DENSITY

    def prose_share(self, box: ElementBox) -> float:
        """Return the share of the page's prose that a box contains, 0 to 1."""
        return self.prose.get(box, 0) / self.total_prose

    def _count_prose(self, *, with_chrome: bool) -> dict[ElementBox, int]:
        """Count the letters of prose in each box."""
        out: dict[ElementBox, int] = {}
        for line in self.lines:
            if self.reads_like_prose(line) if with_chrome else self.is_prose(line):
                out[line.box] = out.get(line.box, 0) + line.size
        for box in reversed(self.boxes):
            if box.parent is not None and box in out:
                out[box.parent] = out.get(box.parent, 0) + out[box]
        return out

    def _set_ancestor_traits(self) -> None:
        """Set the ancestor traits of each box: its own traits and those around it, prefixed with "big" or "small".

        A "big card" is the whole page. The sets are cached, since siblings mostly have the same traits.
        """
        cache: dict[tuple[frozenset[str], str, frozenset[str]], frozenset[str]] = {}
        for box in self.boxes:
            inherited = box.parent.ancestor_traits if box.parent else frozenset()
            if not box.traits:
                box.ancestor_traits = inherited
                continue
            size = "big" if self.prose_share(box) >= LARGE_SHARE else "small"
            key = (inherited, size, box.traits)
            if key not in cache:
                cache[key] = inherited.union(f"{size} {trait}" for trait in box.traits)
            box.ancestor_traits = cache[key]

    def end_prose_above(self, is_of_site: Callable[[str], bool]) -> None:
        """Set the range of the prose again, without last lines of the site, such as a cookie notice."""
        prose = [line for line in self.lines if self.is_prose(line)]
        of_site = list(takewhile(lambda line: is_of_site(line.text), prose[: -_MAX_LINES_OF_SITE - 1 : -1]))
        if of_site and len(of_site) < len(prose):
            self.prose_start, self.prose_end = self._find_prose_range(of_site[-1].index)

    def _find_prose_range(self, end: int | None = None) -> tuple[int, int]:
        """Return two indices of lines between which nearly all prose is; only lines before `end` count."""
        running: list[int] = []
        total = 0
        for line in self.lines[:end]:
            if self.is_prose(line):
                total += line.size
            running.append(total)
        return bisect.bisect_left(running, total * _PROSE_START), bisect.bisect_left(running, total * _PROSE_END)

    def _find_duplicate_lines(self) -> set[int]:
        seen: set[str] = set()
        out = set()
        for line in self.lines:
            if line.text in seen:
                out.add(line.index)
            seen.add(line.text)
        return out

    def _find_repeated_boxes(self) -> dict[ElementBox, RepeatedBoxes]:
        """Return a map from each repeated box to the facts about its row."""
        siblings: dict[tuple[ElementBox, str, str], list[ElementBox]] = {}
        for box in self.boxes:
            if box.parent is not None and box.size:
                tag, class_name = box.signature
                key = (box.parent, tag, (class_name or "")[:_MAX_COMPARED_CLASS])
                siblings.setdefault(key, []).append(box)
        out: dict[ElementBox, RepeatedBoxes] = {}
        for boxes in siblings.values():
            if len(boxes) >= _MIN_REPEATS:
                size = sum(box.size for box in boxes)
                row = RepeatedBoxes(sum(box.linked_size for box in boxes) / size, size / len(boxes))
                out.update(dict.fromkeys(boxes, row))
        return out

    def _find_headings_above(self) -> dict[int, Line]:
        out: dict[int, Line] = {}
        last: Line | None = None
        for line in self.lines:
            if last is not None and last.box.parent is not None and last.box.parent.contains_line(line):
                out[line.index] = last
            if line.is_heading:
                last = line
        return out

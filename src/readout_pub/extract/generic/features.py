"""Computes the features of a line: names such as "size 3" or "near menu" that a line has or lacks; see `weights.toml`.

Amounts are binned, so that a linear score can follow any curve: "size 3" is the bin from 40 to 79 letters. Some
features gained at most 0.002 of F1 and were left out: capitals at the start of words, where links lead, pictures beside
a line, the raw features of neighbours, and the `articleBody` of JSON-LD.

The second pass adds first-pass scores of neighbouring lines, of the line's group and of enclosing blocks
(`ContextFeatures`), but not of the line itself. In training, a line's own score comes from a fit without its site.
Together with the other features, this score reveals whether the line is annotated as text. A second pass with this
score gained almost nothing on sites left out of the fit (decision 10).
"""

from __future__ import annotations

import functools
import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from readout_pub.extract.generic.page_analysis import BlockGroup, PageAnalysis, RepeatedBoxes
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.extract.generic.weights import Weights
from readout_pub.html_elements import HEADINGS
from readout_pub.sentences import ends_sentence

# Bin edges, chosen by hand, roughly in equal steps of a logarithm. A new edge renames features and needs `./dev fit`.
_SIZE_BINS = (8, 20, 40, 80, 160, 320)
"""Numbers of letters in a line: "size 0" has fewer than 8."""
_LINK_DENSITY_BINS = (0.01, 0.2, 0.5, 0.9)
"""Link densities of a line, a box, a group or repeated boxes."""
_SHAPE_SIZE_BINS, _SHAPE_LINK_BINS = _SIZE_BINS[:4], _LINK_DENSITY_BINS[:3]
"""Fewer bins, for the shape of a line."""
_PROSE_SHARE_BINS = (0.02, 0.1, 0.25, 0.5, 0.8)
"""Shares of the page's prose in a box."""
_REPEATED_SIZE_BINS = (40, 120, 400, 1000)
"""Mean numbers of letters in repeated boxes."""
_GROUP_COUNT_BINS = (1, 2, 4, 10, 30)
"""Numbers of lines in a group."""
_GROUP_PROSE_BINS = (0.001, 0.02, 0.1, 0.25, 0.5, 0.8)
"""Shares of the page's prose in a group."""
_GROUP_MEAN_SIZE_BINS = (10, 25, 60, 120, 240)
"""Mean numbers of letters in the lines of a group."""

_SHAPE_ASPECTS = {
    "prose": ("size", "linked"),
    "linked": ("both",),
    "share of prose": ("size", "tag"),
    "kind": ("both", "tag"),
}
"""Page type → the aspects of a line's shape that are combined with the type; other types take "shape", the coarsest
one."""

_LEVELS = 4
"""How many enclosing boxes have features of their own; "box 0" is the innermost."""
_MAX_ANCESTORS = 8
"""How many enclosing boxes are searched for the block of the prose or of the headline, and for repeated boxes. For an
`article`, twice as many are searched."""
_MIN_BLOCK_PROSE = 0.5
"""The block of the prose is the innermost box with at least this share of the page's prose."""

_TYPE_DEPENDENT_TRAITS = frozenset("comments ratings sign author forum meta shop list related".split())
"""Traits with another meaning in a forum or a shop, which are combined with the declared type of the page."""

_PROSE_NAMES = [[f"box {level} has prose {n}" for n in range(len(_PROSE_SHARE_BINS) + 1)] for level in range(_LEVELS)]
_LINKED_NAMES = [[f"box {level} is linked {n}" for n in range(len(_LINK_DENSITY_BINS) + 1)] for level in range(_LEVELS)]

_PLACE_NAMES = {
    where: [f"{where} the prose, size {min(size, 4)}" for size in range(len(_SIZE_BINS) + 1)]
    for where in ("before", "within", "after")
}
_TENTH_NAMES = [f"in tenth {n} of the page" for n in range(10)]

_COMMAS = re.compile("[,，、;；،]")
_ASCII_DIGITS = re.compile("[0-9]")
_SEPARATORS = re.compile("[|›»•·→]")


def line_features(line: Line, page: PageAnalysis, weights: Weights) -> Iterator[str]:
    """Yield all features of a line: of its text and position, its boxes, their traits, its group, and its shape."""
    yield from own_features(line, page, weights)
    yield from box_features(line.box, page)
    yield from trait_features(line.box, page)
    yield from group_features(line, page)
    yield from shape_features(line_shape(line), page)


def own_features(line: Line, page: PageAnalysis, weights: Weights) -> list[str]:
    """Return the features whose sum `classify` does not cache, since few lines have all of them in common."""
    size = bisect_right(_SIZE_BINS, line.size)
    phrases = _match_phrases(line, page, weights)
    length = "short" if line.size < 60 else "long"
    return [
        *_text_features(line, size),
        *phrases,
        *[f"{phrase}, {length}" for phrase in phrases],
        *_position_features(line, page, size, weights),
    ]


def trait_features(box: ElementBox, page: PageAnalysis) -> Iterator[str]:
    """Yield the traits of a box and its parent ("near menu"), and of the box and all its ancestors ("small menu").

    The declared type of the page is added to some traits: "product page: near list".
    """
    near = [f"near {trait}" for trait in box.near_traits]
    yield from near
    yield from box.ancestor_traits
    if page.declared_type:
        traits = (*near, *box.ancestor_traits)
        dependent = (name for name in traits if name.rsplit(" ", 1)[-1] in _TYPE_DEPENDENT_TRAITS)
        yield from (f"{page.declared_type} page: {name}" for name in dependent)


def group_features(line: Line, page: PageAnalysis) -> Iterator[str]:
    """Yield the features of the two groups of a line: lines that are alike in the two, or three, innermost boxes."""
    for boxes, group in (2, page.coarse_groups[line.index]), (3, page.groups[line.index]):
        linked = bisect_right(_LINK_DENSITY_BINS, group.linked_size / max(1, group.size))
        size = bisect_right(_GROUP_MEAN_SIZE_BINS, group.size / group.count)
        yield f"alike in {boxes} boxes: {bisect_right(_GROUP_COUNT_BINS, group.count)}"
        yield f"alike in {boxes} boxes: prose {bisect_right(_GROUP_PROSE_BINS, group.prose_size / page.total_prose)}"
        yield f"alike in {boxes} boxes: size {size}, linked {linked}"


Shape = tuple[int, int, str]
"""The shape of a line: the bins of its size (0 to 4) and of its link density (0 to 3), and its tag."""


def line_shape(line: Line) -> Shape:
    """Return the bins of size and link density of a line, and its tag."""
    size, linked = bisect_right(_SHAPE_SIZE_BINS, line.size), bisect_right(_SHAPE_LINK_BINS, line.link_density)
    return size, linked, line.box.signature[0]


def shape_features(shape: Shape, page: PageAnalysis) -> Iterator[str]:
    """Yield the combinations of a line's shape with each page type: "page of prose 3: size 2".

    A short line is text on a product page and chrome beside an article; these features gained 0.011 of F1.
    """
    size, linked, tag = shape
    aspects = {
        "size": f"size {size}",
        "linked": f"linked {linked}",
        "both": f"size {size}, linked {linked}",
        "shape": f"size {size}, {'mostly linked' if linked > 1 else 'open'}",
        "tag": f"<{tag}>",
    }
    for page_type in page.page_types:
        for aspect in _SHAPE_ASPECTS.get(page_type.rpartition(" ")[0], ("shape",)):
            yield f"page of {page_type}: {aspects[aspect]}"


def _match_phrases(line: Line, page: PageAnalysis, weights: Weights) -> list[str]:
    """Return the phrase features of a line: what it opens with ("says related") and contains ("has rights")."""
    found = page.phrase_cache.get(line.index)
    if found is None:
        text = line.text.lower()  # a case-insensitive search takes four times as long
        found = []
        if weights.any_opening.match(text):
            found += [name for name, pattern in weights.opening_phrases if pattern.match(text)]
        if weights.any_contained.search(text):
            found += [name for name, pattern in weights.contained_phrases if pattern.search(text)]
        page.phrase_cache[line.index] = found
    return found


def _text_features(line: Line, size: int) -> list[str]:
    """Return the features of a line's text, whose size bin is `size`: links, punctuation, digits and case."""
    text, linked = line.text, bisect_right(_LINK_DENSITY_BINS, line.link_density)
    found = [*_names_of_kind(size, linked, line.box.signature[0])]
    if ends_sentence(text):
        found.append(f"sentence of size {size}")
    elif text[-1] in ":：":
        found.append("ends with a colon")
    if commas := len(_COMMAS.findall(text)):
        found.append(f"commas {min(commas, 4)}")
    if _SEPARATORS.search(text):
        found.append("has separators")
    digits = _count_digits(text) if size < 4 else 0
    if digits * 3 > len(text):
        found.append("is digits")
    elif digits >= 4:
        found.append("has digits")
    if text[0].islower():
        found.append("begins small")
    if text.isupper():
        found.append("all capitals")
    if line.inline_tags:
        found += [f"has <{tag}>" for tag in line.inline_tags]
    return found


@functools.cache  # there are only as many kinds as combinations of bins and block elements
def _names_of_kind(size: int, linked: int, tag: str) -> tuple[str, ...]:
    return (
        f"size {size}",
        f"size {size}, linked {min(linked, 3)}",
        f"in its own <{tag}>",
        f"in its own <{tag}>, linked {linked}",
    )


def _count_digits(text: str) -> int:
    return len(_ASCII_DIGITS.findall(text)) if text.isascii() else sum(map(str.isdigit, text))


def _position_features(line: Line, page: PageAnalysis, size: int, weights: Weights) -> list[str]:
    """Return the features of the place of a line: in the page, and relative to the prose and to headings."""
    index = line.index
    where = "before" if index < page.prose_start else "after" if index > page.prose_end else "within"
    found = [_PLACE_NAMES[where][size], _TENTH_NAMES[index * 10 // len(page.lines)]]
    if index in page.duplicate_lines:
        found.append("said before")
    title = page.title_line
    if title is not None:
        below = index - title.index
        found.append("below the title" if below > 0 else "is the title" if below == 0 else "above the title")
        if 0 < below <= 3:
            found.append("right below the title")
    if heading := page.heading_above.get(index):
        found.append("under a heading")
        found += [f"under a heading that {phrase}" for phrase in _match_phrases(heading, page, weights)]
    return found


BoxKey = tuple[ElementBox | None, bool, int, int | None, RepeatedBoxes | None, bool, bool]
"""All that the features of a box depend on. Most paragraphs of a text have equal keys."""


def box_key(box: ElementBox, page: PageAnalysis) -> BoxKey:
    """Return the key of the features of a box: its parent, and all that `box_features` reads from the box itself."""
    title = page.title_line
    return (
        box.parent,
        bool(box.chrome),
        bisect_right(_PROSE_SHARE_BINS, page.prose_share(box)),
        bisect_right(_LINK_DENSITY_BINS, box.linked_size / box.size) if box.size else None,
        page.repeated_boxes.get(box),
        title is not None and box.contains_line(title),
        box.signature[0] == "article",
    )


def box_features(box: ElementBox, page: PageAnalysis) -> Iterator[str]:
    """Yield the features of the boxes around a line, from `box` outwards: their prose, links, headline."""
    yield from _prose_features(box, page)
    if title := page.title_line:
        yield from _title_distance_features(box, title)


def _title_distance_features(innermost: ElementBox, title: Line) -> Iterator[str]:
    """Yield how many levels up the block with the headline is, and whether the line is in the same `article`."""
    boxes = innermost.self_and_ancestors(_MAX_ANCESTORS)
    level = next((level for level, box in enumerate(boxes) if box.contains_line(title)), None)
    yield f"title is {'far' if level is None else level} up"
    ancestors = innermost.self_and_ancestors(2 * _MAX_ANCESTORS)
    article = next((box for box in ancestors if box.signature[0] == "article"), None)
    if article is not None:
        yield "in the article of the title" if article.contains_line(title) else "in another article"


def _prose_features(innermost: ElementBox, page: PageAnalysis) -> Iterator[str]:
    """Yield features of the boxes around a line: prose, links, repeated boxes, levels up to the block of the prose."""
    if innermost.chrome:
        yield "in chrome"
    in_repeated, block_level = False, None
    for level, box in enumerate(innermost.self_and_ancestors(_MAX_ANCESTORS)):
        share = page.prose_share(box)
        if level < _LEVELS:
            yield _PROSE_NAMES[level][bisect_right(_PROSE_SHARE_BINS, share)]
            if box.size:
                yield _LINKED_NAMES[level][bisect_right(_LINK_DENSITY_BINS, box.linked_size / box.size)]
        elif block_level is not None:
            break
        if block_level is None and share >= _MIN_BLOCK_PROSE:
            block_level = level
        if block_level is None and not in_repeated and (row := page.repeated_boxes.get(box)):
            in_repeated = True
            linked = bisect_right(_LINK_DENSITY_BINS, row.link_density)
            size = bisect_right(_REPEATED_SIZE_BINS, row.mean_size)
            yield f"in repeated boxes, linked {linked}, size {size}"
    yield f"prose is {'far' if block_level is None else block_level} up"


_MAX_SCORE = 4.0
"""First-pass scores are clipped to ±4: one certain line must not outvote many."""

# Bins and windows, chosen by hand; a change needs `./dev fit`. `ContextFeatures` says what "good text" is.
_SHORT, _MIDDLE = 40, 160
"""Lines with fewer letters than the first number are "short", with fewer than the second "middle", others "long". Each
length has its own weights."""
_MAX_LINE_WEIGHT = 400
"""How many letters of a line count in means, so that one long paragraph does not set the mean."""
_SHARE_BINS = (0.01, 0.05, 0.2, 0.5, 0.8, 0.97)
"""Shares of the page's good text in a box or group."""
_POSITION_BINS = (0.001, 0.01, 0.05, 0.3, 0.7, 0.95, 0.99, 0.9999)
"""Shares of the page's good text above the end of a line."""
_SCORE_LEVELS = 5
"""How many enclosing boxes have features of their own."""
_MAX_SCORE_ANCESTORS = 8
"""How many enclosing boxes are searched for the block of the good text."""
_MIN_BLOCK_SHARE = 0.6
"""The block of the good text is the innermost box with at least this share of the page's good text."""
_WINDOW = 6
"""How many lines on either side count in the mean score "lines around"."""

_LENGTHS = ("short", "middle", "long")
_NEIGHBOURS = 3
"""How many lines on either side have a feature of their own."""
_LINES_BEFORE = {length: [f"{length}: line {step}" for step in range(-_NEIGHBOURS, 0)] for length in _LENGTHS}
_LINES_AFTER = {length: [f"{length}: line +{step}" for step in range(1, _NEIGHBOURS + 1)] for length in _LENGTHS}
_AROUND_NAMES = {length: f"{length}: lines around" for length in _LENGTHS}
_ABOVE_NAMES = [f"good text above {n}" for n in range(len(_POSITION_BINS) + 1)]
_ALIKE_NAMES = [f"good text in lines alike {n}" for n in range(len(_SHARE_BINS) + 1)]
_BLOCK_LEVEL_NAMES = [*(f"good text is {level} up" for level in range(_MAX_SCORE_ANCESTORS)), "good text is far up"]
_ALONE_NAMES = {length: [f"{length}: alone in box {level}" for level in range(_SCORE_LEVELS)] for length in _LENGTHS}
_MEAN_NAMES = {length: [f"{length}: box {level}" for level in range(_SCORE_LEVELS)] for length in _LENGTHS}
_GOOD_NAMES = [
    [f"box {level} has good text {n}" for n in range(len(_SHARE_BINS) + 1)] for level in range(_SCORE_LEVELS)
]


class ContextFeatures:
    """Computes second-pass features from the first-pass scores of all lines of a page.

    "Good text" is how much of a box, a group or the page the first pass takes for text: a line with a positive score
    adds its letters, at most `_MAX_LINE_WEIGHT`, times tanh(score / 2). Sums are computed once, so a page costs linear
    time.
    """

    def __init__(self, page: PageAnalysis, first_scores: Sequence[float]) -> None:
        self._page = page
        self._scores = [max(-_MAX_SCORE, min(_MAX_SCORE, score)) for score in first_scores]
        # Positions beyond the ends of the page have the lowest score, as if navigation were there.
        beyond = [-_MAX_SCORE] * _NEIGHBOURS
        self._padded = [*beyond, *self._scores, *beyond]
        self._weights = [min(line.size, _MAX_LINE_WEIGHT) for line in page.lines]
        # Each of these lists has the sum over a box at the index of the box.
        self._box_scores, self._box_weights, good_of_box = ([0.0] * len(page.boxes) for _ in range(3))
        self._group_sums: dict[BlockGroup, tuple[float, float, float]] = {}
        self._good_until: list[float] = []
        self._sums_until: list[tuple[float, float]] = [(0.0, 0.0)]
        total = 1e-9  # avoids a division by zero on pages without good text
        for line, group, score, weight in zip(page.lines, page.groups, self._scores, self._weights, strict=True):
            good = max(0.0, math.tanh(score / 2)) * weight
            total += good
            self._good_until.append(total)
            weighted, at = score * weight, line.box.index
            above = self._sums_until[-1]
            self._sums_until.append((above[0] + weighted, above[1] + weight))
            sums = self._group_sums.get(group, (0.0, 0.0, 0.0))
            self._group_sums[group] = sums[0] + weighted, sums[1] + weight, sums[2] + good
            self._box_scores[at] += weighted
            self._box_weights[at] += weight
            good_of_box[at] += good
        for box in reversed(page.boxes):
            if box.parent is not None:
                at, parent = box.index, box.parent.index
                self._box_scores[parent] += self._box_scores[at]
                self._box_weights[parent] += self._box_weights[at]
                good_of_box[parent] += good_of_box[at]
        self._total_good = total
        self._good_bins = [bisect_right(_SHARE_BINS, good / total) for good in good_of_box]
        self._block_levels: list[int] = []
        for box, good in zip(page.boxes, good_of_box, strict=True):
            above_parent = self._block_levels[box.parent.index] if box.parent else _MAX_SCORE_ANCESTORS
            self._block_levels.append(0 if good / total >= _MIN_BLOCK_SHARE else above_parent + 1)

    def features(self, line: Line) -> list[tuple[str, float]]:
        """Return the features of a line with their values; short, middle and long lines have different features."""
        length = "short" if line.size < _SHORT else "middle" if line.size < _MIDDLE else "long"
        at = line.index
        position = self._good_until[at] / self._total_good
        found = [
            (length, 1.0),
            *zip(_LINES_BEFORE[length], self._padded[at : at + _NEIGHBOURS], strict=True),
            *zip(_LINES_AFTER[length], self._padded[at + _NEIGHBOURS + 1 : at + 2 * _NEIGHBOURS + 1], strict=True),
            (_AROUND_NAMES[length], self._window_mean(at)),
            *self._box_score_features(line, length),
            *self._group_score_features(line, length),
            (_ABOVE_NAMES[bisect_right(_POSITION_BINS, position)], 1.0),
        ]
        if table := line.box.data_table:
            found += [
                ("facts", 1.0),
                ("facts: line above", self._padded[table.first - 1 + _NEIGHBOURS]),
                ("facts: line below", self._padded[table.last + _NEIGHBOURS]),
            ]
        if line.box.signature[0] in HEADINGS:
            below = self._scores[at + 1 : at + 6]
            found += [
                ("heading", 1.0),
                ("heading: best of the next three", max(below[:3], default=-_MAX_SCORE)),
                ("heading: mean of the next five", sum(below) / len(below) if below else -_MAX_SCORE),
            ]
        return found

    def _window_mean(self, index: int) -> float:
        """Return the weighted mean score of the `_WINDOW` lines on either side, without the line itself."""
        before = self._sums_until[max(0, index - _WINDOW)]
        after = self._sums_until[min(len(self._scores), index + _WINDOW + 1)]
        own = self._weights[index]
        weight = after[1] - before[1] - own
        return (after[0] - before[0] - self._scores[index] * own) / weight if weight else 0.0

    def _group_score_features(self, line: Line, length: str) -> tuple[tuple[str, float], tuple[str, float]]:
        total, size, good = self._group_sums[self._page.groups[line.index]]
        weight = self._weights[line.index]
        if size > weight:
            alike = (f"{length}: lines alike", (total - self._scores[line.index] * weight) / (size - weight))
        else:
            alike = (f"{length}: no line alike", 1.0)
        return alike, (_ALIKE_NAMES[bisect_right(_SHARE_BINS, good / self._total_good)], 1.0)

    def _box_score_features(self, line: Line, length: str) -> list[tuple[str, float]]:
        found: list[tuple[str, float]] = []
        means, alone = _MEAN_NAMES[length], _ALONE_NAMES[length]
        weight = self._weights[line.index]
        weighted = self._scores[line.index] * weight
        for level, box in enumerate(line.box.self_and_ancestors(_SCORE_LEVELS)):
            at = box.index
            rest = self._box_weights[at] - weight
            if rest > 0:
                found.append((means[level], (self._box_scores[at] - weighted) / rest))
            else:
                found.append((alone[level], 1.0))
            found.append((_GOOD_NAMES[level][self._good_bins[at]], 1.0))
        found.append((_BLOCK_LEVEL_NAMES[min(self._block_levels[line.box.index], _MAX_SCORE_ANCESTORS)], 1.0))
        return found

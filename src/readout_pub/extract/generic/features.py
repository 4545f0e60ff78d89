"""The features of a line: names such as "size 3" or "near menu" that a line has or lacks; see `weights.toml`.

Amounts are binned, so that a linear score can follow any curve; feature "size 3" is the bin from 40 to 79 letters.
Tried and left out, since they gained at most 0.002 of F1: capitals at the start of words, where links lead, pictures
beside a line, the raw features of neighbours, and the `articleBody` of JSON-LD.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.extract.generic.weights import Weights

# Bin edges, chosen by hand, roughly in equal steps of a logarithm. The weights are fitted to the bins: a new edge
# renames features, and needs `./dev fit`.
_SIZE_BINS = (8, 20, 40, 80, 160, 320)
"""Letters of a line; "size 0" is below 8."""
_LINK_DENSITY_BINS = (0.01, 0.2, 0.5, 0.9)
"""Link density of a line, a box, a group or repeated boxes."""
_PROSE_SHARE_BINS = (0.02, 0.1, 0.25, 0.5, 0.8)
"""Share of the page's prose that a box contains."""
_REPEATED_SIZE_BINS = (40, 120, 400, 1000)
"""Mean letters of repeated boxes."""
_GROUP_COUNT_BINS = (1, 2, 4, 10, 30)
"""Lines of a group."""
_GROUP_PROSE_BINS = (0.001, 0.02, 0.1, 0.25, 0.5, 0.8)
"""Prose of a group as a share of the page's prose."""
_GROUP_MEAN_SIZE_BINS = (10, 25, 60, 120, 240)
"""Mean letters of the lines in a group."""

_SHAPE_ASPECTS = {
    "prose": ("size", "linked"),
    "linked": ("both",),
    "share of prose": ("size", "tag"),
    "kind": ("both", "tag"),
}
"""Page type → the aspects of a line's shape that are combined with it; other types take "shape", the coarsest one."""

_LEVELS = 4
"""Enclosing boxes that have features of their own ("box 0" is the innermost)."""
_MAX_ANCESTORS = 8
"""Enclosing boxes among which the block of the prose, of the headline or of a card is looked for."""
_MIN_PROSE_HOME = 0.5
"""Share of the page's prose from which an enclosing box is the block of the prose."""

_TYPE_DEPENDENT_TRAITS = frozenset("comments ratings sign author forum meta shop list related".split())
"""Traits that have another meaning in a forum or a shop, so they are combined with the declared type of the page."""

_PROSE_NAMES = [[f"box {level} has prose {n}" for n in range(len(_PROSE_SHARE_BINS) + 1)] for level in range(_LEVELS)]
_LINKED_NAMES = [[f"box {level} is linked {n}" for n in range(len(_LINK_DENSITY_BINS) + 1)] for level in range(_LEVELS)]

_SENTENCE_END = re.compile(r"[.。．!?！？…‥।؟][\"'”’»」』）)\]]*$")
_SENTENCE_END_LENGTH = 8
"""Last characters of a line in which a sentence end is looked for, closing quotes and brackets included."""
_COMMAS = re.compile("[,，、;；،]")
_SEPARATORS = re.compile("[|›»•·→]")


def line_features(line: Line, page: PageAnalysis, weights: Weights) -> Iterator[str]:
    """Yield all features of a line: of its text, position and boxes, its traits, its group, and its shape."""
    yield from own_features(line, page, weights)
    yield from trait_features(line.box, page)
    yield from group_features(line, page)
    yield from shape_features(line_shape(line), page)


def own_features(line: Line, page: PageAnalysis, weights: Weights) -> Iterator[str]:
    """Yield the features whose sum `classify` does not cache: two lines rarely have all of them in common."""
    size = bisect_right(_SIZE_BINS, line.size)
    yield from _text_features(line, size)
    phrases = _match_phrases(line, page, weights)
    yield from phrases
    yield from (f"{phrase}, {'short' if line.size < 60 else 'long'}" for phrase in phrases)
    yield from _position_features(line, page, size, weights)
    yield from _box_features(line, page)


def trait_features(box: ElementBox, page: PageAnalysis) -> Iterator[str]:
    """Yield the traits of a box, its parent ("near menu") and its ancestors ("small menu")."""
    near = [f"near {trait}" for trait in box.near_traits]
    yield from near
    yield from box.ancestor_traits
    if page.declared_type:
        traits = (*near, *box.ancestor_traits)
        dependent = (name for name in traits if name.rsplit(" ", 1)[-1] in _TYPE_DEPENDENT_TRAITS)
        yield from (f"{page.declared_type} page: {name}" for name in dependent)


def group_features(line: Line, page: PageAnalysis) -> Iterator[str]:
    """Yield the features of the two groups of a line: those of its two and its three innermost boxes."""
    for boxes, group in (2, page.coarse_groups[line.index]), (3, page.groups[line.index]):
        linked = bisect_right(_LINK_DENSITY_BINS, group.linked_size / max(1, group.size))
        size = bisect_right(_GROUP_MEAN_SIZE_BINS, group.size / group.count)
        yield f"alike in {boxes} boxes: {bisect_right(_GROUP_COUNT_BINS, group.count)}"
        yield f"alike in {boxes} boxes: prose {bisect_right(_GROUP_PROSE_BINS, group.prose_size / page.total_prose)}"
        yield f"alike in {boxes} boxes: size {size}, linked {linked}"


Shape = tuple[int, int, str]
"""The shape of a line: the bins of its size (0 to 4) and of its link density (0 to 3), and its tag."""


def line_shape(line: Line) -> Shape:
    """Return the shape of a line."""
    size = min(bisect_right(_SIZE_BINS, line.size), 4)
    linked = min(bisect_right(_LINK_DENSITY_BINS, line.link_density), 3)
    return size, linked, str(line.box.element.tag)


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
        opens = weights.any_opening.match(text)
        found = [name for name, pattern in weights.opening_phrases if pattern.match(text)] if opens else []
        found += [name for name, pattern in weights.contained_phrases if pattern.search(text)]
        page.phrase_cache[line.index] = found
    return found


def _text_features(line: Line, size: int) -> Iterator[str]:
    text, linked = line.text, bisect_right(_LINK_DENSITY_BINS, line.link_density)
    yield f"size {size}"
    yield f"size {size}, linked {min(linked, 3)}"
    if _SENTENCE_END.search(text, max(0, len(text) - _SENTENCE_END_LENGTH)):
        yield f"sentence of size {size}"
    elif text[-1] in ":：":
        yield "ends with a colon"
    if commas := len(_COMMAS.findall(text)):
        yield f"commas {min(commas, 4)}"
    if _SEPARATORS.search(text):
        yield "has separators"
    digits = sum(map(str.isdigit, text)) if size < 4 else 0
    if digits * 3 > len(text):
        yield "is digits"
    elif digits >= 4:
        yield "has digits"
    if text[0].islower():
        yield "begins small"
    if text.isupper():
        yield "all capitals"
    yield from (f"has <{tag}>" for tag in line.inline_tags)
    tag = line.box.element.tag
    yield f"in its own <{tag}>"
    yield f"in its own <{tag}>, linked {linked}"


def _position_features(line: Line, page: PageAnalysis, size: int, weights: Weights) -> Iterator[str]:
    where = "before" if line.index < page.prose_start else "after" if line.index > page.prose_end else "within"
    yield f"{where} the prose, size {min(size, 4)}"
    yield f"in tenth {line.index * 10 // max(1, len(page.lines))} of the page"
    if line.index in page.duplicate_lines:
        yield "said before"
    title = page.title.line if page.title else None
    if title is not None:
        below = line.index - title.index
        yield "below the title" if below > 0 else "is the title" if below == 0 else "above the title"
        if 0 < below <= 3:
            yield "right below the title"
        yield from _title_distance_features(line, title)
    if heading := page.heading_above.get(line.index):
        yield "under a heading"
        yield from (f"under a heading that {phrase}" for phrase in _match_phrases(heading, page, weights))


def _title_distance_features(line: Line, title: Line) -> Iterator[str]:
    """Yield how many levels up the block with the headline is, and whether the `article` of the line contains it."""
    boxes = line.box.self_and_ancestors(_MAX_ANCESTORS)
    level = next((level for level, box in enumerate(boxes) if box.contains_line(title)), None)
    yield f"title is {'far' if level is None else level} up"
    ancestors = line.box.self_and_ancestors(2 * _MAX_ANCESTORS)
    article = next((box for box in ancestors if box.element.tag == "article"), None)
    if article is not None:
        yield "in the article of the title" if article.contains_line(title) else "in another article"


def _box_features(line: Line, page: PageAnalysis) -> Iterator[str]:
    if line.box.chrome:
        yield "in chrome"
    in_repeated, home = False, None
    for level, box in enumerate(line.box.self_and_ancestors(_MAX_ANCESTORS)):
        share = page.prose_share(box)
        if level < _LEVELS:
            yield _PROSE_NAMES[level][bisect_right(_PROSE_SHARE_BINS, share)]
            if box.size:
                yield _LINKED_NAMES[level][bisect_right(_LINK_DENSITY_BINS, box.linked_size / box.size)]
        if home is None and share >= _MIN_PROSE_HOME:
            home = level
        if home is None and not in_repeated and (row := page.repeated_boxes.get(box)):
            in_repeated = True
            linked = bisect_right(_LINK_DENSITY_BINS, row.link_density)
            size = bisect_right(_REPEATED_SIZE_BINS, row.mean_size)
            yield f"in repeated boxes, linked {linked}, size {size}"
    yield f"prose is {'far' if home is None else home} up"

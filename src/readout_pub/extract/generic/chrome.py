"""Marks the blocks that are boilerplate ("chrome") whatever their lines score: navigation, footers, hidden copies.

Only blocks with little of the page's prose are marked by name. Marking every block named "menu" or the like, whatever
it has, was measured and is worse (F1 0.871, see decision 10): forums name their posts "comments", and some pages have
all of their text in a block named "cookie-notice".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from readout_pub.extract.generic.disclosure import HIDDEN_TRAITS
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.extract.generic.weights import Weights

HIDDEN_DUPLICATE = "copy"
"""The value of `ElementBox.chrome` for a hidden block that repeats text shown elsewhere on the page."""

LARGE_SHARE = 0.4
"""A box with at least this share of the page's prose is the page itself rather than a part of it, whatever its name."""

_WHOLE_TEXT_SHARE = 0.95
"""A box with at least this share of the page's prose is kept even if it is named "comments" and lacks the headline."""

_MIN_DUPLICATE_SHARE = 0.7
"""Share of a hidden block's letters that must recur elsewhere; below 1 because copies word dates differently."""


def mark_chrome(
    boxes: Sequence[ElementBox],
    lines: Sequence[Line],
    prose: Mapping[ElementBox, int],
    weights: Weights,
    *,
    is_forum: bool,
) -> None:
    """Set `chrome` of every box to the trait that makes it boilerplate; descendants inherit it.

    `prose` is the letters of prose in each box, chrome included. On a forum, traits of `never` do not count: there
    comments and signatures are the text.
    """
    total = prose.get(boxes[0], 0) if boxes else 0
    large = LARGE_SHARE * total
    headline = next((line for line in lines if line.box.element.tag == "h1"), None)
    duplicates = find_hidden_duplicates(boxes, lines)
    for box in boxes:
        # Rows of a data table are kept or dropped together, so a row of the class "ad" does not count.
        if box.parent and (box.parent.chrome or box.parent.data_table):
            box.chrome = box.parent.chrome
            continue
        decisive = box.traits & weights.chrome_traits if not large or prose.get(box, 0) < large else frozenset()
        lacks_headline = headline is not None and not box.contains_line(headline)
        if not is_forum and lacks_headline and prose.get(box, 0) < _WHOLE_TEXT_SHARE * total:
            decisive |= box.traits & weights.never_text
        box.chrome = HIDDEN_DUPLICATE if box in duplicates else min(decisive, default=None)


def find_hidden_duplicates(boxes: Sequence[ElementBox], lines: Sequence[Line]) -> frozenset[ElementBox]:
    """Return the outermost hidden boxes whose lines mostly recur, word for word, outside all hidden boxes.

    Some ministries put a second copy of a press release for print on the page. It is too large to be chrome by its
    name.
    """
    hidden: list[ElementBox] = []
    for box in boxes:
        if box.traits & HIDDEN_TRAITS and box.parent and not (hidden and hidden[-1].contains_box(box)):
            hidden.append(box)
    if not hidden:
        return frozenset()
    hidden_lines = {index for box in hidden for index in range(box.first, box.last)}
    shown = {line.text for line in lines if line.index not in hidden_lines}

    def recurring_size(box: ElementBox) -> int:
        return sum(line.size for line in lines[box.first : box.last] if line.text in shown)

    return frozenset(box for box in hidden if recurring_size(box) > _MIN_DUPLICATE_SHARE * box.size > 0)

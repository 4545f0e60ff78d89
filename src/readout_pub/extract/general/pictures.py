"""Which pictures of a page are photos of its text, and which words are theirs."""

from __future__ import annotations

from collections.abc import Sequence

from readout_pub.extract.general.lines import Box, Image, Line
from readout_pub.extract.general.page import Page

_OF_PICTURES = frozenset("<figure> <figcaption> caption picture".split())
_NO_CAPTIONS = frozenset("meta tools share skip menu".split())
"""Traits of boxes beside a picture that say nothing of it: counters, buttons."""
_CAPTION = 600
"""Letters that the texts of one picture may have."""
_BESIDE = 8
"""Lines within which a picture with its caption must have text."""
_SENTENCE = 120
"""Letters from which a box with a picture holds a text around it."""
_BUTTON = 30
"""Letters up to which the words beside a picture are a button on it, such as "Enlarge"."""
_CLIMB = 6
"""Boxes around a picture in which its texts are looked for."""


def belongs(image: Image, page: Page, keep: list[bool], root: Box, title: Line | None) -> bool:
    """Say whether a picture is one of the text: among its lines, or between title and text. Its captions are kept."""
    if image.box.chrome or not _is_inside(image, keep, root, title) or _is_on_a_link(image):
        return False
    for box in image.box.upwards(_CLIMB):
        lines = page.lines[box.first : box.last]
        if any(keep[line.index] for line in lines):
            return not _is_card(box, page)
        if box.size <= _BUTTON and box.linked:
            continue
        if lines and not _are_captions(box, page):
            return False
        if lines and (box.parent is None or not _is_frame(box.parent, box)):
            if not _has_text_beside(box, keep, title):
                return False
            for line in lines:
                button = line.size <= _BUTTON and line.linked > 0.9
                keep[line.index] = not button and not line.box.traits & _NO_CAPTIONS
            return True
    return False


def _is_card(box: Box, page: Page) -> bool:
    """Say whether a box is one of a row that mostly link elsewhere, such as portraits of people or further stories."""
    row = page.repeated.get(box)
    return row is not None and row.linked > 0.5


def _is_on_a_link(image: Image) -> bool:
    """Say whether a picture belongs to a link in the middle of a text: a portrait that is shown with a name."""
    if image.box.size < _SENTENCE:
        return False
    links = (each for each in image.element.iterancestors("a", image.box.element.tag) if each.tag == "a")
    return any("".join(map(str, link.itertext())).strip() for link in links)


def _is_inside(image: Image, keep: Sequence[bool], root: Box, title: Line | None) -> bool:
    if root.surrounds(image.box):
        return True
    first = next((index for index, kept in enumerate(keep) if kept), 0)
    return title is not None and title.index < image.index <= first


def _are_captions(box: Box, page: Page) -> bool:
    """Say whether the lines in a box can be what is said of a picture."""
    if box.size > _CAPTION or box.linked > box.size / 2:
        return False
    alone = box.last - box.first <= 2 and not box.linked and box not in page.repeated
    named = box.traits | frozenset(trait.partition(" ")[2] for trait in box.seen)
    inside = (line.box.traits for line in page.lines[box.first : box.last])
    return alone or any(_OF_PICTURES & traits for traits in (named, *inside))


def _is_frame(parent: Box, box: Box) -> bool:
    """Say whether `parent` holds nothing but what `box` holds."""
    return parent.first == box.first and parent.last == box.last


def _has_text_beside(box: Box, keep: Sequence[bool], title: Line | None) -> bool:
    """Say whether text that is kept, or the headline, stands within a few lines of a box."""
    first = max(0, box.first - _BESIDE)
    below_title = title is not None and first <= title.index < box.first
    return below_title or any(keep[first : box.first]) or any(keep[box.last : box.last + _BESIDE])

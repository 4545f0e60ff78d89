"""What was decided, done to the tree: the region of the text is cut out, without what was dropped inside it."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from readout_pub.extract.general.lines import BOXES, SILENT, Box, Element, Image, Line
from readout_pub.extract.general.page import Page

_LIGHT = frozenset("table tbody thead tfoot tr td th ul ol dl dt dd li caption".split())
"""Elements that mean nothing without those around them."""

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


def cut(page: Page, keep: list[bool], title: Line | None) -> str:
    """Return the markup of the text: the lines to `keep` and the pictures among them; the tree is used up.

    `keep` learns which captions came in with their pictures. `title` is the line of the headline.
    """
    root = _common(page, keep)
    if root is None:
        return ""
    images = [image for image in page.images if _belongs(image, page, keep, root, title)]
    alive = _alive(page, keep, images)
    top = _root(page, keep, images)
    _empty(page.lines, keep)
    _prune(top, alive, {id(image.element) for image in images})
    return etree.tostring(top, encoding="unicode", method="html", with_tail=False)


def _common(page: Page, keep: Sequence[bool]) -> Box | None:
    """Return the smallest box that holds every line to keep."""
    kept = [line for line in page.lines if keep[line.index]]
    if not kept:
        return None
    box: Box | None = kept[0].box
    while box is not None and not box.holds(kept[-1]):
        box = box.parent
    return box


# --- pictures


def _belongs(image: Image, page: Page, keep: list[bool], root: Box, title: Line | None) -> bool:
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


# --- the tree


def _alive(page: Page, keep: Sequence[bool], images: Sequence[Image]) -> set[Element]:
    """Return the elements that hold something to keep."""
    alive: set[Element] = set()
    held = [
        element.getparent() if tail else element
        for line in page.lines
        if keep[line.index]
        for element, tail in line.slots
    ]
    for start in (*held, *(image.element for image in images)):
        element = start
        while element is not None and element not in alive:
            alive.add(element)
            element = element.getparent()
    return alive


def _root(page: Page, keep: Sequence[bool], images: Sequence[Image]) -> Element:
    """Return the smallest element that holds everything to keep and makes sense by itself."""
    boxes = [line.box for line in page.lines if keep[line.index]] + [image.box for image in images]
    box = boxes[0]
    for each in boxes:
        while box.parent is not None and not box.surrounds(each):
            box = box.parent
    while box.parent is not None and box.element.tag in _LIGHT:
        box = box.parent
    return box.element


def _empty(lines: Sequence[Line], keep: Sequence[bool]) -> None:
    for line in lines:
        if not keep[line.index]:
            for element, tail in line.slots:
                if tail:
                    element.tail = None
                else:
                    element.text = None


def _prune(top: Element, alive: set[Element], images: set[int]) -> None:
    """Take out boxes and pictures that hold nothing to keep, and everything silent."""
    doomed = []
    walk = etree.iterwalk(top, events=("start",))
    for _, element in walk:
        tag = element.tag
        if tag == "img":
            if id(element) not in images:
                doomed.append(element)
        elif element not in alive and (tag in SILENT or tag in BOXES) and tag != "hr":
            doomed.append(element)
            walk.skip_subtree()
    for element in doomed:
        _remove(element)


def _remove(element: Element) -> None:
    """Take an element out; where words that stay follow it, an empty one is left to part them from those before."""
    parent = element.getparent()
    if element.tail and element.tail.strip() and element.tag in BOXES:
        _hollow(element)
    elif parent is not None:
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def _hollow(element: Element) -> None:
    """Take everything out of an element and leave it in its place."""
    for child in list(element):
        element.remove(child)
    element.text = None

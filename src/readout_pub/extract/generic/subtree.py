"""What was decided, done to the tree: the region of the text is cut out, without what was dropped inside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote

from lxml import etree

from readout_pub.extract.generic.page import Page
from readout_pub.extract.generic.pictures import chosen_pictures
from readout_pub.extract.generic.text_blocks import BOXES, Element, ElementBox, Image, Line, parent_of
from readout_pub.html_elements import NO_TEXT

_LIGHT = frozenset("table tbody thead tfoot tr td th ul ol dl dt dd li caption".split())
"""Elements that mean nothing without those around them."""
_NEUTRAL = frozenset("div section aside center".split())
"""Elements that can be a figure instead without any loss."""


def cut(page: Page, keep: list[bool], title: Line | None, named: frozenset[str] = frozenset()) -> str:
    """Return the markup of the text: the lines to `keep` and the pictures among them; the tree is used up.

    `keep` learns which captions came in with their pictures. `title` is the line of the headline; `named` are the
    files that the head of the page gives as its picture.
    """
    root = _common(page, keep)
    if root is None:
        return ""
    images = chosen_pictures(page, keep, root, title, named)
    alive = _alive(page, keep, images)
    top = _root(page, keep, images)
    alive |= _places(top, alive)
    _frame(images)
    _empty(page.lines, keep)
    _prune(top, alive, {id(image.element) for image in images})
    _trim_addresses(top)
    return etree.tostring(top, encoding="unicode", method="html", with_tail=False)


def _common(page: Page, keep: Sequence[bool]) -> ElementBox | None:
    """Return the smallest box that holds every line to keep."""
    kept = [line for line in page.lines if keep[line.index]]
    if not kept:
        return None
    box: ElementBox | None = kept[0].box
    while box is not None and not box.holds(kept[-1]):
        box = box.parent
    return box


def _alive(page: Page, keep: Sequence[bool], images: Sequence[Image]) -> set[Element]:
    """Return the elements that hold something to keep."""
    alive: set[Element] = set()
    held = [parent_of(slot) for line in page.lines if keep[line.index] for slot in line.slots]
    for start in (*held, *(image.element for image in images)):
        element = start
        while element is not None and element not in alive:
            alive.add(element)
            element = element.getparent()
    return alive | _places_in_tables(page.lines, keep, alive)


def _places_in_tables(lines: Sequence[Line], keep: Sequence[bool], alive: set[Element]) -> set[Element]:
    """Return the cells of the tables of facts to keep, since empty ones hold the place of their columns.

    Rows without words hold a place too where a cell may span them.
    """
    tables = {line.box.facts for line in lines if line.box.facts and keep[line.index]}
    dropped = {line.box.element for line in lines if line.box.facts in tables and not keep[line.index]}
    places: set[Element] = set()
    for table in tables:
        has_spans = table.element.find(".//*[@rowspan]") is not None
        for row in table.element.iter("tr"):
            if row in alive or (has_spans and row not in dropped):
                places.update((row, *row.iterancestors("tbody", "thead", "tfoot"), *row.iterchildren("td", "th")))
    return places


def _places(top: Element, alive: set[Element]) -> set[Element]:
    """Return the empty elements between what is kept to which links of the text lead, as pages of old have them."""
    hrefs = (link.get("href") or "" for link in top.iter("a"))
    names = {unquote(href[1:]) for href in hrefs if href.startswith("#")}
    places: set[Element] = set()
    for element in top.iter() if names else ():
        if len(element) or element.text or element.tag in NO_TEXT:
            continue
        if names.isdisjoint((element.get("id"), element.get("name"))):
            continue
        around, parent = [element], element.getparent()
        while parent is not None and parent not in alive and len(parent) == 1 and not parent.text:
            around.append(parent)
            parent = parent.getparent()
        if parent in alive:
            places.update(around)
    return places


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


def _frame(images: Sequence[Image]) -> None:
    """Say in the markup which words are the caption of a photo, whatever they look like, be it a heading."""
    framed = Counter(image.frame for image in images)
    for box, photos in framed.items():
        if box is not None and photos == 1 and box.element.tag in _NEUTRAL:
            box.element.tag = "figure"


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
        elif element not in alive and (tag in NO_TEXT or tag in BOXES) and tag != "hr":
            doomed.append(element)
            walk.skip_subtree()
    for element in doomed:
        _remove(element)


def _trim_addresses(top: Element) -> None:
    """Take the white space around addresses away, which would become a part of them when they are written."""
    for element in top.iter("a", "img"):
        for name in ("href", "src"):
            if address := element.get(name):
                element.set(name, address.strip())


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

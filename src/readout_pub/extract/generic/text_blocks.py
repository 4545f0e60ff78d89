"""A page as lines of text in boxes: the one pass over the tree on which everything else is decided.

A box is a block element. A line is what stands between the edges of two: a paragraph, a menu entry. A row of a table
of facts is one line too: its cells say nothing without one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from readout_pub.extract.generic.data_tables import states_facts
from readout_pub.html_elements import BLOCKS, NO_TEXT
from readout_pub.sources.lxml_elements import LxmlElement

Element = LxmlElement
TextNode = tuple[Element, bool]
"""Where words stand in the tree: an element, and whether they are its tail."""

BOXES = BLOCKS - NO_TEXT | {"html"}
_PARTS_OF_FACTS = frozenset("table caption thead tbody tfoot tr".split())
"""The boxes of a table of facts."""
_PARTING = BOXES | {"br"}
"""Elements before and after which another word begins."""

_MARKS = frozenset("a b strong em i time span font label small abbr code u".split())
"""Inline elements that say something of the line they stand in."""

_WIDE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Signs of scripts in which one sign says as much as two letters elsewhere."""


class ElementBox:
    """A block element: the lines in it (`first` up to, not including, `last`), their letters, those in links.

    `kind` is its tag and its classes as they are written, `facts` the table of facts that it stands in, or is.
    """

    __slots__ = (
        "chrome", "depth", "element", "end", "facts", "first", "kind", "last", "linked", "number", "parent", "seen",
        "size", "traits",
    )  # fmt: skip

    def __init__(self, element: Element, parent: ElementBox | None, number: int, first: int) -> None:
        self.element, self.parent = element, parent
        self.kind: tuple[str, str | None] = (element.tag, element.get("class"))
        self.number = self.end = number
        self.depth: int = parent.depth + 1 if parent else 0
        self.facts: ElementBox | None = parent.facts if parent else None
        self.first, self.last = first, first
        self.size = self.linked = 0
        self.traits: frozenset[str] = frozenset()
        self.seen: frozenset[str] = frozenset()
        self.chrome: str | None = None

    def upwards(self, limit: int) -> Iterator[ElementBox]:
        """Yield this box and those around it, inside out, at most `limit` of them."""
        box: ElementBox | None = self
        while box is not None and limit:
            yield box
            box, limit = box.parent, limit - 1

    @property
    def traits_near(self) -> frozenset[str]:
        """The traits of this box and of the one around it."""
        return self.traits | self.parent.traits if self.parent else self.traits

    def surrounds(self, other: ElementBox) -> bool:
        """Say whether `other` is this box or stands in it."""
        return self.number <= other.number < max(self.end, self.number + 1)

    def holds(self, line: Line) -> bool:
        """Say whether `line` stands in this box."""
        return self.first <= line.index < self.last


class Line:
    """A run of words in one box. `size` counts letters, wide ones twice; `linked` is the share of them in links."""

    __slots__ = ("box", "index", "linked", "marks", "size", "slots", "text")

    def __init__(self, index: int, box: ElementBox, text: str, slots: list[TextNode], linked: int) -> None:
        self.index, self.box, self.text, self.slots = index, box, text, slots
        self.marks = frozenset(element.tag for element, tail in slots if not tail and element.tag in _MARKS)
        self.size = len(text) + (0 if text.isascii() else len(_WIDE.findall(text)))
        self.linked = min(1.0, linked / len(text))


class Image:
    """An `img` in its box; `index` is that of the next line.

    `frame` is the box that holds it with its captions and nothing else, as soon as that is known.
    """

    __slots__ = ("box", "element", "frame", "index")

    def __init__(self, element: Element, box: ElementBox, index: int) -> None:
        self.element, self.box, self.index = element, box, index
        self.frame: ElementBox | None = None


class Lines:
    """The boxes, lines and images of a page, each in document order."""

    def __init__(self, root: Element) -> None:
        self.boxes: list[ElementBox] = []
        self.lines: list[Line] = []
        self.images: list[Image] = []
        self._slots: list[TextNode] = []
        self._words: list[str] = []
        self._linked = 0
        self._walk(root)
        self._add_up()

    def _walk(self, root: Element) -> None:
        box: ElementBox | None = None
        links = 0
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in NO_TEXT or not isinstance(tag, str):
                    if tag == "noscript" and box is not None:  # lazy photos live in it
                        self.images += [Image(image, box, len(self.lines)) for image in element.iter("img")]
                    walk.skip_subtree()
                    continue
                if tag in (_PARTS_OF_FACTS if box is not None and box.facts else BOXES):
                    self._end_line(box)
                    box = ElementBox(element, box, len(self.boxes), len(self.lines))
                    if tag == "table" and states_facts(element):
                        box.facts = box
                    self.boxes.append(box)
                elif tag in _PARTING:
                    self._words.append(" ")
                elif tag == "a":
                    links += 1
                elif tag == "img" and box is not None:
                    self.images.append(Image(element, box, len(self.lines)))
                if text := element.text:
                    self._add((element, False), text, links)
                continue
            if box is not None and element is box.element:
                self._end_line(box)
                box.last, box.end = len(self.lines), len(self.boxes)
                box = box.parent
            elif tag in _PARTING:
                self._words.append(" ")
            elif tag == "a":
                links -= 1
            if tail := element.tail:
                self._add((element, True), tail, links)

    def _add(self, slot: TextNode, text: str, links: int) -> None:
        if self._slots or not text.isspace():  # white space begins no line
            self._slots.append(slot)
            self._words.append(text)
            self._linked += len(text) if links else 0

    def _end_line(self, box: ElementBox | None) -> None:
        if self._slots and box is not None:
            words = " ".join("".join(self._words).split())
            if words:
                self.lines.append(Line(len(self.lines), box, words, self._slots, self._linked))
        self._slots, self._words, self._linked = [], [], 0

    def _add_up(self) -> None:
        for line in self.lines:
            line.box.size += line.size
            line.box.linked += round(line.size * line.linked)
        for box in reversed(self.boxes):
            if box.parent is not None:
                box.parent.size += box.size
                box.parent.linked += box.linked


def parent_of(slot: TextNode) -> Element | None:
    """Return the element in which the words of a slot stand."""
    element, is_tail = slot
    return element.getparent() if is_tail else element

"""Splits a page into lines of text within block elements; every later stage scores these lines.

A row of a data table is one line, because single cells mean nothing. Scored cell by cell, 38 of the 46 data tables in
the texts of annotated pages lost cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from readout_pub.extract.tables import is_data_table
from readout_pub.html_elements import BLOCKS, CONTAINERS_OF_BUTTONS, HEADINGS, NAMED_WHERE_SKIPPED, NO_TEXT
from readout_pub.sources.lxml_elements import LxmlElement

TextNode = tuple[LxmlElement, bool]
"""A text node of the lxml tree: an element, and whether the text is its tail (True) or its own text (False)."""

PAGE_ELEMENTS = frozenset({"html", "body"})
"""Elements that contain the whole page."""
BLOCK_ELEMENTS = BLOCKS - NO_TEXT | {"html"}
_DATA_TABLE_BLOCKS = frozenset("table caption thead tbody tfoot tr".split())
"""The only block elements within a data table: each row is one line."""
_MAYBE_SKIPPED = NO_TEXT | {"dialog"}
_WORD_BREAKS = BLOCK_ELEMENTS | {"br", "math", "rp"}
"""Elements that separate words even without white space around them."""

_INLINE_FEATURE_TAGS = frozenset("a b strong em i time span font label small abbr code u".split())
"""Inline elements that are features of their line, as in "has <time>"."""

_WIDE_CHARACTERS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Thai, Lao, kana, Han and Hangul: one character says about as much as two Latin letters and counts twice."""

MIN_LINK_DENSITY = 0.9
"""A line with a higher link density has only links, apart from a sign such as "»"."""

_LIST_PARTS = {"dl": None, "dt": "dt", "dd": "dd"}
"""Tag of a description list, or within one → the part of the list."""


class ElementBox:
    """A block element: the range of its lines (`first` up to, not including, `last`) and the sums over them.

    `size` is the sum of the sizes of its lines, `linked_size` the part of this sum within links. `index` is the
    position among all boxes in document order, and `end` the index after the last descendant. `signature` is the tag
    with the class as written. `data_table` is the data table that the box is or belongs to. `list_part` is "dt" or "dd"
    in a term or a description of a list. `traits` come from the name and the attributes of the box (see `TraitReader`).
    `ancestor_traits` are those of the box and all ancestors, each with the prefix "big" or "small" (see
    `PageAnalysis`). `chrome` is the trait that marks the box as boilerplate, such as navigation; None if the box may
    contain text.
    """

    __slots__ = (
        "ancestor_traits", "chrome", "data_table", "depth", "element", "end", "first", "index", "is_heading", "last",
        "linked_size", "list_part", "parent", "signature", "size", "traits",
    )  # fmt: skip

    def __init__(self, element: LxmlElement, parent: ElementBox | None, index: int, first: int) -> None:
        self.element, self.parent = element, parent
        self.signature: tuple[str, str | None] = (element.tag, element.get("class"))
        self.is_heading = self.signature[0] in HEADINGS
        self.index = self.end = index
        self.depth: int = parent.depth + 1 if parent else 0
        self.data_table: ElementBox | None = parent.data_table if parent else None
        self.list_part: str | None = parent.list_part if parent else None
        if self.signature[0] in _LIST_PARTS:
            self.list_part = _LIST_PARTS[self.signature[0]]
        self.first, self.last = first, first
        self.size = self.linked_size = 0
        self.traits: frozenset[str] = frozenset()
        self.ancestor_traits: frozenset[str] = frozenset()
        self.chrome: str | None = None

    def unmark_heading(self) -> None:
        """Turn a heading into a paragraph."""
        self.element.tag = "p"
        self.is_heading = False

    def mark_heading(self, level: int) -> None:
        """Turn a paragraph into a heading."""
        self.element.tag = f"h{level}"
        self.is_heading = True

    def self_and_ancestors(self, limit: int) -> Iterator[ElementBox]:
        """Yield this box, its parent, and so on outwards: at most `limit` boxes."""
        box: ElementBox | None = self
        while box is not None and limit:
            yield box
            box, limit = box.parent, limit - 1

    @property
    def class_and_id(self) -> str:
        """The class and the id, with a space between them."""
        return f"{self.signature[1] or ''} {self.element.get('id') or ''}"

    @property
    def near_traits(self) -> frozenset[str]:
        """The traits of this box and of its parent."""
        return self.traits | self.parent.traits if self.parent and self.parent.traits else self.traits

    def contains_box(self, other: ElementBox) -> bool:
        """Return whether `other` is this box or one of its descendants."""
        return self.index <= other.index < max(self.end, self.index + 1)

    def contains_line(self, line: Line) -> bool:
        """Return whether `line` is within this box."""
        return self.first <= line.index < self.last


class Line:
    """A line of text within one box: a paragraph, a heading, a menu entry. Its white space is collapsed.

    `size` is its length in letters, the unit of all limits of this package: a wide character counts twice.
    `link_density` is the share of characters within links, 0 to 1. `text_nodes` are the nodes of its text, and `breaks`
    the indices of those that begin a new printed line. `links` are the links that contain some of its text.
    `inline_tags` are the tags of inline elements that are features.
    """

    __slots__ = ("box", "breaks", "index", "inline_tags", "link_density", "links", "size", "text", "text_nodes")

    def __init__(self, index: int, box: ElementBox, text: str, text_nodes: list[TextNode], linked: int) -> None:
        self.index, self.box, self.text, self.text_nodes = index, box, text, text_nodes
        self.breaks: list[int] = []
        self.links: list[LxmlElement] = []
        self.inline_tags = _INLINE_FEATURE_TAGS.intersection([element.tag for element, tail in text_nodes if not tail])
        self.size = len(text) + (0 if text.isascii() else len(_WIDE_CHARACTERS.findall(text)))
        self.link_density = min(1.0, linked / len(text))

    @property
    def is_link(self) -> bool:
        """Whether the line is nothing but links."""
        return self.link_density > MIN_LINK_DENSITY

    @property
    def is_heading(self) -> bool:
        """Whether the line is an element `h1` to `h6`."""
        return self.box.is_heading


def printed_lines(line: Line) -> list[str]:
    """Return the texts between the line breaks (`br`) of a line, white space collapsed, without empty ones."""
    edges = (0, *line.breaks, len(line.text_nodes))
    texts = list(map(text_of_node, line.text_nodes))
    joined = (" ".join("".join(texts[start:end]).split()) for start, end in pairwise(edges))
    return list(filter(None, joined))


def spaced_text(line: Line) -> str:
    """Return the text of a line with spaces between its text nodes, which only a style may separate."""
    return " ".join(" ".join(map(text_of_node, line.text_nodes)).split())


class Image:
    """An `img` within a box; `index` is the index of the next line.

    `choose_pictures` sets `figure_box`, the box with only the image and its captions.
    """

    __slots__ = ("box", "element", "figure_box", "index")

    def __init__(self, element: LxmlElement, box: ElementBox, index: int) -> None:
        self.element, self.box, self.index = element, box, index
        self.figure_box: ElementBox | None = None


class BlockTree:
    """The boxes, lines and images of a page, each in document order, read in one walk over the lxml tree.

    `controls` are form controls and the like, whose words are only reported.
    """

    def __init__(self, root: LxmlElement) -> None:
        self.boxes: list[ElementBox] = []
        self.lines: list[Line] = []
        self.images: list[Image] = []
        self.controls: list[LxmlElement] = []
        # The index of the last heading's box, and the number of boxes at the first letters from there on. The second
        # number is larger once there are such letters.
        self._last_heading, self._boxes_at_letters = -1, 0
        self._begin_line()
        self._walk(root)
        self._sum_sizes()

    def _walk(self, root: LxmlElement) -> None:
        box: ElementBox | None = None
        # The open links, the innermost last; None where a box begins, which hides the links around it.
        open_links: list[LxmlElement | None] = [None]
        links = 0
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if not isinstance(tag, str) or (tag in _MAYBE_SKIPPED and not self._holds_text(element, box)):
                    self._note_skipped(element, box)
                    walk.skip_subtree()
                    continue
                if tag in (_DATA_TABLE_BLOCKS if box is not None and box.data_table else BLOCK_ELEMENTS):
                    box = self._begin_box(element, box)
                    open_links.append(None)
                elif tag in _WORD_BREAKS:
                    self._texts.append(" ")
                    if tag == "br":
                        self._breaks.append(len(self._text_nodes))
                elif tag == "a" and not _is_target(element):
                    links += 1
                    open_links.append(element)
                elif tag == "img" and box is not None:
                    self.images.append(Image(element, box, len(self.lines)))
                text, is_tail = element.text, False
            else:
                if box is not None and element is box.element:
                    self._end_line(box)
                    box.last, box.end = len(self.lines), len(self.boxes)
                    box = box.parent
                    open_links.pop()
                elif tag in _WORD_BREAKS:
                    self._texts.append(" ")
                elif tag == "a" and not _is_target(element):
                    links -= 1
                    open_links.pop()
                text, is_tail = element.tail, True
            if text and (self._text_nodes or not text.isspace()):  # a line never begins with white space
                self._add_text((element, is_tail), text)
                if links:
                    self._add_link(open_links[-1], len(text))

    def _note_skipped(self, element: LxmlElement, box: ElementBox | None) -> None:
        if element.tag in NAMED_WHERE_SKIPPED:
            self.controls.append(element)
        elif element.tag == "noscript" and box is not None:  # lazy images have a plain `img` there
            self.images += [Image(image, box, len(self.lines)) for image in element.iter("img")]

    def _begin_box(self, element: LxmlElement, parent: ElementBox | None) -> ElementBox:
        self._end_line(parent)
        box = ElementBox(element, parent, len(self.boxes), len(self.lines))
        if element.tag == "table" and is_data_table(element):
            box.data_table = box
        if element.tag in CONTAINERS_OF_BUTTONS:
            self._last_heading = box.index
        self.boxes.append(box)
        return box

    def _add_link(self, link: LxmlElement | None, length: int) -> None:
        self._linked += length
        if link is not None:
            self._links.append(link)

    def _add_text(self, text_node: TextNode, text: str) -> None:
        self._text_nodes.append(text_node)
        self._texts.append(text)
        if self._boxes_at_letters <= self._last_heading and any(map(str.isalpha, text)):
            self._boxes_at_letters = len(self.boxes)

    def _holds_text(self, element: LxmlElement, box: ElementBox | None) -> bool:
        """Return whether an element of `_MAYBE_SKIPPED` has text: an open dialog, a button in a heading or a sentence.

        In `<h2>Sources <button>Copy link</button></h2>`, the button only does something. In `<h2>2.
        <button>Sources</button>`, the button has the words of the heading.
        """
        if element.tag == "button" and box is not None:
            # `chrome` turns words to hide into buttons, such as tooltips.
            is_shown = element.get("role") != "tooltip" and "hidden" not in element.attrib
            is_in_sentence = is_shown and box.element.tag == "p" and any(map(str.isalnum, element.tail or ""))
            is_heading = box.element.tag in CONTAINERS_OF_BUTTONS and self._boxes_at_letters <= box.index
            return is_in_sentence or (is_shown and is_heading)
        return element.tag == "dialog" and element.get("open") is not None

    def _begin_line(self) -> None:
        self._text_nodes: list[TextNode] = []
        self._texts: list[str] = []
        self._breaks: list[int] = []
        self._links: list[LxmlElement] = []
        self._linked = 0

    def _end_line(self, box: ElementBox | None) -> None:
        if not self._text_nodes:  # only white space, as between most blocks
            self._texts.clear()
            self._breaks.clear()
            return
        if box is not None:
            words = " ".join("".join(self._texts).split())
            if words:
                self.lines.append(Line(len(self.lines), box, words, self._text_nodes, self._linked))
                self.lines[-1].breaks = self._breaks
                self.lines[-1].links = list(dict.fromkeys(self._links))
        self._begin_line()

    def _sum_sizes(self) -> None:
        for line in self.lines:
            line.box.size += line.size
            line.box.linked_size += round(line.size * line.link_density)
        for box in reversed(self.boxes):
            if box.parent is not None:
                box.parent.size += box.size
                box.parent.linked_size += box.linked_size


def _is_target(element: LxmlElement) -> bool:
    """Return whether an `a` is no link but the target of links, as in HTML 4: `<a name="part">`."""
    return "name" in element.attrib and "href" not in element.attrib


def texts_of_nodes(line: Line) -> list[str]:
    """Return the texts of the text nodes of a line, stripped, without empty ones."""
    return [text for node in line.text_nodes if (text := text_of_node(node).strip())]


def text_of_node(text_node: TextNode) -> str:
    """Return the text of a text node as written, with its white space."""
    element, is_tail = text_node
    return (element.tail if is_tail else element.text) or ""


def parent_of(text_node: TextNode) -> LxmlElement | None:
    """Return the parent element of a text node."""
    element, is_tail = text_node
    return element.getparent() if is_tail else element


DOCUMENT_FILE = re.compile(r"\.(?:pdf|docx?|odt|epub|rtf)\b", re.IGNORECASE)
"""File suffixes in links to documents."""


def is_below_quotation(line: Line) -> bool:
    """Return whether a line, or its `figcaption`, is right below a `blockquote`, where pages name who is quoted."""
    captions = line.box.element.iterancestors("figcaption")
    above = (each.getprevious() for each in (line.box.element, *captions))
    return any(each is not None and each.tag == "blockquote" for each in above)


def leads_to_file(line: Line) -> bool:
    """Return whether a link of a line leads to the file of a document, such as a PDF."""
    return any(DOCUMENT_FILE.search(link.get("href") or "") for link in line.links)


_MAX_BOXES_WITH_NAME = 6
"""How many boxes around a line are searched for a name: some sites nest wrappers."""
_MAX_LINES_OF_OWN_BOX, _MAX_LINES_OF_BOX = 4, 2
"""How many lines the box of a line may have, so that its name describes the line: a label above, signs below. The
second number is for other boxes around the line."""


def inline_elements_around(text_node: TextNode, line: Line) -> Iterator[LxmlElement]:
    """Yield the elements around a text node within its line, from the inside out."""
    element = parent_of(text_node)
    while element is not None and element is not line.box.element:
        yield element
        element = element.getparent()


def names_around(line: Line) -> Iterator[str]:
    """Yield the classes, ids, `itemprop` and `rel` of the inline elements and of the small boxes around a line."""
    for box in line.box.self_and_ancestors(_MAX_BOXES_WITH_NAME):
        if box.last - box.first <= (_MAX_LINES_OF_OWN_BOX if box is line.box else _MAX_LINES_OF_BOX):
            yield from naming_attributes(box.element)
    for text_node in line.text_nodes:
        element = parent_of(text_node)
        if element is not None and element is not line.box.element:
            yield from naming_attributes(element)


def naming_attributes(element: LxmlElement) -> Iterator[str]:
    """Yield the class, the `itemprop`, the `rel` and the id that an element has."""
    yield from filter(None, map(element.get, ("class", "itemprop", "rel", "id")))


def block_of_label(label: Line) -> ElementBox | None:
    """Return the box with a label and the lines below it: its own box if it has further lines, else the box around."""
    return label.box if label.box.last > label.index + 1 else label.box.parent


def innermost_common_box(one: ElementBox, other: ElementBox) -> ElementBox:
    """Return the innermost box that contains both boxes."""
    while not one.contains_box(other) and one.parent is not None:
        one = one.parent
    return one

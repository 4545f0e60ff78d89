"""Photos and what belongs to them, joined whatever the markup: figure, div, table cell, sibling paragraph.

`lift_figures` reads each figure, takes it out of the tree, and leaves a marker where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from readout_pub.extract.anchors import place_marks
from readout_pub.extract.captions import SHORT, PhotoTexts, Selectors, is_of_photos, joined, read_out
from readout_pub.extract.inlines import InlineContext, read_inlines
from readout_pub.extract.photo_credits import is_credit_line, split_credit
from readout_pub.extract.photo_tables import read_photo_table
from readout_pub.extract.photos import ImageReader
from readout_pub.extract.tree import Element, has_words, holds_marker, letters, markers_in
from readout_pub.model import Figure

_PLACES = frozenset({"li", "dd", "td", "th"})
"""Elements whose place in a list or table stays when the photo that fills them is taken out."""

_LIGHT = _PLACES | frozenset("a b center div em figure font i p picture small span strong".split())
"""Elements that may be nothing but the frame of a photo."""

_SMALL_PRINT = frozenset("small em i font span b strong a p".split())
"""Elements that hold a caption where nothing names it."""

_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’」』）)]*\s*$")


def lift_figures(
    root: Tag, look: ImageReader, reading: InlineContext, mark: Callable[[Figure], Tag], selectors: Selectors
) -> None:
    """Replace every photo below `root`, with its caption and credit, by the marker that `mark` makes of the figure."""
    frames = FigureBuilder(root, look, reading, PhotoTexts(root, selectors))
    for image in list(root.find_all("img")):
        if root in image.parents:
            frames.lift(image, mark)


class FigureBuilder:
    """The frames of the photos below one root: which element holds a photo with its texts and nothing else.

    `_closed` remembers by its id for each element that is no frame a child that shows it, `_facts` the tables that hold
    more than photos, so that a page of many photos is read once and not once for each of them.
    """

    def __init__(self, root: Tag, look: ImageReader, reading: InlineContext, texts: PhotoTexts) -> None:
        self._root, self._look, self._reading, self._texts = root, look, reading, texts
        self._letters = letters(root, SHORT)
        self._closed: dict[int, tuple[Tag, PageElement]] = {}
        self._facts: dict[int, Tag] = {}

    def lift(self, image: Tag, mark: Callable[[Figure], Tag]) -> None:
        """Read the figure that `image` stands in and put its marker there."""
        table = image.find_parent("table")
        if table is not None and self._root in table.parents and (figures := self._photo_table(table)):
            table.replace_with(*map(mark, figures))
            return
        frame = self._frame(image)
        beside = list(self._texts.beside(frame))
        inside = markers_in(frame)  # of footnotes that stand in the caption
        places = place_marks([frame, *beside])
        figure = self._figure(frame, beside)
        for text in beside:
            text.extract()
        stand_in = mark(figure)
        stand_in.extend(places)
        frame.replace_with(stand_in, *inside)

    def _photo_table(self, table: Tag) -> tuple[Figure, ...]:
        if id(table) in self._facts:
            return ()
        figures = read_photo_table(table, self._look, self._reading)
        if not figures:
            self._facts[id(table)] = table
        return figures

    def _figure(self, frame: Tag, beside: list[Tag]) -> Figure:
        images = [frame] if frame.name == "img" else frame.find_all("img")
        photos = tuple(self._look(image).photo for image in images)
        credit_lines = list(self._credit_lines(frame, beside))
        known = set(map(id, credit_lines))
        credit = read_out(credit_lines, self._reading)
        inside = read_inlines([frame], self._reading) if frame.name != "img" else ()
        outside = tuple(read_inlines([tag], self._reading) for tag in beside if id(tag) not in known)
        caption = joined((inside, *outside))
        return Figure(photos, caption, credit) if credit else Figure(photos, *split_credit(caption))

    def _credit_lines(self, frame: Tag, beside: list[Tag]) -> Iterator[Tag]:
        yield from (tag for tag in beside if self._texts.is_credit(tag) or is_credit_line(tag.get_text()))
        yield from (tag for tag in [*_below(beside), *_below([frame])] if self._texts.is_credit(tag))

    def _frame(self, image: Tag) -> Tag:
        figure = image.find_parent("figure")
        if figure is not None and self._root in figure.parents:
            return figure
        frame = image
        while self._may_grow(frame):
            assert frame.parent is not None  # noqa: S101 - `_may_grow` saw it
            frame = frame.parent
        return _content(frame) if frame.name in _PLACES else frame

    def _may_grow(self, frame: Tag) -> bool:
        parent = frame.parent
        if parent is None or parent is self._root or parent.name not in _LIGHT or frame.name in _PLACES:
            return False
        if has_words(frame):
            return False  # it has its caption already; what is around it is another photo's or the page's
        known = self._closed.get(id(parent))
        if known is not None and known[1].parent is parent and known[1] is not frame:
            return False
        stranger = self._stranger(parent, frame)
        if stranger is not None:
            self._closed[id(parent)] = (parent, stranger)
        return stranger is None

    def _stranger(self, parent: Tag, frame: Tag) -> PageElement | None:
        """Return the first neighbour of a photo that may not stand in one frame with it."""
        size = letters(parent, SHORT)
        small = size <= SHORT and not (size and size == self._letters)  # all words of a page are its text, though few
        before = True
        for node in parent.children:
            if node is frame:
                before = False
            elif not self._belongs(node, parent, small=small, before=before):
                return node
        return None

    def _belongs(self, node: PageElement, parent: Tag, *, small: bool, before: bool) -> bool:
        """Say whether a neighbour of a photo may stand in its frame: another photo, a caption, white space."""
        if isinstance(node, NavigableString):
            if _SENTENCE_END.search(node) and (parent.name == "p" or (before and parent.name in _PLACES)):
                return False  # the short lead of the page stands in the paragraph or item that its photo stands in
            return not node.strip() or (small and _is_frame_like(parent))
        if not isinstance(node, Tag):
            return True
        if holds_marker(node):
            return False
        if node.name in {"br", "img", "source", "hr"} or self._texts.is_named(node):
            return True
        if not has_words(node):
            return node.name in _LIGHT or node.find("img") is None
        if node.find("img") is not None:  # with a text of its own it is another figure
            return False
        is_small_print = node.name in _SMALL_PRINT or (node.name == "div" and is_of_photos(parent))
        return small and is_small_print and _is_frame_like(parent)


def _is_frame_like(tag: Tag) -> bool:
    """Say whether an element may hold a photo and little else: it is no list or page."""
    return tag.name in {"div", "p", "td", "center", "span", "figure", "li"} and len(tag.find_all("p", limit=2)) <= 1


def _content(place: Tag) -> Tag:
    """Wrap all that stands in a cell or item, so that it can be taken out without it."""
    content = Element(name="div")
    content.extend(list(place.contents))
    place.append(content)
    return content


def _below(tags: list[Tag]) -> list[Tag]:
    return [inner for tag in tags for inner in tag.find_all(True)]

"""Photos joined with their captions and credits, whatever the markup: figure, div, table cell, sibling paragraph.

`lift_figures` reads each figure, takes it out of the tree, and leaves a marker in its place. The *frame* of a photo is
the largest element that holds the photo, its caption, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from readout_pub.extract.anchors import anchor_placeholders
from readout_pub.extract.captions import (
    MAX_CAPTION,
    CaptionFinder,
    CaptionSelectors,
    is_credit_line,
    is_photo_box,
    join_lines,
    split_credit,
    take_lines,
)
from readout_pub.extract.inlines import InlineContext, read_inlines
from readout_pub.extract.photos import ImageReader
from readout_pub.extract.tables import own_cells, own_elements
from readout_pub.extract.tree import IndexedTag, count_letters, has_words, holds_marker, markers_in
from readout_pub.model import Figure

_CELLS_AND_ITEMS = frozenset({"li", "dd", "td", "th"})
"""Elements that stay in their list or table, empty, when the photo that fills them is taken out."""

_FRAME_ELEMENTS = _CELLS_AND_ITEMS | frozenset("a b center div em figure font i p picture small span strong".split())
"""Elements that may be the frame of a photo."""

_UNNAMED_CAPTION_ELEMENTS = frozenset("small em i font span b strong a p".split())
"""Elements that hold a caption on pages that do not name it by a class."""

_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’」』）)]*\s*$")

# --- figures in the flow of the text


def lift_figures(
    root: Tag,
    read_image: ImageReader,
    context: InlineContext,
    mark: Callable[[Figure], Tag],
    selectors: CaptionSelectors,
) -> None:
    """Replace every photo below `root`, with its caption and credit, by the marker that `mark` makes of the figure."""
    builder = FigureBuilder(root, read_image, context, CaptionFinder(root, selectors))
    for image in list(root.find_all("img")):
        if root in image.parents:  # else a figure before took it along
            builder.lift(image, mark)


class FigureBuilder:
    """Builds the figures of the photos below one root.

    Two caches keep a page of many photos linear. `_blocking_siblings` maps the id of an element that cannot be a frame
    to that element and a child that prevents it; `_data_tables` holds tables with more than photos.
    """

    def __init__(self, root: Tag, read_image: ImageReader, context: InlineContext, captions: CaptionFinder) -> None:
        self._root, self._read_image, self._context, self._captions = root, read_image, context, captions
        self._letters_of_page = count_letters(root, MAX_CAPTION)
        self._blocking_siblings: dict[int, tuple[Tag, PageElement]] = {}
        self._data_tables: dict[int, Tag] = {}

    def lift(self, image: Tag, mark: Callable[[Figure], Tag]) -> None:
        """Read the figure that `image` is part of and put its marker in its place."""
        table = image.find_parent("table")
        if table is not None and self._root in table.parents and (figures := self._read_photo_table(table)):
            table.replace_with(*map(mark, figures))
            return
        frame = self._find_frame(image)
        beside = list(self._captions.captions_beside(frame))
        inside = markers_in(frame)  # of footnotes that stand in the caption
        placeholders = anchor_placeholders([frame, *beside])
        figure = self._read_figure(frame, beside)
        for caption in beside:
            caption.extract()
        marker = mark(figure)
        marker.extend(placeholders)
        frame.replace_with(marker, *inside)

    def _read_photo_table(self, table: Tag) -> tuple[Figure, ...]:
        if id(table) in self._data_tables:
            return ()
        figures = read_photo_table(table, self._read_image, self._context)
        if not figures:
            self._data_tables[id(table)] = table
        return figures

    def _read_figure(self, frame: Tag, beside: list[Tag]) -> Figure:
        images = [frame] if frame.name == "img" else frame.find_all("img")
        photos = tuple(self._read_image(image).photo for image in images)
        credit_lines = list(self._credit_lines(frame, beside))
        known = set(map(id, credit_lines))
        credit = take_lines(credit_lines, self._context)
        inside = read_inlines([frame], self._context) if frame.name != "img" else ()
        outside = tuple(read_inlines([tag], self._context) for tag in beside if id(tag) not in known)
        caption = join_lines((inside, *outside))
        return Figure(photos, caption, credit) if credit else Figure(photos, *split_credit(caption))

    def _credit_lines(self, frame: Tag, beside: list[Tag]) -> Iterator[Tag]:
        yield from (tag for tag in beside if self._captions.is_credit(tag) or is_credit_line(tag.get_text()))
        inside = [*_all_descendants(beside), *_all_descendants([frame])]
        yield from (tag for tag in inside if self._captions.is_credit(tag))

    def _find_frame(self, image: Tag) -> Tag:
        figure = image.find_parent("figure")
        if figure is not None and self._root in figure.parents:
            return figure
        frame = image
        while self._may_grow(frame):
            assert frame.parent is not None  # noqa: S101 - `_may_grow` saw it
            frame = frame.parent
        return _wrap_content(frame) if frame.name in _CELLS_AND_ITEMS else frame

    def _may_grow(self, frame: Tag) -> bool:
        """Return whether the parent of `frame` may be the frame instead."""
        parent = frame.parent
        if parent is None or parent is self._root or parent.name not in _FRAME_ELEMENTS:
            return False
        if frame.name in _CELLS_AND_ITEMS or has_words(frame):
            return False  # with words it has its caption already; others belong to the next photo or to the text
        known = self._blocking_siblings.get(id(parent))
        if known is not None and known[1].parent is parent and known[1] is not frame:
            return False
        blocking = self._blocking_sibling(parent, frame)
        if blocking is not None:
            self._blocking_siblings[id(parent)] = (parent, blocking)
        return blocking is None

    def _blocking_sibling(self, parent: Tag, frame: Tag) -> PageElement | None:
        """Return the first sibling of `frame` that may not be in one frame with it."""
        size = count_letters(parent, MAX_CAPTION)
        # On a page of few words, a parent that holds all of them holds the text, not just a caption.
        short = size <= MAX_CAPTION and not (size and size == self._letters_of_page)
        before = True
        for node in parent.children:
            if node is frame:
                before = False
            elif not self._belongs_to_photo(node, parent, short=short, before=before):
                return node
        return None

    def _belongs_to_photo(self, node: PageElement, parent: Tag, *, short: bool, before: bool) -> bool:
        """Return whether a sibling of a photo may be in its frame: another photo, a caption, white space.

        `short` tells whether all of `parent` is short enough for a caption, `before` whether the sibling precedes.
        """
        if isinstance(node, NavigableString):
            if _SENTENCE_END.search(node) and (parent.name == "p" or (before and parent.name in _CELLS_AND_ITEMS)):
                return False  # a short lead paragraph, or an item of text, in the same element as its photo
            return not node.strip() or (short and _may_be_frame(parent))
        if not isinstance(node, Tag):
            return True
        if holds_marker(node):
            return False
        if node.name in {"br", "img", "source", "hr"} or self._captions.is_named(node):
            return True
        if not has_words(node):
            return node.name in _FRAME_ELEMENTS or node.find("img") is None
        if node.find("img") is not None:  # with a text of its own it is another figure
            return False
        may_be_caption = node.name in _UNNAMED_CAPTION_ELEMENTS or (node.name == "div" and is_photo_box(parent))
        return short and may_be_caption and _may_be_frame(parent)


def _may_be_frame(tag: Tag) -> bool:
    """Return whether an element may hold a photo and little else, as a list or a page never does."""
    return tag.name in {"div", "p", "td", "center", "span", "figure", "li"} and len(tag.find_all("p", limit=2)) <= 1


def _wrap_content(cell: Tag) -> Tag:
    """Wrap the content of a cell or item in a `div`, so that it can be taken out and the cell stays."""
    content = IndexedTag(name="div")
    content.extend(list(cell.contents))
    cell.append(content)
    return content


def _all_descendants(tags: list[Tag]) -> list[Tag]:
    return [inner for tag in tags for inner in tag.find_all(True)]


# --- tables that arrange photos over their captions


def read_photo_table(table: Tag, read_image: ImageReader, context: InlineContext) -> tuple[Figure, ...]:
    """Return the figures of a table of photos: the cell below a photo, or the row below all of them, is the caption.

    Empty if the table holds more than photos: it has headers, long texts, or a text that is no photo's caption.
    """
    if table.find(["th", "caption", "h1", "h2", "h3", "ul", "ol", "table"]) is not None or holds_marker(table):
        return ()
    pairs = list(_photos_with_captions([own_cells(row) for row in own_elements(table, ["tr"])]))
    read = {id(cell) for photo_cells, captions in pairs for cell in (*photo_cells, *captions)}
    words = {id(cell): cell.get_text(strip=True) for cell in own_elements(table, ["td"])}
    if any(text and id_ not in read for id_, text in words.items()):
        return ()
    if any(
        count_letters(cell, MAX_CAPTION) > MAX_CAPTION
        for photo_cells, captions in pairs
        for cell in (*photo_cells, *captions)
    ):
        return ()
    return tuple(_read_cells(photo_cells, captions, read_image, context) for photo_cells, captions in pairs)


def _photos_with_captions(rows: list[list[Tag]]) -> Iterator[tuple[list[Tag], list[Tag]]]:
    """Yield the cells that hold the photos of one figure, and the cells below that are its caption."""
    for row, below in zip(rows, [*rows[1:], []], strict=True):
        photo_cells = [cell for cell in row if cell.find("img") is not None]
        captions = below if not any(cell.find("img") for cell in below) else []
        if photo_cells and len(captions) == len(row):
            yield from (
                ([cell], [caption]) for cell, caption in zip(row, captions, strict=True) if cell.find("img") is not None
            )
        elif photo_cells:
            yield photo_cells, captions


def _read_cells(photo_cells: list[Tag], captions: list[Tag], read_image: ImageReader, context: InlineContext) -> Figure:
    images = [image for cell in photo_cells for image in cell.find_all("img")]
    lines = tuple(read_inlines(cell.children, context) for cell in (*photo_cells, *captions))
    return Figure(tuple(read_image(image).photo for image in images), *split_credit(join_lines(lines)))

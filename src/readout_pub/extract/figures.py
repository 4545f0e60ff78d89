"""Joins photos with their captions and credits, whatever the markup: figure, div, table cell, sibling paragraph.

The *frame* of a photo is the largest element that contains nothing but the photo and its caption.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, takewhile

import msgspec
from bs4 import Tag
from bs4.element import NavigableString, PageElement

from readout_pub.extract.anchors import anchor_placeholders
from readout_pub.extract.captions import (
    MAX_CAPTION,
    MAX_CREDIT,
    CaptionFinder,
    CaptionSelectors,
    has_only_button,
    is_credit_line,
    is_labelled_credit,
    is_photo_box,
    is_quotation,
    join_lines,
    names_agency,
    split_credit,
    take_lines,
    without_separator,
)
from readout_pub.extract.inlines import InlineContext, lang_attribute, read_content, read_inlines
from readout_pub.extract.photos import ImageReader
from readout_pub.extract.tables import own_cells, own_elements
from readout_pub.extract.tree import IndexedTag, block_markers, count_characters, has_words, holds_block_marker
from readout_pub.html_elements import HEADINGS
from readout_pub.model import Figure, Inlines, Photo, Span
from readout_pub.sentences import ends_sentence

_CELLS_AND_ITEMS = frozenset({"li", "dd", "td", "th"})
"""Elements that stay in their list or table, even if only a photo was in them."""

_FRAME_TAGS = _CELLS_AND_ITEMS | frozenset(
    "a article b center div em figure font i p picture small span strong".split()
)

_LINE_PARTS = frozenset("a b em i span strong".split())
"""A photo at the start of such an element is moved before it."""

_UNNAMED_CAPTION_ELEMENTS = frozenset("small em i font span b strong a p".split())
"""Elements that may be a caption, or a part of one, without a name."""

# --- figures in the flow of the text


def lift_figures(
    root: Tag,
    read_image: ImageReader,
    context: InlineContext,
    figure_placeholder: Callable[[Figure], Tag],
    selectors: CaptionSelectors,
) -> None:
    """Replace each photo below `root`, with its caption and credit, by a block marker.

    `figure_placeholder` returns the block marker of a figure.
    """
    _unwrap_galleries(root)
    builder = FigureBuilder(root, read_image, context, CaptionFinder(root, selectors))
    for image in list(root.find_all("img")):
        if root in image.parents:  # else an earlier figure took the image
            builder.lift(image, figure_placeholder)


def _unwrap_galleries(root: Tag) -> None:
    """Turn each description list of photos and captions, a gallery of old WordPress, into figures.

    If the terms are photos, but the descriptions are not captions, the list becomes `div` elements.
    """
    for gallery in root.find_all("dl"):
        parts = [each for each in gallery.find_all(True, recursive=False) if each.name in {"dt", "dd"}]
        pairs = list(zip(parts[::2], parts[1::2], strict=False))
        if pairs and len(parts) % 2 == 0 and all(map(_is_photo_with_caption, pairs)):
            for pair in pairs:
                pair[0].insert_before(figure := IndexedTag(name="figure"))
                for part in pair:
                    part.name = "div" if part.find("img") is not None else "figcaption"
                    figure.append(part)
            gallery.name = "div"
        elif parts and all(part.find("img") and not has_words(part) for part in parts if part.name == "dt"):
            for each in (gallery, *parts):
                each.name = "div"


def _is_photo_with_caption(parts: tuple[Tag, Tag]) -> bool:
    """Return whether one of two elements holds photos without words, and the other a short text."""
    photos = [part for part in parts if part.find("img") is not None]
    words = [part for part in parts if part.find("img") is None]
    return (
        len(photos) == len(words) == 1
        and not has_words(photos[0])
        and has_words(words[0])
        and count_characters(words[0], MAX_CAPTION) <= MAX_CAPTION
        and words[0].find(["ul", "ol", "table", "dl"]) is None
        and not holds_block_marker(words[0])
    )


class FigureBuilder:
    """Builds the figures of the photos below one root.

    Three caches keep the time linear. The key is the `id` of an element; the value keeps the element alive, so that no
    other element gets its id.
    """

    def __init__(self, root: Tag, read_image: ImageReader, context: InlineContext, captions: CaptionFinder) -> None:
        self._root, self._read_image, self._context, self._captions = root, read_image, context, captions
        self._characters_of_page = count_characters(root, 2 * MAX_CAPTION)
        self._blocking_siblings: dict[int, tuple[Tag, PageElement]] = {}  # why elements are no frames
        self._other_tables: dict[int, Tag] = {}  # tables that do more than arrange photos
        self._lists: dict[int, tuple[Tag, bool]] = {}  # whether an item without a photo is a sentence

    def lift(self, image: Tag, figure_placeholder: Callable[[Figure], Tag]) -> None:
        """Read the figure that `image` is part of, and replace it by its block marker."""
        table = image.find_parent("table")
        if table is not None and self._root in table.parents and (figures := self._read_figure_table(table)):
            table.replace_with(*map(figure_placeholder, figures))
            return
        frame = self._find_frame(image)
        captions = list(self._captions.captions_beside(frame))
        footnote_markers = block_markers(frame)  # footnotes may stand in the caption
        anchors = anchor_placeholders([frame, *captions])
        buttons = [button.extract() for button in _buttons_on_photo(frame)]
        tables = [each.extract() for each in _tables_in_figure(frame)]
        figure = self._read_figure(frame, captions)
        for caption in captions:
            caption.extract()
        placeholder = figure_placeholder(figure)
        placeholder.extend(anchors)
        frame.replace_with(placeholder, *footnote_markers, *buttons, *tables)
        if not footnote_markers and not buttons and not tables:
            _move_before_line(placeholder)

    def _read_figure_table(self, table: Tag) -> tuple[Figure, ...]:
        if id(table) in self._other_tables:
            return ()
        # A table with all words of a short page contains the text, not a caption.
        is_whole = 0 < self._characters_of_page == count_characters(table, MAX_CAPTION) <= MAX_CAPTION
        figures = read_figure_table(table, self._read_image, self._context, only_below=is_whole)
        if not figures:
            self._other_tables[id(table)] = table
        return figures

    def _is_text(self, tag: Tag, size: int) -> bool:
        """Return whether an element of `size` characters is the text of a short page."""
        is_most = 2 * size > self._characters_of_page and ends_sentence(tag.get_text().strip())
        return size > 0 and (size == self._characters_of_page or is_most)

    def _read_figure(self, frame: Tag, captions: list[Tag]) -> Figure:
        for tag in (frame, *captions):
            _separate_parts(tag)
        images = [frame] if frame.name == "img" else frame.find_all("img")
        photos = tuple(self._read_image(image).photo for image in images)
        credit_elements = list(self._credit_elements(frame, captions))
        credit_ids = set(map(id, credit_elements))
        credit = take_lines(credit_elements, self._context)
        caption_inside = read_inlines([frame], self._context) if frame.name != "img" else ()
        captions_beside = (read_inlines([tag], self._context) for tag in captions if id(tag) not in credit_ids)
        caption = join_lines((caption_inside, *captions_beside))
        figure = _with_credit(photos, caption, credit)
        return _with_language(figure, images, frame, _language_around(frame) or self._context.language)

    def _credit_elements(self, frame: Tag, captions: list[Tag]) -> Iterator[Tag]:
        beside = (tag for tag in captions if self._captions.is_credit(tag) or is_credit_line(tag.get_text()))
        descendants = [*_all_descendants(captions), *_all_descendants([frame])]
        inside = (tag for tag in descendants if self._captions.is_credit(tag) or _is_credit_line(tag))
        yield from (tag for tag in chain(beside, inside) if not self._contains_caption(tag))

    def _contains_caption(self, tag: Tag) -> bool:
        """Return whether an element that looks like a credit contains a caption too."""
        named = (each for each in tag.find_all(True) if self._captions.is_caption(each) and has_words(each))
        return any(not (self._captions.is_credit(each) or is_credit_line(each.get_text())) for each in named)

    def _find_frame(self, image: Tag) -> Tag:
        figure = image.find_parent("figure")
        frame = figure if figure is not None and self._root in figure.parents else image
        if frame is figure and (has_words(frame) or frame.find("figure") is not None):
            return frame
        while self._may_parent_be_frame(frame):
            assert frame.parent is not None  # noqa: S101 - checked by `_may_parent_be_frame`
            frame = frame.parent
        return _wrap_content(frame) if frame.name in _CELLS_AND_ITEMS else frame

    def _may_parent_be_frame(self, candidate: Tag) -> bool:
        parent = candidate.parent
        if parent is None or parent is self._root or parent.name not in _FRAME_TAGS:
            return False
        if candidate.name in _CELLS_AND_ITEMS or (has_words(candidate) and not has_only_button(candidate)):
            return False  # The caption is inside; words around it are not of this photo.
        cached = self._blocking_siblings.get(id(parent))
        if cached is not None and cached[1].parent is parent and cached[1] is not candidate:
            return False
        blocking = self._blocking_sibling(parent, candidate)
        if blocking is not None:
            self._blocking_siblings[id(parent)] = (parent, blocking)
        return blocking is None

    def _blocking_sibling(self, parent: Tag, candidate: Tag) -> PageElement | None:
        """Return the first sibling of `candidate` that does not belong to its photo; None if all do."""
        size = count_characters(parent, MAX_CAPTION)
        short = size <= MAX_CAPTION and not self._is_text(parent, size)
        # Paragraphs beside an `article` with a photo are text.
        short = short and candidate.name != "article" and candidate.find("article") is None
        short = short and not self._is_item_among_sentences(parent)
        # Beside a named caption, other words are text.
        short = short and not any(isinstance(node, Tag) and self._captions.is_caption(node) for node in parent.children)
        before = True
        for node in parent.children:
            if node is candidate:
                before = False
            elif not self._belongs_to_photo(node, parent, short=short, before=before):
                return node
        return None

    def _is_item_among_sentences(self, parent: Tag) -> bool:
        """Return whether `parent` is in a list with sentences, where words beside a photo are text."""
        item = parent if parent.name == "li" else parent.parent
        entries = item.parent if item is not None and item.name == "li" else None
        if entries is None:
            return False
        if id(entries) not in self._lists:
            others = (other for other in entries.find_all("li", recursive=False) if other.find("img") is None)
            self._lists[id(entries)] = entries, any(ends_sentence(other.get_text().strip()) for other in others)
        return self._lists[id(entries)][1]

    def _belongs_to_photo(self, node: PageElement, parent: Tag, *, short: bool, before: bool) -> bool:
        """Return whether `node`, a sibling of a photo, may be in its frame: another photo, a caption, white space.

        `short` tells whether `parent` may have an unnamed caption, `before` whether `node` stands before the photo.
        """
        if isinstance(node, NavigableString):
            in_line = parent.name == "p" and not (short and _is_line_below(node))
            if ends_sentence(node) and (in_line or (before and parent.name in _CELLS_AND_ITEMS)):
                return False  # running text
            return not node.strip() or (short and _is_possible_photo_box(parent))
        if not isinstance(node, Tag):
            return True
        if holds_block_marker(node):
            return False
        if node.name in {"br", "img", "source", "hr"} or self._captions.is_named(node):
            return True
        if not has_words(node):
            return node.name in _FRAME_TAGS or node.find("img") is None
        if node.find("img") is not None:  # another figure
            return False
        if node.find(list(HEADINGS)) is not None or self._captions.is_lede(node):
            return False  # part of the text
        if not self._captions.is_named(node) and is_quotation(node.get_text()):
            return False  # words of the person in the photo
        may_be_caption = node.name in _UNNAMED_CAPTION_ELEMENTS or (node.name == "div" and is_photo_box(parent))
        return short and may_be_caption and _is_possible_photo_box(parent)


def _move_before_line(placeholder: Tag) -> None:
    """Move a figure that begins a link or the like before this element: the line stays whole."""
    parent = placeholder.parent
    while parent is not None and parent.name in _LINE_PARTS and not any(_visible_nodes(placeholder.previous_siblings)):
        parent.insert_before(placeholder)
        parent = placeholder.parent


def _separate_parts(caption: Tag) -> None:
    """Put a space between two elements of a caption that only a style sheet separates.

    One word may be the large initial letter of the next.
    """
    for first in caption.find_all(["span", "cite", "small"]):
        second = first.next_sibling
        words = second.get_text().lstrip() if isinstance(second, Tag) and second.name == first.name else ""
        text = first.get_text()
        if words[:1].isalpha() and not text[-1:].isspace() and len(text.split()) > 1:
            first.insert_after(NavigableString(" "))


def _visible_nodes(nodes: Iterable[PageElement]) -> Iterator[PageElement]:
    return (node for node in nodes if isinstance(node, Tag) or str(node).strip())


def _is_line_below(text: NavigableString) -> bool:
    """Return whether a text is the only line below an image in its paragraph."""
    above = list(_visible_nodes(text.previous_siblings))
    below = list(_visible_nodes(text.next_siblings))
    is_parted = len(above) > 1 and isinstance(above[0], Tag) and above[0].name == "br"
    return is_parted and not below and all(isinstance(node, Tag) and not has_words(node) for node in above)


def _is_credit_line(tag: Tag) -> bool:
    """Return whether an element in a caption only names who took the photo."""
    may_be = tag.name in _UNNAMED_CAPTION_ELEMENTS or tag.name in {"div", "cite", "li"}
    if not may_be or not any(map(str.isalpha, tag.get_text())) or count_characters(tag, MAX_CREDIT) > MAX_CREDIT:
        return False
    before = "".join(node.get_text() for node in reversed(list(tag.previous_siblings))).strip()
    if is_credit_line(tag.get_text()):
        # "Photo by N. Ereus for <em>Tidings</em>"
        return not names_agency(tag.get_text()) or not before or ends_sentence(before)
    return bool(before) and is_labelled_credit(tag.get_text())


def _buttons_on_photo(frame: Tag) -> list[Tag]:
    """Return the outermost buttons in a frame, such as "Download photo"; they become text."""
    if frame.name == "img" or not has_words(frame):
        return []
    found = (tag for tag in frame.find_all(True) if tag.find("img") is None and has_only_button(tag))
    out: list[Tag] = []
    for tag in found:
        if not any(known in tag.parents for known in out):
            out.append(tag)
    return out


def _tables_in_figure(frame: Tag) -> list[Tag]:
    """Return tables and `details` in a `figure`, such as data of a chart; they become later blocks."""
    tables: list[Tag] = []
    for tag in frame.find_all(["details", "table"]) if frame.name == "figure" else []:
        is_nested = tables and any(parent is tables[-1] for parent in tag.parents)
        if not is_nested and tag.find("img") is None and has_words(tag):
            tables.append(tag)
    return tables


def _is_possible_photo_box(tag: Tag) -> bool:
    """Return whether an element may contain just a photo with its caption."""
    return tag.name in {"div", "p", "td", "center", "span", "figure", "li"} and len(tag.find_all("p", limit=2)) <= 1


def _wrap_content(cell: Tag) -> Tag:
    """Wrap the content of a cell or item in a `div` that can be taken out."""
    content = IndexedTag(name="div")
    content.extend(list(cell.contents))
    cell.append(content)
    return content


def _all_descendants(tags: list[Tag]) -> list[Tag]:
    return [inner for tag in tags for inner in tag.find_all(True)]


# --- tables that arrange photos over their captions


def read_figure_table(
    table: Tag, read_image: ImageReader, context: InlineContext, *, only_below: bool = False
) -> tuple[Figure, ...]:
    """Return the figures of a table that only arranges photos and their captions; () for any other table.

    With `only_below`, captions beside or above a photo do not count.
    """
    if table.find(["h1", "h2", "h3", "ul", "ol", "table"]) is not None or holds_block_marker(table):
        return ()
    if any(map(has_words, table.find_all("th"))):
        return ()
    title = table.find("caption")
    if title is not None and (len(table.find_all("img", limit=2)) > 1 or len(table.find_all("td", limit=2)) > 1):
        return ()
    rows = [own_cells(row) for row in own_elements(table, ["tr"])]
    pairs = list(_photos_with_captions(rows, only_below=only_below))
    read = {id(cell) for photo_cells, captions in pairs for cell in (*photo_cells, *captions)}
    words = {id(cell): cell.get_text(strip=True) for cell in own_elements(table, ["td", "th"])}
    if any(text and id_ not in read for id_, text in words.items()):
        return ()
    if any(
        count_characters(cell, MAX_CAPTION) > MAX_CAPTION
        for photo_cells, captions in pairs
        for cell in (*photo_cells, *captions)
    ):
        return ()
    titles = [title] if title is not None else []
    return tuple(_read_cells(photo_cells, [*captions, *titles], read_image, context) for photo_cells, captions in pairs)


_MAX_CAPTION_ROWS = 2


def _photos_with_captions(rows: list[list[Tag]], *, only_below: bool) -> Iterator[tuple[list[Tag], list[Tag]]]:
    """Yield, for each figure, the cells of its photos, and those of its caption and credit."""
    photo_rows = [number for number, row in enumerate(rows) if any(cell.find("img") for cell in row)]
    for number, following in zip(photo_rows, [*photo_rows[1:], len(rows)], strict=True):
        row, below = rows[number], [each for each in rows[number + 1 : following] if any(map(has_words, each))]
        photo_cells = [cell for cell in row if cell.find("img") is not None]
        beside = [cell for cell in row if cell.find("img") is None and has_words(cell)]
        if len(below) > _MAX_CAPTION_ROWS or (beside and only_below) or not all(map(_may_be_caption_beside, beside)):
            continue
        if len(photo_cells) > 1 and below and all(len(each) == len(row) for each in below):
            columns = ([cells[column] for cells in below] for column in range(len(row)))
            holds_photo = (cell.find("img") is not None for cell in row)  # not `in photo_cells`: bs4 compares content
            yield from (([cell], under) for cell, under, holds in zip(row, columns, holds_photo, strict=True) if holds)
        elif len(photo_cells) > 1 and not below and not beside and any(map(has_words, photo_cells)):
            yield from (([cell], []) for cell in photo_cells)
        elif beside and (len(photo_cells) > 1 or has_words(photo_cells[0])):
            continue
        else:
            above = rows[:number] if len(photo_rows) == 1 and not below and not beside else []
            is_caption = not only_below and len([each for each in above if any(map(has_words, each))]) == 1
            yield photo_cells, [*chain.from_iterable(above if is_caption else ()), *beside, *chain.from_iterable(below)]


def _may_be_caption_beside(cell: Tag) -> bool:
    """Return whether a cell beside a photo has few links and, besides a credit, at most one paragraph."""
    linked = sum(count_characters(link, MAX_CAPTION) for link in cell.find_all("a"))
    paragraphs = [each for each in cell.find_all("p") if has_words(each) and not is_labelled_credit(each.get_text())]
    return len(paragraphs) <= 1 and linked * 2 <= count_characters(cell, MAX_CAPTION)


def _read_cells(photo_cells: list[Tag], captions: list[Tag], read_image: ImageReader, context: InlineContext) -> Figure:
    images = [image for cell in photo_cells for image in cell.find_all("img")]
    lines = [read_content(cell, context) for cell in photo_cells]
    credit = take_lines(list(_credits_in_cells(captions)), context)
    caption = join_lines((*lines, *(read_content(cell, context) for cell in captions)))
    photos = tuple(read_image(image).photo for image in images)
    return _with_credit(photos, caption, credit)


def _with_credit(photos: tuple[Photo, ...], caption: Inlines, credit: Inlines) -> Figure:
    """Return a figure with `credit`, else with a credit split off from the end of `caption`."""
    return Figure(photos, *((without_separator(caption), credit) if credit else split_credit(caption)))


def _with_language(figure: Figure, images: Iterable[Tag], frame: Tag, around: str | None) -> Figure:
    """Return `figure` with the one language of its images, unless the text `around` the frame has this language too.

    Alternative texts are in the language of their images, the caption and the credit in that of the text around.
    """
    languages = {_language_within(image, frame) for image in images}
    language = languages.pop() if len(languages) == 1 else None
    if language in {None, around} or around is None:
        return figure
    caption, credit = (_in_language(text, language, around) for text in (figure.caption, figure.credit))
    return msgspec.structs.replace(figure, lang=language, caption=caption, credit=credit)


def _in_language(text: Inlines, language: str | None, around: str) -> Inlines:
    """Return a caption or credit, marked as being in `around`.

    If all of `text` is marked as being in `language`, return it without this mark: the figure has one.
    """
    inner = [each for each in text if isinstance(each, Span) and (each.lang, each.dir) == (language, None)]
    if len(inner) == len(text):
        return tuple(chain.from_iterable(each.children for each in inner))
    return (Span(text, lang=around),)


def _language_within(image: Tag, frame: Tag) -> str | None:
    inside = takewhile(lambda each: each is not frame.parent, image.parents)
    return next(filter(None, map(lang_attribute, (image, *inside))), None)


def _language_around(frame: Tag) -> str | None:
    return next(filter(None, map(lang_attribute, frame.parents)), None)


def _credits_in_cells(captions: list[Tag]) -> Iterator[Tag]:
    """Yield the cells, and elements in cells, that name who took the photo. The first words are never a credit."""
    before = ""
    for tag in (part for cell in captions for part in (cell, *cell.find_all(["p", "div", *_UNNAMED_CAPTION_ELEMENTS]))):
        text = tag.get_text().strip()
        if before and text and count_characters(tag, MAX_CREDIT) <= MAX_CREDIT and is_labelled_credit(text):
            yield tag
        elif tag.find(True) is None or tag.name in {"caption", "p", "div"}:
            before = before or text

"""Boxes → tags: adds each drawn piece of content to its tag, page by page, by matching its text.

Text boxes that lost a space at a line end get it back, so that copied words do not run together. Content without a tag
becomes an artifact: running headers, repeated heads of tables, decorative images.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING
from unicodedata import mirrored

from readout_pub.emit.pdf.table_parts import REPEATED
from readout_pub.emit.pdf.tags.reading_order import RTL, needs_actual_text
from readout_pub.emit.pdf.tags.tree import ContentItem, Tag
from readout_pub.emit.pdf.weasyprint_adapter import BoxKind, LayoutBox, TaggedDocument
from readout_pub.errors import EmitError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from xml.etree.ElementTree import Element

    from readout_pub.emit.pdf.tags.structure import StructureBuilder

POINTS_PER_PIXEL = 0.75
"""An inch has 72 points and 96 CSS pixels."""

PAGINATION_SUBTYPES = {"top": "Header", "bottom": "Footer"}
"""Edge of the page where a margin box stands → Subtype of its Pagination artifact."""

_MARKS = re.compile("[\u0300-\u036f]")
"""Marks on Latin, Greek and Cyrillic letters."""

_EMPTY_ITEM = "\u200b"
"""The text that WeasyPrint adds to an empty list item, so that its bullet has a line."""

MAX_QUOTED = 40
"""How many characters of a text an error quotes."""


class ContentMatcher:
    """Matches the boxes of all pages with the text stream of `structure`.

    `bookmarked` has the tag of each box that makes an outline item, in the order of the items. `pagination` maps each
    box in a page margin to the Subtype of its artifact.
    """

    def __init__(self, structure: StructureBuilder) -> None:
        self.bookmarked: list[Tag] = []
        self.pagination: dict[LayoutBox, str] = {}
        self._structure = structure
        self._text_stream = structure.text_stream
        self._matched_row_groups: set[Element] = set()
        self._items: list[ContentItem] = []
        self._rtl_text = ""
        self._rtl_lines: defaultdict[int, set[tuple[float, float]]] = defaultdict(set)  # page → top and bottom
        # The last item, if white space follows it in the text and layout may have removed it.
        self._before_space: ContentItem | None = None
        self._range_element: Element | None = None
        self._page, self._page_height = 0, 0.0

    def match(self, document: TaggedDocument) -> None:
        """Add the content of `document` to the tags; raises EmitError if its text differs from the text stream."""
        self._text_stream.start_matching()
        for number, (page, box) in enumerate(zip(document.pages, document.page_boxes(), strict=True)):
            self._page, self._page_height = number, page.height
            row_groups: set[Element] = set()
            self._visit(box, row_groups)
            self._matched_row_groups |= row_groups
        unmatched = [each for each in self._structure.text_ranges.values() if each.start < each.end]
        if unmatched or self._text_stream.remaining:
            remaining = self._text_stream.text[unmatched[0].start :] if unmatched else self._text_stream.remaining
            raise _mismatch("", remaining)

    def _visit(self, box: LayoutBox, row_groups: set[Element]) -> None:
        """Visit `box` and the boxes in it, in reading order; add `thead`s and `tfoot`s to `row_groups`."""
        match box.kind:
            case BoxKind.TEXT:
                self._visit_text(box)
            case BoxKind.MARKER:
                self._add_list_label(box)
            case BoxKind.IMAGE:
                self._add_image(box)
            case BoxKind.MARGIN:
                self.pagination.update(dict.fromkeys(box.descendants(), PAGINATION_SUBTYPES[box.page_edge]))
            case BoxKind.GENERATED:
                pass
            case BoxKind.ROW_GROUP:
                self._visit_row_group(box, row_groups)
            case _ if REPEATED in box.classes:
                pass
            case _:
                if box.makes_bookmark:
                    self.bookmarked.append(self._structure.tags[box.element])
                self._visit_content(box, row_groups)

    def _visit_row_group(self, box: LayoutBox, row_groups: set[Element]) -> None:
        if box.element in self._matched_row_groups:
            # A repeated row group is an artifact, but WeasyPrint makes outline items of its headings.
            repeated = [inner.element for inner in box.descendants() if inner.makes_bookmark]
            self.bookmarked += [self._structure.tags[element] for element in repeated]
        else:
            row_groups.add(box.element)
            self._visit_content(box, row_groups)

    def _visit_content(self, box: LayoutBox, row_groups: set[Element]) -> None:
        """Visit the boxes in `box`, within its text range if it has one."""
        text_range = self._structure.text_ranges.get(box.element)
        if text_range is None or box.element is self._range_element:
            self._visit_children(box, row_groups)
            return
        outer, self._range_element = self._range_element, box.element
        before = self._text_stream.enter(text_range)
        self._visit_children(box, row_groups)
        self._restore_space(None)
        self._text_stream.leave(text_range, before)
        self._range_element = outer

    def _visit_children(self, box: LayoutBox, row_groups: set[Element]) -> None:
        for child in box.children:
            self._visit(child, row_groups)

    def _visit_text(self, box: LayoutBox) -> None:
        if box.element.tag == "img":  # the alternative text, drawn in place of an image that cannot be loaded
            self._structure.tags[box.element].kids.append(ContentItem(self._page, box))
        elif box.text.strip():
            self._match_text(box)

    def _match_text(self, box: LayoutBox) -> None:
        """Add a text box to the tag of its text; raises EmitError if other text is next in the stream."""
        item = ContentItem(self._page, box)
        self._restore_space(item)
        run = self._text_stream.match(box.text)
        if run is None:  # perhaps a line broken at a soft hyphen: layout draws a hyphen there that is not in the text
            item.actual_text = box.text.removesuffix(box.hyphen)
            run = self._text_stream.match(item.actual_text)
        if run is None and box.text == _EMPTY_ITEM:
            return
        if run is None:
            raise _mismatch(box.text, self._text_stream.remaining)
        run.items.append(item)
        has_rtl_characters = RTL.search(box.text)
        if has_rtl_characters or box.is_rtl:
            self._rtl_text += box.text
            self._rtl_lines[self._page].add(box.vertical_edges)
            if not has_rtl_characters:  # text with such characters gets ActualText on its tag
                item.actual_text = item.actual_text or box.drawn_text
        self._items.append(item)
        ends_in_space = box.drawn_text[-1:].isspace()
        self._before_space = item if self._text_stream.is_at_space and not ends_in_space else None

    def _restore_space(self, after: ContentItem | None) -> None:
        """If layout removed the space between the last item and `after`, draw the space or add it to ActualText.

        A box of right-to-left text ends at the left, where a space would shift the words. So the next box begins with
        the space, if it runs from right to left too.
        """
        before, self._before_space = self._before_space, None
        if before is None or (after and after.box.text[0].isspace()):
            return
        if before.actual_text is not None:
            before.actual_text += " "
        elif not before.box.is_rtl:
            before.box.drawn_text += " "
        elif after and after.box.is_rtl:
            after.box.drawn_text = " " + after.box.drawn_text

    def _add_list_label(self, box: LayoutBox) -> None:
        actual_text = box.drawn_text if box.is_rtl else None
        label = Tag("Lbl", [ContentItem(self._page, box, actual_text)])
        self._structure.tags[box.element].kids.insert(0, label)

    def _add_image(self, box: LayoutBox) -> None:
        figure = self._structure.tags.get(box.element)
        if figure is None:  # decorative
            return
        left, top, width, height = box.content_area
        bottom_up = self._page_height - top
        bbox = (left, bottom_up - height, left + width, bottom_up)
        figure.attributes = {"Layout": {"BBox": [round(pixels * POINTS_PER_PIXEL, 3) for pixels in bbox]}}
        figure.kids.insert(0, ContentItem(self._page, box))

    def set_actual_text(self, to_unicode_texts: Iterable[str]) -> None:
        """Set ActualText for items for which PDF readers may find another text in the ToUnicode tables of fonts.

        One glyph may draw two characters, such as a hyphen and a non-breaking hyphen, or "(" and the ")" of
        right-to-left text. `to_unicode_texts`, the texts in these tables, have only the character that it drew first.

        PDF readers also reverse numbers and punctuation near right-to-left text: at the edges of a text ("i."), and on
        a line with right-to-left text also within it ("e-mail"). On other lines, "e-mail" gets no ActualText, so that
        receipts compare its glyphs.

        If a separate glyph draws a mark, such as the dot below of "ị̀", PDF readers may see a space before the mark.
        """
        characters, mapped = set(self._text_stream.text), set("".join(to_unicode_texts))
        ambiguous = {each for each in characters if each not in mapped or _has_separate_mark(each, mapped)}
        if any(map(mirrored, self._rtl_text)):
            ambiguous |= set(filter(mirrored, self._text_stream.text))
        for item in self._items if ambiguous or self._rtl_text else ():
            text = item.box.text
            if item.actual_text is not None or needs_actual_text(text):
                continue
            is_reversed = self._rtl_text and (
                _has_neutral_edge(text) or (not text.strip().isalpha() and self._is_beside_rtl_text(item))
            )
            if is_reversed or not ambiguous.isdisjoint(text):
                item.actual_text = item.box.drawn_text

    def _is_beside_rtl_text(self, item: ContentItem) -> bool:
        """Return whether right-to-left text on the same page overlaps an item in height."""
        top, bottom = item.box.vertical_edges
        return any(top < other_bottom and other_top < bottom for other_top, other_bottom in self._rtl_lines[item.page])


def _has_separate_mark(character: str, mapped: Collection[str]) -> bool:
    """Return whether `mapped` has a mark of `character` alone: a separate glyph may then draw the mark."""
    return any(mark in mapped for mark in _MARKS.findall(unicodedata.normalize("NFD", character)))


def _has_neutral_edge(text: str) -> bool:
    """Return whether a text begins or ends with a character that is no letter, white space aside."""
    bare = text.strip()
    return not (bare[0].isalpha() and bare[-1].isalpha())


def _mismatch(drawn: str, written: str) -> EmitError:
    shown = repr(drawn[:MAX_QUOTED]) if drawn else "nothing"
    return EmitError(
        f"the PDF draws {shown} where {written[:MAX_QUOTED]!r} is written",
        what_next="this is a defect of readout-pub: report it with the page",
    )

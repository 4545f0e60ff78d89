"""Boxes → marks: each piece that is drawn finds the tag that it belongs to, page by page.

Before the pages are painted: text boxes that lost a space to a line break get it back as a glyph at the line's end, so
that copied words do not run together. What finds no tag is an artifact: running text, repeated heads, ornaments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import mirrored

from readout_pub.emit.pdf.tags.reading_order import RTL, is_said_by_tag
from readout_pub.emit.pdf.tags.tree import Mark, Tag
from readout_pub.errors import EmitError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType
    from xml.etree.ElementTree import Element

    from weasyprint import Document
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.pdf.fonts import Font

    from readout_pub.emit.pdf.tags.structure import StructureBuilder

POINTS = 0.75
"""Points in a CSS pixel: 72 and 96 of them are an inch."""

MARGINS = {"@top": "Header", "@bottom": "Footer"}
"""Where running text stands on a page → what kind of artifact it is."""

SHOWN = 40
"""How many characters of a text an error quotes."""


class ContentMatcher:
    """Follows the script of `plan` through the boxes of all pages; `boxes` is WeasyPrint's module of them.

    Afterwards `headings` are the tags of the bookmarks, and `running` is what kind of artifact a running text is.
    """

    def __init__(self, plan: StructureBuilder, boxes: ModuleType) -> None:
        self.headings: list[Tag] = []
        self.running: dict[Box, str] = {}
        self._plan = plan
        self._boxes = boxes
        self._repeated: set[Element] = set()
        self._marks: list[Mark] = []
        self._turned = ""
        self._unspaced: Mark | None = None
        self._flowing: Element | None = None
        self._page, self._height = 0, 0.0

    def follow(self, document: Document) -> None:
        """Give every piece of content to its tag; an EmitError if the pages show another text than the script."""
        self._plan.script.begin()
        for number, page in enumerate(document.pages):
            self._page, self._height = number, page.height
            heads: set[Element] = set()
            self._walk(page._page_box, heads)
            self._repeated |= heads
        unread = [flow for flow in self._plan.flows.values() if flow.start < flow.end]
        if unread or self._plan.script.rest:
            raise _astray("nothing", self._plan.script.text[unread[0].start :] if unread else self._plan.script.rest)

    def _walk(self, box: Box, heads: set[Element]) -> None:
        """Visit `box` and all below it in reading order; `heads` gathers the heads of tables on this page."""
        if isinstance(box, self._boxes.TextBox):
            self._text(box)
        elif isinstance(box, self._boxes.ReplacedBox):
            self._picture(box)
        elif isinstance(box, self._boxes.MarginBox):
            self.running.update(dict.fromkeys(box.descendants(), MARGINS[box.at_keyword.partition("-")[0]]))
        elif isinstance(box, self._boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            self._head(box, heads)
        else:
            if box.bookmark_label:
                self.headings.append(self._plan.tags[box.element])
            self._below(box, heads)

    def _head(self, box: Box, heads: set[Element]) -> None:
        if box.element in self._repeated:
            # WeasyPrint makes bookmarks of the headings in it once more.
            self.headings += [self._plan.tags[inner.element] for inner in box.descendants() if inner.bookmark_label]
        else:
            heads.add(box.element)
            self._below(box, heads)

    def _below(self, box: Box, heads: set[Element]) -> None:
        flow = self._plan.flows.get(box.element)
        if flow is None or box.element is self._flowing:
            self._children(box, heads)
            return
        outer, self._flowing = self._flowing, box.element
        before = self._plan.script.enter(flow)
        self._children(box, heads)
        self._give_space(None)
        self._plan.script.leave(flow, before)
        self._flowing = outer

    def _children(self, box: Box, heads: set[Element]) -> None:
        for child in box.children:
            # An absolutely placed box, such as a bullet, hides behind a placeholder.
            self._walk(getattr(child, "_box", child), heads)

    def _text(self, box: Box) -> None:
        if box.element_tag.endswith("::marker"):
            self._marker(box)
        elif box.element.tag == "img":  # a picture that could not be shown: its alternative text is drawn
            self._plan.tags[box.element].kids.append(Mark(self._page, box))
        elif box.text.strip():
            self._words(box)

    def _words(self, box: Box) -> None:
        script = self._plan.script
        mark = Mark(self._page, box)
        self._give_space(mark)
        run = script.follow(box.text)
        if run is None:  # broken at a soft hyphen, where a hyphen is drawn that is not written
            mark.words = box.text.removesuffix(box.style["hyphenate_character"])
            run = script.follow(mark.words)
        if run is None:
            raise _astray(box.text, script.rest)
        run.marks.append(mark)
        leftward = RTL.search(box.text)
        if leftward or _is_turned(box):
            self._turned += box.text
            if not leftward:
                mark.words = mark.words or box.pango_layout.text
        self._marks.append(mark)
        ends_in_space = box.pango_layout.text[-1:].isspace()
        self._unspaced = mark if script.space_follows and not ends_in_space else None

    def _give_space(self, after: Mark | None) -> None:
        """Draw or say the space that stood behind the last mark, if layout took it away before `after`."""
        before, self._unspaced = self._unspaced, None
        if before is None or (after and after.box.text[0].isspace()):
            return
        if before.words is not None:
            before.words += " "
        elif not _is_turned(before.box):
            before.box.pango_layout.text += " "
        elif after and _is_turned(after.box):
            after.box.pango_layout.text = " " + after.box.pango_layout.text

    def _marker(self, box: Box) -> None:
        words = box.pango_layout.text if _is_turned(box) else None
        label = Tag("Lbl", [Mark(self._page, box, words)])
        self._plan.tags[box.element].kids.insert(0, label)

    def _picture(self, box: Box) -> None:
        figure = self._plan.tags.get(box.element)
        if figure is None:
            return
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, self._height - top - box.height, left + box.width, self._height - top)
        figure.attributes = {"Layout": {"BBox": [round(corner * POINTS, 3) for corner in corners]}}
        figure.kids.insert(0, Mark(self._page, box))

    def spell_out(self, fonts: Iterable[Font]) -> None:
        """Let marks speak in words where the glyphs of `fonts` cannot.

        One glyph may stand for several characters, and says then the first that it was drawn for: a hyphen and one that
        does not break; "(" and, where text runs to the left, ")".
        """
        said = "".join(text for font in fonts for text in font.to_unicode.values())
        unsure = set(self._plan.script.text) - set(said)
        if any(map(mirrored, self._turned)):
            unsure |= set(filter(mirrored, self._plan.script.text))
        for mark in self._marks if unsure else ():
            if mark.words is None and not unsure.isdisjoint(mark.box.text) and not is_said_by_tag(mark.box.text):
                mark.words = mark.box.pango_layout.text


def _is_turned(box: Box) -> bool:
    """Say whether the glyphs of `box`, which are drawn from left to right, are to be read from the right."""
    turned: bool = box.style["direction"] == "rtl"
    return turned


def _astray(drawn: str, written: str) -> EmitError:
    return EmitError(
        f"the PDF draws {drawn[:SHOWN]!r} where {written[:SHOWN]!r} is written",
        what_next="this is a defect of readout-pub: report it with the page",
    )

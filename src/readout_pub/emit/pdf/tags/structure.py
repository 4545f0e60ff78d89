"""Elements → structure tree: one tag for each element, in the order of the HTML, independent of page breaks.

<li><p><span class="label">(1)</span> Trade</p></li>    →    LI
                                                               Lbl     (1)
                                                               LBody
                                                                 P     Trade
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.pdf.tags.reading_order import TextRange, TextStream
from readout_pub.emit.pdf.tags.roles import (
    BLOCKS,
    CAPTION_LINES,
    INLINE_ATTRIBUTES,
    INLINES,
    LIST_NUMBERING,
    UNTAGGED_BLOCKS,
)
from readout_pub.emit.pdf.tags.tree import Attributes, Tag

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

ENDNOTES, NOTE_CALL, ASIDE = "doc-endnotes", "doc-noteref", "note"
"""Values of `role` in our markup: a section of notes, the number in the text that refers to a note, a remark."""

FORMULA = "formula"
"""Class of a `span` with the linear text of a formula; PDF/UA asks for an alternative text of its tag."""

CELLS = frozenset({"TD", "TH"})

SCOPES = {"col": "Column", "row": "Row"}


class StructureBuilder:
    """The structure tree of a document, from `root` down, and its text stream.

    `tags` is element → tag, for elements that are looked up after the layout: images, links, headings, notes, list
    items. `targets` is id → tag, for internal links.

    `text_ranges` is element → range of the text stream, for elements beside other content, such as cells and notes. If
    a page ends within one, text of another may be drawn next. So each is matched with its own range.
    """

    def __init__(self, html: Element, pdf_version: str) -> None:
        self.root = Tag("Document")
        self.text_stream = TextStream()
        self.tags: dict[Element, Tag] = {}
        self.targets: dict[str, Tag] = {}
        self.text_ranges: dict[Element, TextRange] = {}
        self.is_pdf_2 = pdf_version >= "2"
        self._note_calls: list[tuple[str, Tag]] = []
        self._labelled_items: dict[Element, Tag] = {}
        self._note_count = 0
        for body in html.iterfind("body"):
            self._add_parallel_content(body, self.root)  # notes at the foot of pages stand beside it
            self.text_stream.add_block_boundary()
        for note, call in ((self.targets.get(target), call) for target, call in self._note_calls):
            if note:
                note.refs.append(call)
                call.refs.append(note)

    # --- elements

    def _add_content(self, element: Element, tag: Tag) -> None:
        """Add the text and elements in `element` to `tag`."""
        self.text_stream.add_text(element.text, tag)
        for child in element:
            self._add_element(child, tag)
            self.text_stream.add_text(child.tail, tag)

    def _add_block_content(self, element: Element, tag: Tag) -> None:
        """Add the content of `element` to `tag` as a block of its own."""
        self.text_stream.add_block_boundary()
        self._add_content(element, tag)
        self.text_stream.add_block_boundary()

    def _add_parallel_content(self, element: Element, tag: Tag) -> None:
        """Add the content of `element`, which stands beside other content; both may continue on the next page."""
        start = self.text_stream.length
        self._add_content(element, tag)
        self.text_ranges[element] = TextRange(start, self.text_stream.length)

    def _add_element(self, element: Element, parent: Tag) -> None:
        name = element.tag
        if name == "br":
            self.text_stream.add_space()
        elif name in INLINE_WRITERS:
            INLINE_WRITERS[name](self, element, parent)
        elif name in BLOCKS or name in BLOCK_WRITERS or name in UNTAGGED_BLOCKS:
            self.text_stream.add_block_boundary()
            self._add_block(element, parent)
            self.text_stream.add_block_boundary()
        else:
            role = INLINES.get(name) or ("Span" if element.get("lang") else None)
            tag = self._add_tag(element, role, parent) if role else parent
            tag.attributes |= INLINE_ATTRIBUTES.get(name, {})
            self._add_content(element, tag)

    def _add_block(self, element: Element, parent: Tag) -> None:
        name = element.tag
        if name in BLOCK_WRITERS:
            BLOCK_WRITERS[name](self, element, parent)
        elif element.get("class") == "no-photo":
            self._add_parallel_content(element, self._add_tag(element, "P", parent))
        elif name in BLOCKS:
            self._add_content(element, self._add_tag(element, BLOCKS[name], parent))
        else:
            is_tagged = name == "div" and any(map(element.get, ("lang", "id", "role")))
            role = "Aside" if element.get("role") == ASIDE else "Div"
            self._add_content(element, self._add_tag(element, role, parent) if is_tagged else parent)

    def _add_tag(self, element: Element, role: str, parent: Tag) -> Tag:
        tag = parent.add(role, lang=element.get("lang"))
        name = element.get("id")
        if name:
            self.targets[name] = tag
        return tag

    # --- blocks

    def _add_heading(self, element: Element, parent: Tag) -> None:
        level = int(element.get("aria-level") or element.tag[1])
        # PDF 1.7 has six levels, as HTML has; PDF 2.0 has any number.
        self.tags[element] = self._add_tag(element, f"H{level if self.is_pdf_2 else min(level, 6)}", parent)
        self._add_content(element, self.tags[element])

    def _add_section(self, element: Element, parent: Tag) -> None:
        tag = self._add_tag(element, "Sect", parent)
        if element.get("role") == ENDNOTES:
            for item in element.iterfind("ul/li"):
                self._add_note(item, tag)
        else:
            self._add_content(element, tag)

    def _add_quote(self, element: Element, parent: Tag) -> None:
        # PDF 2.0 has no BlockQuote of its own; that of PDF 1.7 may be used, but not in a table cell.
        role = "Div" if self.is_pdf_2 and parent.role in CELLS else "BlockQuote"
        self._add_content(element, self._add_tag(element, role, parent))

    def _add_preformatted(self, element: Element, parent: Tag) -> None:
        self._add_content(element, self._add_tag(element, "P", parent).add("Code"))

    def _add_list(self, element: Element, parent: Tag) -> None:
        tag = self._add_tag(element, "L", parent)
        kind = "label" if element.get("class") == "labelled" else "number" if element.tag == "ol" else "bullet"
        self._set_list_numbering(tag, kind)
        for child in element:
            item = self._add_tag(child, "LI", tag)
            self.tags[child] = item
            self._add_labelled(child, item, item.add("LBody"))

    def _set_list_numbering(self, tag: Tag, kind: str) -> None:
        tag.attributes = {"List": {"ListNumbering": LIST_NUMBERING[kind][self.is_pdf_2]}}

    def _add_labelled(self, element: Element, item: Tag, body: Tag) -> None:
        """Add the content of `element` to `body`; a label at its beginning becomes the first kid of `item`."""
        first = next(iter(element), None)
        if first is not None and first.tag == "p" and not first.text:
            label = next(iter(first), None)
            if label is not None and label.get("class") == "label":
                self._labelled_items[label] = item
        self._add_block_content(element, body)

    def _add_note(self, element: Element, parent: Tag) -> None:
        note = self._add_tag(element, "FENote", parent)
        self._note_count += 1
        note.id = element.get("id") or f"unnamed-note-{self._note_count}"  # PDF/UA-1 requires an ID of notes
        if self.is_pdf_2:
            note.attributes = {"FENote": {"NoteType": "Endnote"}}
        self.tags[element] = note
        start = self.text_stream.length
        self._add_labelled(element, note, note)
        self.text_ranges[element] = TextRange(start, self.text_stream.length)

    def move_note(self, note: Element, place: Element) -> None:
        """Mark `note` as drawn at the foot of a page; the empty element `place` stands for it in the text."""
        self.text_ranges[place] = self.text_ranges[note]
        if self.is_pdf_2:
            self.tags[note].attributes = {"FENote": {"NoteType": "Footnote"}}

    def _add_descriptions(self, element: Element, parent: Tag) -> None:
        tag = self._add_tag(element, "L", parent)
        self._set_list_numbering(tag, "term")
        terms: list[Element] = []
        for child in element:
            if child.tag == "dt":
                terms.append(child)
                continue
            item = tag.add("LI")
            for term in terms:
                self._add_block_content(term, item.add("Lbl"))
            self._add_block_content(child, item.add("LBody"))
            terms = []

    def _add_figure(self, element: Element, parent: Tag) -> None:
        """Add a Figure if the element has one image with an alternative text, and no paragraphs; otherwise a Sect."""
        images = [image for image in element.iter("img") if image.get("alt")]
        is_single = len(images) == 1 and element.find(".//p") is None
        tag = self._add_tag(element, "Figure" if is_single else "Sect", parent)
        if is_single:
            tag.alt = images[0].get("alt")
            self.tags[images[0]] = tag
        self._add_content(element, tag)

    def _add_image(self, element: Element, parent: Tag) -> None:
        alt = element.get("alt")
        if alt and element not in self.tags:
            self.tags[element] = self._add_tag(element, "Figure", parent)
            self.tags[element].alt = alt

    def _add_cell(self, element: Element, parent: Tag) -> None:
        tag = self._add_tag(element, element.tag.upper(), parent)
        attributes: Attributes = {}
        if element.tag == "th":
            tag.id = element.get("id")
            attributes["Scope"] = SCOPES[element.get("scope", "col")]
        attributes |= {
            name: int(element.get(name.lower(), 1))
            for name in ("ColSpan", "RowSpan")
            if element.get(name.lower(), "1") != "1"
        }
        if element.get("headers"):
            attributes["Headers"] = element.get("headers", "").split()
        if attributes:
            tag.attributes = {"Table": attributes}
        self._add_parallel_content(element, tag)

    # --- inlines

    def _add_span(self, element: Element, parent: Tag) -> None:
        if element.get("class") in CAPTION_LINES:
            self._add_block_content(element, self._add_tag(element, "P", parent))
        elif element.get("class") == FORMULA:
            tag = self._add_tag(element, "Formula", parent)
            tag.alt = element.text
            self._add_content(element, tag)
        elif element in self._labelled_items:
            label = Tag("Lbl")
            self._labelled_items[element].kids.insert(0, label)
            self._add_content(element, label)
        elif element.get("lang"):
            self._add_content(element, self._add_tag(element, "Span", parent))
        else:
            self._add_content(element, parent)

    def _add_link(self, element: Element, parent: Tag) -> None:
        is_note_call = element.get("role") == NOTE_CALL
        role = "Lbl" if self.is_pdf_2 else "Reference"
        container = parent.add(role) if is_note_call and parent.role != role else parent
        link = self._add_tag(element, "Link", container)
        link.contents = " ".join("".join(element.itertext()).split())
        if is_note_call:
            self._note_calls.append((element.get("href", "#")[1:], link if container is parent else container))
        self.tags[element] = link
        self._add_content(element, link)

    def _add_ruby(self, element: Element, parent: Tag) -> None:
        tag = self._add_tag(element, "Ruby", parent)
        base = tag.add("RB")
        self.text_stream.add_text(element.text, base)
        for child in element:
            if child.tag in {"rt", "rp"}:
                self._add_content(child, tag.add(child.tag.upper()))
            else:
                self._add_element(child, base)
                self.text_stream.add_text(child.tail, base)


BLOCK_WRITERS: dict[str, Callable[[StructureBuilder, Element, Tag], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), StructureBuilder._add_heading),
    "section": StructureBuilder._add_section,
    "blockquote": StructureBuilder._add_quote,
    "pre": StructureBuilder._add_preformatted,
    "ul": StructureBuilder._add_list,
    "ol": StructureBuilder._add_list,
    "dl": StructureBuilder._add_descriptions,
    "figure": StructureBuilder._add_figure,
    "img": StructureBuilder._add_image,
    "td": StructureBuilder._add_cell,
    "th": StructureBuilder._add_cell,
}

INLINE_WRITERS: dict[str, Callable[[StructureBuilder, Element, Tag], None]] = {
    "span": StructureBuilder._add_span,
    "a": StructureBuilder._add_link,
    "ruby": StructureBuilder._add_ruby,
}

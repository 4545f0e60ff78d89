"""Elements → tags: one tag for one element, in the order of the source, whatever pages it will fall on.

<li><p><span class="label">(1)</span> Trade</p></li>    →    LI
                                                               Lbl     (1)
                                                               LBody
                                                                 P     Trade
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.pdf.tags.reading_order import Flow, TextStream
from readout_pub.emit.pdf.tags.roles import (
    BLOCKS,
    INLINES,
    LINES_OF_CAPTIONS,
    LIST_NUMBERING,
    UNTAGGED_BLOCKS,
)
from readout_pub.emit.pdf.tags.tree import Attributes, Tag

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

NOTES, CALL, ASIDE = "doc-endnotes", "doc-noteref", "note"
"""Values of `role` by which the markup marks a section of notes, the call of one, and a remark beside the text."""

CELLS = frozenset({"TD", "TH"})

SCOPES = {"col": "Column", "row": "Row"}


class StructureBuilder:
    """The tags of one page, its script, and which tag an element has.

    `version` is that of PDF. `tags` has the elements that are found by their boxes: pictures, links, headings, and
    items that may have a marker; `targets` what a link can lead to, by its id; `flows` what stands beside another.
    """

    def __init__(self, html: Element, version: str) -> None:
        self.root = Tag("Document")
        self.script = TextStream()
        self.tags: dict[Element, Tag] = {}
        self.targets: dict[str, Tag] = {}
        self.flows: dict[Element, Flow] = {}
        self._newer = version >= "2"
        self._calls: list[tuple[str, Tag]] = []
        self._items: dict[Element, Tag] = {}
        self._notes = 0
        for body in html.iterfind("body"):
            self._inside(body, self.root)
        for note, call in ((self.targets.get(target), call) for target, call in self._calls):
            if note:
                note.refs.append(call)
                call.refs.append(note)

    # --- elements

    def _inside(self, element: Element, tag: Tag) -> None:
        """Add what stands inside `element` to `tag`."""
        self.script.write(element.text, tag)
        for child in element:
            self._element(child, tag)
            self.script.write(child.tail, tag)

    def _line(self, element: Element, tag: Tag) -> None:
        """Add what stands inside `element` to `tag`, apart from what stands before and after."""
        self.script.break_()
        self._inside(element, tag)
        self.script.break_()

    def _beside(self, element: Element, tag: Tag) -> None:
        """Add what stands inside `element` to `tag`; it stands beside its neighbours, and all may go on overleaf."""
        start = self.script.length
        self._inside(element, tag)
        self.flows[element] = Flow(start, self.script.length)

    def _element(self, element: Element, above: Tag) -> None:
        name = element.tag
        if name == "br":
            self.script.part()
        elif name in INLINE_WRITERS:
            INLINE_WRITERS[name](self, element, above)
        elif name in BLOCKS or name in BLOCK_WRITERS or name in UNTAGGED_BLOCKS:
            self.script.break_()
            self._block(element, above)
            self.script.break_()
        else:
            role = INLINES.get(name) or ("Span" if element.get("lang") else None)
            self._inside(element, self._tag(element, role, above) if role else above)

    def _block(self, element: Element, above: Tag) -> None:
        name = element.tag
        if name in BLOCK_WRITERS:
            BLOCK_WRITERS[name](self, element, above)
        elif element.get("class") == "no-photo":
            self._beside(element, self._tag(element, "P", above))
        elif name in BLOCKS:
            self._inside(element, self._tag(element, BLOCKS[name], above))
        else:
            framed = name == "div" and any(map(element.get, ("lang", "id", "role")))
            role = "Aside" if element.get("role") == ASIDE else "Div"
            self._inside(element, self._tag(element, role, above) if framed else above)

    def _tag(self, element: Element, role: str, above: Tag) -> Tag:
        tag = above.add(role, lang=element.get("lang"))
        name = element.get("id")
        if name:
            self.targets[name] = tag
        return tag

    # --- blocks that need more than a role

    def _heading(self, element: Element, above: Tag) -> None:
        level = int(element.get("aria-level") or element.tag[1])
        # PDF 1.7 has names for six levels, as HTML has.
        self.tags[element] = self._tag(element, f"H{level if self._newer else min(level, 6)}", above)
        self._inside(element, self.tags[element])

    def _section(self, element: Element, above: Tag) -> None:
        tag = self._tag(element, "Sect", above)
        if element.get("role") == NOTES:
            for item in element.iterfind("ul/li"):
                self._note(item, tag)
        else:
            self._inside(element, tag)

    def _quote(self, element: Element, above: Tag) -> None:
        # PDF 2.0 has no quotes of its own, and lets none of the older ones into a cell.
        role = "Div" if self._newer and above.role in CELLS else "BlockQuote"
        self._inside(element, self._tag(element, role, above))

    def _preformatted(self, element: Element, above: Tag) -> None:
        self._inside(element, self._tag(element, "P", above).add("Code"))

    def _list(self, element: Element, above: Tag) -> None:
        tag = self._tag(element, "L", above)
        kind = "label" if element.get("class") == "labelled" else "number" if element.tag == "ol" else "bullet"
        self._numbered(tag, kind)
        for child in element:
            item = self._tag(child, "LI", tag)
            self.tags[child] = item
            self._labelled(child, item, item.add("LBody"))

    def _numbered(self, tag: Tag, kind: str) -> None:
        tag.attributes = {"List": {"ListNumbering": LIST_NUMBERING[kind][self._newer]}}

    def _labelled(self, element: Element, item: Tag, body: Tag) -> None:
        """Add what stands in `element` to `body`, but its label to `item`, before all else."""
        first = next(iter(element), None)
        if first is not None and first.tag == "p" and not first.text:
            label = next(iter(first), None)
            if label is not None and label.get("class") == "label":
                self._items[label] = item
        self._line(element, body)

    def _note(self, element: Element, above: Tag) -> None:
        note = self._tag(element, "FENote", above)
        self._notes += 1
        note.id = element.get("id") or f"unnamed-note-{self._notes}"
        if self._newer:
            note.attributes = {"FENote": {"NoteType": "Endnote"}}
        self._labelled(element, note, note)

    def _descriptions(self, element: Element, above: Tag) -> None:
        tag = self._tag(element, "L", above)
        self._numbered(tag, "term")
        terms: list[Element] = []
        for child in element:
            if child.tag == "dt":
                terms.append(child)
                continue
            item = tag.add("LI")
            for term in terms:
                self._line(term, item.add("Lbl"))
            self._line(child, item.add("LBody"))
            terms = []

    def _figure(self, element: Element, above: Tag) -> None:
        telling = [photo for photo in element.iter("img") if photo.get("alt")]
        alone = len(telling) == 1 and element.find(".//p") is None
        tag = self._tag(element, "Figure" if alone else "Sect", above)
        if alone:
            tag.alt = telling[0].get("alt")
            self.tags[telling[0]] = tag
        self._inside(element, tag)

    def _picture(self, element: Element, above: Tag) -> None:
        alt = element.get("alt")
        if alt and element not in self.tags:
            self.tags[element] = self._tag(element, "Figure", above)
            self.tags[element].alt = alt

    def _cell(self, element: Element, above: Tag) -> None:
        tag = self._tag(element, element.tag.upper(), above)
        facts: Attributes = {}
        if element.tag == "th":
            tag.id = element.get("id")
            facts["Scope"] = SCOPES[element.get("scope", "col")]
        facts |= {
            name: int(element.get(name.lower(), 1))
            for name in ("ColSpan", "RowSpan")
            if element.get(name.lower(), "1") != "1"
        }
        if element.get("headers"):
            facts["Headers"] = element.get("headers", "").split()
        if facts:
            tag.attributes = {"Table": facts}
        self._beside(element, tag)

    # --- inlines that need more than a role

    def _span(self, element: Element, above: Tag) -> None:
        if element.get("class") in LINES_OF_CAPTIONS:
            self._line(element, self._tag(element, "P", above))
        elif element in self._items:
            label = Tag("Lbl")
            self._items[element].kids.insert(0, label)
            self._inside(element, label)
        elif element.get("lang"):
            self._inside(element, self._tag(element, "Span", above))
        else:
            self._inside(element, above)

    def _anchor(self, element: Element, above: Tag) -> None:
        call = element.get("role") == CALL
        role = "Lbl" if self._newer else "Reference"
        around = above.add(role) if call and above.role != role else above
        link = self._tag(element, "Link", around)
        link.contents = " ".join("".join(element.itertext()).split())
        if call:
            self._calls.append((element.get("href", "#")[1:], link if around is above else around))
        self.tags[element] = link
        self._inside(element, link)

    def _ruby(self, element: Element, above: Tag) -> None:
        tag = self._tag(element, "Ruby", above)
        base = tag.add("RB")
        self.script.write(element.text, base)
        for child in element:
            if child.tag in {"rt", "rp"}:
                self._inside(child, tag.add(child.tag.upper()))
            else:
                self._element(child, base)
                self.script.write(child.tail, base)


BLOCK_WRITERS: dict[str, Callable[[StructureBuilder, Element, Tag], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), StructureBuilder._heading),
    "section": StructureBuilder._section,
    "blockquote": StructureBuilder._quote,
    "pre": StructureBuilder._preformatted,
    "ul": StructureBuilder._list,
    "ol": StructureBuilder._list,
    "dl": StructureBuilder._descriptions,
    "figure": StructureBuilder._figure,
    "img": StructureBuilder._picture,
    "td": StructureBuilder._cell,
    "th": StructureBuilder._cell,
}

INLINE_WRITERS: dict[str, Callable[[StructureBuilder, Element, Tag], None]] = {
    "span": StructureBuilder._span,
    "a": StructureBuilder._anchor,
    "ruby": StructureBuilder._ruby,
}

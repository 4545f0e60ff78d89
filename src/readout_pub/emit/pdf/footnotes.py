"""Puts footnotes at the foot of the pages that call them, if the theme asks for it (`page.footnotes`): see decision 23.

Tags keep the order of the source, in which the notes follow the text. WeasyPrint loses notes that no page has room for.
If it does, all notes stay where the source prints them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from readout_pub.emit.pdf.tags.structure import ENDNOTES, NOTE_CALL
from readout_pub.emit.pdf.weasyprint_adapter import BoxKind, LayoutBox
from readout_pub.html_elements import BLOCKS, HEADINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readout_pub.emit.pdf.tags.structure import StructureBuilder
    from readout_pub.emit.pdf.weasyprint_adapter import TaggedDocument

AT_FOOT, EMPTIED, WHOLE = "at-foot", "emptied", "whole"
"""Classes: of a note at the foot of a page; of the section that it left; of a paragraph that no page break splits.
`styles/pdf.css` has their rules.
"""

MAX_ROUNDS = 3
"""Pages are laid out again at most this many times to bring notes to the page of their call."""

MAX_CALLS = 8
"""The most calls of a paragraph whose notes are moved to the foot of the page.

If a line calls several notes, WeasyPrint lays out the earlier ones again for each further note.
"""

MAX_CHARACTERS = 1500
"""The most characters of a note at the foot of a page. They fill over a third of a page of small type, and in Japanese
two thirds.
"""

_UNSUITABLE = ("table", "figure", "pre")
"""Elements that the foot of a page has no room for."""

_TOLERANCE = 0.5
"""CSS pixels by which text may overlap: heights are rounded."""


def put_at_foot(html: Element, structure: StructureBuilder) -> set[Element]:
    """Move the notes of each section of notes behind their first calls; return the notes that were moved.

    A section keeps its notes if it has a heading, or if one of them does not suit the foot of a page, such as a long
    note, a note with a table, or a note that the text does not call.
    """
    sections = _sections(html)
    if not sections:
        return set()
    parents = {child: parent for parent in html.iter() for child in parent}
    calls = _first_calls(html, sections, parents)
    moved: set[Element] = set()
    for section in sections:
        notes = _notes(section)
        if _has_heading(section, parents[section]) or not all(
            note.get("id") in calls and _is_short(note) for note in notes
        ):
            continue
        section.set("class", f"{section.get('class', '')} {EMPTIED}".strip())
        section[:] = [Element("div") for _ in notes]
        for note, place in zip(notes, section, strict=True):
            structure.move_note(note, place)
            call = calls[note.get("id", "")]
            _insert_after(call, parents[call], note)
        moved.update(notes)
    return moved


def count_notes(html: Element) -> int:
    """Return how many notes the source prints in sections of notes."""
    return sum(len(_notes(section)) for section in _sections(html))


def _sections(html: Element) -> list[Element]:
    return [section for section in html.iter("section") if section.get("role") == ENDNOTES]


def _notes(section: Element) -> list[Element]:
    return section.findall("ul/li")


def _first_calls(html: Element, sections: Sequence[Element], parents: Mapping[Element, Element]) -> dict[str, Element]:
    """Return id of a note → its first call outside `sections`, if its paragraph has at most MAX_CALLS calls."""
    within = {element for section in sections for element in section.iter()}
    calls = [each for each in html.iter("a") if each.get("role") == NOTE_CALL and each not in within]
    paragraphs = {call: _paragraph_of(call, parents) for call in calls}
    counts = Counter(paragraphs.values())
    first: dict[str, Element] = {}
    for call in calls:
        first.setdefault(call.get("href", "#")[1:], call)
    return {note: call for note, call in first.items() if counts[paragraphs[call]] <= MAX_CALLS}


def _paragraph_of(element: Element, parents: Mapping[Element, Element]) -> Element:
    while element.tag not in BLOCKS:
        element = parents[element]
    return element


def _has_heading(section: Element, parent: Element) -> bool:
    """Return whether a heading, or a paragraph that looks like one, is right before `section`."""
    siblings = list(parent)
    index = siblings.index(section)
    return index > 0 and (siblings[index - 1].tag in HEADINGS or siblings[index - 1].get("class") == "bold")


def _is_short(note: Element) -> bool:
    """Return whether `note` is short, and has no table, figure or listing."""
    return sum(map(len, note.itertext())) <= MAX_CHARACTERS and not any(each.tag in _UNSUITABLE for each in note.iter())


def _insert_after(call: Element, parent: Element, note: Element) -> None:
    note.set("class", AT_FOOT)
    note.tail, call.tail = call.tail, None
    parent.insert(list(parent).index(call) + 1, note)


def keep_with_calls(document: TaggedDocument, notes: set[Element]) -> bool:
    """Mark the last paragraph of each page that calls a note, if the note is on a later page.

    WeasyPrint usually moves the line of the call together with its note, unless that would leave the first line of the
    paragraph alone on the page. A marked paragraph moves as a whole. Return whether a paragraph was newly marked.
    """
    waiting: set[Element] = set()
    changed = False
    for page in document.page_boxes() if notes else ():
        boxes = _boxes(page)
        waiting |= {box.element for box in boxes if box.kind is BoxKind.GENERATED and box.element in notes}
        waiting -= {box.element for box in boxes if box.kind is BoxKind.OTHER}
        within = _within(boxes, notes)
        lines = [box for box in boxes if box.is_line and box not in within]
        if waiting and lines and WHOLE not in lines[-1].classes:
            lines[-1].element.set("class", " ".join([*lines[-1].classes, WHOLE]))
            changed = True
    return changed


def are_shown(document: TaggedDocument, notes: set[Element]) -> bool:
    """Return whether the pages show all of `notes`, each below the text of its page."""
    missing = set(notes)
    for page in document.page_boxes() if notes else ():
        boxes = _boxes(page)
        at_foot = [box for box in boxes if box.kind is BoxKind.OTHER and box.element in missing]
        if not at_foot:
            continue
        missing.difference_update(box.element for box in at_foot)
        within = _within(boxes, notes)
        top = min(box.vertical_edges[0] for box in at_foot)
        if any(box.vertical_edges[1] > top + _TOLERANCE for box in boxes if box.is_line and box not in within):
            return False
    return not missing


def _boxes(page: LayoutBox) -> list[LayoutBox]:
    """Return all boxes of `page` except for those in its margins."""
    areas = (area for area in page.children if area.kind is not BoxKind.MARGIN)
    return [box for area in areas for box in area.descendants()]


def _within(boxes: list[LayoutBox], notes: set[Element]) -> set[LayoutBox]:
    at_foot = (box for box in boxes if box.kind is BoxKind.OTHER and box.element in notes)
    return {inner for box in at_foot for inner in box.descendants()}

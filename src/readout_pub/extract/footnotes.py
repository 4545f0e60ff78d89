"""Footnotes whose calls are links: each note is taken out of the tree, read, and connected to its calls by an id.

A *call* is the mark in the text, such as "[2]"; its label is the text of the mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec
from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.list_labels import automatic_labels
from readout_pub.extract.tree import IndexedTag, count_letters, elements, has_words, holds_block_marker
from readout_pub.html_elements import BLOCKS
from readout_pub.model import Blocks, Footnote, Footnotes

_CALL = re.compile(
    r"[(\[（［〔]?\s*(?:(?:note|fn|注|註|※|nota|anm\.?)\s*)?(?:[0-9０-９]{1,3}|[ivx]{1,4}|[a-z]|[*†‡§¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*[)\]）］〕]?",
    re.IGNORECASE,
)
"""The label of a call: "(Note 1)", "[2]", "（注３）", "*"."""

_LABEL_CONTINUES = re.compile(r"\d?[.,]\d|\w[^\W\u3000-\u9fff]")
"""A longer word or number that only begins like the label, as "1992" does like "1".

Chinese and Japanese characters may follow a label without a space.
"""

_MAX_LABEL, _MAX_NOTE = 12, 3000
"""Characters of a label and of a note. A link to a longer block leads to a chapter of the text. Chosen by hand."""

_NEVER_A_NOTE = re.compile("h[1-6]|table|tr")
_LISTS = frozenset({"ol", "ul", "dl"})
_BACK_LINK_TEXTS = frozenset({"↑", "↩", "^", "↩︎", "back", "戻る"})
"""Texts of links from a note back to its call."""


class NoteElement(msgspec.Struct, frozen=True):
    """A footnote as the page has it: its element, its id in the model, and the label of its first call.

    `is_numbered` tells that it is a list item before which a browser shows a number.
    """

    element: Tag
    id: str
    label: str
    is_numbered: bool


class DetachedNotes(msgspec.Struct, frozen=True):
    """The footnotes of a page, moved out of its tree into `container`.

    `targets` maps the fragment of each call to the id of its footnote. `groups` are runs of adjacent notes, each with
    the marker that was put in their place.
    """

    container: Tag
    targets: dict[str, str]
    groups: tuple[tuple[Tag, tuple[NoteElement, ...]], ...]


def detach_footnotes(root: Tag, new_marker: Callable[[], Tag]) -> DetachedNotes:
    """Move the footnotes below `root` out of it, and put a marker in place of each run of adjacent notes."""
    index = _NoteIndex(root)
    called: dict[int, tuple[Tag, str]] = {}
    fragments: dict[str, int] = {}
    for call in index.calls:
        fragment, label = str(call["href"])[1:], call.get_text(strip=True)
        if len(label) > _MAX_LABEL or not _CALL.fullmatch(label):
            continue
        element = index.find_note(call, fragment)
        if element is not None:
            called.setdefault(id(element), (element, label))
            fragments[fragment] = id(element)
    innermost = {key for key, (element, _) in called.items() if not any(id(tag) in called for tag in elements(element))}
    ids = {key: f"note-{number}" for number, key in enumerate((key for key in called if key in innermost), 1)}
    found = ((*called[key], note_id) for key, note_id in ids.items())
    notes = [NoteElement(element, note_id, label, _is_numbered(element)) for element, label, note_id in found]
    container = IndexedTag(name="div")
    groups = tuple((new_marker(), tuple(group)) for group in _group_adjacent(sorted(notes, key=index.position)))
    lists = {id(note.element.parent): note.element.parent for note in notes}
    for marker, group in groups:
        _replace_with_marker(group, marker)
        container.extend(note.element for note in group)
    for parent in lists.values():
        if parent is not None and parent.name in _LISTS and _is_empty_list(parent):
            parent.decompose()
    targets = {fragment: ids[key] for fragment, key in fragments.items() if key in innermost}
    return DetachedNotes(container, targets, groups)


def read_footnotes(group: Iterable[NoteElement], read: Callable[[Tag], Blocks]) -> Footnotes:
    """Return a run of notes as one block; `read` reads the content of a note."""
    notes = []
    for note in group:
        label = _remove_label(note)
        notes.append(Footnote(note.id, read(note.element), label=label))
    return Footnotes(tuple(notes))


class _NoteIndex:
    """The links within one page and their targets, collected in one pass over its elements."""

    def __init__(self, root: Tag) -> None:
        self._root = root
        self._positions: dict[int, int] = {}
        self._targets: dict[str, Tag] = {}
        self._sizes: dict[int, int] = {}
        self.calls: list[Tag] = []
        named: dict[str, Tag] = {}
        for position, tag in enumerate(elements(root)):
            self._positions[id(tag)] = position
            if target := tag.get("id"):
                self._targets.setdefault(str(target), tag)
            if tag.name == "a":
                named.setdefault(str(tag.get("name") or ""), tag)
                if len(href := str(tag.get("href") or "")) > 1 and href.startswith("#"):
                    self.calls.append(tag)
        self._targets = named | self._targets

    def position(self, note: NoteElement) -> int:
        """Return the position of a note in document order."""
        return self._positions[id(note.element)]

    def find_note(self, call: Tag, fragment: str) -> Tag | None:
        """Return the block that a call leads to; None unless it follows the call and is short enough for a note."""
        target = self._targets.get(fragment)
        if target is None:
            return None
        block = target if target.name in BLOCKS else target.find_parent(list(BLOCKS))
        if block is None or id(block) not in self._positions or self._positions[id(block)] < self._positions[id(call)]:
            return None
        if id(block) not in self._sizes:
            self._sizes[id(block)] = count_letters(block, _MAX_NOTE)
        return None if _NEVER_A_NOTE.fullmatch(block.name) or self._sizes[id(block)] > _MAX_NOTE else block


def _is_empty_list(tag: Tag) -> bool:
    return not has_words(tag) and tag.find("img") is None and not holds_block_marker(tag)


def _remove_label(note: NoteElement) -> str:
    """Remove the label and the link back to the call from the start of a note; return the label as it is printed."""
    for link in note.element.find_all("a", href=re.compile("^#.")):
        words = link.get_text(strip=True)
        if words == note.label or words in _BACK_LINK_TEXTS:
            link.decompose()
    first = next((text for text in note.element.find_all(string=True) if text.strip()), None)
    if isinstance(first, NavigableString):
        start = first.lstrip()
        printed = _printed_label(note.label, start, is_numbered=note.is_numbered)
        first.replace_with(NavigableString(start[len(printed) :].lstrip()))
        return printed if printed.startswith(note.label) else note.label
    return note.label


def _is_numbered(element: Tag) -> bool:
    """Return whether a note is a list item before which a browser shows a number."""
    parent = element.parent
    return parent is not None and parent.name == "ol" and automatic_labels(parent, [element]) != [None]


def _printed_label(label: str, start: str, *, is_numbered: bool) -> str:
    """Return the label as a note that begins with `start` repeats it, such as "1." for "[1]"; "" if it does not.

    If a browser numbers the note, a bare number belongs to its text: "20 ministers" in note 20.
    """
    bare = label.strip("()[]（）［］〔〕")
    forms = (f"{bare}.", f"{bare})", label, bare)
    repeated = (form for form in forms if start.startswith(form) and not (is_numbered and form == bare))
    return next((form for form in repeated if not _LABEL_CONTINUES.match(start, len(form) - 1)), "")


def _group_adjacent(notes: Iterable[NoteElement]) -> list[list[NoteElement]]:
    """Group notes that follow one another on the page with nothing but white space between them."""
    groups: list[list[NoteElement]] = []
    for note in notes:
        if groups and _next_element(groups[-1][-1].element) is note.element:
            groups[-1].append(note)
        else:
            groups.append([note])
    return groups


def _next_element(tag: Tag) -> Tag | None:
    """Return the next sibling element; None if text comes before it."""
    for sibling in tag.next_siblings:
        if isinstance(sibling, Tag):
            return sibling
        if str(sibling).strip():
            return None
    return None


def _replace_with_marker(group: Iterable[NoteElement], marker: Tag) -> None:
    """Put the marker in the place of the notes; before their list, if they are its items."""
    notes = [note.element for note in group]
    parent = notes[0].parent
    (parent if parent is not None and parent.name in _LISTS else notes[0]).insert_before(marker)
    for note in notes:
        note.extract()

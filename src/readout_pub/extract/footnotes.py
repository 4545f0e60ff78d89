"""Moves footnotes out of the tree of a page, reads them, and connects them to their calls.

`footnote_links` marks the footnotes and their calls first. A *call* is the mark in the text, such as "[2]"; its label
is the text of the mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from itertools import accumulate, islice
from urllib.parse import quote, unquote

import msgspec
from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.blocks import automatic_labels
from readout_pub.extract.footnote_links import CALL_ROLE, NOTE_ROLE
from readout_pub.extract.tree import IndexedTag, elements, has_words, holds_block_marker
from readout_pub.model import Blocks, Footnote, Footnotes

_LABEL_CONTINUES = re.compile(r"\d?[.,]\d|\w[^\W\u3000-\u9fff]")
"""Matches the last character of a possible label that is only the start of a longer word or number: the "1" of "1992".

Chinese and Japanese characters may follow a label without a space.
"""

_MAX_LABEL_TEXTS = 8
"""The most text nodes of a label at the start of a note: brackets, a number, spaces."""

_BEFORE_LABEL = " \t\r\n\xa0\u3000^"
"""White space, and the "^" of MediaWiki."""

_LISTS = frozenset({"ol", "ul", "dl"})


class NoteElement(msgspec.Struct, frozen=True):
    """A footnote of the page: its element, its id in the model, and the label of its first call.

    `is_numbered` says whether a browser shows a number before the element, a list item.
    """

    element: Tag
    id: str
    label: str
    is_numbered: bool


class DetachedNotes(msgspec.Struct, frozen=True):
    """The footnotes of a page, moved out of its tree into `container`.

    `targets` maps the fragment of each call to the id of its footnote. `groups` are runs of adjacent notes, each with
    the marker that replaces it in the tree.
    """

    container: Tag
    targets: dict[str, str]
    groups: tuple[tuple[Tag, tuple[NoteElement, ...]], ...]


def detach_footnotes(root: Tag, new_marker: Callable[[], Tag]) -> DetachedNotes:
    """Move the footnotes called below `root` out of it, and put a marker in place of each run of adjacent notes."""
    notes_by_id: dict[str, Tag] = {}
    labels: dict[str, str] = {}
    for tag in elements(root):
        name = str(tag.get("id") or "")
        if name and tag.get("role") == NOTE_ROLE:
            notes_by_id.setdefault(name, tag)
        elif tag.name == "a" and tag.get("role") == CALL_ROLE:
            labels.setdefault(unquote(str(tag.get("href") or "")[1:]), tag.get_text(strip=True))
    called = [name for name in labels if name in notes_by_id]
    ids = {name: f"note-{number}" for number, name in enumerate(called, 1)}
    found = ((name, element) for name, element in notes_by_id.items() if name in ids)
    notes = [NoteElement(element, ids[name], labels[name], _is_numbered(element)) for name, element in found]
    container = IndexedTag(name="div")
    groups = tuple((new_marker(), tuple(group)) for group in _group_adjacent(notes))
    lists = {id(note.element.parent): note.element.parent for note in notes}
    for marker, group in groups:
        _replace_with_marker(group, marker)
        container.extend(note.element for note in group)
    for parent in lists.values():
        if parent is not None and parent.name in _LISTS and _is_empty_list(parent):
            parent.decompose()
    targets = ids | {quote(name): note_id for name, note_id in ids.items()}  # lxml writes links percent-encoded
    return DetachedNotes(container, targets, groups)


def read_footnotes(group: Iterable[NoteElement], read: Callable[[Tag], Blocks]) -> Footnotes:
    """Return a run of notes as one block; `read` reads the content of a note."""
    notes = []
    for note in group:
        label = _remove_label(note)
        notes.append(Footnote(note.id, read(note.element), label=label))
    return Footnotes(tuple(notes))


def _is_empty_list(tag: Tag) -> bool:
    return not has_words(tag) and tag.find("img") is None and not holds_block_marker(tag)


def _remove_label(note: NoteElement) -> str:
    """Remove the label from the start of a note, even if its parts are in several elements.

    Return the removed label if it begins with the label of the call ("1." begins with "1"), else the label of the call.
    """
    texts = list(islice((text for text in note.element.find_all(string=True) if text), _MAX_LABEL_TEXTS))
    start = "".join(texts)
    words = start.lstrip(_BEFORE_LABEL)
    before = len(start) - len(words)
    ends = {end - before for end in accumulate(map(len, texts))}
    printed = _printed_label(note.label, words, ends, is_numbered=note.is_numbered)
    after = words[len(printed) :]
    left = len(start) - len(after.lstrip())
    for text in texts:
        taken = min(left, len(text))
        if taken:
            text.replace_with(NavigableString(text[taken:]))
        left -= taken
    return printed if printed.startswith(note.label) else note.label


def _is_numbered(element: Tag) -> bool:
    """Return whether a browser shows a number before a note, as before an item of an `ol`."""
    parent = element.parent
    return parent is not None and parent.name == "ol" and automatic_labels(parent, [element]) != [None]


def _printed_label(label: str, start: str, ends: AbstractSet[int], *, is_numbered: bool) -> str:
    """Return the start of a note's text that repeats the label of its call ("1." for "[1]"), or "".

    A label is whole if it ends at one of `ends`, where text nodes end. If a browser numbers the note, a bare number
    belongs to its text: "20 ministers" in note 20.
    """
    bare = label.strip("()[]（）［］〔〕")
    bracketed = (f"[{bare}]", f"({bare})", f"（{bare}）", f"［{bare}］", f"[{bare}.]")
    forms = (f"{label}.", f"{label}:", *bracketed, f"{bare}.", f"{bare})", f"{bare}:", f"{bare}]", label, bare)
    repeated = (form for form in forms if start.startswith(form) and not (is_numbered and form == bare))
    is_whole = (form for form in repeated if len(form) in ends or not _LABEL_CONTINUES.match(start, len(form) - 1))
    return next(is_whole, "")


def _group_adjacent(notes: Iterable[NoteElement]) -> list[list[NoteElement]]:
    """Group notes with nothing but white space between them."""
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
    """Put the marker in the place of the notes, or before the list of which they are items."""
    notes = [note.element for note in group]
    parent = notes[0].parent
    (parent if parent is not None and parent.name in _LISTS else notes[0]).insert_before(marker)
    for note in notes:
        note.extract()

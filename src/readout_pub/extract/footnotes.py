"""Footnotes whose calls are links: each note is read, taken out of the tree, and joined to its calls by an id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec
from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.labels import automatic_labels
from readout_pub.extract.tree import Element, elements, has_words, holds_marker, letters
from readout_pub.html_elements import BLOCKS
from readout_pub.model import Blocks, Footnote, Footnotes

_CALL = re.compile(
    r"[(\[（［〔]?\s*(?:(?:note|fn|注|註|※|nota|anm\.?)\s*)?(?:[0-9０-９]{1,3}|[ivx]{1,4}|[a-z]|[*†‡§¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*[)\]）］〕]?",
    re.IGNORECASE,
)
"""What a footnote call looks like: "(Note 1)", "[2]", "（注３）", "*"."""

_GOES_ON = re.compile(r"\d?[.,]\d|\w[^\W\u3000-\u9fff]")
"""A word or number that does not end with the label; Japanese words need no space after it."""

_LONGEST_CALL, _LONGEST_NOTE = 12, 3000
"""Characters that a call and a note may have."""
_NO_NOTE = re.compile("h[1-6]|table|tr")
_LISTS = frozenset({"ol", "ul", "dl"})


class NoteElement(msgspec.Struct, frozen=True):
    """A footnote as the page has it: the block that holds it, its id in the model, and the label of its first call.

    `numbered` says that it is an item whose number a browser shows.
    """

    place: Tag
    id: str
    label: str
    numbered: bool


class DetachedNotes(msgspec.Struct, frozen=True):
    """The footnotes of a page, taken out of it and standing in `held`.

    `targets` gives the id of the footnote for each fragment that calls one; `groups` are notes that follow one another,
    each with the marker that stands in their place.
    """

    held: Tag
    targets: dict[str, str]
    groups: tuple[tuple[Tag, tuple[NoteElement, ...]], ...]


def set_footnotes_apart(root: Tag, marker: Callable[[], Tag]) -> DetachedNotes:
    """Take the footnotes below `root` out, and leave a marker for each row of notes that follow one another."""
    page = _Places(root)
    called: dict[int, tuple[Tag, str]] = {}
    fragments: dict[str, int] = {}
    for call in page.calls:
        fragment, label = str(call["href"])[1:], call.get_text(strip=True)
        if len(label) > _LONGEST_CALL or not _CALL.fullmatch(label):
            continue
        place = page.note_of(call, fragment)
        if place is not None:
            called.setdefault(id(place), (place, label))
            fragments[fragment] = id(place)
    inner = {key for key, (place, _) in called.items() if not any(id(tag) in called for tag in elements(place))}
    numbers = {key: f"note-{number}" for number, key in enumerate((key for key in called if key in inner), 1)}
    found = ((*called[key], number) for key, number in numbers.items())
    notes = [NoteElement(place, number, label, _is_numbered(place)) for place, label, number in found]
    held = Element(name="div")
    groups = tuple((marker(), tuple(group)) for group in _neighbours(sorted(notes, key=page.order_of)))
    lists = {id(note.place.parent): note.place.parent for note in notes}
    for stand_in, group in groups:
        _replace(group, stand_in)
        held.extend(note.place for note in group)
    for parent in lists.values():
        if parent is not None and parent.name in _LISTS and _is_empty(parent):
            parent.decompose()
    return DetachedNotes(held, {fragment: numbers[key] for fragment, key in fragments.items() if key in inner}, groups)


def read_footnotes(group: Iterable[NoteElement], read: Callable[[Tag], Blocks]) -> Footnotes:
    """Read a row of notes; `read` reads what a note says."""
    notes = []
    for note in group:
        shown = _without_call(note)
        notes.append(Footnote(note.id, read(note.place), label=shown))
    return Footnotes(tuple(notes))


class _Places:
    """Where calls lead on one page, by an index of its elements that is made once."""

    def __init__(self, root: Tag) -> None:
        self._root = root
        self._order: dict[int, int] = {}
        self._targets: dict[str, Tag] = {}
        self._sizes: dict[int, int] = {}
        self.calls: list[Tag] = []
        named: dict[str, Tag] = {}
        for position, tag in enumerate(elements(root)):
            self._order[id(tag)] = position
            if target := tag.get("id"):
                self._targets.setdefault(str(target), tag)
            if tag.name == "a":
                named.setdefault(str(tag.get("name") or ""), tag)
                if len(href := str(tag.get("href") or "")) > 1 and href.startswith("#"):
                    self.calls.append(tag)
        self._targets = named | self._targets

    def order_of(self, note: NoteElement) -> int:
        """Return the place of a note on the page."""
        return self._order[id(note.place)]

    def note_of(self, call: Tag, fragment: str) -> Tag | None:
        """Return the block that a call leads to, if it follows the call and is a note rather than a chapter."""
        target = self._targets.get(fragment)
        if target is None:
            return None
        block = target if target.name in BLOCKS else target.find_parent(list(BLOCKS))
        if block is None or id(block) not in self._order or self._order[id(block)] < self._order[id(call)]:
            return None
        if id(block) not in self._sizes:
            self._sizes[id(block)] = letters(block, _LONGEST_NOTE)
        return None if _NO_NOTE.fullmatch(block.name) or self._sizes[id(block)] > _LONGEST_NOTE else block


def _is_empty(tag: Tag) -> bool:
    return not has_words(tag) and tag.find("img") is None and not holds_marker(tag)


def _without_call(note: NoteElement) -> str:
    """Take the repeated label and the link back to the call off a note; return the label as the note prints it."""
    place, label = note.place, note.label
    for link in place.find_all("a", href=re.compile("^#.")):
        words = link.get_text(strip=True)
        if words == label or words in {"↑", "↩", "^", "↩︎", "back", "戻る"}:
            link.decompose()
    first = next((text for text in place.find_all(string=True) if text.strip()), None)
    if isinstance(first, NavigableString):
        start = first.lstrip()
        form = _repeated(label, start, numbered=note.numbered)
        first.replace_with(NavigableString(start[len(form) :].lstrip()))
        return form if form.startswith(label) else label
    return label


def _is_numbered(place: Tag) -> bool:
    """Say whether a note is an item whose number a browser shows."""
    parent = place.parent
    return parent is not None and parent.name == "ol" and automatic_labels(parent, [place]) != [None]


def _repeated(label: str, start: str, *, numbered: bool) -> str:
    """Return the form in which the label begins a note; "" if it begins with other words, as "1992" does for "1".

    Where the list numbers its notes itself, a bare number is one of the words: "20 ministers" in note 20.
    """
    bare = label.strip("()[]（）［］〔〕")
    forms = (f"{bare}.", f"{bare})", label, bare)
    typed = (form for form in forms if start.startswith(form) and not (numbered and form == bare))
    return next((form for form in typed if not _GOES_ON.match(start, len(form) - 1)), "")


def _neighbours(notes: Iterable[NoteElement]) -> list[list[NoteElement]]:
    """Group notes that follow one another on the page with nothing between them."""
    groups: list[list[NoteElement]] = []
    for note in notes:
        if groups and _next_block(groups[-1][-1].place) is note.place:
            groups[-1].append(note)
        else:
            groups.append([note])
    return groups


def _next_block(tag: Tag) -> Tag | None:
    for sibling in tag.next_siblings:
        if isinstance(sibling, Tag):
            return sibling
        if str(sibling).strip():
            return None
    return None


def _replace(group: Iterable[NoteElement], marker: Tag) -> None:
    """Put the marker where the notes stood: before their list, if they were the items of one."""
    places = [note.place for note in group]
    parent = places[0].parent
    (parent if parent is not None and parent.name in _LISTS else places[0]).insert_before(marker)
    for place in places:
        place.extract()

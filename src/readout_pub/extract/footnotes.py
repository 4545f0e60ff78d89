"""Footnotes whose calls are links: each note is read, taken out of the tree, and joined to its calls by an id."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.labels import automatic_labels
from readout_pub.extract.tree import BLOCKS
from readout_pub.model import Blocks, Footnote, Footnotes

_CALL = re.compile(
    r"[(\[（［〔]?\s*(?:(?:note|fn|注|註|※|nota|anm\.?)\s*)?(?:[0-9０-９]{1,3}|[ivx]{1,4}|[a-z]|[*†‡§¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*[)\]）］〕]?",
    re.IGNORECASE,
)
"""What a footnote call looks like: "(Note 1)", "[2]", "（注３）", "*"."""

_GOES_ON = re.compile(r"\d?[.,]\d|\w[^\W\u3000-\u9fff]")
"""A word or number that does not end with the label; Japanese words need no space after it."""

_LONGEST_CALL = 12


def lift_footnotes(root: Tag, read: Callable[[Tag], Blocks], mark: Callable[[Footnotes], Tag]) -> dict[str, str]:
    """Replace the footnotes below `root` by markers; return the id of the footnote for each fragment that calls one.

    Notes that follow one another become one block; `read` reads what a note says.
    """
    targets: dict[str, str] = {}
    places: list[tuple[Tag, str, str]] = []
    for call in root.find_all("a", href=re.compile("^#.")):
        fragment, label = str(call["href"])[1:], call.get_text(strip=True)
        place = _note_place(root, call, fragment) if len(label) <= _LONGEST_CALL and _CALL.fullmatch(label) else None
        if place is None:
            continue
        if not any(place is known for known, _, _ in places):
            places.append((place, f"note-{len(places) + 1}", label))
        targets[fragment] = next(note_id for known, note_id, _ in places if known is place)
    for group in _neighbours(root, places):
        notes = []
        for place, note_id, label in group:
            shown = _without_call(place, label)
            notes.append(Footnote(note_id, read(place), label=shown))
        _replace(group, mark(Footnotes(tuple(notes))))
    return targets


def _note_place(root: Tag, call: Tag, fragment: str) -> Tag | None:
    """Return the block that a call leads to, if it follows the call and is a note rather than a chapter."""
    target = root.find(id=fragment) or root.find("a", attrs={"name": fragment})
    if not isinstance(target, Tag) or target is root or target in call.parents:
        return None
    block = target if target.name in BLOCKS else target.find_parent(list(BLOCKS))
    if block is None or block is root or root not in block.parents or block in call.parents:
        return None
    if re.fullmatch(r"h[1-6]|table|tr", block.name) or len(block.get_text()) > 3000:
        return None
    return block if _stands_before(call, block) else None


def _stands_before(call: Tag, block: Tag) -> bool:
    return any(following is block for following in call.find_all_next(block.name))


def _without_call(place: Tag, label: str) -> str:
    """Take the repeated label and the link back to the call off a note; return the label as the note prints it."""
    for link in place.find_all("a", href=re.compile("^#.")):
        words = link.get_text(strip=True)
        if words == label or words in {"↑", "↩", "^", "↩︎", "back", "戻る"}:
            link.decompose()
    first = next((text for text in place.find_all(string=True) if text.strip()), None)
    if isinstance(first, NavigableString):
        start = first.lstrip()
        form = _repeated(label, start, numbered=_is_numbered(place))
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


def _neighbours(root: Tag, places: list[tuple[Tag, str, str]]) -> list[list[tuple[Tag, str, str]]]:
    """Group notes that follow one another on the page with nothing between them."""
    order = {id(tag): position for position, tag in enumerate(root.find_all(True))}
    groups: list[list[tuple[Tag, str, str]]] = []
    for entry in sorted(places, key=lambda place: order[id(place[0])]):
        if groups and _next_block(groups[-1][-1][0]) is entry[0]:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _next_block(tag: Tag) -> Tag | None:
    for sibling in tag.next_siblings:
        if isinstance(sibling, Tag):
            return sibling
        if str(sibling).strip():
            return None
    return None


def _replace(group: list[tuple[Tag, str, str]], marker: Tag) -> None:
    """Put the marker where the notes stood: before their list, if they were the items of one."""
    first = group[0][0]
    parent = first.parent
    if parent is not None and parent.name in {"ol", "ul", "dl"}:
        parent.insert_before(marker)
    else:
        first.insert_before(marker)
    for place, _, _ in group:
        place.extract()
    if parent is not None and parent.name in {"ol", "ul", "dl"} and not parent.get_text(strip=True):
        parent.decompose()

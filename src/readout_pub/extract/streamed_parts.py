"""Puts late parts of a page into their places, as the scripts of React do.

A server sends such a part after the rest of the page. An empty template marks the place of the part. After a template
with an id such as "B:0" comes a placeholder, which visitors see until the part arrives; a template "P:0" has none. The
part itself comes later in the page, in a hidden element "S:0". A page that was saved before its scripts ran still has
template, placeholder and part (React 18, `renderToPipeableStream`).
"""

from __future__ import annotations

from collections import deque
from itertools import islice

from lxml import etree

from readout_pub.extract.prune import STREAMED_ATTRIBUTE, STREAMED_END, STREAMED_START
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_MAX_ELEMENTS_OF_PLACEHOLDER = 200
"""How many elements after a template are searched for the end of its placeholder. Without a limit, hostile pages would
take quadratic time.
"""


def place_streamed_parts(root: LxmlElement) -> tuple[str, ...]:
    """Move the content of each part to its place, and return the texts of the placeholders that it replaces.

    Each element is moved once, so the time is linear.
    """
    texts: list[str] = []
    parts, places_in = _find_parts_and_places(root)
    # Outer parts come first. If an inner part came first, it would move a second time, with the part around it.
    places = deque(places_in.get(None, ()))
    while places:
        place = places.popleft()
        prefix, _, number = place.get(STREAMED_ATTRIBUTE, "").rpartition(":")
        part = parts.pop(f"{prefix[:-1]}S:{number}", None)
        if part is not None:
            if prefix.endswith("B"):
                texts.append(_remove_placeholder(place))
            _replace(place, part)
            places.extend(places_in.get(part, ()))
    return tuple(filter(None, texts))


def _find_parts_and_places(
    root: LxmlElement,
) -> tuple[dict[str | None, LxmlElement], dict[LxmlElement | None, list[LxmlElement]]]:
    """Return the parts by id, and the places in each part; the places outside of all parts have the key None."""
    parts: dict[str | None, LxmlElement] = {}
    places_in: dict[LxmlElement | None, list[LxmlElement]] = {}
    around: list[LxmlElement | None] = [None]
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=("div", "span")):
        if element.tag == "div" and "hidden" in element.attrib:
            if event == "start":
                parts[element.get("id")] = element
                around.append(element)
            else:
                around.pop()
        elif event == "start" and _mark(element) not in {None, STREAMED_START, STREAMED_END}:
            places_in.setdefault(around[-1], []).append(element)
    return parts, places_in


def _mark(element: LxmlElement) -> str | None:
    """Return the mark that `prune` set; None if the element has content, since then the page wrote the attribute."""
    return None if element.text or len(element) else element.get(STREAMED_ATTRIBUTE)


def _remove_placeholder(place: LxmlElement) -> str:
    """Remove the placeholder after `place`, and return its text; if it does not end nearby, remove nothing."""
    placeholder, depth, parent = [], 0, place.getparent()
    for element in islice(place.itersiblings(), _MAX_ELEMENTS_OF_PLACEHOLDER):
        placeholder.append(element)
        mark = _mark(element)
        depth += (mark == STREAMED_START) - (mark == STREAMED_END)
        if depth < 0 and parent is not None:
            texts = [place.tail or "", *(f"{text_of_element(each)} {each.tail or ''}" for each in placeholder[:-1])]
            place.tail = element.tail
            for each in placeholder:
                parent.remove(each)
            return " ".join(" ".join(texts).split())
    return ""


def _replace(place: LxmlElement, part: LxmlElement) -> None:
    """Put the content of `part` in the place of `place`, and empty `part`."""
    del place.attrib[STREAMED_ATTRIBUTE]
    place.tag, place.text, part.text = "div", part.text, None
    place.extend(list(part))

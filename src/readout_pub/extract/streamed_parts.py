"""Puts the parts of a page that its server sent after the rest into their places, as the scripts of React do.

Where such a part belongs, the page has an empty template, and after it what a visitor sees while he waits; the part
itself follows later, in a hidden element. A page that was saved before its scripts ran still has all three (React 18,
`renderToPipeableStream`).
"""

from __future__ import annotations

from collections import deque
from itertools import islice

from readout_pub.extract.prune import STREAMED_ATTRIBUTE, STREAMED_END, STREAMED_START
from readout_pub.sources.lxml_elements import LxmlElement

_MAX_WAITING = 200
"""Elements after a place that are searched for the end of what a visitor sees while he waits; more would take quadratic
time on hostile pages.
"""


def place_streamed_parts(root: LxmlElement) -> None:
    """Move the content of each part to its place; each element is moved once, so the time is linear."""
    parts = {element.get("id"): element for element in root.iter("div") if "hidden" in element.attrib}
    hidden = frozenset(parts.values())
    places_in: dict[LxmlElement | None, list[LxmlElement]] = {}
    for place in root.iter("span"):
        if place.get(STREAMED_ATTRIBUTE, STREAMED_END) not in {STREAMED_START, STREAMED_END}:
            around = next((each for each in place.iterancestors("div") if each in hidden), None)
            places_in.setdefault(around, []).append(place)
    # From the outside in: a part within another one would be moved with it again.
    places = deque(places_in.get(None, ()))
    while places:
        place = places.popleft()
        prefix, _, number = place.get(STREAMED_ATTRIBUTE, "").rpartition(":")
        part = parts.pop(f"{prefix[:-1]}S:{number}", None)
        if part is not None:
            if prefix.endswith("B"):
                _drop_waiting(place)
            _replace(place, part)
            places.extend(places_in.get(part, ()))


def _drop_waiting(place: LxmlElement) -> None:
    """Remove what a visitor sees at a place while he waits for its part."""
    waiting, depth, parent = [], 0, place.getparent()
    for element in islice(place.itersiblings(), _MAX_WAITING):
        waiting.append(element)
        mark = element.get(STREAMED_ATTRIBUTE)
        depth += (mark == STREAMED_START) - (mark == STREAMED_END)
        if depth < 0 and parent is not None:
            place.tail = element.tail
            for each in waiting:
                parent.remove(each)
            return


def _replace(place: LxmlElement, part: LxmlElement) -> None:
    """Put the content of `part` in the place of `place`, and empty `part`."""
    del place.attrib[STREAMED_ATTRIBUTE]
    place.tag, place.text, part.text = "div", part.text, None
    place.extend(list(part))

"""The ids of one page: those of the source, made safe and unique, and new ones that collide with none of them.

An id is an XML name of ASCII letters, digits, ".", "-" and "_", since EPUB takes no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from readout_pub.model import Blocks, Footnotes, descendants

_OTHER = re.compile(r"[^A-Za-z0-9_.-]+")

RESERVED = ("content", "title")
"""The ids of `main` and `h1`, which are the same on every page."""


class Anchors:
    """Where links of a page can lead. The source's ids are known from the start; each is placed once."""

    def __init__(self, body: Blocks) -> None:
        self._taken: set[str] = set(RESERVED)
        self._placed: set[str] = set()
        self._calls: dict[str, list[str]] = {}
        self._safe: dict[str, str] = {}
        for own in _own_ids(body):
            if own not in self._safe:
                self._safe[own] = self.new(own)

    def new(self, wish: str) -> str:
        """Return an id like `wish` that nothing else on the page has."""
        name = _OTHER.sub("-", wish).strip("-")
        if not name[:1].isalpha():
            name = f"id-{name}".rstrip("-")
        unique, count = name, 1
        while unique in self._taken:
            count += 1
            unique = f"{name}-{count}"
        self._taken.add(unique)
        return unique

    def place(self, own: str | None) -> str | None:
        """Return the safe form of the source's id `own` for the element that bears it; None if it has stood before."""
        if own is None or own in self._placed:
            return None
        self._placed.add(own)
        return self._safe.get(own)

    def target(self, fragment: str) -> str | None:
        """Return the id that a link to `#fragment` leads to; None if the page has no such place."""
        return self._safe.get(fragment) or self._safe.get(unquote(fragment))

    def call(self, footnote: str) -> str:
        """Return a new id for a call of the note `footnote`, and remember it for the way back."""
        made = self.new(f"call-{footnote}")
        self._calls.setdefault(footnote, []).append(made)
        return made

    def calls(self, footnote: str) -> tuple[str, ...]:
        """Return the ids of the calls of `footnote` so far; notes are printed after the text that calls them."""
        return tuple(self._calls.get(footnote, ()))


def _own_ids(body: Blocks) -> Iterator[str]:
    for block in descendants(body):
        if block.id:
            yield block.id
        if isinstance(block, Footnotes):
            yield from (footnote.id for footnote in block.notes)

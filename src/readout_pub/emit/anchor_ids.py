"""The ids of one page: those of the source, made safe and unique, and new ones that collide with none of them.

An id is an XML name of ASCII letters, digits, ".", "-" and "_", since EPUB takes no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from readout_pub.model import Blocks, Footnotes, Inlines, Link, NoteRef, descendants, map_inlines

_OTHER = re.compile(r"[^A-Za-z0-9_.-]+")

RESERVED = ("content", "title")
"""The ids of `main` and `h1`, which are the same on every page."""


class AnchorIds:
    """Where links of a page can lead. The source's ids are known from the start; each is placed once."""

    def __init__(self, body: Blocks) -> None:
        self._taken: set[str] = set(RESERVED)
        self._placed: set[str] = set()
        self._calls: dict[str, list[str]] = {}
        self._safe: dict[str, str] = {}
        for own in _own_ids(body):
            if own not in self._safe:
                self._safe[own] = self.unique_id(own)

    def unique_id(self, wish: str) -> str:
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

    def claim(self, own: str | None) -> str | None:
        """Return the safe form of the source's id `own` for the element that bears it; None if it has stood before."""
        if own is None or own in self._placed:
            return None
        self._placed.add(own)
        return self._safe.get(own)

    def resolve(self, fragment: str) -> str | None:
        """Return the id that a link to `#fragment` leads to; None if the page has no such place."""
        return self._safe.get(fragment) or self._safe.get(unquote(fragment))

    def new_call(self, footnote: str) -> str:
        """Return a new id for a call of the note `footnote`, and remember it for the way back."""
        made = self.unique_id(f"call-{footnote}")
        self._calls.setdefault(footnote, []).append(made)
        return made

    def calls_of(self, footnote: str) -> tuple[str, ...]:
        """Return the ids of the calls of `footnote` so far; notes are printed after the text that calls them."""
        return tuple(self._calls.get(footnote, ()))


class LinkedAnchorIds(AnchorIds):
    """Anchors of which only those are placed that a link or a footnote call leads to."""

    def __init__(self, body: Blocks) -> None:
        super().__init__(body)
        self._linked = {self.resolve(fragment) for fragment in _fragments(body)}

    def claim(self, own: str | None) -> str | None:
        """Return the safe form of the source's id `own` if something leads there and it has not stood before."""
        place = super().claim(own)
        return place if place in self._linked else None


def _own_ids(body: Blocks) -> Iterator[str]:
    for block in descendants(body):
        if block.id:
            yield block.id
        if isinstance(block, Footnotes):
            yield from (footnote.id for footnote in block.notes)


def _fragments(body: Blocks) -> set[str]:
    found: set[str] = set()

    def gather(inlines: Inlines) -> Inlines:
        found.update(inline.target for inline in inlines if isinstance(inline, NoteRef))
        found.update(inline.href[1:] for inline in inlines if isinstance(inline, Link) and inline.href[:1] == "#")
        return inlines

    map_inlines(body, gather)
    return found

"""Element ids of one output: ids of the source made valid and unique, and new ids that collide with none of them.

Ids are XML names of ASCII letters, digits, ".", "-" and "_": EPUB is XML, where ids must be names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from readout_pub.model import Blocks, Footnotes, Link, NoteRef, descendants, inline_nodes

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_.-]+")

RESERVED = ("content", "title")
"""The ids of `main` and `h1` on every page."""


class AnchorIds:
    """Assigns the ids of one output. All ids of the source are reserved at the start; each is given out once."""

    def __init__(self, body: Blocks) -> None:
        self._taken: set[str] = set(RESERVED)
        self._claimed: set[str] = set()
        self._calls: dict[str, list[str]] = {}
        self._valid: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        for source_id in _source_ids(body):
            if source_id not in self._valid:
                self._valid[source_id] = self.unique_id(source_id)

    def unique_id(self, wanted_id: str) -> str:
        """Return a new valid id as similar to `wanted_id` as possible."""
        # Cut "_" at the end: reStructuredText would read "x_" as a reference to the name x.
        name = _NOT_ALLOWED.sub("-", wanted_id).strip("-").rstrip("-_")
        if not name[:1].isalpha():
            name = f"id-{name}".rstrip("-")
        # Counting continues from the last number used for this name: a page can have thousands of calls of one
        # footnote.
        unique, count = name, self._counts.get(name, 1)
        while unique in self._taken:
            count += 1
            unique = f"{name}-{count}"
        self._counts[name] = count
        self._taken.add(unique)
        return unique

    def claim(self, source_id: str | None) -> str | None:
        """Return the id to write on the element whose id was `source_id`.

        Return None if `source_id` is None, or if another element has claimed it.
        """
        if source_id is None or source_id in self._claimed:
            return None
        self._claimed.add(source_id)
        return self._valid.get(source_id)

    def resolve(self, fragment: str) -> str | None:
        """Return the id that a link to `#fragment` has to name; None if the page has no such id."""
        return self._valid.get(fragment) or self._valid.get(unquote(fragment))

    def new_call(self, footnote: str) -> str:
        """Return a new id for a call of `footnote`, and remember it for the backlink."""
        call_id = self.unique_id(f"call-{footnote}")
        self._calls.setdefault(footnote, []).append(call_id)
        return call_id

    def calls_of(self, footnote: str) -> tuple[str, ...]:
        """Return the ids of the calls of `footnote` so far. They are complete once all of its calls are written."""
        return tuple(self._calls.get(footnote, ()))


class LinkedAnchorIds(AnchorIds):
    """Gives an element its id only if a link or the call of a footnote (its mark in the text) leads to the element.

    This is for pandoc, which writes each id as an HTML tag into Markdown.
    """

    def __init__(self, body: Blocks) -> None:
        super().__init__(body)
        self._linked = {self.resolve(fragment) for fragment in _linked_ids(body)}

    def claim(self, source_id: str | None) -> str | None:
        """Return the id as `AnchorIds.claim` does, but None if nothing links to it."""
        claimed = super().claim(source_id)
        return claimed if claimed in self._linked else None


def _source_ids(body: Blocks) -> Iterator[str]:
    for block in descendants(body):
        if block.id:
            yield block.id
        if isinstance(block, Footnotes):
            yield from (footnote.id for footnote in block.notes)


def _linked_ids(body: Blocks) -> set[str]:
    """Return the ids that links and footnote calls in `body` point to."""
    found: set[str] = set()
    for node in inline_nodes(body):
        if isinstance(node, NoteRef):
            found.add(node.target)
        elif isinstance(node, Link) and node.href[:1] == "#":
            found.add(node.href[1:])
    return found

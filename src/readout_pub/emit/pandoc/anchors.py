"""The ids of a document for pandoc: only where one of its own links leads, since each shows as a tag in Markdown."""

from __future__ import annotations

from readout_pub.emit.markup.anchors import Anchors
from readout_pub.model import Blocks, Inlines, Link, NoteRef, map_inlines


class LinkedAnchors(Anchors):
    """Anchors of which only those are placed that a link or a footnote call leads to."""

    def __init__(self, body: Blocks) -> None:
        super().__init__(body)
        self._linked = {self.target(fragment) for fragment in _fragments(body)}

    def place(self, own: str | None) -> str | None:
        """Return the safe form of the source's id `own` if something leads there and it has not stood before."""
        place = super().place(own)
        return place if place in self._linked else None


def _fragments(body: Blocks) -> set[str]:
    found: set[str] = set()

    def gather(inlines: Inlines) -> Inlines:
        found.update(inline.target for inline in inlines if isinstance(inline, NoteRef))
        found.update(inline.href[1:] for inline in inlines if isinstance(inline, Link) and inline.href[:1] == "#")
        return inlines

    map_inlines(body, gather)
    return found

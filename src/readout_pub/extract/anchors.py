"""Turns the targets of links within a page into ids of the blocks that start there.

Example: `<a name="s2">` stands before a heading, and a link leads to "#s2". The heading gets the id "place-1", to which
the link then leads.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import count
from urllib.parse import unquote

import msgspec
from bs4 import Tag
from bs4.element import PageElement

from readout_pub.extract.tree import elements
from readout_pub.model import Blocks, Inline, Inlines, Link, map_blocks, map_inlines


class Anchors:
    """The link targets below an element, registered in document order while its blocks are read.

    The next block that is read after a target gets an id, and the links to the target are changed to that id.
    `fragments` are the names of the existing targets to which links lead.
    """

    def __init__(self, root: Tag, *others: Tag) -> None:
        """Find the targets below `root` to which links below `root` or `others` lead."""
        hrefs = _fragment_links(root, *others)
        names = {name for tag in (elements(root) if hrefs else ()) for name in _anchor_names(tag)}
        self.fragments = frozenset(filter(None, (match_fragment(href, names) for href in hrefs)))
        self._waiting: list[str] = []
        self._ids: dict[str, str] = {}
        self._numbers = count(1)

    def register_anchor(self, tag: Tag) -> None:
        """Register `tag` as a target if links lead to it; its descendants are not registered."""
        if self.fragments:
            self._waiting += [name for name in _anchor_names(tag) if name in self.fragments and name not in self._ids]

    def register_anchors(self, nodes: Iterable[PageElement]) -> None:
        """Register the elements of a line, and all their descendants, as targets if links lead to them."""
        for node in nodes if self.fragments else ():
            for tag in (node, *elements(node)) if isinstance(node, Tag) else ():
                self.register_anchor(tag)

    def take_id(self) -> str | None:
        """Return a new id for the block that is read now; None if no target was registered since the last block."""
        if not self._waiting:
            return None
        made = f"place-{next(self._numbers)}"
        self._ids |= dict.fromkeys(self._waiting, made)
        self._waiting.clear()
        return made

    def connect_links(self, body: Blocks) -> Blocks:
        """Rewrite every link to a place on the same page ("#…") to the id of a block.

        A link whose target was not read becomes plain text; ids that no link leads to are removed.
        """
        if not self.fragments:
            return body
        used: set[str] = set()

        def rewrite_links(inlines: Inlines) -> Inlines:
            out: list[Inline] = []
            for node in inlines:
                if not isinstance(node, Link) or not node.href.startswith("#"):
                    _append(out, (node,))
                elif block_id := self._ids.get(node.href[1:]):
                    used.add(block_id)
                    out.append(Link(f"#{block_id}", node.children))
                else:
                    _append(out, node.children)
            return tuple(out)

        def drop_unused_ids(blocks: Blocks) -> Blocks:
            return tuple(block if block.id in used else msgspec.structs.replace(block, id=None) for block in blocks)

        return map_blocks(map_inlines(body, rewrite_links), drop_unused_ids)


def anchor_placeholders(tags: Iterable[Tag]) -> list[Tag]:
    """Return an empty `a` for each id and name of `tags` and their descendants, to keep the targets in their place."""
    found = dict.fromkeys(
        name for tag in tags for each in (tag, *elements(tag)) for name in _anchor_names(each) if name
    )
    return [Tag(name="a", attrs={"id": name}) for name in found]


def match_fragment(href: str, names: AbstractSet[str]) -> str | None:
    """Return the name in `names` that a link "#…" leads to: as written, else percent-decoded (WHATWG HTML)."""
    return next((name for name in (href[1:], unquote(href[1:])) if name in names), None)


def _fragment_links(*roots: Tag) -> set[str]:
    """Return the `href` of every link to a place on the same page ("#…")."""
    hrefs = (str(tag.get("href") or "").strip() for root in roots for tag in elements(root) if tag.name == "a")
    return {href for href in hrefs if len(href) > 1 and href.startswith("#")}


def _anchor_names(tag: Tag) -> tuple[str, ...]:
    """Return the names by which links reach an element: its id and, as before HTML 5, the `name` of an `a`."""
    return (str(tag.get("id") or ""), str(tag.get("name") or "") if tag.name == "a" else "")


def _append(out: list[Inline], inlines: Inlines) -> None:
    """Append inlines to `out`, joining adjacent texts."""
    for node in inlines:
        if isinstance(node, str) and out and isinstance(out[-1], str):
            out[-1] += node
        else:
            out.append(node)

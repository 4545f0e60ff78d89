"""Places of a page to which its own links lead, each of them the id of the block that begins there."""

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
    """The places below an element, met in order while it is read: the block that is read next begins there.

    `fragments` are what links call those that are there.
    """

    def __init__(self, root: Tag, *others: Tag) -> None:
        """Find the places below `root` to which links lead, be they below it or below `others`."""
        hrefs = _hrefs(root, *others)
        names = {name for tag in (elements(root) if hrefs else ()) for name in _names(tag)}
        self.fragments = frozenset(filter(None, (place_of_link(href, names) for href in hrefs)))
        self._waiting: list[str] = []
        self._ids: dict[str, str] = {}
        self._numbers = count(1)

    def meet(self, tag: Tag) -> None:
        """Come to an element, not yet to what it holds."""
        if self.fragments:
            self._waiting += [name for name in _names(tag) if name in self.fragments and name not in self._ids]

    def meet_all(self, nodes: Iterable[PageElement]) -> None:
        """Come to all of some nodes and to what they hold, which is read as one line."""
        for node in nodes if self.fragments else ():
            for tag in (node, *elements(node)) if isinstance(node, Tag) else ():
                self.meet(tag)

    def id_of_next(self) -> str | None:
        """Return the id of the block that is read now; None if no link leads to it."""
        if not self._waiting:
            return None
        made = f"place-{next(self._numbers)}"
        self._ids |= dict.fromkeys(self._waiting, made)
        self._waiting.clear()
        return made

    def joined(self, body: Blocks) -> Blocks:
        """Let links lead to the ids. A link to nothing that was read becomes its words, and ids without links go."""
        if not self.fragments:
            return body
        used: set[str] = set()

        def lead(inlines: Inlines) -> Inlines:
            out: list[Inline] = []
            for node in inlines:
                if not isinstance(node, Link) or not node.href.startswith("#"):
                    _append(out, (node,))
                elif place := self._ids.get(node.href[1:]):
                    used.add(place)
                    out.append(Link(f"#{place}", node.children))
                else:
                    _append(out, node.children)
            return tuple(out)

        def keep(blocks: Blocks) -> Blocks:
            return tuple(block if block.id in used else msgspec.structs.replace(block, id=None) for block in blocks)

        return map_blocks(map_inlines(body, lead), keep)


def place_marks(tags: Iterable[Tag]) -> list[Tag]:
    """Return empty elements that links find in place of some tags and of what these hold."""
    found = dict.fromkeys(name for tag in tags for each in (tag, *elements(tag)) for name in _names(each) if name)
    return [Tag(name="a", attrs={"id": name}) for name in found]


def place_of_link(href: str, names: AbstractSet[str]) -> str | None:
    """Return which of the names is meant by a link that begins with "#": first as it is written, then decoded."""
    return next((name for name in (href[1:], unquote(href[1:])) if name in names), None)


def _hrefs(*roots: Tag) -> set[str]:
    """Return the links that lead to a place of the page."""
    hrefs = (str(tag.get("href") or "").strip() for root in roots for tag in elements(root) if tag.name == "a")
    return {href for href in hrefs if len(href) > 1 and href.startswith("#")}


def _names(tag: Tag) -> tuple[str, ...]:
    """Return what links call an element: its id, and on pages of old the name of an anchor."""
    return (str(tag.get("id") or ""), str(tag.get("name") or "") if tag.name == "a" else "")


def _append(out: list[Inline], inlines: Inlines) -> None:
    """Append inlines; text that follows text is one."""
    for node in inlines:
        if isinstance(node, str) and out and isinstance(out[-1], str):
            out[-1] += node
        else:
            out.append(node)

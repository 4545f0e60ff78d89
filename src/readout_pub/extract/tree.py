"""Questions about elements of the parsed page that several readers ask: classes, letters, markers, descendants."""

from __future__ import annotations

from bs4 import Tag
from bs4.element import PageElement

MARKER = "readout-block"
"""Attribute of the empty element in place of a block that was read before the rest; its value is the block's key."""


class IndexedTag(Tag):
    """A bs4 tag with a faster `index`, and with `_decomposed` set, which bs4 asks for.

    To remove, replace or wrap a child, bs4 searches all children from the first one: n photos cost n²/2 steps. This
    class searches from the child found last. Tags without the attribute `_decomposed` answer `decomposed` by searching
    all their descendants for an element of that name.
    """

    _last_index = 0
    _decomposed = False

    def index(self, element: PageElement) -> int:
        """Return the index of a child, compared by identity; ValueError if `element` is no child."""
        children = self.contents
        near = min(self._last_index, len(children) - 1)
        for step in range(len(children)):
            for place in (near + step, near - step):
                if 0 <= place < len(children) and children[place] is element:
                    self._last_index = place
                    return place
        raise ValueError("no child of this element")


def classes(tag: Tag) -> list[str]:
    """Return the classes of an element."""
    return str(tag.get("class") or "").split()


def elements(root: Tag) -> list[Tag]:
    """Return all elements below `root` in document order; much quicker than `find_all`."""
    return [node for node in root.descendants if isinstance(node, Tag)]


def holds_marker(tag: Tag) -> bool:
    """Return whether `tag` is or contains the marker of a block that was read before the rest."""
    return tag.has_attr(MARKER) or tag.find(_is_marker) is not None


def markers_in(tag: Tag) -> list[Tag]:
    """Return the markers below `tag` of blocks that were read before the rest."""
    return tag.find_all(_is_marker)


def _is_marker(tag: Tag) -> bool:
    return tag.has_attr(MARKER)


def count_letters(tag: Tag, limit: int) -> int:
    """Return the number of characters of the text in an element; counting stops as soon as it exceeds `limit`."""
    count = 0
    for text in tag.stripped_strings:
        count += len(text)
        if count > limit:
            break
    return count


def has_words(tag: Tag) -> bool:
    """Return whether an element contains any text other than white space."""
    return count_letters(tag, 0) > 0


def short_selector(tag: Tag) -> str:
    """Return a short selector that names an element to people: "main#contents", "p.meta".

    It stands in for the line number, which lxml does not pass on to bs4.
    """
    if tag.get("id"):
        return f"{tag.name}#{tag['id']}"
    return ".".join([tag.name, *classes(tag)[:1]])

"""Markup → a parse tree that is fit to be read: without scripts, without comments, never too deep.

`BeautifulSoup(bytes, "lxml")` gives an empty tree on some pages without a word, so pages are decoded first, parsed as
text, and an empty tree is an error.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString
from lxml import etree

from readout_pub.errors import SourceError
from readout_pub.extract.lxml_to_bs4 import Tree, read_soup, soup_of
from readout_pub.extract.prune import prune
from readout_pub.html_elements import BLOCKS
from readout_pub.model import MAX_DEPTH
from readout_pub.notes import Note, note

MARKER = "readout-block"
"""Attribute of the empty element that stands where a block was read before the rest; its value is the block's key."""


class Element(Tag):
    """A tag that looks for a child near the one it has found last, and that knows whether it was taken apart.

    bs4 looks from its first child on, whenever one is taken out, replaced or wrapped: of n photos n²/2 times. It asks
    tags for `_decomposed`, and one without it looks through all that it holds for an element of that name.
    """

    _near = 0
    _decomposed = False

    def index(self, element: PageElement) -> int:
        """Return the place of a child, by identity; a ValueError says that it is none."""
        children = self.contents
        near = min(self._near, len(children) - 1)
        for step in range(len(children)):
            for place in (near + step, near - step):
                if 0 <= place < len(children) and children[place] is element:
                    self._near = place
                    return place
        raise ValueError("no child of this element")


def parse(markup: str) -> tuple[BeautifulSoup, tuple[Note, ...]]:
    """Parse a page; a SourceError says so if nothing is left, a note if its nesting was flattened."""
    pruned = prune(markup)
    root, whole = parse_quickly(pruned)
    return _mended(soup_of(root, Element) if root is not None and whole else _parsed_slowly(pruned))


def to_soup(root: Tree) -> tuple[BeautifulSoup, tuple[Note, ...]]:
    """Do as `parse` for a page that was parsed quickly already; the tree below `root` stays as it is."""
    return _mended(soup_of(root, Element))


def _mended(soup: BeautifulSoup) -> tuple[BeautifulSoup, tuple[Note, ...]]:
    if next(soup.stripped_strings, None) is None and soup.find("img") is None:
        raise SourceError("nothing is left of this page after parsing", what_next="save it again from the browser")
    flattened = _flatten(soup)  # first, since each node that is moved costs the depth below it
    if wrap_stray_children(soup):
        flattened = _flatten(soup) or flattened
    return soup, (note("NESTING_FLATTENED", limit=MAX_DEPTH),) if flattened else ()


def parse_quickly(pruned: str) -> tuple[Tree | None, bool]:
    """Parse markup without making Python objects of its nodes, ten times as fast as bs4; None if nothing is there.

    Beyond 2,048 levels the parser drops everything that follows; the second value says whether the tree is whole.
    """
    if not pruned.strip():
        return None, True
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(pruned.encode("utf-8", "replace"), parser)
    return root, not any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def _parsed_slowly(pruned: str) -> BeautifulSoup:
    """Parse markup as bs4 does it, which takes any depth."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return read_soup(pruned, Element)


def classes(tag: Tag) -> list[str]:
    """Return the classes of an element."""
    return str(tag.get("class") or "").split()


def elements(root: Tag) -> list[Tag]:
    """Return all elements below `root` in document order; much quicker than to search for them."""
    return [node for node in root.descendants if isinstance(node, Tag)]


def holds_marker(tag: Tag) -> bool:
    """Say whether a block that was read before the rest stood in `tag`."""
    return tag.has_attr(MARKER) or tag.find(_is_marker) is not None


def markers_in(tag: Tag) -> list[Tag]:
    """Return the markers of the blocks that were read before the rest and stood in `tag`."""
    return tag.find_all(_is_marker)


def _is_marker(tag: Tag) -> bool:
    return tag.has_attr(MARKER)


def letters(tag: Tag, limit: int) -> int:
    """Count the letters of the words in an element; what is longer than `limit` is not read to its end."""
    count = 0
    for words in tag.stripped_strings:
        count += len(words)
        if count > limit:
            break
    return count


def has_words(tag: Tag) -> bool:
    """Say whether an element shows any words."""
    return letters(tag, 0) > 0


def place_of(tag: Tag) -> str:
    """Name an element as a selector would: "p.meta", "main#contents". lxml does not tell bs4 its line."""
    if tag.get("id"):
        return f"{tag.name}#{tag['id']}"
    return ".".join([tag.name, *classes(tag)[:1]])


_BOXES = frozenset({"form", "div", "center", "font"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})
_ROWS = _PARTS | {"table", "tr"}
_ADOPTED: dict[str, tuple[str, frozenset[str]]] = {
    **dict.fromkeys(("table", *_PARTS), ("tr", _PARTS | {"caption", "colgroup", "col", "tr"})),
    "tr": ("td", frozenset({"td", "th"})),
    **dict.fromkeys(("ul", "ol"), ("li", frozenset())),
    "dl": ("dd", frozenset()),
}
"""What strays in a list, table or row would be wrapped in, had its author been careful, and what is no stray there.

In a list only words are: whatever element stands in one is read.
"""


def wrap_stray_children(soup: BeautifulSoup) -> bool:
    """Wrap what stands between the items of a list or the cells of a table, so that none of it is lost.

    Returns whether there was any.
    """
    found = False
    parents: dict[str, list[Tag]] = {name: [] for name in _ADOPTED}
    boxes = []
    for tag in elements(soup):
        if tag.name in parents:
            parents[tag.name].append(tag)
        elif tag.name in _BOXES:
            boxes.append(tag)
    for box in boxes:
        if box.parent is not None and box.parent.name in _ROWS and box.find("td") and not box.find("table"):
            box.unwrap()
    for name, (wrapper, allowed) in _ADOPTED.items():
        for parent in parents[name]:
            adopted: Tag | None = None
            for node in list(parent.children):
                if not _is_stray(node, allowed):
                    adopted = None if isinstance(node, Tag) else adopted
                elif adopted is None:
                    adopted, found = node.wrap(soup.new_tag(wrapper)), True
                    parents.get(wrapper, []).append(adopted)
                else:
                    adopted.append(node)
    return found


def _is_stray(node: PageElement, allowed: frozenset[str]) -> bool:
    if isinstance(node, Tag):
        return bool(allowed) and node.name not in allowed
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString) and bool(node.strip())


def _flatten(soup: BeautifulSoup) -> bool:
    """Lift whatever lies deeper than `MAX_DEPTH` to that depth, keeping its words, photos and lines.

    Counted work is linear in the page, however hostile its nesting: each element is taken apart once.
    """
    level: list[Tag] = [soup]
    for _ in range(MAX_DEPTH):
        level = [child for tag in level for child in tag.children if isinstance(child, Tag)]
    too_deep = [tag for tag in level if tag.find(True) is not None]
    for tag in too_deep:
        flat = list(_leaves(tag, soup))
        for leaf in flat:
            leaf.extract()
        tag.clear()
        home = tag
        while home.name in _ADOPTED:  # words right in a list or table would be lost
            home.append(soup.new_tag(_ADOPTED[home.name][0]))
            home = next(child for child in home.children if isinstance(child, Tag))
        home.extend(flat)
    return bool(too_deep)


def _leaves(root: Tag, soup: BeautifulSoup) -> Iterator[PageElement]:
    """Yield the texts and photos below `root` in order, one line break wherever blocks begin or end."""
    opened: list[tuple[str, Iterator[PageElement]]] = [("", iter(list(root.contents)))]
    broken = True
    while opened:
        name, nodes = opened[-1]
        node = next(nodes, None)
        if node is None:
            opened.pop()
        if isinstance(node, Tag) and node.name not in {"br", "img"}:
            opened.append((node.name, iter(list(node.contents))))
            name, node = node.name, None
        if node is not None:
            broken = False
            yield node
        elif name in BLOCKS and not broken:
            broken = True
            yield soup.new_tag("br")

"""Functions on the parsed page that several modules use: classes, characters, block markers, descendants, selectors.

Soup Sieve tests every element for every CSS selector. For the dozen selectors of a profile, this takes longer than
parsing the page. So `SelectorIndex` looks elements up by id, class and name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import soupsieve
from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from soupsieve import css_types

from readout_pub.html_elements import COMPARED_APART


def alt_in_one_line(image: Tag) -> str:
    """Return the `alt` of an image, white space collapsed; "" without one."""
    return " ".join(str(image.get("alt") or "").split())


class SelectorIndex:
    """Finds the elements that were below `root` when the index was made, except those decomposed or unwrapped since.

    Do not `extract` or replace elements: elements inside them would still be found.
    """

    def __init__(self, root: Tag) -> None:
        self._elements = elements(root)
        self._positions: defaultdict[str, list[int]] = defaultdict(list)
        for position, tag in enumerate(self._elements):
            self._positions[tag.name].append(position)
            if tag.attrs:
                for name in classes(tag):
                    self._positions[f".{name}"].append(position)
                if identifier := tag.get("id"):
                    self._positions[f"#{identifier}"].append(position)

    def select(self, selector: str, limit: int = 0) -> list[Tag]:
        """Return the elements that match `selector`, in document order; at most `limit`, 0 for all."""
        compiled = soupsieve.compile(selector)
        matching, possible = self._look_up(compiled)
        found = {at: tag for at in sorted(matching | possible) if _is_in_tree(tag := self._elements[at])}
        # One call for all elements: each call walks up to the root again, with empty caches.
        tested = compiled.filter([tag for at, tag in found.items() if at not in matching])
        tested_ids = frozenset(map(id, tested))
        selected = [tag for at, tag in found.items() if at in matching or id(tag) in tested_ids]
        return selected[:limit] if limit else selected

    def with_attributes(self, *names: str) -> list[Tag]:
        """Return the elements that have at least one of the attributes, in document order."""
        having = (tag for tag in self._elements if tag.attrs and not tag.attrs.keys().isdisjoint(names))
        return list(filter(_is_in_tree, having))

    def _look_up(self, compiled: soupsieve.SoupSieve) -> tuple[set[int], set[int]]:
        """Return the positions of the elements that match for sure, and of those that Soup Sieve has to test.

        The index alone decides an alternative (a part between commas) that has only ids, classes and a name. It also
        decides "A ~ B", for which Soup Sieve would search all siblings before each element.
        """
        matching: set[int] = set()
        possible: set[int] = set()
        for alternative in compiled.selectors:
            if not isinstance(alternative, css_types.Selector):
                continue  # SelectorNull, which matches nothing
            with_names = self._with_names(alternative)
            earlier = _earlier_sibling(alternative)
            if with_names and _has_only_names(alternative):
                matching.update(set(with_names[0]).intersection(*with_names[1:]))
            elif with_names and earlier is not None:
                matching.update(self._behind_siblings(set(with_names[0]).intersection(*with_names[1:]), earlier))
            else:
                rarest = with_names[0] if with_names else range(len(self._elements))
                possible.update(self._that_may_match(rarest, alternative.attributes))
        return matching, possible

    def _with_names(self, selector: css_types.Selector) -> list[list[int]]:
        """Return the positions of the elements with each id, class and name in a selector; the rarest first."""
        names = [*(f"#{name}" for name in selector.ids), *(f".{name}" for name in selector.classes)]
        if selector.tag is not None and selector.tag.name not in {None, "*"}:
            names.append(str(selector.tag.name).lower())
        return sorted((self._positions.get(name, []) for name in names), key=len)

    def _behind_siblings(self, positions: set[int], earlier: css_types.Selector) -> Iterator[int]:
        """Yield the `positions` of elements after a sibling that matches `earlier`."""
        first: dict[int, int] = {}  # parent → position of its first child that matches
        with_names = self._with_names(earlier)
        for at in sorted(set(with_names[0]).intersection(*with_names[1:])):
            if _is_in_tree(tag := self._elements[at]):
                first.setdefault(id(tag.parent), at)
        yield from (at for at in positions if first.get(id(self._elements[at].parent), at) < at)

    def _that_may_match(
        self, positions: Iterable[int], attributes: Sequence[css_types.SelectorAttribute]
    ) -> Iterable[int]:
        """Return the `positions` of elements that may match all `attributes`."""
        # Soup Sieve 4 marks [a!=b] by `inverse`; version 2 keeps it as :not([a=b]).
        wanted = [each for each in attributes if not getattr(each, "inverse", False)]
        if not wanted:
            return positions
        # The attributes of a removed element are None.
        return (at for at in positions if (values := self._elements[at].attrs) and _may_match(values, wanted))


def _may_match(values: Mapping[str, object], attributes: Iterable[css_types.SelectorAttribute]) -> bool:
    """Return whether an element with the attributes `values` may match `attributes`.

    Soup Sieve takes 5 µs for an element, and `[class*="related"]` would make it test most elements of a page.
    """
    for each in attributes:
        value = values.get(each.attribute.lower())
        if value is None:
            return False
        # Soup Sieve compares [type=a] in HTML, and [name=a i], without regard to case. Version 4 marks the latter.
        ignores_case = each.xml_type_pattern is not None or getattr(each, "ignore_case", False)
        if each.pattern is not None and not ignores_case:
            text = value if isinstance(value, str) else " ".join(cast("Iterable[str]", value))
            if not each.pattern.search(text):
                return False
    return True


def _is_in_tree(tag: Tag) -> bool:
    return tag.parent is not None and not tag.decomposed


def _has_only_names(selector: css_types.Selector, *, with_relation: bool = False) -> bool:
    """Return whether a selector has only ids, classes and a name; `with_relation` also allows a relation ("A ~ B")."""
    has_namespace = selector.tag is not None and selector.tag.prefix is not None
    others = (selector.attributes, selector.nth, selector.selectors, selector.contains)
    return not (
        has_namespace or selector.flags or selector.lang or any(others) or (selector.relation and not with_relation)
    )


def _earlier_sibling(selector: css_types.Selector) -> css_types.Selector | None:
    """Return A of a selector "A ~ B" in which A and B have only ids, classes and a name; else None."""
    earlier = next(iter(selector.relation), None)
    if not isinstance(earlier, css_types.Selector) or earlier.rel_type != "~" or not _has_only_names(earlier):
        return None
    has_names = earlier.ids or earlier.classes or (earlier.tag is not None and earlier.tag.name not in {None, "*"})
    return earlier if has_names and _has_only_names(selector, with_relation=True) else None


BLOCK_MARKER = "readout block"
"""Attribute of a block marker: an empty element in place of a block that was read earlier, such as a figure.

Its value is the key of the block. No page can forge it: parsers read no space into the name of an attribute.
"""


class IndexedTag(Tag):
    """A bs4 tag with a faster `index` and a faster `decomposed`.

    To remove, replace or wrap a child, bs4 searches all children from the first one: n photos cost n²/2 steps. This
    class searches from the child that it found last.
    """

    _last_index = 0
    _decomposed = False  # without this attribute, bs4 would search all descendants for an element of this name

    def index(self, element: PageElement) -> int:
        """Return the index of a child, compared by identity; ValueError if `element` is not a child."""
        children = self.contents
        near = min(self._last_index, len(children) - 1)
        for step in range(len(children)):
            for place in (near + step, near - step):
                if 0 <= place < len(children) and children[place] is element:
                    self._last_index = place
                    return place
        raise ValueError("no child of this element")


def take_apart(part: Tag) -> None:
    """Remove the links between all nodes of the tree around `part`; the tree must not be used any more.

    The links are reference cycles. Without them, the memory is freed at once; garbage collection takes twice as long.
    """
    root = part
    while root.parent is not None:
        root = root.parent
    node: PageElement | None = root
    while node is not None:
        following = node.next_element
        vars(node).clear()
        node = following


def classes(tag: Tag) -> list[str]:
    """Return the classes of an element."""
    return str(tag.get("class") or "").split()


def elements(root: Tag) -> list[Tag]:
    """Return all elements below `root` in document order; much quicker than `find_all`."""
    return [node for node in root.descendants if isinstance(node, Tag)]


def holds_block_marker(tag: Tag) -> bool:
    """Return whether `tag` is or contains a block marker."""
    return tag.has_attr(BLOCK_MARKER) or tag.find(_is_block_marker) is not None


def block_markers(tag: Tag) -> list[Tag]:
    """Return the block markers below `tag`."""
    return tag.find_all(_is_block_marker)


def _is_block_marker(tag: Tag) -> bool:
    return tag.has_attr(BLOCK_MARKER)


def count_characters(tag: Tag, limit: int) -> int:
    """Count the characters in an element, without white space around its texts, until `limit` is exceeded."""
    count = 0
    for text in tag.stripped_strings:
        count += len(text)
        if count > limit:
            break
    return count


def has_words(tag: Tag) -> bool:
    """Return whether an element contains text other than white space."""
    return count_characters(tag, 0) > 0


def short_selector(tag: Tag) -> str:
    """Return a selector by which people find an element: "main#contents", "p.meta". The tree has no line numbers."""
    if tag.get("id"):
        return f"{tag.name}#{tag['id']}"
    return ".".join([tag.name, *classes(tag)[:1]])


def outermost(tags: Iterable[Tag | None]) -> list[Tag]:
    """Return the tags that were not removed, each once, without those inside another."""
    found = list({id(tag): tag for tag in tags if tag is not None and not tag.decomposed}.values())
    return [tag for tag in found if not any(parent is other for parent in tag.parents for other in found)]


def text_by_block(tag: Tag) -> str:
    """Return all text of an element, with a line break before and after each element in `COMPARED_APART`."""
    return "".join(_pieces(tag))


def _pieces(tag: Tag) -> Iterator[str]:
    for node in tag.contents:
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                yield node
        elif isinstance(node, Tag):
            separator = "\n" if node.name in COMPARED_APART else ""
            yield separator
            yield from _pieces(node)
            yield separator

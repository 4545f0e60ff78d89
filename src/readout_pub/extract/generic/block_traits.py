"""What the name and the attributes of a box say of it, in the words of `weights.toml`."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from itertools import islice, pairwise

from readout_pub.extract.generic.text_blocks import Element, ElementBox
from readout_pub.html_elements import HEADINGS, SEMANTIC

_SHARE = frozenset({"share"})
"""The group of names that a quoted post of a social network has too; buttons to share are no quotation."""

_WORDS = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NONE: frozenset[str] = frozenset()
_PARTS = re.compile(r"[\W_]+")
_FEWEST = 3
"""Words from which an id may be made of a heading."""
_SOON = 10
"""Elements of a box within which its heading stands."""
_MEMORY = 8192
"""Names, and classes, of which it is remembered what they say: those of a page repeat, and those of a site do."""


class TraitReader:
    """Gives boxes their traits, by a vocabulary: word of a class or id → the groups it belongs to."""

    def __init__(self, vocabulary: Mapping[str, tuple[str, ...]]) -> None:
        self._vocabulary = vocabulary
        self._groups_of = functools.lru_cache(_MEMORY)(self._groups_of_name)
        self._by_class = functools.lru_cache(_MEMORY)(self._by_tag_and_class)

    def traits(self, element: Element) -> frozenset[str]:
        """Return the traits of a box: "<nav>", "menu", "role main", "itemprop articlebody", "hidden"."""
        tag, attributes = str(element.tag), element.attrib
        if tag in {"body", "html"}:  # what they say holds for every line of the page
            return _NONE
        name = attributes.get("class")
        by_class = self._by_class(tag, name)
        has_more = len(attributes) > (name is not None)
        return by_class | self._by_other_attributes(element) if has_more else by_class

    def _by_tag_and_class(self, tag: str, name: str | None) -> frozenset[str]:
        groups = self._groups(name or "") - (_SHARE if tag == "blockquote" else _NONE)
        return groups | {f"<{tag}>"} if tag in SEMANTIC else groups

    def _by_other_attributes(self, element: Element) -> set[str]:
        attributes, out = element.attrib, set[str]()
        if (value := attributes.get("id")) and (groups := self._groups(value)) and not _is_heading(value, element):
            out |= groups
        for name in ("role", "itemprop"):
            if value := attributes.get(name):
                out.add(f"{name} {value.lower().strip()}")
        if value := attributes.get("itemtype"):
            out.add(f"itemtype {value.rsplit('/', 1)[-1].lower()}")
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            out.add("hidden by attribute")
        if (value := attributes.get("style")) and _HIDDEN.search(value):
            out.add("hidden by style")
        return out

    def _groups(self, value: str) -> frozenset[str]:
        """Return the groups of the words in a class or id: "articleBody" is one of "body" and of "content"."""
        return _NONE.union(*map(self._groups_of, value.split()))

    def _groups_of_name(self, name: str) -> frozenset[str]:
        words = [word.lower() for word in _WORDS.findall(name)]
        known = self._vocabulary.get
        return frozenset([group for word in (*words, *map("".join, pairwise(words))) for group in known(word, ())])


def _is_heading(identity: str, element: Element) -> bool:
    """Say whether an id is made of the heading below it, as many programs do, and names no part of the page.

    An example is "sharing-the-costs" above "Sharing the costs".
    """
    words = _PARTS.split(identity.lower())
    if len(words) < _FEWEST:
        return False
    heading = next((each for each in islice(element.iter(), _SOON) if each.tag in HEADINGS), None)
    return heading is not None and set(words) <= set(_PARTS.split("".join(map(str, heading.itertext())).lower()))


def name_of(box: ElementBox) -> str:
    """Name a box as a selector would, for people: "div.share-bar"."""
    element = box.element
    if name := element.get("id"):
        return f"{element.tag}#{name}"
    classes = (element.get("class") or "").split()
    return f"{element.tag}.{classes[0]}" if classes else str(element.tag)

"""The elements of a page by id, class and name, so that a selector looks at those alone that may fit it.

Soup Sieve asks every element of a page; a profile has a dozen selectors, and asking all elements for each of them takes
longer than parsing the page.
"""

from __future__ import annotations

from collections.abc import Iterable

import soupsieve
from bs4 import Tag
from soupsieve import css_types

from readout_pub.extract.tree import classes, elements


class Finder:
    """The elements below `root` as they stood when it was made; those that were taken out since are not found."""

    def __init__(self, root: Tag) -> None:
        self._order: list[Tag] = []
        self._places: dict[str, list[int]] = {}
        for tag in elements(root):
            self._add(tag)

    def _add(self, tag: Tag) -> None:
        names = [tag.name, *(f".{name}" for name in classes(tag))]
        if number := tag.get("id"):
            names.append(f"#{number}")
        for name in names:
            self._places.setdefault(name, []).append(len(self._order))
        self._order.append(tag)

    def select(self, selector: str, limit: int = 0) -> list[Tag]:
        """Return the elements that `selector` fits, in document order; `limit` of them at most, 0 for all."""
        compiled = soupsieve.compile(selector)
        found: list[Tag] = []
        for tag in self._may_fit(compiled):
            if tag.parent is not None and not tag.decomposed and compiled.match(tag):
                found.append(tag)
                if len(found) == limit:
                    break
        return found

    def _may_fit(self, compiled: soupsieve.SoupSieve) -> Iterable[Tag]:
        """Return the elements that have what the last part of each alternative names: the rarest of its names."""
        places: set[int] = set()
        for alternative in compiled.selectors:
            if not isinstance(alternative, css_types.Selector):
                continue  # it fits nothing
            names = [*(f"#{name}" for name in alternative.ids), *(f".{name}" for name in alternative.classes)]
            if alternative.tag is not None and alternative.tag.name not in {None, "*"}:
                names.append(str(alternative.tag.name).lower())
            if not names:
                return self._order
            rarest = min((self._places.get(name, []) for name in names), key=len)
            places.update(rarest)
        return [self._order[place] for place in sorted(places)]

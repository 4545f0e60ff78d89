"""The elements of a page by id, class and name, so that a selector looks at those alone that may fit it.

Soup Sieve asks every element of a page; a profile has a dozen selectors, and asking all elements for each of them takes
longer than parsing the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import soupsieve
from bs4 import Tag
from soupsieve import css_types

from readout_pub.extract.tree import classes, elements


class SelectorIndex:
    """The elements below `root` as they stood when it was made; those that were taken out since are not found."""

    def __init__(self, root: Tag) -> None:
        self._order = elements(root)
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, tag in enumerate(self._order):
            self._places[tag.name].append(place)
            if tag.attrs:
                for name in classes(tag):
                    self._places[f".{name}"].append(place)
                if number := tag.get("id"):
                    self._places[f"#{number}"].append(place)

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

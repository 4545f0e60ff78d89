"""An index of the elements of a page by id, class and name, so that CSS selectors run fast.

Soup Sieve tests every element of a page for every selector. A profile has a dozen of them, and that took longer than
parsing the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import soupsieve
from bs4 import Tag
from soupsieve import css_types

from readout_pub.extract.tree import classes, elements


class SelectorIndex:
    """The elements below `root` at the time the index is made; elements removed later are not returned."""

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
        found: list[Tag] = []
        for tag in self._candidates(compiled):
            if tag.parent is not None and not tag.decomposed and compiled.match(tag):
                found.append(tag)
                if len(found) == limit:
                    break
        return found

    def _candidates(self, compiled: soupsieve.SoupSieve) -> Iterable[Tag]:
        """Return the elements with the rarest id, class or name that each alternative's last part asks for."""
        positions: set[int] = set()
        for alternative in compiled.selectors:
            if not isinstance(alternative, css_types.Selector):
                continue  # SelectorNull, which matches nothing
            names = [*(f"#{name}" for name in alternative.ids), *(f".{name}" for name in alternative.classes)]
            if alternative.tag is not None and alternative.tag.name not in {None, "*"}:
                names.append(str(alternative.tag.name).lower())
            if not names:
                return self._elements
            rarest = min((self._positions.get(name, []) for name in names), key=len)
            positions.update(rarest)
        return [self._elements[position] for position in sorted(positions)]

"""The words that a profile has to keep: those of the body and the fields, without what it drops by name.

Read off the page itself, not through the readers of blocks, so that it can judge them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bs4 import Tag

from readout_pub.extract.generic import parse_page
from readout_pub.extract.profile import FIELDS, Layout, select_one
from readout_pub.extract.registry import choose
from readout_pub.extract.selector_index import SelectorIndex
from readout_pub.extract.tree import to_soup
from readout_pub.html_elements import BLOCKS
from readout_pub.sources import HtmlPage


def kept_words(page: HtmlPage, site: str, sites: Sequence[Path]) -> tuple[str, ...]:
    """Return the words of `page` in order that its layout of `site` has to keep; readings of ruby are no words."""
    quick = parse_page(page.markup)
    finder = SelectorIndex(to_soup(quick.root)[0])
    chosen = choose(finder, page.markup, page.url or quick.head.url, site, sites)
    if chosen is None:
        return ()
    roots = list(_roots(finder, chosen.layout, page.name))
    for selector in (*chosen.layout.drop, "rt", "rp"):
        for tag in finder.select(selector):
            tag.decompose()
    return tuple(word for root in roots if not root.decomposed for word in _words(root))


def _roots(finder: SelectorIndex, layout: Layout, page: str) -> Sequence[Tag]:
    """Return the elements of the body and the fields, none inside another."""
    found = [tag for key in ("body", *FIELDS) if (tag := select_one(finder, layout, key, page)) is not None]
    return [tag for tag in found if not any(parent is other for parent in tag.parents for other in found)]


def _words(root: Tag) -> list[str]:
    for tag in root.find_all([*BLOCKS, "br"]):
        tag.insert_before(" ")
        tag.insert_after(" ")
    return root.get_text().split()

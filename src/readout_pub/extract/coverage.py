"""The words of a page that its profile has to keep, to check profiles against.

The words are taken directly from the parsed page and not through the readers of blocks, so that the check of a profile
also finds faults of these readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bs4 import Tag

from readout_pub.extract.generic import parse_markup
from readout_pub.extract.html_parser import to_soup
from readout_pub.extract.profile import FIELDS, Layout, select_one
from readout_pub.extract.registry import choose_layout
from readout_pub.extract.selector_index import SelectorIndex
from readout_pub.html_elements import BLOCKS
from readout_pub.sources import HtmlPage


def kept_words(page: HtmlPage, site: str, sites: Sequence[Path]) -> tuple[str, ...]:
    """Return the words of the body and the fields of `page`, in order, without those that the profile `site` drops.

    Empty if no layout of the site fits the page. Ruby readings are left out.
    """
    parsed = parse_markup(page.markup)
    index = SelectorIndex(to_soup(parsed.root)[0])
    chosen = choose_layout(index, page.markup, page.url or parsed.metadata.url, site, sites)
    if chosen is None:
        return ()
    roots = list(_outermost(index, chosen.layout, page.name))
    for selector in (*chosen.layout.drop, "rt", "rp"):
        for tag in index.select(selector):
            tag.decompose()
    return tuple(word for root in roots if not root.decomposed for word in _words_by_block(root))


def _outermost(index: SelectorIndex, layout: Layout, page: str) -> Sequence[Tag]:
    """Return the elements of the body and the fields that are not inside another of them."""
    found = [tag for key in ("body", *FIELDS) if (tag := select_one(index, layout, key, page)) is not None]
    return [tag for tag in found if not any(parent is other for parent in tag.parents for other in found)]


def _words_by_block(root: Tag) -> list[str]:
    """Return the words below `root`; no word goes across the border of a block."""
    for tag in root.find_all([*BLOCKS, "br"]):
        tag.insert_before(" ")
        tag.insert_after(" ")
    return root.get_text().split()

"""Whether a page is no document but an overview of others: a home page, a list, a page of search results.

Such pages are converted as any other; readers are told. What a page says of itself comes before what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import msgspec

from readout_pub.extract.generic.metadata import PageMetadata, types
from readout_pub.extract.generic.page import Page
from readout_pub.extract.generic.text_blocks import Line
from readout_pub.html_elements import HEADINGS

_HOME = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-zA-Z]{2})?/?)?(?:(?:index|default|home)\.\w+)?")
"""The path of a site's first page, or of its first page in one language."""
_LISTS = frozenset({"CollectionPage", "SearchResultsPage"})
_CLASSES = {"home": "a home page", "archive": "a list of pages", "search-results": "a list of pages"}
"""Classes that the commonest systems give to the `body` of such pages, and never to one that is "single"."""

_LINK, _TEXT = 0.9, 0.5
"""Shares of a line's letters in links from which it is a link, and below which it is text."""
_SENTENCE = 40
"""Letters from which a line counts as text."""
_DOCUMENT = 1500
"""Letters of text without a link of its own line between them from which a page has a document, whatever it says."""
_TEASER, _FRAGMENT = 700, 400
"""Letters of text in a row that a page of teasers, and a page of links, may have at most."""
_TEASERS = 6
"""Headings that are links, from which a page is one of teasers, if they are half of its headings."""
_LINKED, _REPEATED = 0.6, 0.75
"""Shares of a page's letters in links, and in boxes that repeat and link, from which it is a list."""
_LINKED_BOX = 0.15
_FEW_LINES = 5
_LEVELS = 6


class ListingPage(msgspec.Struct, frozen=True):
    """What kind of overview a page is, for people ("a list of pages"), and what shows it."""

    what: str
    evidence: str


def find_listing_page(page: Page, head: PageMetadata, kept: int) -> ListingPage | None:
    """Say what kind of overview a page is; None for a page with a document. `kept` counts the lines of its text."""
    longest = max(_texts(page.lines), default=0)
    if longest >= _DOCUMENT:
        return None
    return _said(page, head) or (_seen(page, longest, kept) if page.kind not in {"article", "forum"} else None)


def _said(page: Page, head: PageMetadata) -> ListingPage | None:
    """Return what the page says of itself: by its address, by its class, by its JSON-LD."""
    address = urlsplit(head.url or "")
    if address.netloc and _HOME.fullmatch(address.path) and not address.query:
        return ListingPage("a home page", "its address is that of the site")
    body = next((box.element for box in page.boxes if box.element.tag == "body"), None)
    classes = (body.get("class") or "").split() if body is not None else []
    named = next((name for name in classes if name in _CLASSES), None)
    if named and "single" not in classes:
        return ListingPage(_CLASSES[named], f"its body is called {named!r}")
    listed = next((name for item in head.items for name in types(item) if name in _LISTS), None)
    return ListingPage("a list of pages", f"it calls itself a {listed}") if listed and not page.kind else None


def _seen(page: Page, longest: int, kept: int) -> ListingPage | None:
    """Return what the page looks like: teasers with little between them, links, or boxes that repeat and link."""
    open_lines = [line for line in page.lines if not line.box.chrome]
    letters = sum(line.size for line in open_lines)
    headings = [line for line in open_lines if any(box.element.tag in HEADINGS for box in line.box.upwards(2))]
    teasers = sum(line.linked > _LINK for line in headings)
    if longest < _TEASER and teasers >= _TEASERS and teasers * 2 >= len(headings):
        return ListingPage("a list of pages", f"{teasers} of its {len(headings)} headings are links")
    if longest >= _FRAGMENT or not letters or kept < _FEW_LINES:
        return None
    linked = sum(line.size * line.linked for line in open_lines) / letters
    if linked >= _LINKED:
        return ListingPage("a list of pages", f"{linked:.0%} of its text are links")
    repeated = sum(line.size for line in open_lines if _repeats(line, page)) / letters
    if repeated >= _REPEATED:
        return ListingPage("a list of pages", f"{repeated:.0%} of its text stand in boxes that repeat and link")
    return None


def _texts(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the letters of each text as it grows until a line of links interrupts it."""
    letters = 0
    for line in lines:
        if line.box.chrome:
            continue
        if line.linked >= _LINK:
            letters = 0
        elif line.linked < _TEXT and line.size >= _SENTENCE:
            letters += line.size
            yield letters


def _repeats(line: Line, page: Page) -> bool:
    rows = (page.repeated.get(box) for box in line.box.upwards(_LEVELS))
    return any(row is not None and row.linked > _LINKED_BOX for row in rows)

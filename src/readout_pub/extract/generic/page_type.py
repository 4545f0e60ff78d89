"""Finds out the types of a page, for the scorer of its lines, and whether it is a listing page.

A short line is text on a product page and chrome beside an article. The types are names such as "prose 3" and "address
says forum", for `shape_features`.

Listing pages are home pages, lists and search results. They are converted like any page, with a note. A page with a
long text is a document. Any other page is judged by what it declares or, if it declares nothing, by its structure. Of
931 pages that are annotated as articles, four are taken for listing pages; three of these are home pages. Of 45 pages
that are annotated as lists, collections and home pages, 15 are found; most of the others contain a long text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import msgspec

from readout_pub.extract.generic.metadata import PageMetadata, item_types
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import Line
from readout_pub.html_elements import HEADINGS

# Bin edges, chosen by hand; the weights are fitted to them: refit after a change.
_PROSE_BINS = (200, 800, 2500, 8000)
"""Letters of prose."""
_LINK_DENSITY_BINS = (0.25, 0.5, 0.75)
"""Share of all letters that are in links."""
_PROSE_SHARE_BINS = (0.1, 0.25, 0.5, 0.75)
"""Share of all letters that are in prose."""
_REPEATED_SHARE_BINS = (0.2, 0.4, 0.6, 0.8)
"""Share of all letters that are in repeated boxes."""
_PROSE_LINE_BINS = (1, 4, 10, 30)
_HEADING_BINS = (1, 5, 15, 40)
_LINE_BINS = (50, 150, 400, 1000)
"""The last three lists are numbers of lines: of prose, of headings, and of all lines."""

_MAX_ANCESTORS = 5
_MAX_PATH_DEPTH = 3
"""Longer addresses count as "address of 3 parts" too."""
_MIN_SLUG_WORDS = 5
"""How many words a slug of a headline has at least."""

_ADDRESS_WORDS = {
    "forum": r"forum|thread|/topic|viewtopic|discussion|/questions?/|/t/|/comments/|board|community",
    "shop": r"product|shop|store|/p/|/item|/buy",
    "list": r"collection|categor|/c/|/cat/|/tag/|search|listing|/all\b|/browse|archive|events?$|schedule",
    "manual": r"docs?[./]|documentation|reference|manual|wiki|/api|guide|learn|tutorial|help|support|/stable|/latest/",
    "news": r"news|/20\d\d/|article|story|blog|post|press|magazin",
}
"""Kind of page → words in host or path; an address may suggest several kinds."""
_ADDRESS_PATTERNS = {name: re.compile(words) for name, words in _ADDRESS_WORDS.items()}


def page_types(page: PageAnalysis, address: str | None) -> tuple[str, ...]:
    """Return the types of a page by its amounts of text and links, its address, and the type that it declares."""
    declared = [f"kind {page.declared_type}"] if page.declared_type else []
    return (*_amount_types(page), *_address_types(address), *declared)


def _amount_types(page: PageAnalysis) -> Iterator[str]:
    lines = page.lines
    size = sum(line.size for line in lines) or 1
    linked = sum(line.size * line.link_density for line in lines)
    repeated = sum(
        line.size
        for line in lines
        if any(box in page.repeated_boxes for box in line.box.self_and_ancestors(_MAX_ANCESTORS))
    )
    yield f"prose {bisect_right(_PROSE_BINS, page.total_prose)}"
    yield f"linked {bisect_right(_LINK_DENSITY_BINS, linked / size)}"
    yield f"share of prose {bisect_right(_PROSE_SHARE_BINS, page.total_prose / size)}"
    yield f"repeated {bisect_right(_REPEATED_SHARE_BINS, repeated / size)}"
    yield f"lines of prose {bisect_right(_PROSE_LINE_BINS, sum(map(page.is_prose, lines)))}"
    yield f"headings {bisect_right(_HEADING_BINS, sum(line.is_heading for line in lines))}"
    yield f"lines {bisect_right(_LINE_BINS, len(lines))}"


def _address_types(address: str | None) -> Iterator[str]:
    if not address:
        return
    parts = urlsplit(address.lower())
    segments = [segment for segment in parts.path.split("/") if segment]
    yield f"address of {min(len(segments), _MAX_PATH_DEPTH)} parts"
    if segments and len(re.split("[-_]", segments[-1])) >= _MIN_SLUG_WORDS:
        yield "address is a headline"
    host_and_path = f"{parts.netloc}{parts.path}"
    yield from (f"address says {name}" for name, words in _ADDRESS_PATTERNS.items() if words.search(host_and_path))


_HOME_PATH = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-zA-Z]{2})?/?)?(?:(?:index|default|home)\.\w+)?")
"""The path of a home page, also of one language: "/", "/en/", "/index.html"."""
_LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage"})
_BODY_CLASSES = {"home": "a home page", "archive": "a list of pages", "search-results": "a list of pages"}
"""Classes that WordPress gives the `body` of listing pages."""

# Thresholds, chosen by hand on the pages of every second site; less strict ones take articles for lists.
_LINK_LINE_DENSITY, _TEXT_LINE_DENSITY = 0.9, 0.5
"""A line with at least the first density is a link; a long line below the second is text."""
_MIN_TEXT_LINE = 40
_MIN_DOCUMENT = 1500
"""A page with this many letters of text without a line of links between them is a document."""
_MAX_TEXT_AMONG_TEASERS, _MAX_TEXT_AMONG_LINKS = 700, 400
"""How many letters the longest text without links may have: on a list of teasers, on a list of links."""
_MIN_TEASERS = 6
_MIN_LINKED_SHARE, _MIN_REPEATED_SHARE = 0.6, 0.75
"""The share of a list's letters in links, or in repeated boxes with links."""
_MIN_BOX_LINK_DENSITY = 0.15
"""Repeated boxes with a higher link density lead to other pages."""
_MIN_LINES = 10
"""Pages with fewer lines outside chrome are too short to be judged by these shares."""
_MAX_ROW_ANCESTORS = 6


class ListingPage(msgspec.Struct, frozen=True):
    """A kind of listing page, such as "a list of pages", and the evidence for it, both as words of a note."""

    what: str
    evidence: str


def find_listing_page(page: PageAnalysis, metadata: PageMetadata) -> ListingPage | None:
    """Return what kind of listing page this is, or None for a document."""
    longest = max(_text_run_sizes(page.lines), default=0)
    if longest >= _MIN_DOCUMENT:
        return None
    declared = _declared_listing(page, metadata)
    return declared or (None if page.declared_type in {"article", "forum"} else _apparent_listing(page, longest))


def _declared_listing(page: PageAnalysis, metadata: PageMetadata) -> ListingPage | None:
    """Return the kind of list that the page declares by its address, the class of its body or JSON-LD."""
    address = urlsplit(metadata.url or "")
    if address.netloc and _HOME_PATH.fullmatch(address.path) and not address.query:
        return ListingPage("a home page", "its address is the root of the site")
    body = next((box.element for box in page.boxes if box.element.tag == "body"), None)
    classes = (body.get("class") or "").split() if body is not None else []
    class_name = next((name for name in classes if name in _BODY_CLASSES), None)
    if class_name and "single" not in classes:
        return ListingPage(_BODY_CLASSES[class_name], f"its body has the class {class_name!r}")
    declared = next((name for item in metadata.items for name in item_types(item) if name in _LISTING_TYPES), None)
    if declared and not page.declared_type:
        return ListingPage("a list of pages", f"its JSON-LD declares a {declared}")
    return None


def _apparent_listing(page: PageAnalysis, longest: int) -> ListingPage | None:
    """Return the kind of list that the page looks like: teasers, links, or repeated boxes with links."""
    lines = [line for line in page.lines if not line.box.chrome]
    letters = sum(line.size for line in lines)
    headings = [line for line in lines if any(box.element.tag in HEADINGS for box in line.box.self_and_ancestors(2))]
    teasers = sum(line.link_density > _LINK_LINE_DENSITY for line in headings)
    if longest < _MAX_TEXT_AMONG_TEASERS and teasers >= _MIN_TEASERS and teasers * 2 >= len(headings):
        return ListingPage("a list of pages", f"{teasers} of its {len(headings)} headings are links")
    if longest >= _MAX_TEXT_AMONG_LINKS or not letters or len(lines) < _MIN_LINES:
        return None
    linked = sum(line.size * line.link_density for line in lines) / letters
    if linked >= _MIN_LINKED_SHARE:
        return ListingPage("a list of pages", f"{linked:.0%} of its text is links")
    repeated = sum(line.size for line in lines if _is_in_linked_row(line, page, letters)) / letters
    if repeated >= _MIN_REPEATED_SHARE:
        return ListingPage("a list of pages", f"{repeated:.0%} of its text is in repeated blocks with links")
    return None


def _text_run_sizes(lines: Sequence[Line]) -> Iterator[int]:
    """Yield, for each line of text, how many letters of text there are since the last line of links."""
    letters = 0
    for line in lines:
        if line.box.chrome:
            continue
        if line.link_density >= _LINK_LINE_DENSITY:
            letters = 0
        elif line.link_density < _TEXT_LINE_DENSITY and line.size >= _MIN_TEXT_LINE:
            letters += line.size
            yield letters


def _is_in_linked_row(line: Line, page: PageAnalysis, letters: int) -> bool:
    """Return whether a line is in a repeated box with links, and with at most half of the page's `letters`."""
    boxes = (box for box in line.box.self_and_ancestors(_MAX_ROW_ANCESTORS) if 2 * box.size <= letters)
    rows = map(page.repeated_boxes.get, boxes)
    return any(row is not None and row.link_density > _MIN_BOX_LINK_DENSITY for row in rows)

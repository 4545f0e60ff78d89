"""Describes what kind of page a page is, in names such as "prose 3" and "address says forum", for `shape_features`.

The same line means different things on different pages: a short one is text on a product page and chrome beside an
article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from urllib.parse import urlsplit

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.html_elements import HEADINGS

# Bin edges, chosen by hand; the weights are fitted to them: refit after a change.
_PROSE_BINS = (200, 800, 2500, 8000)
"""Letters of prose."""
_LINK_DENSITY_BINS = (0.25, 0.5, 0.75)
_PROSE_SHARE_BINS = (0.1, 0.25, 0.5, 0.75)
"""Prose as a share of all letters."""
_REPEATED_SHARE_BINS = (0.2, 0.4, 0.6, 0.8)
"""Share of all letters in repeated boxes."""
_PROSE_LINE_BINS = (1, 4, 10, 30)
_HEADING_BINS = (1, 5, 15, 40)
_LINE_BINS = (50, 150, 400, 1000)

_MAX_ANCESTORS = 5
"""A line counts as repeated if one of its innermost boxes, as many as this, is a repeated box."""
_MAX_PATH_DEPTH = 3
"""Path segments up to which the depth is a type; deeper addresses are all "address of 3 parts"."""
_MIN_SLUG_WORDS = 5
"""Words in the last path segment from which it is the slug of a headline."""

_ADDRESS_WORDS = {
    "forum": r"forum|thread|/topic|viewtopic|discussion|/questions?/|/t/|/comments/|board|community",
    "shop": r"product|shop|store|/p/|/item|/buy",
    "list": r"collection|categor|/c/|/cat/|/tag/|search|listing|/all\b|/browse|archive|events?$|schedule",
    "manual": r"docs?[./]|documentation|reference|manual|wiki|/api|guide|learn|tutorial|help|support|/stable|/latest/",
    "news": r"news|/20\d\d/|article|story|blog|post|press|magazin",
}
"""Kind of page → words in host or path that suggest it; an address may suggest several."""
_ADDRESS_PATTERNS = {name: re.compile(words) for name, words in _ADDRESS_WORDS.items()}


def page_types(page: PageAnalysis, address: str | None) -> tuple[str, ...]:
    """Return the types of a page: one bin of each amount, what its address suggests, and what it declares itself."""
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
    yield f"headings {bisect_right(_HEADING_BINS, sum(line.box.element.tag in HEADINGS for line in lines))}"
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

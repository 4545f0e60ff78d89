"""What kind of page a page looks like, in a few names: how much prose and how many links, what its address says.

A short line is the text on a page of goods, and chrome beside an article: what the form of a line says depends on the
page that it is on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from urllib.parse import urlsplit

from readout_pub.extract.generic.page import Page
from readout_pub.html_elements import HEADINGS

_PROSE = (200, 800, 2500, 8000)
_LINKED = (0.25, 0.5, 0.75)
_SHARE = (0.1, 0.25, 0.5, 0.75)
_REPEATED = (0.2, 0.4, 0.6, 0.8)
_PROSE_LINES = (1, 4, 10, 30)
_HEADINGS = (1, 5, 15, 40)
_LINES = (50, 150, 400, 1000)
"""Letters, shares of letters, and numbers of lines at which a page is of the next kind, from 0."""

_LEVELS = 5
"""Boxes around a line among which one repeats, if the line is one of many."""
_DEEPEST = 3
_WORDS = 5
"""Words in the last part of an address from which it is a headline."""

_SAYS = {
    "forum": r"forum|thread|/topic|viewtopic|discussion|/questions?/|/t/|/comments/|board|community",
    "shop": r"product|shop|store|/p/|/item|/buy",
    "list": r"collection|categor|/c/|/cat/|/tag/|search|listing|/all\b|/browse|archive|events?$|schedule",
    "manual": r"docs?[./]|documentation|reference|manual|wiki|/api|guide|learn|tutorial|help|support|/stable|/latest/",
    "news": r"news|/20\d\d/|article|story|blog|post|press|magazin",
}
"""What kind of page the words of an address speak for."""
_ADDRESSES = {name: re.compile(words) for name, words in _SAYS.items()}


def page_types(page: Page, address: str | None) -> tuple[str, ...]:
    """Return the names of what a page looks like, such as "prose 3", "linked 1", "address says forum"."""
    return (*_amounts(page), *_address(address), *([f"kind {page.kind}"] if page.kind else []))


def _amounts(page: Page) -> Iterator[str]:
    lines = page.lines
    size = sum(line.size for line in lines) or 1
    repeated = sum(line.size for line in lines if any(box in page.repeated for box in line.box.upwards(_LEVELS)))
    yield f"prose {bisect_right(_PROSE, page.all_prose)}"
    yield f"linked {bisect_right(_LINKED, sum(line.size * line.linked for line in lines) / size)}"
    yield f"share of prose {bisect_right(_SHARE, page.all_prose / size)}"
    yield f"repeated {bisect_right(_REPEATED, repeated / size)}"
    yield f"lines of prose {bisect_right(_PROSE_LINES, sum(map(page.is_prose, lines)))}"
    yield f"headings {bisect_right(_HEADINGS, sum(line.box.element.tag in HEADINGS for line in lines))}"
    yield f"lines {bisect_right(_LINES, len(lines))}"


def _address(address: str | None) -> Iterator[str]:
    if not address:
        return
    parts = urlsplit(address.lower())
    path = [part for part in parts.path.split("/") if part]
    yield f"address of {min(len(path), _DEEPEST)} parts"
    if path and len(re.split("[-_]", path[-1])) >= _WORDS:
        yield "address is a headline"
    where = f"{parts.netloc}{parts.path}"
    yield from (f"address says {name}" for name, words in _ADDRESSES.items() if words.search(where))

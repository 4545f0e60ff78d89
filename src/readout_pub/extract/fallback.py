"""The general extractor for pages that no profile knows; readability-lxml finds the body."""

from __future__ import annotations

import re

import msgspec
from bs4 import BeautifulSoup, Tag

from readout_pub.errors import SourceError
from readout_pub.extract.dates import FoundDate, find_date

_SEPARATORS = re.compile(r"\s+[|–—·»-]\s+|\s*[｜｜]\s*|:\s+")


class General(msgspec.Struct, frozen=True):
    """What the general extractor finds: the body's element, the title's and the date."""

    body: Tag
    title: Tag | None
    date: FoundDate | None


def find_article(markup: str, soup: BeautifulSoup) -> General:
    """Find title, date and body of a page; a SourceError says that there is none."""
    title = _title(soup)
    return General(_body(markup, title), title, _date(soup))


def _body(markup: str, title: Tag | None) -> Tag:
    from readability import Document
    from readability.readability import Unparseable

    try:
        summary = Document(markup).summary(html_partial=True, keep_all_images=True)
    except Unparseable as reason:
        raise SourceError("no article was found on this page", what_next="write a site profile for it") from reason
    body = BeautifulSoup(summary, "lxml").body
    if body is None or not body.get_text(strip=True):
        raise SourceError("no article was found on this page", what_next="write a site profile for it")
    if title is not None:
        words = title.get_text(" ", strip=True)
        for heading in body.find_all(["h1", "h2"]):
            if heading.get_text(" ", strip=True) == words:
                heading.decompose()
    return body


def _title(soup: BeautifulSoup) -> Tag | None:
    """Return the heading that the page's own title names; else its only h1."""
    named = " ".join(tag.get_text(" ", strip=True) for tag in soup.find_all("title", limit=1))
    for heading in soup.find_all(["h1", "h2"]):
        words = heading.get_text(" ", strip=True)
        if words and words in named:
            return heading
    headings = soup.find_all("h1")
    return headings[0] if len(headings) == 1 else None


def _date(soup: BeautifulSoup) -> FoundDate | None:
    for tag in soup.find_all(["time", "p", "span", "div", "td"]):
        words = tag.get_text(" ", strip=True)
        if len(words) <= 60 and (found := find_date(words)) is not None:
            return found
    return None

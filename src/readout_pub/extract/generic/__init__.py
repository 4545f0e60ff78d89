"""The general extractor, for pages that no profile knows: evidence for every line, from weights that people can read.

markup ──parse──▶ lines in boxes ──weigh──▶ text or not ──▶ title, date, kicker, byline ──cut──▶ markup of the body
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from readout_pub.errors import SourceError
from readout_pub.extract.dates import FoundDate
from readout_pub.extract.extraction import ReasonSource
from readout_pub.extract.generic.byline import find_byline, find_kicker
from readout_pub.extract.generic.classify import classify
from readout_pub.extract.generic.explanations import dropped_words, field_reasons, line_reasons
from readout_pub.extract.generic.listing_page import ListingPage, find_listing_page
from readout_pub.extract.generic.metadata import PageMetadata
from readout_pub.extract.generic.page import Page, Title
from readout_pub.extract.generic.page_type import page_types
from readout_pub.extract.generic.publication_date import PublicationDate, find_publication_date
from readout_pub.extract.generic.script_only_text import show_script_only_text
from readout_pub.extract.generic.subtree import cut
from readout_pub.extract.generic.text_blocks import Element, Line, Lines
from readout_pub.extract.generic.title import find_title
from readout_pub.extract.generic.weights import evidence
from readout_pub.extract.html_parser import parse, parse_with_lxml
from readout_pub.extract.prune import split_data_scripts
from readout_pub.notes import Note

__all__ = [
    "GenericExtraction",
    "PageMetadata",
    "ParsedPage",
    "find_article",
    "parse_page",
    "read_page",
    "show_script_only_text",
]

_NO_SCRIPTS = re.compile("java ?script", re.IGNORECASE)


class ParsedPage(msgspec.Struct, frozen=True):
    """A page parsed quickly: its tree, what its head says, and what had to be done so that it could be parsed."""

    root: Element
    head: PageMetadata
    notes: tuple[Note, ...] = ()


class GenericExtraction(msgspec.Struct, frozen=True):
    """What the general extractor finds; `body` is markup without what was dropped.

    `overview` says what the page is rather than a document. `dropped` counts the words that were left out by rule;
    `reasons` work out why everything was decided as it was.
    """

    body: str
    title: str | None
    series: str | None
    date: FoundDate | None
    byline: str | None
    overview: ListingPage | None
    dropped: dict[str, int]
    reasons: ReasonSource


def parse_page(markup: str) -> ParsedPage:
    """Parse a page quickly; a SourceError says that nothing is there."""
    pruned, data = split_data_scripts(markup)
    root, whole = parse_with_lxml(pruned)
    notes: tuple[Note, ...] = ()
    if not whole:
        soup, notes = parse(markup)
        root, _ = parse_with_lxml(str(soup))
    if root is None:
        raise SourceError("nothing is left of this page after parsing", what_next="save it again from the browser")
    return ParsedPage(root, PageMetadata(root, data, markup), notes)


def read_page(page_sketch: ParsedPage) -> Page:
    """Read the lines and boxes of a page, and find its headline as far as prose alone can tell where the text is."""
    page = Page(Lines(page_sketch.root), evidence(), page_sketch.head.kind)
    page.title = find_title(page, page_sketch.head)
    page.looks = page_types(page, page_sketch.head.url)
    return page


def find_article(page_sketch: ParsedPage) -> GenericExtraction:
    """Find title, date, kicker, byline and body of a page; a SourceError says that there is none. Uses up the tree."""
    known, head = evidence(), page_sketch.head
    page = read_page(page_sketch)
    keep = classify(page, known)
    if not _holds_text(page, keep):
        raise SourceError("no document was found on this page", what_next=_next_step(page))
    overview = find_listing_page(page, head, sum(keep))
    title = page.title
    heading = title.line if title else None
    issued = find_publication_date(page, head, keep, heading, head.language)
    kicker = find_kicker(page, heading) if heading else None
    byline, author = find_byline(page, heading, head)
    fields = {"title": heading, "series": kicker, "byline": author, "date": _date_line(issued)}
    for line in fields.values():
        if line is not None:
            keep[line.index] = False
    body = cut(page, keep, heading, head.pictures)  # which also settles what captions are kept
    taken = frozenset(line.index for line in fields.values() if line is not None)
    return GenericExtraction(
        body=body,
        title=title.text if title else None,
        series=_series(title, kicker),
        date=issued.date if issued else None,
        byline=byline,
        overview=overview,
        dropped=dropped_words(page, keep, taken),
        reasons=lambda: (*field_reasons(title, issued, fields), *line_reasons(page, keep, taken)),
    )


def _series(title: Title | None, kicker: Line | None) -> str | None:
    words = (title.kicker if title else None) or (kicker.text if kicker else "")
    return words.rstrip(" :|–—-") or None


def _holds_text(page: Page, keep: Sequence[bool]) -> bool:
    """Say whether anything is kept, apart from a request to switch scripts on."""
    kept = [line for line in page.lines if keep[line.index]]
    return len(kept) > 2 or any(not _NO_SCRIPTS.search(line.text) for line in kept)


def _next_step(page: Page) -> str:
    letters = sum(line.size for line in page.lines)
    if letters < 400:
        return "save the page again from a browser that runs its scripts: this copy holds almost no text"
    return "write a site profile for it, or pass a page that holds a document"


def _date_line(issued: PublicationDate | None) -> Line | None:
    """Return the line of the date, if it says nothing else; what else it says, such as the place, may be text."""
    if issued is None or issued.line is None:
        return None
    rest = issued.line.text.replace(issued.date.text, "", 1)
    return None if any(map(str.isalnum, rest)) else issued.line

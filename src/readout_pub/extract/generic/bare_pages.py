"""Recognises pages that are nothing but a document, and menus at both ends of pages without chrome.

"Chrome" is what a site prints around the text, such as menus.
"""

from __future__ import annotations

from itertools import takewhile

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import Line, leads_to_file
from readout_pub.extract.generic.weights import load_weights
from readout_pub.html_elements import AROUND_DOCUMENTS
from readout_pub.sources.lxml_elements import text_of_element

_MAX_LINKED_OF_BARE = 0.2
"""A bare document has at most this share of its letters in links: it has no menu."""
_AROUND_DOCUMENTS = AROUND_DOCUMENTS | {"menu"}
"""Elements that a bare page (see `is_bare`) lacks."""
_MIN_MENU_LINKS, _MAX_MENU_ENTRY = 0.3, 30
"""The least link density of a line that is a menu, and how many letters each of its links may have."""


def is_bare(page: PageAnalysis) -> bool:
    """Return whether a page is nothing but a document: without chrome, and without names such as "footer"."""
    return lacks_chrome(page) and not has_named_chrome(page)


def lacks_chrome(page: PageAnalysis) -> bool:
    """Return whether a page has neither chrome nor elements for chrome, no declared type, and few links."""
    linked = sum(line.size * line.link_density for line in page.lines)
    total = sum(line.size for line in page.lines)
    return (
        page.declared_type is None
        and linked <= _MAX_LINKED_OF_BARE * total
        and not any(box.chrome for box in page.boxes)
        and not any(box.element.tag in _AROUND_DOCUMENTS for box in page.boxes)
    )


def has_named_chrome(page: PageAnalysis) -> bool:
    """Return whether a box that does not contain the headline has a class or id such as "menu" or "footer"."""
    names, headline = load_weights().around_documents, page.title_line
    return any(
        box.size > 0 and not names.isdisjoint(box.traits) and not (headline and box.contains_line(headline))
        for box in page.boxes
    )


def menus_at_edges(page: PageAnalysis) -> frozenset[int]:
    """Return the indices of lines such as "Home | Contact" at both ends of a page that lacks chrome.

    A single link below the title may be text, such as an e-mail address.
    """
    title = page.title_line
    found = {line.index for line in page.lines[: title.index if title else 0] if _is_link_line(line)}
    for lines in (page.lines, page.lines[::-1]):
        edge = list(takewhile(lambda line: line.index in page.exclusions or _is_link_line(line), lines))
        if any(len(line.links) > 1 for line in edge):
            found.update(line.index for line in edge)
    return frozenset(found)


def _is_link_line(line: Line) -> bool:
    """Return whether a line is one link, or several short ones with little beside them."""
    links = [text_of_element(link) for link in line.links]
    is_menu = len(links) > 1 and line.link_density >= _MIN_MENU_LINKS and max(map(len, links)) <= _MAX_MENU_ENTRY
    return (is_menu or line.is_link) and not leads_to_file(line)

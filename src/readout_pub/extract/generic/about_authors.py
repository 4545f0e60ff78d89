"""Finds boxes and sections below the text that say who wrote it: a name, a portrait, a short biography."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import begins_about_author, heads_author
from readout_pub.extract.generic.text_blocks import ElementBox, Line

ABOUT_AUTHOR = "about the author"
"""The rule for biographies of authors below the text."""

# Limits were chosen by hand.
_MIN_PROSE_ABOVE = 0.6
"""Minimum share of the prose of a page above a biography."""
_MAX_BIOGRAPHY = 1200
"""Maximum letters of a box about an author."""
_MAX_LINES_OF_SECTION = 8
"""Maximum lines below a heading such as "About the author"."""


def lines_about_authors(page: PageAnalysis) -> Iterator[int]:
    """Yield the indices of lines below the text that tell about its author.

    On a page about a person, the text itself may be in a box named after an author. That box begins above most of the
    prose.
    """
    start = _end_of_most_prose(page)
    for line in page.lines[start:]:
        if heads_author(line.text) and not line.link_density:
            yield from (each.index for each in (line, *_section_below(line, page)))
        elif begins_about_author(line.text):
            yield line.index
    for box in page.boxes:
        if box.first >= start and _is_biography(box, page) and ("author" in box.traits or _links_to_author(box)):
            yield from range(box.first, box.last)


def _end_of_most_prose(page: PageAnalysis) -> int:
    """Return the index of the first line with at least `_MIN_PROSE_ABOVE` of the prose above it."""
    total, wanted = 0, _MIN_PROSE_ABOVE * page.total_prose
    for line in page.lines:
        total += line.size if page.is_prose(line) else 0
        if total >= wanted:
            return line.index + 1
    return len(page.lines)


def _section_below(heading: Line, page: PageAnalysis) -> list[Line]:
    """Return the lines of the section that a heading begins in its block; none if there are many."""
    block = heading.box if heading.box.last > heading.index + 1 else heading.box.parent
    tag = heading.box.element.tag
    below = page.lines[heading.index + 1 : block.last] if block is not None else []
    section = list(takewhile(lambda line: not (line.is_heading and line.box.element.tag <= tag), below))
    return section if len(section) <= _MAX_LINES_OF_SECTION else []


def _is_biography(box: ElementBox, page: PageAnalysis) -> bool:
    """Return whether a box is small, has a portrait, prose and few links, and is not one of several alike."""
    lines = page.lines[box.first : box.last]
    is_small = box.element.tag != "article" and 1 < len(lines) <= _MAX_LINES_OF_SECTION and box.size <= _MAX_BIOGRAPHY
    if not is_small or 2 * box.linked_size > box.size or not any(map(page.is_prose, lines)):
        return False
    return next(box.element.iter("img"), None) is not None and box not in page.repeated_boxes


def _links_to_author(box: ElementBox) -> bool:
    return any("author" in (link.get("rel") or "").split() for link in box.element.iter("a"))

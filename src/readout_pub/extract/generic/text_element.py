"""Keeps doubtful lines in the element of the text: the lines that are kept already tell where the text is.

Decision 10 has the figures of these rules, and of rules that were tried and not used.
"""

from __future__ import annotations

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.sentences import ends_sentence

_MIN_SHARE = 0.8
"""The element of the text is the smallest one with at least this share of the kept letters."""
_MAX_LINKED = 0.5
"""Lines with a higher link density than this stay left out: they may be menus. A heading above this limit may be the
headline of another page."""
_MIN_MARGIN = -0.8
"""Prose is kept only if its score minus the threshold of the page is above this."""
_MIN_LIKE_LINES = 19
"""If at least this many lines are in boxes of the same tags and classes, they are the entries of the page, such as its
posts, whatever they score."""
_MIN_ENTRY = 40
"""How many letters a line of an entry needs; shorter ones may be buttons that every entry has."""


def keep_text_element(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep, in place, prose that scores little below the threshold, and the entries of a list, such as posts.

    Prose is kept only on pages that do not declare themselves articles: in an article, such prose is mostly not text.
    """
    element = _element_of_text(page, keep)
    for line in page.lines[element.first : element.last] if element else ():
        if not keep[line.index] and _may_be_text(line, page) and not _is_of_dropped_story(line, page, keep):
            is_sentence = page.declared_type != "article" and page.is_prose(line) and ends_sentence(line.text)
            is_entry = line.size >= _MIN_ENTRY and page.groups[line.index].count >= _MIN_LIKE_LINES
            keep[line.index] = is_entry or (is_sentence and page.margins[line.index] > _MIN_MARGIN)


def _may_be_text(line: Line, page: PageAnalysis) -> bool:
    is_left_out = line.index in page.exclusions or line.index in page.duplicate_lines
    return not line.box.chrome and not line.box.data_table and not is_left_out and line.link_density <= _MAX_LINKED


def _is_of_dropped_story(line: Line, page: PageAnalysis, keep: list[bool]) -> bool:
    """Return whether the heading above a line is the headline of another story, a link that was left out."""
    heading = page.heading_above.get(line.index)
    return heading is not None and not keep[heading.index] and heading.link_density > _MAX_LINKED


def _element_of_text(page: PageAnalysis, keep: list[bool]) -> ElementBox | None:
    kept: dict[ElementBox, int] = {}
    for line in page.lines:
        if keep[line.index]:
            kept[line.box] = kept.get(line.box, 0) + line.size
    for box in reversed(page.boxes):
        if box.parent is not None and box in kept:
            kept[box.parent] = kept.get(box.parent, 0) + kept[box]
    needed = _MIN_SHARE * kept.get(page.boxes[0], 0) if page.boxes else 0
    return max((box for box, size in kept.items() if size >= needed), key=lambda box: box.depth, default=None)

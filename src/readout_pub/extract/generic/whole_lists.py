"""Keeps or leaves out lists and data tables as a whole: a gap in them would be wrong."""

from __future__ import annotations

import re
from collections import Counter

from readout_pub.extract.generic.bare_pages import lacks_chrome
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import ABOUT_PAGE
from readout_pub.extract.generic.text_blocks import ElementBox

_MIN_ENTRIES_KEPT = 0.6
"""If at least this share of a list's entries is kept, all are kept. On sites left out of the fit, the recall of
`bench-train` is 0.904 without this rule, 0.906 with 0.5, and 0.905 with 0.7, at the same F1. With 0.5, more must-not
pieces of `corpus` are kept."""
_MAX_ENTRIES_OF_MENU = 0.1
"""A list with at most this many kept lines per entry, all links, may be a menu of languages."""
_MIN_FACTS_BESIDE = 2
"""A fact is kept only if at least this many others of its list are."""
_LABELLED_ITEM = re.compile(r"[^\W\d][^:：]{1,30}[:：]\s?\S")
"""The start of an item such as "Date: April 2031"."""
_LINES_TO_FACTS = 4
"""How far below the headline a list of facts, such as the speaker, may begin."""


def keep_whole_descriptions(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep whole `dl` lists with a kept line, or between title and prose: there they tell who spoke where."""
    title = page.title_line
    for box in page.boxes:
        is_description = box.element.tag == "dl" and not box.chrome and box.linked_size <= box.size / 2
        is_above_text = title is not None and title.index < box.first <= title.index + _LINES_TO_FACTS
        is_above_text = is_above_text and box.last <= page.prose_start and not page.is_forum_or_shop
        if is_description and (is_above_text or any(keep[box.first : box.last])):
            keep[box.first : box.last] = page.included_lines(box)


def keep_whole_lists(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep all entries of a list if most are kept: gaps would be wrong. Of a menu, keep none."""
    if lacks_chrome(page):
        return  # a list may be the menu
    lists: dict[int, list[ElementBox]] = {}
    for box, row in page.repeated_boxes.items():
        if not box.chrome and not box.data_table:
            lists.setdefault(id(row), []).append(box)
    for boxes in lists.values():
        kept = [line for box in boxes for line in page.lines[box.first : box.last] if keep[line.index]]
        if len(kept) <= _MAX_ENTRIES_OF_MENU * len(boxes) and all(line.is_link for line in kept):
            for line in kept:
                keep[line.index] = False
        dropped = [box for box in boxes if not any(keep[box.first : box.last])]
        if dropped and len(dropped) <= (1 - _MIN_ENTRIES_KEPT) * len(boxes):
            signatures = {line.box.signature for line in kept}
            for line in (line for box in dropped for line in page.lines[box.first : box.last]):
                keep[line.index] = page.may_be_text(line) and line.box.signature in signatures


def keep_whole_numbered_lists(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep whole numbered lists, if an item is kept: a gap in the numbers would be wrong.

    Items that are only links may lead to the most read stories.
    """
    items = [line for line in page.lines if line.box.element.tag == "li" and not line.is_link]
    kept = {line.box.parent for line in items if keep[line.index]}
    for line in items:
        block = line.box.parent
        if block in kept and block is not None and block.element.tag == "ol":
            keep[line.index] = keep[line.index] or page.may_be_text(line)


def keep_whole_tables(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep whole data tables if a row is kept, such as tables with rows of links."""
    tables = {line.box.data_table for line in page.lines if keep[line.index]}
    for table in filter(None, tables):
        for line in page.lines[table.first : table.last]:
            keep[line.index] = keep[line.index] or line.index not in page.exclusions


def keep_facts_of_kept_lists(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep items such as "Date: April 2031" in a list of kept facts, which is about a case or the like."""
    items = [line for line in page.lines if line.box.element.tag == "li" and _LABELLED_ITEM.match(line.text)]
    kept = Counter(line.box.parent for line in items if keep[line.index])
    for line in items if kept else ():
        block = line.box.parent
        if keep[line.index] or block is None or line.links or page.exclusions.get(line.index) != ABOUT_PAGE:
            continue
        others = block.last - block.first - 1
        keep[line.index] = kept[block] >= max(_MIN_FACTS_BESIDE, _MIN_ENTRIES_KEPT * others)

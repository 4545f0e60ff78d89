"""Keeps or leaves out labels together with their values, and terms together with their descriptions."""

from __future__ import annotations

from itertools import pairwise

from readout_pub.extract.generic.fact_lines import is_label, is_named_label
from readout_pub.extract.generic.other_stories import OTHER_STORY
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import ABOUT_PAGE, labels_fact
from readout_pub.extract.generic.text_blocks import ElementBox, Line

_MAX_FACT = 30
"""How many letters a label, and the value below it, may have."""
_MAX_LABELLED_CHROME = 1000
"""How many letters a menu with its label may have."""


def keep_values_of_kept_labels(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep short values with digits, such as "No. 14", below a kept label in a block of two lines."""
    for label, value in pairwise(page.lines):
        if keep[value.index] or not keep[label.index] or label.is_heading or value.links or value.box.chrome:
            continue
        row = label.box.parent
        is_row = row is not None and row is value.box.parent and _has_only(row, label, value)
        is_short = max(label.size, value.size) <= _MAX_FACT and any(map(str.isdecimal, value.text))
        if is_row and is_short and value.index not in page.exclusions:
            keep[value.index] = True


def drop_labels_of_chrome(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out the label of a menu, such as "Share this page", if its links are left out."""
    for box in page.boxes:
        if not box.chrome or box.size > _MAX_LABELLED_CHROME or (box.parent and box.parent.chrome):
            continue
        lines = page.lines[box.first : box.last]
        kept = [line for line in lines if keep[line.index]]
        dropped_links = any(line.link_density and not keep[line.index] for line in lines)
        if kept == lines[:1] and dropped_links and not kept[0].link_density and not page.is_prose(kept[0]):
            keep[kept[0].index] = False


def drop_labels_of_dropped_values(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out the label of a block, such as "Related links", if no other line of the block is kept."""
    for line in page.lines:
        block = line.box.parent
        if not keep[line.index] or block is None or not block.first == line.index < block.last - 1:
            continue
        if is_named_label(line) and is_label(line) and not line.is_heading:
            keep[line.index] = any(keep[line.index + 1 : block.last])


def drop_values_of_dropped_terms(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out each `dd` of an excluded `dt`: the `dd` would seem to describe the `dt` above."""
    term: Line | None = None
    for line in page.lines:
        part = line.box.list_part
        if part == "dt":
            term = line
        elif part != "dd":
            term = None
        elif term is not None and page.exclusions.get(term.index, OTHER_STORY) != OTHER_STORY:
            keep[line.index] = False  # the rules for other stories leave out their own `dd`


def keep_labels_of_kept_values(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep labels of kept facts: a day alone, without "Adopted on", would mean nothing."""
    for label, value in pairwise(page.lines):
        labels = page.exclusions.get(label.index) == ABOUT_PAGE and labels_fact(label.text) and not label.box.chrome
        row = label.box.parent
        if labels and keep[value.index] and row is not None and row is value.box.parent:
            is_row = row.element.tag == "tr" or _has_only(row, label, value)
            keep[label.index] = keep[label.index] or is_row


def _has_only(row: ElementBox, label: Line, value: Line) -> bool:
    """Return whether a box has only a label and the value right below."""
    return (row.first, row.last) == (label.index, value.index + 1)


def drop_terms_without_descriptions(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out, in place, terms whose descriptions are all left out, such as "Details" above facts of the page."""
    term: Line | None = None
    kept = True
    for line in page.lines:
        part = line.box.list_part
        if part != "dd":
            if term is not None and not kept:
                keep[term.index] = False
            term, kept = (line if part == "dt" else None), True
        elif term is not None:
            kept = keep[line.index] or (kept and line.index > term.index + 1)
    if term is not None and not kept:
        keep[term.index] = False

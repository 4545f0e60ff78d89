"""Keeps the contacts that belong to the document, such as those for the press."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, takewhile
from operator import or_

from readout_pub.extract.generic.excluded_boxes import is_contact_card
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import (
    heads_contact_of_document,
    heads_press_contact,
    names_contact,
    names_telephone,
    prints_contact,
)
from readout_pub.extract.generic.page_parts import element_of_title_and_prose
from readout_pub.extract.generic.text_blocks import ElementBox, Line

_MAX_CONTACT_LINES, _MAX_BOXES_AROUND_CONTACT = 12, 4
"""How many lines a section of contacts may have, and how many boxes around each line are searched for a card."""


def keep_whole_contacts(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep all lines of a section of contacts if its heading and its first line are kept.

    A heading such as "Press contact" is enough, unless the contacts are in a card: cards belong to the site.
    """
    title = page.title_line
    text = element_of_title_and_prose(page)
    for heading in page.lines:
        block = heading.box.parent
        if not heading.is_heading or heading is title or block is None:
            continue
        is_below = page.may_be_text(heading) and heading.index > page.prose_start
        is_in_text = text is not None and text.contains_line(heading)
        has_own_heading = is_below and (
            heads_press_contact(heading.text) or (is_in_text and heads_contact_of_document(heading.text))
        )
        if not (keep[heading.index] or has_own_heading):
            continue
        below = page.lines[heading.index + 1 : min(block.last, heading.index + 2 + _MAX_CONTACT_LINES)]
        ends = (line.is_heading and line.box.element.tag <= heading.box.element.tag for line in below)
        section = [line for line, end in zip(below, accumulate(ends, or_), strict=True) if not end]
        is_contact = len(section) <= _MAX_CONTACT_LINES and any(names_contact(line.text) for line in section)
        is_own = has_own_heading and not _is_in_card(section, block, page)
        is_of_text = is_contact and (is_own or keep[section[0].index])
        if is_of_text and not any(map(page.is_prose, section[1:])):
            for line in (heading, *section):
                keep[line.index] = keep[line.index] or page.may_be_text(line)


def _is_in_card(section: Sequence[Line], block: ElementBox, page: PageAnalysis) -> bool:
    """Return whether contacts are in a card of the site: a box in `block`, or `block` itself without other lines."""
    is_whole = block.last - block.first <= len(section) + 1
    boxes = [block] if is_whole else []
    for line in section:
        boxes += takewhile(lambda box: box is not block, line.box.self_and_ancestors(_MAX_BOXES_AROUND_CONTACT))
    return any(is_contact_card(box, page) for box in boxes)


def keep_contacts_of_article(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep contacts with a telephone number below the prose, in the `article` of title and prose."""
    text = element_of_title_and_prose(page)
    if text is None or text.element.tag != "article":
        return
    for box in page.boxes[text.index : text.end]:
        lines = page.lines[box.first : box.last] if 1 < box.last - box.first <= _MAX_CONTACT_LINES else []
        is_below = box.first > page.prose_end and not any(line.box.chrome for line in lines)
        if any(line.index in page.exclusions for line in lines):
            continue  # a rule leaves out a part of this box, such as a card of the site
        texts = [line.text for line in lines]
        # A box with a mail address but no telephone number may tell who wrote the article.
        is_contact = is_below and prints_contact(texts) and any(map(names_telephone, texts))
        if is_contact and not is_contact_card(box, page):
            for line in lines:
                keep[line.index] = True

"""Finds the place of a document: in a row of facts, after a label such as "Location:", or in a dateline.

A row such as "Press release | Reef Town | 4 May 2031" is left out: its day becomes the date of the readout. A readout
has no field for the place, so the place stays in the text.
"""

from __future__ import annotations

import re
from itertools import chain, islice

from readout_pub.extract.generic.page_lines import begins_as_place, labels_fact
from readout_pub.extract.generic.publication_date import is_day, printed_day, prints_only_days
from readout_pub.extract.generic.section_names import names_section
from readout_pub.extract.generic.text_blocks import Line
from readout_pub.html_elements import HEADINGS
from readout_pub.sentences import ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, has_more_children, text_of_element

_PLACE_NAME = re.compile(
    r"(?<![a-z])(?:location|place|venue|city|town|ort|lieu|lugar|luogo|plats|sted|plaats|miejsce|mesto|"
    r"место)(?![a-z])",
    re.IGNORECASE,
)
"""Words in the class or `itemprop` of a place."""
_MAX_PLACE, _MAX_ROW = 80, 200
"""In characters, for a place and for its row."""
_MAX_FACTS, _MAX_LEVELS_TO_HEADING = 12, 4
"""Elements of a row, and elements from the row upwards that may be a heading."""
_COMMA = re.compile("[,،，]")
_NAME = re.compile(r"[^\d|｜•·:：/]{2,40}")
_MAX_DATELINE = 90
"""In characters."""
_INLINE = ("span", "em", "strong", "b", "i", "small", "cite")
"""Elements that hold one fact of a row."""


def separate_places(root: LxmlElement) -> None:
    """Turn the place in each row of facts into a block, so that it is a line of its own.

    A row beside a similar row with a day belongs to a list of events. A row in a heading may be the title of an event.
    Neither is changed.
    """
    for element in root.iter(*_INLINE):
        row = element.getparent()
        if row is None or has_more_children(row, _MAX_FACTS) or row.tag == "figcaption":
            continue
        is_dateline = len(row) > 1 and not len(element) and _is_dateline(element.text or "")
        is_place = not is_dateline and names_place(element) and _may_be_place(text_of_element(element))
        if not (is_dateline or is_place) or _is_in_heading(row):
            continue
        facts = [text_of_element(each) for each in row if each is not element]
        beside = "".join((row.text or "", *(each.tail or "" for each in row)))
        is_row = len(text_of_element(row)) <= _MAX_ROW and not any(map(str.isalnum, beside)) and not is_one_of_rows(row)
        has_day = any(map(is_day, facts))
        is_beside_words = any(facts) and not any(":" in fact or printed_day(fact) for fact in facts)
        if is_row and (has_day if is_place else is_beside_words):
            element.tag = "div"


def _is_in_heading(row: LxmlElement) -> bool:
    return any(each.tag in HEADINGS for each in islice(chain([row], row.iterancestors()), _MAX_LEVELS_TO_HEADING))


def is_one_of_rows(row: LxmlElement) -> bool:
    """Return whether a similar row with a day stands beside `row`, as in a list of events."""
    beside = (each for each in (row.getprevious(), row.getnext()) if each is not None)
    return any(
        (each.tag, each.get("class"), len(each)) == (row.tag, row.get("class"), len(row))
        and printed_day(text_of_element(each)) is not None
        for each in beside
    )


def names_place(element: LxmlElement) -> bool:
    """Return whether the class or `itemprop` of an element names a place."""
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return _PLACE_NAME.search(names) is not None


def _may_be_place(text: str) -> bool:
    is_short = 0 < len(text) <= _MAX_PLACE and not ends_sentence(text)
    return is_short and any(map(str.isalpha, text)) and printed_day(text) is None


def prints_place(line: Line) -> bool:
    """Return whether a line without links prints a place: by its class, by a label, or as a dateline."""
    if line.links or len(line.text) > _MAX_ROW:
        return False
    return (
        begins_as_place(line.text)
        or _is_dateline(line.text)
        or (names_place(line.box.element) and _may_be_place(line.text))
    )


def _is_dateline(text: str) -> bool:
    """Return whether a text is a dateline: "Tide Hall, Reef Town, 4 May 2031"."""
    if len(text) > _MAX_DATELINE or not any(map(str.isdecimal, text)):
        return False
    parts = _COMMA.split(" ".join(text.split()))
    for count in range(1, len(parts)):
        rest = ",".join(parts[count:])
        if is_day(rest):
            return all(map(_may_be_name, parts[:count]))
    return False


def _may_be_name(text: str) -> bool:
    """Return whether a part of a dateline can be the name of a place."""
    words = text.strip()
    is_name = words[:1].isalpha() and not words[:1].islower() and _NAME.fullmatch(words) is not None
    each = words.split()
    is_fact = any(map(labels_fact, (words, *each[:1]))) or any(map(prints_only_days, (words, *each[-1:])))
    return is_name and not is_fact and not names_section(words)

"""Sets text in two columns, if the theme asks for it (`page.columns`): see decision 22.

WeasyPrint loses rows of tables that break between columns, and photos would be small. So each run of text is in columns
of its own, and what stands between two runs has the whole width.
"""

from __future__ import annotations

from itertools import groupby
from xml.etree.ElementTree import Element

from readout_pub.emit.pdf.page_joining import AFTER_TEXT
from readout_pub.html_elements import HEADINGS

COLUMNS = "columns"
"""The class of a run of text in columns; `styles/pdf.css` has its rules."""

_WHOLE_WIDTH = frozenset("header table figure pre".split())
"""Elements that take the whole width, as do all elements that contain them."""

_BESIDE_TEXT = AFTER_TEXT | {"status", "meeting", "contents", "undecided", "attachments", "footnotes"}
"""Classes of the parts of an article that are not its text."""


def set_in_columns(container: Element) -> None:
    """Put each run of text in `container`, an article or a section, into an element with the class COLUMNS.

    A heading right before an element of the whole width also has the whole width.
    """
    children: list[Element] = []
    for is_text, run in groupby(list(container), _is_text):
        elements = list(run)
        if not is_text:
            for each in elements:
                if each.tag == "section" and _classes(each).isdisjoint(_BESIDE_TEXT):
                    set_in_columns(each)
            children += elements
            continue
        end = len(elements)
        while end and elements[end - 1].tag in HEADINGS:
            end -= 1
        if end:
            columns = Element("div", {"class": COLUMNS})
            columns.extend(elements[:end])
            children.append(columns)
        children += elements[end:]
    container[:] = children


def _is_text(element: Element) -> bool:
    return _classes(element).isdisjoint(_BESIDE_TEXT) and not any(each.tag in _WHOLE_WIDTH for each in element.iter())


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())

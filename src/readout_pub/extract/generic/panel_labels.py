"""Keeps the labels of panels: the links and buttons that open and close a text right below them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from readout_pub.extract.generic.chrome import is_button
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.sources.lxml_elements import LxmlElement

_MAX_LINES_BETWEEN = 2
"""How many lines without words, such as "+", may be between a label and its panel."""
_MAX_LEVELS = 3
_MIN_KEPT = 0.5
"""A panel is text if at least this share of its letters is kept."""


def keep_labels_of_panels(page: PageAnalysis, keep: list[bool]) -> None:
    """Set `keep` for links and buttons right above a panel of text that they open and close.

    Without their labels, the texts of several panels would run together.
    """
    panels: dict[str, ElementBox] = {}
    for box in page.boxes:
        if (name := box.element.get("id")) and box.last > box.first:
            panels.setdefault(name, box)
    for line in page.lines:
        if keep[line.index] or not page.may_be_text(line):
            continue
        opened = (panels.get(_name_of_panel(opener)) for opener in _openers(line))
        panel = next(filter(None, opened), None)
        if panel is not None and _is_right_below(panel, line, page) and _is_text(panel, page, keep):
            keep[line.index] = True


def _openers(line: Line) -> Iterator[LxmlElement]:
    """Yield the links and blocks with `aria-controls` that open a part of the page, in and around a line."""
    element = line.box.element
    around = (each for each in chain([element], islice(element.iterancestors(), _MAX_LEVELS)) if _may_open(each))
    for opener in chain(line.links, around):
        if _name_of_panel(opener) and is_button(opener):
            yield opener


def _may_open(element: LxmlElement) -> bool:
    return element.tag == "a" or "aria-controls" in element.attrib


def _name_of_panel(opener: LxmlElement) -> str:
    """Return the id of the panel that an element opens; "" without one."""
    href = opener.get("href") or ""
    return href[1:] if href.startswith("#") and len(href) > 1 else opener.get("aria-controls") or ""


def _is_right_below(panel: ElementBox, label: Line, page: PageAnalysis) -> bool:
    """Return whether only lines without words separate a panel from its label.

    Other words separate a tab in a row from its panel.
    """
    between = page.lines[label.index + 1 : panel.first]
    is_below = 0 < panel.first - label.index <= _MAX_LINES_BETWEEN + 1
    return is_below and not any(map(str.isalnum, "".join(line.text for line in between)))


def _is_text(panel: ElementBox, page: PageAnalysis, keep: list[bool]) -> bool:
    lines = page.lines[panel.first : panel.last]
    kept = sum(line.size for line in lines if keep[line.index])
    return kept > 0 and kept >= _MIN_KEPT * sum(line.size for line in lines)

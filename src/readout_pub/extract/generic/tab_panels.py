"""Moves the labels of tabs to their panels, where they become headings.

All panels are text, although a browser shows only one at a time. Without labels, their texts would run together.
"""

from __future__ import annotations

from itertools import islice

from lxml import etree

from readout_pub.extract.blocks import OWN_SECTION
from readout_pub.extract.generic.title import fold_text
from readout_pub.html_elements import AROUND_DOCUMENTS, HEADINGS
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_MARKS = (("role", "tab"), ("toggle", "tab"), ("toggle", "pill"))
TAB_MARKS = tuple(f"{name}={mark}{value}{mark}" for name, value in _MARKS for mark in "\"'")
"""What the markup of a page with tabs contains: the role of WAI-ARIA, or the attribute of Bootstrap."""
_TOGGLES = ("data-toggle", "data-bs-toggle")
_TARGETS = ("aria-controls", "data-bs-target", "data-target", "href")
_PANELS = ("div", "section", "article", "li")
"""Elements that panels are."""
_MAX_TABS = 60
"""How many tabs of a page are read, since the panels of a hostile page may be nested."""
_MAX_LABEL, _MIN_TEXT = 60, 80
"""How many characters a label may have at most, and how many a panel has at least outside of links."""
_USUAL_LEVEL, _HIGHEST_LEVEL = 3, 2
"""The level of the heading of a panel without headings, and the highest level of other panels."""


def move_labels_of_tabs(root: LxmlElement) -> None:
    """Move, in place, the label of each tab to the top of its panel if at least two panels of a list are text."""
    elements: dict[str, LxmlElement] = {}
    for each in root.iter(*_PANELS):
        elements.setdefault(each.get("id") or "", each)
    panels: set[LxmlElement] = set()
    groups: dict[LxmlElement | None, list[tuple[LxmlElement, LxmlElement]]] = {}
    for tab in list(islice(filter(_is_tab, root.iter(etree.Element)), _MAX_TABS)):
        panel = elements.get(_name_of_panel(tab))
        if panel is None or panel in panels:
            continue
        panels.add(panel)
        if _is_text(panel) and _has_label(tab, panel):
            groups.setdefault(_list_of(tab), []).append((tab, panel))
    for tabs in groups.values():
        for tab, panel in tabs if len(tabs) > 1 else ():
            _move_label(tab, panel)


def _is_tab(element: LxmlElement) -> bool:
    return element.get("role") == "tab" or any(element.get(name) in {"tab", "pill"} for name in _TOGGLES)


def _name_of_panel(tab: LxmlElement) -> str:
    """Return the id of the panel that a tab, or the link in it, opens; "#" if there is none."""
    links = (link.get("href") or "" for link in tab.iter("a"))
    targets = (*(tab.get(name) or "" for name in _TARGETS), *links)
    return next((target.removeprefix("#") for target in targets if target.removeprefix("#")), "#")


def _list_of(tab: LxmlElement) -> LxmlElement | None:
    """Return the list of tabs around a tab."""
    lists = (each for each in tab.iterancestors() if each.get("role") == "tablist" or each.tag in {"ul", "ol"})
    return next(lists, tab.getparent())


def _is_text(panel: LxmlElement) -> bool:
    """Return whether a panel without tabs has text outside of links, and is no part of the site or of a form."""
    if any(map(_is_tab, panel.iter(etree.Element))):
        return False
    # Tabs in parts of the site are menus; tabs in a form choose its fields.
    size = len(text_of_element(panel)) - sum(len(text_of_element(link)) for link in panel.iter("a"))
    return size >= _MIN_TEXT and next(panel.iterancestors(*AROUND_DOCUMENTS), None) is None


def _has_label(tab: LxmlElement, panel: LxmlElement) -> bool:
    """Return whether a tab has a short label, and the panel begins neither with this label nor with a heading.

    A tab that has its words twice has no label: sites add an invisible bold copy, so that tabs keep their width.
    """
    words = text_of_element(tab).split()
    half = words[: len(words) // 2]
    label = fold_text(" ".join(words))
    is_label = len(label) <= _MAX_LABEL and any(map(str.isalpha, label)) and [*half, *half] != words
    is_printed = fold_text(text_of_element(panel)).startswith(label)
    return is_label and not is_printed and not _begins_with_heading(panel)


def _begins_with_heading(panel: LxmlElement) -> bool:
    for element in panel.iter(etree.Element):
        if element.tag in HEADINGS:
            return True
        if (element.text or "").strip():
            return False
    return False


def _move_label(tab: LxmlElement, panel: LxmlElement) -> None:
    """Make the label of a tab the heading of its panel, which becomes a section of its own."""
    levels = [int(each.tag[1]) for each in panel.iter(*HEADINGS)]
    level = max(_HIGHEST_LEVEL, min(levels) - 1) if levels else _USUAL_LEVEL
    heading = etree.Element(f"h{level}")
    heading.text, heading.tail = text_of_element(tab), panel.text
    panel.text = None
    panel.insert(0, heading)
    panel.set(OWN_SECTION, "")
    for each in list(tab):
        tab.remove(each)
    tab.text = None

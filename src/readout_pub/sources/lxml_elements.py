"""The element type of lxml, and the text of an element."""

from __future__ import annotations

from lxml import etree

LxmlElement = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its nodes


def text_of_element(element: LxmlElement) -> str:
    """Return the text of an element and its descendants in one line, with single spaces between words."""
    return " ".join("".join(map(str, element.itertext())).split())

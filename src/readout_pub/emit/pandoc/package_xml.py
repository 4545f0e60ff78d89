"""Parses the XML parts of packages."""

from __future__ import annotations

from lxml import etree


def parse_xml(part: bytes) -> etree._Element:
    """Return the root element of a part, however deep its elements are nested."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))

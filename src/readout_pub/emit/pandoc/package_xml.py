"""Parses the XML files inside the zip packages of DOCX and ODT."""

from __future__ import annotations

from lxml import etree


def parse_xml(part: bytes) -> etree._Element:
    """Return the root element of an XML file, however deep its elements are nested."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))

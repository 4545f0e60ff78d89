"""Sets the direction of ODT paragraphs that run against the direction of the document.

Pandoc keeps the language of such a paragraph, but not its direction. The full stop of an Arabic quotation in a Spanish
text would be at the wrong end of its line.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

from lxml import etree

from readout_pub.emit.pandoc.office_tokens import OfficeTokens
from readout_pub.emit.pandoc.package_xml import parse_xml
from readout_pub.opendocument import FO, OFFICE, STYLE, TEXT
from readout_pub.text_direction import language_direction

_NAME, _PARENT, _STYLE_NAME = f"{STYLE}name", f"{STYLE}parent-style-name", f"{TEXT}style-name"
_PROPERTIES = f"{STYLE}paragraph-properties"

_MODES = {"ltr": "lr-tb", "rtl": "rl-tb"}
_SIDES = {"ltr": "left", "rtl": "right"}
"""Where the lines of each direction begin."""

_QUOTATIONS, _TURNED_QUOTATIONS = "Quotations", "Turned_20_Quotations"
"""Styles in styles/office/odt.styles.xml: with a bar at the side where lines begin, and with one at the other side."""


def set_directions(content: bytes, tokens: OfficeTokens) -> bytes:
    """Return content.xml with a direction for each paragraph whose texts all run against the document's direction."""
    root = parse_xml(content)
    own, other = ("ltr", "rtl") if tokens.substitute("as(--direction)") == _MODES["ltr"] else ("rtl", "ltr")
    styles = next(root.iter(f"{OFFICE}automatic-styles"))
    languages = {
        str(style.get(_NAME)): language
        for style in styles
        for properties in style.iter(f"{STYLE}text-properties")
        if (language := properties.get(f"{FO}language"))
    }
    turned: dict[str, str] = {}  # style → style with the other direction
    for paragraph in root.iter(f"{TEXT}p", f"{TEXT}h") if languages else ():
        directions = {
            language_direction(language) if language else own
            for text, language in _texts(paragraph, languages)
            if any(map(str.isalpha, text))
        }
        if directions == {other}:
            name = paragraph.get(_STYLE_NAME, "Standard")
            if name not in turned:
                turned[name] = _add_style(styles, name, other)
            paragraph.set(_STYLE_NAME, turned[name])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) if turned else content


def _texts(paragraph: etree._Element, languages: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """Yield each text in `paragraph` with its language, None for that of the document."""
    found: dict[etree._Element | None, str | None] = {}
    for element in paragraph.iter():
        outer = found.get(element.getparent())
        found[element] = languages.get(element.get(_STYLE_NAME, ""), outer)
        yield element.text or "", found[element]
        if element is not paragraph:
            yield element.tail or "", outer


def _add_style(styles: etree._Element, name: str, direction: str) -> str:
    """Add a copy of a paragraph style with another direction; return its name."""
    found = next((each for each in styles if each.get(_NAME) == name), None)
    if found is None:
        style = etree.SubElement(styles, f"{STYLE}style", {f"{STYLE}family": "paragraph"})
        style.set(_PARENT, name)
    else:
        style = copy.deepcopy(found)
        styles.append(style)
    if style.get(_PARENT) == _QUOTATIONS:
        style.set(_PARENT, _TURNED_QUOTATIONS)
    style.set(_NAME, f"Turned_{len(styles)}")
    properties = style.find(_PROPERTIES)
    if properties is None:
        properties = etree.Element(_PROPERTIES)
        style.insert(0, properties)
    properties.set(f"{STYLE}writing-mode", _MODES[direction])
    properties.set(f"{FO}text-align", _SIDES[direction])
    return style.get(_NAME, "")

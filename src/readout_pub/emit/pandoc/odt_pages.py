"""Puts the wide tables of an ODT document on landscape pages; a section around each wide table marks it.

In ODT, the style of the paragraph or table that begins a page decides its size and orientation.
"""

from __future__ import annotations

import copy

from lxml import etree

from readout_pub.emit.pandoc.nodes import DENSE_TABLE
from readout_pub.emit.pandoc.package_xml import parse_xml
from readout_pub.opendocument import OFFICE, STYLE, TABLE, TEXT

_HEADING, _SECTION = f"{TEXT}h", f"{TEXT}section"
_STYLED = {f"{TEXT}p": "paragraph", _HEADING: "paragraph", f"{TABLE}table": "table"}
"""Element that can begin a page → the family of its styles."""

_LANDSCAPE, _UPRIGHT = "Landscape", "Upright"
"""The master pages in styles/office/odt.styles.xml.

The style of the section around a wide table is also "Landscape", or DENSE_TABLE if the table is in small type.
"""

_DENSE_STYLES = {
    "Table_20_Contents": "Dense_20_Table_20_Text",
    "Table_20_Heading": "Dense_20_Table_20_Heading",
}
"""Style of paragraphs in tables → the style of the same paragraphs in small type."""


def turn_pages(content: bytes) -> bytes:
    """Return content.xml with each wide table, and the headings right above it, on landscape pages of their own.

    The sections around the tables are removed.
    """
    root = parse_xml(content)
    sections = [each for each in root.iter(_SECTION) if each.get(f"{TEXT}style-name") in (_LANDSCAPE, DENSE_TABLE)]
    if not sections:
        return content
    for section in sections:
        if section.get(f"{TEXT}style-name") == DENSE_TABLE:
            _make_dense(root, section)
        first, following = section, section.getnext()
        while (above := first.getprevious()) is not None and above.tag == _HEADING:
            first = above
        _begin_page(root, first, _LANDSCAPE)
        if following is not None and following not in sections:
            _begin_page(root, following, _UPRIGHT)
    for section in sections:
        for child in section:
            section.addprevious(child)
        _parent(section).remove(section)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _make_dense(root: etree._Element, section: etree._Element) -> None:
    """Set the paragraphs of a table in small type.

    Pandoc gives each aligned paragraph an automatic style. The parent of that style is changed then.
    """
    automatic = {style.get(f"{STYLE}name"): style for style in next(root.iter(f"{OFFICE}automatic-styles"))}
    for cell in section.iter(f"{TABLE}table-cell"):
        for paragraph in cell.iter(f"{TEXT}p"):
            name = paragraph.get(f"{TEXT}style-name")
            holder, attribute = paragraph, f"{TEXT}style-name"
            if (style := automatic.get(name)) is not None:
                holder, attribute = style, f"{STYLE}parent-style-name"
            if dense := _DENSE_STYLES.get(holder.get(attribute) or ""):
                holder.set(attribute, dense)


def _begin_page(root: etree._Element, element: etree._Element, master_page: str) -> None:
    """Make the first paragraph or table in `element` begin a page, with a style of its own."""
    first = next(element.iter(*_STYLED))
    family = _STYLED[str(first.tag)]
    attribute = f"{TABLE if family == 'table' else TEXT}style-name"
    old = first.get(attribute)
    styles = next(root.iter(f"{OFFICE}automatic-styles"))
    found = (each for each in styles if (each.get(f"{STYLE}name"), each.get(f"{STYLE}family")) == (old, family))
    if (same := next(found, None)) is not None:
        style = copy.deepcopy(same)
        styles.append(style)
    else:
        parent = {f"{STYLE}parent-style-name": old} if old else {}
        style = etree.SubElement(styles, f"{STYLE}style", {f"{STYLE}family": family, **parent})
    name = f"{master_page}_{len(styles)}"
    style.set(f"{STYLE}name", name)
    style.set(f"{STYLE}master-page-name", master_page)
    first.set(attribute, name)


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None  # noqa: S101  # for mypy: only the root element has no parent
    return parent

"""Gives custom elements the meaning that their names tell: a block named as the element is, a button, or a link.

Browsers know nothing of `<site-navigation>`; the scripts of the site make it a menu.
"""

from __future__ import annotations

from lxml import etree

from readout_pub.extract.generic.chrome import elements_around
from readout_pub.html_elements import BLOCKS, NO_TEXT
from readout_pub.sources.lxml_elements import LxmlElement


def unify_custom_elements(root: LxmlElement) -> None:
    """Rename, in place, custom elements: with an address to links, around blocks to blocks of that name, or to buttons.

    The name of a custom element has a hyphen (WHATWG HTML, 4.13.3). A link within one with an address stays alone.
    """
    custom = [each for each in root.iter(etree.Element) if "-" in each.tag and each.tag not in NO_TEXT]
    around_links = elements_around(root, "a") if custom else frozenset()
    around_blocks = elements_around(root, *BLOCKS) if custom else frozenset()
    for element in custom:
        if element.get("href") and element not in around_links:
            element.tag = "a"
        elif element in around_blocks:
            element.set("class", f"{element.get('class') or ''} {element.tag}".strip())
            element.tag = "div"
        elif element.tag.endswith("-button"):
            element.tag = "button"

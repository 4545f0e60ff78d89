"""Renames custom elements, such as `<site-navigation>`, to elements of HTML: links, buttons, or blocks with a class.

The scripts of a site turn custom elements into menus, buttons and the like. Without the scripts, only their names tell
what they are.
"""

from __future__ import annotations

from lxml import etree

from readout_pub.extract.generic.chrome import elements_around
from readout_pub.html_elements import BLOCKS, NO_TEXT
from readout_pub.sources.lxml_elements import LxmlElement


def unify_custom_elements(root: LxmlElement) -> None:
    """Rename custom elements, in place.

    An element with an `href` becomes a link, unless it contains a link. An element around blocks becomes a `div` whose
    class has the old name. Other elements with names such as "share-button" become buttons. The name of a custom
    element has a hyphen (WHATWG HTML, 4.13.3).
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

"""Turns other elements that show an image into `img`: the `amp-img` of AMP, and custom elements of a site."""

from __future__ import annotations

import re

from lxml import etree

from readout_pub.extract.image_urls import is_image_url
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_AMP = "amp-img"
_CUSTOM_NAME = re.compile(r"(?:[a-z0-9]{1,40}-){0,5}(?:image|img|picture|photo)(?:-[a-z0-9]{1,40}){0,5}")
"""Names of elements for an image; the name of a custom element has a hyphen (WHATWG HTML, 4.13.3)."""
_ADDRESSES = ("src", "data-src")


def unify_images(root: LxmlElement) -> None:
    """Turn into `img`, in place, each `amp-img` and each custom element such as `site-image` that shows an image file.

    The content of an `amp-img` is for browsers without scripts, and is removed. A custom element stays if it contains
    words or an `img`. It also stays if it is in a custom element such as `site-teaser`: that image belongs to another
    page.
    """
    for element in list(root.iter(etree.Element)):
        if "-" in element.tag and _shows_image(element):
            for child in list(element):
                element.remove(child)
            element.text = None
            element.tag = "img"


def _shows_image(element: LxmlElement) -> bool:
    if element.tag == _AMP:
        return True
    if _CUSTOM_NAME.fullmatch(element.tag) is None:
        return False
    has_address = any(is_image_url(element.get(name) or "") for name in _ADDRESSES)
    is_of_teaser = any("-" in each.tag and "teaser" in each.tag for each in element.iterancestors())
    return has_address and not is_of_teaser and next(element.iter("img"), None) is None and not text_of_element(element)

"""Turns other elements that show an image into `img`: `amp-img`, custom elements, and backgrounds with the role img."""

from __future__ import annotations

import re

from lxml import etree

from readout_pub.extract.image_urls import is_image_url
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_AMP = "amp-img"
_CUSTOM_NAME = re.compile(r"(?:[a-z0-9]{1,40}-){0,5}(?:image|img|picture|photo)(?:-[a-z0-9]{1,40}){0,5}")
"""Names of elements for an image; the name of a custom element has a hyphen (WHATWG HTML, 4.13.3)."""
_ADDRESSES = ("src", "data-src")
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp)$", re.IGNORECASE)
"""The end of the address of a photo in large."""
_BOXES = frozenset({"div", "span", "figure", "section"})
"""Elements that may show an image as their background."""
_THUMBNAIL = "data-thumbnail"
"""Where Elementor keeps the address of a photo of a gallery; the photo may lack a label."""
_BACKGROUND = re.compile(
    r"background(?:-image)?\s*:[^;]{0,40}?url\(\s*(?:[\"'](?P<quoted>[^\"']{1,2000})|(?P<bare>[^\"')]{1,2000}))",
    re.IGNORECASE,
)
"""The address of a background in a style."""


def unify_images(root: LxmlElement) -> None:
    """Turn into `img`, in place, each `amp-img` and each custom element such as `site-image` that shows an image file.

    The content of an `amp-img` is for browsers without scripts, and is removed. A custom element stays if it contains
    words or an `img`. It also stays if it is in a custom element such as `site-teaser`: that image belongs to another
    page. An element whose background shows the image becomes an `img` too in two cases: it has the role img, and a
    label describes the image or a script for galleries shows it, or it is all that a link to an image file contains.
    Beside words, such an element is an icon, and stays.
    """
    for element in list(root.iter(etree.Element)):
        if "-" in element.tag:
            if _shows_image(element):
                _become_image(element)
        elif element.tag == "a":
            _show_only_background(element)
        elif element.tag in _BOXES and element.get("role") == "img" and (address := _address_of_background(element)):
            _show_background(element, address)


def _show_only_background(link: LxmlElement) -> None:
    """Turn into `img` the only element of a link to an image file that has a style, if it shows an image."""
    if not _IMAGE_FILE.search(link.get("href") or "") or text_of_element(link):
        return
    inner = [each for each in link.iter("div", "span", "img") if each.tag == "img" or each.get("style")]
    if len(inner) == 1 and inner[0].tag != "img" and (address := _own_background(inner[0])):
        _show_background(inner[0], address)


def _show_background(element: LxmlElement, address: str) -> None:
    _become_image(element)
    element.set("src", address)
    element.set("alt", element.get("aria-label") or "")


def _become_image(element: LxmlElement) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None
    element.tag = "img"


def _address_of_background(element: LxmlElement) -> str:
    """Return the address of the image that is the background of an element without words or an `img`; else ""."""
    thumbnail = element.get(_THUMBNAIL) or ""
    if not (thumbnail or (element.get("aria-label") or "").strip()):
        return ""
    address = thumbnail or _own_background(element)
    is_empty = next(element.iter("img"), None) is None and not text_of_element(element)
    return address if is_empty and is_image_url(address) and not _is_beside_words(element) else ""


def _is_beside_words(element: LxmlElement) -> bool:
    """Return whether words are right before or after an element, in the same line."""
    before = element.getprevious()
    around = element.getparent()
    text = before.tail if before is not None else around.text if around is not None else None
    return any(map(str.strip, (text or "", element.tail or "")))


def _own_background(element: LxmlElement) -> str:
    """Return the address of the image file in the style of an element; "" without one."""
    found = _BACKGROUND.search(element.get("style") or "")
    address = (found["quoted"] or found["bare"]).strip() if found else ""
    return address if is_image_url(address) else ""


def _shows_image(element: LxmlElement) -> bool:
    if element.tag == _AMP:
        return True
    if _CUSTOM_NAME.fullmatch(element.tag) is None:
        return False
    has_address = any(is_image_url(element.get(name) or "") for name in _ADDRESSES)
    is_of_teaser = any("-" in each.tag and "teaser" in each.tag for each in element.iterancestors())
    return has_address and not is_of_teaser and next(element.iter("img"), None) is None and not text_of_element(element)

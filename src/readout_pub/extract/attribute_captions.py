"""Puts each caption that is only in an attribute after its image, as the scripts of the page would."""

from __future__ import annotations

from lxml import etree

from readout_pub.extract.prune import without_forbidden
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_ATTRIBUTE = "data-caption"
"""Where Drupal's editor, Fancybox and PhotoSwipe keep the caption of an image, as text or markup."""
_CAPTION_CLASS = "caption"
"""A script of Joomla shows the `title` of an image with this class as its caption."""


def show_attribute_captions(root: LxmlElement) -> None:
    """Add a `span` of the class "caption" after each image whose caption is only in an attribute.

    A caption that is also the alternative text is left out: a screen reader would read it twice.
    """
    given = [(image, caption) for image in root.iter("img") if (caption := _caption_in_attribute(image))]
    printed = text_of_element(root) if given else ""
    for image, caption in given:
        if caption not in printed and caption != " ".join((image.get("alt") or "").split()):
            parent = image.getparent()
            framed = parent if parent is not None and parent.tag == "a" else image
            element = etree.Element("span", {"class": "caption"})
            element.text, element.tail, framed.tail = caption, framed.tail, None
            framed.addnext(element)


def _caption_in_attribute(image: LxmlElement) -> str:
    """Return the caption in the attribute of an image or of its link, without markup; "" if there is none."""
    link = image.getparent()
    is_titled = _CAPTION_CLASS in (image.get("class") or "").split()
    value = (
        (image.get("title") if is_titled else None)
        or image.get(_ATTRIBUTE)
        or (link.get(_ATTRIBUTE) if link is not None and link.tag == "a" else None)
    )
    if not value or not value.strip():
        return ""
    parsed = etree.fromstring(value, etree.HTMLParser()) if "<" in value else None
    return without_forbidden(" ".join(value.split()) if parsed is None else text_of_element(parsed))

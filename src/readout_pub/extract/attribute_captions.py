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

    A caption that is also the alternative text is left out: a screen reader would read it twice. Images side by side
    get a `figure` each, so that their captions stay apart.
    """
    given = [(image, caption) for image in root.iter("img") if (caption := _caption_in_attribute(image))]
    printed = text_of_element(root) if given else ""
    shown = {
        _framed(image): caption
        for image, caption in given
        if caption not in printed and caption != " ".join((image.get("alt") or "").split())
    }
    beside = {framed for framed in shown if not {framed.getnext(), framed.getprevious()}.isdisjoint(shown)}
    for framed, caption in shown.items():
        element = etree.Element("span", {"class": "caption"})
        element.text, element.tail, framed.tail = caption, framed.tail, None
        if framed in beside:
            figure = etree.Element("figure")
            framed.addprevious(figure)
            figure.extend((framed, element))
            figure.tail, element.tail = element.tail, None
        else:
            framed.addnext(element)


def _framed(image: LxmlElement) -> LxmlElement:
    """Return the link around an image, or else the image itself."""
    parent = image.getparent()
    return parent if parent is not None and parent.tag == "a" else image


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

"""Heads of tables that are too tall to be repeated on each page: WeasyPrint leaves them out, here they stand once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    from weasyprint import Document

ONCE = "once"
"""The class of a head that is not repeated, as `styles/pdf.css` knows it."""


def left_out(html: Element, document: Document) -> list[Element]:
    """Return the heads of tables that are written in `html` and that no page of `document`, laid out from it, shows."""
    heads = list(html.iter("thead"))
    if not heads:
        return []
    shown = {
        box.element for page in document.pages for box in page._page_box.descendants() if box.element_tag == "thead"
    }
    return [head for head in heads if head not in shown]

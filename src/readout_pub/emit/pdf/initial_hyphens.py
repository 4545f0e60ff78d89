"""Keeps the hyphen at the start of a word on the line of the word, as in "Ministerinnen und -minister".

Pango may end a line after any hyphen, but the hyphen here stands for the first half of the word (UAX #14, rule LB20a).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from readout_pub.emit.widows import UNBROKEN

_INITIAL_HYPHEN = re.compile(r"(?<=\s)[-\u2010]\w")
"""The hyphen and the letter after it; the rest of the word may break."""


def keep_initial_hyphens(html: Element) -> None:
    """Put the hyphen and the first letter of each such word into a `span` with the class UNBROKEN."""
    for element in list(html.iter()):
        for index in reversed(range(len(element))):
            first, kept = _split(element[index].tail)
            if kept:
                element[index].tail = first
                element[index + 1 : index + 1] = kept
        first, kept = _split(element.text)
        if kept:
            element.text = first
            element[:0] = kept


def _split(text: str | None) -> tuple[str, list[Element]]:
    """Return the text before the first initial hyphen, and a `span` for each of them, with the text after it."""
    if not text or (" -" not in text and "\u2010" not in text):
        return text or "", []
    found = list(_INITIAL_HYPHEN.finditer(text))
    if not found:  # " - " is a dash
        return text, []
    ends = [*(each.start() for each in found[1:]), len(text)]
    spans = []
    for each, end in zip(found, ends, strict=True):
        span = Element("span", {"class": UNBROKEN})
        span.text, span.tail = each[0], text[each.end() : end]
        spans.append(span)
    return text[: found[0].start()], spans

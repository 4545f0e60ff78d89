"""Turns the response of a peer, another extractor, into a candidate for the set `corpus`.

Text, headings, and photos with their captions are read from the HTML of the response.
"""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag

from benchmarks.readback.html import write
from benchmarks.readback.lines import Lines

Json = dict[str, Any]

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_IMAGES = ("img", "graphic")  # trafilatura writes `graphic`


def candidate_from(response: Json) -> Json:
    """Return the candidate. Only a `figcaption` counts as a caption: HTML has no other element for it."""
    soup = BeautifulSoup(response.get("html") or "", "lxml")
    lines = Lines()
    write(soup, lines)
    title = response.get("title")
    return {
        "title": title,
        "series": None,
        "date": str(response.get("date") or "")[:10] or None,
        "lang": response.get("lang"),
        "text": "\n".join([*filter(None, [title]), *lines.close()]),
        "headings": [[_HEADINGS.index(each.name) + 1, _normalized_text(each)] for each in soup.find_all(_HEADINGS)],
        "photos": [_photo_with_caption(image) for image in soup.find_all(_IMAGES)],
    }


def _photo_with_caption(image: Tag) -> Json:
    figure = image.find_parent("figure")
    caption = figure.find("figcaption") if figure else None
    return {
        "src": str(image.get("src") or ""),
        "alt": str(image.get("alt") or ""),
        "caption": _normalized_text(caption) if caption else "",
    }


def _normalized_text(element: Tag) -> str:
    return " ".join(element.get_text().split())

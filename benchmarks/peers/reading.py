"""A peer's HTML as the judge of the corpus reads a candidate: text, headings, photos with their captions."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag

from benchmarks.readback.lines import Lines
from benchmarks.readback.markup import write

Json = dict[str, Any]

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def candidate(answer: Json) -> Json:
    """Return what the peer understood; a caption is a `figcaption`, since HTML has no other."""
    soup = BeautifulSoup(answer.get("html") or "", "lxml")
    lines = Lines()
    write(soup, lines)
    title = answer.get("title")
    return {
        "title": title,
        "series": None,
        "date": str(answer.get("date") or "")[:10] or None,
        "lang": answer.get("lang"),
        "text": "\n".join([*filter(None, [title]), *lines.close()]),
        "headings": [[_HEADINGS.index(each.name) + 1, _words(each)] for each in soup.find_all(_HEADINGS)],
        "photos": [_photo(image) for image in soup.find_all(("img", "graphic"))],  # trafilatura says `graphic`
    }


def _photo(image: Tag) -> Json:
    figure = image.find_parent("figure")
    caption = figure.find("figcaption") if figure else None
    return {
        "src": str(image.get("src") or ""),
        "alt": str(image.get("alt") or ""),
        "caption": _words(caption) if caption else "",
    }


def _words(element: Tag) -> str:
    return " ".join(element.get_text().split())

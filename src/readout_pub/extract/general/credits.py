"""Who wrote a page, and the line over its headline: what is printed around the headline, by its names and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readout_pub.extract.general.head import Head
from readout_pub.extract.general.lines import Line
from readout_pub.extract.general.page import Page

_KICKER = re.compile(
    r"kicker|overline|over-?title|eyebrow|dachzeile|roofline|spitzmarke|topline|top-?title|sur-?title|supertitle|superheading|"
    r"antetitulo|pre-?title|section-?name|series|rubri[ck]|pre-?heading|document-?type|news-?type",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"byline|author|autor|auteur|contributor|writer|firma\b", re.IGNORECASE)
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|作者[:：]?|記者|文[/／])\s+\S", re.IGNORECASE)

_LONGEST_KICKER, _LONGEST_BYLINE = 80, 120
_ABOVE, _BELOW = 3, 8


def find_kicker(page: Page, title: Line) -> Line | None:
    """Return the line just over (or just under) the headline that its names call a kicker."""
    near = (*range(title.index - 1, title.index - 1 - _ABOVE, -1), title.index + 1)
    for index in near:
        if 0 <= index < len(page.lines):
            line: Line = page.lines[index]
            if len(line.text) <= _LONGEST_KICKER and not line.box.chrome and any(map(_KICKER.search, _names(line))):
                return line
    return None


def find_byline(page: Page, title: Line | None, head: Head) -> tuple[str | None, Line | None]:
    """Return who wrote the page, and the line that prints it; a name that only machines are told has no line."""
    start = title.index if title else 0
    for line in page.lines[start + 1 : start + 1 + _BELOW]:
        if len(line.text) > _LONGEST_BYLINE or line.box.chrome:
            continue
        if _BY.match(line.text) or any(map(_BYLINE.search, _names(line))):
            return line.text, line
    return head.metas.get("author") or None, None


def _names(line: Line) -> Iterator[str]:
    """Yield the classes and roles of the elements right around a line."""
    for box in line.box.upwards(2):
        if box.last - box.first <= 2:
            yield from _of(box.element.attrib)
    for element, tail in line.slots:
        holder = element.getparent() if tail else element
        if holder is not None and holder is not line.box.element:
            yield from _of(holder.attrib)


def _of(attributes: object) -> Iterator[str]:
    get = getattr(attributes, "get")  # noqa: B009 - lxml does not name the type of its attributes
    yield from filter(None, (get("class"), get("itemprop"), get("rel"), get("id")))

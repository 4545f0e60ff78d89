"""Who wrote a page, and the line over its headline: what is printed around the headline, by its names and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readout_pub.extract.dates import find_date
from readout_pub.extract.generic.metadata import PageMetadata
from readout_pub.extract.generic.page import Page
from readout_pub.extract.generic.text_blocks import ElementBox, Line, parent_of
from readout_pub.extract.generic.title import fold

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
    """Return the line over (or just under) the headline that its names call a kicker, or that can be nothing else."""
    return _named_kicker(page, title) or _line_over(page, title)


def _named_kicker(page: Page, title: Line) -> Line | None:
    near = (*range(title.index - 1, title.index - 1 - _ABOVE, -1), title.index + 1)
    for index in near:
        if 0 <= index < len(page.lines):
            line: Line = page.lines[index]
            fits = len(line.text) <= _LONGEST_KICKER and not line.box.chrome and not _is_date(line.text)
            if fits and any(map(_KICKER.search, _names(line))):
                return line
    return None


def _is_date(text: str) -> bool:
    found = find_date(text, None)
    return found is not None and not any(map(str.isalpha, text.replace(found.text, "", 1)))


def _line_over(page: Page, title: Line) -> Line | None:
    """Return the few words with which the box of the headline begins, with nothing between them but the date."""
    for index in range(title.index - 1, max(-1, title.index - 1 - _ABOVE), -1):
        line: Line = page.lines[index]
        if line.box.chrome:
            return None
        if len(line.text) <= _LONGEST_LINE_OVER and find_date(line.text, None):
            continue
        box = _around(line.box, title.box)
        begins = box.first == index and box.parent is not None and box.element.tag not in _WHOLE_PAGE
        return line if begins and _is_name_of_series(line, title) else None
    return None


_WHOLE_PAGE = frozenset({"html", "body"})
_LONGEST_LINE_OVER = 60
_NO_SERIES = re.compile(
    r"\d|[.!?:;,…]$|^\W|^(?:photo|foto|bild|image|quelle|source|crédit)s?\s*[:/©]|^(?:anzeige|werbung|advert|sponsored|publicité|publicidad|pubblicità|реклама|広告|广告|"
    r"skip|menu|home\b|back\b|zurück|share|search|close)",
    re.IGNORECASE,
)
"""What the words over a headline are no series for: numbers, sentences, credits of photos, adverts, controls."""


def _is_name_of_series(line: Line, title: Line) -> bool:
    short = 2 < len(line.text) <= _LONGEST_LINE_OVER and line.linked <= 0.5
    return short and not _NO_SERIES.search(line.text) and fold(line.text) not in fold(title.text)


def _around(one: ElementBox, other: ElementBox) -> ElementBox:
    """Return the innermost box that holds both."""
    while not one.surrounds(other) and one.parent is not None:
        one = one.parent
    return one


def find_byline(page: Page, title: Line | None, head: PageMetadata) -> tuple[str | None, Line | None]:
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
    for slot in line.slots:
        held = parent_of(slot)
        if held is not None and held is not line.box.element:
            yield from _of(held.attrib)


def _of(attributes: object) -> Iterator[str]:
    get = getattr(attributes, "get")  # noqa: B009 - lxml does not name the type of its attributes
    yield from filter(None, (get("class"), get("itemprop"), get("rel"), get("id")))

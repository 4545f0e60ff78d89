"""Finds the author ("byline") and the words over the headline ("kicker"), by class names and wording near it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from readout_pub.extract.captions import describes_photo
from readout_pub.extract.dates import find_date
from readout_pub.extract.generic.metadata import PageMetadata, item_types
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, Line, parent_of
from readout_pub.extract.generic.title import fold_text

_KICKER_NAME = re.compile(
    r"kicker|overline|over-?title|eyebrow|dachzeile|roofline|spitzmarke|topline|top-?title|sur-?title|supertitle|superheading|"
    r"antetitulo|pre-?title|section-?name|series|rubri[ck]|pre-?heading|document-?type|news-?type",
    re.IGNORECASE,
)
_BYLINE_NAME = re.compile(r"byline|author|autor|auteur|contributor|writer|firma\b", re.IGNORECASE)
"""Classes, ids, `itemprop` and `rel` of elements that print a kicker, and a byline."""
_BYLINE_START = re.compile(
    r"(?:(?:by|von|par|por|di|door|av|af)\s+|(?:author|autore?|autora|autorin|auteur|auteure|text|texte|автор|szerző)s?\s?:\s*|"
    r"(?:作者|记者|記者)[:：]?\s*|文[/／])(?P<name>\S)",
    re.IGNORECASE,
)
"""How a line that names the author begins. A small letter after it begins a sentence, as in "By the end of May"."""

# Limits, chosen by hand: longer lines with such names are paragraphs.
_MAX_KICKER, _MAX_BYLINE = 80, 120
"""Characters of a kicker that a class names, and of a byline."""
_MAX_UNNAMED_KICKER = 60
"""Characters of a kicker that no class names."""
_LINES_ABOVE, _LINES_BELOW = 3, 8
"""How many lines above the headline are searched for the kicker, and how many below it for the byline."""

_PAGE_ELEMENTS = frozenset({"html", "body"})
_NO_KICKER = re.compile(
    r"\d|[.!?:;,…]$|^\W|^(?:photo|foto|bild|image|quelle|source|crédit)s?\s*[:/©]|^(?:anzeige|werbung|advert|sponsored|publicité|publicidad|pubblicità|реклама|広告|广告|"
    r"skip|menu|home\b|back\b|zurück|share|search|close)",
    re.IGNORECASE,
)
"""Words above a headline that are not a kicker: with numbers, sentences, photo credits, adverts, controls."""


def find_kicker(page: PageAnalysis, title: Line) -> Line | None:
    """Return the kicker: a line near the headline named so, or the short first line of the headline's block."""
    return _find_named_kicker(page, title) or _find_unnamed_kicker(page, title)


def _find_named_kicker(page: PageAnalysis, title: Line) -> Line | None:
    above = range(title.index - 1, title.index - 1 - _LINES_ABOVE, -1)
    for index in (*above, title.index + 1):
        if 0 <= index < len(page.lines):
            line: Line = page.lines[index]
            fits = len(line.text) <= _MAX_KICKER and not line.box.chrome and not _is_date_alone(line.text)
            if fits and any(map(_KICKER_NAME.search, _names_around(line))):
                return line
    return None


def _is_date_alone(text: str) -> bool:
    """Return whether a text is a date without other words; some sites name the line of the date "kicker"."""
    found = find_date(text, None)
    return found is not None and not any(map(str.isalpha, text.replace(found.text, "", 1)))


def _find_unnamed_kicker(page: PageAnalysis, title: Line) -> Line | None:
    """Return the few words at the start of the headline's block, with nothing but the date between them.

    Of 485 inspected pages 33 have such words, and all but three are the series or section; on pages kept back from
    inspection, 21 of 23 are.
    """
    for index in range(title.index - 1, max(-1, title.index - 1 - _LINES_ABOVE), -1):
        line: Line = page.lines[index]
        if line.box.chrome:
            return None
        if len(line.text) <= _MAX_UNNAMED_KICKER and find_date(line.text, None):
            continue
        box = _innermost_common_box(line.box, title.box)
        is_first = box.first == index and box.parent is not None and box.element.tag not in _PAGE_ELEMENTS
        return line if is_first and _may_be_kicker(line, title) else None
    return None


def _may_be_kicker(line: Line, title: Line) -> bool:
    is_short = 2 < len(line.text) <= _MAX_UNNAMED_KICKER and line.link_density <= 0.5
    return is_short and not _NO_KICKER.search(line.text) and fold_text(line.text) not in fold_text(title.text)


def _innermost_common_box(one: ElementBox, other: ElementBox) -> ElementBox:
    """Return the innermost box that contains both."""
    while not one.contains_box(other) and one.parent is not None:
        one = one.parent
    return one


def find_byline(page: PageAnalysis, title: Line | None, metadata: PageMetadata) -> tuple[str | None, Line | None]:
    """Return the author and the line that prints it; a declared author has no line."""
    start = title.index if title else 0
    for line in page.lines[start + 1 : start + 1 + _LINES_BELOW]:
        if len(line.text) > _MAX_BYLINE or line.box.chrome or _is_date_alone(line.text) or describes_photo(line.text):
            continue
        if _begins_as_byline(line.text) or any(map(_BYLINE_NAME.search, _names_around(line))):
            return line.text, line
    return metadata.metas.get("author") or next(_declared_authors(metadata), None), None


def _begins_as_byline(text: str) -> bool:
    found = _BYLINE_START.match(text)
    return found is not None and not found["name"].islower()


def _declared_authors(metadata: PageMetadata) -> Iterator[str]:
    """Yield the names of the authors of each article in JSON-LD, as one text."""
    for item in metadata.items:
        authors = item.get("author")
        listed = authors if isinstance(authors, list) else [authors]
        people = (each for each in listed if isinstance(each, dict) and "Person" in item_types(each))
        if names := [name for each in people if isinstance(name := each.get("name"), str) and name.strip()]:
            yield ", ".join(dict.fromkeys(" ".join(name.split()) for name in names))


def _names_around(line: Line) -> Iterator[str]:
    """Yield the classes, ids, `itemprop` and `rel` of the inline elements and of the small boxes around a line."""
    for box in line.box.self_and_ancestors(2):
        if box.last - box.first <= 2:
            yield from _naming_attributes(box.element.attrib)
    for text_node in line.text_nodes:
        element = parent_of(text_node)
        if element is not None and element is not line.box.element:
            yield from _naming_attributes(element.attrib)


def _naming_attributes(attributes: object) -> Iterator[str]:
    get = cast("Mapping[str, str]", attributes).get
    yield from filter(None, (get("class"), get("itemprop"), get("rel"), get("id")))

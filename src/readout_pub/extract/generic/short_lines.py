"""Keeps the short lines of the element that holds the text: key points, votes, signatures, places, small tables.

Alone they look like menus. On 617 annotated pages, two thirds of the letters that this rule adds are text; most others
name who reported or edited an article.
"""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import accumulate

from readout_pub.extract.captions import describes_photo, is_button_on_photo
from readout_pub.extract.generic.chrome import elements_around
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import is_lone_time, is_size_of_file
from readout_pub.extract.generic.publication_date import printed_day
from readout_pub.extract.generic.text_blocks import DOCUMENT_FILE, ElementBox, Line, is_below_quotation
from readout_pub.extract.generic.weights import load_weights
from readout_pub.html_elements import FORM_CONTROLS
from readout_pub.sentences import ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement

# Limits were chosen by hand on the annotated pages.
_MIN_TEXT, _MIN_NAMED_TEXT = 400, 150
"""How many letters must be kept already; the second number is for an element named after the text."""
_MIN_SHARE_OF_TEXT = 0.95
"""The element of the text has at least this share of all kept letters."""
_MIN_SHARE_KEPT, _MIN_SHARE_KEPT_OF_SHORT = 0.8, 0.6
"""At least this share of the element's letters outside links must be kept, or it has other text too. The limit for a
short text is lower, since one list may be a third of this text."""
_NAMED_AFTER_TEXT = frozenset({"body", "itemprop articlebody"})
"""Traits of boxes that are named after the text, as by the class "entry-content"."""
_MAX_PRESS_OFFICE = 400
"""A box with a telephone number is left out if it has at most this many letters; a longer box has text too."""
_MIN_LETTERS = 3
"""A line of fewer letters is a counter or a symbol."""
_MAX_DATE_SHARE = 0.6
"""A line is metadata if a date is a larger share of it."""

_NAMES_OF_LINKS = frozenset({"related", "skip", "tools"})
"""Names of boxes that usually lead to other pages. With sentences and without links, such a box may be a card of the
text."""
_MAX_LINES_OF_FIELD = 40
"""How many lines a field with a label may have."""
_MIN_SENTENCE = 40
"""How many letters a sentence in a box named as metadata needs: a shorter one may be a fact of the page."""
_NAMES_OF_FIGURES = frozenset({"<figure>", "<figcaption>", "caption", "picture", "forum"})
"""Names of the parts of a `figure`, which do not count around a table or a quotation. Posts in forums have the same
names as quotations."""
_TEXT_VERSIONS = frozenset({"details", "table"})
"""Elements that give the content of a photo or chart as text."""
_MEDIA = ("img", "picture", "video", "audio", "iframe", "object", "embed", "svg", "canvas")
_MAX_LEVELS_TO_FIGURE = 8
"""How many boxes around a box are searched for a `figure`."""
_VOTE = re.compile(r"(?<![a-z])(?:roll-?call|votes?)(?![a-z])", re.IGNORECASE)
_SIGNATURES = re.compile(
    r"(?<![a-z])(?:signatur(?:es?|en)|signator(?:y|ies)|signataires?|unterzeichner)(?![a-z])", re.IGNORECASE
)
_TELEPHONE = re.compile(r"\b(?:tel|fax|phone|telefon|telephone|téléphone|teléfono)\b", re.IGNORECASE)
_COUNTER = re.compile(r"\b(?:visitors?|visits?|page|hits?)[ -]?(?:counter|count|views?)\b", re.IGNORECASE)
_OTHER_PHRASES = frozenset(
    f"says {name}" for name in "related share subscribe comments tags paging more ad consent posted rights".split()
)
"""Features of lines with phrases that texts do not have, such as "Share this page"."""


def keep_short_lines(page: PageAnalysis, keep: list[bool]) -> None:
    """Set `keep` for the lines without links in the element of the text, except those that clearly are not text.

    Some lines with links are kept too: those that only link to files, and those of signatures and votes.
    """
    text = _element_of_all_text(page, keep) if not page.is_forum_or_shop else None
    if text is None:
        return
    images = {image.index: image.box for image in page.images}
    kept = [index for index in range(text.first, text.last) if keep[index]]
    start, first, other = _start(page, keep, text), kept[0], _other_boxes(page, text, kept[-1])
    times = {line.box.signature for line in page.lines[first : text.last] if is_lone_time(line.text)}
    found = [
        line
        for line in page.lines[start : text.last]
        if not keep[line.index]
        and (
            _opens_debate(line, first, times, page)
            or _names_quoted(line, keep)
            or (line.box not in other and _may_be_text(line, page, images) and not _is_dated_above(line, first))
        )
    ]
    may_be_text = {line.index for line in found}
    for line in reversed(found):
        is_label = line.is_heading and not _leads_to_files(line)
        below = line.index + 1
        keep[line.index] = not is_label or (below < text.last and (keep[below] or below in may_be_text))


def _other_boxes(page: PageAnalysis, text: ElementBox, last: int) -> frozenset[ElementBox]:
    """Return the boxes in the element of the text that are not text, by their names, links or telephone numbers."""
    other: set[ElementBox] = set()
    beside_text = load_weights().beside_text
    controls = elements_around(text.element, "a", *FORM_CONTROLS, where=_does_something)
    photos = elements_around(text.element, *_MEDIA)
    figures = elements_around(text.element, "table", "blockquote") - photos
    sentences = list(accumulate((ends_sentence(line.text) for line in page.lines), initial=0))
    cards: set[ElementBox] = set()
    fields: set[ElementBox | None] = set()
    for box in page.boxes[text.index + 1 : text.end]:
        lines = page.lines[box.first : box.last]
        # Below the text, a link to a file beside other lines may lead to this page as a PDF.
        linked = (line for line in lines if line.link_density) if box.last <= last else lines
        leads_away = box.linked_size * 2 > box.size and not all(map(_leads_to_files, linked))
        is_menu = leads_away and not _is_signed(box)
        names = box.traits & beside_text
        has_text = box.parent in cards or sentences[box.last] > sentences[box.first]
        if not names.isdisjoint(_NAMES_OF_LINKS) and box.element not in controls and has_text:
            cards.add(box)
            names -= _NAMES_OF_LINKS
        if _is_field_of_text(box, page):
            fields.add(box)
        is_text_of_field = box in fields or (box.parent in fields and box.last - box.first == 1)
        names -= {"meta"} if is_text_of_field or _has_facts_of_file(box, page) else frozenset()
        names -= _NAMES_OF_FIGURES if _is_in_figure(box, figures) else frozenset()
        is_other = names or ("ratings" in box.traits and not _is_vote(box)) or _is_sidebar(box)
        figure = box.parent if box.parent is not None and box.parent.element.tag == "figure" else None
        is_text_version = figure is not None and box.element.tag in _TEXT_VERSIONS and figure.parent not in other
        is_within_other = box.parent in other and not is_text_version
        if is_menu or is_other or is_within_other or _is_contact(box, page):
            other.add(box)
    return frozenset(other)


def _is_field_of_text(box: ElementBox, page: PageAnalysis) -> bool:
    """Return whether a box is a field of a content system with sentences or files, such as "Summary".

    Example: `<div class="field field--label-above">`.
    """
    if box.last - box.first > _MAX_LINES_OF_FIELD:
        return False
    lines = page.lines[box.first : box.last]
    if "field" not in (box.signature[1] or "").split():
        is_labelled = "meta" in box.traits and len(lines) > 1 and not ends_sentence(lines[0].text)
        return is_labelled and all(map(_is_long_sentence, lines[1:]))
    values = lines[1:] if len(lines) > 1 and not lines[0].link_density else lines
    return bool(values) and all(
        _leads_to_files(line) or (ends_sentence(line.text) and not line.link_density) for line in values
    )


def _is_long_sentence(line: Line) -> bool:
    return line.size >= _MIN_SENTENCE and ends_sentence(line.text) and not line.link_density


def _has_facts_of_file(box: ElementBox, page: PageAnalysis) -> bool:
    """Return whether a box has only the format or size of the file that the line above links to."""
    above = page.lines[box.first - 1 : box.first] if box.last - box.first == 1 else []
    is_below_file = any(line.is_link and _leads_to_files(line) for line in above)
    return is_below_file and is_size_of_file(page.lines[box.first].text)


def _does_something(element: LxmlElement) -> bool:
    """Return whether an element is a form field, a button, or a link that leaves the page."""
    return element.tag != "a" or not (element.get("href") or "#").startswith("#")


def _is_in_figure(box: ElementBox, figures: Container[LxmlElement]) -> bool:
    """Return whether a box is one of `figures`, or in one of them."""
    around = box.self_and_ancestors(_MAX_LEVELS_TO_FIGURE)
    figure = next((each for each in around if each.element.tag == "figure"), None)
    return figure is not None and figure.element in figures


def _is_contact(box: ElementBox, page: PageAnalysis) -> bool:
    """Return whether a small box of several lines names a telephone or fax, as that of a press office does."""
    lines = page.lines[box.first : box.last] if box.size <= _MAX_PRESS_OFFICE else []
    return len(lines) > 1 and any(_TELEPHONE.search(line.text) for line in lines)


def _is_sidebar(box: ElementBox) -> bool:
    """Return whether a box is an `aside` that describes the site: named as a sidebar, outside of an `article`."""
    return box.traits >= {"<aside>", "side"} and next(box.element.iterancestors("article"), None) is None


def _is_vote(box: ElementBox) -> bool:
    """Return whether the class of a box names votes, and readers do not vote in the box."""
    has_form = next(box.element.iter("form", "input", "button"), None) is not None
    return _VOTE.search(box.signature[1] or "") is not None and not has_form


def _is_signed(box: ElementBox) -> bool:
    """Return whether a box or its parent is named after signatures or votes: such boxes may link to people."""
    return any(_SIGNATURES.search(each.signature[1] or "") or _is_vote(each) for each in box.self_and_ancestors(2))


def _element_of_all_text(page: PageAnalysis, keep: list[bool]) -> ElementBox | None:
    """Return the smallest element with nearly all kept lines; None if these are few or the element has other text."""
    kept = list(accumulate((line.size * keep[line.index] for line in page.lines), initial=0))
    unlinked = list(accumulate((line.size * (not line.link_density) for line in page.lines), initial=0))
    if kept[-1] < _MIN_NAMED_TEXT:
        return None
    holding = [box for box in page.boxes if kept[box.last] - kept[box.first] >= _MIN_SHARE_OF_TEXT * kept[-1]]
    box = holding[-1]
    is_short = kept[-1] < _MIN_TEXT
    if is_short and box.traits.isdisjoint(_NAMED_AFTER_TEXT):
        return None
    share = _MIN_SHARE_KEPT_OF_SHORT if is_short else _MIN_SHARE_KEPT
    is_text = kept[box.last] - kept[box.first] >= share * (unlinked[box.last] - unlinked[box.first])
    return box if is_text and box.parent is not None and box.element.tag != "body" else None


def _start(page: PageAnalysis, keep: list[bool], text: ElementBox) -> int:
    """Return the index of the first line that may be kept: below the headline, or at the start of `text`."""
    title = page.title_line
    if title is None:
        return next(index for index in range(text.first, text.last) if keep[index])
    return title.index + 1 if text.contains_line(title) else text.first


def _may_be_text(line: Line, page: PageAnalysis, images: dict[int, ElementBox]) -> bool:
    """Return whether a line may be text; `images` maps the index of a line to the box of the image above it."""
    leads_away = line.link_density and not (_leads_to_files(line) or _is_signed(line.box))
    if leads_away or not page.may_be_text(line):
        return False
    if sum(map(str.isalpha, line.text)) < _MIN_LETTERS or describes_photo(line.text) or is_button_on_photo(line.text):
        return False
    if _COUNTER.search(line.text) or not _OTHER_PHRASES.isdisjoint(page.phrase_cache.get(line.index, ())):
        return False
    day = printed_day(line.text)
    if day is not None and len(day) > _MAX_DATE_SHARE * len(line.text):
        return False
    image = images.get(line.index)
    if image is line.box and _leads_to_files(line):
        return True  # the image is the icon of the file
    return image is None or line.box.parent is None or not line.box.parent.contains_box(image)


def _opens_debate(line: Line, first: int, times: Container[tuple[str, str | None]], page: PageAnalysis) -> bool:
    """Return whether a line is the time at which a debate begins; `times` are the signatures of lines with times.

    The time of publication has no further times below it, and no heading of the text above it.
    """
    is_time = line.box.signature in times and is_lone_time(line.text) and line.index not in page.exclusions
    above = page.lines[line.index - 1]
    return is_time and line.index < first and above.is_heading and not above.link_density


def _names_quoted(line: Line, keep: list[bool]) -> bool:
    """Return whether a line names who is quoted: without links, right below a kept quotation."""
    return is_below_quotation(line) and not line.link_density and keep[line.index - 1]


def _is_dated_above(line: Line, first: int) -> bool:
    """Return whether a line above the first kept line has a date: it may be a byline."""
    return line.index < first and printed_day(line.text) is not None


def _leads_to_files(line: Line) -> bool:
    addresses = [link.get("href") or "" for link in line.links] if line.link_density else []
    return bool(addresses) and all(map(DOCUMENT_FILE.search, addresses))

"""Leaves out the text of other stories, found by markup and links: teasers, cards, lists of links with days.

`announced_stories` finds the stories below labels such as "See also". `python -m benchmarks.rules` measures both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile

from readout_pub.extract.dates import find_date
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.publication_date import printed_day, prints_only_days
from readout_pub.extract.generic.section_names import names_section
from readout_pub.extract.generic.text_blocks import DOCUMENT_FILE, ElementBox, Line, parent_of, text_of_node
from readout_pub.html_elements import HEADINGS
from readout_pub.sources.lxml_elements import LxmlElement

OTHER_STORY = "a link to another story"
"""Why a line of another story is excluded from the text."""

# Limits were chosen by hand on the annotated pages.

_MAX_TEASER = 600
"""How many letters a teaser may have; a larger block has more than the summary of a story."""
_MIN_TEASERS, _MIN_SHARE_OF_TEASERS = 3, 0.15
"""Teasers are the text if at least this many have kept words, which are at least this share of all kept letters. With
weights fitted to other sites, this raises the F1 of the listing pages in `bench-train` from 0.745 to 0.747, and lowers
the F1 of no page."""
_MIN_DOCUMENT = 400
"""How many letters of prose the `article` of the headline needs to be the whole document."""
_MIN_DOCUMENT_SHARE = 0.6
"""The `article` of the headline needs this share of the kept prose; the box of the paragraphs needs this share of the
text below the title."""
_MAX_LEVELS = 20
"""How many boxes around a line are searched for the `article` of the headline, or for the block of the text."""
_LINES_OF_HEAD = 3
"""How many lines at the start of a block are searched for the headline of another story."""
MIN_SENTENCE = 40
"""A line without links is running text from this many letters on."""
_MAX_LABEL = 40
"""How many characters the label above a list of other stories may have."""


def drop_other_stories(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out, in place, the stories below the text, and teasers whose linked headlines were left out.

    On a list of stories, the teasers are the text; then a headline is kept if its summary is.
    """
    title = page.title_line
    teasers = list(_teasers(page, keep, title))
    if _are_text(teasers, page, keep):
        for box in teasers:
            if any(keep[box.first : box.last]):
                lines = page.lines[box.first : box.last]
                keep[box.first : box.last] = [page.may_be_text(line) for line in lines]
        teasers = []
    for box in teasers:
        keep[box.first : box.last] = [False] * (box.last - box.first)
    drop_stories_below(page, keep)


def drop_stories_below(page: PageAnalysis, keep: list[bool], *, most: int | None = None) -> None:
    """Leave out, in place, the stories below the text, unless they have more than `most` linked headlines.

    If `most` is given, the page excludes these stories, so that no later rule keeps them.
    """
    title = page.title_line
    below = (*_stories_below(page, keep, title), *_cards_below(page, keep, title)) if title else ()
    stories = {index for box in below for index in range(box.first, box.last)}
    if most is not None and sum(_is_linked_heading(page.lines[index]) for index in stories) > most:
        return
    for index in stories:
        keep[index] = False
        if most is not None:
            page.exclusions.setdefault(index, OTHER_STORY)


def _are_text(teasers: list[ElementBox], page: PageAnalysis, keep: list[bool]) -> bool:
    """Return whether several teasers have kept words, and these words are a large share of all kept words."""
    inside = {index: box for box in teasers for index in range(box.first, box.last) if keep[index]}
    kept = sum(line.size for line in page.lines if keep[line.index])
    size = sum(page.lines[index].size for index in inside)
    return len(set(inside.values())) >= _MIN_TEASERS and size >= _MIN_SHARE_OF_TEASERS * kept


def _teasers(page: PageAnalysis, keep: list[bool], title: Line | None) -> Iterator[ElementBox]:
    """Yield small blocks with a linked headline that was left out, and without an unlinked heading above it."""
    for line in page.lines:
        block = line.box.parent
        is_linked = line.is_heading and line.is_link and not keep[line.index]
        if is_linked and block is not None and block.size <= _MAX_TEASER and not (title and block.contains_line(title)):
            above = page.lines[block.first : line.index]
            if not any(each.is_heading and not each.link_density for each in above):
                yield block


def drop_stories_above(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out, in place, the `article` elements above the headline if there are several: slides of a banner."""
    title = page.title_line
    above = [box for box in page.boxes if title and box.element.tag == "article" and box.last <= title.index]
    for box in above if len(above) > 1 else ():
        keep[box.first : box.last] = [False] * (box.last - box.first)


def _stories_below(page: PageAnalysis, keep: list[bool], title: Line) -> Iterator[ElementBox]:
    """Yield the blocks below the document that have a headline of their own."""
    document = _document(page, keep, title)
    for box in page.boxes if document else ():
        if document is not None and box.first >= document.last and box.size:
            tag = page.lines[box.first].box.element.tag
            if tag in HEADINGS and box.element.tag not in HEADINGS:
                yield box
    for block in title.box.self_and_ancestors(_MAX_LEVELS) if title.is_heading else ():
        has_text = any(keep[line.index] and page.is_prose(line) for line in page.lines[block.first : block.last])
        if has_text and (block.element.tag == "article" or block.signature[1]):
            for box in page.boxes[block.end :]:
                if box.parent is block.parent and box.signature == block.signature:
                    heads = (line.box.element.tag for line in page.lines[box.first : box.last][:_LINES_OF_HEAD])
                    if title.box.element.tag in heads:
                        yield box


def _cards_below(page: PageAnalysis, keep: list[bool], title: Line) -> Iterator[ElementBox]:
    """Yield the blocks of cards below the text, each with a linked headline and a summary.

    If the text above is not longer, the cards are the text, as on a page that lists the topics of a subject.
    """
    cards: dict[ElementBox, list[ElementBox]] = {}
    for box in page.boxes:
        if box.first > title.index and box.parent is not None and 0 < box.size <= _MAX_TEASER and _is_card(box, page):
            cards.setdefault(box.parent, []).append(box)
    is_only_card = len({box.first for boxes in cards.values() for box in boxes}) == 1
    rows = [
        row
        for row, boxes in cards.items()
        if (len(boxes) > 1 or (is_only_card and boxes[0].element.tag == "article"))
        and sum(box.size for box in boxes) == row.size
        and not row.contains_line(title)
    ]
    first = min((row.first for row in rows), default=title.index)
    above = sum(line.size for line in page.lines[title.index : first] if keep[line.index])
    if above > sum(row.size for row in rows):
        yield from rows


def linked_stories(page: PageAnalysis) -> Iterator[int]:
    """Yield the line indices of blocks below the text that have only a heading, links to other pages, and dates."""
    title = page.title_line
    last = next((line for line in reversed(page.lines) if _is_of_text(line)), None)
    if title is None or last is None or last.index <= title.index:
        return
    text = next((box for box in last.box.self_and_ancestors(_MAX_LEVELS) if box.contains_line(title)), None)
    paragraphs = _element_of_paragraphs(page, title, last)
    text_until = list(accumulate((line.size * _is_of_text(line) for line in page.lines), initial=0))
    for box in page.boxes[paragraphs.end :]:
        heading, *others = page.lines[box.first : box.last] or [title]
        is_shorter = box.size < text_until[box.first] - text_until[title.index]
        if is_shorter and _lists_dated_links(page.lines[box.first : box.last]):
            yield from range(box.first - _has_label_above(box, page), box.last)
            continue
        # Within the element of title and text, only articles are other stories.
        if text is None or (box.index < text.end and not all(_is_in_article(line, box) for line in others)):
            continue
        is_headed = heading.is_heading and not _is_in_link(heading)
        if is_headed and any(map(_is_in_link, others)) and all(map(_is_of_links, others)):
            yield from range(box.first, box.last)


def _is_in_article(line: Line, block: ElementBox) -> bool:
    """Return whether a line is in an `article` within a block."""
    around = takewhile(lambda box: box is not block, line.box.self_and_ancestors(_MAX_LEVELS))
    return any(box.element.tag == "article" for box in around)


def linked_cards(page: PageAnalysis) -> Iterator[int]:
    """Yield the indices of lines below the text that share one link to another page, and of the headings above them.

    If the text above is not longer, nothing is yielded: the cards are the text.
    """
    title = page.title_line
    last = next((line for line in reversed(page.lines) if _is_of_text(line)), None)
    if title is None or last is None:
        return
    links = {line.index: _link_around(line) for line in page.lines[last.index + 1 :]}
    counts = Counter(id(link) for link in links.values() if link is not None)
    cards = [page.lines[index] for index, link in links.items() if link is not None and counts[id(link)] > 1]
    above = sum(line.size for line in page.lines[title.index : last.index + 1] if _is_of_text(line))
    for line in cards if sum(line.size for line in cards) < above else ():
        heading = page.lines[line.index - 1]
        if links.get(heading.index) is None and heading.is_heading:
            yield heading.index
        yield line.index


def _link_around(line: Line) -> LxmlElement | None:
    """Return the link to another page around the block of a line; None without one."""
    link = next(line.box.element.iterancestors("a"), None)
    address = (link.get("href") or "") if link is not None else ""
    return None if not address or address.startswith("#") or DOCUMENT_FILE.search(address) else link


def _element_of_paragraphs(page: PageAnalysis, title: Line, last: Line) -> ElementBox:
    """Return the smallest box that contains the last line of running text, and most of the text below the title."""
    sizes = [line.size if _is_of_text(line) else 0 for line in page.lines[title.index : last.index + 1]]

    def contains_most(box: ElementBox) -> bool:
        return sum(sizes[max(0, box.first - title.index) :]) >= _MIN_DOCUMENT_SHARE * sum(sizes)

    return next(filter(contains_most, last.box.self_and_ancestors(_MAX_LEVELS)), last.box)


def _lists_dated_links(lines: Sequence[Line]) -> bool:
    """Return whether the lines of a block are links to other pages, each with a day, perhaps below a heading."""
    entries = lines[1:] if lines and lines[0].is_heading and not _is_in_link(lines[0]) else lines
    return len(lines) > 1 and all(map(_is_dated_link, entries))


def _has_label_above(box: ElementBox, page: PageAnalysis) -> bool:
    """Return whether a list is alone in its block with a short line without links above it."""
    block = box.parent
    if block is None or (block.first, block.last) != (box.first - 1, box.last):
        return False
    label = page.lines[block.first]
    return len(label.text) <= _MAX_LABEL and not label.link_density


def _is_dated_link(line: Line) -> bool:
    """Return whether a line with a day is a link to another page, perhaps beside names such as "Press releases"."""
    if printed_day(line.text) is None:
        return False
    return _is_in_link(line) or (leads_elsewhere(line) and all(map(_is_fact_of_story, _texts_outside_links(line))))


def _is_fact_of_story(text: str) -> bool:
    return prints_only_days(text) or names_section(text)


def _texts_outside_links(line: Line) -> Iterator[str]:
    """Yield the texts of a line outside its links, without empty ones."""
    for node in line.text_nodes:
        parent = parent_of(node)
        around = () if parent is None else (parent, *parent.iterancestors("a"))
        text = text_of_node(node).strip()
        if text and not any(each in line.links for each in around):
            yield text


def _is_of_text(line: Line) -> bool:
    is_of_site = bool(line.box.chrome) or "footer" in line.box.near_traits
    return line.size >= MIN_SENTENCE and not line.link_density and not is_of_site and not _is_in_link(line)


def _is_of_links(line: Line) -> bool:
    return _is_in_link(line) or line.is_heading or find_date(line.text, None) is not None


def _is_in_link(line: Line) -> bool:
    """Return whether a line is a link to another page, or one of several lines in such a link."""
    if line.links:
        return line.is_link and leads_elsewhere(line)
    around = next(line.box.element.iterancestors("a"), None)
    return around is not None and not (around.get("href") or "#").startswith("#")


def _is_linked_heading(line: Line) -> bool:
    return line.is_heading and line.is_link


def _is_card(box: ElementBox, page: PageAnalysis) -> bool:
    """Return whether a block begins with a heading that links to another page, and has other lines."""
    line = page.lines[box.first]
    return _is_linked_heading(line) and box.last - box.first > 1 and leads_elsewhere(line)


def _document(page: PageAnalysis, keep: list[bool], title: Line) -> ElementBox | None:
    """Return the `article` around the headline if most of the kept prose is in it; None otherwise."""
    article = next((box for box in title.box.self_and_ancestors(_MAX_LEVELS) if box.element.tag == "article"), None)
    if article is None:
        return None
    prose = [line for line in page.lines if keep[line.index] and page.is_prose(line)]
    inside = sum(line.size for line in prose if article.contains_line(line))
    return article if inside >= max(_MIN_DOCUMENT, _MIN_DOCUMENT_SHARE * sum(line.size for line in prose)) else None


def leads_elsewhere(line: Line) -> bool:
    """Return whether all links of a line lead to other pages rather than to files or places on the page.

    The address "#" names no place: a script opens the other page.
    """
    addresses = [link.get("href") or "" for link in line.links]
    return bool(addresses) and not any(
        (each.startswith("#") and each != "#") or DOCUMENT_FILE.search(each) for each in addresses
    )

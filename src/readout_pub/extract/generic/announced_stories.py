"""Finds other stories that a label announces: lines such as "See also", and links below labels such as "Other news".

`python -m benchmarks.rules` measures on annotated pages what these rules leave out. Annotators disagree about lines
such as "Read more: …": about a quarter of their words are in the annotated text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from readout_pub.extract.dates import find_date
from readout_pub.extract.generic.other_stories import MIN_SENTENCE, leads_elsewhere
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import announces_stories, title_after_see_also
from readout_pub.extract.generic.text_blocks import MIN_LINK_DENSITY, ElementBox, Line, block_of_label
from readout_pub.html_elements import HEADINGS

# Limits were chosen by hand on the annotated pages.

_Place = tuple[ElementBox | None, tuple[str, str | None]]
"""The block, tag and class of a line."""
_MAX_LINKED_OF_REFERENCE = 0.7
"""A line with a lower link density describes what it links to."""
_MAX_LINES_OF_STORY = 2
"""How many lines without a link a story may have: its date and its summary."""
_MAX_BOXES_TO_DOCUMENT = 12
"""How many boxes around the title are searched for the `article` or `main` of the document."""
_LINES_ABOVE_LABEL = 30
"""How many lines above a label such as "Read also" are searched for text around it."""


def see_also_lines(page: PageAnalysis) -> Iterator[int]:
    """Yield the indices of lines such as "See also:" with a link, and of links below such a heading, with the heading.

    Links to files and within the page belong to the document.
    """
    heading: Line | None = None
    in_list = False
    for line in page.lines:
        if line.box.chrome:
            heading, in_list = None, False
        elif (heading is not None or in_list) and _is_link_elsewhere(line):
            if heading is not None:
                yield heading.index
            yield line.index
            heading, in_list = None, True
        else:
            in_list = False
            heading = line if _announces(line) else None
            if _is_see_also(line):
                yield line.index


def announced_stories(page: PageAnalysis) -> Iterator[int]:
    """Yield the indices of lines such as "Other news", and of the links below with their dates and summaries.

    A label that is not a heading needs at least two stories. `_EndsOfLists` tells where the stories end. A block below
    the document that begins with a heading as its label is yielded as a whole.
    """
    title = page.title_line
    labels = list(filter(_announces, page.lines[title.index + 1 :])) if title else []
    if title is None or not labels:
        return
    ends = _EndsOfLists(page)
    yielded = 0  # the index after the last line that was yielded
    document = next((box for box in title.box.self_and_ancestors(_MAX_BOXES_TO_DOCUMENT) if _is_document(box)), None)
    for label in labels:
        block = label.box.parent
        is_apart = block is not None and document is not None and document.last <= block.first == label.index
        if is_apart and block is not None and label.is_heading and block.first >= yielded:
            yield from range(block.first, block.last)  # the lines of teasers need not be links
            yielded = block.last
            continue
        stories, end = ends.stories_below(label)
        if stories > (not label.is_heading) and end > yielded:
            while end < len(page.lines) and _is_beside_story(page.lines[end], page.lines[end - 1], label):
                end += 1
            yield from range(max(label.index, yielded), end)
            yielded = end


class _EndsOfLists:
    """Finds where lists of stories end, by bisection of ascending line indices: fast even for thousands of labels.

    A list ends above the first of these: a heading of the same or a higher level, several lines without a link, a
    reference (see `_is_reference`), or a paragraph like those above the label.

    Call `stories_below` for the labels in ascending order.
    """

    def __init__(self, page: PageAnalysis) -> None:
        self._page = page
        self._linked = [line.index for line in page.lines if line.link_density]
        without_link = [not line.link_density for line in page.lines]
        self._gaps = _ends_of_gaps(without_link)
        # Below a heading, a story may have a headline without a link, and then a link such as "Read more".
        unheaded = [without and not line.is_heading for without, line in zip(without_link, page.lines, strict=True)]
        self._gaps_below_heading = _ends_of_gaps(unheaded)
        headings = [line for line in page.lines if line.is_heading and not line.link_density]
        self._unlinked_headings = [line.index for line in headings]
        self._headings = {
            level: [line.index for line in headings if line.box.element.tag <= level] for level in HEADINGS
        }
        self._prose: dict[_Place, list[int]] = defaultdict(list)
        for line in filter(page.is_prose, page.lines):
            self._prose[_place(line)].append(line.index)
        self._references: list[int] = []
        self._read_until = 0

    def stories_below(self, label: Line) -> tuple[int, int]:
        """Return how many links are in the list below a label, and the index after the last line of the list."""
        # A bold label may be in one cell of a layout table with its stories: then it has no block of its own.
        block = block_of_label(label)
        start = label.index + 1
        last = block.last if block else start
        text = _text_above(label, block, self._page)
        places = set(map(_place, text))
        ascending = (self._headings.get(label.box.element.tag, ()), *(self._prose[place] for place in places))
        stop = min(_first_from(indices, start, last) for indices in ascending)
        first_end = start + _MAX_LINES_OF_STORY + 1
        below_headings = _first_from(self._gaps_below_heading, first_end, stop)
        has_headed_stories = label.is_heading and self._have_links(start, below_headings)
        stop = below_headings if has_headed_stories else _first_from(self._gaps, first_end, stop)
        stop = self._next_reference(start, stop)
        links = self._linked[bisect_left(self._linked, start) : bisect_left(self._linked, stop)]
        title = self._page.title_line
        is_of_stories = block is not None and title is not None and not block.contains_line(title) and not text
        if stop == last and is_of_stories:
            return len(links), last  # the list ends with the summary of the last story
        return len(links), links[-1] + 1 if links else start

    def _have_links(self, start: int, stop: int) -> bool:
        """Return whether there are at least as many links as headings without a link: each story has its own link."""
        return _count_between(self._unlinked_headings, start, stop) <= _count_between(self._linked, start, stop)

    def _next_reference(self, start: int, last: int) -> int:
        """Return the index of the first reference in the range from `start` to `last`; `last` without one."""
        known = _first_from(self._references, start, last)
        for index in range(max(start, self._read_until), known):
            self._read_until = index + 1
            if _is_reference(self._page.lines[index]):
                self._references.append(index)
                return index
        return known


def _ends_of_gaps(without_link: Sequence[bool]) -> list[int]:
    """Return the indices right after so many lines without a link that they cannot belong to a story."""
    count = _MAX_LINES_OF_STORY + 1
    return [index for index in range(count, len(without_link)) if all(without_link[index - count : index])]


def _count_between(indices: Sequence[int], start: int, stop: int) -> int:
    """Return how many of ascending indices are in range(start, stop)."""
    return bisect_left(indices, stop) - bisect_left(indices, start)


def _first_from(indices: Sequence[int], start: int, last: int) -> int:
    """Return the first of ascending indices in range(start, last); `last` without one."""
    position = bisect_left(indices, start)
    return min(indices[position], last) if position < len(indices) else last


def _text_above(label: Line, block: ElementBox | None, page: PageAnalysis) -> list[Line]:
    """Return the prose above a label in its block; with such prose, the label is within a text."""
    first = max(block.first if block else label.index, label.index - _LINES_ABOVE_LABEL)
    return list(filter(page.is_prose, page.lines[first : label.index]))


def _place(line: Line) -> _Place:
    """Return what the paragraphs of a text have in common: block, tag and class."""
    return line.box.parent, line.box.signature


def _is_reference(line: Line) -> bool:
    """Return whether a line is in a list of sources: a link and a sentence about its target, without a date."""
    if not line.link_density:
        return False
    is_described = line.link_density < _MAX_LINKED_OF_REFERENCE and line.size >= MIN_SENTENCE
    return line.box.element.tag == "dt" or (is_described and find_date(line.text, None) is None)


def _is_beside_story(line: Line, above: Line, label: Line) -> bool:
    """Return whether the block of a line contains the line above, but not the label of the stories."""
    block = line.box.parent
    return block is not None and block.contains_line(above) and not block.contains_line(label)


def _is_link_elsewhere(line: Line) -> bool:
    return line.is_link and line.box.element.tag not in HEADINGS and leads_elsewhere(line)


def _is_document(box: ElementBox) -> bool:
    return box.element.tag in {"article", "main"}


def _announces(line: Line) -> bool:
    return not line.link_density and announces_stories(line.text)


def _is_see_also(line: Line) -> bool:
    """Return whether a line is "See also:" with the link to another story."""
    title = title_after_see_also(line.text) if line.link_density else None
    return (
        title is not None
        and line.link_density * len(line.text) > MIN_LINK_DENSITY * len(title)
        and leads_elsewhere(line)
    )

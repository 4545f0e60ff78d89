"""Tells where on a page the title and the prose are, and so which lines are above, within and below the text."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import accumulate, takewhile

import msgspec

from readout_pub.extract.generic.chrome import LARGE_SHARE
from readout_pub.extract.generic.fact_lines import prints_facts
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import asks_for_consent, names_cookies, prints_address_of_site
from readout_pub.extract.generic.publication_date import days_of_entries
from readout_pub.extract.generic.text_blocks import ElementBox, Line, printed_lines
from readout_pub.extract.generic.weights import Weights

_LINES_TO_SUBTITLE = 3
"""How many lines below the title are searched for a lede or a heading that is a subtitle."""
_MAX_LINES_BELOW_LEDE = 20
"""How many lines below the lede are searched for facts and the text."""
_MAX_LEVELS_TO_CELL = 4
_MAX_LEVELS_TO_FORM = 8
_MAX_LEVELS_OF_BANNER = 3


class PageParts(msgspec.Struct, frozen=True):
    """A page and the places of its title and prose, for the rules that leave out lines and boxes.

    `title_line` prints the title. `prose_start` and `prose_end` are the indices of the first and the last line of
    prose; `prose_end` ignores other texts, such as another story, addresses of the site, small forms and requests for
    consent. `headings` are the texts of all headings. `element_of_text` is the smallest box with the title and all this
    prose; None if no title is above the last prose. `shown_until[n]` is the number of lines outside chrome among the
    first `n` lines. `days_of_entries` are the indices of the lines that print the days of other pages in a list of
    pages.
    """

    analysis: PageAnalysis
    weights: Weights
    title_line: Line | None
    prose_start: int
    prose_end: int
    headings: frozenset[str]
    element_of_text: ElementBox | None
    shown_until: list[int]
    days_of_entries: frozenset[int]

    def is_above_title(self, line: Line) -> bool:
        """Return whether a line is above the title."""
        return self.title_line is not None and line.index < self.title_line.index

    def is_below_title(self, line: Line) -> bool:
        """Return whether a line is below the title."""
        return self.title_line is not None and line.index > self.title_line.index

    def begins_below_title(self, box: ElementBox) -> bool:
        """Return whether the first line of a box is below the title."""
        return self.title_line is not None and box.first > self.title_line.index

    def is_between_title_and_prose(self, box: ElementBox) -> bool:
        """Return whether all lines of a box are below the title and above the prose."""
        return self.begins_below_title(box) and box.last <= self.prose_start

    def is_outside_prose(self, box: ElementBox) -> bool:
        """Return whether all lines of a box are above the prose, or all are below it."""
        return box.last <= self.prose_start or box.first > self.prose_end

    def boxes_of_banner(self, line: Line) -> Iterator[ElementBox]:
        """Yield the innermost boxes of a line that do not contain the title."""
        for box in line.box.self_and_ancestors(_MAX_LEVELS_OF_BANNER):
            if self.title_line is None or not box.contains_line(self.title_line):
                yield box

    def is_above_prose(self, line: Line) -> bool:
        """Return whether a line is above the prose."""
        return line.index < self.prose_start

    def is_in_prose(self, line: Line) -> bool:
        """Return whether a line is between the first and the last line of prose, or one of them."""
        return self.prose_start <= line.index <= self.prose_end


def find_parts(analysis: PageAnalysis, weights: Weights, others: Container[int]) -> PageParts:
    """Return where the title and the prose of a page are; `others` are the indices of lines of other texts."""
    title = analysis.title_line
    headings = frozenset(line.text for line in analysis.lines if line.is_heading)
    start = _below_lede(analysis, title, _below_facts(analysis, _prose_start(analysis, title)))
    prose = [line for line in analysis.lines if analysis.is_prose(line)]
    tells_of_cookies = title is not None and names_cookies(title.text)
    own = (
        line.index
        for line in reversed(prose)
        if line.index not in others
        and not _is_address_in_own_cell(line, analysis)
        and not _is_in_small_form(line, analysis)
        and (tells_of_cookies or not asks_for_consent(line.text))
    )
    end = next((index for index in own if index >= start), analysis.prose_end)
    text = element_of_text(analysis, title, start, end)
    shown_until = list(accumulate((not line.box.chrome for line in analysis.lines), initial=0))
    return PageParts(analysis, weights, title, start, end, headings, text, shown_until, days_of_entries(analysis))


def _prose_start(page: PageAnalysis, title: Line | None) -> int:
    """Return the index of the first line of prose, if possible below the title.

    On a page of short lines, such as a transcript in Chinese, the first line that prints no facts counts.
    """
    # Without a line that prints the title, the first heading may stand above the text.
    headline = title or page.first_headline()
    if headline is not None and not any(map(page.is_prose, page.lines)):
        below = page.lines[headline.index + 1 :]
        return next((line.index for line in below if not prints_facts(line)), page.prose_start)
    if title is None or page.prose_start > title.index + _LINES_TO_SUBTITLE:
        return page.prose_start
    if page.prose_start > title.index and not page.lines[page.prose_start].is_heading:
        return page.prose_start
    # Prose above the title is about the site, such as a sentence with its telephone numbers.
    below = page.lines[title.index + 1 :]
    return next((line.index for line in below if page.is_prose(line) and not line.is_heading), page.prose_start)


def _below_facts(page: PageAnalysis, start: int) -> int:
    """Return the index of the first line of prose from `start` on that is no row of facts; `start` if there is none."""
    below = (line.index for line in page.lines[start:] if page.is_prose(line) and not line.is_heading)
    return next((index for index in below if not prints_facts(page.lines[index])), start)


def _below_lede(page: PageAnalysis, title: Line | None, start: int) -> int:
    """Return the index of the prose below a lede and facts; `start` if there are none.

    A lede is one line of prose near the title.
    """
    if title is None or not title.index < start <= title.index + _LINES_TO_SUBTITLE:
        return start
    if any(map(prints_facts, page.lines[title.index + 1 : start])):
        return start  # an entry of a list: its title, its day and its summary
    below = page.lines[start + 1 : start + 1 + _MAX_LINES_BELOW_LEDE]
    facts = list(takewhile(lambda line: not page.is_prose(line) and not line.is_heading, below))
    has_facts = any(map(prints_facts, facts)) and not any(line.box.data_table for line in facts)
    return next((line.index for line in below if page.is_prose(line)), start) if has_facts else start


def _is_address_in_own_cell(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is the address or copyright of the site, and the only prose in a cell of a layout table."""
    if not prints_address_of_site(printed_lines(line)):
        return False
    around = line.box.self_and_ancestors(_MAX_LEVELS_TO_CELL)
    cell = next((box for box in around if box.element.tag == "td" and not box.data_table), None)
    others = page.lines[cell.first : cell.last] if cell is not None else []
    return cell is not None and not any(page.is_prose(other) for other in others if other is not line)


def _is_in_small_form(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is in a `form` with little of the prose, such as one that asks readers about the page."""
    around = line.box.self_and_ancestors(_MAX_LEVELS_TO_FORM)
    form = next((box for box in around if box.element.tag == "form"), None)
    return form is not None and page.prose_share(form) < LARGE_SHARE


def element_of_title_and_prose(page: PageAnalysis) -> ElementBox | None:
    """Return the smallest box with the title and nearly all prose; None if no title is above the last prose."""
    return element_of_text(page, page.title_line, page.prose_start, page.prose_end)


def element_of_text(page: PageAnalysis, title: Line | None, start: int, end: int) -> ElementBox | None:
    """Return the smallest box with the title and the lines from `start` to `end`; None if no title is above `end`."""
    if title is None or end < title.index:
        return None
    first, last = min(title.index, start), max(title.index, end)
    box: ElementBox | None = page.lines[last].box
    while box is not None and not box.first <= first:
        box = box.parent
    return box

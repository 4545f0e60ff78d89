"""Keeps lists of links that belong to the text: below its headings, after announcements with a colon, its sources."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby, pairwise, takewhile

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import begins_as_tags, heads_sources, names_contact
from readout_pub.extract.generic.text_blocks import ElementBox, Line, innermost_common_box
from readout_pub.sentences import COLONS

_MAX_LINKS_ABOVE_TEXT = 40
"""How many links may stand between a heading and the text below them."""
_MIN_ANNOUNCEMENT = 25
"""A line of at least this many letters with a colon announces the list below. A shorter one may be "Related:"."""
_MAX_WRAPPERS = 5
"""How many boxes around the heading of sources may contain nothing else."""
_MAX_LINKS_BELOW_HEADING, _MIN_LINK_IN_TEXT, _MAX_BOXES_AROUND_LINK = 6, 0.5, 5
"""How many lines of links a heading may have, the least link density of each, and how many boxes around each are
searched for a known name."""


def keep_announced_lists(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep a list right below a kept line with a colon, which tells that the list is no menu."""
    for above, line in pairwise(page.lines):
        block = above.box.parent
        is_announced = keep[above.index] and above.text.endswith(COLONS) and not begins_as_tags(above.text)
        if is_announced and block is not None and block.contains_line(line):
            entries = page.lines[line.index : _end_of_list(line, block)]
            end = line.index + len(entries)
            is_within = end < block.last and keep[end]
            # At the end of the text, other lists of links lead to other stories.
            are_contacts = all(names_contact(each.text) for each in entries)
            is_of_text = is_within or (bool(entries) and are_contacts)
            is_list = all(entry.box.element.tag == "li" for entry in entries)
            is_clear = above.size >= _MIN_ANNOUNCEMENT or all(_is_unnamed_in(entry, block) for entry in entries)
            if is_of_text and is_list and is_clear and all(map(page.may_be_text, entries)):
                keep[line.index : end] = [True] * len(entries)


def keep_announcements_of_lists(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep lines such as "Read the guide to repairs, which includes:" above a kept list, even if they are links."""
    for line, entry in pairwise(page.lines):
        block = line.box.parent
        is_announcement = page.may_be_text(line) and line.size >= _MIN_ANNOUNCEMENT and line.text.endswith(COLONS)
        is_above_list = block is not None and block.contains_line(entry) and entry.box.element.tag == "li"
        if is_announcement and is_above_list and keep[entry.index]:
            keep[line.index] = True


def _end_of_list(first: Line, block: ElementBox) -> int:
    """Return the index after the list that begins with `first`; the index of `first` without such a list."""
    end = first.index
    for box in first.box.self_and_ancestors(_MAX_BOXES_AROUND_LINK):
        if box is block or box.first != first.index:
            break
        end = box.last
    return end if first.box.element.tag == "li" and end > first.index + 1 else first.index


def keep_links_below_headings(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep links between prose below a heading that heads nothing else, such as the files of a report.

    Links between prose without such a heading lead to other stories more often than not.
    """
    kept = [line for line in page.lines if keep[line.index]]
    prose: dict[ElementBox | None, list[int]] = {}
    for line in filter(page.is_prose, kept):
        prose.setdefault(line.box.parent, []).append(line.index)
    for heading, below in pairwise(kept):
        block = heading.box.parent
        indices = prose.get(block, [heading.index])
        are_headings = heading.is_heading and below.is_heading
        if are_headings and indices[0] < heading.index < indices[-1]:
            links = page.lines[heading.index + 1 : below.index]
            if len(links) <= _MAX_LINKS_BELOW_HEADING and all(_is_link_in_text(line, block, page) for line in links):
                for line in links:
                    keep[line.index] = True


def keep_links_above_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep lists of links right below a kept heading and right above other text of its section."""
    kept = [line for line in page.lines if keep[line.index]]
    first_prose = next((line.index for line in kept if page.is_prose(line)), len(page.lines))
    for heading, below in pairwise(kept):
        links = page.lines[heading.index + 1 : below.index]
        if not heading.is_heading or below.is_heading or not 0 < len(links) <= _MAX_LINKS_ABOVE_TEXT:
            continue
        block = innermost_common_box(heading.box, below.box)
        is_in_text = first_prose < heading.index and block.contains_line(page.lines[first_prose])
        if is_in_text and all(_is_link_in_text(line, block, page) and _is_entry(line, block) for line in links):
            for line in links:
                keep[line.index] = True


def keep_lists_of_links(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep lists of links in the block with most prose, such as sources and annexes.

    Of the words that this rule adds to `bench-train`, nine in ten are text. Other lists at the end of a text link to
    other stories as often as not.
    """
    block, prose = _block_of_prose(page, keep)
    if block is None or page.is_forum_or_shop:
        return
    heading: Line | None = None
    kept_above: tuple[str, str | None] | None = None
    for is_list, run in groupby(
        page.lines[prose[0] : block.last],
        lambda line: _is_link_in_text(line, block, page) and _is_entry(line, block),
    ):
        lines = list(run)
        if not is_list:
            headings = [line for line in lines if line.is_heading and line.box.parent is block]
            kept_above = kept_above if headings == lines[-1:] == lines else None
            heading = headings[-1] if headings else heading
            continue
        own = heading if heading is not None and heading.index == lines[0].index - 1 else None
        is_within = heading is not None and keep[heading.index] and lines[-1].index < prose[-1]
        # The headings of this list and of the kept list right above look alike.
        if is_within or (own is not None and own.box.signature == kept_above):
            for line in lines:
                keep[line.index] = True
        kept_above = own.box.signature if own is not None and all(keep[line.index] for line in lines) else None


def _is_entry(line: Line, block: ElementBox) -> bool:
    """Return whether a line is in an item of a list in `block`."""
    boxes = takewhile(lambda box: box is not block, line.box.self_and_ancestors(_MAX_BOXES_AROUND_LINK))
    return any(box.element.tag == "li" for box in boxes)


def _block_of_prose(page: PageAnalysis, keep: Sequence[bool]) -> tuple[ElementBox | None, list[int]]:
    """Return the block that directly contains most of the kept prose, and the indices of this prose; or (None, [])."""
    prose: dict[ElementBox, list[int]] = {}
    sizes: dict[ElementBox, int] = {}
    for line in page.lines:
        if keep[line.index] and page.is_prose(line) and (block := line.box.parent) is not None:
            prose.setdefault(block, []).append(line.index)
            sizes[block] = sizes.get(block, 0) + line.size
    block = max(sizes, key=lambda each: sizes[each], default=None)
    has_most = block is not None and 2 * sizes[block] > sum(sizes.values()) and len(prose[block]) > 1
    return (block, prose[block]) if block is not None and has_most else (None, [])


def _is_link_in_text(line: Line, block: ElementBox | None, page: PageAnalysis) -> bool:
    """Return whether a line is mostly a link that may be text, in boxes without known names."""
    if line.link_density < _MIN_LINK_IN_TEXT or not page.may_be_text(line):
        return False
    return _is_unnamed_in(line, block)


def _is_unnamed_in(line: Line, block: ElementBox | None) -> bool:
    """Return whether no box from a line up to `block` has a class, id or role with a known meaning."""
    boxes = takewhile(lambda box: box is not block, line.box.self_and_ancestors(_MAX_BOXES_AROUND_LINK))
    return all(trait.startswith("<") for box in boxes for trait in box.traits)


def keep_sources(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep the sources of the document and their heading, such as "References", beside kept prose."""
    title = page.title_line
    if title is None or page.is_forum_or_shop:
        return
    beside: dict[ElementBox | None, int] = {}
    for line in page.lines[title.index + 1 :]:
        if keep[line.index] and page.is_prose(line):
            beside.setdefault(line.box.parent, line.index)
    for heading in page.lines[page.prose_start + 1 :]:
        if heading.links or not heads_sources(heading.text) or not page.may_be_unlinked_text(heading):
            continue
        around = list(heading.box.self_and_ancestors(_MAX_WRAPPERS))
        block = next((box for box in around if box.last > heading.index + 1), None)
        if block is None or not any(beside.get(box.parent, heading.index) < heading.index for box in around[:3]):
            continue
        below = (page.lines[index] for index in range(heading.index + 1, block.last))
        usable = takewhile(page.may_be_text, below)
        entries = list(takewhile(partial(_is_source, heading, page.lines[heading.index + 1]), usable))
        for line in (heading, *entries) if entries else ():
            keep[line.index] = True


def _is_source(heading: Line, first: Line, line: Line) -> bool:
    """Return whether a line still belongs to the sources below `heading`; `first` is the first source."""
    if heading.is_heading:
        is_within = not line.is_heading or line.box.element.tag > heading.box.element.tag
    else:
        is_within = line.box.signature == first.box.signature
    return is_within and not heads_sources(line.text)

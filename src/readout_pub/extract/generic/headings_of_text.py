"""Keeps headings right above text, and leaves out headings whose text, links or media are left out."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile

from readout_pub.extract.captions import is_credit_line
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import ABOUT_PAGE, heads_media
from readout_pub.extract.generic.text_blocks import Line, leads_to_file
from readout_pub.html_elements import HEADINGS, PARTS_OF_SITE
from readout_pub.sentences import ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_MAX_LEVELS_TO_FORM = 6
"""How many elements around a heading are searched for a form below."""
_MAX_LINES_BELOW_HEADING = 3
"""The text of a heading begins at most this many lines below: a date or a label may come between."""
_MAX_HEADING_LINKS = 0.5
"""A heading with at least this link density may be the headline of another page."""
_MAX_WRAPPERS = 5
"""How many boxes around a heading may contain nothing else."""
_MAX_LINES_OF_LINKS = 12
"""How many lines a block of links to other stories may have."""


def keep_headings_of_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep the headings right above text, since their words alone score low."""
    kept = [line for line in page.lines if keep[line.index]]
    like_kept = {line.box.signature for line in kept if line.is_heading}
    below: Line | None = None
    for line in reversed(page.lines[_index_of_first_heading(kept[0], page) :] if kept else []):
        tag = line.box.element.tag
        may_stay = tag in HEADINGS and page.may_be_text(line)
        if may_stay and not keep[line.index] and below is not None:
            is_near = below.index - line.index <= _MAX_LINES_BELOW_HEADING
            heads_text = below.box.element.tag not in HEADINGS or below.box.element.tag > tag
            # Other linked headings may be the headlines of other pages.
            is_like_text = line.link_density < _MAX_HEADING_LINKS or line.box.signature in like_kept
            # The heading of an accordion is a link to its own part of the page.
            is_opener = line.links and all((link.get("href") or "").startswith("#") for link in line.links)
            is_like_text = is_like_text or bool(is_opener)
            # The heading may be alone in boxes of its own.
            outer = line.box.self_and_ancestors(_MAX_WRAPPERS)
            around = next((box for box in outer if box.first < line.index or box.last > line.index + 1), None)
            is_above_sibling = below.index == line.index + 1 and around is not None and below.box.parent is around
            keep[line.index] = is_near and heads_text and (is_like_text or is_above_sibling)
        if keep[line.index]:
            below = line


def _index_of_first_heading(first: Line, page: PageAnalysis) -> int:
    """Return the index of the text's heading right above the first kept line; that of `first` without one."""
    title = page.title_line
    # Headings above the title belong to the site.
    above = page.lines[first.index - 1] if title is not None and first.index > title.index + 1 else None
    block = above.box.parent if above is not None else None
    if above is None or title is None or block is None or not above.is_heading or above.link_density:
        return first.index
    return above.index if block.contains_line(first) and not block.contains_line(title) else first.index


def drop_last_headings(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out headings at the end of the text, such as "On this subject", if the lines below them are left out.

    A heading that is a long sentence stays: it may be the caption of a slide.
    """
    for line in reversed(page.lines):
        if not keep[line.index]:
            continue
        block, below = line.box.parent, line.index + 1
        has_own_text = block is not None and below < block.last
        is_heading = line.is_heading and not (page.is_prose(line) and ends_sentence(line.text))
        if not is_heading or line is page.title_line:
            return
        if not has_own_text and not _is_above_search_form(line, page):
            return
        keep[line.index] = False


def _is_above_search_form(line: Line, page: PageAnalysis) -> bool:
    """Return whether the next element is a search form, perhaps with lines such as "There were no results"."""
    around = islice((line.box.element, *line.box.element.iterancestors()), _MAX_LEVELS_TO_FORM)
    following = next((below for each in around if (below := each.getnext()) is not None), None)
    form = next(following.iter("form"), None) if following is not None else None
    if following is None or form is None or (form.get("method") or "get").lower() != "get":
        return False
    boxes = takewhile(lambda box: box is not following, form.iterancestors())
    # A form in the footer or the sidebar of the site has its own heading there.
    is_of_site = any(box.tag in PARTS_OF_SITE for box in (following, *boxes))
    fields = form.iter("input", "select")
    is_search = any(field.tag == "select" or (field.get("type") or "text") in {"text", "search"} for field in fields)
    if not is_search or is_of_site:
        return False
    lines = takewhile(lambda each: following in _self_and_ancestors(each), page.lines[line.index + 1 :])
    outside = [each for each in lines if form not in _self_and_ancestors(each)]
    has_notes = bool(outside) and all(page.exclusions.get(each.index) == ABOUT_PAGE for each in outside)
    return has_notes or text_of_element(following).split() == text_of_element(form).split()


def _self_and_ancestors(line: Line) -> Iterator[LxmlElement]:
    yield line.box.element
    yield from line.box.element.iterancestors()


def drop_headings_of_dropped_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out headings below the last prose if rules left out all of their own text.

    A heading above photos stays, since a later stage chooses the photos.
    """
    pictures = {image.index for image in page.images}
    last_prose = max((line.index for line in page.lines if keep[line.index] and page.is_prose(line)), default=0)
    kept = [line for line in page.lines[last_prose + 1 :] if keep[line.index]]
    for line, below in pairwise(kept):
        tag, next_tag = line.box.element.tag, below.box.element.tag
        has_text = tag not in HEADINGS or next_tag not in HEADINGS or next_tag > tag
        own = range(line.index + 1, below.index)
        if not has_text and own and page.exclusions.keys() >= {*own} and pictures.isdisjoint((*own, below.index)):
            keep[line.index] = False


def drop_headings_of_dropped_links(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out the heading of a block of links to files or to other stories if all of these links are left out."""
    pictures = [image.index for image in page.images]
    kept = Counter(line.box.signature for line in page.lines if keep[line.index] and line.is_heading)
    for line in page.lines:
        block = line.box.parent
        if not (keep[line.index] and line.is_heading and block is not None and block.first == line.index):
            continue
        others = page.lines[line.index + 1 : block.last] if block.last - block.first <= _MAX_LINES_OF_LINKS else []
        are_dropped = bool(others) and not any(keep[each.index] for each in others)
        are_links = are_dropped and all(each.is_link for each in others)
        are_files = are_dropped and all(map(leads_to_file, others))
        has_pictures = bisect_left(pictures, line.index + 1) < bisect_left(pictures, block.last + 1)
        are_several = sum(len(each.links) for each in others) > 1 and kept[line.box.signature] == 1
        is_of_others = are_links and ("related" in block.traits or (are_several and not has_pictures))
        if are_files or is_of_others:
            keep[line.index] = False


def drop_headings_of_media(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out headings such as "Video" without text below.

    Either only scripts would show the video, or the heading names a gallery at the end.
    """
    pictures = {image.index for image in page.images}
    kept = [line for line in page.lines if keep[line.index]]
    end_of_text = next((line.index for line in reversed(kept) if not is_credit_line(line.text)), 0)
    for line, below in zip(kept, [*kept[1:], None], strict=False):
        if not line.is_heading or not heads_media(line.text):
            continue
        end = below.index if below else len(page.lines)
        tag = line.box.element.tag
        has_text = below is not None and not (below.is_heading and below.box.element.tag <= tag)
        is_missing = not has_text and pictures.isdisjoint(range(line.index, end + 1))
        heads_gallery = line.index == end_of_text and line is not kept[0]  # else the page has only photos
        keep[line.index] = not (is_missing or heads_gallery)

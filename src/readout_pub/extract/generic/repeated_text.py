"""Leaves out all copies but the first of a text that a page has several times, such as once for each screen width.

On sites left out of the fit, this raises the F1 of the sets `bench` from 0.904 to 0.906 and `bench-train` from 0.885 to
0.887 (see benchmarks/README.md), without a loss of recall. `find_hidden_duplicates` marks copies in hidden blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox

REPEATED_TEXT = "a further copy of a text"
"""Why a line of a later copy is excluded."""

_MIN_LINES, _MIN_LETTERS = 2, 150
"""How many lines and letters a copy needs: short blocks recur on purpose. With 300 or 800 letters instead, the F1 of
`bench-train` gains only 0.001."""
_MIN_LONG_LINE, _MIN_SHARE_REPEATED, _MIN_LINES_REPEATED = 2000, 0.9, 3
"""Pages for subscribers may repeat their whole text as one line: of at least this many letters, and with this share of
its word pairs in this many other lines."""
_WIDTHS = re.compile(
    r"(?<![\w-])(?:d-(?:(?:sm|md|lg|xl|xxl)-)?(?:none|block|flex)|(?:hidden|visible)-(?:xs|sm|md|lg|print)(?:-block)?|"
    r"(?:sm|md|lg|xl):(?:hidden|block|flex)|(?:show|hide)-for-(?:small|medium|large)(?:-only|-up|-down)?|"
    r"(?:[\w-]{0,20}-)?(?:mobile|desktop)(?:-[\w-]{0,20})?)(?![\w-])",
    re.IGNORECASE,
)
"""Classes for some screen widths only, as in Bootstrap, Tailwind and Foundation."""
_LISTS = frozenset("ul ol li dl dt dd table thead tbody tfoot tr td th".split())
_MAX_QUOTE_LEVELS = 6


def drop_repeated_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out, in place, copies of kept blocks, and lines that repeat kept paragraphs; add them to the exclusions."""
    for original, copy in _copies(page):
        if any(keep[original.first : original.last]) and any(keep[copy.first : copy.last]):
            for index in range(copy.first, copy.last):
                keep[index] = False
                page.exclusions[index] = REPEATED_TEXT
    for copy in _copies_for_widths(page, keep):
        for index in range(copy.first, copy.last):
            keep[index] = False
            page.exclusions[index] = REPEATED_TEXT
    for index in (*_paragraphs_twice(page, keep), *_lines_without_paragraphs(page, keep)):
        keep[index] = False
        page.exclusions[index] = REPEATED_TEXT


def _copies_for_widths(page: PageAnalysis, keep: list[bool]) -> Iterator[ElementBox]:
    """Yield each box that repeats the kept box right above it, if the classes of both name screen widths."""
    before: dict[ElementBox | None, ElementBox] = {}
    for box in page.boxes:
        above = before.get(box.parent)
        if box.size:
            before[box.parent] = box
        if above is not None and above.size == box.size > 0 and _WIDTHS.search(box.signature[1] or ""):
            is_kept = any(keep[above.first : above.last]) and any(keep[box.first : box.last])
            if is_kept and _WIDTHS.search(above.signature[1] or "") and _texts(above, page) == _texts(box, page):
                yield box


def _paragraphs_twice(page: PageAnalysis, keep: list[bool]) -> Iterator[int]:
    """Yield the indices of kept paragraphs that repeat the kept paragraph right above, perhaps a summary."""
    kept = (line for line in page.lines if keep[line.index])
    for above, line in pairwise(kept):
        is_paragraph = line.size >= _MIN_LETTERS and line.box.element.tag not in _LISTS and not line.box.data_table
        # An author who repeats a paragraph on purpose does so in the same block.
        is_apart = line.box.parent is not above.box.parent
        if is_paragraph and is_apart and line.text == above.text and not _is_quoted(line.box):
            yield line.index


def _lines_without_paragraphs(page: PageAnalysis, keep: list[bool]) -> Iterator[int]:
    """Yield the indices of long kept lines that repeat kept paragraphs."""
    kept = [line for line in page.lines if keep[line.index]]
    long = [line for line in kept if line.size >= _MIN_LONG_LINE]
    others = [line for line in kept if line.size < _MIN_LONG_LINE] if long else []
    line_of = {pair: line.index for line in others for pair in pairwise(line.text.split())}
    for line in long:
        pairs = list(pairwise(line.text.split()))
        repeated = Counter(line_of[pair] for pair in pairs if pair in line_of)
        if len(repeated) >= _MIN_LINES_REPEATED and repeated.total() >= _MIN_SHARE_REPEATED * len(pairs):
            yield line.index


def _copies(page: PageAnalysis) -> Iterator[tuple[ElementBox, ElementBox]]:
    """Yield (original, copy) for each outermost block that repeats an earlier one.

    A reply may quote the text that it answers, and products may have the same list of features.
    """
    seen: dict[tuple[int, int, str, str], ElementBox] = {}
    end = 0
    for box in page.boxes:
        is_large = box.last - box.first >= _MIN_LINES and box.size >= _MIN_LETTERS
        if not is_large or box.first < end or box.element.tag in _LISTS or box.data_table or _is_quoted(box):
            continue
        key = box.last - box.first, box.size, page.lines[box.first].text, page.lines[box.last - 1].text
        original = seen.setdefault(key, box)
        if original.contains_box(box) or _texts(original, page) != _texts(box, page):
            continue
        if any(map(page.reads_like_prose, page.lines[box.first : box.last])):
            end = box.last
            yield original, box


def _texts(box: ElementBox, page: PageAnalysis) -> list[str]:
    return [line.text for line in page.lines[box.first : box.last]]


def _is_quoted(box: ElementBox) -> bool:
    around = box.self_and_ancestors(_MAX_QUOTE_LEVELS)
    return any(each.element.tag == "blockquote" or "quote" in (each.signature[1] or "").lower() for each in around)

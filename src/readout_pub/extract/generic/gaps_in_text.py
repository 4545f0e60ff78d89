"""Keeps prose, data tables and sentences that scored too low between kept lines."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise, takewhile

from readout_pub.extract.generic.excluded_lines import LINKS_TO_PARTS
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.sentences import ends_sentence

_MAX_LINES_BELOW_CONTENTS = 3
"""How many lines between a table of contents and the next kept line may be text."""
_MIN_SENTENCE = 40
"""How many letters a sentence right between kept lines needs."""
_MAX_BOXES_TO_FIGURE = 4
"""How many boxes around a data table are searched for a `figure`."""


def keep_prose_between(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep prose, data tables and sentences between kept lines: an article has no gaps in its middle.

    On sites left out of the fit, 1,065 of the 1,087 words that this rule adds to `bench` and `bench-train` are text.
    Wider rules are worse: benchmarks/experiments.md has their figures.
    """
    siblings: dict[tuple[ElementBox | None, tuple[str, str | None]], list[Line]] = {}
    for line in page.lines:
        siblings.setdefault((line.box.parent, line.box.signature), []).append(line)
    for lines in siblings.values():
        kept = [index for index, line in enumerate(lines) if keep[line.index]]
        for line in lines[kept[0] : kept[-1]] if kept else ():
            is_text = page.is_prose(line) and line.index not in page.exclusions
            keep[line.index] = keep[line.index] or is_text
    shown = [line.index for line in page.lines if not line.box.chrome]
    for table in {line.box.data_table for line in page.lines if line.box.data_table}:
        figure = _figure_around(table)
        start, end = bisect_left(shown, figure.first), bisect_left(shown, figure.last)
        is_between = start > 0 and end < len(shown) and keep[shown[start - 1]] and keep[shown[end]]
        if is_between and not table.chrome and 2 * table.linked_size <= table.size:
            keep[figure.first : figure.last] = page.included_lines(figure)
    for above, line, below in zip(page.lines, page.lines[1:], page.lines[2:], strict=False):
        is_between = keep[above.index] and keep[below.index] and page.may_be_unlinked_text(line)
        is_sentence = line.size >= _MIN_SENTENCE and ends_sentence(line.text)
        keep[line.index] = keep[line.index] or (is_between and (page.margins[line.index] > 0 or is_sentence))
    _keep_prose_below_contents(page, keep)


def _figure_around(table: ElementBox) -> ElementBox:
    """Return the `figure` around a table, with its caption and image; else the table."""
    around = table.self_and_ancestors(_MAX_BOXES_TO_FIGURE)
    return next((box for box in around if box.element.tag == "figure" and not box.chrome), table)


def _keep_prose_below_contents(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep prose between a table of contents and the next kept line, if few lines are between them."""
    for above, line in pairwise(page.lines):
        if page.exclusions.get(above.index) != LINKS_TO_PARTS or line.index in page.exclusions:
            continue
        gap = list(takewhile(lambda each: not keep[each.index], page.lines[line.index :]))
        if len(gap) <= _MAX_LINES_BELOW_CONTENTS and not any(each.box.chrome for each in gap):
            for each in gap:
                keep[each.index] = page.is_prose(each) and each.index not in page.exclusions

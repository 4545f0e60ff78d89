"""Classifies each line as text or not: two linear scoring passes, smoothing, then a two-state Viterbi segmentation.

features ──first pass──▶ scores ──context features, second pass──▶ scores ──smoothing, rules──▶ Viterbi ──▶ text or not

"Chrome" is what a site prints around the text, such as menus. A "fact" tells something about the page, such as its
date. The box of a line is the element around it, and its "block" the box around that box. The "traits" of a box, such
as "<nav>" and "menu", come from its tag, role, class and id.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, repeat

from readout_pub.extract.generic.bare_pages import has_named_chrome, lacks_chrome, menus_at_edges
from readout_pub.extract.generic.cards import (
    keep_figures,
    keep_file_cards,
    keep_labels_of_cards,
    keep_lines_of_cards,
    keep_persons,
)
from readout_pub.extract.generic.chrome import COOKIE_DIALOG, HIDDEN_DUPLICATE, PLAIN_CHROME
from readout_pub.extract.generic.contacts_of_text import keep_contacts_of_article, keep_whole_contacts
from readout_pub.extract.generic.declared_text import keep_declared_text
from readout_pub.extract.generic.edges_of_text import (
    drop_copyright_at_end,
    drop_signs_above_text,
    drop_text_far_above_headline,
    keep_edges,
    keep_first_sentences,
)
from readout_pub.extract.generic.excluded_lines import find_exclusions
from readout_pub.extract.generic.features import (
    BoxKey,
    ContextFeatures,
    Shape,
    box_features,
    box_key,
    group_features,
    line_features,
    line_shape,
    own_features,
    shape_features,
    trait_features,
)
from readout_pub.extract.generic.files_of_text import keep_files_below_text, keep_lists_of_files
from readout_pub.extract.generic.gaps_in_text import keep_prose_between
from readout_pub.extract.generic.headings_of_text import (
    drop_headings_of_dropped_links,
    drop_headings_of_dropped_text,
    drop_headings_of_media,
    drop_last_headings,
    keep_headings_of_text,
)
from readout_pub.extract.generic.labels_and_values import (
    drop_labels_of_chrome,
    drop_labels_of_dropped_values,
    drop_values_of_dropped_terms,
    keep_labels_of_kept_values,
    keep_values_of_kept_labels,
)
from readout_pub.extract.generic.lines_near_title import (
    keep_lines_about_person,
    keep_occasion,
    keep_place,
    keep_subjects,
)
from readout_pub.extract.generic.links_of_text import (
    keep_announced_lists,
    keep_announcements_of_lists,
    keep_links_above_text,
    keep_links_below_headings,
    keep_lists_of_links,
    keep_sources,
)
from readout_pub.extract.generic.other_stories import (
    OTHER_STORY,
    drop_other_stories,
    drop_stories_above,
    drop_stories_below,
)
from readout_pub.extract.generic.page_analysis import BlockGroup, PageAnalysis
from readout_pub.extract.generic.panel_labels import keep_labels_of_panels
from readout_pub.extract.generic.parts_of_text import keep_declared_notes, keep_media_of_text, keep_notes_of_text
from readout_pub.extract.generic.repeated_text import drop_repeated_text
from readout_pub.extract.generic.short_lines import keep_short_lines
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.extract.generic.text_element import (
    keep_captions_of_figures,
    keep_components,
    keep_sources_of_quotes,
    keep_text_below_headings,
    keep_text_element,
)
from readout_pub.extract.generic.weights import Weights, load_weights
from readout_pub.extract.generic.whole_lists import (
    keep_facts_of_kept_lists,
    keep_whole_descriptions,
    keep_whole_lists,
    keep_whole_numbered_lists,
    keep_whole_tables,
)
from readout_pub.model import Keep

# Scores are log-odds of a logistic regression: 0 is undecided, +1 about 73 % text. The scores and shares below were
# chosen by hand on the pages of every second site (`may_inspect` of `benchmarks.fitting.gold`).
# `benchmarks/README.md` describes the sets of pages that the measurements below name.

_BIAS = "any line"
"""The name of the intercept among the weights."""
_MAX_LINE_SCORE = 4.0
"""The segmentation clips scores to ±4: one line alone must not decide about a long segment."""
_TRANSITION_COST = 1.0
"""The cost of a change between text and non-text within one box, as a score. Between boxes, the cost is lower."""
_MAX_TREE_DISTANCE = 6
"""More steps in the tree than this do not lower the transition cost further."""

_EXCLUDED_SCORE = -4.0
"""The score of a line that a rule leaves out."""
_CHROME_SCORE = -1.5
"""Chrome that scores below 0 gets at most this score, so that no share bar between paragraphs is kept."""
_MIN_ARTICLE_PROSE = 400
"""If a declared article has this many letters of prose, its comments, footers and dialogs are never text."""

_SMOOTHING = 0.8
"""How far a score moves to the mean of its group: 1 is to the mean. In decision 10, the F1 is 0.895 with 0.8, and 0.890
with 0."""
_MAX_LINE_WEIGHT = 400
"""How many letters of a line count at most in the mean of its group."""
_TABLE_AFTER_TEXT_SCORE = 0.5
"""The lowest score of a data table right after text. Otherwise, the table could be left out with chrome below it."""

_MIN_TEXT_SIZE, _MIN_TEXT_SHARE = 600, 0.3
"""The threshold falls while the text has fewer letters, and a smaller share of all letters outside chrome, than
these."""
_THRESHOLD_STEP, _MIN_THRESHOLD = 0.25, -1.5
"""The steps in which the threshold falls, and its lowest value."""
_LONG_PAGE_PROSE, _LONG_PAGE_THRESHOLD = 2500, 0.3
"""From this many letters of prose on, a page has a higher threshold: it loses little with its doubtful lines. Together
with unsmoothed headings, this raises the F1 of `fundus` from 0.952 to 0.958, and lowers that of `wcxb` from 0.849 to
0.845."""
_ABOVE_BEST_F1 = 0.2
"""Added to the threshold of the best expected F1, which is 0 if all lines are certain."""
_UNDATED_REDUCTION = 0.6
"""How much lower the threshold is on a page without a publication date: its text is often in short lines and cards. On
sites left out of the fit, 0.6 raises the recall of `bench-train` from 0.907 to 0.912 and the F1 of its service pages
from 0.831 to 0.838; 1.0 lowers this F1 to 0.836."""
_PROSE_BONUS = 0.3
"""How much the scores within the prose are raised: a lost line costs more there than a superfluous one. On sites left
out of the fit, 0.3 instead of 0.5 raises the F1 of `bench` from 0.909 to 0.911. With 0.2 and 0.1, `corpus2` keeps 0.956
of its must-have pieces instead of 0.962."""
_MAX_STORIES_BELOW = 2
"""Once doubtful lines are added, a longer list of stories below the text counts as text."""
_FALLBACK_MARGIN = 1.5
"""On a page without other text, lines are kept that score at most this much below the best line."""

_KEEP_MORE_MARGIN = 1.5
"""`--keep more` adds lines that score less than this below the threshold; at 1.5 below it, one line in five is text."""

CORRECTIONS: tuple[Callable[[PageAnalysis, list[bool]], None], ...] = (
    keep_declared_text,
    keep_short_lines,
    keep_edges,
    keep_place,
    keep_occasion,
    keep_lines_about_person,
    keep_subjects,
    keep_figures,
    keep_prose_between,
    keep_declared_notes,
    keep_first_sentences,
    keep_text_element,
    keep_components,
    keep_lists_of_links,
    keep_headings_of_text,
    keep_links_below_headings,
    keep_links_above_text,
    keep_text_below_headings,
    keep_announced_lists,
    keep_announcements_of_lists,
    keep_lists_of_files,
    keep_files_below_text,
    keep_sources,
    keep_notes_of_text,
    keep_media_of_text,
    keep_captions_of_figures,
    keep_sources_of_quotes,
    keep_whole_descriptions,
    keep_whole_contacts,
    keep_contacts_of_article,
    keep_whole_lists,
    keep_whole_numbered_lists,
    keep_whole_tables,
    keep_facts_of_kept_lists,
    keep_values_of_kept_labels,
    drop_repeated_text,
    drop_text_far_above_headline,
    drop_labels_of_chrome,
    drop_labels_of_dropped_values,
    drop_copyright_at_end,
    drop_last_headings,
    drop_headings_of_dropped_text,
    drop_headings_of_dropped_links,
    drop_headings_of_media,
    drop_signs_above_text,
    drop_values_of_dropped_terms,
    keep_labels_of_kept_values,
    keep_labels_of_panels,
    keep_labels_of_cards,
    keep_lines_of_cards,
    keep_persons,
    keep_file_cards,
)
"""Rules that change, in place and in this order, which lines are kept, after the rules for other stories."""


def classify(page: PageAnalysis, weights: Weights, wanted: Keep | None = None) -> list[bool]:
    """Return for every line of the page whether it is text; also set `page.exclusions` and `page.margins`.

    The margin of a line is its score minus the threshold of the page. `wanted` is as in `choose_lines`.
    """
    page.exclusions = dict(find_exclusions(page, weights))
    scores = score_lines(page, weights)
    _apply_rules(page, weights, scores)
    threshold = _threshold(page, scores)
    page.margins = [score - threshold for score in scores]
    return choose_lines(page, wanted)


def choose_lines(page: PageAnalysis, wanted: Keep | None, *, is_asked: bool = True) -> list[bool]:
    """Return for every line whether it is text, by the `margins` that `classify` has set.

    `wanted` adds lines: "more" those slightly below the threshold, "most" all except excluded lines and most chrome. If
    the program itself adds lines to a page of little text, `is_asked` is False; then other stories stay out.
    """
    keep = _viterbi(page.lines, page.margins)
    if lacks_chrome(page):
        bare = not has_named_chrome(page)
        menus = menus_at_edges(page) | page.exclusions.keys()
        keep = [(bare or known) and line.index not in menus for line, known in zip(page.lines, keep, strict=True)]
    drop_other_stories(page, keep)
    if wanted:
        beside = frozenset[int]() if is_asked else _stories_beside_text(page, keep)
        keep = [
            known or (line.index not in beside and _is_wanted(line, page, wanted))
            for line, known in zip(page.lines, keep, strict=True)
        ]
        if not is_asked:
            drop_stories_below(page, keep, most=_MAX_STORIES_BELOW)
    if wanted != "most":
        drop_stories_above(page, keep)
    for correct in CORRECTIONS:
        correct(page, keep)
    headline = page.title_line
    has_text = any(keep[line.index] for line in page.lines if line is not headline)
    return keep if has_text else _fallback(page, headline)


def lower_threshold(page: PageAnalysis) -> None:
    """Lower the threshold of a page without a publication date: raise all its `margins`, which `classify` has set."""
    page.margins = [margin + _UNDATED_REDUCTION for margin in page.margins]


def _stories_beside_text(page: PageAnalysis, keep: Sequence[bool]) -> frozenset[int]:
    """Return the line indices of other stories; none if these may be the text, as in a list of products."""
    stories = [page.lines[index] for index, why in page.exclusions.items() if why == OTHER_STORY]
    size = sum(line.size for line in stories if not line.box.chrome)
    text = sum(line.size for line in page.lines if keep[line.index])
    return frozenset(line.index for line in stories) if size < text else frozenset()


def _is_wanted(line: Line, page: PageAnalysis, wanted: Keep) -> bool:
    """Return whether `wanted` adds a line."""
    is_excluded = page.exclusions.get(line.index, OTHER_STORY) != OTHER_STORY
    if is_excluded or line.box.chrome == HIDDEN_DUPLICATE:
        return False
    if line.box.chrome:
        return wanted == "most" and line.box.chrome not in PLAIN_CHROME and page.reads_like_prose(line)
    return wanted == "most" or page.margins[line.index] > -_KEEP_MORE_MARGIN


def rank_features(line: Line, page: PageAnalysis, weights: Weights) -> list[str]:
    """Return the features of a line in ascending order of their second-pass weight; never empty."""
    names = {name for name in line_features(line, page, weights) if name in weights.second}
    return sorted(names, key=lambda name: (weights.second[name], name)) or [_BIAS]


# --- scoring


def score_lines(page: PageAnalysis, weights: Weights) -> list[float]:
    """Return the smoothed second-pass score of every line, before any rule.

    Excluded chrome, two in five lines, gets `_EXCLUDED_SCORE` without features. This saves a twelfth of the time.
    """
    first, second = _score_features(page, weights)
    context = ContextFeatures(page, first)
    weight = weights.context.get
    for line in page.lines:
        if not _is_excluded_chrome(line, page):
            second[line.index] += sum([weight(name, 0.0) * value for name, value in context.features(line)])
    return _smooth_groups(page, second)


def _is_excluded_chrome(line: Line, page: PageAnalysis) -> bool:
    return line.box.chrome is not None and line.index in page.exclusions


def _score_features(page: PageAnalysis, weights: Weights) -> tuple[list[float], list[float]]:
    """Return the first-pass score of every line, and the part of its second-pass score that needs no context.

    Sums over features that lines share are cached.
    """
    bias = weights.first.get(_BIAS, 0.0), weights.second.get(_BIAS, 0.0)
    by_traits: dict[tuple[frozenset[str], ...], tuple[float, float]] = {}
    by_group: dict[tuple[BlockGroup, BlockGroup], tuple[float, float]] = {}
    by_shape: dict[Shape, tuple[float, float]] = {}
    by_box: dict[BoxKey, tuple[float, float]] = {}
    first, second = [], []
    for line in page.lines:
        if _is_excluded_chrome(line, page):
            first.append(_EXCLUDED_SCORE)
            second.append(_EXCLUDED_SCORE)
            continue
        box, shape = line.box, line_shape(line)
        group = (page.coarse_groups[line.index], page.groups[line.index])
        traits = (box.ancestor_traits, box.traits, box.parent.traits if box.parent else frozenset())
        place = box_key(box, page)
        if (of_traits := by_traits.get(traits)) is None:
            of_traits = by_traits[traits] = _sum_weights(trait_features(box, page), weights, bias)
        if (of_group := by_group.get(group)) is None:
            of_group = by_group[group] = _sum_weights(group_features(line, page), weights)
        if (of_shape := by_shape.get(shape)) is None:
            of_shape = by_shape[shape] = _sum_weights(shape_features(shape, page), weights)
        if (of_box := by_box.get(place)) is None:
            of_box = by_box[place] = _sum_weights(box_features(box, page), weights)
        own = _sum_weights(own_features(line, page, weights), weights)
        first.append(own[0] + (of_traits[0] + of_group[0] + of_shape[0] + of_box[0]))
        second.append(own[1] + (of_traits[1] + of_group[1] + of_shape[1] + of_box[1]))
    return first, second


def _sum_weights(
    names: Iterable[str], weights: Weights, start: tuple[float, float] = (0.0, 0.0)
) -> tuple[float, float]:
    names, zeros = tuple(names), repeat(0.0)
    # fsum: the order of traits varies between runs, and float addition is not associative.
    return (
        start[0] + math.fsum(map(weights.first.get, names, zeros)),
        start[1] + math.fsum(map(weights.second.get, names, zeros)),
    )


# --- smoothing


def _smooth_groups(page: PageAnalysis, scores: Sequence[float]) -> list[float]:
    """Move the score of each line towards the mean of its group.

    Headings keep their score, since they go with the lines below. A data table has one score: with gaps it would be
    wrong.
    """
    groups: list[BlockGroup | ElementBox] = [
        line.box.data_table or group for line, group in zip(page.lines, page.groups, strict=True)
    ]
    sums: dict[BlockGroup | ElementBox, tuple[float, int]] = {}
    for line, group, score in zip(page.lines, groups, scores, strict=True):
        total, weight = sums.get(group, (0.0, 0))
        size = min(line.size, _MAX_LINE_WEIGHT)
        sums[group] = total + score * size, weight + size
    means = {group: total / weight for group, (total, weight) in sums.items()}
    for table in {line.box.data_table for line in page.lines if line.box.data_table}:
        if _follows_text(table, page, scores):
            means[table] = max(means[table], _TABLE_AFTER_TEXT_SCORE)

    def smoothed(line: Line, score: float, mean: float) -> float:
        if line.box.data_table:
            return mean
        return score if line.is_heading else score + _SMOOTHING * (mean - score)

    return [smoothed(line, score, means[group]) for line, score, group in zip(page.lines, scores, groups, strict=True)]


def _follows_text(table: ElementBox, page: PageAnalysis, scores: Sequence[float]) -> bool:
    """Return whether a data table is a sibling of the text right above it, apart from headings and wrappers."""
    above = table.first - 1
    while above >= 0 and page.lines[above].is_heading:
        above -= 1
    if above < 0 or scores[above] <= 0 or table.chrome or table.linked_size * 2 > table.size:
        return False
    box, outermost, beside_text = page.lines[above].box, table, load_weights().beside_text
    while (
        outermost.parent is not None
        and outermost.parent.last - outermost.parent.first == table.last - table.first
        and beside_text.isdisjoint(outermost.parent.traits)
    ):
        outermost = outermost.parent
    return (box.data_table or box).parent is outermost.parent


# --- rules


def _apply_rules(page: PageAnalysis, weights: Weights, scores: list[float]) -> None:
    """Lower the scores of excluded lines and of chrome, and raise other scores within the prose."""
    is_article = page.declared_type == "article" and page.total_prose >= _MIN_ARTICLE_PROSE
    for line in page.lines:
        chrome = line.box.chrome
        never = chrome in {HIDDEN_DUPLICATE, COOKIE_DIALOG} or (is_article and chrome in weights.never_text)
        if never or line.index in page.exclusions:
            scores[line.index] = _EXCLUDED_SCORE
        elif chrome and scores[line.index] < 0:
            scores[line.index] = min(scores[line.index], _CHROME_SCORE)
        elif not chrome and page.prose_start < page.prose_end and page.prose_start <= line.index <= page.prose_end:
            scores[line.index] += _PROSE_BONUS


# --- segmentation


def _threshold(page: PageAnalysis, scores: Sequence[float]) -> float:
    """Return the score that a line needs: lower on a page with little text, higher on a page with much prose."""
    available = sum(line.size for line in page.lines if not line.box.chrome)
    wanted = min(_MIN_TEXT_SIZE, _MIN_TEXT_SHARE * available)
    sizes = sorted((score, line.size) for line, score in zip(page.lines, scores, strict=True) if score > _MIN_THRESHOLD)
    threshold, letters = 0.0, sum(size for score, size in sizes if score > 0)
    while letters < wanted and threshold > _MIN_THRESHOLD:
        letters += sum(size for score, size in sizes if threshold - _THRESHOLD_STEP < score <= threshold)
        threshold -= _THRESHOLD_STEP
    threshold += _LONG_PAGE_THRESHOLD if page.total_prose >= _LONG_PAGE_PROSE else 0.0
    return threshold if page.is_forum_or_shop else threshold + _threshold_of_best_f1(page, scores)


def _threshold_of_best_f1(page: PageAnalysis, scores: Sequence[float]) -> float:
    """Return the threshold of scores at which the expected F1 of the page is best; at least `_MIN_THRESHOLD`.

    It is the log-odds of half of this F1 (Lipton et al. 2014, "Optimal thresholding of classifiers to maximize F1"),
    plus `_ABOVE_BEST_F1`: lower on a list, where no line is certain. On sites left out of the fit, this raises the F1
    of `bench-train` from 0.888 to 0.891, its recall from 0.911 to 0.917, and the F1 of its lists from 0.699 to 0.722.
    """
    lines = sorted(zip(scores, (line.size for line in page.lines), strict=True), reverse=True)
    doubled = [(math.tanh(score / 2) + 1, size) for score, size in lines]  # twice the probability that it is text
    total = sum(twice * size for twice, size in doubled) / 2
    best = found = kept = 0.0
    for twice, size in doubled:
        found, kept = found + twice * size, kept + size
        best = max(best, found / (kept + total))
    return max(_MIN_THRESHOLD, math.log(best / (2 - best)) + _ABOVE_BEST_F1) if best else 0.0


def _viterbi(lines: Sequence[Line], scores: Sequence[float]) -> list[bool]:
    """Return the text/non-text sequence with the highest total: line scores of text, less the cost of transitions."""
    if not lines:
        return []
    weighted = [
        max(-_MAX_LINE_SCORE, min(_MAX_LINE_SCORE, score)) * _segment_weight(line)
        for line, score in zip(lines, scores, strict=True)
    ]
    best_non_text, best_text = 0.0, weighted[0]
    back_pointers: list[tuple[bool, bool]] = []
    for (above, line), score in zip(pairwise(lines), weighted[1:], strict=True):
        cost = _TRANSITION_COST / (1 + _tree_distance(above.box, line.box) / 2)
        back_pointers.append((best_text - cost > best_non_text, best_text >= best_non_text - cost))
        best_non_text, best_text = (
            max(best_non_text, best_text - cost),
            max(best_text, best_non_text - cost) + score,
        )
    keep = [best_text > best_non_text]
    for to_non_text, to_text in reversed(back_pointers):
        keep.append(to_text if keep[-1] else to_non_text)
    return keep[::-1]


def _segment_weight(line: Line) -> float:
    """Return the square root of a line's size as its weight: 1 at 40 letters, from 0.5 (10 letters) to 3 (360 letters).

    All rows of a data table together weigh as much as one line.
    """
    table = line.box.data_table
    size, rows = (table.size, table.last - table.first) if table else (line.size, 1)
    return min(3.0, max(0.5, math.sqrt(size / 40))) / rows


def _tree_distance(one: ElementBox, other: ElementBox) -> int:
    """Return the number of steps through the tree between two boxes, at most `_MAX_TREE_DISTANCE`."""
    steps = 0
    a: ElementBox | None = one
    b: ElementBox | None = other
    while a is not b and a is not None and b is not None and steps < _MAX_TREE_DISTANCE:
        if a.depth >= b.depth:
            a = a.parent
        else:
            b = b.parent
        steps += 1
    return steps


def _fallback(page: PageAnalysis, headline: Line | None) -> list[bool]:
    """Return which lines score nearly as high as the best one, on a page without other text."""
    shown = [line for line in page.lines if not line.box.chrome and line is not headline]
    candidates = [line for line in shown if line.index not in page.exclusions] or shown
    best = max((page.margins[line.index] for line in candidates), default=0.0)
    kept = {line.index for line in candidates if page.margins[line.index] >= best - _FALLBACK_MARGIN}
    return [line.index in kept for line in page.lines]

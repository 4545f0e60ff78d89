"""Classifies each line as text or not: two linear scoring passes, smoothing, then a two-state Viterbi segmentation.

features ──first pass──▶ scores ──context features, second pass──▶ scores ──smoothing, rules──▶ Viterbi ──▶ text or not

"Chrome" is what a site prints around the text, such as menus. A "fact" tells something about the page, such as its
date. The box of a line is the element around it, and its "block" the box around that box. The "traits" of a box, such
as "<nav>" and "menu", come from its tag, role, class and id.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, groupby, islice, pairwise, repeat, takewhile
from operator import or_
from urllib.parse import urlsplit

from readout_pub.extract.captions import is_credit_line
from readout_pub.extract.footnote_links import CALL_ROLE, NOTE_ROLE, called_notes
from readout_pub.extract.generic.cards import (
    keep_figures,
    keep_file_cards,
    keep_labels_of_cards,
    keep_lines_of_cards,
    keep_persons,
)
from readout_pub.extract.generic.chrome import COOKIE_DIALOG, HIDDEN_DUPLICATE, HIDDEN_TRAITS, PLAIN_CHROME
from readout_pub.extract.generic.declared_text import keep_declared_text
from readout_pub.extract.generic.excluded_boxes import CONSENT, is_contact_card
from readout_pub.extract.generic.excluded_lines import LINKS_TO_PARTS, claims_rights_of_text, find_exclusions
from readout_pub.extract.generic.fact_lines import is_label, is_named_label
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
from readout_pub.extract.generic.other_stories import (
    OTHER_STORY,
    drop_other_stories,
    drop_stories_above,
    drop_stories_below,
)
from readout_pub.extract.generic.page_analysis import BlockGroup, PageAnalysis
from readout_pub.extract.generic.page_lines import (
    ABOUT_PAGE,
    MAIL_ADDRESS,
    begins_as_tags,
    heads_contact_of_document,
    heads_media,
    heads_press_contact,
    heads_sources,
    labels_fact,
    labels_subjects,
    leads_back,
    names_rights,
    names_telephone,
    prints_contact,
)
from readout_pub.extract.generic.page_parts import element_of_prose, element_of_text
from readout_pub.extract.generic.panel_labels import keep_labels_of_panels
from readout_pub.extract.generic.places import prints_place
from readout_pub.extract.generic.repeated_text import drop_repeated_text
from readout_pub.extract.generic.section_names import kind_of_document, names_kind_of_office
from readout_pub.extract.generic.short_lines import keep_short_lines
from readout_pub.extract.generic.text_blocks import (
    DOCUMENT_FILE,
    ElementBox,
    Line,
    innermost_common_box,
    leads_to_file,
    parent_of,
    printed_lines,
    texts_of_nodes,
)
from readout_pub.extract.generic.text_element import (
    keep_captions_of_figures,
    keep_components,
    keep_sources_of_quotes,
    keep_text_below_headings,
    keep_text_element,
)
from readout_pub.extract.generic.title import LINES_OF_HEAD, fold_text, lines_about_person
from readout_pub.extract.generic.weights import Weights, load_weights
from readout_pub.extract.media import MEDIA_ATTRIBUTE
from readout_pub.html_elements import AROUND_DOCUMENTS, HEADINGS, PARTS_OF_SITE
from readout_pub.model import Keep
from readout_pub.sentences import COLONS, ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

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

_MIN_LINES_BETWEEN, _MAX_LEVELS_TO_H1 = 5, 3
"""At least this many lines that are not text separate a headline from text far above. The second number says how many
boxes around the headline are searched for an `h1`."""
_ARTICLE_TRAITS = frozenset({"<article>", "<main>", "role article", "role main", "itemprop articlebody"})
"""Traits of the box of a whole document."""
_MAX_LEVELS_TO_ARTICLE = 20
"""How many boxes around a line are searched for such a box."""
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
_MAX_LEVELS_TO_FORM = 6
"""How many elements around a heading are searched for a form below."""
_MAX_STORIES_BELOW = 2
"""Once doubtful lines are added, a longer list of stories below the text counts as text."""
_MAX_LINES_BELOW_HEADING = 3
"""The text of a heading begins at most this many lines below: a date or a label may come between."""
_MIN_HEADINGS_OF_CLASS = 2
"""From this many headings in the text on, a class is usual there (see `_keep_lists_of_files`)."""
_MAX_HEADING_LINKS = 0.5
"""A heading with at least this link density may be the headline of another page."""
_FALLBACK_MARGIN = 1.5
"""On a page without other text, lines are kept that score at most this much below the best line."""

_KEEP_MORE_MARGIN = 1.5
"""`--keep more` adds lines that score less than this below the threshold; at 1.5 below it, one line in five is text."""

_MAX_LINKED_OF_BARE = 0.2
"""A bare document has at most this share of its letters in links: it has no menu."""
_AROUND_DOCUMENTS = AROUND_DOCUMENTS | {"menu"}
"""Elements that a bare page (see `is_bare`) lacks."""

_MIN_ENTRIES_KEPT = 0.6
"""If at least this share of a list's entries is kept, all are kept. On sites left out of the fit, the recall of
`bench-train` is 0.904 without this rule, 0.906 with 0.5, and 0.905 with 0.7, at the same F1. With 0.5, more must-not
pieces of `corpus` are kept."""
_MAX_LINKS_ABOVE_TEXT = 40
"""How many links may stand between a heading and the text below them."""
_MAX_ENTRIES_OF_MENU = 0.1
"""A list with at most this many kept lines per entry, all links, may be a menu of languages."""
_MIN_MENU_LINKS, _MAX_MENU_ENTRY = 0.3, 30
"""The least link density of a line that is a menu, and how many letters each of its links may have."""
_MIN_WAY_BACK_LINKS = 0.5
"""A line that leads back to a list or to the home page has a higher link density."""
_MIN_FACTS_BESIDE = 2
"""A fact is kept only if at least this many others of its list are."""
_MAX_FACT = 30
"""How many letters a label, and the value below it, may have."""
_LABELLED_ITEM = re.compile(r"[^\W\d][^:：]{1,30}[:：]\s?\S")
"""The start of an item such as "Date: April 2031"."""
_LINES_TO_FACTS = 4
"""How far below the headline a list of facts, such as the speaker, may begin."""
_MAX_BOXES_AROUND_PHOTOS = 6
"""How many boxes around a headline are searched for photos."""
_MAX_LAST_LINE = 160
"""How many letters the last line of a text may have."""
_MARKS_OF_END = ("(", "（", "[", "【", "*", "#", "-", "–", "—")
"""Signs at the start of a last line such as "(End)" or "# # #"."""
_RIGHT_EDGE = re.compile(
    r"text-align\s*:\s*(?:right|end)|(?<![a-z])(?:(?:has-)?text(?:-align)?-(?:right|end)|align-?right|rteright)(?![a-z])",
    re.IGNORECASE,
)
"""Styles and classes of paragraphs at the right edge."""
_NAMES_ABOVE_TEXT = frozenset({"header", "hero"})
"""Traits of the head of a page, which the last line of the text may have too."""
_MIN_SENTENCE = 40
"""How many letters a sentence right between kept lines needs."""
_MIN_FIRST_SENTENCE = 20
"""How many letters a sentence above the first prose needs."""
_MIN_ANNOUNCEMENT = 25
"""A line of at least this many letters with a colon announces the list below. A shorter one may be "Related:"."""
_MAX_CONTACT_LINES, _MAX_BOXES_AROUND_CONTACT = 12, 4
"""How many lines a section of contacts may have, and how many boxes around each line are searched for a card."""
_MAX_BOXES_TO_FIGURE = 4
"""How many boxes around a data table are searched for a `figure`."""
_MAX_CAPTION_LINES = 2
"""How many short lines beside a video may be its caption."""
_MAX_WRAPPERS = 5
"""How many boxes around a video, a listing of code or a heading may contain nothing else."""
_MAX_LABELLED_CHROME = 1000
"""How many letters a menu with its label may have."""
_MAX_LINKS_BELOW_HEADING, _MIN_LINK_IN_TEXT, _MAX_BOXES_AROUND_LINK = 6, 0.5, 5
"""How many lines of links a heading may have, the least link density of each, and how many boxes around each are
searched for a known name."""
_MAX_LINES_OF_LINKS = 12
"""How many lines a block of links to other stories may have."""
_TIME_OR_DAY = re.compile(r"\d{1,2}[:.]\d{2}|\b[12]\d{3}\b")
_LINES_TO_PLACE, _LINES_UP_TO_PLACE, _MAX_BESIDE_PLACE = 8, 6, 80
"""How many lines below and above the headline may print the place, and how many characters the line beside it may
have."""
_NOTE_TRAIT = f"role {NOTE_ROLE}"
_FILE_WORD = re.compile(r"\b(?:PDF|DOCX?|XLSX?|ODT|RTF)\b")
"""Formats of files in the texts of links."""


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
    lacks_chrome = _lacks_chrome(page)
    bare = lacks_chrome and not _has_named_chrome(page)
    if lacks_chrome:
        menus = _menus_at_edges(page) | page.exclusions.keys()
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


def is_bare(page: PageAnalysis) -> bool:
    """Return whether a page is nothing but a document: without chrome, and without names such as "footer"."""
    return _lacks_chrome(page) and not _has_named_chrome(page)


def _lacks_chrome(page: PageAnalysis) -> bool:
    """Return whether a page has neither chrome nor elements for chrome, no declared type, and few links."""
    linked = sum(line.size * line.link_density for line in page.lines)
    total = sum(line.size for line in page.lines)
    return (
        page.declared_type is None
        and linked <= _MAX_LINKED_OF_BARE * total
        and not any(box.chrome for box in page.boxes)
        and not any(box.element.tag in _AROUND_DOCUMENTS for box in page.boxes)
    )


def _has_named_chrome(page: PageAnalysis) -> bool:
    """Return whether a box that does not contain the headline has a class or id such as "menu" or "footer"."""
    names, headline = load_weights().around_documents, page.title_line
    return any(
        box.size > 0 and not names.isdisjoint(box.traits) and not (headline and box.contains_line(headline))
        for box in page.boxes
    )


def _menus_at_edges(page: PageAnalysis) -> frozenset[int]:
    """Return the indices of lines such as "Home | Contact" at both ends of a page that lacks chrome.

    A single link below the title may be text, such as an e-mail address.
    """
    title = page.title_line
    found = {line.index for line in page.lines[: title.index if title else 0] if _is_link_line(line)}
    for lines in (page.lines, page.lines[::-1]):
        edge = list(takewhile(lambda line: line.index in page.exclusions or _is_link_line(line), lines))
        if any(len(line.links) > 1 for line in edge):
            found.update(line.index for line in edge)
    return frozenset(found)


def _is_link_line(line: Line) -> bool:
    """Return whether a line is one link, or several short ones with little beside them."""
    links = [text_of_element(link) for link in line.links]
    is_menu = len(links) > 1 and line.link_density >= _MIN_MENU_LINKS and max(map(len, links)) <= _MAX_MENU_ENTRY
    return (is_menu or line.is_link) and not leads_to_file(line)


def _keep_notes_of_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep the footnotes to which the text refers, even those that look like lists of links."""
    if not any(_NOTE_TRAIT in box.traits for box in page.boxes):
        return
    called = list(called_notes(page.boxes[0].element))
    line_of = {parent_of(node): line.index for line in page.lines for node in line.text_nodes}
    box_of = {box.element: box for box in page.boxes}
    for call, note in called:
        call_line = next((line_of[each] for each in call.iter() if each in line_of), None)
        box = box_of.get(note)
        if call_line is not None and keep[call_line] and box is not None:
            # The tables of a notice of cookies have labels that look like those of notes: "1 year".
            keep[box.first : box.last] = [page.exclusions.get(index) != CONSENT for index in range(box.first, box.last)]


def _keep_whole_descriptions(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep whole `dl` lists with a kept line, or between title and prose: there they tell who spoke where."""
    title = page.title_line
    for box in page.boxes:
        is_description = box.element.tag == "dl" and not box.chrome and box.linked_size <= box.size / 2
        is_above_text = title is not None and title.index < box.first <= title.index + _LINES_TO_FACTS
        is_above_text = is_above_text and box.last <= page.prose_start and not page.is_forum_or_shop
        if is_description and (is_above_text or any(keep[box.first : box.last])):
            keep[box.first : box.last] = [index not in page.exclusions for index in range(box.first, box.last)]


def _keep_whole_lists(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep all entries of a list if most are kept: gaps would be wrong. Of a menu, keep none."""
    if _lacks_chrome(page):
        return  # a list may be the menu
    lists: dict[int, list[ElementBox]] = {}
    for box, row in page.repeated_boxes.items():
        if not box.chrome and not box.data_table:
            lists.setdefault(id(row), []).append(box)
    for boxes in lists.values():
        kept = [line for box in boxes for line in page.lines[box.first : box.last] if keep[line.index]]
        if len(kept) <= _MAX_ENTRIES_OF_MENU * len(boxes) and all(line.is_link for line in kept):
            for line in kept:
                keep[line.index] = False
        dropped = [box for box in boxes if not any(keep[box.first : box.last])]
        if dropped and len(dropped) <= (1 - _MIN_ENTRIES_KEPT) * len(boxes):
            signatures = {line.box.signature for line in kept}
            for line in (line for box in dropped for line in page.lines[box.first : box.last]):
                is_usable = page.may_be_text(line)
                keep[line.index] = is_usable and line.box.signature in signatures


def _keep_whole_numbered_lists(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep whole numbered lists, if an item is kept: a gap in the numbers would be wrong.

    Items that are only links may lead to the most read stories.
    """
    items = [line for line in page.lines if line.box.element.tag == "li" and not line.is_link]
    kept = {line.box.parent for line in items if keep[line.index]}
    for line in items:
        block = line.box.parent
        if block in kept and block is not None and block.element.tag == "ol":
            keep[line.index] = keep[line.index] or page.may_be_text(line)


def _keep_whole_tables(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep whole data tables if a row is kept, such as tables with rows of links."""
    tables = {line.box.data_table for line in page.lines if keep[line.index]}
    for table in filter(None, tables):
        for line in page.lines[table.first : table.last]:
            keep[line.index] = keep[line.index] or line.index not in page.exclusions


def _keep_facts_of_kept_lists(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep items such as "Date: April 2031" in a list of kept facts, which is about a case or the like."""
    items = [line for line in page.lines if line.box.element.tag == "li" and _LABELLED_ITEM.match(line.text)]
    kept = Counter(line.box.parent for line in items if keep[line.index])
    for line in items if kept else ():
        block = line.box.parent
        if keep[line.index] or block is None or line.links or page.exclusions.get(line.index) != ABOUT_PAGE:
            continue
        others = block.last - block.first - 1
        keep[line.index] = kept[block] >= max(_MIN_FACTS_BESIDE, _MIN_ENTRIES_KEPT * others)


def _keep_values_of_kept_labels(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep short values with digits, such as "No. 14", below a kept label in a block of two lines."""
    for label, value in pairwise(page.lines):
        if keep[value.index] or not keep[label.index] or label.is_heading or value.links or value.box.chrome:
            continue
        row = value.box.parent
        is_row = row is not None and row is label.box.parent and (row.first, row.last) == (label.index, value.index + 1)
        is_short = max(label.size, value.size) <= _MAX_FACT and any(map(str.isdecimal, value.text))
        if is_row and is_short and value.index not in page.exclusions:
            keep[value.index] = True


def _keep_media_of_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep videos and listings of code beside text, with captions: alone, these lines look like buttons."""
    for box in page.boxes:
        is_listing = box.signature[0] == "pre"
        is_part = is_listing or (box.signature[0] == "figure" and box.element.get(MEDIA_ATTRIBUTE))
        is_hidden = is_listing and not HIDDEN_TRAITS.isdisjoint(box.traits)  # data for scripts
        if not is_part or is_hidden or box.chrome or box.parent is None:
            continue
        around = _box_with_more(box)
        count = (around.last - around.first) - (box.last - box.first)
        is_framed = around.parent is not None and 0 < count <= _MAX_CAPTION_LINES
        captions = page.lines[around.first : box.first] + page.lines[box.last : around.last] if is_framed else []
        if is_framed and all(page.may_be_unlinked_text(line) and not page.is_prose(line) for line in captions):
            frame, around = around, _box_with_more(around)
        else:
            frame = box
        if any(keep[around.first : around.last]):
            shown = range(frame.first, frame.last)
            keep[frame.first : frame.last] = [is_listing or index not in page.exclusions for index in shown]


def _box_with_more(box: ElementBox) -> ElementBox:
    """Return the innermost box around `box` with more text, else the outermost: `<div><div><video></div></div>`."""
    *_, outermost = around = tuple(islice(box.self_and_ancestors(_MAX_WRAPPERS + 2), 1, None)) or (box,)
    return next((each for each in around if each.size > box.size), outermost)


def _keep_edges(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep further lines of the text right above and below the kept lines, such as a subtitle or a time of day."""
    kept = [line for line in page.lines if keep[line.index]]
    title = page.title_line
    if not kept:
        return
    for edge, step in ((kept[0], -1), (kept[-1], 1)):
        index = edge.index + step
        while 0 <= index < len(page.lines) and _continues(page.lines[index], edge, page):
            if page.lines[index] is title:
                break
            keep[index] = True
            index += step
    for line in page.lines[kept[-1].index + 1 :]:
        if keep[line.index]:
            continue
        if not _ends_text(line, page.lines[line.index - 1], page):
            break
        keep[line.index] = True
    first = next((line.index for line in kept if title and line.index > title.index), 0)
    for line in page.lines[title.index + 1 : first] if title else []:
        beside = line.box.parent is not None and title is not None and line.box.parent.contains_line(title)
        keep[line.index] = keep[line.index] or (beside and page.may_be_unlinked_text(line) and _is_unnamed(line))


def _keep_place(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep lines near the headline that print the place and a day or time, such as "Linden, 3 May"."""
    title = page.title_line
    if title is None:
        return
    text = element_of_prose(page)
    # Above the element of the text, the site may print its own place and today's date.
    start = title.index + 1 if text is None else max(text.first, title.index - _LINES_UP_TO_PLACE)
    near = page.lines[start : title.index + 1 + _LINES_TO_PLACE]
    for line in near:
        beside = page.lines[max(0, line.index - 1) : line.index + 2]
        is_dated = any(len(each.text) <= _MAX_BESIDE_PLACE and _TIME_OR_DAY.search(each.text) for each in beside)
        if is_dated and line is not title and prints_place(line) and page.may_be_unlinked_text(line):
            keep[line.index] = True


def _keep_occasion(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep the lines from "Remarks by N. Reef" down to the title: they tell where and when somebody spoke.

    Other rules take some of these lines for facts of the page.
    """
    title = page.title
    if title is None or (title.line is not None and title.line.is_heading):
        return  # above such a title are menus and facts of the page
    words = fold_text(title.text)
    head = page.lines[:LINES_OF_HEAD]
    end = next((line.index for line in head if fold_text(line.text) == words), 0)
    speakers = (line.index for line in head[:end] if names_kind_of_office(next(iter(printed_lines(line)), "")))
    occasion = page.lines[next(speakers, end) : end]
    links = (link for line in occasion for link in line.links)
    leads_away = any(link.get("role") != CALL_ROLE for link in links)
    if not leads_away and not any(line.box.chrome or line.is_heading for line in occasion):
        for line in occasion:
            keep[line.index] = True


def _keep_lines_about_person(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep the role and the office between the name of a person and the text about this person."""
    for line in lines_about_person(page):
        keep[line.index] = True


def _keep_subjects(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep what a meeting was about: "Subjects" with the line below, or "Subjects: reefs; dykes"."""
    title = page.title_line
    for line in page.lines[title.index + 1 : page.prose_start] if title else ():
        name, colon, subjects = line.text.partition(":")
        is_text = bool(colon) and (ends_sentence(subjects) or ";" in subjects)
        if is_text and labels_subjects(name) and page.may_be_unlinked_text(line):
            keep[line.index] = True
    for label, line in pairwise(page.lines[title.index + 1 : page.prose_start] if title else ()):
        is_beside = label.box.parent is not None and label.box.parent.contains_line(line)
        if is_beside and labels_subjects(label.text) and page.may_be_unlinked_text(line) and not label.link_density:
            keep[label.index] = keep[line.index] = True


def _keep_prose_between(page: PageAnalysis, keep: list[bool]) -> None:
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
            keep[figure.first : figure.last] = [
                index not in page.exclusions for index in range(figure.first, figure.last)
            ]
    for above, line, below in zip(page.lines, page.lines[1:], page.lines[2:], strict=False):
        is_between = keep[above.index] and keep[below.index] and page.may_be_unlinked_text(line)
        is_sentence = line.size >= _MIN_SENTENCE and ends_sentence(line.text)
        keep[line.index] = keep[line.index] or (is_between and (page.margins[line.index] > 0 or is_sentence))
    _keep_prose_below_contents(page, keep)


def _figure_around(table: ElementBox) -> ElementBox:
    """Return the `figure` around a table, with its caption and image; else the table."""
    around = table.self_and_ancestors(_MAX_BOXES_TO_FIGURE)
    return next((box for box in around if box.element.tag == "figure" and not box.chrome), table)


def _keep_announced_lists(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep a list right below a kept line with a colon, which tells that the list is no menu."""
    for above, line in pairwise(page.lines):
        block = above.box.parent
        is_announced = keep[above.index] and above.text.endswith(COLONS) and not begins_as_tags(above.text)
        if is_announced and block is not None and block.contains_line(line):
            entries = page.lines[line.index : _end_of_list(line, block)]
            end = line.index + len(entries)
            is_within = end < block.last and keep[end]
            # At the end of the text, other lists of links lead to other stories.
            are_contacts = all(names_telephone(each.text) or MAIL_ADDRESS.search(each.text) for each in entries)
            is_of_text = is_within or (bool(entries) and are_contacts)
            is_list = all(entry.box.element.tag == "li" for entry in entries)
            is_clear = above.size >= _MIN_ANNOUNCEMENT or all(_is_unnamed_in(entry, block) for entry in entries)
            if is_of_text and is_list and is_clear and all(map(page.may_be_text, entries)):
                keep[line.index : end] = [True] * len(entries)


def _keep_announcements_of_lists(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep lines such as "Read the guide to repairs, which includes:" above a kept list, even if they are links."""
    for line, entry in pairwise(page.lines):
        block = line.box.parent
        is_usable = page.may_be_text(line)
        is_announcement = is_usable and line.size >= _MIN_ANNOUNCEMENT and line.text.endswith(COLONS)
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


def _keep_first_sentences(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep sentences above the first kept prose in its block, such as a piece of advice."""
    title = page.title_line
    kept = (line for line in page.lines[title.index + 1 :] if keep[line.index] and page.is_prose(line)) if title else ()
    first = next(iter(kept), None)
    block = first.box.parent if first is not None else None
    if first is None or title is None or block is None or block.contains_line(title):
        return
    for line in page.lines[block.first : first.index]:
        is_usable = page.may_be_text(line)
        if is_usable and line.size >= _MIN_FIRST_SENTENCE and ends_sentence(line.text):
            keep[line.index] = True


def _keep_declared_notes(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep each box of role "note" between kept lines."""
    for box in page.boxes:
        is_note = "role note" in box.traits and not box.chrome and box.size > 0
        if is_note and box.first > 0 and box.last < len(keep) and keep[box.first - 1] and keep[box.last]:
            keep[box.first : box.last] = [index not in page.exclusions for index in range(box.first, box.last)]


def _keep_prose_below_contents(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep prose between a table of contents and the next kept line, if few lines are between them."""
    for above, line in pairwise(page.lines):
        if page.exclusions.get(above.index) != LINKS_TO_PARTS or line.index in page.exclusions:
            continue
        gap = list(takewhile(lambda each: not keep[each.index], page.lines[line.index :]))
        if len(gap) <= _MAX_LINES_BELOW_HEADING and not any(each.box.chrome for each in gap):
            for each in gap:
                keep[each.index] = page.is_prose(each) and each.index not in page.exclusions


def _keep_whole_contacts(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep all lines of a section of contacts if its heading and its first line are kept.

    A heading such as "Press contact" is enough, unless the contacts are in a card: cards belong to the site.
    """
    title = page.title_line
    text = element_of_prose(page)
    for heading in page.lines:
        block = heading.box.parent
        if not heading.is_heading or heading is title or block is None:
            continue
        is_below = page.may_be_text(heading) and heading.index > page.prose_start
        is_in_text = text is not None and text.contains_line(heading)
        has_own_heading = is_below and (
            heads_press_contact(heading.text) or (is_in_text and heads_contact_of_document(heading.text))
        )
        if not (keep[heading.index] or has_own_heading):
            continue
        below = page.lines[heading.index + 1 : min(block.last, heading.index + 2 + _MAX_CONTACT_LINES)]
        ends = (line.is_heading and line.box.element.tag <= heading.box.element.tag for line in below)
        section = [line for line, end in zip(below, accumulate(ends, or_), strict=True) if not end]
        is_contact = len(section) <= _MAX_CONTACT_LINES and any(
            MAIL_ADDRESS.search(line.text) or names_telephone(line.text) for line in section
        )
        is_own = has_own_heading and not _is_in_card(section, block, page)
        is_of_text = is_contact and (is_own or keep[section[0].index])
        if is_of_text and not any(map(page.is_prose, section[1:])):
            for line in (heading, *section):
                keep[line.index] = keep[line.index] or page.may_be_text(line)


def _is_in_card(section: Sequence[Line], block: ElementBox, page: PageAnalysis) -> bool:
    """Return whether contacts are in a card of the site: a box in `block`, or `block` itself without other lines."""
    is_whole = block.last - block.first <= len(section) + 1
    boxes = [block] if is_whole else []
    for line in section:
        boxes += takewhile(lambda box: box is not block, line.box.self_and_ancestors(_MAX_BOXES_AROUND_CONTACT))
    return any(is_contact_card(box, page) for box in boxes)


def _keep_contacts_of_article(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep contacts with a telephone number below the prose, in the `article` of title and prose."""
    text = element_of_prose(page)
    if text is None or text.element.tag != "article":
        return
    for box in page.boxes[text.index : text.end]:
        lines = page.lines[box.first : box.last] if 1 < box.last - box.first <= _MAX_CONTACT_LINES else []
        is_below = box.first > page.prose_end and not any(line.box.chrome for line in lines)
        if any(line.index in page.exclusions for line in lines):
            continue  # a rule leaves out a part of this box, such as a card of the site
        texts = [line.text for line in lines]
        # A box with a mail address but no telephone number may tell who wrote the article.
        is_contact = is_below and prints_contact(texts) and any(map(names_telephone, texts))
        if is_contact and not is_contact_card(box, page):
            for line in lines:
                keep[line.index] = True


def _drop_labels_of_chrome(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out the label of a menu, such as "Share this page", if its links are left out."""
    for box in page.boxes:
        if not box.chrome or box.size > _MAX_LABELLED_CHROME or (box.parent and box.parent.chrome):
            continue
        lines = page.lines[box.first : box.last]
        kept = [line for line in lines if keep[line.index]]
        dropped_links = any(line.link_density and not keep[line.index] for line in lines)
        if kept == lines[:1] and dropped_links and not kept[0].link_density and not page.is_prose(kept[0]):
            keep[kept[0].index] = False


def _keep_links_below_headings(page: PageAnalysis, keep: list[bool]) -> None:
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


def _keep_links_above_text(page: PageAnalysis, keep: list[bool]) -> None:
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


def _keep_lists_of_links(page: PageAnalysis, keep: list[bool]) -> None:
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


def _continues(line: Line, edge: Line, page: PageAnalysis) -> bool:
    """Return whether a line is a sibling of `edge` that looks alike, and neither chrome nor a line of links."""
    alike = line.box.parent is edge.box.parent and line.box.element.tag == edge.box.element.tag
    is_of_class = line.box.signature == edge.box.signature or (_is_unnamed(line) and _is_unnamed(edge))
    is_usable = page.may_be_text(line)
    return alike and is_of_class and is_usable and (page.is_prose(line) or not line.link_density)


def _ends_text(line: Line, above: Line, page: PageAnalysis) -> bool:
    """Return whether `line`, right below `above`, ends the text: "(End)", a signature, the number of the document."""
    block = line.box.parent
    is_at_edge = block is above.box.parent and _is_at_right_edge(line.box.element)
    is_beside = (line.box.element.tag == "p" or is_at_edge) and block is not None and block.contains_line(above)
    is_named = not (load_weights().beside_text - _NAMES_ABOVE_TEXT).isdisjoint(line.box.traits)
    is_last = is_at_edge or ends_sentence(line.text) or line.text.startswith(_MARKS_OF_END)
    is_last = is_last or (any(map(str.isdecimal, line.text)) and kind_of_document(line.text) == line.text)
    is_last = is_last and not names_rights(line.text) and "©" not in line.text
    return is_beside and not is_named and is_last and line.size <= _MAX_LAST_LINE and page.may_be_unlinked_text(line)


def _is_at_right_edge(element: LxmlElement) -> bool:
    """Return whether an element is at the right edge, as signatures are."""
    names = f"{element.get('class') or ''};{element.get('style') or ''}"
    return (element.get("align") or "").strip().lower() == "right" or _RIGHT_EDGE.search(names) is not None


def _is_unnamed(line: Line) -> bool:
    """Return whether no trait of a line's box has a known meaning."""
    return all(trait.startswith("<") for trait in line.box.traits)


def _keep_headings_of_text(page: PageAnalysis, keep: list[bool]) -> None:
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
    is_of_text = above is not None and _is_unlinked_heading(above) and block is not None and block.contains_line(first)
    is_own = is_of_text and block is not None and title is not None and not block.contains_line(title)
    return first.index - 1 if is_own else first.index


def _drop_labels_of_dropped_values(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out the label of a block, such as "Related links", if no other line of the block is kept."""
    for line in page.lines:
        block = line.box.parent
        if not keep[line.index] or block is None or not block.first == line.index < block.last - 1:
            continue
        if is_named_label(line) and is_label(line) and not line.is_heading:
            keep[line.index] = any(keep[line.index + 1 : block.last])


def _drop_last_headings(page: PageAnalysis, keep: list[bool]) -> None:
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


def _drop_headings_of_dropped_text(page: PageAnalysis, keep: list[bool]) -> None:
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


def _drop_headings_of_dropped_links(page: PageAnalysis, keep: list[bool]) -> None:
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


def _drop_values_of_dropped_terms(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out each `dd` of an excluded `dt`: the `dd` would seem to describe the `dt` above."""
    term: Line | None = None
    for line in page.lines:
        part = line.box.list_part
        if part == "dt":
            term = line
        elif part != "dd":
            term = None
        elif term is not None and page.exclusions.get(term.index, OTHER_STORY) != OTHER_STORY:
            keep[line.index] = False  # the rules for other stories leave out their own `dd`


def _keep_labels_of_kept_values(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep labels of kept facts: a day alone, without "Adopted on", would mean nothing."""
    for label, value in pairwise(page.lines):
        is_label = page.exclusions.get(label.index) == ABOUT_PAGE and labels_fact(label.text)
        row = label.box.parent
        if is_label and keep[value.index] and row is not None and row is value.box.parent and not label.box.chrome:
            is_row = row.element.tag == "tr" or (row.first, row.last) == (label.index, value.index + 1)
            keep[label.index] = keep[label.index] or is_row


def drop_terms_without_descriptions(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out, in place, terms whose descriptions are all left out, such as "Details" above facts of the page."""
    term: Line | None = None
    kept = True
    for line in page.lines:
        part = line.box.list_part
        if part != "dd":
            if term is not None and not kept:
                keep[term.index] = False
            term, kept = (line if part == "dt" else None), True
        elif term is not None:
            kept = keep[line.index] or (kept and line.index > term.index + 1)
    if term is not None and not kept:
        keep[term.index] = False


def _drop_signs_above_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out lines without words above the text: asterisks, a count of readers, badges of one letter.

    A number without prose below stays: it may belong to a label, as in "42 ships", or to a chapter.
    """
    title = page.title_line

    def is_sign(line: Line) -> bool:
        is_above = title is not None and title.index < line.index < page.prose_start and not line.box.data_table
        return not any(map(str.isalnum, line.text)) or (is_above and _lacks_words(line))

    kept = [line for line in page.lines if keep[line.index] and line is not title]
    signs = list(takewhile(is_sign, kept))
    is_above_prose = len(signs) < len(kept) and page.is_prose(kept[len(signs)])
    for line in signs:
        keep[line.index] = not is_above_prose and any(map(str.isdecimal, line.text))


def _lacks_words(line: Line) -> bool:
    """Return whether a line prints only digits, or single letters, each in an element of its own."""
    texts = texts_of_nodes(line)
    # A number in a paragraph may be that of a chapter.
    is_of_text = line.box.element.tag in {"p", "li", "dt", "dd"} or line.is_heading
    are_badges = len(texts) > 1 and all(len(text) == 1 for text in texts)
    return not is_of_text and (are_badges or all(text.isdecimal() for text in texts))


def _drop_headings_of_media(page: PageAnalysis, keep: list[bool]) -> None:
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


def _drop_copyright_at_end(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out copyright and links back at the end of the text."""
    pictures = {image.index for image in page.images}
    for line in reversed(page.lines):
        if not keep[line.index]:
            continue
        links = list(map(text_of_element, line.links)) if line.link_density else []
        is_way_back = line.link_density > _MIN_WAY_BACK_LINKS and any(map(leads_back, links))
        is_of_site = names_rights(line.text) and not claims_rights_of_text(line, page)
        if line.index in pictures or not (is_way_back or is_of_site):
            return  # copyright beside a picture is a credit
        keep[line.index] = False


def _keep_lists_of_files(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep lists of links to files, such as forms, below a heading that looks like others of the text.

    The entries have no class, so only the heading tells such a list from a menu.
    """
    kept = Counter(line.box.signature for line in page.lines if keep[line.index] and line.is_heading)
    usual = {signature for signature, count in kept.items() if signature[1] and count >= _MIN_HEADINGS_OF_CLASS}
    folders = frozenset(filter(None, map(_folder_of_file, page.lines))) if usual else frozenset()
    heading: Line | None = None
    for line in page.lines if folders else ():
        is_usable = page.may_be_text(line)
        if line.is_heading:
            heading = line if is_usable and line.box.signature in usual and not line.link_density else None
        elif heading is not None:
            block = heading.box.parent
            is_file = line.box.signature == ("li", None) and any(_folder(link) in folders for link in line.links)
            if is_file and is_usable and block is not None and block.contains_line(line):
                keep[heading.index] = keep[line.index] = True
            else:
                heading = None


def _folder_of_file(line: Line) -> str:
    """Return the folder of the file that a line names and links to, as in "Form (PDF)"; else ""."""
    link = next(iter(line.links), None) if line.is_link else None
    names_file = link is not None and (_FILE_WORD.search(line.text) or DOCUMENT_FILE.search(link.get("href") or ""))
    return _folder(link) if link is not None and names_file else ""


def _folder(link: LxmlElement) -> str:
    """Return the path of a link without its last part; "" if the address is not valid."""
    try:
        return urlsplit(link.get("href") or "").path.rpartition("/")[0]
    except ValueError:
        return ""


def _keep_files_below_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep links to files right below the text in its article, with their headings, sentences and whole lists."""
    last = next((line for line in reversed(page.lines) if keep[line.index]), None)
    if last is None:
        return
    around = last.box.self_and_ancestors(_MAX_LEVELS_TO_ARTICLE)
    article = next((box for box in around if not _ARTICLE_TRAITS.isdisjoint(box.traits)), None)
    title = page.title_line
    article = article or element_of_text(page, title, page.prose_start, last.index)
    headings: list[Line] = []
    below = page.lines[last.index + 1 : article.last] if article is not None else []
    own = fold_text(page.title.text) if page.title else ""
    lists = {_list_around(line) for line in below if _is_link_to_file(line)} - {None}
    for line in below:
        is_file = _is_link_to_file(line) or (line.is_link and _list_around(line) in lists)
        is_label = _is_unlinked_heading(line) or _is_sentence_above_file(line, page)
        is_page_itself = bool(own) and is_file and fold_text(line.text.partition("(")[0]) == own
        if not page.may_be_text(line) or is_page_itself or not (is_file or is_label):
            break
        headings.append(line)
        if is_file:
            for each in headings:
                keep[each.index] = True
            headings = []


def _keep_sources(page: PageAnalysis, keep: list[bool]) -> None:
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


def _list_around(line: Line) -> LxmlElement | None:
    """Return the innermost list that contains a line."""
    return next(line.box.element.iterancestors("ul", "ol"), None)


def _is_sentence_above_file(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is a sentence without links, right above a link to a file in its block."""
    below = page.lines[line.index + 1 : line.index + 2]
    is_sentence = not line.link_density and ends_sentence(line.text)
    block = line.box.parent
    return is_sentence and any(block in {each.box, each.box.parent} and _is_link_to_file(each) for each in below)


def _is_unlinked_heading(line: Line) -> bool:
    return line.is_heading and not line.link_density


def _is_link_to_file(line: Line) -> bool:
    """Return whether a line is nothing but links to files, or is in a link to a file."""
    links = line.links or list(islice(line.box.element.iterancestors("a"), 1))
    addresses = [link.get("href") or "" for link in links] if line.is_link or not line.links else []
    return bool(addresses) and all(map(DOCUMENT_FILE.search, addresses))


def _drop_text_far_above_headline(page: PageAnalysis, keep: list[bool]) -> None:
    """Leave out text far above a headline that is an `h1`, such as notices in the header of the site."""
    title = page.title_line
    if title is None or not any(box.element.tag == "h1" for box in title.box.self_and_ancestors(_MAX_LEVELS_TO_H1)):
        return
    above, below = page.lines[: title.index], page.lines[title.index + 1 :]
    if sum(line.size for line in above if keep[line.index]) > sum(line.size for line in below if keep[line.index]):
        return
    gap = 0
    for line in reversed(above):
        gap = 0 if keep[line.index] and gap < _MIN_LINES_BETWEEN else gap + 1
        if gap > _MIN_LINES_BETWEEN:
            keep[line.index] = False


CORRECTIONS: tuple[Callable[[PageAnalysis, list[bool]], None], ...] = (
    keep_declared_text,
    keep_short_lines,
    _keep_edges,
    _keep_place,
    _keep_occasion,
    _keep_lines_about_person,
    _keep_subjects,
    keep_figures,
    _keep_prose_between,
    _keep_declared_notes,
    _keep_first_sentences,
    keep_text_element,
    keep_components,
    _keep_lists_of_links,
    _keep_headings_of_text,
    _keep_links_below_headings,
    _keep_links_above_text,
    keep_text_below_headings,
    _keep_announced_lists,
    _keep_announcements_of_lists,
    _keep_lists_of_files,
    _keep_files_below_text,
    _keep_sources,
    _keep_notes_of_text,
    _keep_media_of_text,
    keep_captions_of_figures,
    keep_sources_of_quotes,
    _keep_whole_descriptions,
    _keep_whole_contacts,
    _keep_contacts_of_article,
    _keep_whole_lists,
    _keep_whole_numbered_lists,
    _keep_whole_tables,
    _keep_facts_of_kept_lists,
    _keep_values_of_kept_labels,
    drop_repeated_text,
    _drop_text_far_above_headline,
    _drop_labels_of_chrome,
    _drop_labels_of_dropped_values,
    _drop_copyright_at_end,
    _drop_last_headings,
    _drop_headings_of_dropped_text,
    _drop_headings_of_dropped_links,
    _drop_headings_of_media,
    _drop_signs_above_text,
    _drop_values_of_dropped_terms,
    _keep_labels_of_kept_values,
    keep_labels_of_panels,
    keep_labels_of_cards,
    keep_lines_of_cards,
    keep_persons,
    keep_file_cards,
)
"""Rules that change, in place and in this order, which lines are kept, after the rules for other stories."""


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


def lines_of_photo_page(page: PageAnalysis, keep: Sequence[bool]) -> list[bool] | None:
    """Return which lines are text on a page with only a headline and photos below it; None for other pages.

    Outside the box of headline and photos, kept lines with links are the menu.
    """
    box = box_of_photos(page)
    if box is None or any(keep[line.index] and not box.contains_line(line) and not line.links for line in page.lines):
        return None  # a kept line without links outside the box is text, so the page has more than photos
    return [kept and box.contains_line(line) for line, kept in zip(page.lines, keep, strict=True)]


def box_of_photos(page: PageAnalysis) -> ElementBox | None:
    """Return the smallest box with the headline and photos below it; None if it has links, or the page has prose."""
    headline = page.title_line
    if headline is None or headline.box.chrome or page.total_prose > 1 or page.declared_type is not None:
        return None
    below = [image.box for image in page.images if image.index > headline.index and not image.box.chrome]
    for box in headline.box.self_and_ancestors(_MAX_BOXES_AROUND_PHOTOS):
        if box.element.tag in {"body", "html"} or box.linked_size:
            return None
        if any(map(box.contains_box, below)):
            return box
    return None

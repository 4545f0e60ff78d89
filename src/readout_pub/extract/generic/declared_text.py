"""Keeps lines that a page declares as its text: the answers on a page of questions, and the lede below the headline.

JSON-LD declares the answers. A description in the metadata, or a class such as "subtitle", declares the lede. The
scores leave some of these lines out. On sites to which the scorer was not fitted, 752 of the 781 words of such answers
are annotated as text. For ledes, annotations differ: in the test collections `aeb`, `fundus` and `snippets`, 246 of 286
words are text; in others, only 291 of 891.
"""

from __future__ import annotations

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.publication_date import printed_day
from readout_pub.extract.generic.text_blocks import Line
from readout_pub.extract.generic.title import SUBTITLE_NAME, fold_text

_MIN_LETTERS = 25
"""In letters and digits; a shorter line may stand in the answers by chance."""
_MAX_ANSWERS = 100_000
"""How many characters of the answers are searched for each line."""
_MIN_SHARED_BEGINNING = 40
"""How many letters and digits a lede and a description share at their start."""
_MIN_WORDS_OF_SUBTITLE = 4
_LINES_TO_LEDE = 8
"""How many lines below the headline are searched: a date, names and buttons may come between."""


def keep_declared_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Set `keep` for the declared answers and the declared lede.

    Boilerplate (`chrome`) and lines with links do not change.
    """
    answers = "|".join(map(fold_text, page.declared_answers))[:_MAX_ANSWERS]
    lines = [line for line in page.lines if not (keep[line.index] or line.box.chrome or line.link_density)]
    for line in lines if answers else ():
        folded = fold_text(line.text)
        if len(folded) >= _MIN_LETTERS and folded in answers and line.index not in page.exclusions:
            keep[line.index] = True
    for line in lines:
        if _is_lede(line, page, keep) and (_describes_page(line, page) or _is_named_subtitle(line, page)):
            keep[line.index] = line.index not in page.exclusions


def _describes_page(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line is a declared description of the page, or begins like one."""
    folded = fold_text(line.text)
    beginning = folded[:_MIN_SHARED_BEGINNING]
    is_long = len(beginning) == _MIN_SHARED_BEGINNING
    return folded in page.descriptions or (is_long and any(each.startswith(beginning) for each in page.descriptions))


def _is_named_subtitle(line: Line, page: PageAnalysis) -> bool:
    """Return whether a line near the headline has a class such as "subtitle", and is a phrase.

    A few words, or a date, are often a fact about the document.
    """
    title = page.title_line
    between = page.lines[title.index + 1 : line.index] if title else []
    is_near = title is not None and any(box.contains_line(line) for box in title.box.self_and_ancestors(3))
    is_phrase = len(line.text.split()) >= _MIN_WORDS_OF_SUBTITLE and printed_day(line.text) is None
    is_named = SUBTITLE_NAME.search(line.box.element.get("class") or "") is not None
    return is_near and is_phrase and is_named and not any(each.is_heading for each in between)


def _is_lede(line: Line, page: PageAnalysis, keep: list[bool]) -> bool:
    """Return whether a line is near the headline, with no kept line between the two."""
    title = page.title_line
    if title is None or not title.index < line.index <= title.index + _LINES_TO_LEDE:
        return False
    return not any(keep[title.index + 1 : line.index])

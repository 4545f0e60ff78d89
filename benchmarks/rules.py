"""Measures each rule that corrects the scorer of the generic extractor, by switching it off.

python -m benchmarks.rules FOLDER… [--cases RULE]    prints what the rules do on the annotated pages of these folders

The lines of each page are chosen with all rules, then again without each rule. If a line is chosen in only one of the
two runs, this rule alone keeps it or leaves it out. The words of the line are then counted for the rule, if the gold
(the text that people chose on the page) tells whether the line is text. Only `classify` is measured. `find_article`
then adds lines on three kinds of pages: lists, pages with little prose, and pages without a date. These lines are not
measured.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from benchmarks.fitting.gold import GoldPage, read_gold
from benchmarks.fitting.labels import label_lines, words_of
from readout_pub.extract.generic import analyse_page, parse_markup, show_script_only_text
from readout_pub.extract.generic.classify import CORRECTIONS
from readout_pub.extract.generic.other_stories import drop_other_stories, drop_stories_above
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.weights import load_weights

_CLASSIFY = sys.modules["readout_pub.extract.generic.classify"]
"""The module `classify`. An import from the package `generic` would give the function `classify` instead."""
_RULES_OF_STORIES = (drop_other_stories.__name__, drop_stories_above.__name__)
STEPS = (*_RULES_OF_STORIES, *(correct.__name__ for correct in CORRECTIONS))
"""The names of functions of `classify` that change the chosen lines, and can be switched off one by one."""


class Effect(NamedTuple):
    """A line that is kept or left out only because of a rule; `is_text` is whether the gold has the line."""

    rule: str
    is_kept: bool
    is_text: bool
    words: int
    page: str
    text: str


class _Row(NamedTuple):
    """A row of the table: a rule that keeps lines or leaves them out."""

    rule: str
    is_kept: bool


def effects(gold: GoldPage) -> list[Effect]:
    """Return what each rule alone changes on a page, among the lines that the gold labels."""
    weights = load_weights()
    parsed = parse_markup(gold.markup)
    show_script_only_text(parsed.root, parsed.metadata)
    page = analyse_page(parsed)
    labels = label_lines(page, gold)
    scores = _CLASSIFY.score_lines(page, weights)
    exclusions = list(_CLASSIFY.find_exclusions(page, weights))
    with patch.object(_CLASSIFY, "score_lines", lambda *_: list(scores)):
        keep = _choose(page, exclusions)
        rules = [
            (rule, _choose(page, exclusions, rule)) for rule in (*sorted({name for _, name in exclusions}), *STEPS)
        ]
    return [
        Effect(rule, keep[line.index], bool(label), len(words_of(line.text)), gold.name, line.text)
        for rule, without in rules
        for line, label in zip(page.lines, labels, strict=True)
        if label is not None and keep[line.index] != without[line.index]
    ]


def _choose(page: PageAnalysis, exclusions: Sequence[tuple[int, str]], without: str | None = None) -> list[bool]:
    """Return for each line whether it is chosen; `without` names a rule of `exclusions` or `STEPS` to switch off."""
    others = [(index, name) for index, name in exclusions if name != without]
    corrections = tuple(correct for correct in CORRECTIONS if correct.__name__ != without)
    replaced: dict[str, Any] = {"find_exclusions": lambda *_: others, "CORRECTIONS": corrections}
    if without in _RULES_OF_STORIES:
        replaced[without] = lambda *_: None
    with patch.multiple(_CLASSIFY, **replaced):
        chosen: list[bool] = _CLASSIFY.classify(page, load_weights())
    return chosen


def table(found: Sequence[Effect]) -> str:
    """Return a table: how many words each rule keeps or leaves out, and for which share of them it is right."""
    rows: dict[_Row, list[Effect]] = defaultdict(list)
    for effect in found:
        rows[_Row(effect.rule, effect.is_kept)].append(effect)
    width = max(map(len, (row.rule for row in rows)), default=0)
    head = f"{'rule':{width}}  {'':9}{'pages':>7}{'text':>9}{'other':>9}{'right':>7}"
    return "\n".join([head, *(_format_row(row, rows[row], width) for row in sorted(rows))])


def _format_row(row: _Row, members: Sequence[Effect], width: int) -> str:
    text = sum(effect.words for effect in members if effect.is_text)
    other = sum(effect.words for effect in members if not effect.is_text)
    share = (text if row.is_kept else other) / (text + other or 1)
    pages = len({effect.page for effect in members})
    return f"{row.rule:{width}}  {'keeps' if row.is_kept else 'leaves out':10}{pages:6}{text:9}{other:9}{share:7.2f}"


def cases(found: Sequence[Effect], rule: str) -> Iterator[str]:
    """Yield a line of text for each line that a rule changes."""
    for effect in found:
        if effect.rule == rule:
            verb, kind = "keeps" if effect.is_kept else "leaves out", "text" if effect.is_text else "other"
            yield f"{effect.page}  {verb}  {kind}  {effect.text[:100]}"


def main(arguments: Sequence[str]) -> int:
    """Measure the rules and print the table or the cases; exit with 2 if no folder has annotated pages."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rules", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--cases", metavar="RULE", help="print each line that RULE alone changes, instead of the table")
    options = parser.parse_args(arguments)
    golds = [gold for folder in options.folders for gold in read_gold(folder)]
    if not golds:
        parser.error("no annotated pages in these folders: a folder needs gold.jsonl or gold/NAME.json")
    with ProcessPoolExecutor() as pool:
        found = [effect for page in pool.map(effects, golds, chunksize=10) for effect in page]
    print("\n".join(cases(found, options.cases)) if options.cases else table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

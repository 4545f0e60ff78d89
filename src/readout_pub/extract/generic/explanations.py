"""Explains the generic extraction: which rule or feature decided each field and each run of lines."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby
from typing import get_args

from readout_pub.extract.exclusions import shown_words
from readout_pub.extract.extraction import Reason
from readout_pub.extract.generic.classify import choose_lines, rank_features
from readout_pub.extract.generic.page_analysis import PageAnalysis, Title
from readout_pub.extract.generic.publication_date import PublicationDate
from readout_pub.extract.generic.text_blocks import Line
from readout_pub.extract.generic.weights import load_weights, selector_of
from readout_pub.model import Keep
from readout_pub.words import count_words

_SCORED = "score"
"""The name of the score as a rule in notes and in `inspect --why`."""


def dropped_words(page: PageAnalysis, keep: Sequence[bool], field_lines: Container[int]) -> dict[str, int]:
    """Return how many words each rule left out; `field_lines` are the indices of lines that became fields."""
    words: dict[str, int] = {}
    for line in page.lines:
        if not keep[line.index] and line.index not in field_lines:
            rule = _rule_of(line, page)
            words[rule] = words.get(rule, 0) + count_words(line.text)
    for reason in control_reasons(page):
        words[reason.rule] = words.get(reason.rule, 0) + reason.words
    return words


def control_reasons(page: PageAnalysis) -> Iterator[Reason]:
    """Yield a reason for each form control, closed dialog and SVG image with words; the rule is the element's name."""
    for element in page.controls:
        name, labels = element.tag, (each.get("label") for each in element.iter("optgroup", "option"))
        text = shown_words(name, element.get, " ".join(map(str, element.itertext())), labels)
        if any(map(str.isalnum, text)):  # not "×" on a button
            yield Reason("dropped", name, f"{name}, line {element.sourceline}", text, count_words(text))


def field_reasons(
    title: Title | None, published: PublicationDate | None, fields: Mapping[str, Line | None]
) -> Iterator[Reason]:
    """Yield the reason of each field; `fields` are the lines that print them."""
    if title is not None:
        yield Reason("title", title.rule, _location(title.line), title.text, count_words(title.text))
    if published is not None:
        text = published.date.text
        yield Reason("date", published.rule, _location(published.line), text, count_words(text))
    for field, line in fields.items():
        if line is not None and field not in {"title", "date"}:
            yield Reason(field, "printed near the title", _location(line), line.text, count_words(line.text))


def dropped_regions(page: PageAnalysis, keep: Sequence[bool], field_lines: Container[int]) -> Iterator[Reason]:
    """Yield a reason for each run of lines that one rule left out, without features."""
    dropped = (line for line in page.lines if not keep[line.index] and line.index not in field_lines)
    for rule, run in groupby(dropped, key=lambda line: _rule_of(line, page)):
        lines = list(run)
        text = " ".join(line.text for line in lines)
        yield Reason("dropped", rule, _location(lines[0]), text, count_words(text))


def line_reasons(
    page: PageAnalysis, keep: Sequence[bool], field_lines: Container[int], asked: Keep | None
) -> Iterator[Reason]:
    """Yield a reason for each run of lines with one rule, one decision and one value of `--keep`.

    `asked` is the `--keep` of the user. A scored run is explained by the decisive feature of its longest line.
    """
    rest = (line for line in page.lines if line.index not in field_lines)
    chosen = {wanted: choose_lines(page, wanted) for wanted in (None, *get_args(Keep))}

    def added_by(line: Line) -> Keep | None:
        return next((wanted for wanted, lines in chosen.items() if lines[line.index]), None)

    for (kept, rule, wanted), run in groupby(
        rest, key=lambda line: (keep[line.index], _rule_of(line, page), added_by(line))
    ):
        lines = list(run)
        text = " ".join(line.text for line in lines)
        if kept and asked and wanted:
            yield Reason("kept", f"--keep {wanted}", _location(lines[0]), text, count_words(text))
            continue
        scored = kept or rule == _SCORED
        yield Reason(
            "kept" if kept else "dropped",
            _decisive_feature(lines, page, kept=kept) if scored else rule,
            _location(lines[0]),
            text,
            count_words(text),
            wanted,
        )


def _decisive_feature(lines: Sequence[Line], page: PageAnalysis, *, kept: bool) -> str:
    features = rank_features(max(lines, key=lambda line: line.size), page, load_weights())
    return f"{_SCORED}: {features[-1 if kept else 0]}"


def _rule_of(line: Line, page: PageAnalysis) -> str:
    return f"chrome: {line.box.chrome}" if line.box.chrome else page.exclusions.get(line.index, _SCORED)


def _location(line: Line | None) -> str:
    return "head" if line is None else f"{selector_of(line.box)}, line {line.box.element.sourceline}"

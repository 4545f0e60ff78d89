"""Why the general extractor decided as it did: for each field, and for each region that one rule settled."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby

from readout_pub.extract.extraction import Reason, count_words
from readout_pub.extract.generic.block_traits import name_of
from readout_pub.extract.generic.classify import ranked
from readout_pub.extract.generic.page import Page, Title
from readout_pub.extract.generic.publication_date import PublicationDate
from readout_pub.extract.generic.text_blocks import Line
from readout_pub.extract.generic.weights import evidence

_WEIGHED = "evidence"
"""The rule of everything that no hard rule calls chrome."""


def dropped_words(page: Page, keep: Sequence[bool], taken: Container[int]) -> dict[str, int]:
    """Count the words that are left out by rule; `taken` are the lines that became fields."""
    words: dict[str, int] = {}
    for line in page.lines:
        if not keep[line.index] and line.index not in taken:
            rule = _rule(line, page)
            words[rule] = words.get(rule, 0) + count_words(line.text)
    return words


def field_reasons(
    title: Title | None, issued: PublicationDate | None, fields: Mapping[str, Line | None]
) -> Iterator[Reason]:
    """Yield why each field is what it is; `fields` are the lines that print them."""
    if title is not None:
        yield Reason("title", title.rule, _where(title.line), title.text, count_words(title.text))
    if issued is not None:
        yield Reason("date", issued.rule, _where(issued.line), issued.date.text, count_words(issued.date.text))
    for what, line in fields.items():
        if line is not None and what not in {"title", "date"}:
            yield Reason(what, "printed near the title", _where(line), line.text, count_words(line.text))


def line_reasons(page: Page, keep: Sequence[bool], taken: Container[int]) -> Iterator[Reason]:
    """Yield a reason for each row of lines that one rule settled.

    Of a row that was weighed, it is the feature with the most weight in its longest line.
    """
    rest = (line for line in page.lines if line.index not in taken)
    for (kept, rule), row in groupby(rest, key=lambda line: (keep[line.index], _rule(line, page))):
        lines = list(row)
        text = " ".join(line.text for line in lines)
        weighed = kept or rule == _WEIGHED
        yield Reason(
            "kept" if kept else "dropped",
            _weightiest(lines, page, kept=kept) if weighed else rule,
            _where(lines[0]),
            text,
            count_words(text),
        )


def _weightiest(lines: Sequence[Line], page: Page, *, kept: bool) -> str:
    features = ranked(max(lines, key=lambda line: line.size), page, evidence())
    return f"{_WEIGHED}: {features[-1 if kept else 0]}"


def _rule(line: Line, page: Page) -> str:
    return f"chrome: {line.box.chrome}" if line.box.chrome else page.ruled_out.get(line.index, _WEIGHED)


def _where(line: Line | None) -> str:
    return "head" if line is None else f"{name_of(line.box)}, line {line.box.element.sourceline}"

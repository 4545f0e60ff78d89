"""Estimates how well the text of a page was separated from the rest: a weighted sum of features of the decision.

`./dev fit` writes `weights.toml`, the weights of lines, and `confidence.toml`, the weights of these features. The
second fit uses results on sites that the first fit left out. If only one of the two files changes, the confidence
becomes wrong.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import groupby

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import Line
from readout_pub.model import Confidence
from readout_pub.sentences import ends_sentence

_IN_DOUBT = 1.0
"""A line is in doubt if its margin, its score minus the threshold, is between ±1. About one such line in four is wrong.
"""
_MAX_MARGIN = 4.0
"""Beyond a margin of ±4, a line is certain."""
_DECIMALS = 2
"""How many decimals the expected F1 and the share in doubt have; a third would claim too much for one page."""

_BIAS = "any page"
"""The name of the intercept among the weights."""


def estimate(page: PageAnalysis, keep: Sequence[bool], *, is_dated: bool) -> Confidence:
    """Return the confidence in `keep`, the lines of a page that `classify` takes for text.

    `is_dated` tells whether the page has a publication date.
    """
    weights = load_confidence_weights()
    features = confidence_features(page, keep, is_dated=is_dated)
    total = weights[_BIAS] + math.fsum(weights[name] * value for name, value in features.items())
    expected = 1 / (1 + math.exp(-total))
    return Confidence(round(expected, _DECIMALS), round(_share_in_doubt(page, keep), _DECIMALS))


def confidence_features(page: PageAnalysis, keep: Sequence[bool], *, is_dated: bool) -> dict[str, float]:
    """Return the values of the features, by their names in `confidence.toml`."""
    outside_chrome = [line for line in page.lines if not line.box.chrome]
    kept = [line for line in page.lines if keep[line.index]]
    in_paragraphs = sum(line.size for line in kept if line.box.element.tag == "p")
    in_sentences = sum(line.size for line in kept if ends_sentence(line.text))
    letters = _letters(kept)
    runs = sum(is_kept for is_kept, _ in groupby(page.lines, key=lambda line: keep[line.index]))
    return {
        "share of the page outside chrome that is kept": min(1.0, letters / _letters(outside_chrome)),
        "share of the text in paragraphs": in_paragraphs / letters,
        "share of the text in lines that end as sentences do": in_sentences / letters,
        "log10 of the runs of text lines": math.log10(max(1, runs)),
        "log10 of the letters of the text": math.log10(letters),
        "log10 of (1 + form controls of the page)": math.log10(1 + len(page.controls)),
        "the page has a publication date": float(is_dated),
        "mean margin of the text": _mean_margin(page, kept),
    }


def _share_in_doubt(page: PageAnalysis, keep: Sequence[bool]) -> float:
    """Of all letters that are kept or were nearly kept, return the share in lines in doubt, from 0 to 1."""
    near = [line for line in page.lines if abs(page.margins[line.index]) < _IN_DOUBT and page.may_be_text(line)]
    certain = [line for line in page.lines if keep[line.index] and page.margins[line.index] >= _IN_DOUBT]
    return sum(line.size for line in near) / _letters([*near, *certain])


def _mean_margin(page: PageAnalysis, lines: Sequence[Line]) -> float:
    margins = (max(-_MAX_MARGIN, min(_MAX_MARGIN, page.margins[line.index])) * line.size for line in lines)
    return math.fsum(margins) / _letters(lines)


def _letters(lines: Iterable[Line]) -> int:
    """Return how many letters the lines have together, at least 1."""
    return sum(line.size for line in lines) or 1


@functools.cache
def load_confidence_weights() -> dict[str, float]:
    """Return the weight of each feature, read once per process."""
    table = tomllib.loads(files(__package__).joinpath("confidence.toml").read_text("utf-8"))
    return {name: float(weight) for name, weight in table["expected_f1"].items()}

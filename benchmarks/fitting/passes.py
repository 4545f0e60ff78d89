"""Fits the two scoring passes of the generic extractor, two logistic regressions, to the lines of annotated pages."""

from __future__ import annotations

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from scipy import optimize, sparse

from benchmarks.fitting.gold import GoldPage
from benchmarks.fitting.labels import label_lines
from readout_pub.extract.generic import analyse_page, parse_markup, show_script_only_text
from readout_pub.extract.generic.features import ContextFeatures, line_features
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.weights import load_weights

Array: TypeAlias = Any
"""A numpy array or scipy matrix."""

# Hyperparameters. The experiments and the README of the benchmarks say what was tried on sites left out of the fit.
MIN_SITES = 10
"""A feature gets a weight only if it occurs on at least this many sites, so that no weight describes a single site."""
FIRST_PASS_C, SECOND_PASS_C = 0.08, 0.05
"""Inverse regularisation strength of the passes; smaller is stricter. A stricter second pass was better on sites left
out of the fit."""
MIN_WEIGHT = 0.05
"""A feature whose absolute weight is smaller than this is left out of the weights file."""
FOLDS = 5
"""How many folds the sites are split into, both for measurements and to train the second pass on first-pass scores."""
COLLECTION_WEIGHTS = {"aeb": 4.0, "fundus": 4.0, "snippets": 0.5, "corpus": 4.0, "corpus2": 4.0}
"""Weight of a page by its collection (see the README), 1 for all others. In `snippets`, only a few lines of a page are
annotated. The pages of `wcxb` are many, and half of them are not articles, so four other collections weigh more. On
sites left out of the fit, a weight of 6.0 instead of 3.0 raises the F1 of `bench` from 0.904 to 0.906, and lowers the
F1 of `bench-train` from 0.885 to 0.882. The weight 4.0 is a compromise."""
MIN_LINE_WEIGHT, MAX_LINE_WEIGHT, LETTERS_PER_WEIGHT = 2.0, 40.0, 6
"""The weight of a line is the number of its letters divided by `LETTERS_PER_WEIGHT`, within the two limits. So the many
short lines of a menu do not outweigh paragraphs.
"""
PAGE_WEIGHT = 100
"""The sum of the weights of a page's labelled lines, before they are multiplied by the weight of the page's collection.
"""

_BIAS = "any line"
"""The name of the intercept among the weights."""
_TOLERANCE, _MAX_ITERATIONS = 1e-5, 90
"""The relative improvement of the loss below which fitting stops, and the number of steps after which it stops."""


class TrainingPage(NamedTuple):
    """A page as training data: for each line its features, its label (1, 0, or None if unknown) and its weight."""

    page: PageAnalysis
    site: str
    rows: list[list[str]]
    labels: list[int | None]
    weights: list[float]


class FittedWeights(NamedTuple):
    """The weights of both passes.

    `first` has the weights of the first pass. The second pass has two sets: `second` has the weights for the features
    of the line itself, and `around` has the weights for the first-pass scores around the line.
    """

    first: dict[str, float]
    second: dict[str, float]
    around: dict[str, float]


def training_page(gold: GoldPage) -> TrainingPage:
    """Return the features, labels and weights of the lines of a page."""
    weights = load_weights()
    parsed = parse_markup(gold.markup)
    show_script_only_text(parsed.root, parsed.metadata)
    page = analyse_page(parsed)
    labels = label_lines(page, gold)
    line_weights = [min(MAX_LINE_WEIGHT, max(MIN_LINE_WEIGHT, line.size / LETTERS_PER_WEIGHT)) for line in page.lines]
    total = sum(weight for weight, label in zip(line_weights, labels, strict=True) if label is not None) or 1.0
    scale = PAGE_WEIGHT * COLLECTION_WEIGHTS.get(gold.collection, 1.0) / total
    rows = [sorted(map(sys.intern, set(line_features(line, page, weights)))) for line in page.lines]
    return TrainingPage(page, gold.site, rows, labels, [weight * scale for weight in line_weights])


def fold_of(site: str) -> int:
    """Return the fold of a site, the same in every run."""
    return int(hashlib.md5(f"{site}, part".encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def fit(pages: Sequence[TrainingPage]) -> FittedWeights:
    """Return weights fitted to `pages`.

    The second pass is trained on first-pass scores of models that have not seen the site (out-of-fold predictions).
    """
    labels = np.array([label or 0 for page in pages for label in page.labels])
    weights = np.array([
        weight if label is not None else 0.0
        for page in pages
        for label, weight in zip(page.labels, page.weights, strict=True)
    ])  # fmt: skip
    names = _names_on_enough_sites((page.site, row) for page in pages for row in page.rows)
    own = _matrix((dict.fromkeys(row, 1.0) for page in pages for row in page.rows), names)
    first = _regress(own, labels, weights, FIRST_PASS_C)
    folds = np.array([fold_of(page.site) for page in pages for _ in page.rows])
    scores = np.zeros(len(labels))
    for fold in np.unique(folds):
        others = folds != fold
        model = _regress(own[others], labels[others], weights[others], FIRST_PASS_C, start=first)
        scores[~others] = own[~others] @ model[:-1] + model[-1]
    context_rows, start = [], 0
    for page in pages:
        end = start + len(page.rows)
        context = ContextFeatures(page.page, scores[start:end].tolist())
        context_rows += [dict(context.features(line)) for line in page.page.lines]
        start = end
    sites = (page.site for page in pages for _ in page.rows)
    context_names = _names_on_enough_sites(zip(sites, context_rows, strict=True))
    both = sparse.hstack([own, _matrix(context_rows, context_names)]).tocsr()
    second = _regress(both, labels, weights, SECOND_PASS_C)
    own_of_second, around = second[: len(names)], second[len(names) : -1]
    return FittedWeights(
        _named(names, first[:-1], bias=first[-1]),
        _named(names, own_of_second, bias=second[-1]),
        _named(context_names, around),
    )


def _names_on_enough_sites(rows: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Return the features that occur on `MIN_SITES` sites or more; `rows` has the site and the features of lines."""
    sites: dict[str, set[str]] = defaultdict(set)
    for site, row in rows:
        for name in row:
            sites[name].add(site)
    return sorted(name for name, found in sites.items() if len(found) >= MIN_SITES)


def _matrix(rows: Iterable[dict[str, float]], names: Sequence[str]) -> Array:
    """Return the sparse matrix of rows that map features to values, with a column for each of `names`."""
    columns = {name: column for column, name in enumerate(names)}
    indices, values, ends = [], [], [0]
    for row in rows:
        found = [(columns[name], value) for name, value in row.items() if name in columns]
        indices += [column for column, _ in found]
        values += [value for _, value in found]
        ends.append(len(indices))
    arrays = np.array(values), np.array(indices, dtype=np.int32), np.array(ends, dtype=np.int32)
    return sparse.csr_matrix(arrays, shape=(len(ends) - 1, len(names)))


def _regress(rows: Array, labels: Array, weights: Array, inverse_strength: float, start: Array = None) -> Array:
    """Return the coefficients of a logistic regression with an L2 penalty, the intercept last.

    The optimisation begins at the coefficients `start`, which saves time.
    """
    known = weights > 0
    rows, signs, weights = rows[known], np.where(labels[known] > 0, 1.0, -1.0), weights[known] * inverse_strength
    columns = rows.T.tocsr()

    def loss(model: Array) -> tuple[float, Array]:
        margins = signs * (rows @ model[:-1] + model[-1])
        slopes = -weights * signs * 0.5 * (1 - np.tanh(margins / 2))
        value = weights @ np.logaddexp(0, -margins) + model @ model / 2
        return float(value), np.append(columns @ slopes, slopes.sum()) + model

    start = np.zeros(rows.shape[1] + 1) if start is None else start
    options = {"maxiter": _MAX_ITERATIONS, "ftol": _TOLERANCE, "maxcor": 20}
    return optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x


def _named(names: Sequence[str], values: Array, bias: float | None = None) -> dict[str, float]:
    """Return the weights of an absolute value of at least `MIN_WEIGHT`, with two decimals; the intercept is first."""
    pairs = zip(names, values, strict=True)
    out = {name: round(float(value), 2) for name, value in pairs if abs(value) >= MIN_WEIGHT}
    return out if bias is None else {_BIAS: round(float(bias), 2)} | out

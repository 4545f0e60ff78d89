"""Fits the confidence of the generic extractor to pages that were read with weights fitted to other sites.

The expected F1 is a logistic function of features of the decision, weighted by `confidence.toml`. The reliability of
this estimate is measured on sites that are left out of this fit, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from unittest.mock import patch

import numpy as np
from scipy import optimize, special

from benchmarks.candidate import Json
from benchmarks.fitting.gold import GoldPage
from benchmarks.fitting.labels import SHINGLE_SIZE, normalize, shingles_of, words_of
from readout_pub.extract import generic
from readout_pub.extract.generic.confidence import confidence_features, estimate
from readout_pub.extract.generic.page_analysis import PageAnalysis

Array: TypeAlias = Any
"""A numpy array."""

CONFIDENCE_FILE = Path(generic.__file__).with_name("confidence.toml")
"""The file with the weights of the confidence that the extractor uses."""

_BIAS = "any page"
"""The name of the intercept among the weights."""
_STRENGTH = 10.0
"""Strength of the regularisation. With 3 or 30, the mean square error on left-out sites differs by at most 0.0006."""
_PARTS = 10
"""How many points the diagram has: each is a tenth of the pages, by their expected F1."""


class ScoredPage(NamedTuple):
    """The features by which the confidence of a page is computed, the F1 of its text, and the fold of its site."""

    features: dict[str, float]
    f1: float
    fold: int


@contextmanager
def recorded_features() -> Iterator[dict[str, float]]:
    """Yield a dictionary, and fill it with the features of the page that is read in this context."""
    features: dict[str, float] = {}

    def record(page: PageAnalysis, keep: Sequence[bool], *, is_dated: bool) -> object:
        features.update(confidence_features(page, keep, is_dated=is_dated))
        return estimate(page, keep, is_dated=is_dated)

    with patch.object(generic, "estimate", record):
        yield features


def measured_f1(gold: GoldPage, candidate: Json) -> float | None:
    """Return the F1 of the text of a candidate; None if the gold has neither a text nor pieces of one."""
    text = candidate.get("text") or ""
    if gold.text:
        wanted, found = (Counter(shingles_of(words_of(each), SHINGLE_SIZE)) for each in (gold.text, text))
        common = (wanted & found).total()
        return 2 * common / ((wanted.total() + found.total()) or 1)
    normal = normalize(text)
    right, wrong = (sum(normalize(piece) in normal for piece in pieces) for pieces in (gold.must, gold.must_not))
    return 2 * right / (right + wrong + len(gold.must)) if gold.must else None


def fit_confidence(pages: Sequence[ScoredPage]) -> dict[str, float]:
    """Return the weight of each feature and of "any page": a logistic regression on the F1."""
    names = sorted({name for page in pages for name in page.features})
    values = np.array([[page.features[name] for name in names] for page in pages])
    target = np.array([page.f1 for page in pages])
    mean, spread = values.mean(0), values.std(0) + 1e-9  # a feature may be the same on all pages
    scaled = (values - mean) / spread

    def loss(parameters: Array) -> tuple[float, Array]:
        margins = scaled @ parameters[1:] + parameters[0]
        error = special.expit(margins) - target
        value = np.sum(np.logaddexp(0, margins) - target * margins) + _STRENGTH / 2 * np.sum(parameters[1:] ** 2)
        return value, np.r_[error.sum(), scaled.T @ error + _STRENGTH * parameters[1:]]

    found = optimize.minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    weights = found[1:] / spread
    bias = found[0] - float(weights @ mean)
    return {_BIAS: bias, **dict(zip(names, map(float, weights), strict=True))}


def expected_f1(weights: dict[str, float], features: dict[str, float]) -> float:
    """Return the expected F1 of a page."""
    return float(special.expit(weights[_BIAS] + sum(weights[name] * value for name, value in features.items())))


class Reliability(NamedTuple):
    """Expected and measured F1 of pages whose sites were left out, as means of each tenth of the pages.

    `worst_found` compares two tenths of the pages: it is the share of the tenth with the lowest measured F1 that is
    also in the tenth with the lowest confidence.
    """

    pages: int
    points: list[tuple[float, float]]
    worst_found: float


def reliability(pages: Sequence[ScoredPage]) -> Reliability:
    """Return expected and measured F1; the expected F1 of a page is computed with weights fitted to the other folds."""
    expected = np.zeros(len(pages))
    for fold in {page.fold for page in pages}:
        weights = fit_confidence([page for page in pages if page.fold != fold])
        for index, page in enumerate(pages):
            if page.fold == fold:
                expected[index] = expected_f1(weights, page.features)
    measured = np.array([page.f1 for page in pages])
    parts = np.array_split(np.argsort(expected, kind="stable"), _PARTS)
    worst = set(np.argsort(measured, kind="stable")[: len(parts[0])].tolist())
    points = [(float(expected[part].mean()), float(measured[part].mean())) for part in parts if len(part)]
    return Reliability(len(pages), points, len(worst & set(parts[0].tolist())) / (len(worst) or 1))


def reliability_table(found: Reliability) -> str:
    """Return expected and measured F1 of each tenth of the pages as text."""
    rows = [("tenth", "expected", "measured"), *((n, *point) for n, point in enumerate(found.points, 1))]
    lines = [
        f"{part!s:>5}" + "".join(f"{each:>10.3f}" if isinstance(each, float) else f"{each:>10}" for each in values)
        for part, *values in rows
    ]
    worst = f"The least certain tenth of {found.pages} pages holds {found.worst_found:.0%} of the worst tenth."
    return "\n".join([*lines, worst])


_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480" width="480" height="480" role="img"
 font-family="sans-serif" font-size="13">
<title>Reliability of the confidence</title>
<desc>{description}</desc>
<rect width="480" height="480" fill="#fff"/>
<path d="M60 20V420H460" fill="none" stroke="#333"/>
<path d="M60 420L460 20" stroke="#999" stroke-dasharray="4 4"/>
{ticks}
{points}
<text x="260" y="465" text-anchor="middle">expected F1</text>
<text x="18" y="220" text-anchor="middle" transform="rotate(-90 18 220)">measured F1</text>
</svg>
"""


def reliability_diagram(found: Reliability) -> str:
    """Return the diagram as SVG: a point for each tenth of the pages, on the diagonal if its F1 is as expected."""
    ticks = "\n".join(
        f'<text x="{60 + 400 * tick / 10:g}" y="440" text-anchor="middle">{tick / 10:g}</text>'
        f'<text x="52" y="{424 - 400 * tick / 10:g}" text-anchor="end">{tick / 10:g}</text>'
        for tick in range(0, 11, 2)
    )
    points = "\n".join(
        f'<circle cx="{60 + 400 * x:.1f}" cy="{420 - 400 * y:.1f}" r="5" fill="#00539b"/>' for x, y in found.points
    )
    description = "; ".join(f"expected {x:.2f}, measured {y:.2f}" for x, y in found.points)
    return _SVG.format(description=description, ticks=ticks, points=points)


def write_confidence(weights: dict[str, float], file: Path) -> None:
    """Write the comments of `CONFIDENCE_FILE`, and `weights` below them, to `file`, which may be `CONFIDENCE_FILE`."""
    head = CONFIDENCE_FILE.read_text("utf-8").partition("[expected_f1]")[0]
    lines = (f'"{name}" = {weight:.3g}\n' for name, weight in weights.items())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{head}[expected_f1]\n{''.join(lines)}", "utf-8")

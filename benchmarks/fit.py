"""Fits the weights of the generic extractor to annotated pages: `python -m benchmarks.fit BENCH CORPUS`.

Two logistic regressions, one per scoring pass, are fitted to all pages and written to `weights.toml`;
`benchmarks.cross_validation` measures how good they are on unseen sites. Vocabulary, phrases and rules are made by hand
on pages of the sites that `may_inspect` allows; the other half is held out. Needs numpy, scipy and scikit-learn, which
are no dependencies of the project.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from readout_pub.extract.generic import analyse_page, parse_markup, show_script_only_text
from readout_pub.extract.generic.context_features import ContextFeatures
from readout_pub.extract.generic.features import line_features
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.extract.generic.weights import load_weights
from readout_pub.html_elements import HEADINGS
from readout_pub.sources.encoding import decode

Array: TypeAlias = Any
"""A numpy array, scipy matrix or scikit-learn model; untyped, since these libraries are no dependencies."""

WEIGHTS_FILE = Path(__file__).parents[1] / "src/readout_pub/extract/generic/weights.toml"
FITTED_MARK = "# ── weights, fitted: "
"""Start of the line in `weights.toml` below which everything is written by this program."""

# Hyperparameters. The README reports that changes of the collection weights move F1 by about 0.003.
MIN_SITES = 10
"""Sites on which a feature must occur to get a weight: on fewer it describes those sites."""
FIRST_PASS_C, SECOND_PASS_C = 0.08, 0.05
"""Inverse regularisation strength of the passes; smaller is stricter. A stricter second pass was better on sites left
out of the fit."""
MIN_WEIGHT = 0.05
"""Absolute weight below which a feature is left out of `weights.toml`."""
FOLDS = 4
"""Folds by site for the first-pass scores that the second pass is trained on."""
COLLECTION_WEIGHTS = {"aeb": 3.0, "fundus": 3.0, "wcxb": 1.0, "snippets": 0.5, "corpus": 3.0}
"""Weight of a page by its collection (see the README). In `snippets`, only a few lines of a page are annotated.

On sites left out of the fit, 3.0 instead of 1.5 raised the F1 of `fundus` from 0.962 to 0.965 and the heading F1 of
`corpus` from 0.94 to 0.95, at no cost elsewhere.
"""
MIN_LINE_WEIGHT, MAX_LINE_WEIGHT, LETTERS_PER_WEIGHT = 2.0, 40.0, 6
"""A line counts by its letters, within these limits, so that menus do not outnumber paragraphs."""

_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W\u0e00-\u9fff]+"
)
"""A word; in scripts without spaces between words (Thai, Khmer, Japanese, Chinese), a character."""
_SHINGLE_SIZE = 4
_MIN_PIECE = 25
"""Letters from which a line gets the label of a gold piece that contains it; shorter lines recur by chance."""
_MAX_EDGE = 25
"""Letters of the first and last words of a text that are searched for, since both may span several lines."""
_MAX_DATE_LINE = 60
"""Letters below which a line with digits may be the date: not text and not chrome, so it gets no label."""


class GoldPage(NamedTuple):
    """A page and its gold (annotation): either the whole `text`, or pieces that must and must not be in the text.

    `source` is the collection. `description` is a gold file of the corpus, which also has the first and last words of
    the text and its headings.
    """

    name: str
    site: str
    source: str
    markup: str
    text: str
    must: list[str]
    must_not: list[str]
    description: dict[str, Any] | None = None


class TrainingPage(NamedTuple):
    """A page as training data: for each line its features, its label (1, 0, or None if unknown) and its weight."""

    page: PageAnalysis
    site: str
    rows: list[list[str]]
    labels: list[int | None]
    weights: list[float]


def main(words: Sequence[str]) -> int:
    """Fit both passes and write their weights."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit", description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("corpus", type=Path)
    options = parser.parse_args(words)
    pages = [training_page(page) for page in (*read_bench(options.bench), *read_corpus(options.corpus))]
    first, second = fit(pages)
    write_weights(first, second)
    print(f"{len(pages)} pages, {len(first)} weights of the first pass, {len(second)} of the second")
    return 0


def may_inspect(site: str) -> bool:
    """Return whether people who work on the extractor may look at pages of a site; half of all sites, by a hash."""
    return int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


# --- gold pages


def read_bench(folder: Path) -> Iterator[GoldPage]:
    """Yield the pages of the set `bench` that people have annotated."""
    for row in map(json.loads, filter(None, (folder / "gold.jsonl").read_text("utf-8").split("\n"))):
        if row["gold"] != "tool":
            raw = gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())
            gold = row.get("text") or "", row.get("must") or [], row.get("must_not") or []
            yield GoldPage(row["id"], row["site"], row["source"], decode(raw).text, *gold)


def read_corpus(folder: Path) -> Iterator[GoldPage]:
    """Yield the pages of the corpus that have a gold file."""
    rows = (line.split("\t") for line in (folder / "PROVENANCE.tsv").read_text("utf-8").splitlines())
    sites = {row[0]: row[4] for row in rows}
    for path in sorted(folder.glob("gold/*.json")):
        gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
        markup = decode((folder / "pages" / gold["page"]).read_bytes()).text
        pieces = gold["must_have"], gold["must_not_have"]
        yield GoldPage(path.stem, sites[gold["page"]], "corpus", markup, "", *pieces, gold)


# --- labels


def training_page(gold: GoldPage) -> TrainingPage:
    """Return the features, labels and weights of the lines of a page."""
    weights = load_weights()
    parsed = parse_markup(gold.markup)
    show_script_only_text(parsed.root, parsed.metadata)
    page = analyse_page(parsed)
    labels = _label_by_text(page, gold.text) if gold.text else _label_by_pieces(page, gold.must, gold.must_not)
    if gold.description:
        labels = _label_by_description(page, gold.description, labels)
    line_weights = [min(MAX_LINE_WEIGHT, max(MIN_LINE_WEIGHT, line.size / LETTERS_PER_WEIGHT)) for line in page.lines]
    total = sum(weight for weight, label in zip(line_weights, labels, strict=True) if label is not None) or 1.0
    scale = 100 * COLLECTION_WEIGHTS[gold.source] / total
    rows = [sorted(set(line_features(line, page, weights))) for line in page.lines]
    return TrainingPage(page, gold.site, rows, labels, [weight * scale for weight in line_weights])


def _label_by_text(page: PageAnalysis, gold: str) -> list[int | None]:
    """Label a line 1 if at least half of its 4-token shingles are in the gold text.

    A line too short for a shingle is 1 if it is a whole line of the gold, or in the gold and between lines labelled 1.
    The rows of a data table have one label.
    """
    gold_tokens = _tokens(gold)
    gold_shingles = {size: set(_shingles(gold_tokens, size)) for size in range(1, _SHINGLE_SIZE + 1)}
    gold_lines = {_normalize(line) for line in gold.split("\n")}
    labels: list[int | None] = [None] * len(page.lines)
    short = []
    for tokens, rows in _data_tables(page):
        shingles = _shingles(tokens, _SHINGLE_SIZE)
        found = sum(shingle in gold_shingles[_SHINGLE_SIZE] for shingle in shingles)
        for line in rows:
            labels[line.index] = int(found * 2 >= max(1, len(shingles)))
    for line in page.lines:
        tokens = _tokens(line.text)
        if line.box.data_table:
            continue
        if len(tokens) >= _SHINGLE_SIZE:
            shingles = _shingles(tokens, _SHINGLE_SIZE)
            found = sum(shingle in gold_shingles[_SHINGLE_SIZE] for shingle in shingles)
            labels[line.index] = int(found * 2 >= len(shingles))
        elif tokens:
            short.append((line.index, tokens))
    for index, tokens in short:
        above = next((label for label in reversed(labels[max(0, index - 3) : index]) if label is not None), 0)
        below = next((label for label in labels[index + 1 : index + 4] if label is not None), 0)
        is_between = bool(above and below and tuple(tokens) in gold_shingles[len(tokens)])
        labels[index] = int(is_between or _normalize(page.lines[index].text) in gold_lines)
    return labels


def _data_tables(page: PageAnalysis) -> list[tuple[list[str], list[Line]]]:
    """Return the tokens and the lines of each data table."""
    tables: dict[ElementBox, list[Line]] = defaultdict(list)
    for line in page.lines:
        if line.box.data_table:
            tables[line.box.data_table].append(line)
    return [([token for row in rows for token in _tokens(row.text)], rows) for rows in tables.values()]


def _label_by_pieces(page: PageAnalysis, must: Sequence[str], must_not: Sequence[str]) -> list[int | None]:
    """Label the lines that contain, or are part of, a piece of the gold; all others get no label."""

    def matches(text: str, pieces: Sequence[str]) -> bool:
        return any(piece in text or (len(text) >= _MIN_PIECE and text in piece) for piece in map(_normalize, pieces))

    texts = [_normalize(line.text) for line in page.lines]
    return [1 if matches(text, must) else 0 if matches(text, must_not) else None for text in texts]


def _label_by_description(page: PageAnalysis, gold: dict[str, Any], labels: list[int | None]) -> list[int | None]:
    """Complete `labels` from a gold file of the corpus: 1 for headings and prose of the text, 0 for lines outside.

    Lines of title, kicker, captions and credits get no label, since they are neither text nor chrome.
    """
    texts = [_normalize(line.text) for line in page.lines]
    first = _find_only(texts, _normalize(gold["body_first"])[:_MAX_EDGE])
    last = _find_only(texts, _normalize(gold["body_last"])[-_MAX_EDGE:])
    headings = {_normalize(words) for _, words in gold["headings"]}
    fields = [gold["title"], *gold["title_alternatives"], gold["series_or_kicker"], *gold["headings_optional"]]
    unlabelled = [_normalize(words) for words in fields if words]
    unlabelled += [
        _normalize(photo[kind]) for photo in gold["photos"] for kind in ("caption", "credit") if photo.get(kind)
    ]

    def label(line: Line) -> int | None:
        text = texts[line.index]
        if text in headings:
            return 1
        if any(text in words or words in text for words in unlabelled):
            return None
        if line.box.element.tag in HEADINGS:
            return 0
        if (first is not None and line.index < first) or (last is not None and line.index > last):
            return None if any(map(str.isdigit, text)) and line.size < _MAX_DATE_LINE else 0
        return 1 if first is not None and last is not None and page.is_prose(line) else None

    return [label(line) if known is None else known for line, known in zip(page.lines, labels, strict=True)]


def _find_only(texts: Sequence[str], piece: str) -> int | None:
    """Return the index of the text that contains `piece`, None if none or several do."""
    found = [index for index, text in enumerate(texts) if piece in text]
    return found[0] if len(found) == 1 else None


def _normalize(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def _shingles(tokens: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(tokens[start : start + size]) for start in range(len(tokens) - size + 1)]


# --- fitting


class FeatureMatrix:
    """Maps features to the columns of a sparse matrix; features on fewer than `MIN_SITES` sites have none."""

    def __init__(self, sites: dict[str, set[str]]) -> None:
        self.names = sorted(name for name, found in sites.items() if len(found) >= MIN_SITES)
        self._columns = {name: column for column, name in enumerate(self.names)}

    def matrix(self, rows: Sequence[dict[str, float]]) -> Array:
        """Return the matrix of rows that map features to values."""
        columns, values, ends = [], [], [0]
        for row in rows:
            found = [(self._columns[name], value) for name, value in row.items() if name in self._columns]
            columns += [column for column, _ in found]
            values += [value for _, value in found]
            ends.append(len(columns))
        arrays = np.array(values, dtype=np.float32), np.array(columns, dtype=np.int32), np.array(ends, dtype=np.int32)
        return sparse.csr_matrix(arrays, shape=(len(rows), len(self.names)))


def fit(pages: Sequence[TrainingPage]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the weights of the first and of the second pass.

    The second pass is trained on first-pass scores of models that have not seen the site (out-of-fold predictions).
    """
    labels = np.array([label or 0 for page in pages for label in page.labels])
    weights = np.array([
        weight if label is not None else 0.0
        for page in pages
        for label, weight in zip(page.labels, page.weights, strict=True)
    ])  # fmt: skip
    folds = np.array([_fold(page.site) for page in pages for _ in page.rows])
    first_rows = [dict.fromkeys(row, 1.0) for page in pages for row in page.rows]
    features = FeatureMatrix(_sites_by_feature(pages, first_rows))
    first = features.matrix(first_rows)
    scores = np.zeros(len(labels))
    for fold in range(FOLDS):
        others = folds != fold
        model = _fit_model(first[others], labels[others], weights[others], FIRST_PASS_C)
        scores[~others] = model.decision_function(first[~others])
    first_weights = _weights_of(features, _fit_model(first, labels, weights, FIRST_PASS_C))
    second_rows, start = [], 0
    for page in pages:
        context = ContextFeatures(page.page, scores[start : start + len(page.rows)].tolist())
        second_rows += [
            dict(context.features(line)) | dict.fromkeys(row, 1.0)
            for line, row in zip(page.page.lines, page.rows, strict=True)
        ]
        start += len(page.rows)
    features = FeatureMatrix(_sites_by_feature(pages, second_rows))
    model = _fit_model(features.matrix(second_rows), labels, weights, SECOND_PASS_C)
    return first_weights, _weights_of(features, model)


def _fold(site: str) -> int:
    return int(hashlib.md5(f"{site}x".encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def _sites_by_feature(pages: Sequence[TrainingPage], rows: Sequence[dict[str, float]]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    sites = (page.site for page in pages for _ in page.rows)
    for site, row in zip(sites, rows, strict=True):
        for name in row:
            out[name].add(site)
    return out


def _fit_model(rows: Array, labels: Array, weights: Array, inverse_strength: float) -> Array:
    model = LogisticRegression(C=inverse_strength, solver="liblinear", max_iter=300)
    return model.fit(rows, labels, sample_weight=weights)


def _weights_of(features: FeatureMatrix, model: Array) -> dict[str, float]:
    """Return the intercept as "any line" and the coefficients of at least `MIN_WEIGHT`, with two decimals."""
    pairs = zip(features.names, model.coef_[0], strict=True)
    out = {name: round(float(weight), 2) for name, weight in pairs if abs(weight) >= MIN_WEIGHT}
    return {"any line": round(float(model.intercept_[0]), 2)} | out


_CONTEXT_FEATURE = re.compile(r"(?:short|middle|long)(?:$|: )|good text |box \d has good|(?:heading|facts)(?:$|: )")


def weight_tables(first: dict[str, float], second: dict[str, float]) -> dict[str, dict[str, float]]:
    """Return the tables of `weights.toml` by name; the context features of the second pass are in [around]."""
    own = {name: weight for name, weight in second.items() if not _CONTEXT_FEATURE.match(name)}
    context = {name: weight for name, weight in second.items() if _CONTEXT_FEATURE.match(name)}
    return {"first": first, "second": own, "around": context}


def write_weights(first: dict[str, float], second: dict[str, float]) -> None:
    """Replace the fitted part of `weights.toml`."""
    kept = WEIGHTS_FILE.read_text("utf-8").partition(FITTED_MARK)[0].rstrip()
    parts = [kept, "", f"{FITTED_MARK}positive for text, negative for chrome ──"]
    for name, weights in weight_tables(first, second).items():
        parts += ["", f"[{name}]", *(f'"{key}" = {weight:g}' for key, weight in weights.items())]
    WEIGHTS_FILE.write_text("\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Fit the weights of the general extractor to judged pages: `python -m benchmarks.evidence BENCH CORPUS`.

All pages are used. How good the weights are where they were not fitted, `benchmarks.crossed` tells. Groups, phrases and
rules are by hand, and `may_be_looked_at` says on pages of which sites; the others stay unseen. Needs numpy and
scikit-learn, which nothing else here does.
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

from readout_pub.extract.generic import parse_page, read_page, show_script_only_text
from readout_pub.extract.generic.context_features import ContextFeatures
from readout_pub.extract.generic.features import features
from readout_pub.extract.generic.page import Page
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.extract.generic.weights import evidence
from readout_pub.html_elements import HEADINGS
from readout_pub.sources.encoding import decode

Array: TypeAlias = Any
"""What numpy, scipy and scikit-learn compute with; they are no dependency, so their types are not known here."""

TABLE = Path(__file__).parents[1] / "src/readout_pub/extract/generic/weights.toml"
FITTED = "# ── weights, fitted: "
"""What stands above the part of the table that this program writes."""

FEWEST_SITES = 10
"""Sites on which a feature must occur to have a weight: what fewer have is theirs, and no rule."""
FIRST_STRENGTH, SECOND_STRENGTH = 0.08, 0.05
"""Inverse regularisation of the two looks; smaller is stricter."""
SMALLEST_WEIGHT = 0.05
FOLDS = 4
SHARES = {"aeb": 3.0, "fundus": 3.0, "wcxb": 1.0, "snippets": 0.5, "corpus": 3.0}
"""How much a page of each collection counts; snippets judge a few lines of a page only."""

_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W\u0e00-\u9fff]+"
)
_SHINGLE = 4
_ENDS = 25
"""Letters of the beginning and end of a text that are looked for in one line."""
_DATE = 60
"""Letters below which a line with digits can be the date, which is not of the text and yet not chrome."""


class Judged(NamedTuple):
    """A page and what people say of it: its text, or pieces that must and must not be in it.

    `described` is a gold file of the corpus, which also says where the text begins and ends, and names its headings.
    """

    name: str
    site: str
    source: str
    markup: str
    text: str
    must: list[str]
    must_not: list[str]
    described: dict[str, Any] | None = None


class Sample(NamedTuple):
    """A page as the fit sees it: its features a line, labels (None where nobody says), and what a line counts."""

    page: Page
    site: str
    rows: list[list[str]]
    labels: list[int | None]
    weights: list[float]


def main(words: Sequence[str]) -> int:
    """Fit both looks and write them into the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("corpus", type=Path)
    options = parser.parse_args(words)
    samples = [sample(page) for page in (*bench_pages(options.bench), *corpus_pages(options.corpus))]
    line, around = fit(samples)
    write(line, around)
    print(f"{len(samples)} pages, {len(line)} weights of lines, {len(around)} of what is around them")
    return 0


def may_be_looked_at(site: str) -> bool:
    """Say whether people who work on the extractor look at pages of a site."""
    return int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


# --- judged pages


def bench_pages(folder: Path) -> Iterator[Judged]:
    """Yield the pages of the bench set that people have judged."""
    for row in map(json.loads, filter(None, (folder / "gold.jsonl").read_text("utf-8").split("\n"))):
        if row["gold"] != "tool":
            raw = gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())
            texts = row.get("text") or "", row.get("must") or [], row.get("must_not") or []
            yield Judged(row["id"], row["site"], row["source"], decode(raw).text, *texts)


def corpus_pages(folder: Path) -> Iterator[Judged]:
    """Yield the pages of the corpus that have a gold file."""
    rows = (line.split("\t") for line in (folder / "PROVENANCE.tsv").read_text("utf-8").splitlines())
    sites = {row[0]: row[4] for row in rows}
    for path in sorted(folder.glob("gold/*.json")):
        gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
        markup = decode((folder / "pages" / gold["page"]).read_bytes()).text
        pieces = gold["must_have"], gold["must_not_have"]
        yield Judged(path.stem, sites[gold["page"]], "corpus", markup, "", *pieces, gold)


def sample(judged: Judged) -> Sample:
    """Read the features of a page and what its lines should be."""
    known = evidence()
    quick = parse_page(judged.markup)
    show_script_only_text(quick.root, quick.head)
    page = read_page(quick)
    labels = _by_text(page, judged.text) if judged.text else _by_pieces(page, judged.must, judged.must_not)
    if judged.described:
        labels = _by_description(page, judged.described, labels)
    weights = [min(40.0, max(2.0, line.size / 6)) for line in page.lines]
    total = sum(weight for weight, label in zip(weights, labels, strict=True) if label is not None) or 1.0
    share = 100 * SHARES[judged.source] / total
    rows = [sorted(set(features(line, page, known))) for line in page.lines]
    return Sample(page, judged.site, rows, labels, [weight * share for weight in weights])


def _by_text(page: Page, gold: str) -> list[int | None]:
    """Label a line by whether most of its shingles are in the gold text; a short one must stand between such lines."""
    wanted = _tokens(gold)
    grams = {n: set(_grams(wanted, n)) for n in range(1, _SHINGLE + 1)}
    whole = {_folded(line) for line in gold.split("\n")}
    labels: list[int | None] = [None] * len(page.lines)
    short = []
    for tokens, rows in _tables(page):
        own = _grams(tokens, _SHINGLE)
        for line in rows:
            labels[line.index] = int(sum(gram in grams[_SHINGLE] for gram in own) * 2 >= max(1, len(own)))
    for line in page.lines:
        tokens = _tokens(line.text)
        if line.box.facts:
            continue
        if len(tokens) >= _SHINGLE:
            own = _grams(tokens, _SHINGLE)
            labels[line.index] = int(sum(gram in grams[_SHINGLE] for gram in own) * 2 >= len(own))
        elif tokens:
            short.append((line.index, tokens))
    for index, tokens in short:
        above = next((label for label in reversed(labels[max(0, index - 3) : index]) if label is not None), 0)
        below = next((label for label in labels[index + 1 : index + 4] if label is not None), 0)
        between = bool(above and below and tuple(tokens) in grams[len(tokens)])
        labels[index] = int(between or _folded(page.lines[index].text) in whole)
    return labels


def _tables(page: Page) -> list[tuple[list[str], list[Line]]]:
    """Return the tokens and the lines of each table of facts."""
    tables: dict[ElementBox, list[Line]] = defaultdict(list)
    for line in page.lines:
        if line.box.facts:
            tables[line.box.facts].append(line)
    return [([token for row in rows for token in _tokens(row.text)], rows) for rows in tables.values()]


def _by_pieces(page: Page, must: Sequence[str], must_not: Sequence[str]) -> list[int | None]:
    def holds(text: str, pieces: Sequence[str]) -> bool:
        return any(piece in text or (len(text) >= 25 and text in piece) for piece in map(_folded, pieces))

    texts = [_folded(line.text) for line in page.lines]
    return [1 if holds(text, must) else 0 if holds(text, must_not) else None for text in texts]


def _by_description(page: Page, gold: dict[str, Any], labels: list[int | None]) -> list[int | None]:
    """Label what stands outside of the text, its headings, and its prose, where the pieces have not labelled it."""
    texts = [_folded(line.text) for line in page.lines]
    first = _where(texts, _folded(gold["body_first"])[:_ENDS])
    last = _where(texts, _folded(gold["body_last"])[-_ENDS:])
    headings = {_folded(words) for _, words in gold["headings"]}
    fields = [gold["title"], *gold["title_alternatives"], gold["series_or_kicker"], *gold["headings_optional"]]
    beside = [_folded(words) for words in fields if words]
    beside += [_folded(photo[kind]) for photo in gold["photos"] for kind in ("caption", "credit") if photo.get(kind)]

    def label(line: Line) -> int | None:
        text = texts[line.index]
        if text in headings:
            return 1
        if any(text in words or words in text for words in beside):
            return None
        if line.box.element.tag in HEADINGS:
            return 0
        if (first is not None and line.index < first) or (last is not None and line.index > last):
            return None if any(map(str.isdigit, text)) and line.size < _DATE else 0
        return 1 if first is not None and last is not None and page.is_prose(line) else None

    return [label(line) if known is None else known for line, known in zip(page.lines, labels, strict=True)]


def _where(texts: Sequence[str], piece: str) -> int | None:
    """Return the index of the only line that holds `piece`."""
    found = [index for index, text in enumerate(texts) if piece in text]
    return found[0] if len(found) == 1 else None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def _grams(tokens: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(tokens[start : start + size]) for start in range(len(tokens) - size + 1)]


# --- fitting


class Table:
    """Rows of named values as a sparse matrix; only features of enough sites have a column."""

    def __init__(self, sites: dict[str, set[str]]) -> None:
        self.names = sorted(name for name, found in sites.items() if len(found) >= FEWEST_SITES)
        self._columns = {name: column for column, name in enumerate(self.names)}

    def matrix(self, rows: Sequence[dict[str, float]]) -> Array:
        columns, values, ends = [], [], [0]
        for row in rows:
            found = [(self._columns[name], value) for name, value in row.items() if name in self._columns]
            columns += [column for column, _ in found]
            values += [value for _, value in found]
            ends.append(len(columns))
        arrays = np.array(values, dtype=np.float32), np.array(columns, dtype=np.int32), np.array(ends, dtype=np.int32)
        return sparse.csr_matrix(arrays, shape=(len(rows), len(self.names)))


def fit(samples: Sequence[Sample]) -> tuple[dict[str, float], dict[str, float]]:
    """Fit the first look, then the second on what the first says of sites that it has not seen."""
    labels = np.array([label or 0 for each in samples for label in each.labels])
    weights = np.array([
        weight if label is not None else 0.0
        for each in samples
        for label, weight in zip(each.labels, each.weights, strict=True)
    ])  # fmt: skip
    folds = np.array([_fold(each.site) for each in samples for _ in each.rows])
    first_rows = [dict.fromkeys(row, 1.0) for each in samples for row in each.rows]
    table = Table(_sites(samples, first_rows))
    first = table.matrix(first_rows)
    thoughts = np.zeros(len(labels))
    for fold in range(FOLDS):
        others = folds != fold
        model = _model(first[others], labels[others], weights[others], FIRST_STRENGTH)
        thoughts[~others] = model.decision_function(first[~others])
    line = _weights(table, _model(first, labels, weights, FIRST_STRENGTH))
    second_rows, start = [], 0
    for each in samples:
        around = ContextFeatures(each.page, thoughts[start : start + len(each.rows)].tolist())
        second_rows += [
            dict(around.features(of)) | dict.fromkeys(row, 1.0)
            for of, row in zip(each.page.lines, each.rows, strict=True)
        ]
        start += len(each.rows)
    table = Table(_sites(samples, second_rows))
    return line, _weights(table, _model(table.matrix(second_rows), labels, weights, SECOND_STRENGTH))


def _fold(site: str) -> int:
    return int(hashlib.md5(f"{site}x".encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def _sites(samples: Sequence[Sample], rows: Sequence[dict[str, float]]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    places = (each.site for each in samples for _ in each.rows)
    for site, row in zip(places, rows, strict=True):
        for name in row:
            out[name].add(site)
    return out


def _model(rows: Array, labels: Array, weights: Array, strength: float) -> Array:
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=300)
    return model.fit(rows, labels, sample_weight=weights)


def _weights(table: Table, model: Array) -> dict[str, float]:
    pairs = zip(table.names, model.coef_[0], strict=True)
    out = {name: round(float(weight), 2) for name, weight in pairs if abs(weight) >= SMALLEST_WEIGHT}
    return {"any line": round(float(model.intercept_[0]), 2)} | out


_AROUND = re.compile(r"(?:short|middle|long)(?:$|: )|good text |box \d has good|(?:heading|facts)(?:$|: )")


def tables(line: dict[str, float], around: dict[str, float]) -> dict[str, dict[str, float]]:
    """Return the fitted tables by name; in the second pass `ContextFeatures` have a table of their own."""
    own = {name: weight for name, weight in around.items() if not _AROUND.match(name)}
    others = {name: weight for name, weight in around.items() if _AROUND.match(name)}
    return {"first": line, "second": own, "around": others}


def write(line: dict[str, float], around: dict[str, float]) -> None:
    """Replace the fitted part of the table."""
    kept = TABLE.read_text("utf-8").partition(FITTED)[0].rstrip()
    parts = [kept, "", f"{FITTED}positive speaks for the text, negative against it ──"]
    for name, weights in tables(line, around).items():
        parts += ["", f"[{name}]", *(f'"{key}" = {weight:g}' for key, weight in weights.items())]
    TABLE.write_text("\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

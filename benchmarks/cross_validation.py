"""Measures the generic extractor on sites that its weights were not fitted to, by five-fold cross-validation.

    python -m benchmarks.cross_validation BENCH CORPUS OUT

The sites are divided into five folds; the pages of each fold are read with weights fitted to the four others. The
results are written to OUT: crossed.jsonl has all pages of BENCH, tuned.jsonl those of sites that may be inspected, and
kept.jsonl the rest; `BENCH/score.py --results OUT` scores them. Pages of CORPUS go to OUT/corpus, for `CORPUS/score.py
OUT/corpus`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import msgspec

from benchmarks.fit import GoldPage, fit, may_inspect, read_bench, read_corpus, training_page, weight_tables
from benchmarks.sets import bench, corpus
from readout_pub import ReadoutError
from readout_pub.extract import generic
from readout_pub.extract.generic.weights import load_weights

FOLDS = 5


def main(words: Sequence[str]) -> int:
    """Fit and read once per fold, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cross_validation", description=__doc__)
    for name in ("bench", "corpus", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(words)
    gold = [*read_bench(options.bench), *read_corpus(options.corpus)]
    pages = [training_page(page) for page in gold]
    results: list[tuple[GoldPage, dict[str, object]]] = []
    for fold in range(FOLDS):
        weights = fit([page for page in pages if _fold(page.site) != fold])
        with _use_weights(*weights):
            results += [(page, _extract(page, options.out)) for page in gold if _fold(page.site) == fold]
    _write_results(results, options.out)
    return 0


def _fold(site: str) -> int:
    return int(hashlib.md5(f"{site}, part".encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


@contextmanager
def _use_weights(first: dict[str, float], second: dict[str, float]) -> Iterator[None]:
    """Make the extractor use freshly fitted weights instead of those in `weights.toml`."""
    tables = weight_tables(first, second)
    zeros = dict.fromkeys((*tables["first"], *tables["second"]), 0.0)
    weights = msgspec.structs.replace(
        load_weights(), first=zeros | tables["first"], second=zeros | tables["second"], context=tables["around"]
    )
    with patch.object(generic, "load_weights", lambda: weights):
        yield


def _extract(page: GoldPage, out: Path) -> dict[str, object]:
    """Return the result of one page in the form that the score.py of its set reads; empty if a page of CORPUS fails."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{page.name}.html"
    file.write_text(page.markup, "utf-8")
    try:
        if page.description is None:
            return bench.extract(file, "none") | {"id": page.name, "seconds": 0.0}
        return corpus.candidate_of(file, "none")
    except ReadoutError as failure:  # only from CORPUS: `bench.extract` reports failures itself
        print(failure, file=sys.stderr)
        return {}
    finally:
        file.unlink()


def _write_results(results: Sequence[tuple[GoldPage, dict[str, object]]], out: Path) -> None:
    (out / "corpus").mkdir(exist_ok=True)
    pages = [(page.site, facts) for page, facts in results if page.description is None]
    files = {
        "crossed": [facts for _, facts in pages],
        "tuned": [facts for site, facts in pages if may_inspect(site)],
        "kept": [facts for site, facts in pages if not may_inspect(site)],
    }
    for name, rows in files.items():
        (out / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    for page, facts in results:
        if page.description is not None and facts:
            (out / "corpus" / f"{page.name}.json").write_text(json.dumps(facts), "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Measures the generic extractor on sites that its weights were not fitted to, by cross-validation over sites."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.candidate import Json
from benchmarks.fitting.confidence import ScoredPage, measured_f1, recorded_features
from benchmarks.fitting.gold import GoldPage
from benchmarks.fitting.labels import SHINGLE_SIZE, normalize, shingles_of, words_of
from benchmarks.fitting.passes import TrainingPage, fit, fold_of
from benchmarks.fitting.weights_file import use_weights
from benchmarks.sets import bench, corpus


class LeftOutPage(NamedTuple):
    """A page and its candidate: what the extractor makes of it with weights fitted to other sites.

    `features` are those from which its confidence is computed; empty if the page could not be read.
    """

    gold: GoldPage
    candidate: Json
    features: dict[str, float]


def read_left_out(golds: Sequence[GoldPage], pages: Sequence[TrainingPage]) -> Iterator[LeftOutPage]:
    """Fit once for each fold of sites, and yield the pages of the fold, read with weights fitted to the other folds."""
    with TemporaryDirectory() as scratch:
        for fold in sorted({fold_of(page.site) for page in pages}):
            with use_weights(fit([page for page in pages if fold_of(page.site) != fold])):
                for gold in golds:
                    if fold_of(gold.site) == fold:
                        with recorded_features() as features:
                            candidate = _read(gold, Path(scratch))
                        yield LeftOutPage(gold, candidate, features)


def scored_pages(pages: Sequence[LeftOutPage]) -> list[ScoredPage]:
    """Return the pages to which the confidence is fitted: those that could be read, and whose F1 can be measured."""
    return [
        ScoredPage(features, f1, fold_of(gold.site))
        for gold, candidate, features in pages
        if features and "error" not in candidate and (f1 := measured_f1(gold, candidate)) is not None
    ]


def _read(gold: GoldPage, scratch: Path) -> Json:
    """Return the candidate of a page in the form that the score.py of its folder expects.

    If the extractor crashes, the candidate has "error" and, in the first form of gold, its "id", but no text.
    """
    file = scratch / f"{gold.name}.html"
    file.write_text(gold.markup, "utf-8")
    try:
        if gold.description is None:
            return bench.extract(file, "none") | {"id": gold.name, "seconds": 0.0}
        return corpus.candidate_of(file, "none")
    except Exception as failure:  # noqa: BLE001 - a crash on one page must not end the run
        return {"error": f"{type(failure).__name__}: {failure}"}
    finally:
        file.unlink()


def write_candidates(pages: Sequence[LeftOutPage], out: Path) -> None:
    """Write the candidates to `out`, in the files that the score.py of their folder expects.

    For the first form of gold (see `gold`), this is one file, `FOLDER/left-out.jsonl`. For the second form, each page
    that could be read has a file, `FOLDER/NAME.json`.
    """
    for gold, candidate, _ in pages:
        folder = out / gold.folder.name
        folder.mkdir(parents=True, exist_ok=True)
        if gold.description is None:
            with (folder / "left-out.jsonl").open("a", encoding="utf-8") as lines:
                lines.write(f"{json.dumps(candidate)}\n")
        elif "error" not in candidate:
            (folder / f"{gold.name}.json").write_text(json.dumps(candidate), "utf-8")


def table(pages: Sequence[LeftOutPage]) -> str:
    """Return a table with a line for each folder, and for each collection of a folder that has several."""
    groups: dict[str, list[LeftOutPage]] = defaultdict(list)
    for page in pages:
        folder, collection = page.gold.folder.name, page.gold.collection
        groups[folder].append(page)
        if collection != folder:  # else the folder has one collection
            groups[f"{folder}, {collection}"].append(page)
    width = max(map(len, groups), default=0)
    measures = ("pages", "unread", "F1", "precision", "recall", "must", "must not")
    head = f"{'':{width}}" + "".join(f"{measure:>11}" for measure in measures)
    return "\n".join([head, *(f"{name:{width}}{_cells(members)}" for name, members in sorted(groups.items()))])


def _cells(pages: Sequence[LeftOutPage]) -> str:
    precision, recall, must, must_not = [], [], [], []
    for gold, candidate, _ in pages:
        text = candidate.get("text") or ""
        if gold.text:
            wanted, found = (Counter(shingles_of(words_of(each), SHINGLE_SIZE)) for each in (gold.text, text))
            common = (wanted & found).total()
            precision += [common / found.total()] if found else []
            recall += [common / wanted.total()] if wanted else []
        normal = normalize(text)
        must += [normalize(piece) in normal for piece in gold.must]
        must_not += [normalize(piece) in normal for piece in gold.must_not]
    both = fmean(precision or [0]) + fmean(recall or [0])
    f1 = [2 * fmean(precision) * fmean(recall) / both] if both and recall else []
    unread = sum("error" in candidate for _, candidate, _ in pages)
    shares = (
        f"{fmean(values):11.3f}" if values else f"{'–':>11}" for values in (f1, precision, recall, must, must_not)
    )
    return f"{len(pages):11}{unread:11}" + "".join(shares)

"""How good the general extractor is on sites that its weights were not fitted to.

    python -m benchmarks.crossed BENCH CORPUS OUT

The sites are dealt into five parts, and the pages of each are read with weights fitted to the four others. What is
found goes to OUT: for pages of BENCH crossed.jsonl, tuned.jsonl with those of sites that people look at, and kept.jsonl
with the rest, to be judged by `BENCH/score.py --results OUT`; for the corpus a folder, by `CORPUS/score.py OUT/corpus`.
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

from benchmarks.evidence import Judged, bench_pages, corpus_pages, fit, may_be_looked_at, sample, tables
from benchmarks.sets import bench, corpus
from readout_pub import ReadoutError
from readout_pub.extract import generic
from readout_pub.extract.generic.weights import evidence

PARTS = 5


def main(words: Sequence[str]) -> int:
    """Fit and read five times, and write what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crossed", description=__doc__)
    for name in ("bench", "corpus", "out"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(words)
    judged = [*bench_pages(options.bench), *corpus_pages(options.corpus)]
    samples = [sample(page) for page in judged]
    found: list[tuple[Judged, dict[str, object]]] = []
    for part in range(PARTS):
        weights = fit([each for each in samples if _part(each.site) != part])
        with _weighed_by(*weights):
            found += [(page, _read(page, options.out)) for page in judged if _part(page.site) == part]
    _write(found, options.out)
    return 0


def _part(site: str) -> int:
    return int(hashlib.md5(f"{site}, part".encode(), usedforsecurity=False).hexdigest(), 16) % PARTS


@contextmanager
def _weighed_by(line: dict[str, float], around: dict[str, float]) -> Iterator[None]:
    fitted = tables(line, around)
    none = dict.fromkeys((*fitted["first"], *fitted["second"]), 0.0)
    known = msgspec.structs.replace(
        evidence(), first=none | fitted["first"], second=none | fitted["second"], around=fitted["around"]
    )
    with patch.object(generic, "evidence", lambda: known):
        yield


def _read(page: Judged, out: Path) -> dict[str, object]:
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{page.name}.html"
    file.write_text(page.markup, "utf-8")
    try:
        if page.described is None:
            return bench.extract(file, "none") | {"id": page.name, "seconds": 0.0}
        return corpus.candidate_of(file, "none")
    except ReadoutError as failure:  # bench.extract says so itself
        print(failure, file=sys.stderr)
        return {}
    finally:
        file.unlink()


def _write(found: Sequence[tuple[Judged, dict[str, object]]], out: Path) -> None:
    (out / "corpus").mkdir(exist_ok=True)
    pages = [(page.site, facts) for page, facts in found if page.described is None]
    results = {
        "crossed": [facts for _, facts in pages],
        "tuned": [facts for site, facts in pages if may_be_looked_at(site)],
        "kept": [facts for site, facts in pages if not may_be_looked_at(site)],
    }
    for name, rows in results.items():
        (out / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    for page, facts in found:
        if page.described is not None and facts:
            (out / "corpus" / f"{page.name}.json").write_text(json.dumps(facts), "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

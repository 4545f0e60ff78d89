"""Fit the weights of the generic extractor to annotated pages: `./dev fit [FOLDER…]`.

FOLDER holds annotated pages in one of the forms that benchmarks/README.md describes; without one, the invented pages of
this repository are used. The weights are written to a file, and their quality is measured on sites left out of the fit.
For this, the sites are split into five folds, and the pages of each fold are read with weights fitted to the others.
The weights of the confidence are fitted to these pages, and written to `confidence.toml` beside the other weights.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fitting.confidence import (
    CONFIDENCE_FILE,
    fit_confidence,
    reliability,
    reliability_diagram,
    reliability_table,
    write_confidence,
)
from benchmarks.fitting.gold import WHOLE_TEXT, read_gold
from benchmarks.fitting.left_out import read_left_out, scored_pages, table, write_candidates
from benchmarks.fitting.passes import fit, training_page
from benchmarks.fitting.weights_file import write_weights

INVENTED_PAGES = Path(__file__).with_name("invented")
OUT = Path("build/weights.toml")


def main(arguments: Sequence[str]) -> int:
    """Fit the weights, write them, and print how well they do; exit with 2 if a folder has no annotated pages."""
    parser = argparse.ArgumentParser(
        prog="./dev fit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER", default=[INVENTED_PAGES])
    parser.add_argument("--out", type=Path, default=OUT, help="the weights file to write (default: %(default)s)")
    parser.add_argument(
        "--candidates", type=Path, help="also write the candidates here, for the score.py of each folder"
    )
    parser.add_argument("--reliability", type=Path, help="write here, as SVG, a diagram of expected and measured F1")
    parser.add_argument(
        "--no-measure", action="store_true", help="only fit the weights: do not measure them, nor fit the confidence"
    )
    options = parser.parse_args(arguments)
    for folder in options.folders:
        if not (folder / WHOLE_TEXT).exists() and not any(folder.glob("gold/*.json")):
            parser.error(f"{folder} has no annotated pages: it needs {WHOLE_TEXT} or gold/NAME.json")
    if options.candidates and options.candidates.exists():
        parser.error(f"{options.candidates} exists: name a new folder")
    golds = [gold for folder in options.folders for gold in read_gold(folder)]
    pages = [training_page(gold) for gold in golds]
    weights = fit(pages)
    write_weights(weights, options.out)
    sites = len({page.site for page in pages})
    print(f"{len(pages)} pages of {sites} sites: {sum(map(len, weights))} weights in {options.out}", flush=True)
    if not options.no_measure:
        left_out = list(read_left_out(golds, pages))
        if options.candidates:
            write_candidates(left_out, options.candidates)
        print(f"\nOn sites left out of the fit:\n{table(left_out)}")
        for gold, candidate, _ in left_out:
            if "error" in candidate:
                print(f"unread: {gold.name}: {candidate['error']}")
        scored = scored_pages(left_out)
        write_confidence(fit_confidence(scored), options.out.with_name(CONFIDENCE_FILE.name))
        found = reliability(scored)
        print(f"\nConfidence, on sites left out of both fits:\n{reliability_table(found)}")
        if options.reliability:
            options.reliability.write_text(reliability_diagram(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The set `corpus`: saved government pages of many sites. Scores fields, pieces of text, headings and photos."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import candidate, peers
from benchmarks.candidate import Json
from benchmarks.peers import programs
from benchmarks.peers.candidate import candidate_from
from benchmarks.sets.candidates import READOUT_MODEL, TEXT_SOURCES, convert_page, run_score, write_candidates
from readout_pub.model import outline, plain_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this set."""
    parser.add_argument(
        "--from",
        dest="source",
        choices=TEXT_SOURCES,
        default=READOUT_MODEL,
        help="take the text from the model, or from an output in this format",
    )
    parser.add_argument("--peers", action="store_true", help="measure other extractors in the same run")


def score(options: argparse.Namespace, further: Sequence[str]) -> int:
    """Score the pages that have a gold file; return the exit code of score.py."""
    with TemporaryDirectory() as scratch:
        out = Path(scratch, "candidates")
        pages = options.folder / "pages"
        write_candidates(
            sorted(options.folder.glob("gold/*.json")),
            lambda gold: candidate_of(pages / gold["page"], options.site, options.source),
            out,
        )
        if options.peers:
            return _score_with_peers(options.folder, out, further)
        return run_score(options.folder, out, further)


def _score_with_peers(folder: Path, out: Path, further: Sequence[str]) -> int:
    """Score the candidates in `out` and those of every peer; print one table. Return the first non-zero exit code."""
    peers.install()
    names = [json.loads(gold.read_text("utf-8"))["page"] for gold in sorted(folder.glob("gold/*.json"))]
    pages = [folder / "pages" / name for name in names]
    ours = "readout-pub"
    folders = {ours: out} | {name: out.parent / name for name in peers.EXTRACTORS}
    summaries, codes = {}, []
    for name, made in folders.items():
        if name != ours:
            made.mkdir()
            responses = programs.responses(peers.command(name, peers.MARKUP), pages)
            for gold, response in zip(sorted(folder.glob("gold/*.json")), responses, strict=True):
                (made / gold.name).write_text(json.dumps(candidate_from(response)), "utf-8")
        figures = out.parent / f"{name}.figures"
        codes.append(run_score(folder, made, ["--worst", "0", "--json", str(figures), *further], quiet=True))
        summaries[name] = json.loads(figures.read_text("utf-8"))["summary"]
    print(_table(summaries))
    return next(filter(None, codes), 0)


def _table(summaries: Mapping[str, Mapping[str, float]]) -> str:
    """Return a table with a line for each measure and a column for each extractor."""
    measures = dict.fromkeys(measure for summary in summaries.values() for measure in summary)
    head = f"{'':40}" + "".join(f"{name:>18}" for name in summaries)
    rows = (
        f"{measure:40}" + "".join(f"{summary.get(measure, float('nan')):>18.1f}" for summary in summaries.values())
        for measure in measures
    )
    return "\n".join([head, *rows])


def candidate_of(page: Path, site: str | None, source: str = READOUT_MODEL) -> Json:
    """Convert a page and return the candidate that the set's score.py reads."""
    conversion, lines = convert_page(page, source, site)
    readout = conversion.readout
    title = []  # an output has title and byline in its text; `lines` of the model does not
    if source == READOUT_MODEL:
        title = [*([plain_text(readout.title)] if readout.title else []), *([readout.byline] if readout.byline else [])]
    return candidate.fields(readout) | {
        "text": "\n".join(title + lines),
        "headings": [
            (depth + 1, " ".join(filter(None, (label, heading))))
            for depth, label, heading in outline(readout.body)
            if heading is not None
        ],
    }

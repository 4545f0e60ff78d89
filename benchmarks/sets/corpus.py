"""Saved government pages of many sites: fields, pieces of text, headings, photos."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import candidate, peers
from benchmarks.candidate import Json
from benchmarks.peers import reading
from benchmarks.sets.judge import MODEL, SOURCES, converted, judged, write_candidates
from readout_pub.model import outline, plain


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this set."""
    parser.add_argument("--from", dest="source", choices=SOURCES, default=MODEL, help="where the text is read")
    parser.add_argument("--peers", action="store_true", help="measure other extractors in the same run")


def score(options: argparse.Namespace, further: Sequence[str]) -> int:
    """Judge the pages that have a gold file; return the exit code of score.py."""
    with TemporaryDirectory() as scratch:
        out = Path(scratch, "candidates")
        pages = options.folder / "pages"
        write_candidates(
            sorted(options.folder.glob("gold/*.json")),
            lambda gold: candidate_of(pages / gold["page"], options.site, options.source),
            out,
        )
        if options.peers:
            return _beside_peers(options.folder, out, further)
        return judged(options.folder, out, further)


def _beside_peers(folder: Path, out: Path, further: Sequence[str]) -> int:
    """Judge the candidates in `out` and those of every peer; print one table. Return the first exit code but 0."""
    peers.install()
    names = [json.loads(gold.read_text("utf-8"))["page"] for gold in sorted(folder.glob("gold/*.json"))]
    pages = [folder / "pages" / name for name in names]
    ours = "readout-pub"
    folders = {ours: out} | {name: out.parent / name for name in peers.PEERS}
    summaries, codes = {}, []
    for name, made in folders.items():
        if name != ours:
            made.mkdir()
            answers = peers.answers(peers.command(name, peers.MARKUP), pages)
            for gold, answer in zip(sorted(folder.glob("gold/*.json")), answers, strict=True):
                (made / gold.name).write_text(json.dumps(reading.candidate(answer)), "utf-8")
        result = out.parent / f"{name}.result"
        codes.append(judged(folder, made, ["--worst", "0", "--json", str(result), *further], quiet=True))
        summaries[name] = json.loads(result.read_text("utf-8"))["summary"]
    print(_table(summaries))
    return next(filter(None, codes), 0)


def _table(summaries: Mapping[str, Mapping[str, float]]) -> str:
    """Lay out one line a measure, one column an extractor."""
    measures = dict.fromkeys(measure for summary in summaries.values() for measure in summary)
    head = f"{'':40}" + "".join(f"{name:>18}" for name in summaries)
    rows = (
        f"{measure:40}" + "".join(f"{summary.get(measure, float('nan')):>18.1f}" for summary in summaries.values())
        for measure in measures
    )
    return "\n".join([head, *rows])


def candidate_of(page: Path, site: str | None, source: str = MODEL) -> Json:
    """Return what is found on a page, as the set's score.py wants it."""
    conversion, lines = converted(page, source, site)
    readout = conversion.readout
    title = [plain(readout.title)] if readout.title and source == MODEL else []  # the others print it
    return candidate.facts(readout) | {
        "text": "\n".join(title + lines),
        "headings": [
            (depth + 1, " ".join(filter(None, (label, heading))))
            for depth, label, heading in outline(readout.body)
            if heading is not None
        ],
    }

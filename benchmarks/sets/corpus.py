"""Saved government pages of many sites: fields, pieces of text, headings, photos."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import candidate
from benchmarks.candidate import Json
from benchmarks.sets.judge import MODEL, SOURCES, converted, judged, write_candidates
from readout_pub.model import outline, plain


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this set."""
    parser.add_argument("--from", dest="source", choices=SOURCES, default=MODEL, help="where the text is read")


def score(options: argparse.Namespace, further: Sequence[str]) -> int:
    """Judge the pages that have a gold file; return the exit code of score.py."""
    with TemporaryDirectory() as scratch:
        out = Path(scratch, "candidates")
        write_candidates(sorted(options.folder.glob("gold/*.json")), lambda page: _candidate(page, options), out)
        return judged(options.folder, out, further)


def _candidate(gold: Json, options: argparse.Namespace) -> Json:
    conversion, lines = converted(options.folder / "pages" / gold["page"], options.source, options.site)
    readout = conversion.readout
    title = [plain(readout.title)] if readout.title and options.source == MODEL else []  # the others print it
    return candidate.facts(readout) | {
        "text": "\n".join(title + lines),
        "headings": [
            (depth + 1, " ".join(filter(None, (label, heading))))
            for depth, label, heading in outline(readout.body)
            if heading is not None
        ],
    }

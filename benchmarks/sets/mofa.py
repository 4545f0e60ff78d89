"""Readouts in all the shapes people keep them in, with an archive of forty: fields, text, outline, photos."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import candidate
from benchmarks.candidate import Json
from benchmarks.sets.judge import MODEL, SOURCES, converted, judged, write_candidates
from readout_pub import Conversion, SavedPage, saved_pages


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this set."""
    parser.add_argument("--from", dest="source", choices=SOURCES, default=MODEL, help="where the text is read")
    parser.add_argument("--shape", help="only these shapes, comma-separated; the archive is judged all the same")


def score(options: argparse.Namespace, further: Sequence[str]) -> int:
    """Judge the pages, shapes and texts, and then the archive; return the graver exit code."""
    folder: Path = options.folder
    shape = ["--shape", options.shape] if options.shape else []
    runs: tuple[tuple[Path, list[str]], ...] = ((folder / "gold", shape), (folder / "gold" / "archive40", []))
    codes = []
    with TemporaryDirectory() as scratch:
        for gold, only in runs:
            out = Path(scratch, gold.name)
            print(f"\n── {gold.name}, text from {options.source} ──", flush=True)
            write_candidates(_golds(gold, only), lambda page: _candidate(page, options), out)
            codes.append(judged(folder, out, ["--gold", str(gold), *only, *further]))
    return max(codes)


def _golds(folder: Path, only: Sequence[str]) -> Iterator[Path]:
    """Yield the gold files in `folder`; its manifest is none."""
    shapes = only[-1].split(",") if only else None
    for path in sorted(folder.glob("*.json")):
        shape = json.loads(path.read_text("utf-8")).get("shape")
        if shape and (shapes is None or shape in shapes):
            yield path


def _candidate(gold: Json, options: argparse.Namespace) -> Json:
    conversion, lines = converted(_page(gold, options.folder), options.source, options.site)
    readout = conversion.readout
    return candidate.facts(readout) | {
        "photos": [photo | {"src": _as_judged(photo["src"], conversion)} for photo in candidate.photos(readout)],
        "text": "\n".join(lines),
        "outline": candidate.tree(readout.body),
        "meeting": candidate.meeting(readout.meeting),
    }


def _page(gold: Json, folder: Path) -> Path | SavedPage:
    """Find the judged page, which may be a member of a zip archive or stand in a web archive at its address."""
    file: Path = folder / gold["file"]
    if gold.get("member"):
        return next(page for page in saved_pages(file) if page.name == gold["member"])
    if gold.get("url"):
        return next(saved_pages(file, urls=[gold["url"]]))
    return file


def _as_judged(src: str, conversion: Conversion) -> str:
    """Name an embedded photo as the judge does, by the SHA-1 of its bytes; the model has their SHA-256."""
    digest = src.removeprefix("data:sha256:")
    if digest == src:
        return src
    return f"data:sha1:{hashlib.sha1(conversion.album.read(digest), usedforsecurity=False).hexdigest()}"

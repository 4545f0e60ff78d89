"""The set `mofa`: readouts of one ministry, saved in many ways. Scores fields, text, outline and photos."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import candidate
from benchmarks.candidate import Json
from benchmarks.sets.candidates import READOUT_MODEL, TEXT_SOURCES, convert_page, run_score, write_candidates
from readout_pub import Conversion, SavedPage, saved_pages


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this set."""
    parser.add_argument(
        "--from",
        dest="source",
        choices=TEXT_SOURCES,
        default=READOUT_MODEL,
        help="take the text from the model, or from an output in this format",
    )
    parser.add_argument("--shape", help="outside the archive, score only pages saved in these ways, comma-separated")


def score(options: argparse.Namespace, further: Sequence[str]) -> int:
    """Score the pages, then the archive; return the higher exit code."""
    folder: Path = options.folder
    shape = ["--shape", options.shape] if options.shape else []
    runs: tuple[tuple[Path, list[str]], ...] = ((folder / "gold", shape), (folder / "gold" / "archive40", []))
    codes = []
    with TemporaryDirectory() as scratch:
        for gold, only in runs:
            out = Path(scratch, gold.name)
            print(f"\n── {gold.name}, text from {options.source} ──", flush=True)
            write_candidates(_gold_files(gold, only), lambda page: _candidate(page, options), out)
            codes.append(run_score(folder, out, ["--gold", str(gold), *only, *further]))
    return max(codes)


def _gold_files(folder: Path, only: Sequence[str]) -> Iterator[Path]:
    """Yield the gold files in `folder`. Other files, such as the manifest, have no "shape"."""
    shapes = only[-1].split(",") if only else None
    for path in sorted(folder.glob("*.json")):
        shape = json.loads(path.read_text("utf-8")).get("shape")
        if shape and (shapes is None or shape in shapes):
            yield path


def _candidate(gold: Json, options: argparse.Namespace) -> Json:
    conversion, lines = convert_page(_find_page(gold, options.folder), options.source, options.site)
    readout = conversion.readout
    return candidate.fields(readout) | {
        "photos": [photo | {"src": _rename_embedded(photo["src"], conversion)} for photo in candidate.photos(readout)],
        "text": "\n".join(lines),
        "outline": candidate.outline_tree(readout.body),
        "meeting": candidate.meeting_fields(readout.meeting),
    }


def _find_page(gold: Json, folder: Path) -> Path | SavedPage:
    """Find the page of a gold file: a file, a member of a zip archive, or a record of a web archive by its URL."""
    file: Path = folder / gold["file"]
    if gold.get("member"):
        return next(page for page in saved_pages(file) if page.name == gold["member"])
    if gold.get("url"):
        return next(saved_pages(file, urls=[gold["url"]]))
    return file


def _rename_embedded(src: str, conversion: Conversion) -> str:
    """Return the name that the gold has for a photo: for an embedded photo, its SHA-1 instead of its SHA-256."""
    digest = src.removeprefix("data:sha256:")
    if digest == src:
        return src
    return f"data:sha1:{hashlib.sha1(conversion.images.read(digest), usedforsecurity=False).hexdigest()}"

"""The set `bench`: web pages of all kinds, for comparison with other extractors. Scores main text, title and date.

The set's run.py runs this module as a subprocess. It sends the path of one page per line, and this module answers each
with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks import candidate, peers
from benchmarks.sets.candidates import READOUT_MODEL, convert_page
from readout_pub.model import Blocks, Figure, map_blocks

NAME = "readout-pub"
ROOT = Path(__file__).parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this set."""
    parser.add_argument("--limit", default="0", help="use only this many pages, spread over the set")
    parser.add_argument("--peers", action="store_true", help="measure other extractors in the same run")


def score(options: argparse.Namespace, further: Sequence[str]) -> int:
    """Run the set's run.py to extract the pages, then its score.py with the arguments `further`.

    Return the exit code of the first of the two that fails, or 0.
    """
    folder = options.folder.resolve()
    with TemporaryDirectory() as scratch:
        adapters = Path(scratch, "adapters.toml")
        commands = {NAME: [sys.executable, "-m", __name__, *filter(None, [options.site])]}
        if options.peers:
            peers.install()
            commands |= {name: peers.command(name, peers.TEXT) for name in peers.EXTRACTORS}
        # A list of strings has the same syntax in JSON and in TOML.
        tables = (f'[{name}]\nkind = "stream"\nargv = {json.dumps(command)}\n' for name, command in commands.items())
        adapters.write_text("\n".join(tables), "utf-8")
        candidates = Path(scratch, "candidates")
        extraction = [folder / "run.py", "--adapters", adapters, "--out", candidates, "--limit", options.limit]
        scoring = [folder / "score.py", "--results", candidates, *further]
        runs = (subprocess.run([sys.executable, *step], cwd=ROOT, check=False) for step in (extraction, scoring))
        return next((run.returncode for run in runs if run.returncode), 0)


def extract(page: Path, site: str | None) -> candidate.Json:
    """Return title, date and text of `page`; like the gold, the text has neither headline nor captions."""
    try:
        readout = convert_page(page, READOUT_MODEL, site)[0].readout
    except Exception as failure:  # noqa: BLE001 - a crash on one page must not end the run
        return {"error": f"{type(failure).__name__}: {failure}"}
    without_figures = msgspec.structs.replace(readout, body=map_blocks(readout.body, _without_figures))
    return candidate.fields(readout) | {"text": "\n".join(candidate.text_lines(without_figures))}


def _without_figures(siblings: Blocks) -> Blocks:
    return tuple(block for block in siblings if not isinstance(block, Figure))


if __name__ == "__main__":
    site = sys.argv[1] if len(sys.argv) > 1 else None
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(extract(Path(line.rstrip("\n")), site)), flush=True)

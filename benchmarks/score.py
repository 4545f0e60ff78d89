"""Measure the quality of conversion on annotated pages: `./dev score NAME FOLDER [OPTION…]`.

FOLDER holds a set of annotated pages with its own score.py, which prints the figures. That score.py also gets each
OPTION that the help of NAME does not list.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Protocol

from benchmarks.sets import bench, corpus, mofa


class AnnotatedSet(Protocol):
    """The interface of a module in `benchmarks.sets`."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def score(self, options: argparse.Namespace, further: list[str]) -> int: ...


SETS: dict[str, AnnotatedSet] = {"mofa": mofa, "corpus": corpus, "bench": bench}
"""The sets by name. To add one, write a module with `add_arguments` and `score`, and add a row here."""


def main(arguments: list[str]) -> int:
    """Run the set that `arguments` name; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="./dev score", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="set", required=True, metavar="NAME")
    for name, annotated in SETS.items():
        about = (annotated.__doc__ or "").splitlines()[0]
        command = commands.add_parser(name, help=about, description=about)
        command.add_argument("folder", type=Path, metavar="FOLDER")
        command.add_argument("--site", help='the site profile to use, or "none" to use no profile')
        annotated.add_arguments(command)
    options, further = parser.parse_known_args(arguments)
    return SETS[options.set].score(options, further)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

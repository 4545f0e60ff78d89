"""Checks that the tag tree of a PDF has all words of its readout, in order.

The words of a tag are its ActualText or, without one, its glyphs decoded by ToUnicode.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path

from tests.expected_words import words_of_readout, words_of_tags
from tests.tagtree import tag_tree
from tests.validators.findings import Finding, FindingsByFile
from tests.validators.outputs import Output


def validate(outputs: Iterable[Output]) -> FindingsByFile:
    """Compare the words of each PDF file with those of the readout from which it was made."""
    return {path: _first_difference(words_of_readout(readout, theme), path) for path, readout, theme in outputs}


def _first_difference(expected: Sequence[str], path: Path) -> tuple[Finding, ...]:
    tagged = words_of_tags(tag_tree(path.read_bytes()))
    for number, (word, other) in enumerate(zip_longest(expected, tagged), start=1):
        if word != other:
            message = f"the readout has {word!r}, the tags have {other!r}"
            return (Finding("reading-order", "error", message, f"word {number}"),)
    return ()

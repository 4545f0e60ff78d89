"""Whether a listener hears of a PDF all words of its readout, in their order: by its tags, glyph by glyph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from readout_pub import Readout
from tests.printed import heard_words, printed_words
from tests.tagtree import tag_tree
from tests.validators.findings import Finding, Verdicts


def judge(papers: Mapping[Path, Readout]) -> Verdicts:
    """Compare each PDF with the readout from which it was made."""
    return {path: _findings(printed_words(readout), path) for path, readout in papers.items()}


def _findings(printed: Sequence[str], path: Path) -> tuple[Finding, ...]:
    heard = heard_words(tag_tree(path.read_bytes()))
    for number, (word, other) in enumerate(zip_longest(printed, heard), start=1):
        if word != other:
            return (Finding("reading-order", "error", f"{word!r} is written, {other!r} is heard", f"word {number}"),)
    return ()

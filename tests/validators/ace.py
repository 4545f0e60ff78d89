"""Ace by DAISY: the accessibility of books, page by page and in their metadata."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readout_pub.checks import programs
from tests.validators.findings import MODULES, Verdicts


def judge(books: Sequence[Path]) -> Verdicts:
    """Ask Ace about each book, in one browser."""
    return dict(zip(books, programs.ace(books, MODULES), strict=True))

"""EPUBCheck: whether a book is valid EPUB 3.3. Warnings count as well as errors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readout_pub.checks import programs
from tests.validators.findings import Verdicts


def judge(books: Sequence[Path]) -> Verdicts:
    """Ask EPUBCheck about each book, in one JVM."""
    return dict(zip(books, programs.epubcheck(books), strict=True))

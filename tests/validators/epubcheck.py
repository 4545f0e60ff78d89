"""EPUBCheck: whether a file is valid EPUB 3.3. Warnings count as well as errors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readout_pub.checks import external_validators
from tests.validators.findings import FindingsByFile


def validate(books: Sequence[Path]) -> FindingsByFile:
    """Check each EPUB file with EPUBCheck, all in one JVM."""
    return dict(zip(books, external_validators.epubcheck(books), strict=True))

"""Ace by DAISY: whether the metadata and each XHTML document of an EPUB file are accessible."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readout_pub.checks import external_validators
from tests.validators.findings import MODULES, FindingsByFile


def validate(books: Sequence[Path]) -> FindingsByFile:
    """Check each EPUB file with Ace, all in one browser."""
    return dict(zip(books, external_validators.ace(books, MODULES), strict=True))

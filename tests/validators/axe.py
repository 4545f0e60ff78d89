"""axe-core in Chromium: WCAG A to AAA and best practices, in light, dark, 320 px, print and forced colours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readout_pub.checks import external_validators
from tests.validators.findings import MODULES, FindingsByFile


def validate(pages: Sequence[Path]) -> FindingsByFile:
    """Check each HTML page with axe-core, all in one browser."""
    return dict(zip(pages, external_validators.axe(pages, MODULES), strict=True))

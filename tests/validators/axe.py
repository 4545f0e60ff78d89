"""axe-core in Chromium: WCAG A to AAA and best practice, in light, dark, 320 px, print and forced colours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readout_pub.checks import programs
from tests.validators.findings import MODULES, Verdicts


def judge(pages: Sequence[Path]) -> Verdicts:
    """Ask axe about each HTML page, in one browser."""
    return dict(zip(pages, programs.axe(pages, MODULES), strict=True))

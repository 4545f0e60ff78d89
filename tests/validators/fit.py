"""What WCAG asks of a page and axe does not look at: reflow, larger text, wider spacing, a focus that is seen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.validators.findings import Verdicts, answers, decoded, node_script, program


def judge(pages: Sequence[Path]) -> Verdicts:
    """Change each HTML page in Chromium as readers do, and look whether it can still be read and used."""
    found = answers(node_script("fit.mjs"), [str(page.resolve()) for page in pages], CHROMIUM=program("chromium"))
    return dict(zip(pages, map(decoded, found), strict=True))

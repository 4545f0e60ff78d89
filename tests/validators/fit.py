"""What WCAG asks of a page and axe does not look at: reflow, larger text, wider spacing, a focus that is seen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readout_pub.checks.programs import answers, decoded
from tests.validators.findings import TOOLS, Verdicts, node_script, program


def judge(pages: Sequence[Path]) -> Verdicts:
    """Change each HTML page in Chromium as readers do, and look whether it can still be read and used."""
    asked = [str(page.resolve()) for page in pages]
    found = answers(node_script("fit.mjs"), asked, TOOLS, CHROMIUM=program("chromium"))
    return dict(zip(pages, map(decoded, found), strict=True))

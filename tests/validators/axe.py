"""axe-core in Chromium: WCAG A to AAA and best practice, in light, dark, 320 px, print and forced colours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.validators.findings import Verdicts, answers, decoded, node_script, program


def judge(pages: Sequence[Path]) -> Verdicts:
    """Ask axe about each HTML page, in one browser."""
    found = answers(node_script("axe.mjs"), [str(page.resolve()) for page in pages], CHROMIUM=program("chromium"))
    return dict(zip(pages, map(decoded, found), strict=True))

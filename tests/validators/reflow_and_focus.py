"""WCAG criteria that axe-core does not test: reflow, resized text, text spacing, focus order and visible focus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readout_pub.checks.external_validators import decode_findings, send_requests
from tests.validators.findings import TOOLS, FindingsByFile, node_script, program


def validate(pages: Sequence[Path]) -> FindingsByFile:
    """Change the viewport, text size and spacing of each HTML page in Chromium, press Tab, and check what is shown."""
    requests = [str(page.resolve()) for page in pages]
    found = send_requests(node_script("reflow_and_focus.mjs"), requests, TOOLS, CHROMIUM=program("chromium"))
    return dict(zip(pages, map(decode_findings, found), strict=True))

"""page-validation: PDF/UA-1 and PDF/A without Java. It asks in two matters for more than veraPDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import page

from readout_pub.checks.pdf import false_alarm
from tests.validators.claims import claims
from tests.validators.findings import Finding, Verdicts

KNOWN = frozenset({"ua1", "2a", "3a"})
"""The claims that it can judge; it does not know PDF 2.0."""


def judge(files: Sequence[Path]) -> Verdicts:
    """Ask it about each claim of each PDF file that it knows."""
    return {file: _findings(file) for file in files}


def _findings(file: Path) -> tuple[Finding, ...]:
    try:
        reports = [page.validate_pdf(str(file), profile=claim) for claim in claims(file) if claim in KNOWN]
    except page.PageError as reason:
        return (Finding("unreadable", "error", str(reason), file.name),)
    return tuple(
        Finding(
            each.rule_id, "error", each.message, f"object {each.object_id.object_number if each.object_id else '?'}"
        )
        for report in reports
        for each in report.failures
        if not false_alarm(each, file.read_bytes())
    )

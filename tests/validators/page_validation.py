"""Checks PDF/UA-1 and PDF/A with the library page-validation, which needs no Java."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import page

from readout_pub.checks.pdf import is_false_alarm
from tests.validators.claims import claimed_standards
from tests.validators.findings import Finding, FindingsByFile

SUPPORTED = frozenset({"ua1", "2a", "3a"})
"""The standards that page-validation can check, of all that the outputs claim. It does not support PDF 2.0."""


def validate(files: Sequence[Path]) -> FindingsByFile:
    """Check each PDF file against each supported standard that it claims."""
    return {file: _check(file) for file in files}


def _check(file: Path) -> tuple[Finding, ...]:
    claims = [claim for claim in claimed_standards(file) if claim in SUPPORTED]
    try:
        reports = [page.validate_pdf(str(file), profile=claim) for claim in claims]
    except page.PageError as reason:
        return (Finding("unreadable", "error", str(reason), file.name),)
    return tuple(
        Finding(
            each.rule_id, "error", each.message, f"object {each.object_id.object_number if each.object_id else '?'}"
        )
        for report in reports
        for each in report.failures
        if not is_false_alarm(each, file.read_bytes())
    )

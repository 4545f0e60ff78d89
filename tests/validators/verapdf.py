"""veraPDF: whether a PDF conforms to the standards that it claims: PDF/UA, PDF/A, WTPDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readout_pub.checks import external_validators
from tests.validators.claims import claimed_standards
from tests.validators.findings import Finding, FindingsByFile

CLAIMS_NOTHING = Finding("claims", "error", "the file claims no standard", "XMP")
"""The finding for a file without claims: veraPDF checks nothing in it, which must not count as a pass."""


def validate(files: Sequence[Path]) -> FindingsByFile:
    """Check each PDF file against each standard that it claims, all in one JVM."""
    requests = [(claim, file) for file in files for claim in claimed_standards(file)]
    findings: FindingsByFile = {file: () if claimed_standards(file) else (CLAIMS_NOTHING,) for file in files}
    for (claim, file), found in zip(requests, external_validators.verapdf(requests), strict=True):
        findings[file] += tuple(each._replace(rule=f"{claim} {each.rule}") for each in found)
    return findings

"""veraPDF: whether a PDF keeps the standards that it claims: PDF/UA, PDF/A, WTPDF. It is the judge of all three."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readout_pub.checks import programs
from tests.validators.claims import claims
from tests.validators.findings import Finding, Verdicts

CLAIMS_NOTHING = Finding("claims", "error", "the file claims to keep no standard", "XMP")


def judge(files: Sequence[Path]) -> Verdicts:
    """Ask veraPDF about each claim of each PDF file, in one JVM."""
    asked = [(claim, file) for file in files for claim in claims(file)]
    verdicts: Verdicts = {file: () if claims(file) else (CLAIMS_NOTHING,) for file in files}
    for (claim, file), found in zip(asked, programs.verapdf(asked), strict=True):
        verdicts[file] += tuple(each._replace(rule=f"{claim} {each.rule}") for each in found)
    return verdicts

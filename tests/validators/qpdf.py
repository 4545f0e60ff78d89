"""qpdf: whether the objects, streams and cross-reference table of a PDF file are intact."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.validators.findings import Finding, FindingsByFile, program

SEVERITY = {2: "error", 3: "warning"}
"""qpdf's exit code → severity; 3 means that qpdf could repair the file."""


def validate(files: Sequence[Path]) -> FindingsByFile:
    """Check each PDF file with qpdf."""
    return {file: _check(file) for file in files}


def _check(file: Path) -> tuple[Finding, ...]:
    run = subprocess.run([program("qpdf"), "--check", file], capture_output=True, encoding="utf-8", check=False)
    if run.returncode == 0:
        return ()
    return (Finding("structure", SEVERITY[run.returncode], " ".join(run.stderr.split()), file.name),)

"""qpdf: whether the objects, streams and cross references of a PDF file are whole."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.validators.findings import Finding, Verdicts, program

SEVERITY = {2: "error", 3: "warning"}
"""Exit code → how grave; with a warning, qpdf has mended what was wrong."""


def judge(files: Sequence[Path]) -> Verdicts:
    """Ask qpdf about each PDF file."""
    return {file: _findings(file) for file in files}


def _findings(file: Path) -> tuple[Finding, ...]:
    run = subprocess.run([program("qpdf"), "--check", file], capture_output=True, encoding="utf-8", check=False)
    if run.returncode == 0:
        return ()
    return (Finding("structure", SEVERITY[run.returncode], " ".join(run.stderr.split()), file.name),)

"""`readout-pub check --full` runs the real validators and reports their findings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.validators.epub_samples import broken_epub, valid_epub
from tests.validators.findings import MODULES
from tests.validators.pdf_samples import PDF_SAMPLES

pytestmark = [pytest.mark.slow, pytest.mark.validators]

CRITERIA = " (WCAG 1.1.1, 1.3.1, 1.3.2, 2.4.2, 3.1.1, 4.1.2)"

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Talks</title></head>
<body><main><h1>Talks</h1><p{style}>They agreed.</p></main></body></html>
"""


@pytest.fixture
def npm_globals(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine on which npm has installed Ace and axe-core globally."""
    (tmp_path / "npm/lib").mkdir(parents=True)
    (tmp_path / "npm/lib/node_modules").symlink_to(MODULES)
    return {**os.environ, "npm_config_prefix": str(tmp_path / "npm")}


def check(folder: Path, environment: dict[str, str], **files: bytes) -> tuple[int, list[str]]:
    """Run the full check on files, given by suffix; return its exit code and the lines of its output."""
    for suffix, data in files.items():
        (folder / f"talks.{suffix}").write_bytes(data)
    names = [f"talks.{suffix}" for suffix in files]
    command = [str(Path(sys.executable).with_name("readout-pub")), "check", *names, "--full", "--report", "report.html"]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout.splitlines()


def test_valid_files_pass_and_the_output_names_the_validators(tmp_path: Path, npm_globals: dict[str, str]) -> None:
    page = PAGE.format(style="").encode()
    code, output = check(tmp_path, npm_globals, html=page, epub=valid_epub(), pdf=PDF_SAMPLES["valid, in PDF 2.0"]())
    assert (code, output) == (
        0,
        [
            "talks.html: 17 rules, 0 broken",
            "  axe: ran",
            "talks.epub: 22 rules, 0 broken",
            "  EPUBCheck: ran",
            "  Ace: ran",
            "talks.pdf: 2 rules, 0 broken",
            "  veraPDF: ran",
            "3 files: 3 with no broken rule",
        ],
    )


def test_findings_that_only_validators_make_are_reported(tmp_path: Path, npm_globals: dict[str, str]) -> None:
    page = PAGE.format(style=' style="color: #aaa"').encode()
    book = broken_epub("EPUB/style.css", "body", "p { color: #bbb } body")
    code, output = check(tmp_path, npm_globals, html=page, epub=book, pdf=PDF_SAMPLES["a footnote without reference"]())
    assert code == 1
    rules = ("color-contrast", "ua2 8.2.5.14-2", "wt1a 8.2.5.14-2")
    reported = [line.strip() for line in output if line.strip().startswith(rules)]
    assert reported == [
        "color-contrast: broken: The file passes axe's rule color-contrast. (WCAG 1.4.3)",
        "color-contrast: broken: The file passes Ace's rule color-contrast. (WCAG 1.4.3)",
        "ua2 8.2.5.14-2: broken: The file passes veraPDF's rule ua2 8.2.5.14-2." + CRITERIA,
        "wt1a 8.2.5.14-2: broken: The file passes veraPDF's rule wt1a 8.2.5.14-2." + CRITERIA,
    ]
    rows = (tmp_path / "report.html").read_text("utf-8").splitlines()
    contrast = [row for row in rows if "1.4.3 Contrast" in row]
    assert ["Does not support" in row for row in contrast] == [True, True, False]
    assert "Passed: axe finds nothing" not in "".join(rows)


def test_criteria_of_validators_are_reported_as_partly_checked(tmp_path: Path, npm_globals: dict[str, str]) -> None:
    check(tmp_path, npm_globals, html=PAGE.format(style="").encode())
    (contrast,) = (row for row in (tmp_path / "report.html").read_text("utf-8").splitlines() if "1.4.3 Contrast" in row)
    assert (
        "<td>Partly checked</td><td>Passed: axe finds nothing (rule axe, 1 file). A person has to judge the rest.</td>"
        in contrast
    )

"""`readout-pub check --full` asks the real validators, says that they ran, and tells what they find."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.validators.books import broken, sound
from tests.validators.findings import MODULES
from tests.validators.papers import PAPERS

pytestmark = [pytest.mark.slow, pytest.mark.validators]

SERVED = " (WCAG 1.1.1, 1.3.1, 1.3.2, 2.4.2, 3.1.1, 4.1.2)"

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Talks</title></head>
<body><main><h1>Talks</h1><p{style}>They agreed.</p></main></body></html>
"""


@pytest.fixture
def globally(tmp_path: Path) -> dict[str, str]:
    """A machine on which npm has installed Ace and axe for everybody."""
    (tmp_path / "npm/lib").mkdir(parents=True)
    (tmp_path / "npm/lib/node_modules").symlink_to(MODULES)
    return {**os.environ, "npm_config_prefix": str(tmp_path / "npm")}


def check(folder: Path, environment: dict[str, str], **files: bytes) -> tuple[int, list[str]]:
    """Run the full check on files, given by their suffix; return its exit code and what it says of each."""
    for suffix, data in files.items():
        (folder / f"talks.{suffix}").write_bytes(data)
    names = [f"talks.{suffix}" for suffix in files]
    command = [str(Path(sys.executable).with_name("readout-pub")), "check", *names, "--full", "--report", "report.html"]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout.splitlines()


def test_sound_files_pass_and_it_says_who_was_asked(tmp_path: Path, globally: dict[str, str]) -> None:
    page = PAGE.format(style="").encode()
    code, said = check(tmp_path, globally, html=page, epub=sound(), pdf=PAPERS["sound, in PDF 2.0"]())
    assert (code, said) == (
        0,
        [
            "talks.html: 17 rules, 0 broken",
            "  axe: ran",
            "talks.epub: 22 rules, 0 broken",
            "  EPUBCheck: ran",
            "  Ace: ran",
            "talks.pdf: 1 rules, 0 broken",
            "  veraPDF: ran",
        ],
    )


def test_what_only_they_can_find_is_told(tmp_path: Path, globally: dict[str, str]) -> None:
    page = PAGE.format(style=' style="color: #aaa"').encode()
    book = broken("EPUB/style.css", "body", "p { color: #bbb } body")
    code, said = check(tmp_path, globally, html=page, epub=book, pdf=PAPERS["a note that refers to nothing"]())
    assert code == 1
    rules = ("color-contrast", "ua2 8.2.5.14-2", "wt1a 8.2.5.14-2")
    told = [line.strip() for line in said if line.strip().startswith(rules)]
    assert told == [
        "color-contrast: not so: axe finds nothing by its rule color-contrast. (WCAG 1.4.3)",
        "color-contrast: not so: Ace finds nothing by its rule color-contrast. (WCAG 1.4.3)",
        "ua2 8.2.5.14-2: not so: veraPDF finds nothing by its rule ua2 8.2.5.14-2." + SERVED,
        "wt1a 8.2.5.14-2: not so: veraPDF finds nothing by its rule wt1a 8.2.5.14-2." + SERVED,
    ]
    rows = (tmp_path / "report.html").read_text("utf-8").splitlines()
    contrast = [row for row in rows if "1.4.3 Contrast" in row]
    assert ["Does not support" in row for row in contrast] == [True, True, False]
    assert "Passed: axe finds nothing." not in "".join(rows)


def test_what_they_have_rules_for_is_partly_checked(tmp_path: Path, globally: dict[str, str]) -> None:
    check(tmp_path, globally, html=PAGE.format(style="").encode())
    (contrast,) = (row for row in (tmp_path / "report.html").read_text("utf-8").splitlines() if "1.4.3 Contrast" in row)
    assert "<td>Partly checked</td><td>Passed: axe finds nothing. A person has to judge the rest.</td>" in contrast

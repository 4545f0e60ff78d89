"""Another version of the program or of a library makes anew what it may make differently, and nothing else.

What runs here is a copy of the program, which the tests change as a release would.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from readout_pub.batch import fingerprint
from tests.batch.conftest import fill

PACKAGE = fingerprint.PACKAGE
STYLES = PACKAGE.parents[1] / "styles"


def imported_modules(modules: Sequence[str]) -> set[str]:
    """Return the top-level modules of the program that `modules`, or any module imported by them, import."""
    found, waiting = set[str](), list(modules)
    while waiting:
        path = PACKAGE / waiting.pop()
        for file in path.rglob("*.py") if path.is_dir() else [path] if path.suffix == ".py" else []:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("readout_pub."):
                    name = (node.module or "").split(".")[1]
                    name = name if (PACKAGE / name).is_dir() else f"{name}.py"
                    if name not in found:
                        found.add(name)
                        waiting.append(name)
    return found


@pytest.mark.parametrize("modules", [fingerprint.READ_MODULES, fingerprint.EMIT_MODULES], ids=["reading", "emitting"])
def test_the_keys_cover_every_module_that_decides_about_outputs(modules: tuple[str, ...]) -> None:
    # Errors are no outputs, and `atomic` writes the bytes that it is given.
    assert imported_modules(modules) - {"errors.py", "atomic.py"} <= set(modules)


class Installed:
    """A copy of the program that a test may change, and an archive of two pages that it has converted."""

    def __init__(self, folder: Path) -> None:
        self.package = folder / "src" / "readout_pub"
        shutil.copytree(PACKAGE, self.package, ignore=shutil.ignore_patterns("__pycache__", "cases"))
        if STYLES.is_dir():
            (folder / "styles").symlink_to(STYLES)
        fill(folder / "saved", 2)
        self._folder = folder
        self.batch()

    def batch(self) -> tuple[int, int, dict[str, int]]:
        """Convert the archive; return how many pages were converted, how many were only read again, and why."""
        words = ("-m", "readout_pub", "batch", "saved", "--to", "txt,html", "--jobs", "1", "--json", "--quiet")
        environment = os.environ | {"PYTHONPATH": f"{self._folder / 'libraries'}{os.pathsep}{self.package.parent}"}
        done = subprocess.run(
            [sys.executable, *words], cwd=self._folder, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        summary = json.loads(done.stdout)
        return summary["converted"], summary["confirmed"], summary["reasons"]

    def output(self, name: str) -> str:
        """Return what was made of a page."""
        return (self._folder / "out" / name).read_text("utf-8")

    def add(self, file: str, code: str) -> None:
        """Let a later version of the program have more code at the end of a file."""
        path = self.package / file
        path.write_text(f"{path.read_text('utf-8')}\n\n{code}\n", "utf-8")

    def upgrade(self, library: str) -> None:
        """Let a library have another version."""
        record = self._folder / "libraries" / f"{library}-999.dist-info" / "METADATA"
        record.parent.mkdir(parents=True)
        record.write_text(f"Metadata-Version: 2.1\nName: {library}\nVersion: 999\n", "utf-8")


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    return Installed(tmp_path)


READ_AGAIN = {"the program, a profile or an option changed": 2}
RAISED = """
def raise_voice(readout):
    return msgspec.structs.replace(readout, series="RELATIONS")

note_missing_title, unraised = lambda readout: raise_voice(unraised(readout)), note_missing_title
"""


@pytest.mark.slow
def test_a_later_program_that_reads_otherwise_makes_every_page_anew_and_then_rests(installed: Installed) -> None:
    installed.add("refine/title.py", RAISED)
    assert installed.batch() == (2, 0, READ_AGAIN)
    assert "RELATIONS" in installed.output("talks1.txt")
    assert installed.batch() == (0, 0, {})


@pytest.mark.slow
def test_a_later_program_that_writes_otherwise_makes_every_file_anew(installed: Installed) -> None:
    installed.add("emit/html.py", 'PAGE = PAGE.replace("<body>", \'<body class="later">\')')
    assert installed.batch() == (2, 0, {"the settings of txt changed": 2})
    assert '<body class="later">' in installed.output("talks1.html")


@pytest.mark.slow
def test_a_later_program_that_reads_the_same_leaves_the_files_as_they_are(installed: Installed) -> None:
    installed.add("extract/dates.py", "# tidied")
    assert installed.batch() == (0, 2, READ_AGAIN)


@pytest.mark.slow
def test_another_version_of_a_library_that_reads_pages_counts_as_another_program(installed: Installed) -> None:
    installed.upgrade("beautifulsoup4")
    assert installed.batch() == (0, 2, READ_AGAIN)


@pytest.mark.slow
@pytest.mark.parametrize("changed", ["the command line", "a library of another format"])
def test_what_decides_about_no_output_makes_nothing_anew(changed: str, installed: Installed) -> None:
    if changed == "the command line":
        installed.add("cli/batch.py", "# tidied")
    else:
        installed.upgrade("weasyprint")
    assert installed.batch() == (0, 0, {})

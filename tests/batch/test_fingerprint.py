"""After an upgrade of the program or of a library, only the outputs that may change are converted again.

The tests run a copy of the program and change it as a release would.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import pytest

from readout_pub.batch import fingerprint
from readout_pub.batch.job import BatchConfig
from readout_pub.emit import RenderOptions
from tests.batch.conftest import fill
from tests.syntax_trees import syntax_tree

PACKAGE = fingerprint.PACKAGE
STYLES = PACKAGE.parents[1] / "styles"


def imported_modules(modules: Sequence[str]) -> set[str]:
    """Return the top-level modules of the program that `modules` import, directly or through other modules."""
    found, waiting = set[str](), list(modules)
    while waiting:
        path = PACKAGE / waiting.pop()
        for file in path.rglob("*.py") if path.is_dir() else [path] if path.suffix == ".py" else []:
            for node in ast.walk(syntax_tree(file)):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("readout_pub."):
                    name = (node.module or "").split(".")[1]
                    name = name if (PACKAGE / name).is_dir() else f"{name}.py"
                    if name not in found:
                        found.add(name)
                        waiting.append(name)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("modules", [fingerprint.READ_MODULES, fingerprint.EMIT_MODULES], ids=["reading", "emitting"])
def test_the_keys_cover_every_module_that_outputs_depend_on(modules: tuple[str, ...]) -> None:
    # These four modules do not change an output: errors and install commands are not part of it, `atomic` writes the
    # bytes that it is given, and `limits` only decides whether a page fails.
    assert imported_modules(modules) - {"errors.py", "install_commands.py", "atomic.py", "limits.py"} <= set(modules)


def test_the_key_of_the_reports_covers_every_module_that_reports_import() -> None:
    imported = {
        node.module.removeprefix("readout_pub.").replace(".", "/")
        for file in [*(PACKAGE / "batch/reports").glob("*.py"), PACKAGE / "html_report.py"]
        for node in ast.walk(syntax_tree(file))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("readout_pub.")
    }
    covered = {name.removesuffix(".py") for name in fingerprint.REPORT_MODULES}
    # Errors are not part of a report, `atomic` writes the bytes that it is given, and the key contains the settings of
    # the job and the style sheet, so it does not need the code that reads them.
    others = {name for name in imported if not name.startswith("batch/reports")} - covered
    assert others <= {"errors", "atomic", "batch/job", "styles"}


@pytest.mark.parametrize("has_logo", ["with a logo", ""])
def test_a_new_weasyprint_affects_office_formats_only_through_a_logo(
    has_logo: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "theme.toml").write_text('name = "House"')
    if has_logo:
        (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    config = BatchConfig(formats=("docx",), out=tmp_path, render_options=RenderOptions(theme=str(tmp_path)))
    before = fingerprint.Fingerprints(config).settings_keys
    monkeypatch.setattr(fingerprint, "_version", lambda name: "99" if name == "weasyprint" else metadata.version(name))
    after = fingerprint.Fingerprints(config).settings_keys
    assert (after != before) == bool(has_logo)


class Installed:
    """A copy of the program that a test may change, and an archive of two pages that the copy has converted."""

    def __init__(self, folder: Path) -> None:
        self.package = folder / "src" / "readout_pub"
        shutil.copytree(PACKAGE, self.package, ignore=shutil.ignore_patterns("__pycache__", "cases"))
        if STYLES.is_dir():
            (folder / "styles").symlink_to(STYLES)
        fill(folder / "saved", 2)
        self._folder = folder
        self.batch()

    def batch(self) -> tuple[int, int, dict[str, int]]:
        """Convert the archive; return how many pages were converted, how many were only read again, and the reasons."""
        arguments = ("-m", "readout_pub", "batch", "saved", "--to", "txt,html", "--jobs", "1", "--json", "--quiet")
        environment = os.environ | {"PYTHONPATH": f"{self._folder / 'libraries'}{os.pathsep}{self.package.parent}"}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self._folder, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        summary = json.loads(done.stdout)
        return summary["converted"], summary["confirmed"], summary["reasons"]

    def output(self, name: str) -> str:
        """Return the text of an output file."""
        return (self._folder / "out" / name).read_text("utf-8")

    def add(self, file: str, code: str) -> None:
        """Append code to a file of the program."""
        path = self.package / file
        path.write_text(f"{path.read_text('utf-8')}\n\n{code}\n", "utf-8")

    def upgrade(self, library: str) -> None:
        """Pretend that a library has another version."""
        record = self._folder / "libraries" / f"{library}-999.dist-info" / "METADATA"
        record.parent.mkdir(parents=True)
        record.write_text(f"Metadata-Version: 2.1\nName: {library}\nVersion: 999\n", "utf-8")


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    return Installed(tmp_path)


READ_AGAIN = {"the program, a profile or an option changed": 2}
NEW_REFINEMENT = """
def shout_series(readout):
    return msgspec.structs.replace(readout, series="RELATIONS")

REFINEMENTS = (*REFINEMENTS, shout_series)
"""


@pytest.mark.slow
def test_after_a_new_reading_rule_every_page_is_converted_once(installed: Installed) -> None:
    installed.add("refine/__init__.py", NEW_REFINEMENT)
    assert installed.batch() == (2, 0, READ_AGAIN)
    assert "RELATIONS" in installed.output("talks1.txt")
    assert installed.batch() == (0, 0, {})


@pytest.mark.slow
def test_after_a_change_of_emitters_every_page_is_converted_again(installed: Installed) -> None:
    installed.add("emit/html.py", 'PAGE = PAGE.replace("<body>", \'<body class="later">\')')
    assert installed.batch() == (2, 0, {"the options of txt or the program changed": 2})
    assert '<body class="later">' in installed.output("talks1.html")


@pytest.mark.slow
def test_no_page_is_converted_again_if_the_readouts_stay_equal(installed: Installed) -> None:
    installed.add("extract/dates.py", "# a comment")
    assert installed.batch() == (0, 2, READ_AGAIN)


@pytest.mark.slow
def test_after_an_upgrade_of_the_parser_every_page_is_read_again(installed: Installed) -> None:
    installed.upgrade("beautifulsoup4")
    assert installed.batch() == (0, 2, READ_AGAIN)


@pytest.mark.slow
@pytest.mark.parametrize("changed", ["the command line", "a library of another format"])
def test_no_page_is_read_after_a_change_that_affects_no_output(changed: str, installed: Installed) -> None:
    if changed == "the command line":
        installed.add("cli/batch.py", "# a comment")
    else:
        installed.upgrade("weasyprint")
    assert installed.batch() == (0, 0, {})

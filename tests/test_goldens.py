"""Goldens: a difference is printed and fails the test, `--accept` rewrites the golden, and CI refuses `--accept`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TEST_FILE = """
def test_outline(golden):
    golden("outline.txt", "a section\\nits paragraph\\n")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one test and one golden that differs from the test's text in its second line."""
    shutil.copy(Path(__file__).parent / "conftest.py", tmp_path)
    (tmp_path / "test_outline.py").write_text(TEST_FILE)
    (tmp_path / "goldens").mkdir()
    (tmp_path / "goldens/outline.txt").write_text("a section\nits table\n")
    return tmp_path


def run_pytest(project: Path, *words: str, ci: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    return subprocess.run(
        command, cwd=project, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False
    )


def test_this_run_does_not_accept_goldens(pytestconfig: pytest.Config) -> None:
    """A run that accepts goldens cannot find a wrong output, so it must not pass as a whole."""
    assert not pytestconfig.getoption("accept")


@pytest.mark.slow
def test_a_different_golden_fails_with_the_diff_and_the_accepting_command(project: Path) -> None:
    run = run_pytest(project)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    assert "-its table\n+its paragraph\n" in run.stdout
    assert "./dev test --accept 'test_outline.py::test_outline'" in run.stdout
    assert (project / "goldens/outline.txt").read_text() == "a section\nits table\n"


@pytest.mark.slow
def test_accepting_rewrites_the_golden_and_prints_the_diff(project: Path) -> None:
    run = run_pytest(project, "--accept")
    assert run.returncode == pytest.ExitCode.OK
    assert "-its table\n+its paragraph\n" in run.stdout
    assert (project / "goldens/outline.txt").read_text() == "a section\nits paragraph\n"
    assert run_pytest(project).returncode == pytest.ExitCode.OK


@pytest.mark.slow
def test_ci_refuses_to_accept(project: Path) -> None:
    run = run_pytest(project, "--accept", ci="true")
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--accept is for people" in run.stderr
    assert (project / "goldens/outline.txt").read_text() == "a section\nits table\n"

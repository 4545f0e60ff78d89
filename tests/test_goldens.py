"""The rules of goldens: a difference fails and is shown, people accept it by name, CI never does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """
def test_outline(golden):
    golden("outline.txt", "a section\\nits paragraph\\n")
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with one test and one golden, which differs from what the test makes in its second line."""
    shutil.copy(Path(__file__).parent / "conftest.py", tmp_path)
    (tmp_path / "test_outline.py").write_text(PAGE)
    (tmp_path / "goldens").mkdir()
    (tmp_path / "goldens/outline.txt").write_text("a section\nits table\n")
    return tmp_path


def pytest_in(house: Path, *words: str, ci: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    return subprocess.run(command, cwd=house, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False)


def test_this_run_accepts_no_golden(pytestconfig: pytest.Config) -> None:
    assert not pytestconfig.getoption("accept")


@pytest.mark.slow
def test_a_golden_that_differs_fails_with_the_difference_and_the_command_that_accepts_it(house: Path) -> None:
    run = pytest_in(house)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED
    assert "-its table\n+its paragraph\n" in run.stdout
    assert "./dev test --accept 'test_outline.py::test_outline'" in run.stdout
    assert (house / "goldens/outline.txt").read_text() == "a section\nits table\n"


@pytest.mark.slow
def test_accepting_rewrites_the_golden_and_prints_the_difference(house: Path) -> None:
    run = pytest_in(house, "--accept")
    assert run.returncode == pytest.ExitCode.OK
    assert "-its table\n+its paragraph\n" in run.stdout
    assert (house / "goldens/outline.txt").read_text() == "a section\nits paragraph\n"
    assert pytest_in(house).returncode == pytest.ExitCode.OK


@pytest.mark.slow
def test_ci_refuses_to_accept(house: Path) -> None:
    run = pytest_in(house, "--accept", ci="true")
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--accept is for people" in run.stderr
    assert (house / "goldens/outline.txt").read_text() == "a section\nits table\n"

"""The workshop: what a newcomer is told, and what the lock holds."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PEERS_LOCK = (ROOT / "benchmarks/peers/requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def dev(*words: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run `dev` on a machine that has no programs but those of the folder `path`."""
    command = [sys.executable, str(ROOT / "dev"), *words]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


def test_without_a_command_it_lists_them(tmp_path: Path) -> None:
    run = dev(path=tmp_path)
    assert run.returncode == 0
    commands = "demo test check validate bench score fuzz run samples lock".split()
    assert re.findall(r"\./dev (\w+)", run.stdout) == commands


def test_an_unknown_command_is_a_usage_error(tmp_path: Path) -> None:
    assert dev("tset", path=tmp_path).returncode == 2


def test_what_is_missing_is_named_with_what_it_is_for(tmp_path: Path) -> None:
    run = dev("test", path=tmp_path)
    assert run.returncode == 3
    assert "default-jdk-headless is missing: runs veraPDF, EPUBCheck and the HTML checker" in run.stderr
    assert "install these, or what your system calls them" in run.stderr


def test_where_it_may_not_install_it_prints_the_line_that_does(tmp_path: Path) -> None:
    refusing = tmp_path / "apt-get"
    refusing.write_text("#!/bin/sh\nexit 100\n")
    refusing.chmod(0o755)
    (tmp_path / "env").symlink_to("/usr/bin/env")
    run = dev("test", path=tmp_path)
    assert run.returncode == 3
    assert "apt-get update && " in run.stderr
    packages = "chromium default-jdk-headless poppler-utils qpdf"
    assert f"apt-get install -y --no-install-recommends {packages}\n" in run.stderr


@pytest.mark.parametrize("lock", [LOCK, PEERS_LOCK], ids=["ours", "peers"])
def test_the_lock_pins_every_package_by_hash_and_names_no_address(lock: str) -> None:
    entries = re.split(r"^(?=\w)", re.sub(r"^#.*\n", "", lock, flags=re.MULTILINE), flags=re.MULTILINE)[1:]
    assert [entry for entry in entries if not re.match(r"\S+==\S+ .*\\\n    --hash=sha256:[0-9a-f]{64}", entry)] == []
    assert re.findall(r"\S*(?://|--index|--find-links|--trusted)\S*", lock) == []


WANTED = {
    *PROJECT["project"]["dependencies"],
    *(wanted for extra in PROJECT["project"]["optional-dependencies"].values() for wanted in extra),
    *PROJECT["dependency-groups"]["dev"],
    *PROJECT["build-system"]["requires"],
}


@pytest.mark.parametrize("wanted", sorted(WANTED))
def test_the_lock_holds_what_the_project_asks_for(wanted: str) -> None:
    requirement = Requirement(wanted)
    pins = re.findall(rf"^{canonicalize_name(requirement.name)}==(\S+)", LOCK, flags=re.MULTILINE)
    assert pins, "run ./dev lock"
    assert all(requirement.specifier.contains(pin) for pin in pins), "run ./dev lock"

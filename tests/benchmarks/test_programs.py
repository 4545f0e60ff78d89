"""The programs that benchmarks measure beside ours: when they are installed again, and what their commands set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.peers import programs

RECORD = (sys.executable, "-c", "open('runs', 'a').write(open('package.json').read())")
FAIL = (sys.executable, "-c", "raise SystemExit(1)")


def lists(folder: Path, text: str) -> list[Path]:
    path = folder / "package.json"
    path.write_text(text)
    return [path]


def test_programs_are_reinstalled_only_when_their_lists_change(tmp_path: Path) -> None:
    folder = tmp_path / "tools" / "fish"
    for text in ("a", "a", "b", "b"):
        programs.install("fish", folder, lists(tmp_path, text), [RECORD])
    assert (folder / "runs").read_text() == "ab"


def test_a_failed_step_is_explained_and_the_next_install_starts_again(tmp_path: Path) -> None:
    folder = tmp_path / "fish"
    for _ in range(2):
        with pytest.raises(SystemExit, match=r"^fish could not be installed; .* Without --peers"):
            programs.install("fish", folder, lists(tmp_path, "a"), [RECORD, FAIL])
    assert (folder / "runs").read_text() == "aa"


def test_a_node_command_sets_its_environment_variables(tmp_path: Path) -> None:
    (tmp_path / "node").write_text('#!/bin/sh\necho "$NODE_PATH $FISH $@"\n')
    (tmp_path / "node").chmod(0o755)
    path = f"{tmp_path}{os.pathsep}/bin"
    command = programs.node_command(tmp_path, tmp_path / "a.mjs", "fish", FISH="cod", PATH=path)
    output = subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True).stdout
    assert output == f"{tmp_path}/node_modules cod {tmp_path}/a.mjs fish\n"

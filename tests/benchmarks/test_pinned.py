"""Programs of others are installed once for each state of their lists."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.peers import pinned

COUNT = (sys.executable, "-c", "open('runs', 'a').write(open('package.json').read())")
FAIL = (sys.executable, "-c", "raise SystemExit(1)")


def lists(folder: Path, text: str) -> list[Path]:
    path = folder / "package.json"
    path.write_text(text)
    return [path]


def test_what_is_installed_is_installed_anew_only_when_its_lists_change(tmp_path: Path) -> None:
    folder = tmp_path / "tools" / "fish"
    for text in ("a", "a", "b", "b"):
        pinned.install("fish", folder, lists(tmp_path, text), [COUNT])
    assert (folder / "runs").read_text() == "ab"


def test_a_step_that_fails_says_what_to_do_and_is_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "fish"
    for _ in range(2):
        with pytest.raises(SystemExit, match=r"^fish could not be installed; .* Leave --peers out"):
            pinned.install("fish", folder, lists(tmp_path, "a"), [COUNT, FAIL])
    assert (folder / "runs").read_text() == "aa"


def test_a_script_of_node_finds_its_packages_and_settings_without_help_of_its_runner(tmp_path: Path) -> None:
    (tmp_path / "node").write_text('#!/bin/sh\necho "$NODE_PATH $FISH $@"\n')
    (tmp_path / "node").chmod(0o755)
    words = pinned.node(tmp_path, tmp_path / "a.mjs", "fish", FISH="cod", PATH=f"{tmp_path}{os.pathsep}/bin")
    said = subprocess.run(words, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True).stdout
    assert said == f"{tmp_path}/node_modules cod {tmp_path}/a.mjs fish\n"

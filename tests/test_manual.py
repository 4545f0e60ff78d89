"""The manual page: it is current, complete, and correct roff."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from readout_pub.cli.app import COMMANDS

MAN = Path(__file__).parents[1] / "docs/man"


def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_manual", MAN / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_manual_is_current() -> None:
    assert (MAN / "readout-pub.1").read_text("utf-8") == build().manual(), "run ./dev docs"


@pytest.mark.validators
def test_the_manual_has_every_command_and_is_correct_roff() -> None:
    command = ["groff", "-man", "-Tutf8", "-k", "-ww", "-P-cbou", str(MAN / "readout-pub.1")]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stderr == ""
    assert [name for name in COMMANDS if f"readout-pub {name}" not in shown.stdout] == []

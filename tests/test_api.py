"""What `import readout_pub` gives."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

import readout_pub


@pytest.mark.parametrize("name", readout_pub.__all__)
def test_every_public_name_is_there_and_is_no_module(name: str) -> None:
    assert not isinstance(getattr(readout_pub, name), ModuleType)
    assert name in dir(readout_pub)


@pytest.mark.parametrize("stage", ["batch", "convert", "extract", "refine", "emit"])
def test_a_stage_keeps_its_name_after_its_module_was_read(stage: str) -> None:
    program = f"import readout_pub.{stage}; from readout_pub import {stage}; print({stage}.__name__, callable({stage}))"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown == f"{stage} True\n"


def test_what_is_no_public_name_is_an_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'publsh'"):
        _ = readout_pub.publsh  # type: ignore[attr-defined]

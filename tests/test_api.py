"""The public names of `readout_pub`."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

import readout_pub
from readout_pub.errors import ReadoutError


@pytest.mark.parametrize("name", readout_pub.__all__)
def test_every_public_name_exists_and_is_not_a_module(name: str) -> None:
    assert not isinstance(getattr(readout_pub, name), ModuleType)
    assert name in dir(readout_pub)


def test_every_error_is_a_public_name() -> None:
    errors, waiting = set[str](), [ReadoutError]
    while waiting:
        errors.add(waiting[-1].__name__)
        waiting += waiting.pop().__subclasses__()
    assert errors <= set(readout_pub.__all__)


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["batch", "convert", "extract", "refine", "emit"])
def test_importing_the_module_of_a_stage_does_not_hide_its_function(stage: str) -> None:
    program = f"import readout_pub.{stage}; from readout_pub import {stage}; print({stage}.__name__, callable({stage}))"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown == f"{stage} True\n"


def test_an_unknown_name_raises_attribute_error_with_the_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'publsh'"):
        _ = readout_pub.publsh  # type: ignore[attr-defined]

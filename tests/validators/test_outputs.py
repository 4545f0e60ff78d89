"""Every validator passes every output, without a warning: of samples in all themes, and of drawn readouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators.findings import report
from tests.validators.jury import JURY
from tests.validators.outputs import write_outputs

pytestmark = [pytest.mark.slow, pytest.mark.validators]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_outputs(tmp_path_factory.mktemp("outputs"))


@pytest.mark.parametrize("name", JURY)
def test_it_finds_nothing_in_any_output(name: str, outputs: list[Path]) -> None:
    validator = JURY[name]
    judged = [path for path in outputs if path.suffix == validator.suffix]
    verdicts = validator.judge(judged)
    assert len(verdicts) >= 40
    assert report(verdicts) == ""

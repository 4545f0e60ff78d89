"""Every validator passes every output without a warning: of samples, of what was once faulted, of drawn readouts."""

from __future__ import annotations

import pytest

from samples.build import SOURCES
from tests.validators import reading
from tests.validators.findings import report
from tests.validators.jury import JURY
from tests.validators.outputs import Output, converted, drawn, once_faulted

pytestmark = [pytest.mark.slow, pytest.mark.validators]


DRAWN = 30


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Output]:
    folder = tmp_path_factory.mktemp("outputs")
    samples = (output for source in SOURCES for output in converted(source, folder / source.parent.name))
    return [*samples, *once_faulted(folder), *drawn(DRAWN, folder)]


@pytest.mark.parametrize("name", JURY)
def test_it_finds_nothing_in_any_output(name: str, outputs: list[Output]) -> None:
    validator = JURY[name]
    judged = [output.path for output in outputs if output.path.suffix == validator.suffix]
    verdicts = validator.judge(judged)
    assert len(verdicts) >= 40
    assert report(verdicts) == ""


def test_a_listener_hears_every_word_of_every_pdf_in_its_order(outputs: list[Output]) -> None:
    papers = {path: readout for path, readout in outputs if path.suffix == ".pdf"}
    verdicts = reading.judge(papers)
    assert len(verdicts) >= 120
    assert report(verdicts) == ""

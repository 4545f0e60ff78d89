"""Every validator passes every output: of the samples, of past failures, and of generated readouts."""

from __future__ import annotations

import pytest

from samples.build import SOURCES
from tests.validators import reading_order
from tests.validators.findings import report
from tests.validators.outputs import Output, convert_page, write_generated, write_past_failures
from tests.validators.registry import VALIDATORS

pytestmark = [pytest.mark.slow, pytest.mark.validators]


GENERATED = 30


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Output]:
    folder = tmp_path_factory.mktemp("outputs")
    samples = (output for source in SOURCES for output in convert_page(source, folder / source.parent.name))
    return [*samples, *write_past_failures(folder), *write_generated(GENERATED, folder)]


@pytest.mark.parametrize("name", VALIDATORS)
def test_validator_finds_nothing_in_any_output(name: str, outputs: list[Output]) -> None:
    validator = VALIDATORS[name]
    files = [output.path for output in outputs if output.path.suffix == validator.suffix]
    findings = validator.validate(files)
    assert len(findings) >= 40
    assert report(findings) == ""


def test_the_tags_of_every_pdf_hold_all_words_in_order(outputs: list[Output]) -> None:
    readouts = {path: readout for path, readout in outputs if path.suffix == ".pdf"}
    findings = reading_order.validate(readouts)
    assert len(findings) >= 120
    assert report(findings) == ""

"""Every output passes every validator: outputs of the samples, of past failures, and of generated readouts."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from samples.build import SOURCES
from tests.validators import reading_order
from tests.validators.findings import FindingsByFile, report
from tests.validators.outputs import Output, convert_page, write_generated, write_past_failures
from tests.validators.registry import VALIDATORS

# These tests run in one process: in several, each process would make all outputs and run every validator again.
pytestmark = [pytest.mark.slow, pytest.mark.validators, pytest.mark.xdist_group("outputs")]

GENERATED = 30
"""How many readouts are generated."""

AT_ONCE = 2
"""How many validators run at the same time. Each is one process that keeps one core busy; CI has two cores."""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Output]:
    folder = tmp_path_factory.mktemp("outputs")
    samples = (output for source in SOURCES for output in convert_page(source, folder / source.parent.name))
    return [*samples, *write_past_failures(folder), *write_generated(GENERATED, folder)]


@pytest.fixture(scope="module")
def running(outputs: list[Output]) -> Iterator[dict[str, Future[FindingsByFile]]]:
    """All validators, started with the first test that needs one."""

    def files(suffix: str) -> list[Path]:
        return [output.path for output in outputs if output.path.suffix == suffix]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {name: pool.submit(each.validate, files(each.suffix)) for name, each in VALIDATORS.items()}


@pytest.mark.parametrize("name", VALIDATORS)
def test_a_validator_finds_nothing_in_any_output(name: str, running: dict[str, Future[FindingsByFile]]) -> None:
    findings = running[name].result()
    assert len(findings) >= 40  # files, with and without findings: a validator that checks few of them proves little
    assert report(findings) == ""


def test_the_tags_of_every_pdf_contain_all_words_in_order(outputs: list[Output]) -> None:
    findings = reading_order.validate(output for output in outputs if output.path.suffix == ".pdf")
    assert len(findings) >= 120  # PDF files, with and without findings
    assert report(findings) == ""

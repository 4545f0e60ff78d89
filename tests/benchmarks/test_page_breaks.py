"""The check of how pages break: it finds each fault, and generated readouts have none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from benchmarks.page_breaks import drawn, faults, line_faults
from readout_pub import emit
from readout_pub.model import Link, Section
from tests.pdfs import paragraph, readout


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_pages_of_generated_readouts_have_no_faults(seed: int) -> None:
    meeting, images = drawn(seed)
    assert list(faults(emit(meeting, images, "pdf").data, meeting)) == []


@pytest.mark.slow
def test_the_pages_of_many_generated_readouts_have_no_faults() -> None:
    assert [
        (seed, fault)
        for seed in range(4, 40)
        for meeting, images in [drawn(seed)]
        for fault in faults(emit(meeting, images, "pdf").data, meeting)
    ] == []


@pytest.mark.parametrize(
    ("pages", "fault"),
    [
        ([["They met."], ["Back to Thule", "Unknown: publisher"]], "page 2: tail page"),
        ([["They met.", "1. Fish"], ["They agreed."]], "page 1: stranded: 1. Fish"),
        ([["Talks on", "Ice", "They met."]], "page 1: widow: Ice"),
    ],
)
def test_each_fault_is_found(pages: Sequence[Sequence[str]], fault: str) -> None:
    meeting = readout(Section(heading=("Fish",), label="1.", body=(paragraph("They agreed."),)), title="Talks on Ice")
    meeting = replace(meeting, back_link=Link("https://thule.example/", ("Back to Thule",)))
    assert list(line_faults(pages, meeting)) == [fault]

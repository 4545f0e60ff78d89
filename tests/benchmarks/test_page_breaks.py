"""The check of how pages break: four of its six kinds of faults are found, and generated readouts have no fault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks.page_breaks import faults, line_faults, main, random_readout
from readout_pub import ImageStore, RenderOptions, emit
from readout_pub.model import Figure, Link, Section
from tests.pdfs import paragraph, photo, readout


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_pages_of_generated_readouts_have_no_faults(seed: int) -> None:
    meeting, images = random_readout(seed)
    assert list(faults(emit(meeting, images, "pdf").data, meeting)) == []


@pytest.mark.slow
def test_the_pages_of_many_generated_readouts_have_no_faults() -> None:
    assert [
        (seed, fault)
        for seed in range(4, 40)
        for meeting, images in [random_readout(seed)]
        for fault in faults(emit(meeting, images, "pdf").data, meeting)
    ] == []


def test_a_file_that_is_not_a_page_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "talks.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    with pytest.raises(SystemExit):
        main([str(file)])
    assert "talks.pdf: this is a PDF; readout-pub reads saved web pages" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("pages", "fault"),
    [
        ([["They met."], ["Back to Thule", "Unknown: publisher"]], "page 2: tail page"),
        ([["They met.", "1. The Fish"], ["They agreed."]], "page 1: stranded: 1. The Fish"),
        ([["Talks on", "Ice", "They met."]], "page 1: widow: Ice"),
        ([["They met."], ["1. The", "Fish", "They agreed."]], "page 2: widow: Fish"),
    ],
)
def test_tail_pages_and_stranded_headings_and_widows_are_found(pages: Sequence[Sequence[str]], fault: str) -> None:
    meeting = readout(
        Section(heading=("The Fish",), label="1.", body=(paragraph("They agreed."),)), title="Talks on Ice"
    )
    meeting = replace(meeting, back_link=Link("https://thule.example/", ("Back to Thule",)))
    assert list(line_faults(pages, meeting)) == [fault]


@pytest.mark.slow
def test_in_large_print_a_label_and_a_short_heading_share_a_line() -> None:
    meeting = readout(Section(heading=("Exchange",), label="2.", body=(paragraph("They agreed."),)))
    rendition = emit(meeting, ImageStore(), "pdf", RenderOptions(theme="large-print"))
    assert list(faults(rendition.data, meeting)) == []


@pytest.mark.slow
def test_a_photo_out_of_proportion_is_found(tmp_path: Path) -> None:
    css = tmp_path / "wide.css"
    css.write_text("figure > img { width: 50mm; height: 50mm; object-fit: fill; }")
    images = ImageStore()
    meeting = readout(Figure((photo(images, "The table"),)))
    rendition = emit(meeting, images, "pdf", RenderOptions(css=str(css)))
    assert [fault.partition(" at")[0] for fault in faults(rendition.data, meeting)] == [
        "page 1: distorted: photo of 600 x 400 pixels"
    ]

"""The validator reports words that are missing from the tags of a PDF, or are out of order."""

from __future__ import annotations

from pathlib import Path

import msgspec

from readout_pub import Readout
from tests.pdfs import make_pdf, paragraph, readout
from tests.validators import reading_order
from tests.validators.findings import Finding
from tests.validators.outputs import Output

MEETING = readout(paragraph("They met in spring."), paragraph("They agreed."))


def differences(expected: Readout, folder: Path) -> list[Finding]:
    path = folder / "talks.pdf"
    path.write_bytes(make_pdf(MEETING).data)
    return list(reading_order.validate([Output(path, expected, "plain")])[path])


def test_tags_with_all_words_in_order_pass(tmp_path: Path) -> None:
    assert differences(MEETING, tmp_path) == []


def test_the_first_word_that_differs_is_reported(tmp_path: Path) -> None:
    reversed_body = msgspec.structs.replace(MEETING, body=MEETING.body[::-1])
    assert differences(reversed_body, tmp_path) == [
        Finding("reading-order", "error", "the readout has 'agreed.', the tags have 'met'", "word 3"),
    ]


def test_a_word_missing_from_the_tags_is_reported(tmp_path: Path) -> None:
    longer = msgspec.structs.replace(MEETING, back_link="Back")
    assert [each.message for each in differences(longer, tmp_path)] == [
        "the readout has 'Back', the tags have 'Unknown:'"
    ]

"""A word that is missing, or stands elsewhere, is found in the tags of a PDF."""

from __future__ import annotations

from pathlib import Path

import msgspec

from readout_pub import Readout
from tests.pdfs import made, paragraph, readout
from tests.validators import reading
from tests.validators.findings import Finding

WRITTEN = readout(paragraph("They met in spring."), paragraph("They agreed."))


def found(expected: Readout, folder: Path) -> list[Finding]:
    path = folder / "talks.pdf"
    path.write_bytes(made(WRITTEN).data)
    return list(reading.judge({path: expected})[path])


def test_the_words_of_a_readout_in_their_order_are_right(tmp_path: Path) -> None:
    assert found(WRITTEN, tmp_path) == []


def test_the_first_word_that_differs_is_told(tmp_path: Path) -> None:
    turned = msgspec.structs.replace(WRITTEN, body=WRITTEN.body[::-1])
    assert found(turned, tmp_path) == [
        Finding("reading-order", "error", "'agreed.' is written, 'met' is heard", "word 3"),
    ]


def test_a_word_that_nobody_hears_is_told(tmp_path: Path) -> None:
    longer = msgspec.structs.replace(WRITTEN, back_link="Back")
    assert [each.message for each in found(longer, tmp_path)] == ["'Back' is written, 'Source:' is heard"]

"""The validator page-validation finds the fault of each broken PDF. All these are PDF 1.7; it cannot check PDF 2.0."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators import page_validation
from tests.validators.pdf_samples import PDF_SAMPLES

pytestmark = pytest.mark.validators

EXPECTED_RULES = {
    "valid": set(),
    "valid, with its source attached": set(),
    "a photo without alternative text": {"PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"},
    "a list item without a body": {"PDFUA1-LI-KIDS-001"},
    "links without a structure element": {"PDFUA1-LINK-LINK-TAG-001"},
    "no colour profile": {"PDFA2A-DEVICE-RGB-001"},
    "attached files without association": {"PDFA3A-FILE-SPEC-ASSOCIATION-001"},
}


@pytest.mark.parametrize("name", EXPECTED_RULES)
def test_each_broken_pdf_violates_its_rule_and_valid_ones_none(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sample.pdf"
    path.write_bytes(PDF_SAMPLES[name]())
    assert {each.rule for each in page_validation.validate([path])[path]} == EXPECTED_RULES[name]

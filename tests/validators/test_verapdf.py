"""veraPDF reports the expected rule for each broken PDF, and nothing for valid ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators import verapdf
from tests.validators.pdf_samples import PDF_SAMPLES, broken_pdf, without_root

pytestmark = [pytest.mark.slow, pytest.mark.validators]

EXPECTED_RULES = {
    "valid": set(),
    "valid, with its source attached": set(),
    "valid, in PDF 2.0": set(),
    "a photo without alternative text": {"ua1 7.3-1"},
    "a list item without a body": {"ua1 7.2-20"},
    "links without a structure element": {"ua1 7.18.5-1"},
    "no colour profile": {"2a 6.2.4.3-2"},
    "attached files without association": {"3a 6.8-4"},
    "a footnote without reference": {"ua2 8.2.5.14-2", "wt1a 8.2.5.14-2"},
    "not a PDF": {"claims"},
}


def test_each_broken_pdf_gives_its_rule_and_valid_ones_give_none(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"{number}.pdf" for number, name in enumerate(PDF_SAMPLES)}
    for name, path in paths.items():
        path.write_bytes(PDF_SAMPLES[name]())
    findings = verapdf.validate(list(paths.values()))
    assert {name: {each.rule for each in findings[path]} for name, path in paths.items()} == EXPECTED_RULES


def test_a_pdf_that_claims_no_standard_fails(tmp_path: Path) -> None:
    path = tmp_path / "no-claims.pdf"
    path.write_bytes(broken_pdf(without_root("/Metadata")))
    assert [each.rule for each in verapdf.validate([path])[path]] == ["claims"]

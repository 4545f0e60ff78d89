"""page-validation sees what it is there to see, short of PDF 2.0."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators import page
from tests.validators.papers import PAPERS

pytestmark = pytest.mark.validators

FOUND = {
    "sound": set(),
    "sound, with its source inside": set(),
    "a photo without a text": {"PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"},
    "an item with bare paragraphs": {"PDFUA1-LI-KIDS-001"},
    "links without a tag": {"PDFUA1-LINK-LINK-TAG-001"},
    "no colour profile": {"PDFA2A-DEVICE-RGB-001"},
    "files that belong to nothing": {"PDFA3A-FILE-SPEC-ASSOCIATION-001"},
}


@pytest.mark.parametrize("name", FOUND)
def test_a_broken_file_fails_by_its_rule_and_a_sound_one_passes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(PAPERS[name]())
    assert {each.rule for each in page.judge([path])[path]} == FOUND[name]

"""veraPDF sees what it is there to see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators import verapdf
from tests.validators.papers import PAPERS, broken, without_root

pytestmark = [pytest.mark.slow, pytest.mark.validators]

FOUND = {
    "sound": set(),
    "sound, with its source inside": set(),
    "sound, in PDF 2.0": set(),
    "a photo without a text": {"ua1 7.3-1"},
    "an item with bare paragraphs": {"ua1 7.2-20"},
    "links without a tag": {"ua1 7.18.5-1"},
    "no colour profile": {"2a 6.2.4.3-2"},
    "files that belong to nothing": {"3a 6.8-4"},
    "a note that refers to nothing": {"ua2 8.2.5.14-2", "wt1a 8.2.5.14-2"},
    "no PDF at all": {"claims"},
}


def test_each_broken_file_fails_by_its_rule_and_the_sound_ones_pass(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"{number}.pdf" for number, name in enumerate(PAPERS)}
    for name, path in paths.items():
        path.write_bytes(PAPERS[name]())
    verdicts = verapdf.judge(list(paths.values()))
    assert {name: {each.rule for each in verdicts[path]} for name, path in paths.items()} == FOUND


def test_a_file_that_claims_nothing_is_not_let_pass(tmp_path: Path) -> None:
    path = tmp_path / "silent.pdf"
    path.write_bytes(broken(without_root("/Metadata")))
    assert [each.rule for each in verapdf.judge([path])[path]] == ["claims"]

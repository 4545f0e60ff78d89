"""qpdf sees what it is there to see."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.validators import qpdf

pytestmark = [pytest.mark.slow, pytest.mark.validators]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def test_a_sound_file_passes(sound: Path) -> None:
    assert qpdf.judge([sound]) == {sound: ()}


def test_a_wrong_place_in_the_cross_references_is_a_warning(sound: Path) -> None:
    sound.write_bytes(sound.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    assert [each.severity for each in qpdf.judge([sound])[sound]] == ["warning"]


def test_what_is_no_pdf_is_an_error(sound: Path) -> None:
    sound.write_bytes(b"%PDF-1.7 not really")
    assert [each.severity for each in qpdf.judge([sound])[sound]] == ["error"]

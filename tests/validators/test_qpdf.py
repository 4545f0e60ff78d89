"""qpdf reports damaged files, and finds nothing in intact ones."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.validators import qpdf

pytestmark = [pytest.mark.slow, pytest.mark.validators]


@pytest.fixture
def intact(tmp_path: Path) -> Path:
    path = tmp_path / "intact.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def test_an_intact_file_passes(intact: Path) -> None:
    assert qpdf.validate([intact]) == {intact: ()}


def test_a_wrong_cross_reference_offset_is_a_warning(intact: Path) -> None:
    intact.write_bytes(intact.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    assert [each.severity for each in qpdf.validate([intact])[intact]] == ["warning"]


def test_a_file_that_is_not_a_pdf_is_an_error(intact: Path) -> None:
    intact.write_bytes(b"%PDF-1.7 not really")
    assert [each.severity for each in qpdf.validate([intact])[intact]] == ["error"]

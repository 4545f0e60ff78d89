"""The labels of lists on paper."""

from __future__ import annotations

import pypdfium2
import pytest

from readout_pub.model import BulletList, Item, Paragraph
from tests.pdfs import make_pdf, readout


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ja", "zh"])
@pytest.mark.parametrize("label", ["（１）", "１", "（1）"])
def test_text_after_a_label_begins_where_its_other_lines_begin(label: str, language: str) -> None:
    said = Paragraph(children=("会" + "港" * 90,))
    made = make_pdf(readout(BulletList((Item((said,), label),)), language=language))
    with pypdfium2.PdfDocument(made.data) as document:
        text = document[0].get_textpage()
        first, _ = text.search("会").get_next()
        starts = [text.get_charbox(index, loose=True)[0] for index in range(first + 1, first + 91)]
        assert text.get_charbox(first, loose=True)[0] == pytest.approx(min(starts), abs=1)

"""Japanese titles in PDF break between phrases."""

from __future__ import annotations

import pypdfium2
import pytest

from readout_pub.emit import RenderOptions
from readout_pub.image_store import ImageStore
from readout_pub.model import Section
from readout_pub.receipts import prove_rendition
from tests.pdfs import make_pdf, paragraph, readout

pytest.importorskip("budoux", reason="a part of the extra cjk")

TITLE = "日本国外務大臣とリヨネス共和国首相との首脳会談及び共同記者発表の実施について"
HEADING = "自由で開かれた海洋と共通の規則とについての意見交換及び協力今後の協力関係"


@pytest.mark.slow
def test_lines_of_japanese_titles_end_with_a_phrase() -> None:
    meeting = readout(Section(heading=(HEADING,), body=(paragraph("両者は会談した。"),)), title=TITLE, language="ja")
    rendition = make_pdf(meeting)
    with pypdfium2.PdfDocument(rendition.data) as document:
        lines = document[0].get_textpage().get_text_range().split("\r\n")
    assert lines[:2] == ["日本国外務大臣とリヨネス共和国首相との", "首脳会談及び共同記者発表の実施について"]
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).differences == ()


@pytest.mark.slow
def test_the_phrases_of_a_title_add_no_character() -> None:
    assert "\u200b" not in make_text(TITLE)


def make_text(title: str) -> str:
    with pypdfium2.PdfDocument(make_pdf(readout(title=title, language="ja")).data) as document:
        return str(document[0].get_textpage().get_text_range())

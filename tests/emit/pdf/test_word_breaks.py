"""In PDFs of Korean documents, lines break only between words, unless a word is longer than a line."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from readout_pub.emit import RenderOptions, Rendition
from readout_pub.image_store import ImageStore
from readout_pub.model import Block, Cell, Emphasis, Link, Paragraph, Row, Section, Strong, Table
from readout_pub.receipts import prove_rendition
from tests.pdfs import make_pdf, paragraph, readout

SENTENCE = (
    "양측은 11.27(목) 오전 리오네스(Lyonesse) 청사에서 해양환경보호협력·어업자원의 지속가능한 이용을 위한 공동선언문을 "
    "50%는 물론 2030년까지 “바다의 평화”를 위해 채택하기로 하였다."
)

TITLE = "아발론·아틀란티스 외교장관회담 개최 결과 및 해양환경보호협력 양해각서 서명식 참석"

LONG_WORD = "바다" * 60


def lines_of(rendition: Rendition) -> list[str]:
    with pypdfium2.PdfDocument(rendition.data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [line.strip() for page in pages for line in page.split("\r\n")]


def unknown_words(rendition: Rendition, *texts: str) -> set[str]:
    """Return the words in the body of the PDF that are not in `texts`, such as the halves of a broken word."""
    known = {word for text in texts for word in text.split()}
    body = [line for line in lines_of(rendition) if "readout-pub" not in line and "알 수 없음" not in line]
    return {word for line in body for word in line.split()} - known - {"1", "2", "/"}


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 40, 8))
def test_korean_lines_break_only_between_words(start: int) -> None:
    meeting = readout(
        Section(heading=(Emphasis((TITLE,)),), body=(paragraph(f"{SENTENCE[start:]} {SENTENCE}"),)),
        title=TITLE,
        language="ko",
    )
    rendition = make_pdf(meeting)
    assert len(lines_of(rendition)) > 8
    assert unknown_words(rendition, SENTENCE[start:], SENTENCE, TITLE) == set()
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).differences == ()


@pytest.mark.slow
def test_a_word_that_continues_after_a_link_stays_whole() -> None:
    body = [
        Paragraph(
            children=("바다 " * count, Link("https://atlantis.example/", ("외교부",)), "는 ", Strong(("만났",)), "다.")
        )
        for count in range(20, 40)
    ]
    rendition = make_pdf(readout(*body, language="ko"))
    assert unknown_words(rendition, "Meeting 바다 외교부는 만났다. 의견을") == set()


@pytest.mark.slow
def test_a_korean_word_that_is_longer_than_a_line_is_broken() -> None:
    meeting = readout(paragraph(f"{SENTENCE} {LONG_WORD} {SENTENCE}"), language="ko")
    rendition = make_pdf(meeting)
    assert rendition.notes == ()
    assert unknown_words(rendition, f"Meeting {SENTENCE} {LONG_WORD}") > set()
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).differences == ()


@pytest.mark.slow
def test_a_korean_word_that_is_longer_than_its_cell_is_broken() -> None:
    cells = tuple(Cell((paragraph(f"{number} {LONG_WORD}"),)) for number in range(2))
    table: Block = Table(body=(Row(cells),))
    meeting = readout(table, language="ko")
    rendition = make_pdf(meeting)
    assert rendition.notes == ()
    assert unknown_words(rendition, f"Meeting 0 1 {LONG_WORD}") > set()
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).differences == ()


@pytest.mark.slow
def test_a_theme_can_allow_breaks_within_korean_words(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text(
        'name = "Own"\n[script.korean]\nlanguages = ["ko"]\nword-break = "normal"\n', encoding="utf-8"
    )
    meeting = readout(paragraph(f"{LONG_WORD[:6]} " * 60), language="ko")
    assert unknown_words(make_pdf(meeting), f"Meeting {LONG_WORD[:6]}") == set()
    broken = make_pdf(meeting, render_options=RenderOptions(theme=str(tmp_path)))
    assert unknown_words(broken, f"Meeting {LONG_WORD[:6]}") > set()


@pytest.mark.slow
def test_a_positioned_box_of_a_korean_page_has_its_background(tmp_path: Path) -> None:
    style = tmp_path / "own.css"
    style.write_text("h1 { position: absolute; inset-block-start: 60mm; background: #ff0000 }", encoding="utf-8")
    rendition = make_pdf(readout(paragraph(SENTENCE), language="ko"), render_options=RenderOptions(css=str(style)))
    with pypdfium2.PdfDocument(rendition.data) as document:
        colours = document[0].render().to_pil().convert("RGB").getcolors(2**24)
    assert (255, 0, 0) in {colour for _, colour in colours}

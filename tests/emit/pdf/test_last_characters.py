"""No last line of a Japanese paragraph, caption or colophon is a single character."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest

from readout_pub.emit import RenderOptions
from readout_pub.image_store import ImageStore
from readout_pub.model import Block, BulletList, Figure, Item, Link, Paragraph, Photo, Strong, Struck
from readout_pub.receipts import prove_rendition
from readout_pub.themes import Paper
from tests.pdfs import make_pdf, readout

SENTENCE = "双方は魚と港について意見を交わし引き続き協力していくことで一致した"


def text(length: int) -> str:
    return f"{'あ' * (length - len(SENTENCE))}{SENTENCE}。"


LENGTHS = range(60, 92)
"""How many characters each text has before its full stop.

At every line length up to 45, one of the texts would leave a single character on its last line.
"""


def paragraphs() -> list[Block]:
    return [Paragraph(children=(text(length),)) for length in LENGTHS]


def linked() -> list[Block]:
    return [Paragraph(children=("会談：", Link("https://atlantis.example/", (text(length),)))) for length in LENGTHS]


def bold() -> list[Block]:
    return [Paragraph(children=("会談：", Strong((text(length),)))) for length in LENGTHS]


def struck() -> list[Block]:
    return [Paragraph(children=("会談：", Struck((text(length),)))) for length in LENGTHS]


def items() -> list[Block]:
    return [BulletList(items=tuple(Item((each,)) for each in paragraphs()))]


def captions() -> list[Block]:
    return [Figure((Photo("a.png"),), caption=(text(length),), credit=(text(length),)) for length in LENGTHS]


def lines_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [line.strip() for page in document for line in page.get_textpage().get_text_range().splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("blocks", [paragraphs, linked, bold, struck, items, captions])
def test_no_last_line_is_a_single_character(blocks: Callable[[], list[Block]]) -> None:
    meeting = readout(*blocks(), language="ja")
    rendition = make_pdf(meeting)
    lines = lines_of(rendition.data)
    assert not [line for line in lines if re.fullmatch("た。?|。", line)]
    assert [line for line in lines if re.fullmatch("した。", line)]
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).is_proven


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "letter", "b5"])
def test_the_last_line_of_the_colophon_has_several_characters(paper: Paper) -> None:
    """On A4 the colophon once ended with the line "ん。"."""
    lines = lines_of(make_pdf(readout(language="ja"), render_options=RenderOptions(theme="ministry", paper=paper)).data)
    assert [line for line in lines if line.endswith("せん。")]

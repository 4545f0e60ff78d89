"""A short last word of a title or heading does not stand alone on a line. Outputs keep the words of the readout."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest

from readout_pub.emit import RenderOptions, emit
from readout_pub.image_store import ImageStore
from readout_pub.model import Blocks, Emphasis, Inlines, Origin, Paragraph, Readout, Section
from readout_pub.receipts import prove_rendition


def readout(title: Inlines, *headings: Inlines) -> Readout:
    body: Blocks = (Paragraph(children=("They met.",)), *(Section(heading=heading, label="1.") for heading in headings))
    return Readout(language="en", title=title, body=body, origin=Origin("talks.html", "00" * 32))


PARTS = {"docx": ("word/document.xml", "docProps/core.xml"), "odt": ("content.xml", "meta.xml")}


@pytest.mark.parametrize("target", PARTS)
def test_office_formats_join_last_words_of_titles_but_not_of_properties(target: str) -> None:
    made = readout(("Talks with ", Emphasis(("the People of Peru",))), ("Trade in Ice",))
    rendition = emit(made, ImageStore(), target)
    with zipfile.ZipFile(io.BytesIO(rendition.data)) as package:
        text, properties = (package.read(name).decode() for name in PARTS[target])
    assert "of\u00a0Peru" in text
    assert "in\u00a0Ice" in text
    assert "the People of Peru" in properties
    assert prove_rendition(made, ImageStore(), rendition, RenderOptions()).is_proven


@pytest.mark.slow
def test_no_heading_of_a_pdf_ends_with_a_line_of_one_word() -> None:
    headings = [(f"{'Talks ' * count}Peru",) for count in range(5, 20)]
    with pypdfium2.PdfDocument(emit(readout(("Talks",), *headings), ImageStore(), "pdf").data) as document:
        lines = [line.strip() for page in document for line in page.get_textpage().get_text_range().splitlines()]
    assert len([line for line in lines if line.endswith("Peru")]) == len(headings)
    assert "Peru" not in lines


@pytest.mark.parametrize("title", ["Ice", "Cold Ice", "Talks on Llanfairpwllgwyngyllgogerychwyrndrobwll"])
def test_short_titles_and_long_words_can_break(title: str) -> None:
    assert "unbroken" not in emit(readout((title,)), ImageStore(), "html").data.decode().partition("<main")[2]

"""In PDF, a hyphen at the start of a word is on the line of the word."""

from __future__ import annotations

import pypdfium2
import pytest

from readout_pub.emit import RenderOptions
from readout_pub.image_store import ImageStore
from readout_pub.model import Inlines, Link, Paragraph, Strong
from readout_pub.receipts import prove_rendition
from tests.pdfs import make_pdf, readout

TEXT = "die Ministerinnen und -minister, Häfen oder -anlagen sowie ‐schiffe des Nordens"


@pytest.mark.slow
@pytest.mark.parametrize(
    "said",
    [(TEXT,), (Strong(("Heute:",)), f" {TEXT}"), (Link("https://lemuria.example/", (TEXT,)),)],
    ids=["text", "tail", "link"],
)
def test_no_line_ends_with_the_hyphen_at_the_start_of_a_word(said: Inlines) -> None:
    texts = [Paragraph(children=("i" * length, " ", *said)) for length in range(1, 120)]
    meeting = readout(*texts, language="de")
    rendition = make_pdf(meeting)
    with pypdfium2.PdfDocument(rendition.data) as document:
        lines = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
    assert len(lines) > 2 * len(texts)
    assert not [line for line in lines if line.rstrip().endswith((" -", " \u2010", "\ufffe"))]
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).differences == ()


def test_a_hyphen_between_spaces_is_no_start_of_a_word() -> None:
    assert make_pdf(readout(Paragraph(children=("Ada Tide - envoy of Lemuria",)))).data.startswith(b"%PDF-")

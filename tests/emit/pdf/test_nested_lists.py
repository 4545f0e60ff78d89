"""Deeply nested lists on paper."""

from __future__ import annotations

import pypdfium2
import pytest

from readout_pub.emit import RenderOptions
from readout_pub.model import BulletList, Item, Paragraph
from tests.pdfs import make_pdf, readout


def nested(levels: int, label: str | None) -> BulletList:
    """Return a list that is nested `levels` deep."""
    line = Paragraph(children=("An understanding was reached",))
    deeper = (nested(levels - 1, label),) if levels > 1 else ()
    return BulletList(items=(Item((line, *deeper), label=label),))


@pytest.mark.slow
@pytest.mark.parametrize("label", [None, "(1)"])
@pytest.mark.parametrize("levels", [8, 10])
def test_deep_lists_leave_room_for_words_in_large_type_on_small_paper(levels: int, label: str | None) -> None:
    """If each of eight levels had the full indent, a line of A5 would have room for only one letter of 18 points."""
    made = make_pdf(readout(nested(levels, label)), render_options=RenderOptions(theme="large-print", paper="a5"))
    pages = pypdfium2.PdfDocument(made.data)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert text.count("understanding") == levels

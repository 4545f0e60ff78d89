"""Footnotes at the foot of the pages that call them, in themes that place them there."""

from __future__ import annotations

import re
from itertools import chain, pairwise

import pypdfium2
import pytest

from readout_pub.emit import RenderOptions, Rendition
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    Cell,
    Footnote,
    Footnotes,
    Inlines,
    NoteRef,
    Paragraph,
    Preformatted,
    Readout,
    Row,
    Section,
    Sup,
    Table,
)
from readout_pub.receipts import prove_rendition
from tests.pdfs import links, make_pdf, open_pdf, paragraph, readout
from tests.tagtree import tag_tree, text_lines, tree_text

AT_FOOT = RenderOptions(theme="gazette")

TEXT = " ".join(["The ministers met in Thule and agreed on fish, harbours and energy."] * 4)


def call(number: int) -> Sup:
    return Sup((NoteRef(f"n{number}", (f"[{number}]",)),))


def paragraph_with_call(number: int) -> Paragraph:
    return Paragraph(children=(TEXT, call(number), f" {TEXT}"))


def note(number: int, text: str = "of the treaty") -> Footnote:
    return Footnote(f"n{number}", (paragraph(f"Article {number} {text}."),), f"[{number}]")


def notes(count: int, text: str = "of the treaty") -> Footnotes:
    return Footnotes(notes=tuple(note(number, text) for number in range(1, count + 1)))


def proven(meeting: Readout, render_options: RenderOptions = AT_FOOT) -> Rendition:
    rendition = make_pdf(meeting, render_options=render_options)
    assert not prove_rendition(meeting, ImageStore(), rendition, render_options).differences
    return rendition


def pages(rendition: Rendition) -> list[tuple[list[int], list[int]]]:
    """Return two lists for each page: the numbers of the notes that it calls, and of the notes that it shows."""
    with pypdfium2.PdfDocument(rendition.data) as document:
        texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    return [
        (
            [int(number) for number in re.findall(r"\[(\d+)\](?! ?Article)", text)],
            [int(number) for number in re.findall(r"Article (\d+)", text)],
        )
        for text in texts
    ]


@pytest.mark.slow
def test_each_note_is_at_the_foot_of_the_page_that_calls_it() -> None:
    rendition = proven(readout(*map(paragraph_with_call, range(1, 13)), notes(12), paragraph("The end.")))
    assert rendition.notes == ()
    found = pages(rendition)
    assert len(found) > 2
    assert all(calls == shown for calls, shown in found)


@pytest.mark.slow
def test_other_themes_keep_notes_where_the_source_prints_them() -> None:
    found = pages(proven(readout(*map(paragraph_with_call, range(1, 13)), notes(12)), RenderOptions()))
    assert [shown for _, shown in found[:-1]] == [[]] * (len(found) - 1)


def test_tags_keep_the_notes_where_the_source_prints_them() -> None:
    meeting = readout(paragraph_with_call(1), paragraph_with_call(2), notes(2), paragraph("The end."))
    texts = text_lines(tag_tree(proven(meeting).data))
    assert [line for line in texts if "Article" in line or "end" in line] == [
        "Article 1 of the treaty.",
        "Article 2 of the treaty.",
        "The end.",
    ]


@pytest.mark.slow
def test_notes_at_the_foot_are_footnotes_in_pdf_2() -> None:
    def kinds(theme: str) -> set[str]:
        tree = tree_text(
            tag_tree(
                make_pdf(readout(paragraph_with_call(1), notes(1)), render_options=RenderOptions(theme, pdf="ua2")).data
            )
        )
        return set(re.findall("Endnote|Footnote", tree))

    assert (kinds("gazette"), kinds("plain")) == ({"Footnote"}, {"Endnote"})


def test_the_link_of_a_call_leads_to_the_note_at_the_foot() -> None:
    rendition = proven(readout(paragraph_with_call(1), notes(1), paragraph("The end.")))
    assert links(rendition) == ["n1"]
    with open_pdf(rendition) as pdf:
        destinations = pdf.Root.Names.Dests.Names
        (top,) = (
            float(place[3]) for name, place in zip(destinations[::2], destinations[1::2], strict=True) if name == "n1"
        )
    with pypdfium2.PdfDocument(rendition.data) as document:
        text = document[0].get_textpage()
        ends = {words: text.get_charbox(text.search(words).get_next()[0])[3] for words in ("The end", "Article 1 of")}
    assert ends["The end"] > top > ends["Article 1 of"] > top - 10


def test_lines_with_calls_are_as_high_as_others() -> None:
    with pypdfium2.PdfDocument(proven(readout(paragraph_with_call(1), notes(1))).data) as document:
        text = document[0].get_textpage()
        baselines = [text.get_charbox(match.start())[1] for match in re.finditer("ministers", text.get_text_range())]
    distances = {round(above - below, 1) for above, below in pairwise(baselines) if above - below > 1}
    assert len(distances) == 1


@pytest.mark.slow
def test_a_note_with_two_calls_is_on_the_page_of_the_first() -> None:
    found = pages(
        proven(readout(paragraph_with_call(1), *map(paragraph, [TEXT] * 20), paragraph_with_call(1), notes(1)))
    )
    assert [shown for _, shown in found] == [[1], *[[]] * (len(found) - 1)]


@pytest.mark.slow
def test_notes_of_a_table_are_at_the_foot_of_its_pages() -> None:
    def row(number: int) -> Row:
        return Row((Cell((Paragraph(children=("Fish", call(number))),)), Cell((paragraph(TEXT),))))

    found = pages(proven(readout(Table(body=tuple(map(row, range(1, 16)))), notes(15))))
    assert len(found) > 1
    assert all(calls == shown for calls, shown in found)


def test_a_note_is_not_in_the_style_of_the_heading_that_calls_it() -> None:
    heading: Inlines = ("Fisheries", call(1))
    section = Section(heading=heading, body=(paragraph(TEXT),))
    with pypdfium2.PdfDocument(proven(readout(section, paragraph_with_call(2), notes(2))).data) as document:
        text = document[0].get_textpage()
        heights = {
            round(text.get_charbox(match.start())[3] - text.get_charbox(match.start())[1], 1)
            for match in re.finditer("Article", text.get_text_range())
        }
    assert len(heights) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "blocks",
    [
        (paragraph_with_call(1), Section(heading=("Notes",), body=(notes(1),))),
        (paragraph_with_call(1), notes(2)),
        (
            paragraph_with_call(1),
            Footnotes(notes=(note(1), Footnote("n2", (Paragraph(children=("Article 2", call(2))),), "[2]"))),
        ),
        (
            paragraph_with_call(1),
            Footnotes(notes=(Footnote("n1", (paragraph("Article 1"), Preformatted("fish = 1")), "[1]"),)),
        ),
        (paragraph_with_call(1), notes(1, TEXT * 10)),
        (Paragraph(children=tuple(call(number) for number in range(1, 20))), notes(19)),
    ],
    ids=[
        "a heading",
        "a note without a call",
        "a note called only by a note",
        "a listing",
        "a long note",
        "many calls",
    ],
)
def test_notes_unsuitable_for_the_foot_stay_where_the_source_prints_them(blocks: tuple[Block, Block]) -> None:
    calling, at_end = blocks
    rendition = proven(readout(calling, *[paragraph(TEXT)] * 20, at_end))
    found = pages(rendition)
    assert found[0][1] == []
    assert 1 in found[-1][1]
    assert [note.code for note in rendition.notes] == ["FOOTNOTES_NOT_AT_FOOT"]


@pytest.mark.slow
def test_notes_without_room_on_pages_stay_where_the_source_prints_them() -> None:
    calls = Paragraph(children=tuple(call(number) for number in range(1, 9)))
    rendition = proven(readout(calls, *[paragraph(TEXT)] * 20, notes(8, TEXT * 5)))
    found = pages(rendition)
    assert found[0][1] == found[1][1] == []
    assert list(chain.from_iterable(shown for _, shown in found)) == list(range(1, 9))
    assert [note.message[:11] for note in rendition.notes] == ["8 footnotes"]

"""Texts that pandoc's reStructuredText writer would change or lose keep their meaning."""

from __future__ import annotations

from textwrap import dedent

import pytest
from docutils.core import publish_string

from readout_pub.emit import emit
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    BulletList,
    Cell,
    Code,
    Decorative,
    Described,
    Description,
    DescriptionList,
    Emphasis,
    Figure,
    Inline,
    Item,
    LineBreak,
    Link,
    OrderedList,
    Origin,
    Paragraph,
    Photo,
    Preformatted,
    Quote,
    Readout,
    Row,
    Section,
    Span,
    Strong,
    Struck,
    Sup,
    Table,
)

STRICT = {"report_level": 1, "halt_level": 1}
"""Settings with which docutils raises an error at the first message, of whatever severity."""

GIF = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


def paragraph(text: str) -> Paragraph:
    return Paragraph(children=(text,))


def item(text: str, label: str | None = None) -> Item:
    return Item((paragraph(text),), label)


def rst(*body: Block, images: ImageStore | None = None) -> str:
    """Write a readout and return the text between its title and its colophon."""
    readout = Readout(language="en", title=("Talks",), body=body, origin=Origin("talks.html", "00" * 32))
    text = emit(readout, images or ImageStore(), "rst").data.decode()
    return text.partition("Talks\n=====\n\n")[2].rpartition(f"\n{'-' * 14}\n")[0]


@pytest.mark.parametrize(
    "text",
    ["1. May was warm.", "(1) Trade", "a) Fish", "iv. Fish", "#. Fish", "- Fish", "• Fish", ".. Fish", ":Fish: cod"],
)
def test_a_paragraph_that_looks_like_another_block_is_escaped(text: str) -> None:
    assert rst(paragraph(text)) == f"\\ {text}\n"


@pytest.mark.parametrize("text", ["1.5 million", "(one) Trade", "Mr. Ada", "-5 degrees"])
def test_an_ordinary_paragraph_is_not_escaped(text: str) -> None:
    assert rst(paragraph(text)) == f"{text}\n"


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        (Emphasis(("see ", Code("x* javascript:a"))), "*see x\\* javascript\\:a*\n"),
        (Strong((Code("tides"),)), "**tides**\n"),
        (Sup((Code("a b"),)), ":sup:`a b`\n"),
        (Link("https://e.example/", (Emphasis((Code("tides"),)),)), "`tides <https://e.example/>`__\n"),
    ],
)
def test_code_inside_other_markup_is_text(inline: Inline, expected: str) -> None:
    assert rst(Paragraph(children=(inline,))) == expected


def test_struck_text_has_marks_within_bold_text_too() -> None:
    struck = Struck(("not",))
    assert (
        rst(Paragraph(children=(struck, " today, ", Strong(("really ", struck)))))
        == "~~not~~ today, **really ~~not~~**\n"
    )


def test_two_colons_at_the_end_start_no_literal_block() -> None:
    assert rst(paragraph("They said::"), Quote(body=(paragraph("We agree."),))) == dedent("""\
        They said:\\:

           We agree.
        """)


def test_labels_are_numbers_in_numbered_lists_and_escaped_text_in_other_lists() -> None:
    counted = OrderedList(items=(item("Trade", "(1)"), item("Fish", "(2)")))
    assert rst(counted, BulletList(items=(item("Cod", "1."),))) == dedent("""\
        (1) Trade
        (2) Fish

        - \\ 1. Cod
        """)


def test_each_photo_keeps_its_alt_and_the_last_photo_gets_the_caption() -> None:
    images = ImageStore()
    talks = Photo("talks.gif", Described("Two ministers"), images.add(lambda: GIF))
    hall = Photo("hall.gif", Described("The hall"), images.add(lambda: GIF))
    name = f"photos/{talks.sha256 or '':.16}.gif"
    written = rst(Figure(photos=(talks, hall), caption=("The talks", LineBreak(), "in May")), images=images)
    assert written == dedent(f"""\
        .. figure:: {name}
           :alt: Two ministers

        .. figure:: {name}
           :alt: The hall

           The talks in May
        """)


def test_a_photo_without_caption_is_a_figure_too() -> None:
    images = ImageStore()
    line = Photo("line.gif", Decorative(), images.add(lambda: GIF))
    assert rst(Figure(photos=(line,)), images=images) == f".. figure:: photos/{line.sha256 or '':.16}.gif\n"


def test_the_target_of_a_link_is_a_container() -> None:
    fish = Paragraph(children=("1. May was warm.",), id="fish")
    assert rst(Paragraph(children=(Link("#fish", ("below",)),)), fish) == dedent("""\
        `below <#fish>`__

        .. container::
           :name: fish

           \\ 1. May was warm.
        """)


def test_terms_of_one_description_are_on_one_line() -> None:
    entry = Description((("Place",), ("Hall",)), (paragraph("Poseidonis"),))
    assert rst(DescriptionList(entries=(entry,))) == "Place Hall\n   Poseidonis\n"


def test_no_colon_of_a_term_starts_a_classifier() -> None:
    term = ("Place : Hall ", Span(("of : Tides",), lang="fr"))
    entry = Description((term,), (paragraph("Poseidonis"),))
    assert "<classifier>" not in publish_string(rst(DescriptionList(entries=(entry,))), writer="pseudoxml").decode()


def test_docutils_reads_a_table_whose_code_has_tabs() -> None:
    code = Paragraph(children=(Code("fish\tsalt"),))
    cells = (Cell((Preformatted("fish\tsalt\nnets\tropes"),)), Cell((code,)))
    for row in (Row(cells), Row((Cell((code,)), Cell((code,))))):
        shown = publish_string(rst(Table(body=(row,))), writer="pseudoxml", settings_overrides=STRICT).decode()
        assert shown.count("fish    salt") == 2


def test_a_heading_is_one_line_and_in_no_container() -> None:
    section = Section(heading=("Fish", LineBreak(), "and trade"), lang="en-GB", body=(paragraph("They met."),))
    assert rst(section) == "Fish and trade\n--------------\n\nThey met.\n"


@pytest.mark.parametrize("word", ["می\u200cرود", "ที่", "मंत्री", "a\u200db", "\u202eabc\u202c", "1\ufe0f\u20e3"])
def test_docutils_reads_a_table_whose_words_have_vowel_signs_or_joiners(word: str) -> None:
    cells = (Cell((paragraph(word),)), Cell((paragraph(f"{word} {word}"),)))
    text = rst(Table(body=(Row(cells), Row(cells))), Section(heading=(word * 4,), body=(paragraph("Text."),)))
    shown = publish_string(text, writer="html5", settings_overrides=STRICT).decode()
    assert shown.count(f"<p>{word}</p>") == 2
    assert shown.count(f"<p>{word} {word}</p>") == 2

"""Plain text: what a person would read aloud, in order, one line per paragraph."""

from __future__ import annotations

import datetime as dt
from textwrap import dedent

from readout_pub.emit import emit
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Attachment,
    Block,
    BulletList,
    Cell,
    Decorative,
    Described,
    Description,
    DescriptionList,
    Emphasis,
    Figure,
    Footnote,
    Footnotes,
    Item,
    Licence,
    LineBreak,
    Link,
    NoteRef,
    OrderedList,
    Origin,
    Paragraph,
    Photo,
    Preformatted,
    Quote,
    Readout,
    Row,
    Ruby,
    Rule,
    Section,
    Struck,
    Sub,
    Sup,
    Table,
    Undecided,
)

ORIGIN = Origin("talks.html", "00" * 32)


def paragraph(text: str) -> Paragraph:
    return Paragraph(children=(text,))


def item(text: str, label: str | None = None) -> Item:
    return Item((paragraph(text),), label)


def cell(text: str, *, header: bool = False, colspan: int = 1) -> Cell:
    return Cell((paragraph(text),) if text else (), header=header, colspan=colspan)


def transcript(*body: Block, language: str = "en") -> str:
    """Write a readout and return the text between its title and its colophon."""
    readout = Readout(language=language, title=("Talks",), body=body, origin=ORIGIN)
    text = emit(readout, ImageStore(), "txt").data.decode()
    return "\n\n".join(text.split("\n\n")[1:-2]) + "\n"


def test_every_text_appears_once_and_in_order() -> None:
    readout = Readout(
        language="en",
        series="Atlantis–Lemuria Relations",
        title=("Talks on ", Emphasis(("Fish",))),
        issued=dt.date(2031, 5, 1),
        issued_text="May 1, 2031",
        byline="Press Office",
        undecided=(Undecided("Minister Ada shaking hands"), Undecided("The talks")),
        body=(paragraph('It\'s “fish” and "trade".'),),
        attachments=(Attachment("https://atlantis.example/fish.pdf", "Joint Statement (PDF)"),),
        back_link=Link("https://atlantis.example/", ("Back to Relations",)),
        origin=Origin(
            "talks.html",
            "00" * 32,
            "https://atlantis.example/talks.html",
            dt.date(2031, 5, 2),
            licence=Licence("Open Atlantis", credit="Source: Atlantis[, {url}][ (accessed {date})]"),
        ),
    )
    made = emit(readout, ImageStore(), "txt")
    assert made.data.decode() == dedent("""\
        Atlantis–Lemuria Relations

        Talks on Fish

        May 1, 2031

        Press Office

        Minister Ada shaking hands

        The talks

        It's “fish” and "trade".

        Attachments

          • Joint Statement (PDF) (https://atlantis.example/fish.pdf)

        Back to Relations

        Source: Atlantis, https://atlantis.example/talks.html (accessed 2031-05-02)
        Licence: Open Atlantis

        Converted by readout-pub; wording unchanged.
        To verify this file: readout-pub verify
        """)
    assert (made.suffix, made.media_type, made.extra_files, made.notes) == (".txt", "text/plain", {}, ())


def test_without_a_headline_the_series_appears_once() -> None:
    readout = Readout(language="en", series="Relations", issued=dt.date(2031, 5, 1), body=(), origin=ORIGIN)
    assert emit(readout, ImageStore(), "txt").data.decode().startswith("Relations\n\n2031-05-01\n\nUnknown: publisher")


def test_sections_are_indented_and_labels_appear_once() -> None:
    fish = Section(heading=("Fish",), label="(1)", body=(paragraph("It was discussed."),))
    assert transcript(Section(heading=("Situations",), label="2.", body=(fish,))) == dedent("""\
        2. Situations

          (1) Fish

            It was discussed.
        """)


def test_a_section_without_heading_is_not_indented() -> None:
    assert transcript(Section(heading=(), body=(paragraph("They met."),))) == "They met.\n"


def test_items_have_labels_or_bullets_and_indented_content() -> None:
    trade = Item((paragraph("Trade"), OrderedList(items=(item("Cod", "a)"), item("Eel", "b)")))), "(1)")
    assert transcript(BulletList(items=(trade, item("Peace")))) == dedent("""\
        (1) Trade

          a) Cod

          b) Eel

        • Peace
        """)


def test_a_paragraph_is_one_line_except_for_line_breaks() -> None:
    long = "They met in the great hall of Poseidonis. " * 20
    assert transcript(Paragraph(children=(long.strip(), LineBreak(), "1 Harbour Road"))) == (
        f"{long.strip()}\n1 Harbour Road\n"
    )


def test_links_are_text_and_ruby_follows_its_base() -> None:
    spoken = Paragraph(
        children=(Ruby(("黒瀬",), "くろせ"), " ", Link("https://atlantis.example/", ("there",)), NoteRef("n", ("*",)))
    )
    assert transcript(spoken) == "黒瀬（くろせ） there*\n"


def test_a_photo_shows_its_alternative_text_and_its_caption() -> None:
    figure = Figure(
        photos=(Photo("a.jpg", Described("Two ministers")), Photo("b.jpg")),
        caption=("The talks",),
        credit=("Photo by Ada",),
    )
    assert transcript(figure) == dedent("""\
        Photo: Two ministers

        Photo, no description available

        Caption: The talks

        Photo by Ada
        """)


def test_a_caption_used_as_alternative_text_appears_once() -> None:
    figure = Figure(photos=(Photo("a.jpg", Described("The talks", by="caption")),), caption=("The talks",))
    assert transcript(figure) == "Photo, no description available\n\nCaption: The talks\n"


def test_a_decorative_photo_is_not_mentioned() -> None:
    assert transcript(Figure(photos=(Photo("line.gif", Decorative()),)), paragraph("They met.")) == "They met.\n"


def test_messages_are_in_the_language_of_the_page() -> None:
    figure = Figure(photos=(Photo("a.jpg", Described("両大臣")),), caption=("会談の様子",))
    assert transcript(figure, language="ja") == "写真：両大臣\n\n写真説明：会談の様子\n"


def test_a_table_is_read_row_by_row_and_each_cell_once() -> None:
    table = Table(
        caption=("Catch",),
        head=(Row((cell("Year", header=True), cell("Cod", header=True), cell("Eel", header=True))),),
        body=(
            Row((cell("2030", header=True), cell("7"), cell("8"))),
            Row((cell("2031", header=True), cell(""), cell("9"))),
        ),
    )
    assert transcript(table) == dedent("""\
        Table: Catch

          Year; Cod; Eel

          2030: 7; 8
          2031: –; 9
        """)


def test_a_table_without_caption_and_headers_is_announced_too() -> None:
    assert transcript(Table(body=(Row((cell("Cod"), cell("7"))),))) == "Table\n\n  Cod; 7\n"


def test_raised_numbers_become_superscript_digits() -> None:
    inlines = ("In 2019", NoteRef("n", ("1",)), ", 10", Sup(("6",)), " m", Sup(("2",)), Sup((NoteRef("m", ("12",)),)))
    words = ("; the 1", Sup(("st",)), " time", NoteRef("n", ("(Note)",)), ", H", Sub(("2",)), "O")
    expected = "In 2019¹, 10⁶ m²¹²; the 1st time(Note), H2O\n"
    assert transcript(Paragraph(children=(*inlines, *words))) == expected


def test_footnotes_stay_in_place() -> None:
    notes = Footnotes(notes=(Footnote("n", (paragraph("In the hall."), paragraph("Of stone.")), "(Note 1)"),))
    assert transcript(notes, paragraph("The end.")) == "(Note 1) In the hall.\n\n  Of stone.\n\nThe end.\n"


def test_quotes_and_descriptions_are_indented_and_preformatted_text_is_not() -> None:
    written = transcript(
        Quote(body=(paragraph("We agree."),)),
        Rule(),
        DescriptionList(entries=(Description((("Place",), ("Hall",)), (paragraph("Poseidonis"),)),)),
        Preformatted(text="a\n  b"),
    )
    assert written == "  We agree.\n\nPlace\n\nHall\n\n  Poseidonis\n\na\n  b\n"


def test_tildes_enclose_struck_text_without_the_spaces_at_its_ends() -> None:
    struck = Struck(("not ", Emphasis(("in May ",))))
    assert transcript(Paragraph(children=("They will ", struck, "meet."))) == "They will ~~not in May~~ meet.\n"

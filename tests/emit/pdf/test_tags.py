"""What a listener hears of a PDF: the tag tree as it is in the file, in two versions of PDF."""

from __future__ import annotations

from textwrap import dedent

import msgspec
import pikepdf
import pytest
from hypothesis import Phase, given, settings

from readout_pub.emit import RenderOptions, emit
from readout_pub.emit.pdf.layout import _fonts, lay_out, load_weasyprint
from readout_pub.emit.pdf.metadata import DocumentInfo
from readout_pub.emit.pdf.profiles import PROFILES
from readout_pub.emit.pdf.tags import own_tags
from readout_pub.errors import EmitError
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    BulletList,
    Cell,
    Decorative,
    Description,
    DescriptionList,
    Emphasis,
    Figure,
    Footnote,
    Footnotes,
    Item,
    LineBreak,
    Link,
    NoteRef,
    OrderedList,
    Paragraph,
    Photo,
    Quote,
    Readout,
    Row,
    Ruby,
    Section,
    Span,
    Table,
)
from tests.model_strategies import ALBUM, readouts
from tests.pdfs import made, opened, paragraph, photo, readout, words
from tests.printed import heard_words, printed_words
from tests.tagtree import Tag, artifacts, drawing, each, spoken, tag_tree

NEWER = RenderOptions(pdf="ua2")

LONG = " ".join(f"The {n}th item of the agenda was settled." for n in range(1, 200))


def heard(*body: Block, album: ImageStore | None = None, look: RenderOptions | None = None) -> str:
    """Draw what stands between the title and the colophon."""
    tree = tag_tree(made(readout(*body), album, look).data)
    return "".join(map(drawing, (kid for kid in tree.kids[1:-1] if isinstance(kid, Tag))))


# --- lists


def test_a_label_is_tagged_apart_from_its_item_and_nested_lists_stand_within() -> None:
    fish = Item((paragraph("Fish"), BulletList((Item((paragraph("herring"),)),))), "(1)")
    assert heard(OrderedList((fish, Item((paragraph("Salt"),), "(2)")))) == dedent("""\
        L ListNumbering Decimal
          LI
            Lbl
              "(1)"
            LBody
              P
                " Fish"
              L ListNumbering Disc
                LI
                  Lbl
                    "◦ "
                  LBody
                    P
                      "herring"
          LI
            Lbl
              "(2)"
            LBody
              P
                " Salt"
        """)


def test_a_heading_within_an_item_keeps_its_own_label() -> None:
    section = Section(label="a.", heading=("Nets",), body=(paragraph("They tore."),))
    assert heard(BulletList((Item((section,)),))) == dedent("""\
        L ListNumbering Disc
          LI
            Lbl
              "• "
            LBody
              Sect
                H2
                  "a. Nets"
                P
                  "They tore."
        """)


def test_a_term_is_the_label_of_its_description() -> None:
    entry = Description((("Date",), ("Day",)), (paragraph("May 1"),))
    assert heard(DescriptionList((entry,)), look=NEWER) == dedent("""\
        L ListNumbering Description
          LI
            Lbl
              "Date"
            Lbl
              "Day"
            LBody
              "May 1"
        """)


# --- text over lines and pages


def test_a_paragraph_is_one_tag_whatever_pages_it_falls_on_and_loses_no_space_at_line_ends() -> None:
    rendition = made(readout(paragraph(LONG)))
    with opened(rendition) as pdf:
        assert len(pdf.pages) > 1
    long = next(each(tag_tree(rendition.data), "P"))
    assert "".join(map(str, long.kids)) == LONG


def test_a_word_too_long_for_its_line_is_broken_without_a_space() -> None:
    word = "x" * 300
    assert f'"{word}"' in heard(paragraph(word))


def test_the_space_between_two_words_of_different_looks_is_kept() -> None:
    assert spoken(tag_tree(made(readout(Paragraph((Emphasis(("Both",)), " ", Emphasis(("sides",)))))).data))[1] == (
        "Both sides"
    )


def test_a_line_break_of_the_text_parts_two_words() -> None:
    assert '"Harbour Street Atlantis"' in heard(Paragraph(("Harbour Street", LineBreak(), "Atlantis")))


def test_a_hyphen_that_only_breaks_a_line_is_not_read() -> None:
    words = "harbour\u00admasters " * 40
    assert "‐" not in heard(paragraph(words))
    assert spoken(tag_tree(made(readout(paragraph(words))).data))[1].replace("\u00ad", "").split() == (
        ["harbourmasters"] * 40
    )


def test_a_sign_that_shares_its_glyph_with_another_is_copied_as_itself() -> None:
    assert '"10 km, non‑stop"' in heard(paragraph("10 km, non‑stop")).replace("\u00a0", " ")
    assert "Ω" in heard(paragraph("The letter Ω and the unit Ω"))


def test_words_that_run_to_the_left_are_read_in_their_order() -> None:
    turned = Paragraph(("(1) The talks [of May] were ", Emphasis(("long",)), "."), dir="rtl")
    assert spoken(tag_tree(made(readout(turned, paragraph("(2) [sic]"))).data))[1:3] == [
        "(1) The talks [of May] were long.",
        "(2) [sic]",
    ]


HEBREW = "ב-7 במאי נפגשו שר החוץ של למוריה (Lemuria) ושרת החוץ של אטלנטיס, וסיכמו על 3 נקודות: מסחר, דיג ותרבות."


def test_hebrew_and_arabic_are_read_in_their_order_wherever_lines_and_elements_break() -> None:
    body = (
        Paragraph((HEBREW, LineBreak(), "Lemuria")),
        Paragraph(("שלום ", Emphasis(("רב",)), " לכולם")),
        Paragraph(("They said: ", Span(("السلام عليكم",), "ar", "rtl"), ", and went.")),
        BulletList((Item((paragraph("מלח"),), "א."),)),
    )
    assert spoken(tag_tree(made(readout(*body, language="he")).data))[1:6] == [
        f"{HEBREW} Lemuria",
        "שלום רב לכולם",
        "They said: السلام عليكم, and went.",
        "א.",
        "מלח",
    ]


@pytest.mark.parametrize("theme", ["plain", "large-print"])
def test_syllables_that_are_drawn_as_a_whole_are_read_as_written(theme: str) -> None:
    meeting = readout(*(paragraph(f"Lamps of the harbour, number {n}, were lit on Friday.") for n in range(40)))
    talks = (paragraph("Read this in Urdu, हिन्दी , বাংলা, ไทย กำหนด and မြန်မာ."),)
    meeting = msgspec.structs.replace(meeting, body=(*meeting.body, *talks))
    tree = tag_tree(made(meeting, look=RenderOptions(theme=theme)).data)
    assert heard_words(tree) == printed_words(meeting)


def test_a_bracket_is_read_as_written_though_its_glyph_stood_for_its_mirror_image_before() -> None:
    assert (
        spoken(tag_tree(made(readout(Paragraph(("שלום (א) ", Emphasis(("(Note 1)",)))))).data))[1]
        == "שלום (א) (Note 1)"
    )


def test_hebrew_is_copied_in_its_order_too() -> None:
    assert "שרי החוץ נפגשו, ונתנו ידיים." in words(
        made(readout(paragraph("שרי החוץ נפגשו, ונתנו ידיים."), language="he"))
    )


def test_running_text_is_read_on_no_page() -> None:
    rendition = made(readout(paragraph(LONG), title="Talks on Fish"))
    with opened(rendition) as pdf:
        pages = len(pdf.pages)
    assert artifacts(rendition.data).count("Talks on Fish") == pages - 1
    assert f"{pages} / {pages}" in artifacts(rendition.data)
    assert spoken(tag_tree(rendition.data)).count("Talks on Fish") == 1


# --- tables


def test_the_head_of_a_table_is_read_once() -> None:
    head = (Row((Cell((paragraph("Goods"),), header=True, scope="col"),)),)
    table = Table(head=head, body=tuple(Row((Cell((paragraph(f"crate {n}"),)),)) for n in range(80)))
    rendition = made(readout(table))
    assert spoken(tag_tree(rendition.data))[1:3] == ["Goods", "crate 0"]
    assert "Goods" in artifacts(rendition.data)
    assert len(list(each(tag_tree(rendition.data), "Table"))) == 1


def test_a_row_that_goes_on_overleaf_is_read_cell_by_cell() -> None:
    left, right = LONG, LONG.upper()
    table = Table(body=(Row((Cell((paragraph(left),)), Cell((paragraph(right),)))),))
    assert spoken(tag_tree(made(readout(table)).data))[1:3] == [left, right]


def test_header_cells_say_what_they_head_and_cells_name_their_headers_where_these_span() -> None:
    ship, crates = Cell((paragraph("Ship"),), header=True), Cell((paragraph("Crates"),), header=True, colspan=2)
    nereid = Cell((paragraph("Nereid"),), header=True, scope="row")
    head, row = Row((ship, crates)), Row((nereid, Cell((paragraph("40"),)), Cell((paragraph("41"),))))
    assert heard(Table(head=(head,), body=(row,), caption=("Cargo",))) == dedent("""\
        Table
          Caption
            "Cargo"
          THead
            TR
              TH id "table-1-1-1" Scope Column
                "Ship"
              TH id "table-1-1-2" ColSpan 2 Scope Column
                "Crates"
          TBody
            TR
              TH id "table-1-2-1" Headers table-1-1-1 Scope Row
                "Nereid"
              TD Headers table-1-1-2 table-1-2-1
                "40"
              TD Headers table-1-1-2 table-1-2-1
                "41"
        """)


# --- photos


def test_a_photo_is_a_figure_with_its_text_and_its_caption_within() -> None:
    album = ImageStore()
    figure = Figure(photos=(photo(album, "Two ministers"),), caption=("The talks",), credit=("A. Nereus",))
    assert heard(figure, album=album) == dedent("""\
        Figure alt "Two ministers"
          Caption
            P
              "The talks"
            P
              "A. Nereus"
        """)


def test_several_photos_of_one_figure_stand_together_with_their_caption_last() -> None:
    album = ImageStore()
    figure = Figure(photos=(photo(album, "Arrival"), photo(album, "Signing")), caption=("The day",))
    assert heard(figure, album=album) == dedent("""\
        Sect
          Figure alt "Arrival"
          Figure alt "Signing"
          Caption
            P
              "The day"
        """)


def test_an_ornament_is_not_heard_of() -> None:
    album = ImageStore()
    line = Photo("line.png", Decorative(), photo(album, "").sha256)
    assert heard(Figure(photos=(line,)), album=album) == ""


def test_the_place_of_a_photo_is_told_in_points_from_the_lower_left() -> None:
    album = ImageStore()
    with opened(made(readout(Figure(photos=(photo(album, "Two ministers"),))), album)) as pdf:
        dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
        (figure,) = (each for each in dictionaries if each.get("/S") == "/Figure")
        left, bottom, right, top = map(float, figure.A[0].BBox)
        margin = 31 * 72 / 25.4
        assert left == pytest.approx(margin, abs=0.1)
        assert (right - left) / (top - bottom) == pytest.approx(600 / 400, abs=0.01)
        assert 0 < bottom < top < 297 * 72 / 25.4 - 100


# --- notes, links, languages


NOTED = (
    Paragraph(("They agreed", NoteRef("n", ("(Note)",)), ".")),
    Footnotes((Footnote("n", (paragraph("In part."),), "(Note)"),)),
)


def test_a_note_and_its_call_refer_to_each_other() -> None:
    assert heard(*NOTED) == dedent("""\
        P
          "They agreed"
          Reference refers to FENote
            Link named "(Note)"
              "(Note)"
          "."
        Sect
          FENote id "n" refers to Reference
            Lbl
              "(Note)"
            P
              " In part."
        """)


def test_in_pdf_2_a_call_is_a_label() -> None:
    assert 'Lbl refers to FENote\n    Link named "(Note)"' in heard(*NOTED, look=NEWER)


def test_a_link_over_several_lines_is_one_tag_with_an_area_for_each_and_readable_contents() -> None:
    words = "the communiqué of both sides on the further exploration of the seabed and what lies beneath it"
    rendition = made(readout(Paragraph((Link("https://atlantis.example/", (words,)),))))
    (link, *_) = each(tag_tree(rendition.data), "Link")
    assert link == Tag("Link", (("named", f'"{words}"'),) * 2, link.kids)


def test_emphasis_within_a_link_makes_no_second_area() -> None:
    words = Emphasis(("the",)), " communiqué"
    rendition = made(readout(Paragraph((Link("https://atlantis.example/", words),))))
    with opened(rendition) as pdf:
        assert len(pdf.pages[0].Annots) == 1


def test_in_pdf_2_links_and_bookmarks_lead_to_tags() -> None:
    rendition = made(readout(Paragraph((Link("#x", ("see",)),)), Section(heading=("Fish",), id="x")), look=NEWER)
    with opened(rendition) as pdf:
        assert str(pdf.pages[0].Annots[0].A.SD[0].S) == "/Sect"
        first = pdf.Root.Outlines.First
        assert [str(entry.A.SD[0].S) for entry in (first, first.First)] == ["/H1", "/H2"]


def test_the_reading_of_a_word_stands_beside_it() -> None:
    assert heard(Paragraph((Ruby(("黒瀬",), "くろせ"), "大臣"))) == dedent("""\
        P
          Ruby
            RB
              "黒瀬"
            RP
              "（"
            RT
              "くろせ"
            RP
              "）"
          "大臣"
        """)


def test_words_and_blocks_in_another_language_say_so() -> None:
    assert heard(
        Paragraph(("They said ", Span(("merci",), lang="fr"), ".")), Quote((paragraph("Oui."),), lang="fr")
    ) == (
        dedent("""\
        P
          "They said "
          Span lang "fr"
            "merci"
          "."
        BlockQuote lang "fr"
          P
            "Oui."
        """)
    )


def test_headings_deeper_than_six_have_their_level_in_pdf_2() -> None:
    deep: Block = paragraph("the deepest words")
    for level in range(8, 1, -1):
        deep = Section(heading=(f"level {level}",), body=(deep,))
    assert "H8\n" in heard(deep, look=NEWER)
    assert "H7" not in heard(deep)


def test_what_pdf_1_7_does_not_know_is_explained_to_it() -> None:
    with opened(made(readout(*NOTED))) as pdf:
        assert str(pdf.Root.StructTreeRoot.RoleMap.FENote) == "/Note"
    with opened(made(readout(*NOTED), look=NEWER)) as pdf:
        assert [str(each.NS) for each in pdf.Root.StructTreeRoot.Namespaces] == ["http://iso.org/pdf2/ssn"]


# --- the place where tags are put in


def test_a_document_that_somebody_else_writes_meanwhile_keeps_its_own_tags() -> None:
    weasyprint = load_weasyprint()
    pages = [weasyprint.HTML(string=f"<html lang=en><p>{words}") for words in ("Ours", "Theirs")]
    ours, theirs = (page.render(font_config=_fonts(system=False)) for page in pages)
    with own_tags(weasyprint, ours, pages[0].etree_element, "1.7"):
        assert spoken(tag_tree(theirs.write_pdf(pdf_tags=True))) == ["Theirs"]
        assert spoken(tag_tree(ours.write_pdf(pdf_tags=True, pdf_version="1.7"))) == ["Ours"]


def test_a_style_that_hides_words_is_an_error() -> None:
    page = '<!DOCTYPE html><html lang="en"><title>Talks</title><body><p>Fish</p></body></html>'
    with pytest.raises(EmitError) as refused:
        lay_out(page, "p { display: none }", {}, DocumentInfo("Talks", "en", b"0" * 16), profile=PROFILES["ua1+a2a"])
    assert "the PDF draws 'nothing' where 'Fish' is written" in str(refused.value)


# --- every word of any readout


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=25, deadline=None, phases=[Phase.generate])  # to find the smallest example takes minutes
@given(readouts())
def test_a_listener_hears_every_word_of_a_readout_in_its_order(profile: str, meeting: Readout) -> None:
    tree = tag_tree(emit(meeting, ALBUM, "pdf", RenderOptions(pdf=profile)).data)
    assert heard_words(tree) == printed_words(meeting)

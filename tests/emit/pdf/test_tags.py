"""The structure tree of a PDF, read from the file, in PDF 1.7 and PDF 2.0."""

from __future__ import annotations

from textwrap import dedent

import msgspec
import pikepdf
import pytest
from hypothesis import Phase, given, settings

from readout_pub.emit import RenderOptions, emit
from readout_pub.emit.pdf.layout import PageStyle, lay_out
from readout_pub.emit.pdf.metadata import DocumentInfo
from readout_pub.emit.pdf.profiles import PROFILES
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
    Formula,
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
    Strong,
    Struck,
    Table,
)
from readout_pub.receipts import prove_rendition
from readout_pub.styles import design
from tests.expected_words import words_of_readout, words_of_tags
from tests.model_strategies import IMAGES, readouts
from tests.pdfs import make_pdf, open_pdf, paragraph, photo, readout, words
from tests.tagtree import Tag, artifacts, tag_tree, tags_of_role, text_lines, tree_text

PDF_2 = RenderOptions(pdf="ua2")

LONG = " ".join(f"The {n}th item of the agenda was settled." for n in range(1, 200))


def tagged(*body: Block, images: ImageStore | None = None, render_options: RenderOptions | None = None) -> str:
    """Return the tags between the title and the colophon as indented text."""
    tree = tag_tree(make_pdf(readout(*body), images, render_options).data)
    return "".join(map(tree_text, (kid for kid in tree.kids[1:-1] if isinstance(kid, Tag))))


# --- lists


def test_a_label_has_its_own_tag_and_lists_nest_in_items() -> None:
    fish = Item((paragraph("Fish"), BulletList((Item((paragraph("herring"),)),))), "(1)")
    assert tagged(OrderedList((fish, Item((paragraph("Salt"),), "(2)")))) == dedent("""\
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


def test_an_item_without_content_has_only_its_bullet() -> None:
    assert tagged(BulletList((Item(()), Item((paragraph("Fish"),))))) == dedent("""\
        L ListNumbering Disc
          LI
            Lbl
              "• "
          LI
            Lbl
              "• "
            LBody
              P
                "Fish"
        """)


def test_struck_text_has_a_tag_that_says_so() -> None:
    assert tagged(Paragraph(children=("They will ", Struck(("not ",)), "meet."))) == dedent("""\
        P
          "They will "
          Span TextDecorationType LineThrough
            "not "
          "meet."
        """)


def test_a_heading_within_an_item_keeps_its_own_label() -> None:
    section = Section(label="a.", heading=("Nets",), body=(paragraph("They tore."),))
    assert tagged(BulletList((Item((section,)),))) == dedent("""\
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
    assert tagged(DescriptionList((entry,)), render_options=PDF_2) == dedent("""\
        L ListNumbering Description
          LI
            Lbl
              "Date"
            Lbl
              "Day"
            LBody
              "May 1"
        """)


# --- text on several lines and pages


@pytest.mark.slow
def test_a_paragraph_on_two_pages_is_one_tag_with_all_its_spaces() -> None:
    rendition = make_pdf(readout(paragraph(LONG)))
    with open_pdf(rendition) as pdf:
        assert len(pdf.pages) > 1
    long = next(tags_of_role(tag_tree(rendition.data), "P"))
    assert "".join(map(str, long.kids)) == LONG


def test_a_word_too_long_for_its_line_is_broken_without_a_space() -> None:
    word = "x" * 300
    assert f'"{word}"' in tagged(paragraph(word))


@pytest.mark.slow
def test_the_space_between_two_elements_is_kept() -> None:
    assert text_lines(tag_tree(make_pdf(readout(Paragraph((Emphasis(("Both",)), " ", Emphasis(("sides",)))))).data))[
        1
    ] == ("Both sides")


def test_a_line_break_separates_two_words() -> None:
    assert '"Harbour Street Atlantis"' in tagged(Paragraph(("Harbour Street", LineBreak(), "Atlantis")))


def test_a_hyphen_drawn_at_a_line_break_is_not_in_the_text() -> None:
    words = "harbour\u00admasters " * 40
    assert "‐" not in tagged(paragraph(words))
    assert text_lines(tag_tree(make_pdf(readout(paragraph(words))).data))[1].replace("\u00ad", "").split() == (
        ["harbourmasters"] * 40
    )


def test_a_character_that_shares_its_glyph_with_another_is_read_as_itself() -> None:
    assert '"10 km, non‑stop"' in tagged(paragraph("10 km, non‑stop")).replace("\u00a0", " ")
    assert "Ω" in tagged(paragraph("The letter Ω and the unit Ω"))


def test_a_right_to_left_paragraph_is_read_in_its_order() -> None:
    right_to_left = Paragraph(("(1) The talks [of May] were ", Emphasis(("long",)), "."), dir="rtl")
    assert text_lines(tag_tree(make_pdf(readout(right_to_left, paragraph("(2) [sic]"))).data))[1:3] == [
        "(1) The talks [of May] were long.",
        "(2) [sic]",
    ]


HEBREW = "ב-7 במאי נפגשו שר החוץ של למוריה (Lemuria) ושרת החוץ של אטלנטיס, וסיכמו על 3 נקודות: מסחר, דיג ותרבות."


@pytest.mark.slow
def test_hebrew_and_arabic_are_read_in_order_across_lines_and_elements() -> None:
    body = (
        Paragraph((HEBREW, LineBreak(), "Lemuria")),
        Paragraph(("שלום ", Emphasis(("רב",)), " לכולם")),
        Paragraph(("They said: ", Span(("السلام عليكم",), "ar", "rtl"), ", and went.")),
        BulletList((Item((paragraph("מלח"),), "א."),)),
    )
    assert text_lines(tag_tree(make_pdf(readout(*body, language="he")).data))[1:6] == [
        f"{HEBREW} Lemuria",
        "שלום רב לכולם",
        "They said: السلام عليكم, and went.",
        "א.",
        "מלח",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["plain", "large-print"])
def test_scripts_that_are_drawn_by_syllable_are_read_as_written(theme: str) -> None:
    meeting = readout(*(paragraph(f"Lamps of the harbour, number {n}, were lit on Friday.") for n in range(40)))
    talks = (paragraph("Read this in Urdu, हिन्दी , বাংলা, ไทย กำหนด and မြန်မာ."),)
    meeting = msgspec.structs.replace(meeting, body=(*meeting.body, *talks))
    tree = tag_tree(make_pdf(meeting, render_options=RenderOptions(theme=theme)).data)
    assert words_of_tags(tree) == words_of_readout(meeting)


def test_mirrored_brackets_of_both_directions_are_read_as_written() -> None:
    assert (
        text_lines(tag_tree(make_pdf(readout(Paragraph(("שלום (א) ", Emphasis(("(Note 1)",)))))).data))[1]
        == "שלום (א) (Note 1)"
    )


@pytest.mark.parametrize("end", ["i. (2)", ".i", "”2031. |Ж99+", "Lemuria."])
def test_punctuation_beside_hebrew_is_read_in_its_order(end: str) -> None:
    title = ("שני השרים נפגשו", Strong((end,)))
    meeting = msgspec.structs.replace(readout(paragraph("They met.")), title=title)
    receipt = prove_rendition(meeting, ImageStore(), make_pdf(meeting), RenderOptions())
    assert receipt.differences == ()


@pytest.mark.slow
def test_hebrew_is_copied_in_its_order() -> None:
    assert "שרי החוץ נפגשו, ונתנו ידיים." in words(
        make_pdf(readout(paragraph("שרי החוץ נפגשו, ונתנו ידיים."), language="he"))
    )


@pytest.mark.slow
def test_running_headers_and_page_numbers_are_artifacts() -> None:
    rendition = make_pdf(readout(paragraph(LONG), title="Talks on Fish"))
    with open_pdf(rendition) as pdf:
        pages = len(pdf.pages)
    assert artifacts(rendition.data).count("Talks on Fish") == pages - 1
    assert f"{pages} / {pages}" in artifacts(rendition.data)
    assert text_lines(tag_tree(rendition.data)).count("Talks on Fish") == 1


# --- tables


@pytest.mark.slow
def test_a_repeated_table_header_is_tagged_once() -> None:
    head = (Row((Cell((paragraph("Goods"),), header=True, scope="col"),)),)
    table = Table(head=head, body=tuple(Row((Cell((paragraph(f"crate {n}"),)),)) for n in range(80)))
    rendition = make_pdf(readout(table))
    assert text_lines(tag_tree(rendition.data))[1:3] == ["Goods", "crate 0"]
    assert "Goods" in artifacts(rendition.data)
    assert len(list(tags_of_role(tag_tree(rendition.data), "Table"))) == 1


@pytest.mark.slow
def test_a_row_on_two_pages_is_read_cell_by_cell() -> None:
    left, right = LONG, LONG.upper()
    table = Table(body=(Row((Cell((paragraph(left),)), Cell((paragraph(right),)))),))
    assert text_lines(tag_tree(make_pdf(readout(table)).data))[1:3] == [left, right]


def test_header_cells_have_a_scope_and_cells_name_spanning_headers() -> None:
    ship, crates = Cell((paragraph("Ship"),), header=True), Cell((paragraph("Crates"),), header=True, colspan=2)
    nereid = Cell((paragraph("Nereid"),), header=True, scope="row")
    head, row = Row((ship, crates)), Row((nereid, Cell((paragraph("40"),)), Cell((paragraph("41"),))))
    assert tagged(Table(head=(head,), body=(row,), caption=("Cargo",))) == dedent("""\
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


def test_a_photo_is_a_figure_with_alternative_text_and_caption() -> None:
    images = ImageStore()
    figure = Figure(photos=(photo(images, "Two ministers"),), caption=("The talks",), credit=("A. Nereus",))
    assert tagged(figure, images=images) == dedent("""\
        Figure alt "Two ministers"
          Caption
            P
              "The talks"
            P
              "A. Nereus"
        """)


def test_several_photos_are_figures_in_a_section_with_their_caption_last() -> None:
    images = ImageStore()
    figure = Figure(photos=(photo(images, "Arrival"), photo(images, "Signing")), caption=("The day",))
    assert tagged(figure, images=images) == dedent("""\
        Sect
          Figure alt "Arrival"
          Figure alt "Signing"
          Caption
            P
              "The day"
        """)


def test_a_decorative_photo_has_no_tag() -> None:
    images = ImageStore()
    line = Photo("line.png", Decorative(), photo(images, "").sha256)
    assert tagged(Figure(photos=(line,)), images=images) == ""


def test_the_bbox_of_a_photo_is_in_points_from_the_lower_left() -> None:
    images = ImageStore()
    with open_pdf(make_pdf(readout(Figure(photos=(photo(images, "Two ministers"),))), images)) as pdf:
        dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
        (figure,) = (each for each in dictionaries if each.get("/S") == "/Figure")
        left, bottom, right, top = map(float, figure.A[0].BBox)
        margin = float(design().tokens["--margin-left"].removesuffix("mm")) * 72 / 25.4
        assert left == pytest.approx(margin, abs=0.1)
        assert (right - left) / (top - bottom) == pytest.approx(600 / 400, abs=0.01)
        # A4 is 297 mm high; the margin and the title above the photo take more than 100 points.
        assert 0 < bottom < top < 297 * 72 / 25.4 - 100


# --- notes, links, languages


NOTED = (
    Paragraph(("They agreed", NoteRef("n", ("(Note)",)), ".")),
    Footnotes((Footnote("n", (paragraph("In part."),), "(Note)"),)),
)


def test_a_note_and_its_call_refer_to_each_other() -> None:
    assert tagged(*NOTED) == dedent("""\
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
    assert 'Lbl refers to FENote\n    Link named "(Note)"' in tagged(*NOTED, render_options=PDF_2)


def test_a_link_on_two_lines_is_one_tag_with_two_annotations() -> None:
    words = "the communiqué of both sides on the further exploration of the seabed and what lies beneath it"
    rendition = make_pdf(readout(Paragraph((Link("https://atlantis.example/", (words,)),))))
    (link, *_) = tags_of_role(tag_tree(rendition.data), "Link")
    assert link == Tag("Link", (("named", f'"{words}"'),) * 2, link.kids)


def test_emphasis_in_a_link_adds_no_annotation() -> None:
    words = Emphasis(("the",)), " communiqué"
    rendition = make_pdf(readout(Paragraph((Link("https://atlantis.example/", words),))))
    with open_pdf(rendition) as pdf:
        assert len(pdf.pages[0].Annots) == 1


def test_in_pdf_2_links_and_bookmarks_lead_to_tags() -> None:
    rendition = make_pdf(
        readout(Paragraph((Link("#x", ("see",)),)), Section(heading=("Fish",), id="x")), render_options=PDF_2
    )
    with open_pdf(rendition) as pdf:
        assert str(pdf.pages[0].Annots[0].A.SD[0].S) == "/Sect"
        first = pdf.Root.Outlines.First
        assert [str(entry.A.SD[0].S) for entry in (first, first.First)] == ["/H1", "/H2"]


def test_ruby_text_is_tagged_beside_its_base() -> None:
    assert tagged(Paragraph((Ruby(("黒瀬",), "くろせ"), "大臣"))) == dedent("""\
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


def test_a_formula_has_its_text_as_alternative_text() -> None:
    formula = Formula('<math xmlns="http://www.w3.org/1998/Math/MathML"><msqrt><mi>x</mi></msqrt></math>', "√(x)")
    assert tagged(Paragraph(("The root ", formula, "."))) == dedent("""\
        P
          "The root "
          Formula alt "√(x)"
            "√(x)"
          "."
        """)


def test_words_and_blocks_in_another_language_have_lang() -> None:
    assert tagged(
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


@pytest.mark.slow
def test_headings_below_level_six_keep_their_level_in_pdf_2() -> None:
    deep: Block = paragraph("the deepest words")
    for level in range(8, 1, -1):
        deep = Section(heading=(f"level {level}",), body=(deep,))
    assert "H8\n" in tagged(deep, render_options=PDF_2)
    assert "H7" not in tagged(deep)


@pytest.mark.slow
def test_pdf_1_7_has_a_role_map_and_pdf_2_a_namespace() -> None:
    with open_pdf(make_pdf(readout(*NOTED))) as pdf:
        assert str(pdf.Root.StructTreeRoot.RoleMap.FENote) == "/Note"
    with open_pdf(make_pdf(readout(*NOTED), render_options=PDF_2)) as pdf:
        assert [str(each.NS) for each in pdf.Root.StructTreeRoot.Namespaces] == ["http://iso.org/pdf2/ssn"]


# --- errors


def test_a_style_that_hides_text_is_an_error() -> None:
    page = '<!DOCTYPE html><html lang="en"><title>Talks</title><body><p>Fish</p></body></html>'
    with pytest.raises(EmitError) as refused:
        lay_out(
            page,
            PageStyle("p { display: none }"),
            {},
            DocumentInfo("Talks", "en", b"0" * 16, ""),
            profile=PROFILES["ua1+a2a"],
        )
    assert "the PDF draws nothing where 'Fish' is written" in str(refused.value)


# --- any readout


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=25, deadline=None, phases=[Phase.generate])  # shrinking an example takes minutes
@given(readouts())
def test_the_structure_tree_has_every_word_of_a_readout_in_its_order(profile: str, meeting: Readout) -> None:
    tree = tag_tree(emit(meeting, IMAGES, "pdf", RenderOptions(pdf=profile)).data)
    assert words_of_tags(tree) == words_of_readout(meeting)

"""Blocks as pandoc writes them, shown in Markdown, where structure is visible."""

from __future__ import annotations

import io
import re
import zipfile
from textwrap import dedent

import pytest

from readout_pub.emit import RenderOptions, emit
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Cell,
    Code,
    Decorative,
    Described,
    Description,
    DescriptionList,
    Emphasis,
    Figure,
    Footnote,
    Footnotes,
    Formula,
    Inline,
    Item,
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
    Span,
    Strong,
    Sub,
    Sup,
    Table,
)
from readout_pub.receipts import prove_rendition

GIF = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")
"""The smallest picture: one pixel."""


def paragraph(*inlines: Inline) -> Paragraph:
    return Paragraph(children=inlines)


def item(text: str, label: str | None = None) -> Item:
    return Item((paragraph(text),), label)


def cell(text: str, *, header: bool = False) -> Cell:
    return Cell((paragraph(text),), header=header)


def markdown(*body: Block, images: ImageStore | None = None) -> str:
    """Write a readout and return the text between its title and its colophon."""
    readout = Readout(language="en", title=("Talks",), body=body, origin=Origin("talks.html", "00" * 32))
    text = emit(readout, images or ImageStore(), "md").data.decode()
    return text.partition("# Talks\n\n")[2].rpartition(f"\n{'-' * 72}\n")[0]


def test_sections_are_headings_with_labels_down_to_level_five() -> None:
    deep: Block = paragraph("The end.")
    for label in ("(d)", "(c)", "(b)", "(a)", "1."):
        deep = Section(heading=("Part",), label=label, body=(deep,))
    assert markdown(deep) == dedent("""\
        ## 1. Part

        ### (a) Part

        #### (b) Part

        ##### (c) Part

        ##### (d) Part

        The end.
        """)


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("md", "## Part **one Small** ports"),
        ("org", "** Part *one Small* ports"),
        ("asciidoc", "=== Part *one Small* ports"),
    ],
)
def test_a_heading_in_a_text_format_is_one_line(target: str, line: str) -> None:
    heading: tuple[Inline, ...] = ("Part ", Strong(("one", LineBreak(), "Small")), " ports")
    body = (Section(heading=heading, body=(paragraph("They met."),)),)
    readout = Readout(language="en", title=("Talks",), body=body, origin=Origin("talks.html", "00" * 32))
    assert line in emit(readout, ImageStore(), target).data.decode().splitlines()


def test_a_section_without_heading_and_label_is_written_as_its_body() -> None:
    assert markdown(Section(heading=(), body=(paragraph("They met."),))) == "They met.\n"


def test_labels_that_automatic_numbering_reproduces_become_numbers() -> None:
    assert markdown(OrderedList(items=(item("Trade", "3."), item("Fish", "4.")))) == dedent("""\
        3.  Trade
        4.  Fish
        """)


@pytest.mark.parametrize("empty", [(), (Paragraph(children=()),), (Paragraph(children=(" ",)),)])
def test_office_lists_keep_the_labels_of_items_without_text(empty: Blocks) -> None:
    numbered = OrderedList(items=(Item(empty, "1."), item("Fish", "2.")))
    readout = Readout(language="en", title=("Talks",), body=(numbered,), origin=Origin("talks.html", "00" * 32))
    made = emit(readout, ImageStore(), "docx")
    assert prove_rendition(readout, ImageStore(), made, RenderOptions()).is_proven


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (("1.", "3."), ("1\\.", "3\\.")),  # 2 is missing
        (("(1)", "(2)"), ("\\(1\\)", "\\(2\\)")),  # Markdown has no automatic numbers of this form
        (("第1", "第2"), ("第1", "第2")),
    ],
)
def test_other_labels_are_text_before_their_items(labels: tuple[str, str], shown: tuple[str, str]) -> None:
    written = markdown(OrderedList(items=(item("Trade", labels[0]), item("Fish", labels[1]))))
    assert written == f"- {shown[0]} Trade\n- {shown[1]} Fish\n"


def test_labels_of_an_unordered_list_are_always_text() -> None:
    assert markdown(BulletList(items=(item("Trade", "1."), item("Fish", "2.")))) == "- 1\\. Trade\n- 2\\. Fish\n"


def test_the_label_of_an_item_is_in_its_first_paragraph() -> None:
    first = Item((paragraph("Trade"), paragraph("It grows.")), "(1)")
    assert markdown(BulletList(items=(first, item("Fish", "(2)")))) == dedent("""\
        - \\(1\\) Trade

          It grows.

        - \\(2\\) Fish
        """)


def test_a_label_before_a_table_is_a_paragraph() -> None:
    table = Table(head=(Row((cell("Fish", header=True),)),), body=(Row((cell("Cod"),)),))
    assert markdown(BulletList(items=(Item((table,), "(1)"),))) == dedent("""\
        - \\(1\\)

          | Fish |
          |------|
          | Cod  |
        """)


def test_a_paragraph_that_looks_like_a_list_stays_a_paragraph() -> None:
    assert markdown(paragraph("1. May was warm.")) == "1\\. May was warm.\n"


def test_inlines_keep_their_markup_and_ruby_follows_its_base() -> None:
    written = markdown(
        paragraph(
            Emphasis(("one",)),
            " ",
            Strong(("two",)),
            " ",
            Code("three"),
            " H",
            Sub(("2",)),
            "O 1",
            Sup(("st",)),
            LineBreak(),
            Span(("会談",), "ja"),
            " ",
            Ruby(("黒瀬",), "くろせ"),
        )
    )
    assert written == dedent("""\
        *one* **two** `three` H<sub>2</sub>O 1<sup>st</sup>\\
        <span lang="ja">会談</span> 黒瀬（くろせ）
        """)


def test_a_formula_is_its_text_in_markdown_and_math_in_docx() -> None:
    formula = Formula('<math xmlns="http://www.w3.org/1998/Math/MathML"><msqrt><mi>x</mi></msqrt></math>', "√(x)")
    unsafe = Formula(r"<math><semantics><annotation>\input{/etc/passwd}</annotation></semantics></math>", "y")
    body = (paragraph("The root ", formula, " of ", unsafe),)
    assert markdown(*body) == "The root √(x) of y\n"
    readout = Readout(language="en", title=(formula,), body=body, origin=Origin("talks.html", "00" * 32))
    data = emit(readout, ImageStore(), "docx").data
    document = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert document.count("<m:rad>") == 2
    assert "passwd" not in document
    assert "of y" in re.sub("<[^>]*>", "", document)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mathml", "shown"),
    [
        (f"{'<msup><mi>x</mi>' * 8}<mi>y</mi>{'</msup>' * 8}", "math"),
        (f"{'<msup><mi>x</mi>' * 60}<mi>y</mi>{'</msup>' * 60}", "text"),
        (f"<mi>{'x' * 400}</mi>", "math"),
        (f"<mi>{'x' * 400_000}</mi>", "text"),
        ("<mi>x</mi>" * 40_000, "text"),
    ],
    ids=["few exponents", "many exponents", "a long name", "a very long name", "many names"],
)
def test_a_formula_that_would_take_pandoc_too_long_is_text(mathml: str, shown: str) -> None:
    formula = Formula(f'<math xmlns="http://www.w3.org/1998/Math/MathML">{mathml}</math>', "tower")
    readout = Readout(language="en", body=(paragraph("The ", formula),), origin=Origin("talks.html", "00" * 32))
    document = zipfile.ZipFile(io.BytesIO(emit(readout, ImageStore(), "docx").data)).read("word/document.xml").decode()
    assert ("<m:oMath>" in document) is (shown == "math")
    assert ("The tower" in re.sub("<[^>]*>", "", document)) is (shown == "text")


def test_links_go_to_urls_and_anchors_and_unsafe_ones_become_text() -> None:
    written = markdown(
        paragraph(
            Link("https://atlantis.example/a?b=1&c=2", ("the list",)), ", ", Link("#fish", ("below",)), ", ",
            Link("#lost", ("lost",)), ", ", Link("javascript:alert(1)", ("script",)),
        ),
        Section(heading=("Fish",), id="fish"),
        Section(heading=("Trade",), id="trade"),
    )  # fmt: skip  # a link on each line would not be easier to read
    assert written == dedent("""\
        [the list](https://atlantis.example/a?b=1&c=2), [below](#fish), lost, script

        ## <span id="fish">Fish</span>

        ## Trade
        """)


def test_a_linked_table_is_wrapped_in_a_div() -> None:
    table = Table(id="fish", head=(Row((cell("Fish", header=True),)),), body=())
    written = markdown(paragraph(Link("#fish", ("below",))), table)
    assert written == '[below](#fish)\n\n<div id="fish">\n\n| Fish |\n|------|\n\n</div>\n'


def test_a_footnote_keeps_label_and_place_and_its_call_links_to_it() -> None:
    notes = Footnotes(notes=(Footnote("n1", (paragraph("A sea."),), "(Note 1)"),))
    call = NoteRef("n1", ("(Note 1)",))
    assert markdown(paragraph("The Lemur", call, "."), notes, paragraph("The end.")) == dedent("""\
        The Lemur<sup>[(Note 1)](#n1)</sup>.

        <span id="n1"></span>(Note 1) A sea.

        The end.
        """)


def test_a_superscript_call_is_superscript_once() -> None:
    notes = Footnotes(notes=(Footnote("n1", (paragraph("A sea."),), "1"),))
    written = markdown(paragraph("The Lemur", Sup((NoteRef("n1", ("1",)),))), notes)
    assert written.startswith("The Lemur<sup>[1](#n1)</sup>\n")


def test_alternative_text_and_caption_are_separate() -> None:
    images = ImageStore()
    photo = Photo("talks.gif", Described("Two ministers"), images.add(lambda: GIF))
    other = Photo("hall.gif", Described("The hall"), images.add(lambda: GIF))
    figure = Figure(photos=(photo, other), caption=("The talks",), credit=("Photo: Ada",))
    name = f"photos/{photo.sha256 or '':.16}.gif"
    assert markdown(figure, images=images) == dedent(f"""\
        <figure>
        <img src="{name}" alt="Two ministers" /> <img src="{name}" alt="The hall" />
        <figcaption><p>The talks</p>
        <p>Photo: Ada</p></figcaption>
        </figure>
        """)


def test_a_decorative_photo_is_an_image_without_alternative_text() -> None:
    images = ImageStore()
    photo = Photo("line.gif", Decorative(), images.add(lambda: GIF))
    assert markdown(Figure(photos=(photo,)), images=images) == f"![](photos/{photo.sha256 or '':.16}.gif)\n"


def test_a_photo_without_alternative_text_says_that_it_has_none() -> None:
    images = ImageStore()
    figure = Figure(photos=(Photo("talks.gif", sha256=images.add(lambda: GIF)),))
    assert markdown(figure, images=images).startswith("![Photo, no description available](")


def test_a_missing_photo_is_replaced_by_its_texts() -> None:
    figure = Figure(photos=(Photo("lost.gif", Described("Two ministers")),), caption=("The talks",))
    assert markdown(figure) == "**Photo not available** Two ministers\n\nThe talks\n"


def test_a_table_keeps_its_head_its_spans_and_its_row_headers() -> None:
    table = Table(
        caption=("Fish",),
        head=(Row((cell("Year", header=True), Cell((paragraph("Catch"),), header=True, colspan=2))),),
        body=(Row((Cell((paragraph("2030"),), header=True, scope="row"), cell("1"), cell("2"))),),
    )
    assert markdown(table) == dedent("""\
        <table>
        <caption>Fish</caption>
        <thead>
        <tr>
        <th>Year</th>
        <th colspan="2">Catch</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <th><strong>2030</strong></th>
        <td>1</td>
        <td>2</td>
        </tr>
        </tbody>
        </table>
        """)


def test_the_other_blocks_keep_their_kind() -> None:
    written = markdown(
        Quote(body=(paragraph("We agree."),)),
        Preformatted(text="a\n  b"),
        Rule(),
        DescriptionList(entries=(Description((("Place",), ("Hall",)), (paragraph("Poseidonis"),)),)),
        Paragraph(children=("会談",), lang="ja"),
    )
    assert written == dedent("""\
        > We agree.

        ``` text
        a
          b
        ```

        ------------------------------------------------------------------------

        Place\x20\x20

        Hall\x20\x20
        Poseidonis

        <div lang="ja">

        会談

        </div>
        """)


@pytest.mark.parametrize("target", ["docx", "odt", "md"])
def test_an_empty_list_is_written_as_nothing(target: str) -> None:
    readout = Readout(language="en", body=(BulletList(items=()), Paragraph(("Fish",))), origin=Origin("a", "00" * 32))
    receipt = prove_rendition(readout, ImageStore(), emit(readout, ImageStore(), target), RenderOptions())
    assert receipt.is_proven
    assert "label" not in {part.what for part in receipt.added}

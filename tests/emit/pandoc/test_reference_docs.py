"""What DOCX and ODT files contain: all words in order, each label once, styles and accessibility metadata."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from itertools import chain

import pytest
from bs4 import BeautifulSoup, Tag

from benchmarks.readback import read_back
from readout_pub.emit import RenderOptions, emit
from readout_pub.emit.pandoc.office_tokens import office_tokens
from readout_pub.errors import UsageError
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    BulletList,
    Cell,
    Decorative,
    Described,
    Direction,
    Figure,
    Footnote,
    Footnotes,
    Item,
    Licence,
    Link,
    NoteRef,
    OrderedList,
    Origin,
    Paragraph,
    Photo,
    Quote,
    Readout,
    Row,
    Rule,
    Section,
    Span,
    Table,
    Undecided,
)
from readout_pub.styles import design
from tests.pages import jpeg

ORIGIN = Origin(
    "talks.html", "00" * 32, "https://atlantis.example/talks.html", publisher="Ministry of Atlantis",
    licence=Licence("Open Atlantis", credit="Source: Atlantis[, {url}]"),
)  # fmt: skip


def paragraph(text: str) -> Paragraph:
    return Paragraph(children=(text,))


def item(text: str, label: str | None = None) -> Item:
    return Item((paragraph(text),), label)


def cell(text: str, *, header: bool = False) -> Cell:
    return Cell((paragraph(text),), header=header)


FISH = Table(
    caption=("Catch",),
    head=(Row((cell("Year", header=True), cell("Tons", header=True))),),
    body=(Row((cell("2030", header=True), cell("7"))),),
)


def readout(images: ImageStore, language: str = "en") -> Readout:
    photo = Photo("talks.jpg", Described("Two ministers"), images.add(lambda: jpeg(1500, 1000)))
    return Readout(
        language=language,
        series="Atlantis–Lemuria Relations",
        title=("Talks",),
        issued=dt.date(2031, 5, 1),
        issued_text="May 1, 2031",
        byline="Press Office",
        undecided=(Undecided("Minister Ada shaking hands"),),
        body=(
            Paragraph(children=("They met", NoteRef("n1", ("(Note 1)",)), ".")),
            Figure(photos=(photo,), caption=("The talks",), credit=("Photo: Ada",)),
            Section(heading=("Fish",), label="1.", body=(paragraph("Fish was discussed."),)),
            OrderedList(items=(item("Cod", "(1)"), item("Eel", "(2)"))),
            OrderedList(items=(item("Trade", "第1"), item("Peace", "第2"))),
            BulletList(items=(Item((paragraph("Catch"), FISH)),)),
            Footnotes(notes=(Footnote("n1", (paragraph("In the hall."),), "(Note 1)"),)),
        ),
        origin=ORIGIN,
    )


WORDS = (
    "Ministry of Atlantis",
    "Atlantis–Lemuria Relations",
    "Talks",
    "May 1, 2031",
    "Press Office",
    "Minister Ada shaking hands",
    "They met(Note 1).",
    "The talks",
    "Photo: Ada",
    "1. Fish",
    "Fish was discussed.",
    "(1) Cod",
    "(2) Eel",
    "第1 Trade",
    "第2 Peace",
    "Catch",
    "Catch",
    "Year",
    "Tons",
    "2030",
    "7",
    "(Note 1) In the hall.",
    "Source: Atlantis, https://atlantis.example/talks.html Unknown: date of retrieval Licence: Open Atlantis",
    "Converted by readout-pub; wording unchanged. To verify this file: readout-pub verify",
)


@cache  # running pandoc takes long, and many tests read the same file
def package(target: str, language: str, theme: str) -> bytes:
    """Return the readout as a file of a format."""
    images = ImageStore()
    return emit(readout(images, language), images, target, RenderOptions(theme=theme)).data


def part(target: str, name: str, *, language: str = "en", theme: str = "plain") -> Tag:
    """Parse one part of the readout's file."""
    with zipfile.ZipFile(BytesIO(package(target, language, theme))) as parts:
        return BeautifulSoup(parts.read(name), "lxml-xml")


def find_only(tag: Tag, name: str, **attributes: str) -> Tag:
    """Return the element of this name and these attributes; there must be exactly one."""
    (found,) = tag.find_all(name, attrs={**attributes})
    assert isinstance(found, Tag)
    return found


def find_style(tag: Tag, name: str) -> Tag:
    """Return the style with this id (DOCX) or name (ODT)."""
    return find_only(tag, "style", **({"w:styleId": name} if tag.find("w:styles") else {"style:name": name}))


@pytest.mark.slow
def test_docx_has_all_words_in_order_and_each_label_once() -> None:
    images = ImageStore()
    assert read_back("docx", emit(readout(images), images, "docx").data) == WORDS


def test_odt_has_all_words_in_order() -> None:
    content = part("odt", "content.xml")
    find_only(content, "frame").extract()
    for line_break in content.find_all(["line-break", "tab"]):
        line_break.replace_with(" ")
    lines = [line.get_text() for line in content.find_all(["p", "h"])]
    # ODT numbers this list itself, so its labels are not in the text.
    counted = [line.removeprefix("(1) ") if "Cod" in line else line.removeprefix("(2) ") for line in WORDS]
    assert [line for line in lines if line] == counted


def test_odt_numbers_a_list_with_consecutive_labels_automatically() -> None:
    content = part("odt", "content.xml")
    name = next(found["text:style-name"] for found in content.find_all("list") if "Cod" in found.get_text())
    level = find_only(
        find_only(content, "list-style", **{"style:name": str(name)}), "list-level-style-number", **{"text:level": "1"}
    )
    assert (level["style:num-prefix"], level["style:num-format"], level["style:num-suffix"]) == ("(", "1", ")")


def test_odt_puts_a_table_of_an_item_outside_the_list() -> None:
    table = find_only(part("odt", "content.xml"), "table")
    assert table.find_parent("list") is None


def test_odt_keeps_a_link_target_inside_a_list() -> None:
    images = ImageStore()
    quote = Quote(body=(paragraph("We agree."),), id="words")
    link = Paragraph(children=(Link("#words", ("their words",)),))
    linked = Readout(language="en", body=(BulletList(items=(Item((quote,)),)), link), origin=ORIGIN)
    with zipfile.ZipFile(BytesIO(emit(linked, images, "odt").data)) as package:
        content = BeautifulSoup(package.read("content.xml"), "lxml-xml")
    assert content.find("section") is None
    assert find_only(content, "bookmark")["text:name"] == "words"


@pytest.mark.slow
@pytest.mark.parametrize(("target", "place"), [("docx", "docProps/core.xml"), ("odt", "meta.xml")])
def test_the_file_properties_have_the_title_publisher_language_and_date(
    target: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    meta = part(target, place, language="ja")
    assert find_only(meta, "title").get_text() == "Talks"
    assert find_only(meta, "creator").get_text() == "Ministry of Atlantis"
    assert find_only(meta, "language").get_text() == "ja"
    day = meta.find(["created", "creation-date"])
    assert day is not None
    assert day.get_text() == "2031-05-01T00:00:00Z"


def test_docx_gives_a_photo_an_alternative_text_and_no_title() -> None:
    drawing = find_only(part("docx", "word/document.xml"), "docPr")
    assert (drawing["descr"], drawing["title"]) == ("Two ministers", "")


def test_odt_has_the_alternative_text_for_screen_readers() -> None:
    assert find_only(find_only(part("odt", "content.xml"), "frame"), "title").get_text() == "Two ministers"


def test_a_large_photo_has_two_thirds_of_the_text_width_in_odt() -> None:
    frame = find_only(part("odt", "content.xml"), "frame")
    width, height = (float(str(frame[f"svg:{side}"]).removesuffix("pt")) for side in ("width", "height"))
    measure = office_tokens(RenderOptions(), "en").points("--measure")
    assert width == pytest.approx(measure * 2 / 3, rel=0.01)
    assert width / height == pytest.approx(1.5, rel=0.01)


def test_a_large_photo_fits_the_page_of_docx() -> None:
    document = part("docx", "word/document.xml")
    page, margins = find_only(document, "pgSz"), find_only(document, "pgMar")
    twips = int(str(page["w:w"])) - int(str(margins["w:left"])) - int(str(margins["w:right"]))
    assert int(str(find_only(document, "extent")["cx"])) <= twips * 635  # a twip has 635 English Metric Units


def test_docx_repeats_the_header_row_on_each_page() -> None:
    rows = find_only(part("docx", "word/document.xml"), "tbl").find_all("tr")
    assert [row.find("tblHeader") is not None for row in rows] == [True, False]


def test_odt_repeats_the_header_row_on_each_page() -> None:
    assert find_only(part("odt", "content.xml"), "table-header-rows").get_text(" ", strip=True) == "Year Tons"


@pytest.mark.parametrize(
    ("target", "place", "size"),
    [("docx", "word/styles.xml", "39"), ("odt", "styles.xml", "19.69pt")],
)
def test_the_title_has_the_font_size_of_the_design_tokens(target: str, place: str, size: str) -> None:
    style = find_style(part(target, place), "Title")
    values = {str(value) for tag in style.find_all() for value in tag.attrs.values()}
    assert size in values  # 1.875 times 10.5 points; in DOCX, half-points


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "place", "heading", "colour"),
    [("docx", "word/styles.xml", "Heading1", "0b2f5b"), ("odt", "styles.xml", "Heading", "#0b2f5b")],
)
def test_title_and_headings_have_the_colour_of_the_theme(target: str, place: str, heading: str, colour: str) -> None:
    styles = part(target, place, theme="ministry")
    for name in ("Title", heading):
        values = {str(value) for tag in find_style(styles, name).find_all() for value in tag.attrs.values()}
        assert colour in values


@pytest.mark.parametrize("theme", ["plain", "ministry"])
def test_a_line_is_above_the_masthead_only_if_the_theme_draws_it(theme: str) -> None:
    has_line = theme == "plain"
    assert ("border-block-start: 0.2rem solid" in design(theme).style_sheet("pdf")) is has_line
    borders = part("docx", "word/document.xml", theme=theme).select("pBdr > top")
    assert {border["w:val"] for border in borders} == {"single" if has_line else "nil"}
    (first,) = part("odt", "content.xml", theme=theme).find_all("style", attrs={"style:name": "First_Publisher"})
    assert ('border-top="2pt solid' in str(first)) is has_line


@pytest.mark.parametrize(
    ("target", "style", "line"), [("docx", "HorizontalRule", "c4c9cf"), ("odt", "Horizontal_20_Line", "#c4c9cf")]
)
def test_rules_are_borders_in_the_themes_colour_and_no_drawings(target: str, style: str, line: str) -> None:
    body = (paragraph("They met."), Rule(), Quote((Rule(),)), BulletList((Item((paragraph("Fish"), Rule())),)))
    content, styles = {"docx": ("word/document.xml", "word/styles.xml"), "odt": ("content.xml", "styles.xml")}[target]
    document = part_with_body(target, content, *body)
    assert document.find_all(["pict", "rect"]) == []
    assert str(document).count(f'"{style}"') == 3
    assert line in str(find_style(part(target, styles), style))


@pytest.mark.slow
@pytest.mark.parametrize(("target", "place"), [("docx", "word/styles.xml"), ("odt", "styles.xml")])
def test_a_theme_changes_the_styles(target: str, place: str) -> None:
    assert part(target, place) != part(target, place, theme="large-print")


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no theme 'loud'"):
        part("docx", "word/styles.xml", theme="loud")


def test_docx_is_right_to_left_if_its_language_is() -> None:
    document = part("docx", "word/document.xml", language="ar")
    front = document.find_all("p")[:4]
    assert [line.find("bidi") is not None for line in front] == [True] * 4


@pytest.mark.slow
def test_odt_is_right_to_left_if_its_language_is() -> None:
    styles = part("odt", "styles.xml", language="ar")
    assert {str(tag["style:writing-mode"]) for tag in styles.find_all(["page-layout-properties"])} == {"rl-tb"}
    properties = find_only(find_style(styles, "Standard"), "paragraph-properties")
    assert (properties["fo:text-align"], properties["style:writing-mode"]) == ("right", "rl-tb")


@pytest.mark.slow
@pytest.mark.parametrize(("language", "side", "other"), [("en", "left", "right"), ("ar", "right", "left")])
def test_the_bar_beside_a_quotation_is_where_its_lines_begin(language: str, side: str, other: str) -> None:
    odt = find_only(find_style(part("odt", "styles.xml", language=language), "Quotations"), "paragraph-properties")
    assert (f"fo:border-{side}" in odt.attrs, f"fo:border-{other}" in odt.attrs) == (True, False)
    docx = find_only(part("docx", "word/styles.xml", language=language), "style", **{"w:styleId": "BlockText"})
    borders = find_only(docx, "pBdr")
    assert [bool(borders.find_all(each)) for each in (side, other)] == [True, False]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "asian", "complex_"), [("ja", "ja", "zxx"), ("th", "zxx", "th")])
def test_odt_declares_its_language_for_its_script(language: str, asian: str, complex_: str) -> None:
    styles = part("odt", "styles.xml", language=language)
    text = find_only(find_only(styles, "default-style", **{"style:family": "paragraph"}), "text-properties")
    found = (text["fo:language"], text["style:language-asian"], text["style:language-complex"])
    assert found == (language, asian, complex_)


PROGRAM = """\
import sys
from readout_pub.image_store import ImageStore
from readout_pub.emit import emit
from readout_pub.model import Origin, Readout
readout = Readout(language="en", title=("Talks",), body=(), origin=Origin("talks.html", "00" * 32))
sys.stdout.buffer.write(emit(readout, ImageStore(), sys.argv[1]).data)
"""


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "odt", "epub3"])
def test_two_processes_make_the_same_bytes(target: str) -> None:
    command = [sys.executable, "-c", PROGRAM, target]
    first, second = (subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2))
    assert first == second
    assert zipfile.is_zipfile(BytesIO(first))


# --- what pandoc does not write itself


def part_with_body(target: str, name: str, *body: Block, language: str = "en", images: ImageStore | None = None) -> Tag:
    """Write a readout with this body and parse one part of the file."""
    readout = Readout(language=language, title=("Talks",), body=body, origin=ORIGIN)
    with zipfile.ZipFile(BytesIO(emit(readout, images or ImageStore(), target).data)) as package:
        return BeautifulSoup(package.read(name), "lxml-xml")


PASSAGES = (
    Paragraph((Span(("bonjour",), lang="fr"),)),
    Paragraph((Span(("会談",), lang="ja"),)),
    Paragraph(("שלום",), lang="he", dir="rtl"),
    Paragraph((Span(("การประชุม",), lang="th"),)),
)


def test_docx_declares_the_language_of_a_passage_for_its_script() -> None:
    found = part_with_body("docx", "word/document.xml", *PASSAGES).find_all("lang")
    assert [dict(tag.attrs) for tag in found] == [
        {"w:val": "fr"},
        {"w:val": "ja", "w:eastAsia": "ja"},
        {"w:val": "he", "w:bidi": "he"},
        {"w:val": "th", "w:bidi": "th"},
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "other", "mode"), [("en", "he", "rl-tb"), ("he", "en", "lr-tb")])
def test_odt_paragraphs_in_the_other_direction_declare_their_direction(language: str, other: str, mode: str) -> None:
    words = {"en": "Ships sail.", "he": "ספינות מפליגות."}
    span = Span((words[other],), lang=other)
    passage = Quote((Paragraph((words[other],)),), lang=other)
    body = (Paragraph((words[language],)), Paragraph((span, " (2031)")), Paragraph((words[language], span)), passage)
    content = part_with_body("odt", "content.xml", *body, language=language)
    found = [str(text["text:style-name"]) for text in content.find_all("p") if "." in text.get_text()][:4]
    modes = {
        str(style["style:name"]): (
            find_only(style, "paragraph-properties")["style:writing-mode"],
            style["style:parent-style-name"],
        )
        for style in content.find_all("style", {"style:name": re.compile("^Turned")})
    }
    assert [modes.get(name) for name in found] == [
        None,
        (mode, "Text_20_body"),
        None,
        (mode, "Turned_20_Quotations"),
    ]


@pytest.mark.parametrize(("direction", "style"), [("rtl", "TurnedBlockText"), (None, "BlockText")])
def test_a_docx_quotation_has_the_style_of_its_direction(direction: Direction | None, style: str) -> None:
    body = part_with_body("docx", "word/document.xml", Quote((Paragraph(("שלום",)),), dir=direction))
    assert [str(each["w:val"]) for each in body.find_all("pStyle") if "BlockText" in str(each["w:val"])] == [style]


def test_odt_declares_the_language_of_a_passage_for_its_script() -> None:
    found = part_with_body("odt", "content.xml", *PASSAGES).find_all(None, {"fo:language": True})
    assert [
        (tag["fo:language"], tag.get("style:language-asian"), tag.get("style:language-complex")) for tag in found
    ] == [
        ("fr", None, None),
        ("ja", "ja", None),
        ("he", None, "he"),
        ("th", None, "th"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "script"), [("fr", "w:val"), ("zh-Hant", "w:eastAsia"), ("he", "w:bidi"), ("ne", "w:bidi")]
)
def test_docx_declares_its_language_for_its_script(language: str, script: str) -> None:
    assert find_only(part_with_body("docx", "word/styles.xml", language=language), "lang")[script] == language


def decorated(target: str, name: str) -> Tag:
    """Write a readout with a described photo and a decorative one, and parse one part of the file."""
    images = ImageStore()
    digest = images.add(lambda: jpeg(300, 200))
    shown = (
        Photo("a.jpg", Described("Two"), digest, width=300, height=200),
        Photo("b.jpg", Decorative(), digest, width=300, height=200),
    )
    return part_with_body(target, name, *(Figure(photos=(photo,)) for photo in shown), images=images)


def test_docx_marks_a_decorative_photo_as_decorative() -> None:
    pictures = decorated("docx", "word/document.xml").find_all("docPr")
    assert [picture.find("decorative", attrs={"val": "1"}) is not None for picture in pictures] == [False, True]


@pytest.mark.slow
def test_odt_marks_a_decorative_photo_as_decorative() -> None:
    frames = decorated("odt", "content.xml").find_all("frame")
    assert [frame.get("draw:style-name") for frame in frames] == [None, "Decorative"]
    style = find_style(decorated("odt", "styles.xml"), "Decorative")
    assert find_only(style, "graphic-properties")["loext:decorative"] == "true"


def headed(*, column: bool, row: bool) -> Table:
    """Return a table; its first column has headers if `column` is set, its first row if `row` is set."""
    head = (
        Row(
            (Cell((paragraph("Good"),), header=True, scope="col"), Cell((paragraph("Tons"),), header=True, scope="col"))
        ),
    )
    first = Cell((paragraph("Salt"),), header=column, scope="row" if column else None)
    return Table(head=head if row else (), body=(Row((first, Cell((paragraph("3"),)))),))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "row", "look"), [(True, True, "00A0"), (True, False, "0080"), (False, True, "0020")]
)
def test_docx_marks_which_headers_a_table_has(column: bool, row: bool, look: str) -> None:  # noqa: FBT001
    said = find_only(part_with_body("docx", "word/document.xml", headed(column=column, row=row)), "tblLook")
    assert (said["w:firstColumn"], said["w:firstRow"], said["w:val"]) == (str(int(column)), str(int(row)), look)


@pytest.mark.slow
def test_each_docx_page_has_its_number() -> None:
    references = part_with_body("docx", "word/document.xml").find_all("footerReference")
    assert [(each["w:type"], each["r:id"]) for each in references] == [("default", "footer"), ("first", "footer")]
    relation = find_only(part_with_body("docx", "word/_rels/document.xml.rels"), "Relationship", Id="footer")
    assert relation["Target"] == "footer1.xml"
    fields = part_with_body("docx", "word/footer1.xml").find_all("fldSimple")
    assert [field["w:instr"] for field in fields] == ["PAGE", "NUMPAGES"]
    parts = part_with_body("docx", "[Content_Types].xml").find_all("Override", attrs={"PartName": "/word/footer1.xml"})
    assert len(parts) == 1


def test_each_odt_page_has_its_number() -> None:
    pages = part_with_body("odt", "styles.xml").find_all("master-page")
    assert [page["style:name"] for page in pages] == ["Standard", "Landscape", "Upright"]
    footers = [page.find_all(["footer", "footer-first"]) for page in pages]
    assert list(map(len, footers)) == [2, 1, 1]  # Standard has a footer of its own on the first page
    assert all(footer.find("page-number") for footer in chain(*footers))


STYLED = {
    "docx": ("word/document.xml", "w:val", "Heading{}"),
    "odt": ("content.xml", "text:style-name", "Heading_20_{}"),
}


@pytest.mark.slow
@pytest.mark.parametrize("target", STYLED)
def test_headings_have_the_style_of_their_level(target: str) -> None:
    place, name, style = STYLED[target]
    deep = Section(heading=("Trade",), body=(Section(heading=("Fish",), body=(paragraph("Herring"),)),))
    document = part_with_body(target, place, deep)
    assert [len(document.find_all(None, {name: style.format(level)})) for level in (1, 2, 3)] == [1, 1, 0]

"""What this program changes in the DOCX files of pandoc: labels, lists, tables, photos, fonts, running heads."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from lxml import etree
from PIL import Image

from readout_pub.emit import RenderOptions, emit
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    BulletList,
    Cell,
    Described,
    Figure,
    Footnote,
    Footnotes,
    Item,
    OrderedList,
    Origin,
    Paragraph,
    Photo,
    Readout,
    Row,
    Section,
    Table,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def paragraph(text: str) -> Paragraph:
    return Paragraph(children=(text,))


def docx(
    *body: Block, images: ImageStore | None = None, language: str = "en", title: str = "Talks", theme: str = "plain"
) -> zipfile.ZipFile:
    """Write a readout with this body and open its package."""
    readout = Readout(
        language=language,
        title=(title,),
        issued=dt.date(2031, 5, 1),
        issued_text="May 1, 2031",
        body=body,
        origin=Origin("talks.html", "00" * 32),
    )
    return zipfile.ZipFile(io.BytesIO(emit(readout, images or ImageStore(), "docx", RenderOptions(theme=theme)).data))


def part(package: zipfile.ZipFile, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(package.read(name))


def text(element: etree._Element) -> str:
    """Return the text of a paragraph or cell, with tabs."""
    pieces = element.iter(f"{W}t", f"{W}tab")
    return "".join((each.text or "") if each.tag == f"{W}t" else "\t" for each in pieces)


def value(element: etree._Element, path: str) -> str | None:
    """Return `w:val` of the element at a path such as "pPr/pStyle"."""
    found = element.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def paragraph_of(package: zipfile.ZipFile, words: str) -> etree._Element:
    """Return the paragraph that contains `words`."""
    (found,) = (each for each in part(package).iter(f"{W}p") if words in text(each))
    return found


def marker(package: zipfile.ZipFile, words: str) -> str | None:
    """Return the marker that a word processor shows before a paragraph; None outside of lists."""
    found = paragraph_of(package, words)
    number = value(found, "pPr/numPr/numId")
    if number is None:
        return None
    numbering = part(package, "word/numbering.xml")
    (concrete,) = (each for each in numbering.iter(f"{W}num") if each.get(f"{W}numId") == number)
    abstract = value(concrete, "abstractNumId")
    (definition,) = (each for each in numbering.iter(f"{W}abstractNum") if each.get(f"{W}abstractNumId") == abstract)
    level = definition.findall(f"{W}lvl")[int(value(found, "pPr/numPr/ilvl") or 0)]
    return value(level, "lvlText")


@pytest.mark.parametrize("labels", [("（１）", "（２）"), ("第1", "第2"), ("A-1", "A-3"), ("[a]", "[b]")])
@pytest.mark.parametrize("kind", [BulletList, OrderedList])
def test_an_item_with_a_label_has_no_bullet(kind: type[BulletList | OrderedList], labels: tuple[str, str]) -> None:
    items = tuple(Item((paragraph(name),), label) for name, label in zip(("Cod", "Eel"), labels, strict=True))
    package = docx(kind(items=items))
    assert marker(package, "Cod") == ""
    assert text(paragraph_of(package, "Cod")) == f"{labels[0]}\tCod"
    assert text(paragraph_of(package, "Eel")) == f"{labels[1]}\tEel"


def test_a_label_before_a_list_stands_alone() -> None:
    inner = BulletList(items=(Item((paragraph("Cod"),)),))
    package = docx(BulletList(items=(Item((inner,), "第1"),)))
    assert (marker(package, "第1"), marker(package, "Cod")) == ("", "◦")


def test_an_item_without_a_label_has_a_bullet_in_a_text_font() -> None:
    package = docx(BulletList(items=(Item((paragraph("Cod"),)), Item((paragraph("Eel"),)))))
    assert marker(package, "Cod") == "•"
    assert b"Symbol" not in package.read("word/numbering.xml")


def test_the_second_paragraph_of_an_item_is_indented_and_not_an_item() -> None:
    package = docx(BulletList(items=(Item((paragraph("Cod"), paragraph("It is rare.")), "第1"),)))
    assert marker(package, "It is rare.") is None
    indent = paragraph_of(package, "It is rare.").find(f"{W}pPr/{W}ind")
    assert indent is not None
    assert indent.get(f"{W}left") == "462"  # 2.2 times 10.5 points, in twentieths of a point


def test_the_label_of_a_heading_is_styled() -> None:
    package = docx(Section(label="1.", heading=("Fish",), body=(paragraph("Cod"),)))
    heading = paragraph_of(package, "Fish")
    assert text(heading) == "1. Fish"
    assert value(heading, "r/rPr/rStyle") == "Label"


def test_the_running_head_has_title_and_date_from_the_second_page_on() -> None:
    package = docx(paragraph("They met."))
    assert text(part(package, "word/header1.xml")) == "Talks\tMay 1, 2031"
    section = part(package).find(f"{W}body/{W}sectPr")
    assert section is not None
    assert [each.get(f"{W}type") for each in section.findall(f"{W}headerReference")] == ["default"]
    assert section.find(f"{W}titlePg") is not None


def test_the_running_head_ends_a_long_title_between_words() -> None:
    head = text(part(docx(title="The Committee on Fisheries " * 8), "word/header1.xml"))
    title, _, date = head.partition("\t")
    assert title.startswith("The Committee on Fisheries The")
    assert title.rstrip("…").split()[-1] in {"The", "Committee", "on", "Fisheries"}
    assert (title[-1], len(title) < 80, date) == ("…", True, "May 1, 2031")


def test_a_right_to_left_running_head_starts_at_the_right() -> None:
    properties = part(docx(language="ar"), "word/header1.xml").find(f"{W}p/{W}pPr")
    assert properties is not None
    assert properties.find(f"{W}bidi") is not None


def test_a_photo_has_no_distances_that_move_it_into_the_margin() -> None:
    images, data = ImageStore(), io.BytesIO()
    Image.new("RGB", (1500, 1000), "teal").save(data, "JPEG")
    photo = Photo("talks.jpg", Described("Two ministers"), images.add(data.getvalue))
    (inline,) = part(docx(Figure(photos=(photo,)), images=images)).iter(f"{WP}inline")
    assert [inline.get(f"dist{side}") for side in "TBLR"] == ["0"] * 4


def table(rows: int, *, header: bool = True) -> Table:
    """Make a table of a header row and `rows` rows, with row headers if `header`."""
    head = Row(tuple(Cell((paragraph(name),), header=True, scope="col") for name in ("Fish", "Tons")))
    body = tuple(
        Row((Cell((paragraph(f"Kind {n}"),), header=header, scope="row" if header else None), Cell((paragraph("7"),))))
        for n in range(rows)
    )
    return Table(head=(head,), body=body)


@pytest.mark.parametrize("header", [True, False])
def test_tables_with_and_without_row_headers_have_one_style(header: bool) -> None:  # noqa: FBT001
    (found,) = part(docx(table(3, header=header))).iter(f"{W}tbl")
    look = found.find(f"{W}tblPr/{W}tblLook")
    assert look is not None
    assert (value(found, "tblPr/tblStyle"), look.get(f"{W}firstColumn")) == ("Table", str(int(header)))


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "kept"), [(3, 3), (30, 0)])
def test_only_a_small_table_is_kept_on_one_page(rows: int, kept: int) -> None:
    (found,) = part(docx(table(rows))).iter(f"{W}tbl")
    lines = found.findall(f"{W}tr")
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in lines)
    assert sum(row.find(f".//{W}keepNext") is not None for row in lines) == kept


def test_each_font_names_its_substitutes() -> None:
    fonts = {each.get(f"{W}name"): value(each, "altName") for each in part(docx(), "word/fontTable.xml")}
    assert "Cambria" in (fonts["Noto Serif"] or "").split(",")
    assert "Arial" in (fonts["Noto Sans"] or "").split(",")
    assert "Yu Mincho" in (fonts["Noto Serif JP"] or "").split(",")


def test_a_table_of_a_right_to_left_page_starts_at_the_right() -> None:
    (found,) = part(docx(table(2), language="ar")).iter(f"{W}tbl")
    properties = found.find(f"{W}tblPr")
    assert properties is not None
    assert [etree.QName(each).localname for each in properties][:2] == ["tblStyle", "bidiVisual"]


def test_the_publisher_stands_above_the_title_and_in_the_running_head() -> None:
    origin = Origin("talks.html", "00" * 32, publisher="Ministry of Atlantis")
    made = emit(Readout(language="en", title=("Talks",), body=(), origin=origin), ImageStore(), "docx")
    package = zipfile.ZipFile(io.BytesIO(made.data))
    first, second, *_ = part(package).iter(f"{W}p")
    assert [(text(each), value(each, "pPr/pStyle")) for each in (first, second)] == [
        ("Ministry of Atlantis", "Publisher"),
        ("Talks", "Title"),
    ]
    assert [each.find(f"{W}pPr/{W}pBdr/{W}top") is not None for each in (first, second)] == [True, False]
    assert text(part(package, "word/header1.xml")) == "Talks\tMinistry of Atlantis"


@pytest.mark.slow
@pytest.mark.parametrize("label", [None, "1.", "第1"])
def test_a_short_last_paragraph_stays_on_the_page_of_the_colophon(label: str | None) -> None:
    items = tuple(
        Item((paragraph(name),), label and label.replace("1", str(n))) for n, name in enumerate(("Cod", "Eel"), 1)
    )
    package = docx(OrderedList(items=items) if label else paragraph("Eel"))
    assert value(paragraph_of(package, "Eel"), "pPr/pStyle") == "LastParagraph"


def test_a_long_last_paragraph_may_be_separated_from_the_colophon() -> None:
    package = docx(paragraph("They met and talked at length. " * 20))
    assert value(paragraph_of(package, "at length"), "pPr/pStyle") != "LastParagraph"


def test_a_footnote_at_the_end_keeps_its_style() -> None:
    footnote = Footnote("n1", (paragraph("In the hall."),), "(Note 1)")
    package = docx(paragraph("They met."), Footnotes(notes=(footnote,)))
    assert value(paragraph_of(package, "In the hall."), "pPr/pStyle") == "FootnoteText"

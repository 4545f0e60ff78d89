"""Figures in DOCX and ODT: their sizes, rows, and missing photos."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import pytest
from lxml import etree
from PIL import Image

from readout_pub.emit import RenderOptions, emit
from readout_pub.emit.pandoc.office_tokens import office_tokens
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    BulletList,
    Cell,
    Described,
    Figure,
    Item,
    Origin,
    Paragraph,
    Photo,
    Readout,
    Row,
    Section,
    Table,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MILLIMETRES_PER_EMU = 1 / 36000
MEASURE = office_tokens(RenderOptions(), "en").points("--measure") / 72 * 25.4
"""The width of the text in millimetres."""


class Book:
    """An image store with photos, and the readouts that show them."""

    def __init__(self) -> None:
        self.images = ImageStore()

    def figure(self, *sizes: tuple[int, int] | None, caption: str = "Talks") -> Figure:
        """Return a figure of photos of these sizes; None is a missing photo."""
        photos = tuple(self._photo(number, size) for number, size in enumerate(sizes))
        return Figure(photos=photos, caption=(caption,))

    def _photo(self, number: int, size: tuple[int, int] | None) -> Photo:
        if size is None:
            return Photo("lost.png", Described("A ship"))
        data = io.BytesIO()
        Image.new("RGB", size, (number * 40, 90, 90)).save(data, "PNG")
        return Photo(f"{number}.png", Described("Two ministers"), self.images.add(data.getvalue))

    def part(self, target: str, *body: Block) -> etree._Element:
        readout = Readout(language="en", title=("Talks",), body=body, origin=Origin("talks.html", "00" * 32))
        name = {"docx": "word/document.xml", "odt": "content.xml"}[target]
        with zipfile.ZipFile(io.BytesIO(emit(readout, self.images, target).data)) as package:
            return etree.fromstring(package.read(name))

    def sizes(self, *body: Block) -> list[tuple[float, float]]:
        """Return width and height of each photo of the DOCX file in millimetres."""
        extents = self.part("docx", *body).iter("{*}extent")
        return [tuple(int(str(each.get(side))) * MILLIMETRES_PER_EMU for side in ("cx", "cy")) for each in extents]  # type: ignore[misc]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "width"),
    [
        ((1500, 1000), MEASURE * 2 / 3),  # a usual shape: at most two thirds of the text width
        ((3000, 1000), MEASURE),  # a panorama
        ((900, 1200), 75 * 3 / 4),  # upright: at most 75 mm high
        ((300, 225), 300 / 150 * 25.4),  # at least 150 pixels per inch, as in PDF
        ((60, 45), 20),  # but at least 20 mm wide
    ],
)
def test_a_photo_is_as_wide_as_its_shape_and_pixels_allow(size: tuple[int, int], width: float) -> None:
    book = Book()
    ((found, height),) = book.sizes(book.figure(size))
    assert found == pytest.approx(width, rel=0.01)
    assert height == pytest.approx(width * size[1] / size[0], rel=0.01)


@pytest.mark.slow
def test_photos_of_a_row_have_one_height_and_fit_the_text_width() -> None:
    book = Book()
    sizes = book.sizes(book.figure((1200, 800), (800, 800), (900, 1200), (1200, 800)))
    assert sizes[0][1] == pytest.approx(sizes[1][1], rel=0.01)
    assert sizes[1][1] == pytest.approx(sizes[2][1], rel=0.01)
    assert sum(width for width, _ in sizes[:3]) < MEASURE


def sections(document: etree._Element) -> list[str]:
    """Return the number of columns of each section of a DOCX file."""
    columns = [each.find(f"{W}cols") for each in document.iter(f"{W}sectPr")]
    return ["1" if each is None else str(each.get(f"{W}num")) for each in columns]


def test_two_figures_in_a_row_are_two_columns_of_docx() -> None:
    book = Book()
    document = book.part("docx", *[book.figure((1200, 800), caption=name) for name in ("One", "Two")])
    assert sections(document) == ["1", "2", "1"]
    pages = [[str(each.get(f"{W}w")) for each in section.iter(f"{W}pgSz")] for section in document.iter(f"{W}sectPr")]
    assert pages == [["11906"]] * 3
    assert len([each for each in document.iter(f"{W}br") if each.get(f"{W}type") == "column"]) == 1
    empty = [each for each in document.iter(f"{W}p") if not "".join(map(str, each.itertext())).strip()]
    assert all(each.find(f".//{W}drawing") is not None for each in empty)


def test_only_the_first_section_defines_header_and_footer() -> None:
    book = Book()
    document = book.part("docx", *[book.figure((1200, 800)) for _ in range(2)])
    # Two footers: one for the first page, and one for the others. The first page has no header.
    for name, count in (("headerReference", 1), ("footerReference", 2)):
        assert [len(each.findall(f"{W}{name}")) for each in document.iter(f"{W}sectPr")] == [count, 0, 0]


@pytest.mark.slow
@pytest.mark.parametrize(("count", "columns"), [(3, ["1", "2", "1"]), (4, ["1", "2", "2", "1"])])
def test_two_figures_stand_side_by_side_and_an_odd_last_one_alone(count: int, columns: list[str]) -> None:
    book = Book()
    document = book.part("docx", *[book.figure((1200, 800), caption=str(number)) for number in range(count)])
    assert sections(document) == columns


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "odt"])
def test_figures_inside_lists_and_cells_stand_one_below_the_other(target: str) -> None:
    book = Book()
    pair = (book.figure((1200, 800)), book.figure((1200, 800)))
    table = Table(body=(Row((Cell(pair),)),))
    document = book.part(target, BulletList(items=(Item(pair, "第1"),)), table)
    assert len(list(document.iter(f"{W}cols", f"{TEXT}section"))) == 0


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "odt"])
def test_figures_with_a_missing_photo_are_not_set_in_columns(target: str) -> None:
    book = Book()
    document = book.part(target, book.figure((1200, 800)), book.figure(None))
    assert len(list(document.iter(f"{W}cols", f"{TEXT}section"))) == 0
    assert "A ship" in "".join(map(str, document.itertext()))


@pytest.mark.slow
def test_each_pair_of_figures_in_odt_has_its_own_section() -> None:
    book = Book()
    figures = [book.figure((1200, 800), caption=str(number)) for number in range(4)]
    document = book.part("odt", *figures[:2], Section(heading=("Fish",), body=tuple(figures[2:])))
    names = [each.get(f"{TEXT}name") for each in document.iter(f"{TEXT}section")]
    assert len(names) == 2
    assert all(one != other for one, other in pairwise(names))


def test_captions_follow_their_photos_in_reading_order() -> None:
    book = Book()
    document = book.part(
        "docx", *[book.figure((1200, 800), caption=name) for name in ("One", "Two")], Paragraph(("End",))
    )
    texts = ["".join(t.text or "" for t in each.iter(f"{W}t")) or "photo" for each in document.iter(f"{W}p")]
    assert texts[1:6] == ["photo", "One", "photo", "Two", "End"]

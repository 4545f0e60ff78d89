"""The pages that LibreOffice makes of DOCX and ODT files, compared with those of our PDF."""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image
from pypdfium2 import raw

from readout_pub.emit import RenderOptions, emit
from readout_pub.emit.pandoc.office_tokens import office_tokens
from readout_pub.emit.pdf.fonts import fontconfig_file
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    BulletList,
    Cell,
    Described,
    Figure,
    Item,
    Link,
    Origin,
    Paragraph,
    Photo,
    Readout,
    Row,
    Section,
    Table,
)
from tests.validators.findings import program

pytestmark = [pytest.mark.slow, pytest.mark.validators]

FORMATS = ("docx", "odt")

MILLIMETRE = 72 / 25.4
TOKENS = office_tokens(RenderOptions(), "en")
LEFT = TOKENS.points("--margin-left")
RIGHT = TOKENS.points("--page-width") - TOKENS.points("--margin-right")
"""`LEFT` and `RIGHT` are the edges of the text in points."""

WORDS = "The ministers of both islands spoke about the herring that passes the strait in spring. " * 9


def paragraph(text: str) -> Paragraph:
    return Paragraph(children=(text,))


def figure(images: ImageStore, width: int, height: int, caption: str) -> Figure:
    data = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(data, "PNG")
    photo = Photo(
        f"{caption}.png", Described(f"Photo of {caption}"), images.add(data.getvalue), width=width, height=height
    )
    return Figure(photos=(photo,), caption=(caption,))


def readout(images: ImageStore) -> Readout:
    """Return a readout of more than two pages with everything that the formats may lay out differently."""
    catches = ("7", "117") * 3
    cells = tuple(
        Row((Cell((paragraph(f"Herring of the year {year}"),)), Cell((paragraph(catch),))))
        for year, catch in enumerate(catches)
    )
    head = Row((Cell((paragraph("Catch"),), header=True), Cell((paragraph("Tons"),), header=True)))
    islands = tuple(Item((paragraph(WORDS[:300]),), f"A-{n}") for n in range(1, 6))
    return Readout(
        language="en",
        series="Atlantis–Lemuria Relations",
        title=("Talks on Herring",),
        issued=dt.date(2031, 5, 1),
        issued_text="May 1, 2031",
        body=(
            figure(images, 1200, 800, "Handshake"),
            figure(images, 1200, 800, "Table"),
            paragraph(WORDS),
            figure(images, 1600, 1000, "Harbour"),
            Section(label="1.", heading=("Fishing grounds",), body=(paragraph(WORDS), BulletList(items=islands))),
            Section(
                heading=("Quotas",),
                body=(Table(head=(head,), body=cells), paragraph(WORDS * 3), paragraph(WORDS[:200])),
            ),
        ),
        back_link=Link("https://atlantis.example/", ("Back to Relations",)),
        origin=Origin("talks.html", "00" * 32, "https://atlantis.example/talks.html", publisher="Atlantis"),
    )


class Page:
    """A page of a PDF: its characters with their boxes, the boxes of photos, and the right edge of the running head.

    Lengths are in points, from the top left.
    """

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.width, height = page.get_size()
        self.is_landscape = self.width > height
        text = page.get_textpage()
        self.text = text.get_text_range()
        self.characters = []
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            character = chr(raw.FPDFText_GetUnicode(text, index))
            self.characters.append((character, left, height - top, right, height - bottom))
        boxes = [each.get_bounds() for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
        self.head_end = max((each[3] for each in self.characters if each[4] < 60), default=0)
        self.photos = sorted((left, height - top, right, height - bottom) for left, bottom, right, top in boxes)

    def find(self, words: str) -> tuple[float, float, float]:
        """Return left edge, top and height of the first letter of `words`, which must be on the page."""
        start = "".join(each[0] for each in self.characters).index(words)
        _, left, top, _, bottom = self.characters[start]
        return left, top, bottom - top


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """Return the pages of one readout by format."""
    images = ImageStore()
    return lay_out(readout(images), images, tmp_path_factory.mktemp("office"))


def lay_out(source: Readout, images: ImageStore, folder: Path, theme: str = "plain") -> dict[str, list[Page]]:
    """Return the pages by format: those of the PDF, and of DOCX and ODT as LibreOffice shows them with our fonts."""
    files = [folder / f"{name}.{name}" for name in FORMATS]
    for file in files:
        file.write_bytes(emit(source, images, file.stem, RenderOptions(theme=theme)).data)
    (folder / "pdf.pdf").write_bytes(emit(source, images, "pdf", RenderOptions(theme=theme)).data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    to_pdf = [profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig_file())}
    subprocess.run([program("soffice"), *to_pdf], env=environment, check=True, capture_output=True, timeout=120)
    return {name: list(_read(folder / f"{name}.pdf")) for name in ("pdf", *FORMATS)}


def _read(path: Path) -> Iterator[Page]:
    with pypdfium2.PdfDocument(path) as document:
        yield from map(Page, document)


def measure(pages: list[Page]) -> float:
    """Return the width of the text in points: the distance between the outermost edges of its characters."""
    ink = [each for page in pages for each in page.characters if each[0].strip()]
    return float(max(each[3] for each in ink) - min(each[1] for each in ink))


def find(pages: list[Page], words: str) -> tuple[float, float, float]:
    return next(page for page in pages if words in page.text).find(words)


@pytest.mark.parametrize("name", FORMATS)
def test_the_text_is_as_wide_as_in_the_pdf(pages: dict[str, list[Page]], name: str) -> None:
    assert measure(pages[name]) == pytest.approx(measure(pages["pdf"]), rel=0.05)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "words", ["Talks on Herring", "Atlantis–Lemuria", "May 1", "Fishing grounds", "The ministers", "Harbour", "Source:"]
)
def test_each_text_has_the_same_size_as_in_the_pdf(pages: dict[str, list[Page]], name: str, words: str) -> None:
    assert find(pages[name], words)[2] == pytest.approx(find(pages["pdf"], words)[2], rel=0.05)


@pytest.mark.parametrize("name", FORMATS)
def test_all_photos_are_inside_the_margins_and_at_most_76_mm_high(pages: dict[str, list[Page]], name: str) -> None:
    photos = [photo for page in pages[name] for photo in page.photos]
    assert len(photos) == 3
    for left, top, right, bottom in photos:
        assert left > LEFT - 1
        assert right < RIGHT + 1
        assert bottom - top < 76 * MILLIMETRE


@pytest.mark.parametrize("name", FORMATS)
def test_two_photos_in_a_row_stand_side_by_side(pages: dict[str, list[Page]], name: str) -> None:
    first, second = sorted(pages[name][0].photos, key=lambda photo: photo[1])[:2]
    left, right = sorted((first, second))
    assert left[1] == pytest.approx(right[1], abs=1)
    assert left[2] < right[0]


@pytest.mark.parametrize("name", FORMATS)
def test_no_character_is_in_the_left_or_right_margin(pages: dict[str, list[Page]], name: str) -> None:
    for page in pages[name]:
        for character, left, _, right, _ in page.characters:
            assert not character.strip() or (left > LEFT - 2 and right < RIGHT + 2)


@pytest.mark.parametrize("name", FORMATS)
def test_labels_hang_left_of_the_text_of_their_items(pages: dict[str, list[Page]], name: str) -> None:
    page = next(page for page in pages[name] if "A-2" in page.text)
    assert "•" not in page.text
    left, top, _ = page.find("A-2")
    words = [each[1] for each in page.characters if abs(each[2] - top) < 4 and each[0] == "T"]
    assert left == pytest.approx(LEFT, abs=1)
    assert words[0] == pytest.approx(LEFT + TOKENS.points("--indent"), abs=1)


@pytest.mark.parametrize("name", FORMATS)
def test_the_running_head_starts_on_the_second_page(pages: dict[str, list[Page]], name: str) -> None:
    heads = [[each for each in page.characters if each[4] < 25 * MILLIMETRE] for page in pages[name]]
    texts = ["".join(each[0] for each in head).split() for head in heads]
    assert texts[0] == []
    assert all(text == "Talks on Herring Atlantis".split() for text in texts[1:])
    assert f"2 / {len(heads)}" in pages[name][1].text


@pytest.mark.parametrize("name", FORMATS)
def test_numbers_in_a_column_are_aligned_at_the_right(pages: dict[str, list[Page]], name: str) -> None:
    page = next(page for page in pages[name] if "Tons" in page.text)
    edges = [each[3] for each in page.characters if each[0] == "7"]
    assert len(edges) == 6
    assert max(edges) - min(edges) < 1


@pytest.mark.parametrize("name", FORMATS)
def test_the_last_page_has_more_than_the_colophon(pages: dict[str, list[Page]], name: str) -> None:
    last = pages[name][-1]
    assert last.find("The ministers")[1] < last.find("Source:")[1]


@pytest.mark.parametrize("name", FORMATS)
def test_a_small_table_is_on_one_page_with_space_below(pages: dict[str, list[Page]], name: str) -> None:
    page = next(page for page in pages[name] if "Tons" in page.text)
    last = page.find("Herring of the year 5")[1]
    after = [each[2] for each in page.characters if each[0] == "T" and each[2] > last + 5]
    assert not after or min(after) - last > 25


@pytest.mark.parametrize("name", FORMATS)
def test_only_the_last_page_may_be_half_empty(pages: dict[str, list[Page]], name: str) -> None:
    for page in pages[name][:-1]:
        bottoms = [each[4] for each in page.characters if each[4] < 270 * MILLIMETRE]
        assert max(bottoms) > 150 * MILLIMETRE


def test_a_wide_table_has_a_landscape_page_with_heading_and_running_head(tmp_path: Path) -> None:
    columns = [f"Region {number}" for number in range(14)]
    head = Row(tuple(Cell((paragraph(name),), header=True) for name in columns))
    body = tuple(Row(tuple(Cell((paragraph("12,345"),)) for _ in columns)) for _ in range(4))
    table = Table(head=(head,), body=body, caption=("Catches",))
    made = replace(
        readout(ImageStore()),
        body=(paragraph("Before."), Section(heading=("Quotas",), body=(table, paragraph("After.")))),
    )
    tokens = RenderOptions().design("en").tokens
    for pages in lay_out(made, ImageStore(), tmp_path).values():
        assert [page.is_landscape for page in pages] == [False, True, False]
        upright, landscape, last = pages
        assert "Before." in upright.text
        assert "Quotas" not in upright.text
        assert "After." in last.text
        assert landscape.text.index("Quotas") < landscape.text.index("Catches") < landscape.text.index("12,345")
        assert max(right for _, _, _, right, _ in landscape.characters) < landscape.width
        for page, margin in ((landscape, "--margin-wide"), (last, "--margin-right")):
            margin_width = float(tokens[margin].removesuffix("mm")) * MILLIMETRE
            assert page.width - page.head_end == pytest.approx(margin_width, abs=2)


def test_the_theme_gazette_centres_the_front_matter(tmp_path: Path) -> None:
    made = replace(readout(ImageStore()), body=(paragraph("They met."),))
    for pages in lay_out(made, ImageStore(), tmp_path, "gazette").values():
        page = pages[0]
        for words in ("Atlantis–Lemuria Relations", "Talks on Herring", "May 1, 2031"):
            start = "".join(each[0] for each in page.characters).index(words)
            _, left, _, _, _ = page.characters[start]
            _, _, _, right, _ = page.characters[start + len(words) - 1]
            assert left + right == pytest.approx(page.width, abs=3)


def test_no_title_and_no_heading_ends_with_a_line_of_one_word(tmp_path: Path) -> None:
    headings = [f"{'Talks ' * count}Peru" for count in range(5, 15)]
    body = tuple(Section(heading=(heading,), body=(paragraph("They met."),)) for heading in headings)
    made = replace(readout(ImageStore()), title=(f"{'Talks ' * 7}Peru",), body=body)
    for pages in lay_out(made, ImageStore(), tmp_path).values():
        for page in pages:
            letters = [each for each in page.characters if each[0].strip()]
            for _, start, top, _, bottom in (each for each in letters if each[0] == "P"):
                assert any(each[1] < start and top < each[4] and each[2] < bottom for each in letters)


def test_no_page_begins_or_ends_with_one_line_of_a_paragraph(tmp_path: Path) -> None:
    body = tuple(paragraph(f"Point {number}. {WORDS[:200]}") for number in range(40))
    for pages in lay_out(replace(readout(ImageStore()), body=body), ImageStore(), tmp_path).values():
        assert len(pages) > 2
        # Each paragraph has three lines, so a page break within a paragraph would leave one line alone. The
        # first line of each page is the running head.
        for page in pages[1:]:
            assert any(line.strip().startswith("Point") for line in page.text.splitlines()[:2])

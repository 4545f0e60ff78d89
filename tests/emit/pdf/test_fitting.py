"""How a PDF avoids bad page breaks and line breaks, and fits wide tables, photos and titles on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from readout_pub.emit import RenderOptions, Rendition
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    Cell,
    Described,
    Emphasis,
    Figure,
    Footnote,
    Footnotes,
    LineBreak,
    Link,
    Paragraph,
    Photo,
    Preformatted,
    Readout,
    Row,
    Section,
    Strong,
    Table,
)
from readout_pub.receipts import prove_rendition
from readout_pub.themes import Paper
from tests.pdfs import make_pdf, open_pdf, paragraph, photo, readout

IMAGES = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
A_LINE = "The ministers met."


def lines(count: int) -> list[Block]:
    return [paragraph(f"{A_LINE} Point {number}.") for number in range(count)]


def table(columns: int, rows: int, caption: str = "Catches") -> Table:
    head = Row(tuple(Cell((paragraph(f"Region {number}"),), header=True) for number in range(columns)))
    body = tuple(
        Row(
            (
                Cell((paragraph(f"Year {row}"),), header=True, scope="row"),
                *[Cell((paragraph("12,345"),))] * (columns - 1),
            )
        )
        for row in range(rows)
    )
    return Table(body=body, head=(head,), caption=(caption,))


@cache  # laying out a wide table takes a second, and several tests look at the same pages
def pdf_of(meeting: Readout) -> Rendition:
    """Return the PDF of a readout without photos."""
    return make_pdf(meeting)


def pages(meeting: Readout) -> list[str]:
    """Return the text of each page of the PDF of a readout without photos, with white space collapsed."""
    with pypdfium2.PdfDocument(pdf_of(meeting).data) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def boxes(meeting: Readout) -> Iterator[tuple[pypdfium2.PdfPage, tuple[float, ...]]]:
    """Yield the page and the box of each character; a box is left, bottom, right and top in points."""
    with pypdfium2.PdfDocument(pdf_of(meeting).data) as document:
        for page in document:
            text = page.get_textpage()
            yield from ((page, text.get_charbox(index)) for index in range(text.count_chars()))


@pytest.mark.parametrize("count", range(24, 33))
def test_no_last_page_has_only_the_link_back_and_the_colophon(count: int) -> None:
    meeting = readout(*lines(count))
    meeting = replace(meeting, back_link=Link("https://thule.example/", ("Back to Thule",)))
    *earlier, last = pages(meeting)
    assert not earlier or last.count(A_LINE) > 1


@pytest.mark.slow
def test_a_second_page_never_has_only_one_line_of_the_text() -> None:
    documents = [pages(readout(*lines(count))) for count in range(22, 36)]
    assert {len(document) for document in documents} == {1, 2}
    assert all(second.count(A_LINE) > 1 for _, *later in documents for second in later)


@pytest.mark.slow
@pytest.mark.parametrize("columns", [2, 9])
def test_the_last_row_of_a_table_is_not_alone_on_its_page(columns: int) -> None:
    text = lines(12)
    fitting = next(count for page in pages(readout(table(columns, 60), *text)) if (count := page.count("Year")))
    (*_, last) = (page for page in pages(readout(table(columns, fitting + 1), *text)) if "Year" in page)
    assert last.count("Year") == 4  # `styles/pdf.css` keeps the last four rows together


@pytest.mark.slow
@pytest.mark.parametrize("columns", [4, 9, 14, 40])
def test_a_wide_table_stays_on_the_page(columns: int) -> None:
    for page, (left, bottom, right, top) in boxes(readout(*lines(3), table(columns, 3), *lines(3))):
        assert left >= 0
        assert bottom >= 0
        assert right <= page.get_width()
        assert top <= page.get_height()


@pytest.mark.slow
def test_a_table_of_fourteen_columns_has_a_landscape_page() -> None:
    with pypdfium2.PdfDocument(pdf_of(readout(*lines(3), table(14, 3), *lines(3))).data) as document:
        assert [page.get_width() > page.get_height() for page in document] == [False, True, False]


@pytest.mark.slow
def test_a_table_wider_than_a_landscape_page_is_split() -> None:
    _, landscape, *_ = pages(readout(*lines(3), table(40, 3), *lines(3)))
    assert landscape.count("Year 0 12,345") == landscape.count("Year 2 12,345") == 2
    assert landscape.count("Region 0") == 2
    assert landscape.count("Region 39") == 1


@pytest.mark.slow
def test_a_split_table_is_tagged_as_one_table() -> None:
    meeting = readout(*lines(3), table(40, 3), *lines(3))
    rendition = pdf_of(meeting)
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).differences == ()
    with open_pdf(rendition) as pdf:
        tags = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each]
        counts = Counter(str(tag.S) for tag in tags)
    # One table of 4 rows: a row of 40 column headers, then 3 rows with a row header and 39 numbers each.
    assert (counts["/Table"], counts["/TR"], counts["/TH"], counts["/TD"]) == (1, 4, 43, 117)


@pytest.mark.slow
def test_a_split_table_keeps_the_spans_of_its_headers() -> None:
    groups = tuple(Cell((paragraph(f"Group {number}"),), header=True, colspan=13) for number in range(3))
    wide = table(40, 3)
    meeting = readout(replace(wide, head=(Row((Cell(()), *groups)), *wide.head)))
    rendition = pdf_of(meeting)
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).differences == ()
    _, landscape, *_ = pages(meeting)
    assert landscape.count("Group 1") == 2
    assert landscape.count("Group 0") == landscape.count("Group 2") == 1


@pytest.mark.slow
def test_a_split_table_on_several_pages_is_read_row_by_row() -> None:
    meeting = readout(Table(body=tuple(numbered_row(row, columns=30) for row in range(12))))
    rendition = pdf_of(meeting)
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).differences == ()
    assert rendition.notes == ()


@pytest.mark.slow
def test_words_stay_whole_if_columns_of_a_table_begin_on_different_pages() -> None:
    rows = 40
    steps = Table(body=tuple(numbered_row(row, columns=3, rowspan=rows - row) for row in range(rows)))
    rendition = pdf_of(readout(steps))
    assert prove_rendition(readout(steps), ImageStore(), rendition, RenderOptions()).differences == ()
    assert rendition.notes == ()
    whole_words = set(" ".join(pages(readout(steps))).split())
    assert whole_words >= {f"harbour{row}x{column}" for row in range(rows) for column in range(3)}


def numbered_row(row: int, *, columns: int, rowspan: int = 1) -> Row:
    """Return a row whose cells have one long word each; the first spans `rowspan` rows."""
    first, *others = [Cell((paragraph(f"harbour{row}x{column}"),)) for column in range(columns)]
    return Row((replace(first, rowspan=rowspan), *others))


@pytest.mark.slow
def test_a_page_with_text_over_its_edge_gives_an_error(tmp_path: Path) -> None:
    (tmp_path / "house.css").write_text("p { white-space: nowrap }")
    long = readout(paragraph("The ministers met. " * 20))
    notes = make_pdf(long, render_options=RenderOptions(css=str(tmp_path / "house.css"))).notes
    assert [(note.code, note.severity) for note in notes] == [("PAGE_OVERFULL", "error")]
    assert make_pdf(long).notes == ()


@pytest.mark.slow
def test_a_heading_goes_to_the_landscape_page_with_its_table() -> None:
    _, landscape = pages(readout(*lines(3), Section(heading=("Fisheries",), body=(table(14, 3),))))[:2]
    assert "Fisheries Catches Region 0" in landscape


@pytest.mark.slow
@pytest.mark.parametrize("count", range(18, 26))
def test_a_short_table_stays_whole_with_its_caption(count: int) -> None:
    (page,) = [text for text in pages(readout(*lines(count), table(3, 5), *lines(9))) if "Catches" in text]
    assert "Year 0" in page
    assert "Year 4" in page


@pytest.mark.parametrize("count", [22, *(pytest.param(count, marks=pytest.mark.slow) for count in range(23, 29))])
def test_a_long_table_begins_on_the_page_of_its_caption(count: int) -> None:
    (page,) = [text for text in pages(readout(*lines(count), table(3, 30))) if "Catches" in text]
    assert "Year 0" in page


@pytest.mark.slow
@pytest.mark.parametrize("count", range(22, 30))
def test_a_bold_line_is_not_the_last_of_a_page(count: int) -> None:
    bold = Paragraph(children=(Strong(("II.",)),))
    (page,) = [text for text in pages(readout(*lines(count), bold, *lines(12))) if "II." in text]
    assert f"II. {A_LINE}" in page


def test_the_last_word_of_a_title_is_not_alone_on_a_line() -> None:
    title = "Second Ministerial Dialogue on the Cold Ice"
    with pypdfium2.PdfDocument(make_pdf(readout(*lines(3), title=title)).data) as document:
        text = document[0].get_textpage().get_text_range()
    assert "Cold Ice" in text.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("columns", [3, 12])
def test_numbers_in_the_last_column_end_at_the_edge_of_the_text(language: str, columns: int) -> None:
    meeting = replace(readout(*lines(2), table(columns, 3)), language=language)
    with pypdfium2.PdfDocument(make_pdf(meeting).data) as document:
        page = next(page for page in document if "12,345" in page.get_textpage().get_text_range())
        text = page.get_textpage()
        rules = [each.get_bounds() for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
        # 1 and 5 are the first and the last digit of 12,345.
        numbers = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1) in "15"]
    if language == "fa":
        assert min(box[0] for box in numbers) == pytest.approx(min(box[0] for box in rules), abs=4)
    else:
        assert max(box[2] for box in numbers) == pytest.approx(max(box[2] for box in rules), abs=2.5)


@pytest.mark.slow
def test_a_long_list_in_the_table_of_contents_begins_on_the_first_page() -> None:
    offices = tuple(Section(heading=(f"Office {number}",), body=tuple(lines(5))) for number in range(100))
    data = make_pdf(readout(Section(heading=("Embassies",), body=offices))).data
    with pypdfium2.PdfDocument(data) as document:
        assert "Office 20" in document[0].get_textpage().get_text_range()


@pytest.mark.slow
def test_a_number_is_farther_from_the_text_beside_it_than_a_word() -> None:
    rows = tuple(Row((Cell((paragraph(f"{count},000"),)), Cell((paragraph("Trawlers"),)))) for count in range(10, 15))
    with pypdfium2.PdfDocument(make_pdf(readout(Table(body=rows))).data) as document:
        text = document[0].get_textpage()
        number, name = (text.search(words).get_next() for words in ("10,000", "Trawlers"))
        assert text.get_charbox(name[0])[0] - text.get_charbox(sum(number) - 1)[2] > 15


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["plain", "gazette"])
def test_a_listing_keeps_its_eighty_columns(theme: str) -> None:
    listing = Preformatted(f"{'i' * 60:70}{'Cod, Eel':>10}\n{'W' * 60:70}{'90,000':>10}")
    with pypdfium2.PdfDocument(make_pdf(readout(listing), render_options=RenderOptions(theme)).data) as document:
        text = document[0].get_textpage()
        ends = [text.get_charbox(sum(text.search(words).get_next()) - 1) for words in ("Eel", "90,000")]
    assert ends[0][2] == pytest.approx(ends[1][2], abs=1)
    assert ends[0][1] > ends[1][1] > ends[0][1] - 20


@pytest.mark.slow
def test_no_rule_is_drawn_between_footnotes_and_their_heading() -> None:
    notes = Footnotes(notes=(Footnote("n", (paragraph("For two hours."),), "1"),))
    rules = []
    for body in (notes, Section(heading=("Footnotes",), body=(notes,))):
        with pypdfium2.PdfDocument(make_pdf(readout(paragraph(A_LINE), body)).data) as document:
            rules.append(sum(1 for _ in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])))
    assert rules[0] - rules[1] == 1


@pytest.mark.slow
def test_the_first_block_of_a_page_begins_at_the_top_margin() -> None:
    images = ImageStore()
    figure = Figure((photo(images, "A table"),), caption=("The talks",))
    tops = set()
    for count in (22, 26, 30):
        fish = Section(heading=("Fish",), body=(figure, *lines(3)))
        meeting = readout(*lines(count), fish, figure, paragraph(A_LINE), figure, *lines(40))
        with pypdfium2.PdfDocument(make_pdf(meeting, images).data) as document:
            for page in list(document)[1:-1]:
                text, height = page.get_textpage(), page.get_height()
                letters = (text.get_charbox(at, loose=True) for at in range(text.count_chars()))
                places = [*letters, *(each.get_bounds() for each in page.get_objects(filter=IMAGES))]
                # The running header is less than 60 points below the upper edge of the paper.
                tops.add(min(height - top for *_, top in places if height - top > 60))
    margin = 27 / 25.4 * 72  # 27 mm in points
    assert all(top == pytest.approx(margin, abs=6) for top in tops), tops


def test_two_photos_that_follow_each_other_fill_the_width_of_the_text() -> None:
    images = ImageStore()
    figures = [Figure((photo(images, f"Photo {number}"),), caption=(f"Talk {number}",)) for number in range(2)]
    with pypdfium2.PdfDocument(make_pdf(readout(*figures, *lines(3)), images).data) as document:
        assert_photos_fill_width(document[0])


def assert_photos_fill_width(page: pypdfium2.PdfPage) -> None:
    """Check that two photos stand side by side, and that both together are as wide as the lines of text."""
    first, second = sorted(image.get_bounds() for image in page.get_objects(filter=IMAGES))
    text = page.get_textpage()
    start_of_lines = text.get_charbox(text.search(A_LINE).get_next()[0])[0]
    assert first[1] == pytest.approx(second[1], abs=1)
    assert 0 < second[0] - first[2] < 12
    assert first[0] == pytest.approx(start_of_lines, abs=1)
    assert first[0] == pytest.approx(page.get_width() - second[2], abs=1.5)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["plain", "gazette", "readable"])
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_two_photos_of_a_figure_fill_the_width_of_the_text(theme: str, paper: Paper) -> None:
    images = ImageStore()
    figure = Figure((photo(images, "Arrival"), photo(images, "Signing")))
    render_options = RenderOptions(theme=theme, paper=paper)
    with pypdfium2.PdfDocument(make_pdf(readout(figure, *lines(3)), images, render_options).data) as document:
        assert_photos_fill_width(next(page for page in document if list(page.get_objects(filter=IMAGES))))


def test_the_caption_of_a_missing_photo_has_the_width_of_the_text() -> None:
    gone = Photo("gone.jpg", Described("The harbour"), width=600, height=400)
    caption = "The two ministers walk along the new harbour of Thule"
    assert caption in first_lines(readout(Figure((gone,), caption=(caption,)), *lines(3)))


def test_a_title_with_a_too_long_line_loses_its_line_breaks() -> None:
    second = "of the Republics of Thule"
    wide = replace(readout(), title=("Talks of the Ministers for Ice and for All Fish", LineBreak(), second))
    assert not [line for line in first_lines(wide) if line in {second, "Fish", "All Fish"}]


def test_a_title_whose_lines_fit_keeps_its_line_breaks() -> None:
    narrow = replace(readout(), title=("Talks of Ministers", LineBreak(), "with the Mayors of Thule"))
    assert first_lines(narrow)[:2] == ["Talks of Ministers", "with the Mayors of Thule"]


@pytest.mark.slow
def test_text_before_an_inline_element_gives_no_line_of_one_word() -> None:
    text = "9 मई 2025 को दोनों पक्षों ने 45 मिनट तक भेंट की और 12 बिंदुओं पर सहमति जताई। उन्होंने व्यापार, "
    meeting = readout(Paragraph(children=(text, Emphasis(("मुक्त समुद्र",)), " और")), language="hi")
    assert "9" not in first_lines(meeting)


@pytest.mark.slow
def test_text_before_an_unbreakable_link_gives_no_line_of_one_word() -> None:
    link = Link("https://thule.example/", ("the\u00a0map\u00a0of\u00a0all\u00a0ports",))
    words = (f"{'Talks ' * count}of your district, on\u00a0" for count in range(7, 15))
    meeting = readout(*(Paragraph(children=(text, link, "\u00a0harbours\u00a0and\u00a0ferries.")) for text in words))
    assert not {"Talks", "of", "your", "district,"}.intersection(first_lines(meeting))
    assert prove_rendition(meeting, ImageStore(), make_pdf(meeting), RenderOptions()).differences == ()


@pytest.mark.slow
def test_a_line_that_ended_too_early_is_filled_without_losing_words() -> None:
    title = "Readout of President Joseph R. Biden, Jr.’s Meeting with President Isaac Herzog of Israel"
    meeting = readout(*lines(1), title=title)
    rendition = pdf_of(meeting)
    assert "Jr.’s Meeting with President Isaac Herzog" in first_lines(meeting)
    assert prove_rendition(meeting, ImageStore(), rendition, RenderOptions()).differences == ()


def first_lines(meeting: Readout) -> list[str]:
    """Return the lines of the first page."""
    with pypdfium2.PdfDocument(pdf_of(meeting).data) as document:
        return [line.strip() for line in document[0].get_textpage().get_text_range().splitlines()]


def test_a_photo_beside_its_caption_has_at_least_150_pixels_per_inch() -> None:
    images = ImageStore()
    figure = Figure((photo(images, "A table"),), caption=("The talks",))
    with pypdfium2.PdfDocument(make_pdf(readout(figure, *lines(3)), images).data) as document:
        page = document[0]
        (image,) = (each.get_bounds() for each in page.get_objects(filter=IMAGES))
        start, _ = page.get_textpage().search("The talks").get_next()
        caption = page.get_textpage().get_charbox(start)
    # The photo is 600 pixels wide, and a box is measured in points. A pixel per inch less allows for rounding.
    assert 600 / ((image[2] - image[0]) / 72) >= 149
    assert caption[0] > image[2]
    assert caption[1] > image[1]


def test_the_last_words_of_a_bold_title_stay_together() -> None:
    meeting = replace(readout(*lines(3)), title=(Strong(("Second Ministerial Dialogue on the Cold Ice",)),))
    with pypdfium2.PdfDocument(pdf_of(meeting).data) as document:
        assert "Cold Ice" in document[0].get_textpage().get_text_range().splitlines()

"""The PDF as a whole: words in order, bookmarks, photos with alternative texts, fonts, reproducible bytes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE as IMAGE

from benchmarks.readback.pdf import read
from readout_pub.emit import RenderOptions
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    MAX_DEPTH,
    Block,
    BulletList,
    Cell,
    Decorative,
    Emphasis,
    Figure,
    Item,
    Link,
    Missing,
    Paragraph,
    Photo,
    Row,
    Section,
    Strong,
    Sup,
    Table,
)
from tests.pdfs import (
    alternative_texts,
    bookmarks,
    fonts,
    links,
    make_pdf,
    open_pdf,
    paragraph,
    photo,
    readout,
    run_python,
    words,
)

NESTED = Section(
    label="2.",
    heading=("Regional Situation",),
    body=(
        BulletList(
            items=(
                Item((paragraph("Outer Isles"), paragraph("Both sides were concerned.")), "(1)"),
                Item((paragraph("Fisheries"), BulletList(items=(Item((paragraph("herring"),)),))), "(2)"),
            )
        ),
        Section(heading=("Trade",), body=(paragraph("It grew."),)),
    ),
)


def test_the_rendition_is_a_pdf() -> None:
    rendition = make_pdf(readout())
    assert (rendition.format, rendition.suffix, rendition.media_type) == ("pdf", ".pdf", "application/pdf")
    assert rendition.data.startswith(b"%PDF-1.7")
    assert (rendition.extra_files, rendition.notes) == ({}, ())


def test_the_structure_tree_has_every_word_in_order_and_labels_once() -> None:
    assert read(make_pdf(readout(paragraph("They met."), NESTED)).data) == (
        "Meeting",
        "They met.",
        "2. Regional Situation",
        "(1) Outer Isles",
        "Both sides were concerned.",
        "(2) Fisheries",
        "herring",
        "Trade",
        "It grew.",
        "Unknown: publisher, web address, date of retrieval, licence",
        "Converted by readout-pub; wording unchanged. To verify this file: readout-pub verify",
    )


def test_headings_with_their_labels_are_bookmarks_of_their_depth() -> None:
    assert bookmarks(make_pdf(readout(NESTED))) == ["Meeting", "  2. Regional Situation", "    Trade"]


def test_a_photo_is_embedded_with_its_alternative_text_in_the_structure_tree() -> None:
    images = ImageStore()
    rendition = make_pdf(
        readout(Figure(photos=(photo(images, "Two ministers at a table"),), caption=("Talks",))), images
    )
    assert alternative_texts(rendition) == ["Two ministers at a table"]
    with open_pdf(rendition) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
    assert "Two ministers at a table" not in words(rendition)


def test_a_photo_without_description_has_a_placeholder_as_alternative_text() -> None:
    images = ImageStore()
    digest = photo(images, "").sha256
    assert alternative_texts(make_pdf(readout(Figure(photos=(Photo("a.jpg", Missing(), digest),))), images)) == [
        "Photo, no description available"
    ]


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1"])
def test_png_photos_of_common_colour_modes_give_no_note(mode: str) -> None:
    images = ImageStore()
    figure = Figure(photos=(photo(images, "Two ministers", media="PNG", mode=mode),))
    assert make_pdf(readout(figure), images).notes == ()


@pytest.mark.slow
def test_photos_that_do_not_fit_on_a_page_go_on_the_next() -> None:
    images = ImageStore()
    many = tuple(photo(images, f"Talks {n}") for n in range(60))
    rendition = make_pdf(readout(Figure(photos=many)), images)
    with pypdfium2.PdfDocument(rendition.data) as document:
        lowest = [thing.get_bounds()[1] for page in document for thing in page.get_objects() if thing.type == IMAGE]
    assert len(lowest) == 60
    assert min(lowest) > 0


@pytest.mark.slow
def test_a_missing_photo_is_replaced_by_its_texts_and_a_note() -> None:
    images = ImageStore()
    gone = Photo("gone.jpg", photo(images, "The harbour at dusk").alt, "ff" * 32)
    rendition = make_pdf(readout(Figure(photos=(gone,), caption=("The harbour",))), images)
    assert "Photo not available The harbour at dusk The harbour" in words(rendition)
    assert [note.code for note in rendition.notes] == ["PHOTO_FILE_MISSING"]


def test_a_decorative_photo_has_no_text() -> None:
    images = ImageStore()
    ornament = Photo("line.png", Decorative(), photo(images, "").sha256)
    assert words(make_pdf(readout(Figure(photos=(ornament,))), images)).startswith("Meeting Unknown:")


def test_links_lead_to_the_web_and_to_sections_of_the_page() -> None:
    see = Paragraph(children=(Link("#facts", ("the facts",)), " ", Link("https://atlantis.example/", ("more",))))
    facts = Section(heading=("Facts",), id="facts")
    assert links(make_pdf(readout(see, facts))) == ["facts", "https://atlantis.example/"]


def test_a_link_and_the_number_printed_after_it_are_one_link() -> None:
    see = Paragraph(children=(Link("https://atlantis.example/", ("the facts",)),))
    rendition = make_pdf(readout(see), None, RenderOptions(theme="gazette"))
    assert "the facts[1]" in words(rendition)
    in_text, in_list_of_addresses = links(rendition)
    assert in_text == in_list_of_addresses == "https://atlantis.example/"


@pytest.mark.parametrize("theme", ["plain", "gazette"])
def test_a_link_in_a_superscript_is_as_high_as_its_text(theme: str) -> None:
    call = Sup((Link("https://atlantis.example/", ("17",)),))
    rendition = make_pdf(readout(Paragraph(children=("The ministers met.", call))), None, RenderOptions(theme=theme))
    with open_pdf(rendition) as pdf:
        left, top, right, bottom = map(float, pdf.pages[0].Annots[0].Rect)
    with pypdfium2.PdfDocument(rendition.data) as document:
        text = document[0].get_textpage()
        first, digit_bottom, _, digit_top = text.get_charbox(text.search("17").get_next()[0])
    assert left <= first < right
    assert bottom <= digit_bottom < digit_top <= top


def test_a_plain_page_embeds_our_serif_and_sans_only() -> None:
    page = readout(Section(heading=("Heading",), body=(paragraph("Latin, Ελληνικά, кириллица, Đặng, Łódź"),)))
    assert fonts(make_pdf(page)) == ["Noto-Sans", "Noto-Sans-Bold", "Noto-Serif"]


def test_arrows_and_bullets_and_ticks_come_from_our_font_of_symbols() -> None:
    rendition = make_pdf(readout(paragraph("→ ☎ ◦ ● ○ ■ □ ✓ ★ ▲ ※ ① ⇒ ♪ ≦")))
    assert rendition.notes == ()
    assert "→ ☎ ◦ ● ○ ■ □ ✓ ★ ▲ ※ ① ⇒ ♪ ≦" in words(rendition)
    assert "DejaVu-Sans-Symbols" in fonts(rendition)


@pytest.mark.slow
def test_words_in_wide_spacing_are_read_as_written(tmp_path: Path) -> None:
    (tmp_path / "wide.css").write_text("p { letter-spacing: 0.1em; word-spacing: 0.2em; }", "utf-8")
    said = Paragraph(children=("Both ", Emphasis(("sides",)), " ", Strong(("spoke",)), " of trade."))
    rendition = make_pdf(readout(said), render_options=RenderOptions(css=str(tmp_path / "wide.css")))
    assert "Both sides spoke of trade." in words(rendition)
    assert not rendition.notes


def test_japanese_is_set_in_mincho_with_bold_gothic_for_strong_words() -> None:
    said = Paragraph(children=("両大臣は、", Strong(("海洋安全保障",)), "について述べた。"))
    rendition = make_pdf(readout(said, language="ja", title="外相会談"))
    assert fonts(rendition) == ["Noto-Sans-CJK-JP-Bold", "Noto-Sans-JP", "Noto-Serif-JP"]
    assert "外相会談 両大臣は、海洋安全保障について述べた。" in words(rendition)


def test_characters_beyond_the_japanese_fonts_come_from_the_cjk_font() -> None:
    rendition = make_pdf(readout(paragraph("龘と김"), language="ja", title="会談"))
    assert rendition.notes == ()
    assert "Noto-Sans-CJK-JP" in fonts(rendition)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "text"), [("zh", "双方交换意见，直门语"), ("ko", "회담을 가졌습니다")])
def test_chinese_and_korean_use_the_cjk_font_and_no_japanese_font(language: str, text: str) -> None:
    used = fonts(make_pdf(readout(paragraph(text), language=language, title=text)))
    assert "Noto-Sans-CJK-JP" in used
    assert set(used) <= {"Noto-Sans", "Noto-Serif", "Noto-Sans-CJK-JP", "Noto-Sans-CJK-JP-Bold"}


@pytest.mark.slow
def test_the_header_of_a_long_table_is_repeated_on_every_page() -> None:
    head = (Row((Cell((paragraph("Goods"),), header=True, scope="col"),)),)
    table = Table(head=head, body=tuple(Row((Cell((paragraph(f"crate {n}"),)),)) for n in range(80)))
    rendition = make_pdf(readout(table))
    with open_pdf(rendition) as pdf:
        assert words(rendition).count("Goods") == len(pdf.pages) > 1


@pytest.mark.slow
def test_nested_tables_with_heads_keep_their_innermost_row_across_pages() -> None:
    head = (Row(tuple(Cell((paragraph(name),), header=True, scope="col") for name in ("Goods", "Use"))),)
    inner: tuple[Block, ...] = ()
    for level in range(6, 0, -1):
        text = paragraph(f"Level {level}. " + "They spoke of the tide. " * 20)
        row = Row((Cell((paragraph("ice"),)), Cell((text, *inner))))
        inner = (Table(caption=("Prices",), head=head, body=(row,)),)
    assert "Level 6." in words(make_pdf(readout(*inner)))


@pytest.mark.slow
def test_a_hundred_nested_lists_are_laid_out() -> None:
    deep: Block = paragraph("the deepest words")
    for _ in range(MAX_DEPTH - 1):
        deep = BulletList(items=(Item((deep,)),))
    assert "the deepest words" in words(make_pdf(readout(deep)))


@pytest.mark.slow
def test_a_readout_gives_the_same_bytes_after_another_readout() -> None:
    images = ImageStore()
    page = readout(paragraph("They met."), Figure(photos=(photo(images, "Two ministers"),)))
    first = make_pdf(page, images).data
    make_pdf(readout(paragraph("潮は両岸を待つ"), NESTED, language="ja"))
    assert make_pdf(page, images).data == first


@pytest.mark.slow
def test_another_process_writes_the_same_bytes() -> None:
    program = """
from hashlib import sha256
from tests.pdfs import make_pdf, paragraph, readout
for language, text in (("en", "They met → twice."), ("ja", "両大臣は、潮を待った。")):
    print(sha256(make_pdf(readout(paragraph(text), language=language)).data).hexdigest())
"""
    first, second = run_python(program), run_python(program, PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C")
    assert first.stderr == second.stderr == ""
    assert first.stdout.split() == second.stdout.split()
    assert len(first.stdout.split()) == 2


@pytest.mark.validators
def test_qpdf_finds_no_errors(tmp_path: Path) -> None:
    images = ImageStore()
    body = (NESTED, Figure(photos=(photo(images, "Two ministers", media="PNG", mode="RGBA"),)))
    (tmp_path / "meeting.pdf").write_bytes(make_pdf(readout(*body), images).data)
    assert (
        subprocess.run(["qpdf", "--check", tmp_path / "meeting.pdf"], capture_output=True, check=False).returncode == 0
    )

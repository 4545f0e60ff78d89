"""The PDF as its readers meet it: words in order, bookmarks, photos with their texts, and only fonts that we bring."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE as IMAGE

from benchmarks.readback.pdf import read
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    MAX_DEPTH,
    Block,
    BulletList,
    Cell,
    Decorative,
    Figure,
    Item,
    Link,
    Missing,
    Paragraph,
    Photo,
    Row,
    Section,
    Strong,
    Table,
)
from tests.pdfs import alternative_texts, bookmarks, fonts, links, made, opened, paragraph, photo, ran, readout, words

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


def test_it_is_a_pdf() -> None:
    rendition = made(readout())
    assert (rendition.format, rendition.suffix, rendition.media_type) == ("pdf", ".pdf", "application/pdf")
    assert rendition.data.startswith(b"%PDF-1.7")
    assert (rendition.extra_files, rendition.notes) == ({}, ())


def test_a_listener_hears_every_word_in_order_and_each_label_once() -> None:
    assert read(made(readout(paragraph("They met."), NESTED)).data) == (
        "Meeting",
        "They met.",
        "2. Regional Situation",
        "(1) Outer Isles",
        "Both sides were concerned.",
        "(2) Fisheries",
        "herring",
        "Trade",
        "It grew.",
        "Source: meeting.html",
        "Converted by readout-pub; wording unchanged.",
    )


def test_headings_are_bookmarks_with_their_labels_as_deep_as_they_stand() -> None:
    assert bookmarks(made(readout(NESTED))) == ["Meeting", "  2. Regional Situation", "    Trade"]


def test_a_photo_is_inside_and_its_alternative_text_is_in_the_tag_tree() -> None:
    album = ImageStore()
    rendition = made(readout(Figure(photos=(photo(album, "Two ministers at a table"),), caption=("Talks",))), album)
    assert alternative_texts(rendition) == ["Two ministers at a table"]
    with opened(rendition) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
    assert "Two ministers at a table" not in words(rendition)


def test_a_photo_without_description_is_said_to_have_none() -> None:
    album = ImageStore()
    digest = photo(album, "").sha256
    assert alternative_texts(made(readout(Figure(photos=(Photo("a.jpg", Missing(), digest),))), album)) == [
        "Photo, no description available"
    ]


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1"])
def test_photos_of_every_kind_are_shown_without_complaint(mode: str) -> None:
    album = ImageStore()
    figure = Figure(photos=(photo(album, "Two ministers", media="PNG", mode=mode),))
    assert made(readout(figure), album).notes == ()


def test_more_photos_than_a_page_can_hold_go_on_the_next() -> None:
    album = ImageStore()
    many = tuple(photo(album, f"Talks {n}") for n in range(60))
    rendition = made(readout(Figure(photos=many)), album)
    with pypdfium2.PdfDocument(rendition.data) as document:
        lowest = [thing.get_bounds()[1] for page in document for thing in page.get_objects() if thing.type == IMAGE]
    assert len(lowest) == 60
    assert min(lowest) > 0


def test_a_missing_photo_leaves_its_texts_and_a_note() -> None:
    album = ImageStore()
    gone = Photo("gone.jpg", photo(album, "The harbour at dusk").alt, "ff" * 32)
    rendition = made(readout(Figure(photos=(gone,), caption=("The harbour",))), album)
    assert "Photo not available The harbour at dusk The harbour" in words(rendition)
    assert [note.code for note in rendition.notes] == ["PHOTO_FILE_MISSING"]


def test_a_decorative_photo_has_no_text_to_be_read() -> None:
    album = ImageStore()
    ornament = Photo("line.png", Decorative(), photo(album, "").sha256)
    assert words(made(readout(Figure(photos=(ornament,))), album)).startswith("Meeting Source:")


def test_links_lead_to_the_web_and_to_places_on_the_page() -> None:
    see = Paragraph(children=(Link("#facts", ("the facts",)), " ", Link("https://atlantis.example/", ("more",))))
    facts = Section(heading=("Facts",), id="facts")
    assert links(made(readout(see, facts))) == ["facts", "https://atlantis.example/"]


def test_a_plain_page_carries_our_serif_and_sans_and_no_other_font() -> None:
    page = readout(Section(heading=("Heading",), body=(paragraph("Latin, Ελληνικά, кириллица, Đặng, Łódź"),)))
    assert fonts(made(page)) == ["Noto-Sans", "Noto-Sans-Bold", "Noto-Serif"]


def test_arrows_bullets_and_ticks_come_from_our_font_of_signs() -> None:
    rendition = made(readout(paragraph("→ ☎ ◦ ● ○ ■ □ ✓ ★ ▲ ※ ① ⇒ ♪ ≦")))
    assert rendition.notes == ()
    assert "→ ☎ ◦ ● ○ ■ □ ✓ ★ ▲ ※ ① ⇒ ♪ ≦" in words(rendition)
    assert "DejaVu-Sans-Symbols" in fonts(rendition)


def test_japanese_is_set_in_mincho_with_headings_and_strong_words_in_bold_gothic() -> None:
    said = Paragraph(children=("両大臣は、", Strong(("海洋安全保障",)), "について述べた。"))
    rendition = made(readout(said, language="ja", title="外相会談"))
    assert fonts(rendition) == ["Noto-Sans", "Noto-Sans-CJK-JP-Bold", "Noto-Sans-JP", "Noto-Serif-JP"]
    assert "外相会談 両大臣は、海洋安全保障について述べた。" in words(rendition)


def test_characters_beyond_the_japanese_fonts_come_from_the_one_that_has_all() -> None:
    rendition = made(readout(paragraph("龘と김"), language="ja", title="会談"))
    assert rendition.notes == ()
    assert "Noto-Sans-CJK-JP" in fonts(rendition)


@pytest.mark.parametrize(("language", "text"), [("zh", "双方交换意见，直门语"), ("ko", "회담을 가졌습니다")])
def test_chinese_and_korean_are_not_mixed_from_japanese_faces(language: str, text: str) -> None:
    drawn = fonts(
        made(
            readout(
                paragraph(
                    text,
                ),
                language=language,
                title=text,
            )
        )
    )
    assert set(drawn) <= {"Noto-Sans", "Noto-Serif", "Noto-Sans-CJK-JP", "Noto-Sans-CJK-JP-Bold"}


def test_the_head_of_a_long_table_is_repeated_on_every_page() -> None:
    head = (Row((Cell((paragraph("Goods"),), header=True, scope="col"),)),)
    table = Table(head=head, body=tuple(Row((Cell((paragraph(f"crate {n}"),)),)) for n in range(80)))
    rendition = made(readout(table))
    with opened(rendition) as pdf:
        assert words(rendition).count("Goods") == len(pdf.pages) > 1


def test_a_hundred_lists_within_lists_are_laid_out() -> None:
    deep: Block = paragraph("the deepest words")
    for _ in range(MAX_DEPTH - 1):
        deep = BulletList(items=(Item((deep,)),))
    assert "the deepest words" in words(made(readout(deep)))


def test_the_same_readout_gives_the_same_bytes_whatever_was_made_before() -> None:
    album = ImageStore()
    page = readout(paragraph("They met."), Figure(photos=(photo(album, "Two ministers"),)))
    first = made(page, album).data
    made(readout(paragraph("潮は両岸を待つ"), NESTED, language="ja"))
    assert made(page, album).data == first


@pytest.mark.slow
def test_another_process_makes_the_same_bytes() -> None:
    program = """
from hashlib import sha256
from tests.pdfs import made, paragraph, readout
for language, text in (("en", "They met → twice."), ("ja", "両大臣は、潮を待った。")):
    print(sha256(made(readout(paragraph(text), language=language)).data).hexdigest())
"""
    first, second = ran(program), ran(program, PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C")
    assert first.stderr == second.stderr == ""
    assert first.stdout.split() == second.stdout.split()
    assert len(first.stdout.split()) == 2


def test_qpdf_finds_the_file_whole(tmp_path: Path) -> None:
    album = ImageStore()
    body = (NESTED, Figure(photos=(photo(album, "Two ministers", media="PNG", mode="RGBA"),)))
    (tmp_path / "meeting.pdf").write_bytes(made(readout(*body), album).data)
    assert (
        subprocess.run(["qpdf", "--check", tmp_path / "meeting.pdf"], capture_output=True, check=False).returncode == 0
    )

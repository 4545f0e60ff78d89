"""A PDF carries the glyphs it shows and no others, each found by the number that its pages name."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from PIL import Image

from readout_pub.emit.pdf.fonts import font_folders
from readout_pub.emit.pdf.layout import load_weasyprint
from readout_pub.emit.pdf.subsetting import cut, font_file
from readout_pub.styles import styles_folder
from tests.pdfs import made, opened, paragraph, readout

JAPANESE = sorted(path for folder in font_folders() for path in folder.glob("*.otf"))
LATIN = styles_folder() / "fonts" / "noto-serif" / "NotoSerif-Regular.ttf"
PLACES = (5, 600, 7000)

LARGE = 10_000
"""Bytes that a font of ten glyphs has not; one with empty places for all glyphs of a Japanese font has 200,000."""


def shape(font: TTFont, place: int) -> object:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(place)].draw(pen)
    return pen.value


@pytest.mark.parametrize("path", JAPANESE, ids=lambda path: path.stem)
def test_the_glyphs_of_a_japanese_font_stand_close_and_their_numbers_are_their_places(path: Path) -> None:
    font, places = cut(font_file(path.read_bytes()), PLACES)
    assert places == [0, *PLACES]
    with TTFont(path) as before, TTFont(io.BytesIO(font)) as after:
        assert after.getGlyphOrder() == [".notdef", "cid00001", "cid00002", "cid00003"]
        shapes = [shape(before, place) for place in PLACES]
        assert [shape(after, new) for new in (1, 2, 3)] == shapes
        assert all(shapes)


def test_the_glyphs_of_another_font_stay_in_their_places() -> None:
    font, places = cut(font_file(LATIN.read_bytes()), PLACES[:2])
    assert places is None
    with TTFont(LATIN) as before, TTFont(io.BytesIO(font)) as after:
        assert after["maxp"].numGlyphs == PLACES[1] + 1
        assert [shape(after, place) for place in PLACES[:2]] == [shape(before, place) for place in PLACES[:2]]
        assert not {"cmap", "GSUB", "GPOS"} & set(after.reader.keys())


def test_a_font_of_all_weights_is_carried_in_those_that_are_shown() -> None:
    rendition = made(readout(paragraph("שרי החוץ נפגשו"), title="פגישה", language="he"))
    assert rendition.notes == ()
    with opened(rendition) as pdf:
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each]
        weights = {
            str(each.FontName).partition("+")[2]: TTFont(io.BytesIO(each.FontFile2.read_bytes()))["OS/2"].usWeightClass
            for each in found
        }
    assert (weights["Noto-Sans-Hebrew-Bold"], weights["Noto-Serif-Hebrew"]) == (700, 400)


def test_a_short_japanese_page_carries_no_empty_places() -> None:
    meeting = made(readout(paragraph("両大臣は会談した。Talks"), language="ja", title="会談"))
    with opened(meeting) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each]
        assert len(fonts) > 1
        assert max(len(font.FontFile3.read_bytes()) for font in fonts) < LARGE


def test_each_glyph_has_its_width_where_it_moved() -> None:
    with opened(made(readout(paragraph("会il会"), language="ja", title="Talks"))) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/W" in each]
        moved = [font for font in fonts if "/FontFile3" in font.FontDescriptor]
        advances = [advance for font in moved for advance in in_file(font)]
        assert [width for font in moved for width in said(font)] == advances
        assert len(set(advances)) > 1


def said(font: pikepdf.Dictionary) -> list[tuple[int, int]]:
    rows = zip(font.W[::2], font.W[1::2], strict=True)
    return [(int(first) + nth, int(width)) for first, row in rows for nth, width in enumerate(row)]


def in_file(font: pikepdf.Dictionary) -> list[tuple[int, int]]:
    program = TTFont(io.BytesIO(font.FontDescriptor.FontFile3.read_bytes()))
    widths = program["hmtx"].metrics.values()
    return [(place, width) for place, (width, _) in enumerate(widths) if place]


def test_two_readers_draw_the_same_japanese_page(tmp_path: Path) -> None:
    """One goes by FreeType and knows fonts by itself, the other does not; a glyph that is not found is blank."""
    page, blank = (made(readout(paragraph(words * 200), language="ja")).data for words in ("外相会談", "　　　　"))
    for reader in (by_poppler, by_pdfium):
        assert reader(page, tmp_path) > 5 * reader(blank, tmp_path)
    assert by_poppler(page, tmp_path) == pytest.approx(by_pdfium(page, tmp_path), rel=0.1)


def ink(picture: Image.Image) -> float:
    """Return how much of a picture is black, from 0 to 1."""
    grey = picture.convert("L")
    return 1 - sum(value * count for value, count in enumerate(grey.histogram())) / (255 * grey.width * grey.height)


def by_poppler(pdf: bytes, folder: Path) -> float:
    command = ("pdftoppm", "-r", "72", "-png", "-f", "1", "-l", "1", "-singlefile", "-", str(folder / "page"))
    subprocess.run(command, input=pdf, check=True)
    with Image.open(folder / "page.png") as picture:
        return ink(picture)


def by_pdfium(pdf: bytes, _: Path) -> float:
    with pypdfium2.PdfDocument(pdf) as document:
        return ink(document[0].render(scale=1).to_pil())


def test_a_font_file_is_read_once_for_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    made(readout(paragraph("両大臣は会談した。"), language="ja"))
    monkeypatch.delattr(load_weasyprint().text.fonts, "get_hb_object_data")
    made(readout(paragraph("両大臣は会食した。"), language="ja"))

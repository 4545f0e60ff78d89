"""Embedded fonts contain only the shown glyphs. PDF readers find glyphs by CID or glyph ID, text by ToUnicode."""

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

from readout_pub.emit import RenderOptions
from readout_pub.emit.font_files import font_folders
from readout_pub.emit.pdf import weasyprint_adapter
from readout_pub.emit.pdf.font_embedding import open_font, subset_font
from readout_pub.themes import styles_folder
from tests.pdfs import make_pdf, open_pdf, paragraph, readout

JAPANESE = sorted(path for folder in font_folders() for path in folder.glob("*.otf"))
LATIN = styles_folder() / "fonts" / "noto-serif" / "NotoSerif-Regular.ttf"
GIDS = (5, 600, 7000)

MAX_SIZE = 10_000
"""Bytes. The largest subset of a short page, with 63 glyphs, has 8,400 bytes.

A subset of a Japanese font that keeps the glyph IDs has more than 100,000.
"""


def outline(font: TTFont, gid: int) -> object:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(gid)].draw(pen)
    return pen.value


@pytest.mark.slow
@pytest.mark.parametrize("path", JAPANESE, ids=lambda path: path.stem)
def test_a_subset_of_a_japanese_font_renumbers_its_glyphs_and_cids(path: Path) -> None:
    font, original_gids = subset_font(open_font(path.read_bytes()), GIDS)
    assert original_gids == [0, *GIDS]
    with TTFont(path) as before, TTFont(io.BytesIO(font)) as after:
        assert after.getGlyphOrder() == [".notdef", "cid00001", "cid00002", "cid00003"]
        outlines = [outline(before, gid) for gid in GIDS]
        assert [outline(after, gid) for gid in (1, 2, 3)] == outlines
        assert all(outlines)


def test_a_subset_of_a_latin_font_keeps_glyph_ids() -> None:
    font, original_gids = subset_font(open_font(LATIN.read_bytes()), GIDS[:2])
    assert original_gids is None
    with TTFont(LATIN) as before, TTFont(io.BytesIO(font)) as after:
        assert after["maxp"].numGlyphs == GIDS[1] + 1
        assert [outline(after, gid) for gid in GIDS[:2]] == [outline(before, gid) for gid in GIDS[:2]]
        assert not {"cmap", "GSUB", "GPOS"} & set(after.reader.keys())


@pytest.mark.slow
def test_a_variable_font_is_embedded_in_the_weights_that_are_shown() -> None:
    rendition = make_pdf(readout(paragraph("שרי החוץ נפגשו"), title="פגישה", language="he"))
    assert rendition.notes == ()
    with open_pdf(rendition) as pdf:
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each]
        weights = {
            str(each.FontName).partition("+")[2]: TTFont(io.BytesIO(each.FontFile2.read_bytes()))["OS/2"].usWeightClass
            for each in found
        }
    assert (weights["Noto-Sans-Hebrew-Bold"], weights["Noto-Serif-Hebrew"]) == (700, 400)


@pytest.mark.slow
def test_an_embedded_variable_font_does_not_depend_on_the_current_time(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = readout(paragraph("שרי החוץ נפגשו"), title="פגישה", language="he")
    monkeypatch.setattr("fontTools.ttLib.tables._h_e_a_d.timestampNow", lambda: 1)
    early = make_pdf(meeting).data
    monkeypatch.setattr("fontTools.ttLib.tables._h_e_a_d.timestampNow", lambda: 2)
    assert make_pdf(meeting).data == early


def test_each_font_embedded_in_a_short_japanese_page_has_few_bytes() -> None:
    meeting = make_pdf(readout(paragraph("両大臣は会談した。Talks"), language="ja", title="会談"))
    with open_pdf(meeting) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile3" in each]
        assert len(fonts) > 1
        assert max(len(font.FontFile3.read_bytes()) for font in fonts) < MAX_SIZE


def test_a_renumbered_glyph_keeps_its_width() -> None:
    with open_pdf(make_pdf(readout(paragraph("会il会"), language="ja", title="Talks"))) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/W" in each]
        renumbered = [font for font in fonts if "/FontFile3" in font.FontDescriptor]
        advances = [advance for font in renumbered for advance in font_widths(font)]
        assert [width for font in renumbered for width in pdf_widths(font)] == advances
        assert len(set(advances)) > 1


def pdf_widths(font: pikepdf.Dictionary) -> list[tuple[int, int]]:
    rows = zip(font.W[::2], font.W[1::2], strict=True)
    return [(int(first) + offset, int(width)) for first, row in rows for offset, width in enumerate(row)]


def font_widths(font: pikepdf.Dictionary) -> list[tuple[int, int]]:
    program = TTFont(io.BytesIO(font.FontDescriptor.FontFile3.read_bytes()))
    widths = program["hmtx"].metrics.values()
    return [(gid, width) for gid, (width, _) in enumerate(widths) if gid]


@pytest.mark.validators
def test_poppler_and_pdfium_draw_the_same_japanese_page(tmp_path: Path) -> None:
    """Programs look up glyphs by CID or by glyph ID; a glyph that is not found stays blank."""
    page, blank = (make_pdf(readout(paragraph(words * 200), language="ja")).data for words in ("外相会談", "　　　　"))
    for ink_in in (ink_in_poppler, ink_in_pdfium):
        assert ink_in(page, tmp_path) > 5 * ink_in(blank, tmp_path)
    assert ink_in_poppler(page, tmp_path) == pytest.approx(ink_in_pdfium(page, tmp_path), rel=0.1)


def share_of_black(picture: Image.Image) -> float:
    """Return how much of a picture is black, from 0 to 1."""
    grey = picture.convert("L")
    return 1 - sum(value * count for value, count in enumerate(grey.histogram())) / (255 * grey.width * grey.height)


def ink_in_poppler(pdf: bytes, folder: Path) -> float:
    command = ("pdftoppm", "-r", "72", "-png", "-f", "1", "-l", "1", "-singlefile", "-", str(folder / "page"))
    subprocess.run(command, input=pdf, check=True)
    with Image.open(folder / "page.png") as picture:
        return share_of_black(picture)


def ink_in_pdfium(pdf: bytes, _: Path) -> float:
    with pypdfium2.PdfDocument(pdf) as document:
        return share_of_black(document[0].render(scale=1).to_pil())


def test_a_second_pdf_does_not_read_a_font_file_again(monkeypatch: pytest.MonkeyPatch) -> None:
    make_pdf(readout(paragraph("両大臣は会談した。"), language="ja"))
    monkeypatch.delattr(weasyprint_adapter, "get_hb_object_data")
    make_pdf(readout(paragraph("両大臣は会食した。"), language="ja"))


@pytest.mark.slow
def test_every_glyph_of_a_shortened_running_title_has_a_text() -> None:
    pages = [paragraph("両大臣は会談した。") for _ in range(60)]
    rendition = make_pdf(
        readout(*pages, language="ja", title="日本とアトランティスの外相会談" * 5),
        render_options=RenderOptions(theme="large-print"),
    )
    with open_pdf(rendition) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each]
        assert len(fonts) > 1
        assert [font.BaseFont for font in fonts if b"> <>" in font.ToUnicode.read_bytes()] == []

"""Glyphs are found where a reader that follows the standard looks for them, and each says something."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from readout_pub.emit import Look
from readout_pub.emit.pdf.fonts import font_folders
from readout_pub.emit.pdf.mended_fonts import places_as_numbers
from tests.pdfs import made, opened, paragraph, readout

JAPANESE = sorted(path for folder in font_folders() for path in folder.glob("*.otf"))


@pytest.mark.parametrize("path", JAPANESE, ids=lambda path: path.stem)
def test_each_glyph_has_its_place_as_its_number_and_keeps_its_shape(path: Path) -> None:
    data = path.read_bytes()
    with TTFont(io.BytesIO(data)) as before, TTFont(io.BytesIO(places_as_numbers(data))) as after:
        assert after.getGlyphOrder()[1:4] == ["cid00001", "cid00002", "cid00003"]
        assert after.getGlyphOrder()[-1] == f"cid{before['maxp'].numGlyphs - 1:05d}"
        shapes = [font["CFF "].cff.topDictIndex[0].CharStrings.charStringsIndex for font in (before, after)]
        assert shapes[0][500].bytecode == shapes[1][500].bytecode


def test_every_glyph_says_something_where_a_running_title_is_cut_short() -> None:
    pages = [paragraph("両大臣は会談した。") for _ in range(60)]
    rendition = made(
        readout(*pages, language="ja", title="日本とアトランティスの外相会談" * 5), look=Look(theme="large-print")
    )
    with opened(rendition) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each]
        assert len(fonts) > 1
        assert [font.BaseFont for font in fonts if b"> <>" in font.ToUnicode.read_bytes()] == []

"""Every glyph says something."""

from __future__ import annotations

import pikepdf

from readout_pub.emit import RenderOptions
from tests.pdfs import made, opened, paragraph, readout


def test_every_glyph_says_something_where_a_running_title_is_cut_short() -> None:
    pages = [paragraph("両大臣は会談した。") for _ in range(60)]
    rendition = made(
        readout(*pages, language="ja", title="日本とアトランティスの外相会談" * 5),
        look=RenderOptions(theme="large-print"),
    )
    with opened(rendition) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each]
        assert len(fonts) > 1
        assert [font.BaseFont for font in fonts if b"> <>" in font.ToUnicode.read_bytes()] == []

"""Reading EPUB."""

from __future__ import annotations

import io
import zipfile

from benchmarks.readback import read_back

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf">
<manifest>
<item id="a" href="text/second%20part.xhtml"/><item id="b" href="text/first.xhtml"/>
<item id="n" href="nav.xhtml" properties="nav"/>
</manifest>
<spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/></spine>
</package>"""
CHAPTER = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Talks</title></head><body>{}</body></html>'


def test_documents_are_in_spine_order_without_the_navigation() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("OEBPS/book.opf", PACKAGE)
        book.writestr("OEBPS/nav.xhtml", CHAPTER.format("<ol><li>Contents</li></ol>"))
        book.writestr("OEBPS/text/first.xhtml", CHAPTER.format("<h1>会談</h1><p>外務大臣</p>"))
        book.writestr("OEBPS/text/second part.xhtml", CHAPTER.format("<ol><li><p>Trade</p></li></ol>"))
    assert read_back("epub", out.getvalue()) == ("会談", "外務大臣", "1. Trade")

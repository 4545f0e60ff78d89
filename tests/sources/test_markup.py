"""The content of a file, not its name, decides whether it is HTML or text; other files are refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from readout_pub import HtmlPage, SourceError, TextPage, open_source, saved_pages

PAGE = "<html><body><p>The Ministers met.</p></body></html>"


def saved(folder: Path, content: bytes, name: str = "page.html") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
def test_html_is_recognised_by_content_and_not_by_name(name: str, tmp_path: Path) -> None:
    page = open_source(saved(tmp_path, PAGE.encode(), name))
    assert isinstance(page, HtmlPage)
    assert (page.name, page.markup, page.raw()) == (name, PAGE, PAGE.encode())


def test_text_is_recognised_by_content_and_not_by_name(tmp_path: Path) -> None:
    text = "Atlantis Relations\n\nAugust 4, 2031\n\nThe Ministers said that 2 < 3 and 5 > 4.\n"
    page = open_source(saved(tmp_path, text.encode(), "page.html"))
    assert isinstance(page, TextPage)
    assert page.text == text


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "<HTML>", "<p class=lead>", "<table border=0>", "<h2>", "<br />", "<main>"]
)
def test_a_file_with_one_tag_of_a_page_is_html(start: str, tmp_path: Path) -> None:
    assert isinstance(open_source(saved(tmp_path, f"{start}The Ministers met.".encode())), HtmlPage)


ARC = b"filedesc://tides.arc 0.0.0.0 20050804102030 text/plain 76\n1 0 Atlantis\n"
RECOMPRESS = "an older format of web archives; `warcio recompress` converts it to a WARC file, which readout-pub reads"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty; save the page again"),
        (b" \r\n\t", "the file is empty; save the page again"),
        (b"%PDF-1.7\n", "this is a PDF; readout-pub reads saved web pages"),
        (b"\x1f\x8b\x08", "this is a gzip file; unpack it, and give its pages instead"),
        (ARC, f"this is an ARC file, {RECOMPRESS}"),
        (gzip.compress(ARC, mtime=0), f"this is an ARC file, {RECOMPRESS}"),
        (b"\x89PNG\r\n", "this is a PNG picture; readout-pub reads saved web pages"),
        (b"\xff\xd8\xff\xe0", "this is a JPEG picture; readout-pub reads saved web pages"),
        (b"{\\rtf1 They agreed.}", "this is an RTF document; save it as HTML or as text"),
        (
            b"<svg viewBox='0 0 9 9'><text>Quay</text></svg>",
            "this is an SVG picture; readout-pub reads saved web pages",
        ),
        (
            b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel/></rss>\n',
            "this is a feed; `readout-pub fetch --from` fetches the pages that it lists",
        ),
        (b"<urlset></urlset>", "this is a sitemap; `readout-pub fetch --from` fetches the pages that it lists"),
        (
            b"\xd0\xcf\x11\xe0",
            "this is an old Office document, or a mail of Outlook; save it as HTML, or the mail as .eml",
        ),
        (
            b"From - Tue May 06 10:00:00 2031\nSubject: Talks\n\n<h1>Talks</h1>",
            "this is a mailbox (mbox); save each of its mails as an .eml file",
        ),
        (b"Rar!\x1a\x07\x00", "this is a RAR archive; unpack it, and give its pages instead"),
        (bytes(257) + b"ustar\x0000", "this is a tar archive; unpack it, and give its pages instead"),
        (b"bplist00\xd1", "this is a property list; readout-pub reads saved web pages"),
        (bytes(range(256)), "this is a binary file; readout-pub reads saved web pages"),
    ],
)
def test_the_error_for_a_file_in_another_format_names_the_format(content: bytes, what: str, tmp_path: Path) -> None:
    file = saved(tmp_path, content)
    with pytest.raises(SourceError) as refused:
        open_source(file)
    assert str(refused.value) == f"{file}: {what}"


def test_a_page_may_begin_with_an_svg_drawing(tmp_path: Path) -> None:
    page = open_source(saved(tmp_path, b"<svg width='9'></svg><main><p>They agreed.</p></main>"))
    assert isinstance(page, HtmlPage)


def test_an_arc_file_among_pages_is_a_page_that_fails(tmp_path: Path) -> None:
    saved(tmp_path, b"<p>The Ministers met.")
    (tmp_path / "tides.arc").write_bytes(ARC)
    failing = [page for page in saved_pages(tmp_path) if page.name == "tides.arc"]
    with pytest.raises(SourceError, match="this is an ARC file"):
        failing[0].open()

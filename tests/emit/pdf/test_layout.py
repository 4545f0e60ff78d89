"""Laying out pages: what WeasyPrint may load, its warnings, threads, running headers and table headers."""

from __future__ import annotations

import datetime as dt
import gc
import re
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from readout_pub.emit import RenderOptions
from readout_pub.emit.pdf.layout import PageStyle, PdfResult, lay_out
from readout_pub.emit.pdf.metadata import DocumentInfo
from readout_pub.emit.pdf.profiles import PROFILES
from readout_pub.emit.pdf.weasyprint_adapter import PhotoFetcher, TaggedDocument
from readout_pub.install_commands import PANGO, install_system
from tests.pdfs import make_pdf, paragraph, readout, run_python

INFO = DocumentInfo("Meeting", "en", b"0123456789abcdef", "")


def laid_out(body: str, css: str = "") -> PdfResult:
    page = f'<!DOCTYPE html><html lang="en"><title>Meeting</title><body>{body}</body></html>'
    return lay_out(page, PageStyle(css), {}, INFO, profile=PROFILES["ua1+a2a"])


def test_an_image_on_the_disk_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    address = secret.as_uri()
    assert laid_out(f'<img src="{address}" alt=""/>').complaints == (
        f"Failed to load image at '{address}': PermissionError: a page may show its own photos only",
    )


def test_a_complaint_shortens_a_url_that_contains_a_picture() -> None:
    (complaint,) = laid_out(f'<img src="data:image/png;base64,{"A" * 5000}" alt=""/>').complaints
    assert complaint.startswith("Failed to load image at 'data:image/png;base64,AAAA")
    assert len(complaint) < 200


def test_an_import_from_the_network_is_refused() -> None:
    (complaint,) = laid_out("<p>Words</p>", "@import url(https://atlantis.example/style.css);").complaints
    assert "a page may show its own photos only" in complaint


def test_an_address_that_is_not_a_photo_of_the_readout_is_refused() -> None:
    with pytest.raises(PermissionError):
        PhotoFetcher({})("images:00")


def test_css_that_weasyprint_does_not_know_gives_a_complaint() -> None:
    (complaint,) = laid_out("<p>Words</p>", "p { colour: red }").complaints
    assert "colour" in complaint
    assert laid_out("<p>Later words</p>", "p { colour: red }").complaints == (complaint,)


def test_a_missing_glyph_is_a_missing_character_and_not_a_complaint() -> None:
    page = laid_out("<p>\U00013000</p>")
    assert page.missing == frozenset({"\U00013000"})
    assert page.complaints == ()


def test_invisible_characters_need_no_glyph() -> None:
    assert laid_out("<p>a\u200bb\u00adc\u200dd\ufeffe\u2060f\u200e\ufe0f</p>").missing == frozenset()


@pytest.mark.slow
def test_the_styles_of_every_theme_cause_no_complaints_in_a_new_process() -> None:
    program = """
from readout_pub.emit import RenderOptions
from readout_pub.themes import theme_names
from tests.pdfs import make_pdf, readout
options = [RenderOptions(theme=theme) for theme in theme_names()]
pages = [readout(language=language) for language in ("en", "ko")]
print(*(note for page in pages for each in options for note in make_pdf(page, render_options=each).notes))
"""
    shown = run_python(program)
    assert (shown.stdout, shown.stderr) == ("\n", "")


@pytest.mark.slow
def test_pages_made_in_several_threads_are_the_same_as_in_one() -> None:
    pages = [readout(paragraph(f"They met for the {n}th time.")) for n in range(6)]
    with ThreadPoolExecutor(3) as threads:
        together = [rendition.data for rendition in threads.map(make_pdf, pages)]
    assert together == [make_pdf(page).data for page in pages]


@pytest.mark.slow
def test_a_missing_system_library_is_an_error_with_the_install_command() -> None:
    program = """
import cffi
def nothing(*names): raise OSError("cannot load library 'libpango-1.0-0'")
cffi.FFI.dlopen = nothing
from readout_pub.errors import ToolMissing
from tests.pdfs import make_pdf, readout
try:
    make_pdf(readout())
except ToolMissing as error:
    print(error.exit_code, error)
"""
    shown = run_python(program)
    assert shown.stdout.startswith("3 PDF needs a system library of WeasyPrint (cannot load library 'libpango-1.0-0')")
    assert install_system(PANGO) in shown.stdout
    assert shown.stdout.count("\n") == 1
    assert shown.stderr == ""


@pytest.mark.slow
@pytest.mark.parametrize(("language", "side"), [("en", "left"), ("he", "right")])
def test_the_running_title_is_at_the_side_where_lines_begin(language: str, side: str) -> None:
    data = make_pdf(readout(*[paragraph("They met. " * 99)] * 9, title="Tides", language=language)).data
    with pypdfium2.PdfDocument(data) as document:
        page = document[1]
        text = page.get_textpage()
        start, _ = text.search("Tides").get_next()
        assert side == ("left" if text.get_charbox(start)[0] < page.get_width() / 2 else "right")


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["plain", "gazette", "high-contrast"])
def test_a_long_publisher_fills_the_running_head_beside_a_short_title(theme: str) -> None:
    publisher = "Ministry of Foreign Affairs and Fisheries of Atlantis"
    meeting = readout(*[paragraph("They met. " * 99)] * 9, title="Tides")
    meeting = replace(meeting, origin=replace(meeting.origin, publisher=publisher))
    with pypdfium2.PdfDocument(make_pdf(meeting, render_options=RenderOptions(theme)).data) as document:
        assert publisher in document[1].get_textpage().get_text_range()


@pytest.mark.slow
def test_a_long_publisher_does_not_touch_a_long_title() -> None:
    meeting = readout(*[paragraph("They met. " * 99)] * 9, title="Tides of the Northern Sea " * 9)
    meeting = replace(meeting, origin=replace(meeting.origin, publisher="Ministry of the Sea " * 9))
    with pypdfium2.PdfDocument(make_pdf(meeting).data) as document:
        text = document[1].get_textpage()
        rects = [text.get_rect(index) for index in range(text.count_rects())]
        title, publisher = sorted(rect for rect in rects if rect[1] > document[1].get_height() - 55)
    assert publisher[0] - title[2] > 8


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "he"])
def test_shortened_running_heads_end_at_the_edge_of_the_text(language: str) -> None:
    title, publisher = (
        ("גאות הים הצפוני ", "משרד הים ") if language == "he" else ("Tides of the Sea ", "Ministry of the Sea ")
    )
    meeting = readout(*[paragraph("They met. " * 99)] * 9, title=title * 9, language=language)
    meeting = replace(meeting, origin=replace(meeting.origin, publisher=publisher * 9))
    with pypdfium2.PdfDocument(make_pdf(meeting).data) as document:
        text = document[1].get_textpage()
        letters = [index for index in range(text.count_chars()) if text.get_text_range(index, 1).strip()]
        boxes = [text.get_charbox(index, loose=True) for index in letters]
        head = [box for box in boxes if box[1] > document[1].get_height() - 55]
        width = document[1].get_width()
    margin = 34.6 / 25.4 * 72
    assert min(box[0] for box in head) == pytest.approx(margin, abs=1.5)
    assert max(box[2] for box in head) == pytest.approx(width - margin, abs=1.5)


@pytest.mark.slow
def test_a_word_wider_than_the_page_is_shortened_in_the_running_head() -> None:
    meeting = readout(*[paragraph("They met. " * 99)] * 3, title="Tidal" * 20)
    rendition = make_pdf(meeting, render_options=RenderOptions("large-print", paper="a5"))
    assert rendition.notes == ()
    with pypdfium2.PdfDocument(rendition.data) as document:
        assert re.search(r"\b(?:Tidal){4,12}\w*…", document[1].get_textpage().get_text_range())


@pytest.mark.slow
def test_the_date_stays_beside_the_page_number_if_a_footer_has_text() -> None:
    meeting = readout(*[paragraph("They met. " * 99)] * 9, title="Tides", language="es")
    meeting = replace(meeting, issued_text="miércoles, 9 de septiembre de 2031")
    options = RenderOptions(draft=True, embargo=dt.date(2031, 9, 9))
    with pypdfium2.PdfDocument(make_pdf(meeting, render_options=options).data) as document:
        lines = document[1].get_textpage().get_text_range().splitlines()
    assert any("2 / " in line and line.endswith(meeting.issued_text or "") for line in lines)


@pytest.mark.parametrize("theme", ["plain", "ministry"])
def test_a_title_outside_of_a_header_does_not_touch_the_text_below(theme: str) -> None:
    css = RenderOptions(theme).design("en").style_sheet("pdf")
    with pypdfium2.PdfDocument(laid_out("<h1>Mine</h1><p>Rain</p>", css).data) as document:
        text = document[0].get_textpage()
        (title, below) = (text.get_charbox(text.get_text_range().index(word)) for word in ("Mine", "Rain"))
    assert title[1] - below[3] > 12


@pytest.mark.slow
def test_a_table_header_that_is_too_tall_to_be_repeated_appears_once() -> None:
    head, body = ("".join(f"<p>{word} {number}</p>" for number in range(40)) for word in ("Salt", "Fish"))
    rows = "".join(f"<tr><td>Row {number}</td></tr>" for number in range(60))
    page = f"<table><thead><tr><th>{head}</th></tr></thead><tbody><tr><td>{body}</td></tr>{rows}</tbody></table>"
    css = "p { font-size: 20pt } thead { display: table-header-group } thead.once { display: table-row-group }"
    with pypdfium2.PdfDocument(laid_out(page, css).data) as document:
        words = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert re.findall(r"Salt (\d+)", words) == [str(number) for number in range(40)]


def test_garbage_is_not_collected_during_layout() -> None:
    """Each collection would visit the boxes of all pages; collections took a tenth of the time of layout."""
    phases: list[str] = []
    thresholds = gc.get_threshold()
    laid_out("<p>Words</p>")
    gc.callbacks.append(lambda phase, _: phases.append(phase))
    gc.set_threshold(100)
    try:
        laid_out("<p>Words</p>")
    finally:
        gc.set_threshold(*thresholds)
        gc.callbacks.pop()
    assert phases.count("start") < 5


@pytest.mark.slow
def test_a_laid_out_document_is_freed_before_garbage_is_collected_again(monkeypatch: pytest.MonkeyPatch) -> None:
    documents: weakref.WeakSet[TaggedDocument] = weakref.WeakSet()
    create = TaggedDocument.__init__

    def record(self: TaggedDocument, *arguments: object) -> None:
        create(self, *arguments)
        documents.add(self)

    monkeypatch.setattr(TaggedDocument, "__init__", record)
    alive: list[int] = []
    gc.callbacks.append(lambda phase, _: alive.append(len(documents)) if phase == "start" else None)
    thresholds = gc.get_threshold()
    gc.set_threshold(1)
    try:
        laid_out("<p>Words</p>")
    finally:
        gc.set_threshold(*thresholds)
        gc.callbacks.pop()
    assert alive
    assert not any(alive)

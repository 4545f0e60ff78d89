"""What the formats add to the text: masthead, facts of the meeting, draft status, footers and contents."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image

from readout_pub.emit import RenderOptions, emit
from readout_pub.image_store import ImageStore
from readout_pub.model import Figure, Meeting, Origin, Paragraph, Participant, Readout, Section
from readout_pub.receipts import prove_rendition
from readout_pub.receipts.model import RenditionReceipt
from readout_pub.words import words_of
from tests.pdfs import open_pdf, photo, words

TALKS = Readout(
    language="en",
    title=("Talks in Thule",),
    issued=dt.date(2031, 5, 4),
    issued_text="May 4, 2031",
    body=(Paragraph(children=("They met.",)),),
    meeting=Meeting(
        date=dt.date(2031, 5, 4),
        start=dt.time(13, 30),
        duration_minutes=20,
        people=(Participant("SATO Hana", "Minister of Thule"), Participant("Ola Berg")),
    ),
    origin=Origin("talks.html", "00" * 32, publisher="Ministry of Thule"),
)


@pytest.mark.parametrize("target", ["html", "epub", "pdf", "txt", "docx", "odt", "md"])
def test_no_format_loses_a_word_of_a_readout_with_a_meeting(target: str) -> None:
    render_options = RenderOptions()
    receipt = prove_rendition(TALKS, ImageStore(), emit(TALKS, ImageStore(), target, render_options), render_options)
    assert receipt.differences == ()
    assert receipt.found == receipt.words


def test_plain_text_says_when_and_with_whom_the_meeting_was() -> None:
    text = emit(TALKS, ImageStore(), "txt").data.decode()
    assert "Date and time: May 4, 2031, 13:30, 20 minutes\nParticipants: SATO Hana, Minister of Thule\nOla Berg" in text


def test_a_meeting_before_the_publication_date_is_dated_in_iso_format() -> None:
    later = replace(TALKS, issued=dt.date(2031, 5, 6), issued_text="May 6, 2031")
    assert "Date and time: 2031-05-04, 13:30" in emit(later, ImageStore(), "txt").data.decode()


@pytest.mark.parametrize(
    ("language", "line"), [("en", "Duration: 20 minutes"), ("de", "Dauer: 20 Minuten"), ("ja", "所要時間：20分")]
)
def test_a_meeting_with_only_a_duration_shows_no_date_and_time(language: str, line: str) -> None:
    short = replace(TALKS, language=language, meeting=Meeting(duration_minutes=20))
    assert f"\n{line}\n" in emit(short, ImageStore(), "txt").data.decode()


def test_html_marks_the_facts_of_the_meeting_in_microdata() -> None:
    page = emit(TALKS, ImageStore(), "html").data.decode()
    assert '<time itemprop="startDate" datetime="2031-05-04T13:30">May 4, 2031, 13:30</time>' in page
    assert '<time itemprop="duration" datetime="PT20M">20 minutes</time>' in page
    assert '<span itemprop="attendee">SATO Hana, Minister of Thule</span>' in page


def test_a_readout_without_a_meeting_has_no_list_of_facts() -> None:
    assert 'class="meeting"' not in emit(replace(TALKS, meeting=None), ImageStore(), "html").data.decode()


@pytest.mark.slow
def test_the_publisher_is_above_the_title_and_in_running_heads() -> None:
    long = replace(TALKS, body=TALKS.body * 60)
    shown = words(emit(long, ImageStore(), "pdf"))
    assert shown.startswith("Ministry of Thule Talks in Thule")
    assert shown.count("Ministry of Thule") > 2


@pytest.mark.slow
def test_publisher_footer_and_logo_can_come_from_a_theme(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text(
        'name = "House"\n[masthead]\npublisher = { en = "House of Thule", fr = "Maison" }\n'
        '[footer]\ntext = { en = "For the record" }\n'
    )
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    render_options = RenderOptions(theme=str(tmp_path))
    images = ImageStore()
    talks = replace(TALKS, body=(*TALKS.body, Figure((photo(images, "Two ministers"),))))
    page = emit(talks, images, "html", render_options)
    assert '<p class="masthead"><img class="logo" src="data:image/svg+xml;base64,' in page.data.decode()
    pdf = emit(talks, images, "pdf", render_options)
    assert words(pdf).startswith("House of Thule")
    assert "For the record" in words(pdf)
    for rendition in (page, pdf, *(emit(talks, images, target, render_options) for target in ("epub", "docx", "odt"))):
        receipt = prove_rendition(talks, images, rendition, render_options)
        assert receipt.differences == ()
        assert receipt.photos.found == 1


@pytest.mark.parametrize(
    ("language", "publisher"),
    [("zh-TW", "海洋部"), ("zh-Hant-TW", "海洋部（繁）"), ("zh-CN", "海洋部（简）"), ("pt-BR", "Ministry of the Sea")],
)
def test_the_publisher_of_a_theme_is_in_the_language_of_the_page(language: str, publisher: str, tmp_path: Path) -> None:
    names = '{ en = "Ministry of the Sea", zh-TW = "海洋部", zh = "海洋部（简）", zh-Hant = "海洋部（繁）" }'
    (tmp_path / "theme.toml").write_text(f'name = "House"\n[masthead]\npublisher = {names}\n', "utf-8")
    page = emit(replace(TALKS, language=language), ImageStore(), "html", RenderOptions(theme=str(tmp_path)))
    assert f'<span class="publisher">{publisher}</span>' in page.data.decode()


@pytest.mark.slow
@pytest.mark.parametrize(("target", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_office_formats_show_a_decorative_logo_before_the_publisher(target: str, part: str, tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('name = "House"')
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    rendition = emit(TALKS, ImageStore(), target, RenderOptions(theme=str(tmp_path)))
    with ZipFile(io.BytesIO(rendition.data)) as package:
        document = package.read(part).decode()
        pictures = [name for name in package.namelist() if name.endswith(".png")]
        assert len(pictures) == 1
        assert Image.open(io.BytesIO(package.read(pictures[0]))).size == (240, 240)
    masthead = document[: document.index("Ministry of Thule")]
    assert ("adec:decorative" if target == "docx" else 'draw:style-name="Decorative"') in masthead
    assert emit(TALKS, ImageStore(), target, RenderOptions(theme=str(tmp_path))).data == rendition.data


def text_of(paragraph: etree._Element) -> str:
    return " ".join("".join(map(str, paragraph.itertext())).split())


@pytest.mark.slow
@pytest.mark.parametrize("date", ["May 4, 2031", None])
@pytest.mark.parametrize("byline", ["Ola Berg", None])
def test_in_office_formats_a_horizontal_line_ends_the_front_matter(date: str | None, byline: str | None) -> None:
    talks = replace(TALKS, issued=None, issued_text=date, byline=byline, meeting=None)
    last = byline or date or "Talks in Thule"
    with ZipFile(io.BytesIO(emit(talks, ImageStore(), "docx").data)) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    ruled = [each for each in document.iter("{*}p") if each.find("{*}pPr/{*}pBdr/{*}bottom") is not None]
    assert [text_of(each) for each in ruled] == [last]
    with ZipFile(io.BytesIO(emit(talks, ImageStore(), "odt").data)) as package:
        document = etree.fromstring(package.read("content.xml"))
    styled = {str(next(iter(each.values()))): text_of(each) for each in document.iter("{*}p")}
    assert [text for style, text in styled.items() if style.startswith(("Last_", "Only_"))] == [last]


@pytest.mark.slow
@pytest.mark.parametrize(("target", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_office_formats_have_each_fact_of_the_meeting_beside_its_name(target: str, part: str) -> None:
    with ZipFile(io.BytesIO(emit(TALKS, ImageStore(), target).data)) as package:
        document = etree.fromstring(package.read(part))
    for tab in document.iter("{*}tab"):
        tab.text = "\t"
    lines = ("".join(map(str, paragraph.itertext())) for paragraph in document.iter("{*}p"))
    found = [line for line in lines if "\t" in line]
    assert [line.partition("\t")[0].strip() for line in found] == ["Date and time", "Participants"]
    assert "\tMay 4, 2031, 13:30" in found[0]


EMBARGOED = RenderOptions(draft=True, embargo=dt.date(2031, 5, 9))
STATUS = "Draft · Not for release before 2031-05-09"
SECTIONS = tuple(
    Section(label=f"{number}.", heading=(f"Topic {number}",), body=(Paragraph(children=("They met. " * 300,)),))
    for number in range(1, 6)
)
LONG = replace(TALKS, body=SECTIONS)


def added_words(receipt: RenditionReceipt) -> dict[str, int]:
    return {part.what: part.words for part in receipt.added}


@pytest.mark.slow
@pytest.mark.parametrize("target", ["html", "epub", "pdf", "txt", "docx", "odt", "md"])
def test_every_format_says_that_it_is_a_draft_under_embargo(target: str) -> None:
    rendition = emit(TALKS, ImageStore(), target, EMBARGOED)
    receipt = prove_rendition(TALKS, ImageStore(), rendition, EMBARGOED)
    assert receipt.differences == ()
    plain = prove_rendition(TALKS, ImageStore(), emit(TALKS, ImageStore(), target), RenderOptions())
    assert added_words(receipt)["message"] - added_words(plain)["message"] == len(words_of(STATUS))


@pytest.mark.slow
def test_every_page_of_a_pdf_shows_the_draft_status() -> None:
    # The first page shows the status twice: below the title and in its footer.
    pdf = emit(LONG, ImageStore(), "pdf", EMBARGOED)
    assert words(pdf).count(STATUS) == len(open_pdf(pdf).pages) + 1


@pytest.mark.slow
def test_date_and_page_number_of_a_draft_share_a_line() -> None:
    made = replace(LONG, issued=dt.date(2031, 9, 24), issued_text="September 24, 2031")
    with pypdfium2.PdfDocument(emit(made, ImageStore(), "pdf", EMBARGOED).data) as document:
        count = len(document)
        lines = {line.strip() for page in document for line in page.get_textpage().get_text_range().splitlines()}
    assert {f"{number} / {count} · September 24, 2031" for number in range(2, count + 1)} <= lines


FOOTERS = {"docx": ("word/footer1.xml", 1), "odt": ("styles.xml", 4)}
"""Format → the part of the file with the footers, and how many footers this part has."""


@pytest.mark.slow
@pytest.mark.parametrize("target", FOOTERS)
def test_every_office_footer_has_the_draft_status_and_the_themes_text(target: str, tmp_path: Path) -> None:
    (tmp_path / "thule").mkdir()
    toml = 'name = "Thule"\ndescription = "Of Thule."\n[footer]\ntext = {en = "Court & Harbour, Thule"}\n'
    (tmp_path / "thule" / "theme.toml").write_text(toml)
    part, count = FOOTERS[target]
    for render_options, text in (
        (EMBARGOED, f" · {STATUS}"),
        (replace(EMBARGOED, theme=str(tmp_path / "thule")), f" · {STATUS} · Court & Harbour, Thule"),
    ):
        with ZipFile(io.BytesIO(emit(TALKS, ImageStore(), target, render_options).data)) as package:
            footers = [*etree.fromstring(package.read(part)).iter("{*}ftr", "{*}footer", "{*}footer-first")]
        assert ["".join(map(str, each.itertext())) for each in footers] == [f"1 / 1{text}"] * count


PROPERTIES = {"docx": ("docProps/core.xml", "docProps/custom.xml"), "odt": ("meta.xml",)}


@pytest.mark.slow
@pytest.mark.parametrize("target", PROPERTIES)
def test_an_office_file_has_its_title_and_four_custom_properties(target: str) -> None:
    with ZipFile(io.BytesIO(emit(TALKS, ImageStore(), target).data)) as package:
        properties = "".join(package.read(part).decode() for part in PROPERTIES[target])
    assert ">Talks in Thule<" in properties
    assert re.findall(r'[: ]name="([^"]+)"', properties) == ["Converted by", "Publisher", "Source", "Source SHA-256"]


@pytest.mark.parametrize("target", ["html", pytest.param("pdf", marks=pytest.mark.slow)])
def test_a_long_document_has_a_table_of_contents(target: str) -> None:
    rendition = emit(LONG, ImageStore(), target)
    receipt = prove_rendition(LONG, ImageStore(), rendition, RenderOptions())
    assert receipt.differences == ()
    assert added_words(receipt)["contents"] == len("Contents".split()) + 5 * 3


@pytest.mark.slow
def test_the_contents_of_a_pdf_name_the_pages_of_the_headings() -> None:
    pdf = emit(LONG, ImageStore(), "pdf")
    with pypdfium2.PdfDocument(pdf.data) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    # The contents are on the first page, so the last page with the words of a heading is the page of the heading.
    pages = {topic: max(n for n, text in enumerate(texts, 1) if f"Topic {topic}" in text) for topic in "12345"}
    named = re.findall(r"(\d)\. Topic \1[ .]*(\d+)", words(pdf))
    assert named == [(topic, str(page)) for topic, page in pages.items()]
    assert pages["5"] > pages["1"]


def test_a_short_document_has_no_table_of_contents() -> None:
    assert "Contents" not in emit(TALKS, ImageStore(), "html").data.decode()

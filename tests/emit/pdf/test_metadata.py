"""Metadata of a PDF: the same in Info and XMP, without the time of conversion, and with a stable identifier."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from readout_pub.emit import Rendition
from readout_pub.model import Licence, Origin, Readout
from tests.pdfs import make_pdf, open_pdf, paragraph, readout

MEETING = Readout(
    language="en-GB",
    title=("Talks & Treaty",),
    series="Atlantis-Lyonesse Relations",
    issued=dt.date(2024, 6, 3),
    body=(paragraph("They met."),),
    origin=Origin(
        "meeting.html",
        "00" * 32,
        url="https://atlantis.example/meeting?a=1&b=2",
        retrieved=dt.date(2024, 7, 1),
        publisher="Ministry of Foreign Affairs of Atlantis",
        licence=Licence("Open Harbour Licence", credit="Source: Ministry[ (accessed {date})]"),
    ),
)


NAMES = (
    *("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "pdf:Producer"),
    *("dc:title", "dc:language", "dc:creator", "dc:description", "dc:publisher", "dc:source", "dc:rights", "dc:date"),
    *("xmp:CreatorTool", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"),
)


@pytest.fixture(autouse=True)
def _without_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def info(rendition: Rendition) -> dict[str, str]:
    with open_pdf(rendition) as pdf:
        return {name: str(value) for name, value in pdf.docinfo.items()}


def xmp(rendition: Rendition) -> dict[str, object]:
    with open_pdf(rendition) as pdf, pdf.open_metadata() as metadata:
        return {name: metadata[name] for name in NAMES if name in metadata}


def test_info_names_the_title_author_subject_and_publication_date() -> None:
    assert info(make_pdf(MEETING)) == {
        "/Title": "Talks & Treaty – Atlantis-Lyonesse Relations",
        "/Author": "Ministry of Foreign Affairs of Atlantis",
        "/Subject": "Atlantis-Lyonesse Relations",
        "/Creator": "readout-pub",
        "/Producer": "WeasyPrint 70.0",
        "/CreationDate": "D:20240603000000Z",
        "/ModDate": "D:20240603000000Z",
    }


def test_xmp_repeats_info_and_adds_the_source_the_licence_and_the_language() -> None:
    assert xmp(make_pdf(MEETING)) == {
        "pdfaid:part": "2",
        "pdfaid:conformance": "A",
        "pdfuaid:part": "1",
        "dc:title": "Talks & Treaty – Atlantis-Lyonesse Relations",
        "dc:language": {"en-GB"},
        "dc:creator": ["Ministry of Foreign Affairs of Atlantis"],
        "dc:description": "Atlantis-Lyonesse Relations",
        "dc:publisher": {"Ministry of Foreign Affairs of Atlantis"},
        "dc:source": "https://atlantis.example/meeting?a=1&b=2",
        "dc:rights": "Source: Ministry (accessed 2024-07-01)",
        "dc:date": ["2024-06-03"],
        "xmp:CreatorTool": "readout-pub",
        "xmp:CreateDate": "2024-06-03T00:00:00Z",
        "xmp:ModifyDate": "2024-06-03T00:00:00Z",
        "xmp:MetadataDate": "2024-06-03T00:00:00Z",
        "pdf:Producer": "WeasyPrint 70.0",
    }


def test_xmp_is_not_compressed() -> None:
    assert b"<dc:title>" in make_pdf(MEETING).data


def test_the_catalog_has_a_language_and_mark_info_and_display_doc_title() -> None:
    with open_pdf(make_pdf(MEETING)) as pdf:
        assert pdf.Root.Lang == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_page_labels_are_page_numbers() -> None:
    with open_pdf(make_pdf(MEETING)) as pdf:
        assert [page.label for page in pdf.pages] == ["1"]


def test_the_output_intent_is_srgb() -> None:
    with open_pdf(make_pdf(MEETING)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert str(intent.OutputConditionIdentifier) == "sRGB IEC61966-2.1"


def test_source_date_epoch_overrides_the_publication_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert info(make_pdf(MEETING))["/CreationDate"] == "D:19700102000000Z"
    assert xmp(make_pdf(MEETING))["xmp:CreateDate"] == "1970-01-02T00:00:00Z"


def test_without_a_publication_date_the_file_has_no_date() -> None:
    undated = make_pdf(readout(paragraph("They met.")))
    assert not [name for name in info(undated) if "Date" in name]
    assert not [name for name in xmp(undated) if "Date" in name]


def test_without_a_title_the_series_is_the_title_not_the_subject() -> None:
    untitled = info(make_pdf(replace(MEETING, title=None)))
    assert (untitled["/Title"], "/Subject" in untitled) == ("Atlantis-Lyonesse Relations", False)


def test_a_file_with_missing_glyphs_claims_no_conformance() -> None:
    claims = xmp(make_pdf(replace(MEETING, body=(paragraph("A sign: \U00013000"),))))
    assert not {"pdfaid:part", "pdfuaid:part"} & claims.keys()


@pytest.mark.slow
def test_the_identifier_is_equal_for_equal_readouts_and_changes_with_the_text() -> None:
    def identifier(meeting: Readout) -> bytes:
        with open_pdf(make_pdf(meeting)) as pdf:
            return bytes(pdf.trailer.ID[0])

    assert identifier(MEETING) == identifier(MEETING)
    assert identifier(MEETING) != identifier(replace(MEETING, body=(paragraph("They parted."),)))

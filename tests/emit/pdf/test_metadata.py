"""What a PDF says of itself: the same in Info and XMP, with a day that is never today, and an identifier that stays."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from readout_pub.emit import Rendition
from readout_pub.model import Licence, Origin, Readout
from tests.pdfs import made, opened, paragraph, readout

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
def _without_a_date_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def info(rendition: Rendition) -> dict[str, str]:
    with opened(rendition) as pdf:
        return {name: str(value) for name, value in pdf.docinfo.items()}


def xmp(rendition: Rendition) -> dict[str, object]:
    with opened(rendition) as pdf, pdf.open_metadata() as metadata:
        return {name: metadata[name] for name in NAMES if name in metadata}


def test_info_names_title_author_subject_and_day() -> None:
    assert info(made(MEETING)) == {
        "/Title": "Talks & Treaty – Atlantis-Lyonesse Relations",
        "/Author": "Ministry of Foreign Affairs of Atlantis",
        "/Subject": "Atlantis-Lyonesse Relations",
        "/Creator": "readout-pub",
        "/Producer": "WeasyPrint 70.0",
        "/CreationDate": "D:20240603000000Z",
        "/ModDate": "D:20240603000000Z",
    }


def test_xmp_says_the_same_and_adds_source_licence_and_language() -> None:
    assert xmp(made(MEETING)) == {
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


def test_xmp_can_be_read_without_unpacking_the_file() -> None:
    assert b"<dc:title>" in made(MEETING).data


def test_the_file_tells_its_language_its_tags_and_that_windows_show_its_title() -> None:
    with opened(made(MEETING)) as pdf:
        assert pdf.Root.Lang == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_pages_are_labelled_by_their_numbers() -> None:
    with opened(made(MEETING)) as pdf:
        assert [page.label for page in pdf.pages] == ["1"]


def test_colours_are_pinned_to_srgb() -> None:
    with opened(made(MEETING)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert str(intent.OutputConditionIdentifier) == "sRGB IEC61966-2.1"


def test_source_date_epoch_overrides_the_day_of_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert info(made(MEETING))["/CreationDate"] == "D:19700102000000Z"
    assert xmp(made(MEETING))["xmp:CreateDate"] == "1970-01-02T00:00:00Z"


def test_without_any_day_there_is_no_date_rather_than_today() -> None:
    undated = made(readout(paragraph("They met.")))
    assert not [name for name in info(undated) if "Date" in name]
    assert not [name for name in xmp(undated) if "Date" in name]


def test_without_a_headline_the_series_is_the_title_and_not_the_subject_too() -> None:
    untitled = info(made(replace(MEETING, title=None)))
    assert (untitled["/Title"], "/Subject" in untitled) == ("Atlantis-Lyonesse Relations", False)


def test_a_file_with_missing_glyphs_claims_no_standard() -> None:
    claims = xmp(made(replace(MEETING, body=(paragraph("A sign: \U00013000"),))))
    assert not {"pdfaid:part", "pdfuaid:part"} & claims.keys()


def test_the_identifier_follows_the_text_and_not_the_program_run() -> None:
    def identifier(meeting: Readout) -> bytes:
        with opened(made(meeting)) as pdf:
            return bytes(pdf.trailer.ID[0])

    assert identifier(MEETING) == identifier(MEETING)
    assert identifier(MEETING) != identifier(replace(MEETING, body=(paragraph("They parted."),)))

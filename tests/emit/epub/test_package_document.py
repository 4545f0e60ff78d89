"""The package document of an EPUB: its metadata."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from io import BytesIO
from textwrap import dedent

import pytest

from readout_pub.emit import emit
from readout_pub.image_store import ImageStore
from readout_pub.model import Emphasis, Licence, LineBreak, Origin, Readout

WHOLE = Readout(
    language="en",
    series="Atlantis & Lemuria",
    title=("Talks", LineBreak(), "on ", Emphasis(("Fish",))),
    issued=dt.date(2031, 5, 1),
    body=(),
    origin=Origin(
        "talks.html",
        "00" * 32,
        "https://atlantis.example/talks.html",
        dt.date(2031, 5, 2),
        "Ministry of Atlantis",
        Licence("Open Atlantis", "https://atlantis.example/licence", "Source: Atlantis[ (accessed {date})]"),
    ),
)


def package(readout: Readout) -> str:
    with zipfile.ZipFile(BytesIO(emit(readout, ImageStore(), "epub").data)) as archive:
        return archive.read("EPUB/package.opf").decode()


def without_accessibility(text: str) -> str:
    return re.sub(r"<meta [^>]*(schema|dcterms:conformsTo|a11y):?[^\n]*\n", "", text)


def test_the_metadata_have_the_title_the_source_and_the_licence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert without_accessibility(package(WHOLE)) == dedent("""\
        <?xml version="1.0" encoding="UTF-8"?>
        <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier" xml:lang="en">
        <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:identifier id="identifier">urn:uuid:114c35c1-4f56-59f1-aced-b4939df9e317</dc:identifier>
        <dc:title>Talks on Fish</dc:title>
        <dc:language>en</dc:language>
        <dc:creator>Ministry of Atlantis</dc:creator>
        <dc:publisher>Ministry of Atlantis</dc:publisher>
        <dc:date>2031-05-01</dc:date>
        <dc:source>https://atlantis.example/talks.html</dc:source>
        <dc:rights>Open Atlantis – https://atlantis.example/licence – Source: Atlantis (accessed 2031-05-02)</dc:rights>
        <meta property="belongs-to-collection" id="series">Atlantis &amp; Lemuria</meta>
        <meta refines="#series" property="collection-type">series</meta>
        <meta property="dcterms:modified">2031-05-01T00:00:00Z</meta>
        <link rel="record" href="record.json" media-type="application/ld+json"/>
        </metadata>
        <manifest>
        <item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>
        <item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
        <item id="cover-image" href="cover.png" media-type="image/png" properties="cover-image"/>
        <item id="readout" href="readout.xhtml" media-type="application/xhtml+xml"/>
        <item id="style" href="style.css" media-type="text/css"/>
        </manifest>
        <spine>
        <itemref idref="cover"/>
        <itemref idref="readout"/>
        </spine>
        </package>
        """)


def test_unknown_metadata_are_left_out() -> None:
    bare = Readout(language="no language", series="Relations", body=(), origin=Origin("talks.html", "00" * 32))
    assert re.findall(r"<(dc:[a-z]+)[^>]*>([^<]*)<", package(bare))[1:] == [
        ("dc:title", "Relations"),
        ("dc:language", "und"),
    ]
    assert "belongs-to-collection" not in package(bare)


def test_source_date_epoch_sets_only_the_modification_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    text = package(WHOLE)
    assert '<meta property="dcterms:modified">2023-11-14T22:13:20Z</meta>' in text
    assert "<dc:date>2031-05-01</dc:date>" in text


def test_the_pages_of_an_arabic_epub_go_from_right_to_left() -> None:
    arabic = package(Readout(language="ar", title=("محادثات",), body=(), origin=Origin("talks.html", "00" * 32)))
    assert 'xml:lang="ar" dir="rtl">' in arabic
    assert '<spine page-progression-direction="rtl">' in arabic

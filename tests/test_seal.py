"""The source record in outputs: what it says, and that each change of a file is noticed."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import re
import zipfile
from functools import cache

import msgspec
import pikepdf
import pytest
from bs4 import BeautifulSoup

from readout_pub import RenderOptions
from readout_pub.emit import emit
from readout_pub.errors import SourceError
from readout_pub.image_store import ImageStore
from readout_pub.model import Figure, Licence, Origin, Paragraph, Readout
from readout_pub.seal import RECORD_MEMBERS, sealed_file
from readout_pub.source_record import SourceRecord
from tests.pdfs import photo

PAGE = "https://ministry.example/talks.html"
ORIGIN = Origin(
    "talks.html",
    "0f" * 32,
    PAGE,
    dt.date(2031, 5, 2),
    "Ministry of Atlantis",
    Licence("Open Atlantis", "https://ministry.example/licence", "Source: Ministry[ (accessed {date})]"),
    "atlantis/press",
)
HOSTILE = '</script></readout:record><!-- (source record) -->{"digest":"' + "0" * 64 + '"} &amp; "'
FORMATS = ("html", "pdf", "epub", "docx", "odt")


@cache
def output(target: str, *, title: str = "Talks", receipt: bool = False) -> bytes:
    readout = Readout(
        language="en",
        title=(title,),
        issued=dt.date(2031, 5, 1),
        body=(Paragraph(children=("They met.",)),),
        origin=ORIGIN,
    )
    return emit(readout, ImageStore(), target, RenderOptions(theme="large-print", receipt=receipt)).data


def record_of(data: bytes) -> SourceRecord:
    sealed = sealed_file(data)
    assert sealed
    return sealed.record


def is_unchanged(data: bytes) -> bool:
    sealed = sealed_file(data)
    assert sealed
    return sealed.is_unchanged


def seems_unchanged(data: bytes) -> bool:
    """Return whether the seal says that a file is unchanged; False also if its record is lost or unreadable."""
    with contextlib.suppress(SourceError):
        sealed = sealed_file(data)
        return sealed is not None and sealed.is_unchanged
    return False


def packed_again(data: bytes, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", compression) as after:
        for entry in before.infolist():
            after.writestr(entry.filename, before.read(entry))
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("target", FORMATS)
def test_the_record_states_the_source_the_program_and_the_options(target: str) -> None:
    record = record_of(output(target))
    assert record.program.startswith("readout-pub ")
    assert (record.format, record.title, record.language) == (target, "Talks", "en")
    assert msgspec.to_builtins(record.source) == {
        "name": "talks.html",
        "sha256": "0f" * 32,
        "url": PAGE,
        "retrieved": "2031-05-02",
        "publisher": "Ministry of Atlantis",
        "licence": "Open Atlantis",
        "licence_url": "https://ministry.example/licence",
        "credit": "Source: Ministry (accessed 2031-05-02)",
        "profile": "atlantis/press",
    }
    assert record.options == {"theme": "large-print"}
    assert record.receipt is False
    assert record_of(output(target, receipt=True)).receipt is True


@pytest.mark.parametrize("target", FORMATS)
def test_changed_bytes_all_over_an_output_are_noticed(target: str) -> None:
    data = output(target)
    assert is_unchanged(data)
    for at in range(0, len(data), max(1, len(data) // 40)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert not seems_unchanged(changed), at
    assert not seems_unchanged(data + b"\n")


@pytest.mark.parametrize("target", FORMATS)
def test_a_hostile_title_is_not_mistaken_for_the_record(target: str) -> None:
    data = output(target, title=HOSTILE)
    assert is_unchanged(data)
    assert record_of(data).title == HOSTILE


@pytest.mark.parametrize("target", list(RECORD_MEMBERS))
def test_a_package_lists_its_members_and_packing_it_again_is_noticed(target: str) -> None:
    data = output(target)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        assert {*record_of(data).files, RECORD_MEMBERS[target]} == {*package.namelist()}
    for compression in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        assert not is_unchanged(packed_again(data, compression))


@pytest.mark.slow
def test_a_change_of_any_record_byte_in_a_package_is_noticed() -> None:
    data = output("epub")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        start = package.getinfo(RECORD_MEMBERS["epub"]).header_offset
    unnoticed = [
        at for at in range(start, len(data)) if seems_unchanged(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    ]
    assert unnoticed == []


def test_a_pdf_saved_by_another_program_keeps_record_but_not_seal() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(output("pdf"))) as pdf:
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "Other talks"
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    sealed = sealed_file(out.getvalue())
    assert sealed
    assert (sealed.is_unchanged, sealed.record.source.url) == (False, PAGE)


def test_html_saved_by_another_program_keeps_record_but_not_seal() -> None:
    # The other program does not keep the attribute with the digest.
    saved = str(BeautifulSoup(output("html"), "lxml")).replace(' data-digest="', ' data-was="').encode()
    sealed = sealed_file(saved)
    assert sealed
    assert (sealed.is_unchanged, sealed.record.source.url) == (False, PAGE)


def test_a_truncated_package_is_an_error_and_other_files_have_no_record() -> None:
    with pytest.raises(SourceError, match="the package is damaged"):
        sealed_file(output("epub")[:-100])
    assert sealed_file(b"They met.\n") is None
    assert sealed_file(b"%PDF-1.7\nstream\nx") is None


def test_schema_org_terms_name_the_source_the_publisher_and_the_licence() -> None:
    found = re.search(rb'<script type="application/ld\+json"[^>]*>(.*)</script>', output("html"))
    assert found
    document = msgspec.json.decode(found[1])
    assert document["isBasedOn"]["url"] == PAGE
    assert document["publisher"] == {"@type": "Organization", "name": "Ministry of Atlantis"}
    assert document["license"] == "https://ministry.example/licence"
    assert document["creditText"] == "Source: Ministry (accessed 2031-05-02)"


@pytest.mark.parametrize(("target", "part"), [("docx", "docProps/custom.xml"), ("odt", "meta.xml")])
def test_document_properties_of_office_files_state_the_source(target: str, part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(output(target))) as package:
        properties = package.read(part).decode()
    for text in ("Source SHA-256", "0f" * 32, PAGE, "Ministry of Atlantis", "2031-05-02", "Open Atlantis"):
        assert text in properties


def test_photos_beside_html_are_listed_with_their_digests() -> None:
    images = ImageStore()
    readout = Readout(language="en", body=(Figure(photos=(photo(images, "Two ministers"),)),), origin=ORIGIN)
    made = emit(readout, images, "html", RenderOptions(photos="beside", folder="talks_files"))
    assert len(made.extra_files) == 1
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in made.extra_files.items()}
    assert record_of(made.data).files == digests
    assert record_of(made.data).options == {"photos": "beside"}

"""PDF checks: every claimed standard is checked, and each broken rule is a result of its own."""

from __future__ import annotations

import io
import re
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import msgspec
import pikepdf
import pytest

from readout_pub.checks import Fault, FileReport, ValidatorRun, check
from readout_pub.emit.pdf.pdfium import PDFIUM
from readout_pub.errors import SourceError
from readout_pub.image_store import ImageStore
from readout_pub.install_commands import install_extra
from readout_pub.model import Alt, Decorative, Described, Figure, Missing
from tests.pdfs import make_pdf, paragraph, photo, readout


@cache
def valid_pdf() -> bytes:
    return make_pdf(readout(paragraph("They agreed."))).data


def check_bytes(folder: Path, data: bytes) -> FileReport:
    path = folder / "talks.pdf"
    path.write_bytes(data)
    return check(path)


def test_a_valid_file_meets_both_standards_that_it_claims(tmp_path: Path) -> None:
    report = check_bytes(tmp_path, valid_pdf())
    assert report.broken == ()
    assert [(each.rule, each.checker) for each in report.results] == [
        ("ua1", "page-validation"),
        ("2a", "page-validation"),
        ("alt-words", "readout-pub"),
    ]


@pytest.mark.parametrize(
    ("alt", "faults"),
    [
        (Described("Two ministers at a round table"), ()),
        (Missing(), (Fault("page 1, figure", "this photo has no description"),)),
        (Described("photo 1"), (Fault("page 1, figure", "its text 'photo 1' describes nothing"),)),
        (Decorative(), ()),
    ],
)
def test_a_photo_is_a_fault_unless_described_or_decorative(alt: Alt, faults: tuple[Fault, ...], tmp_path: Path) -> None:
    images = ImageStore()
    shown = msgspec.structs.replace(photo(images, ""), alt=alt)
    report = check_bytes(tmp_path, make_pdf(readout(paragraph("They agreed."), Figure((shown,))), images).data)
    (result,) = [each for each in report.results if each.rule == "alt-words"]
    assert (result.criteria, result.faults) == (("1.1.1",), faults)


def test_a_check_waits_until_no_other_thread_uses_pdfium(tmp_path: Path) -> None:
    data = valid_pdf()
    with ThreadPoolExecutor(1) as executor:
        with PDFIUM:
            checked = executor.submit(check_bytes, tmp_path, data)
            with pytest.raises(TimeoutError):
                checked.result(0.05)
        assert checked.result(20).broken == ()


def test_a_broken_rule_names_its_standard(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(valid_pdf())) as pdf:
        del pdf.Root["/Lang"]
        del pdf.Root["/OutputIntents"]
        pdf.save(out)
    sentences = [each.requirement.partition(":")[0] for each in check_bytes(tmp_path, out.getvalue()).broken]
    assert {"PDF/UA-1", "PDF/A-2a"} == set(sentences)


def test_forms_and_scripts_and_media_of_a_pdf_are_reported(tmp_path: Path) -> None:
    assert check_bytes(tmp_path, valid_pdf()).active_content == ()
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(valid_pdf())) as pdf:
        film = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Movie, Rect=[0, 0, 9, 9])
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="name", Rect=[0, 0, 9, 9]
        )
        fields = [pdf.make_indirect(field)]
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([film, *fields]))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["go", script])))
        pdf.save(out)
    found = check_bytes(tmp_path, out.getvalue()).active_content
    assert found == ("a form", "a form field", "a script", "video")


def test_a_pdf_with_a_damaged_page_is_a_source_error(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(valid_pdf())) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    damaged = out.getvalue().replace(b"/Type /Page >>", b"/Type /Pagx >>")
    with pytest.raises(SourceError, match="this PDF cannot be read"):
        check_bytes(tmp_path, damaged)


def test_a_file_without_claims_is_checked_against_pdf_ua(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    broken = check_bytes(tmp_path, out.getvalue()).broken
    assert broken
    assert all(each.requirement.startswith("PDF/UA-1: ") for each in broken)


def test_a_stream_that_ends_with_a_carriage_return_is_not_a_fault(tmp_path: Path) -> None:
    # One compressed stream in 256 ends with this byte. page-validation takes the byte for a part of the line end.
    ending = with_table_that_ends_with(b"\r", valid_pdf())
    assert b"\r\nendstream" in ending
    assert check_bytes(tmp_path, ending).broken == ()


def with_table_that_ends_with(last: bytes, pdf: bytes) -> bytes:
    """Change the generation of a free object so that the cross-reference stream ends with `last`; return the PDF."""
    before, mark, after = pdf.rpartition(b">>\nstream\n")
    packed, end, rest = after.partition(b"\nendstream")
    table = zlib.decompress(packed)
    entry = sum(map(int, re.findall(rb"/W \[(\d) (\d) (\d)\]", before)[-1]))
    tables = (zlib.compress(table[: entry - 1] + bytes([low]) + table[entry:]) for low in range(256))
    new = next(each for each in tables if each.endswith(last))
    return re.sub(rb"\d+$", b"%d" % len(new), before) + mark + new + end + rest


def test_a_file_that_is_not_a_pdf_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="this PDF cannot be read"):
        check_bytes(tmp_path, b"%PDF-1.7 not really")


def test_without_page_validation_its_install_command_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "page", None)
    report = check_bytes(tmp_path, valid_pdf())
    install = install_extra("check")
    assert (report.results, report.tools) == ((), (ValidatorRun("page-validation", "missing", install),))

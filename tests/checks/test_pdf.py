"""A PDF on trial: every standard that it claims, each broken rule as a result of its own."""

from __future__ import annotations

import io
import re
import sys
import zlib
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from readout_pub.checks import Tool, Verdict, check
from readout_pub.errors import SourceError
from tests.pdfs import made, paragraph, readout


@cache
def sound() -> bytes:
    return made(readout(paragraph("They agreed."))).data


def checked(folder: Path, data: bytes) -> Verdict:
    path = folder / "talks.pdf"
    path.write_bytes(data)
    return check(path)


def test_a_sound_file_keeps_both_standards_that_it_claims(tmp_path: Path) -> None:
    verdict = checked(tmp_path, sound())
    assert verdict.broken == ()
    assert [(each.rule, each.by) for each in verdict.results] == [("ua1", "page-validation"), ("2a", "page-validation")]


def test_a_broken_rule_is_told_with_its_standard_and_place(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sound())) as pdf:
        del pdf.Root["/Lang"]
        del pdf.Root["/OutputIntents"]
        pdf.save(out)
    sentences = [each.sentence.partition(":")[0] for each in checked(tmp_path, out.getvalue()).broken]
    assert {"PDF/UA-1", "PDF/A-2a"} == set(sentences)


def test_a_file_that_claims_nothing_is_judged_by_pdf_ua(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    broken = checked(tmp_path, out.getvalue()).broken
    assert broken
    assert all(each.sentence.startswith("PDF/UA-1: ") for each in broken)


def test_a_stream_that_ends_with_a_carriage_return_is_as_long_as_it_says(tmp_path: Path) -> None:
    # page-validation takes that byte, with which one compressed stream in 256 ends, for a part of the line end.
    ending = with_table_that_ends_with(b"\r", sound())
    assert b"\r\nendstream" in ending
    assert checked(tmp_path, ending).broken == ()


def with_table_that_ends_with(last: bytes, pdf: bytes) -> bytes:
    """Change the generation of object 0, which is free, until the compressed table of objects ends with this byte."""
    before, mark, after = pdf.rpartition(b">>\nstream\n")
    packed, end, rest = after.partition(b"\nendstream")
    table = zlib.decompress(packed)
    entry = sum(map(int, re.findall(rb"/W \[(\d) (\d) (\d)\]", before)[-1]))
    tables = (zlib.compress(table[: entry - 1] + bytes([low]) + table[entry:]) for low in range(256))
    new = next(each for each in tables if each.endswith(last))
    return re.sub(rb"\d+$", b"%d" % len(new), before) + mark + new + end + rest


def test_what_is_no_pdf_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="this PDF cannot be read"):
        checked(tmp_path, b"%PDF-1.7 not really")


def test_without_its_package_it_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "page", None)
    verdict = checked(tmp_path, sound())
    install = "install it with `pip install 'readout-pub[check]'`"
    assert (verdict.results, verdict.tools) == ((), (Tool("page-validation", "missing", install),))

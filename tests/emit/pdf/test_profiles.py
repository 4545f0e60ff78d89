"""PDF profiles: the PDF version of each, and the standards that it claims to meet."""

from __future__ import annotations

import pytest

from readout_pub.emit import RenderOptions, Rendition
from readout_pub.emit.pdf.profiles import PROFILES
from readout_pub.errors import UsageError
from tests.pdfs import make_pdf, open_pdf, readout

NAMES = ("pdfaid:part", "pdfaid:rev", "pdfaid:conformance", "pdfuaid:part", "pdfuaid:rev")


def claims(rendition: Rendition) -> dict[str, str]:
    with open_pdf(rendition) as pdf, pdf.open_metadata() as xmp:
        return {name: str(xmp[name]) for name in NAMES if name in xmp}


def test_the_default_is_pdf_ua_1_and_pdf_a_2a() -> None:
    rendition = make_pdf(readout())
    assert rendition.data.startswith(b"%PDF-1.7")
    assert claims(rendition) == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}


def test_ua1_a3a_is_pdf_ua_1_and_pdf_a_3a() -> None:
    assert claims(make_pdf(readout(), render_options=RenderOptions(pdf="ua1+a3a"))) == {
        "pdfaid:part": "3",
        "pdfaid:conformance": "A",
        "pdfuaid:part": "1",
    }


def test_ua2_is_pdf_ua_2_and_pdf_a_4f_and_declares_wtpdf() -> None:
    rendition = make_pdf(readout(), render_options=RenderOptions(pdf="ua2"))
    assert rendition.data.startswith(b"%PDF-2.0")
    assert claims(rendition) == {
        "pdfaid:part": "4",
        "pdfaid:rev": "2020",
        "pdfaid:conformance": "F",
        "pdfuaid:part": "2",
        "pdfuaid:rev": "2024",
    }
    assert b"<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#accessibility1.0</pdfd:conformsTo>" in rendition.data


def test_the_error_for_an_unknown_profile_names_all_profiles() -> None:
    with pytest.raises(UsageError) as refused:
        RenderOptions(pdf="x-4")
    assert str(refused.value) == f"there is no PDF profile 'x-4'; take one of {', '.join(PROFILES)}"

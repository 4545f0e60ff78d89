"""PDF profiles: name → the standards that the PDF conforms to, and what they require of it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

WTPDF = "http://pdfa.org/declarations/wtpdf#accessibility1.0"
"""PDF Declaration of WTPDF (Well-Tagged PDF 1.0), level "accessibility"; the level "reuse" is not claimed."""


class Profile(msgspec.Struct, frozen=True):
    """A PDF profile.

    `variant` and PDF `version` are options of WeasyPrint; `claims` are the XMP properties that name the standards.
    `declarations` are the addresses of PDF Declarations; with `attached` the source page and the model are attached.
    """

    variant: str
    version: str
    claims: Mapping[str, str]
    declarations: tuple[str, ...] = ()
    attached: bool = False


PROFILES = {
    "ua1+a2a": Profile(
        variant="pdf/a-2a",
        version="1.7",
        claims={"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"},
    ),
    "ua1+a3a": Profile(
        variant="pdf/a-3a",
        version="1.7",
        claims={"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"},
        attached=True,
    ),
    "ua2": Profile(
        variant="pdf/a-4f",
        version="2.0",
        claims={
            "pdfaid:part": "4",
            "pdfaid:rev": "2020",
            "pdfaid:conformance": "F",
            "pdfuaid:part": "2",
            "pdfuaid:rev": "2024",
        },
        declarations=(WTPDF,),
        attached=True,
    ),
}
"""Name → profile, for each of `PDF_PROFILES`.

PDF/UA is for accessibility, PDF/A for archiving; "ua2" is PDF/UA-2 and PDF/A-4f, for PDF 2.0."""

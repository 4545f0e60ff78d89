"""Which standards a PDF keeps: a table of names, and what each forces."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from readout_pub.errors import UsageError

WTPDF = "http://pdfa.org/declarations/wtpdf#accessibility1.0"
"""The declaration of a well-tagged PDF, level accessibility; level reuse is not claimed."""


class Profile(msgspec.Struct, frozen=True):
    """One row: `variant` and `version` are what WeasyPrint writes, `claims` are properties of the XMP.

    `declarations` are conformance levels by their address; `attached` puts source and model into the file.
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
"""Name → profile. PDF/UA is the part for readers' ears, PDF/A that for archives; "ua2" is both for PDF 2.0."""


def profile_named(name: str) -> Profile:
    """Return the profile of that name; a UsageError names all there are."""
    if name not in PROFILES:
        raise UsageError(f"there is no PDF profile {name!r}", what_next=f"take one of {', '.join(PROFILES)}")
    return PROFILES[name]

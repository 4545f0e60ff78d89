"""Lists the standards that a PDF claims to meet in its XMP metadata, by the short names of veraPDF."""

from __future__ import annotations

from pathlib import Path

import pikepdf

WTPDF = "http://pdfa.org/declarations/wtpdf#accessibility1.0"


def claimed_standards(file: Path) -> list[str]:
    """Return a list such as ["ua1", "2a"]; empty for a file that cannot be read or claims nothing."""
    try:
        with pikepdf.open(file) as pdf, pdf.open_metadata() as xmp:
            parts = {name: str(xmp.get(name, "")).lower() for name in ("pdfuaid:part", "pdfaid:part")}
            level = str(xmp.get("pdfaid:conformance", "")).lower()
            is_wtpdf = WTPDF in str(xmp)
    except pikepdf.PdfError:
        return []
    universal = [f"ua{parts['pdfuaid:part']}"] if parts["pdfuaid:part"] else []
    archival = [f"{parts['pdfaid:part']}{level}"] if parts["pdfaid:part"] else []
    return [*universal, *archival, *(["wt1a"] if is_wtpdf else [])]

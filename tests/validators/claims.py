"""Which standards a PDF claims in its XMP, by the short names that veraPDF gives them."""

from __future__ import annotations

from pathlib import Path

import pikepdf

WTPDF = "http://pdfa.org/declarations/wtpdf#accessibility1.0"


def claims(file: Path) -> list[str]:
    """Return such as ["ua1", "2a"]; nothing for a file that cannot be read or claims nothing."""
    try:
        with pikepdf.open(file) as pdf, pdf.open_metadata() as xmp:
            said = {name: str(xmp.get(name, "")).lower() for name in ("pdfuaid:part", "pdfaid:part")}
            level = str(xmp.get("pdfaid:conformance", "")).lower()
            declared = WTPDF in str(xmp)
    except pikepdf.PdfError:
        return []
    universal = [f"ua{said['pdfuaid:part']}"] if said["pdfuaid:part"] else []
    archival = [f"{said['pdfaid:part']}{level}"] if said["pdfaid:part"] else []
    return [*universal, *archival, *(["wt1a"] if declared else [])]

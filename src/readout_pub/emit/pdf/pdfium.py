"""PDFium: the lock that its callers share, and a page in pixels."""

from __future__ import annotations

import io
import threading

PDFIUM = threading.Lock()
"""PDFium may run in only one thread at a time."""


def page_as_png(pdf: bytes) -> bytes:
    """Return the first page of `pdf` as PNG with a pixel for each point; where nothing is drawn, it is transparent."""
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(fill_color=(255, 255, 255, 0), rev_byteorder=True).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()

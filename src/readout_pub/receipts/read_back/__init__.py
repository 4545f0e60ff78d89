"""Output → its content, read from its bytes alone. `READERS` is the table of the formats that can be read back."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from readout_pub.emit.rendition import Rendition
from readout_pub.receipts.read_back.content import ReadBack

__all__ = ["READERS", "ReadBack", "read_output"]

READERS: dict[str, str] = {
    "html": "readout_pub.receipts.read_back.html:read_html",
    "epub": "readout_pub.receipts.read_back.epub:read_epub",
    "pdf": "readout_pub.receipts.read_back.pdf:read_pdf",
    "txt": "readout_pub.receipts.read_back.text:read_text",
    "docx": "readout_pub.receipts.read_back.docx:read_docx",
    "odt": "readout_pub.receipts.read_back.odt:read_odt",
    "json": "readout_pub.receipts.read_back.json:read_json",
    "md": "readout_pub.receipts.read_back.markdown:read_markdown",
}
"""Format → "module:function", imported at first use, since most need libraries that others do not need."""


def read_output(rendition: Rendition) -> ReadBack:
    """Return what is in `rendition`; KeyError for a format without a reader."""
    module, function = READERS[rendition.format].split(":")
    reader: Callable[[Rendition], ReadBack] = getattr(importlib.import_module(module), function)
    return reader(rendition)

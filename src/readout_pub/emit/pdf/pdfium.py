"""PDFium: the lock that its callers share, the strings that it returns, and a page in pixels."""

from __future__ import annotations

import ctypes
import io
import threading
from collections.abc import Callable
from typing import Any

PDFIUM = threading.Lock()
"""PDFium may run in only one thread at a time."""

_BUFFER_BYTES = 2048
"""Size of the buffer for strings; a longer string is read again into a larger one. A line of text takes about 200
bytes.
"""


def pdfium_string(function: Callable[..., int], *handles: Any) -> str:  # noqa: ANN401 - pointers of PDFium have no type
    """Return the string that `function` of PDFium writes into a buffer in UTF-16; "" if there is none."""
    buffer = ctypes.create_string_buffer(_BUFFER_BYTES)
    as_units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    length = function(*handles, as_units, _BUFFER_BYTES)
    if length > _BUFFER_BYTES:
        buffer = ctypes.create_string_buffer(length)
        function(*handles, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "surrogatepass")


def page_as_png(pdf: bytes) -> bytes:
    """Return the first page of `pdf` as PNG with a pixel for each point; where nothing is drawn, it is transparent."""
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(fill_color=(255, 255, 255, 0), rev_byteorder=True).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()

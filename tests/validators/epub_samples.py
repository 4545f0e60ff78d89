"""A valid EPUB file, and broken copies of it: in each copy one text is replaced, so that validators must reject it."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from readout_pub import Certifier, ImageStore, Readout, RenderOptions, emit
from readout_pub.model import Described, Figure, Origin, Paragraph, Photo, Section
from tests.pages import jpeg


@cache
def valid_epub(certifier: Certifier | None = None, contact: str | None = None) -> bytes:
    """Return an EPUB file that passes every validator."""
    images = ImageStore()
    photo = Photo("quay.jpg", Described("Two ministers at the quay", by="source"), images.add(jpeg), "image/jpeg", 3, 2)
    body = (Section(heading=("Tides",), body=(Paragraph(children=("They agreed.",)),)), Figure(photos=(photo,)))
    readout = Readout(language="en", title=("Atlantis and Lemuria",), body=body, origin=Origin("talks.html", "00" * 32))
    return emit(readout, images, "epub", RenderOptions(certifier=certifier, contact=contact)).data


def broken_epub(member: str, before: str, after: str) -> bytes:
    """Return the valid EPUB file with `before` replaced by `after` in one member; KeyError if `before` is not in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(valid_epub())) as book, zipfile.ZipFile(out, "w") as copy:
        for entry in book.infolist():
            text = book.read(entry)
            if entry.filename == member:
                if before.encode() not in text:
                    raise KeyError(before)
                text = text.replace(before.encode(), after.encode())
            copy.writestr(entry, text)
    return out.getvalue()

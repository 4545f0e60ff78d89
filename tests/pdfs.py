"""PDFs of invented readouts, and functions that read words, fonts, bookmarks, links and alternative texts from one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image

from readout_pub.emit import RenderOptions, Rendition, emit
from readout_pub.image_store import ImageStore
from readout_pub.model import Block, Described, Origin, Paragraph, Photo, Readout

ORIGIN = Origin("meeting.html", "00" * 32)


def readout(*body: Block, title: str = "Meeting", language: str = "en") -> Readout:
    return Readout(language=language, title=(title,), body=body, origin=ORIGIN)


def paragraph(*words: str) -> Paragraph:
    return Paragraph(children=words)


def make_pdf(
    meeting: Readout, images: ImageStore | None = None, render_options: RenderOptions | None = None
) -> Rendition:
    return emit(meeting, images or ImageStore(), "pdf", render_options)


def photo(images: ImageStore, alt: str, *, media: str = "JPEG", mode: str = "RGB") -> Photo:
    data = BytesIO()
    Image.new(mode, (600, 400)).save(data, media)
    return Photo("talks", Described(alt), images.add(data.getvalue), width=600, height=400)


def open_pdf(rendition: Rendition) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(rendition.data))


def words(rendition: Rendition) -> str:
    """Return the text of all pages, with running headers and page numbers, and with white space collapsed."""
    with pypdfium2.PdfDocument(rendition.data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def fonts(rendition: Rendition) -> list[str]:
    """Return the names of the embedded fonts, sorted, without the prefix of a subset."""
    with open_pdf(rendition) as pdf:
        dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
        names = [str(each.FontName) for each in dictionaries if each.get("/Type") == "/FontDescriptor"]
    return sorted(name.partition("+")[2] for name in names)


def bookmarks(rendition: Rendition) -> list[str]:
    """Return the items of the outline, indented by their depth."""
    with pypdfium2.PdfDocument(rendition.data) as document:
        return ["  " * mark.level + mark.get_title() for mark in document.get_toc()]


def links(rendition: Rendition) -> list[str]:
    """Return the target of each link: a named destination or an address."""
    with open_pdf(rendition) as pdf:
        annotations = [mark for page in pdf.pages for mark in page.get("/Annots", [])]
        return [str(mark.Dest if "/Dest" in mark else mark.A.URI) for mark in annotations]


def alternative_texts(rendition: Rendition) -> list[str]:
    """Return the alternative texts of the figures in the structure tree."""
    with open_pdf(rendition) as pdf:
        return [str(each.Alt) for each in _structure_elements(pdf.Root.StructTreeRoot) if each.S == "/Figure"]


def _structure_elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = parent.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _structure_elements(kid)


def run_python(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `program` in a new Python process, with warnings as errors and `environment` added to ours."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )

"""Readouts of invented meetings as PDF, and what such a file gives to its readers: words, fonts, bookmarks, tags."""

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


def make_pdf(meeting: Readout, album: ImageStore | None = None, look: RenderOptions | None = None) -> Rendition:
    return emit(meeting, album or ImageStore(), "pdf", look)


def photo(album: ImageStore, alt: str, *, media: str = "JPEG", mode: str = "RGB") -> Photo:
    data = BytesIO()
    Image.new(mode, (600, 400)).save(data, media)
    return Photo("talks", Described(alt), album.add(data.getvalue), width=600, height=400)


def open_pdf(rendition: Rendition) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(rendition.data))


def words(rendition: Rendition) -> str:
    """All words of all pages, running headers and page numbers too, each run of white space as one space."""
    with pypdfium2.PdfDocument(rendition.data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def fonts(rendition: Rendition) -> list[str]:
    """The names of the embedded fonts, without the six letters of a subset."""
    with open_pdf(rendition) as pdf:
        dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
        names = [str(each.FontName) for each in dictionaries if each.get("/Type") == "/FontDescriptor"]
    return sorted(name.partition("+")[2] for name in names)


def bookmarks(rendition: Rendition) -> list[str]:
    """The outline, one line for each entry, indented by its depth."""
    with pypdfium2.PdfDocument(rendition.data) as document:
        return ["  " * mark.level + mark.get_title() for mark in document.get_toc()]


def links(rendition: Rendition) -> list[str]:
    """Where each link leads: the name of a place on the page, or an address."""
    with open_pdf(rendition) as pdf:
        annotations = [mark for page in pdf.pages for mark in page.get("/Annots", [])]
        return [str(mark.Dest if "/Dest" in mark else mark.A.URI) for mark in annotations]


def alternative_texts(rendition: Rendition) -> list[str]:
    """The alternative texts of the figures in the tag tree."""
    with open_pdf(rendition) as pdf:
        return [str(each.Alt) for each in _elements(pdf.Root.StructTreeRoot) if each.S == "/Figure"]


def _elements(above: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = above.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def run_python(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `program` in a Python of its own, where nothing is loaded yet."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )

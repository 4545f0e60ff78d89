"""Valid PDFs with a list, a photo, a table and links, and copies that look the same but break a standard.

One sample is not a PDF at all.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pikepdf

from readout_pub import ImageStore, RenderOptions
from readout_pub.model import BulletList, Cell, Figure, Footnote, Footnotes, Item, Link, NoteRef, Paragraph, Row, Table
from tests.pdfs import make_pdf, paragraph, photo, readout

Change = Callable[[pikepdf.Pdf], None]


@cache
def valid_pdf(profile: str = "ua1+a2a") -> bytes:
    """Return a PDF that passes every validator."""
    images = ImageStore()
    head = (Row((Cell((paragraph("Goods"),), header=True, scope="col"),)),)
    body = (
        Paragraph(("They met", NoteRef("note", ("(Note)",)), " and ", Link("https://atlantis.example/", ("agreed",)))),
        BulletList((Item((paragraph("herring"), BulletList((Item((paragraph("cod"),)),)))),)),
        Figure(photos=(photo(images, "Two ministers at a table"),), caption=("The talks",)),
        Table(head=head, body=(Row((Cell((paragraph("salt"),)),)),)),
        Footnotes((Footnote("note", (paragraph("In the harbour."),), "(Note)"),)),
    )
    return make_pdf(readout(*body), images, RenderOptions(pdf=profile)).data


def broken_pdf(change: Change, profile: str = "ua1+a2a") -> bytes:
    """Return the valid PDF after `change`."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(valid_pdf(profile))) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def without(role: str, name: str) -> Change:
    """Return a change that deletes the entry `name` from every structure element with the role `role`."""

    def change(pdf: pikepdf.Pdf) -> None:
        for element in _elements(pdf, role):
            del element[name]

    return change


def renamed(role: str, new: str) -> Change:
    """Return a change that gives every structure element with the role `role` the role `new`."""

    def change(pdf: pikepdf.Pdf) -> None:
        for element in _elements(pdf, role):
            element.S = pikepdf.Name(f"/{new}")

    return change


def without_root(name: str) -> Change:
    """Return a change that deletes an entry of the document catalog."""

    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[name]

    return change


def untagged_links(pdf: pikepdf.Pdf) -> None:
    """Delete the entry that leads from each link annotation to its structure element."""
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            del link["/StructParent"]


def _elements(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Object]:
    dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    return [each for each in dictionaries if each.get("/Type") == "/StructElem" and str(each.S) == f"/{role}"]


PDF_SAMPLES: dict[str, Callable[[], bytes]] = {
    "valid": valid_pdf,
    "valid, with its source attached": lambda: valid_pdf("ua1+a3a"),
    "valid, in PDF 2.0": lambda: valid_pdf("ua2"),
    "a photo without alternative text": lambda: broken_pdf(without("Figure", "/Alt")),
    "a list item without a body": lambda: broken_pdf(renamed("LBody", "P")),
    "links without a structure element": lambda: broken_pdf(untagged_links),
    "no colour profile": lambda: broken_pdf(without_root("/OutputIntents")),
    "attached files without association": lambda: broken_pdf(without_root("/AF"), "ua1+a3a"),
    "a footnote without reference": lambda: broken_pdf(without("FENote", "/Ref"), "ua2"),
    "not a PDF": lambda: b"%PDF-1.7 not really",
}
"""The description of a PDF, valid or broken → the function that makes it."""

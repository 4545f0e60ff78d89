"""A sound PDF with a list, a photo, a table and links, and ways to break it that no eye would notice."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pikepdf

from readout_pub import ImageStore, RenderOptions
from readout_pub.model import BulletList, Cell, Figure, Footnote, Footnotes, Item, Link, NoteRef, Paragraph, Row, Table
from tests.pdfs import made, paragraph, photo, readout

Break = Callable[[pikepdf.Pdf], None]


@cache
def sound(profile: str = "ua1+a2a") -> bytes:
    """Return a PDF that every validator lets pass."""
    album = ImageStore()
    head = (Row((Cell((paragraph("Goods"),), header=True, scope="col"),)),)
    body = (
        Paragraph(("They met", NoteRef("note", ("(Note)",)), " and ", Link("https://atlantis.example/", ("agreed",)))),
        BulletList((Item((paragraph("herring"), BulletList((Item((paragraph("cod"),)),)))),)),
        Figure(photos=(photo(album, "Two ministers at a table"),), caption=("The talks",)),
        Table(head=head, body=(Row((Cell((paragraph("salt"),)),)),)),
        Footnotes((Footnote("note", (paragraph("In the harbour."),), "(Note)"),)),
    )
    return made(readout(*body), album, RenderOptions(pdf=profile)).data


def broken(wrong: Break, profile: str = "ua1+a2a") -> bytes:
    """Return the sound PDF after `wrong` was done to it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sound(profile))) as pdf:
        wrong(pdf)
        pdf.save(out)
    return out.getvalue()


def without(role: str, name: str) -> Break:
    """Take away an entry of every tag of this role."""

    def wrong(pdf: pikepdf.Pdf) -> None:
        for tag in _tags(pdf, role):
            del tag[name]

    return wrong


def renamed(role: str, new: str) -> Break:
    """Give every tag of this role another one."""

    def wrong(pdf: pikepdf.Pdf) -> None:
        for tag in _tags(pdf, role):
            tag.S = pikepdf.Name(f"/{new}")

    return wrong


def without_root(name: str) -> Break:
    """Take away an entry of the document's catalog."""

    def wrong(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[name]

    return wrong


def untagged_links(pdf: pikepdf.Pdf) -> None:
    """Cut the way from each link to its tag."""
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            del link["/StructParent"]


def _tags(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Object]:
    dictionaries = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    return [each for each in dictionaries if each.get("/Type") == "/StructElem" and str(each.S) == f"/{role}"]


PAPERS: dict[str, Callable[[], bytes]] = {
    "sound": sound,
    "sound, with its source inside": lambda: sound("ua1+a3a"),
    "sound, in PDF 2.0": lambda: sound("ua2"),
    "a photo without a text": lambda: broken(without("Figure", "/Alt")),
    "an item with bare paragraphs": lambda: broken(renamed("LBody", "P")),
    "links without a tag": lambda: broken(untagged_links),
    "no colour profile": lambda: broken(without_root("/OutputIntents")),
    "files that belong to nothing": lambda: broken(without_root("/AF"), "ua1+a3a"),
    "a note that refers to nothing": lambda: broken(without("FENote", "/Ref"), "ua2"),
    "no PDF at all": lambda: b"%PDF-1.7 not really",
}
"""What is wrong with a file → what makes it."""

"""The formats that only pandoc defines have all words of a document, although its writers drop some blocks."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from readout_pub.emit import EMITTERS, emit
from readout_pub.emit.pandoc.formats import WRITERS
from readout_pub.emit.pandoc.program import writer_names
from readout_pub.emit.rendition import Rendition
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Block,
    BulletList,
    Cell,
    Described,
    Description,
    DescriptionList,
    Emphasis,
    Figure,
    Item,
    Link,
    Origin,
    Paragraph,
    Photo,
    Quote,
    Readout,
    Row,
    Section,
    Strong,
    Table,
)

pytestmark = pytest.mark.slow


def other_formats() -> list[str]:
    """Return the formats that only pandoc defines."""
    bibliographies = {"bibtex", "biblatex", "csljson"}
    return sorted(set(writer_names()) - bibliographies - set(EMITTERS) - set(WRITERS))


def unpacked(data: bytes) -> str:
    """Return the text of an output, or of the texts inside a package."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            data = b"\n".join(map(package.read, package.namelist()))
    return " ".join(data.decode("utf-8", "replace").split())


def renditions(block: Block, images: ImageStore) -> dict[str, Rendition]:
    readout = Readout(language="en", title=("Talks",), body=(block,), origin=Origin("t", "00" * 32))
    return {target: emit(readout, images, target) for target in other_formats()}


def lacking(made: dict[str, Rendition], *words: str) -> dict[str, list[str]]:
    """Return format → those of `words` that its output lacks."""
    texts = {target: unpacked(each.data) for target, each in made.items()}
    found = {target: [word for word in words if word not in text] for target, text in texts.items()}
    return {target: missing for target, missing in found.items() if missing}


def test_captions_and_credits_of_photos_are_kept_without_complaint() -> None:
    images = ImageStore()
    png = BytesIO()
    Image.new("RGB", (400, 300)).save(png, "PNG")
    photo = Photo("talks.png", Described("Two ministers"), images.add(png.getvalue))
    made = renditions(Figure(photos=(photo,), caption=("Sealed",), credit=("Nerea",)), images)
    assert lacking(made, "Sealed", "Nerea") == {}
    assert [target for target, each in made.items() if "PANDOC_COMPLAINT" in {note.code for note in each.notes}] == []


@pytest.mark.parametrize("caption", [(), ("Sealed",)])
@pytest.mark.parametrize("count", [1, 2])
def test_alternative_texts_are_kept(count: int, caption: tuple[str, ...]) -> None:
    images = ImageStore()
    gif = BytesIO()
    Image.new("P", (400, 300)).save(gif, "GIF")
    texts = ("Ferrymen", "Pilots")[:count]
    photos = tuple(Photo(f"{text}.gif", Described(text), images.add(gif.getvalue)) for text in texts)
    made = renditions(Figure(photos=photos, caption=caption), images)
    assert lacking(made, *texts, *caption) == {}
    assert [target for target, each in made.items() if "PANDOC_COMPLAINT" in {note.code for note in each.notes}] == []


@pytest.mark.parametrize("colspan", [1, 2])
def test_cells_and_captions_of_tables_are_kept(colspan: int) -> None:
    def row(*words: str, header: bool = False) -> Row:
        return Row(tuple(Cell((Paragraph((word,)),), header=header) for word in words))

    wide = Row((Cell((Paragraph(("Herring",)), Paragraph(("Mullet",))), colspan=colspan),))
    table = Table(caption=("Catches",), head=(row("Year", "Tonnes", header=True),), body=(row("Cod", "Eel"), wide))
    words = ("Catches", "Year", "Tonnes", "Cod", "Eel", "Herring", "Mullet")
    assert lacking(renditions(table, ImageStore()), *words) == {}


def test_words_of_links_and_photos_in_tables_are_kept() -> None:
    images = ImageStore()
    png = BytesIO()
    Image.new("RGB", (400, 300)).save(png, "PNG")
    figure = Figure(photos=(Photo("talks.png", Described("Ferrymen"), images.add(png.getvalue)),))
    link = Link("https://atlantis.example/a", ("Minutes", Strong(("signed",))))
    table = Table(body=(Row((cell(lead("Cod"), figure), cell(Paragraph((link,))))),))
    assert lacking(renditions(table, images), "Ferrymen", "Minutes", "signed") == {}


def cell(*blocks: Block) -> Cell:
    return Cell(blocks)


def lead(*words: str) -> Paragraph:
    return Paragraph(words)


@pytest.mark.parametrize(
    "outer",
    [
        lambda inner: BulletList((Item((lead("Lead"), inner)),)),
        lambda inner: Quote((lead("Lead"), inner)),
        lambda inner: Table((Row((cell(lead("Lead"), inner),)),)),
        lambda inner: DescriptionList((Description((("Lead",),), (lead("About"), inner)),)),
    ],
    ids=["list", "quotation", "table", "descriptions"],
)
@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (Table(caption=("Catches",), body=(Row((cell(lead("Cod")), cell(lead("Eel")))),)), ("Catches", "Cod", "Eel")),
        (
            Table((Row((cell(lead("Cod"), lead("Eel")), cell(BulletList((Item((lead("Ling"),)),))))),)),
            ("Cod", "Eel", "Ling"),
        ),
        (Quote((lead("Cod"), Quote((lead("Eel"),)))), ("Cod", "Eel")),
        (Section((Emphasis(("Catches",)),), (lead("Cod"),)), ("Catches", "Cod")),
        (BulletList((Item((lead("Cod"), Quote((lead("Eel"),)))),)), ("Cod", "Eel")),
    ],
    ids=["table", "table of blocks", "quotation", "section", "list with quotation"],
)
def test_blocks_inside_other_blocks_are_kept(
    outer: Callable[[Block], Block], inner: Block, words: tuple[str, ...]
) -> None:
    assert lacking(renditions(outer(inner), ImageStore()), "Lead", *words) == {}


def test_the_lines_around_the_title_are_kept() -> None:
    readout = Readout(
        language="en",
        title=("Talks",),
        series="Herald",
        issued=dt.date(2031, 5, 6),
        byline="By Nerea",
        body=(Paragraph(("Sealed.",)),),
        origin=Origin("t", "00" * 32),
    )
    made = {target: emit(readout, ImageStore(), target) for target in other_formats()}
    assert lacking(made, "Herald", "2031", "Nerea", "Sealed") == {}

"""Check how the pages of PDFs break: `./dev pages [--theme NAME] [--drawn N] [FILE…]`.

Without FILE, N readouts are drawn by chance, always the same ones. Each fault is printed with its page.

tail page    the last page has only the link back and the colophon
stranded     the last line of a page is a heading or the caption of a table
widow        the last line of a title is one word
outside      text or a photo reaches over the edge of the page
no glyph     a character is drawn as an empty box
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pypdfium2
from PIL import Image

from readout_pub import ImageStore, RenderOptions, emit, read
from readout_pub.emit.colophon import colophon
from readout_pub.model import (
    Block,
    BulletList,
    Cell,
    Described,
    Figure,
    Inlines,
    Item,
    Link,
    Origin,
    Paragraph,
    Photo,
    Readout,
    Row,
    Section,
    Strong,
    Table,
    descendants,
    display_title,
    plain_text,
)

EDGE = 55.0
"""Texts within this many points of the upper or lower edge, 19 mm, count as running heads and page numbers."""

TOLERANCE = 1.0
"""How many points the box of a glyph may reach over the edge of the page: fonts make boxes larger than the ink."""

DRAWN = 200
"""How many readouts are drawn by default."""

WORDS = "the ministers met in Thule and agreed on fisheries harbours energy of exchange students both sides".split()
"""Words of drawn sentences."""


def faults(pdf: bytes, readout: Readout) -> Iterator[str]:
    """Yield what is wrong with the pages of the PDF of `readout`, each in one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [lines(page) for page in document]
        for number, page in enumerate(document, start=1):
            yield from (f"page {number}: outside: {what}" for what in outside(page))
    yield from line_faults(pages, readout)


def line_faults(pages: Sequence[Sequence[str]], readout: Readout) -> Iterator[str]:
    """Yield what is wrong with `pages`, the lines of each page without running heads."""
    after = {
        squeezed(line) for text in colophon(readout.origin, readout.language) for line in plain_text(text).split("\n")
    }
    back = squeezed(plain_text((readout.back_link,))) if readout.back_link else ""
    if len(pages) > 1 and all(any(squeezed(line) in text for text in (*after, back)) for line in pages[-1]):
        yield f"page {len(pages)}: tail page"
    blocks = list(descendants(readout.body))
    leading = [(block.label, block.heading) for block in blocks if isinstance(block, Section)]
    leading += [(None, block.caption) for block in blocks if isinstance(block, Table)]
    heads = {squeezed((label or "") + plain_text(text, line_break=" ")) for label, text in leading} - {""}
    for number, page in enumerate(pages[:-1], start=1):
        if page and squeezed(page[-1]) in heads:
            yield f"page {number}: stranded: {page[-1].strip()}"
    title = plain_text(display_title(readout), line_break=" ")
    if _has_widow(pages[0], title):
        yield f"page 1: widow: {title.split()[-1]}"


def _has_widow(page: Sequence[str], title: str) -> bool:
    """Return whether the last line of `title`, where the page first prints it, is a single word."""
    for start in range(len(page)):
        for end in range(start + 1, len(page) + 1):
            joined = squeezed("".join(page[start:end]))
            if joined == squeezed(title):
                return end > start + 1 and len(page[end - 1].split()) == 1 and page[end - 1].isascii()
            if not squeezed(title).startswith(joined):
                break
    return False


def squeezed(text: str) -> str:
    """Return `text` without white space."""
    return "".join(text.split())


def lines(page: pypdfium2.PdfPage) -> list[str]:
    """Return the lines of the text of a page from the top, without running heads and page numbers."""
    text, height = page.get_textpage(), page.get_height()
    rects = [text.get_rect(index) for index in range(text.count_rects())]
    inside = [rect for rect in rects if rect[1] >= EDGE and rect[3] <= height - EDGE]
    rows: dict[int, list[tuple[float, str]]] = {}
    for left, bottom, right, top in inside:
        row = next((known for known in rows if abs(known - bottom) < 4), round(bottom))
        rows.setdefault(row, []).append((left, text.get_text_bounded(left, bottom, right, top)))
    return [" ".join(part for _, part in sorted(row)) for _, row in sorted(rows.items(), reverse=True)]


def outside(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the texts and photos that reach over the edge of a page."""
    width, height = page.get_size()
    text = page.get_textpage()
    boxes = [(text.get_rect(index), "text") for index in range(text.count_rects())]
    boxes += [(image.get_bounds(), "photo") for image in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    for (left, bottom, right, top), what in boxes:
        if min(left, bottom, width - right, height - top) < -TOLERANCE:
            yield f"{what} at {left:.0f}, {bottom:.0f}, {right:.0f}, {top:.0f}"


# --- Drawn readouts


def drawn(seed: int) -> tuple[Readout, ImageStore]:
    """Return a readout of chance length and content; the same for the same `seed`."""
    chance, images = Random(seed), ImageStore()  # noqa: S311  # no secret
    title = " ".join(chance.choice(WORDS).title() for _ in range(chance.randint(2, 14)))
    body = tuple(block for _ in range(chance.randint(1, 7)) for block in _part(chance, images))
    back = Link("https://thule.example/", ("Back to Thule Relations",)) if chance.random() < 0.8 else None
    origin = Origin("talks.html", "00" * 32, "https://thule.example/talks", publisher="Ministry of Thule")
    return Readout(language="en", title=(title,), body=body, back_link=back, origin=origin), images


def _part(chance: Random, images: ImageStore) -> list[Block]:
    paragraphs: list[Block] = [_paragraph(chance) for _ in range(chance.randint(1, 5))]
    match chance.randint(0, 5):
        case 0:
            return [Section(heading=_text(chance, 1, 8), label=f"{chance.randint(1, 9)}.", body=tuple(paragraphs))]
        case 1:
            return [*paragraphs, _table(chance)]
        case 2:
            return [*[_figure(chance, images) for _ in range(chance.randint(1, 3))], *paragraphs]
        case 3:
            return [BulletList(items=tuple(Item((block,)) for block in paragraphs)), _table(chance)]
        case 4:
            return [Paragraph(children=(Strong(_text(chance, 1, 3)),)), *paragraphs]
        case _:
            return paragraphs


def _text(chance: Random, fewest: int, most: int) -> Inlines:
    return (" ".join(chance.choices(WORDS, k=chance.randint(fewest, most))).capitalize(),)


def _paragraph(chance: Random) -> Paragraph:
    return Paragraph(children=_text(chance, 4, 120))


def _table(chance: Random) -> Table:
    columns = chance.choice([2, 3, 4, 6, 9, 14])
    head = Row(tuple(Cell((Paragraph(children=_text(chance, 1, 2)),), header=True) for _ in range(columns)))
    body = tuple(
        Row(tuple(Cell((Paragraph(children=(f"{chance.randint(0, 99999):,}",)),)) for _ in range(columns)))
        for _ in range(chance.randint(1, 30))
    )
    return Table(head=(head,), body=body, caption=_text(chance, 2, 9))


def _figure(chance: Random, images: ImageStore) -> Figure:
    width, height = chance.randint(200, 1600), chance.randint(200, 1600)
    data = io.BytesIO()
    Image.new("L", (width, height)).save(data, "PNG")
    photo = Photo("talks.png", Described("Two ministers"), images.add(data.getvalue), width=width, height=height)
    return Figure((photo,), caption=_text(chance, 0, 40))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the faults of all pages; return 1 if there are any."""
    parser = argparse.ArgumentParser(prog="./dev pages", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--theme", default="plain")
    parser.add_argument("--drawn", type=int, default=DRAWN, metavar="N")
    chosen = parser.parse_args(arguments)
    files = ((str(path), read(path)) for path in chosen.files)
    chance = ((f"drawn {seed}", drawn(seed)) for seed in range(chosen.drawn))
    found = total = 0
    for name, (readout, images) in files if chosen.files else chance:
        rendition = emit(readout, images, "pdf", RenderOptions(theme=chosen.theme))
        total += 1
        unshown = [f"no glyph: {note.message}" for note in rendition.notes if note.code.startswith("GLYPH")]
        for fault in (*faults(rendition.data, readout), *unshown):
            found += 1
            print(f"{name}: {fault}")
    print(f"{found} faults in {total} documents")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())

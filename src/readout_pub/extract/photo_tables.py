"""Tables that arrange photos over their captions."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from readout_pub.extract.captions import SHORT, joined
from readout_pub.extract.inlines import InlineContext, read_inlines
from readout_pub.extract.photo_credits import split_credit
from readout_pub.extract.photos import ImageReader
from readout_pub.extract.tables import own, own_cells
from readout_pub.extract.tree import holds_marker, letters
from readout_pub.model import Figure


def read_photo_table(table: Tag, look: ImageReader, reading: InlineContext) -> tuple[Figure, ...]:
    """Read a table of photos: the cell below a photo, or the row below all of them, is the caption.

    Empty if the table is none: it has headers, long texts, or a text that is the caption of no photo.
    """
    if table.find(["th", "caption", "h1", "h2", "h3", "ul", "ol", "table"]) is not None or holds_marker(table):
        return ()
    pairs = list(_photos_with_captions([own_cells(row) for row in own(table, ["tr"])]))
    read = {id(cell) for photo_cells, captions in pairs for cell in (*photo_cells, *captions)}
    words = {id(cell): cell.get_text(strip=True) for cell in own(table, ["td"])}
    if any(text and id_ not in read for id_, text in words.items()):
        return ()
    if any(letters(cell, SHORT) > SHORT for photo_cells, captions in pairs for cell in (*photo_cells, *captions)):
        return ()
    return tuple(_figure(photo_cells, captions, look, reading) for photo_cells, captions in pairs)


def _photos_with_captions(rows: list[list[Tag]]) -> Iterator[tuple[list[Tag], list[Tag]]]:
    """Yield cells that hold photos, each with the cells below it that are its caption."""
    for row, below in zip(rows, [*rows[1:], []], strict=True):
        photo_cells = [cell for cell in row if cell.find("img") is not None]
        captions = below if not any(cell.find("img") for cell in below) else []
        if photo_cells and len(captions) == len(row):
            yield from (
                ([cell], [text]) for cell, text in zip(row, captions, strict=True) if cell.find("img") is not None
            )
        elif photo_cells:
            yield photo_cells, captions


def _figure(photo_cells: list[Tag], captions: list[Tag], look: ImageReader, reading: InlineContext) -> Figure:
    images = [image for cell in photo_cells for image in cell.find_all("img")]
    texts = tuple(read_inlines(cell.children, reading) for cell in (*photo_cells, *captions))
    return Figure(tuple(look(image).photo for image in images), *split_credit(joined(texts)))

"""Tables that arrange photos over their captions."""

from __future__ import annotations

from bs4 import Tag

from readout_pub.extract.inlines import Reading, read_inlines
from readout_pub.extract.photo_texts import SHORT, joined
from readout_pub.extract.photos import Look
from readout_pub.extract.tables import own, own_cells
from readout_pub.model import Figure


def is_photo_table(table: Tag) -> bool:
    """Say whether a table holds photos and short texts, and no header."""
    if table.find(["th", "h1", "h2", "h3", "ul", "ol", "table"]) is not None:
        return False
    texts = [cell.get_text(strip=True) for cell in own(table, ["td"]) if cell.find("img") is None]
    with_photo = [cell for cell in own(table, ["td"]) if cell.find("img") is not None]
    return all(len(text) <= SHORT for text in texts) and len(with_photo) * 2 >= sum(1 for text in texts if text)


def read_photo_table(table: Tag, look: Look, reading: Reading) -> list[Figure]:
    """Read a table of photos: the cell below a photo, or the row below all of them, is the caption."""
    rows = [own_cells(row) for row in own(table, ["tr"])]
    found: list[Figure] = []
    for row, below in zip(rows, [*rows[1:], []], strict=True):
        photo_cells = [cell for cell in row if cell.find("img") is not None]
        if not photo_cells:
            continue
        captions = below if not any(cell.find("img") for cell in below) else []
        if len(captions) == len(row):
            pairs = [([cell], [caption]) for cell, caption in zip(row, captions, strict=True) if cell in photo_cells]
        else:
            pairs = [(photo_cells, captions)]
        found += [_figure(photos, texts, look, reading) for photos, texts in pairs]
    return found


def _figure(photo_cells: list[Tag], captions: list[Tag], look: Look, reading: Reading) -> Figure:
    images = [image for cell in photo_cells for image in cell.find_all("img")]
    texts = tuple(read_inlines(cell.children, reading) for cell in (*photo_cells, *captions))
    return Figure(tuple(look(image).photo for image in images), joined(texts))

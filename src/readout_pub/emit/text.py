"""The transcript: the readout as it is read aloud, one paragraph a line, its structure in labels and indents alone.

    1. Fish

      They met.

      Photo: Two ministers at a table

      Caption: The talks

A listener cannot use an address in the middle of a sentence, so only attachments and the source have theirs.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from readout_pub.emit.colophon import colophon
from readout_pub.emit.labels import body_with_label, heading_with_label
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pictures import own_alt
from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.emit.tables import table_grid
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Decorative,
    DescriptionList,
    Figure,
    Footnotes,
    Inlines,
    OrderedList,
    Paragraph,
    Preformatted,
    Quote,
    Readout,
    Rule,
    Section,
    Table,
    display_date,
    display_series,
    display_title,
    plain,
)

if TYPE_CHECKING:
    from readout_pub.emit.messages import Messages
    from readout_pub.emit.tables import GridCell
    from readout_pub.image_store import ImageStore

DEEPER = "  "

BULLET = "•"
"""The label of an item that has none, so that two items are not taken for two paragraphs."""

NOTHING = "–"
"""An empty cell, which keeps its place in the row."""


def emit_text(readout: Readout, album: ImageStore, look: RenderOptions) -> Rendition:  # noqa: ARG001  # every emitter takes all three
    """Write `readout` as UTF-8; a blank line stands between paragraphs, and a new line in one only where it belongs."""
    paragraphs = (paragraph for paragraph in _document(readout) if paragraph.strip())
    return Rendition("txt", ("\n\n".join(paragraphs) + "\n").encode(), ".txt", "text/plain")


def _document(readout: Readout) -> Iterator[str]:
    words = messages_for(readout.language)
    yield display_series(readout) or ""
    yield _line(display_title(readout))
    yield display_date(readout) or ""
    yield readout.byline or ""
    yield from (undecided.text for undecided in readout.undecided)
    yield from _read(readout.body, words)
    if readout.attachments:
        yield words.attachments
        yield from (f"{DEEPER}{BULLET} {attachment.title} ({attachment.href})" for attachment in readout.attachments)
    yield _line((readout.back_link,)) if readout.back_link else ""
    yield from map(_lines, colophon(readout.origin, readout.language))


def _read(blocks: Blocks, words: Messages) -> Iterator[str]:
    """Yield the paragraphs of `blocks`."""
    for block in blocks:
        yield from _paragraphs(block, words)


def _paragraphs(block: Block, words: Messages) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _lines(block.children)
        case Section():
            heading = _line(heading_with_label(block))
            yield heading
            yield from _deeper(_read(block.body, words)) if heading else _read(block.body, words)
        case BulletList() | OrderedList():
            for item in block.items:
                yield from _hanging(item.label or BULLET, item.body, words)
        case DescriptionList():
            for entry in block.entries:
                yield from map(_line, entry.terms)
                yield from _deeper(_read(entry.body, words))
        case Quote():
            yield from _deeper(_read(block.body, words))
        case Preformatted():
            yield block.text
        case Figure():
            yield from _figure(block, words)
        case Table():
            yield from _table(block, words)
        case Footnotes():
            for note in block.notes:
                yield from _hanging(note.label, note.body, words)
        case Rule():
            return  # a pause, which the blank line is already


def _hanging(label: str | None, body: Blocks, words: Messages) -> Iterator[str]:
    """Read the first paragraph with its label, and what follows deeper."""
    paragraphs = _read(body_with_label(label, body), words)
    yield next(paragraphs, "")
    yield from _deeper(paragraphs)


def _figure(block: Figure, words: Messages) -> Iterator[str]:
    for photo in block.photos:
        text = own_alt(photo)
        if text:
            yield f"{words.photo}: {text}"
        elif not isinstance(photo.alt, Decorative):
            yield words.photo_undescribed
    if block.caption:
        yield f"{words.caption}: {_line(block.caption)}"
    yield _line(block.credit)


def _table(block: Table, words: Messages) -> Iterator[str]:
    """Read a table row by row, each cell once: first the headers of the columns, then "2030: 7; 8"."""
    yield f"{words.table}: {_line(block.caption)}" if block.caption else words.table
    head, body = table_grid(block)
    yield from _deeper("\n".join(_row(row, words) for row in rows) for rows in (head, body))


def _row(row: tuple[GridCell, ...], words: Messages) -> str:
    names = [_cell(cell, words) for cell in row if cell.is_row_header]
    facts = "; ".join(_cell(cell, words) for cell in row if not cell.is_row_header)
    return ": ".join(part for part in ("; ".join(names), facts) if part)


def _cell(placed: GridCell, words: Messages) -> str:
    return " ".join(" ".join(_read(placed.cell.body, words)).split("\n")) or NOTHING


def _deeper(paragraphs: Iterable[str]) -> Iterator[str]:
    return (textwrap.indent(paragraph, DEEPER) for paragraph in paragraphs)


def _lines(inlines: Inlines) -> str:
    return plain(inlines, ruby=True)


def _line(inlines: Inlines) -> str:
    return plain(inlines, ruby=True, line_break=" ")

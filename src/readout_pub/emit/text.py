"""Plain text: the readout as it would be read aloud, one line per paragraph, structure shown by labels and indents.

    1. Fish

      They met.

      Photo: Two ministers at a table

      Caption: The talks

Only the URLs of attachments and of the source are written, since a listener cannot use a URL in the middle of a
sentence.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from readout_pub.emit.colophon import colophon
from readout_pub.emit.front_matter import fact_text, meeting_facts, release_status
from readout_pub.emit.labels import body_with_label, heading_with_label
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pictures import alt_unlike_caption, lacks_description, unreviewed_mark
from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.emit.tables import table_grid
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
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
    plain_text,
)

if TYPE_CHECKING:
    from readout_pub.emit.messages import Messages
    from readout_pub.emit.tables import GridCell
    from readout_pub.image_store import ImageStore

INDENT = "  "

BULLET = "•"
"""The label of items that have none, so that listeners can tell items from paragraphs."""

EMPTY_CELL = "–"
"""Stands for an empty cell, so that the cells after it keep their position."""


def emit_text(readout: Readout, images: ImageStore, render_options: RenderOptions) -> Rendition:  # noqa: ARG001  # every emitter takes all three
    """Return `readout` as UTF-8 text: a blank line between paragraphs, a line break where the source has one."""
    paragraphs = (paragraph for paragraph in _document_paragraphs(readout, render_options) if paragraph.strip())
    return Rendition("txt", ("\n\n".join(paragraphs) + "\n").encode(), ".txt", "text/plain")


def _document_paragraphs(readout: Readout, render_options: RenderOptions) -> Iterator[str]:
    messages = messages_for(readout.language)
    yield display_series(readout) or ""
    yield _one_line(display_title(readout))
    yield display_date(readout) or ""
    yield readout.byline or ""
    yield release_status(render_options, messages) or ""
    yield "\n".join(f"{fact.label}{messages.colon}{fact_text(fact)}" for fact in meeting_facts(readout, messages))
    yield from (undecided.text for undecided in readout.undecided)
    yield from _paragraphs(readout.body, messages)
    if readout.attachments:
        yield messages.attachments
        yield from (f"{INDENT}{BULLET} {attachment.title} ({attachment.href})" for attachment in readout.attachments)
    yield _one_line((readout.back_link,)) if readout.back_link else ""
    yield from map(_with_line_breaks, colophon(readout.origin, readout.language))


def _paragraphs(blocks: Blocks, messages: Messages) -> Iterator[str]:
    for block in blocks:
        yield from _block_paragraphs(block, messages)


def _block_paragraphs(block: Block, messages: Messages) -> Iterator[str]:
    """Yield the paragraphs of one block; those that belong to a heading, term or quotation are indented."""
    match block:
        case Paragraph():
            yield _with_line_breaks(block.children)
        case Section():
            heading = _one_line(heading_with_label(block))
            yield heading
            yield from _indented(_paragraphs(block.body, messages)) if heading else _paragraphs(block.body, messages)
        case BulletList() | OrderedList():
            for item in block.items:
                yield from _item_paragraphs(item.label or BULLET, item.body, messages)
        case DescriptionList():
            for entry in block.entries:
                yield from map(_one_line, entry.terms)
                yield from _indented(_paragraphs(entry.body, messages))
        case Quote():
            yield from _indented(_paragraphs(block.body, messages))
        case Preformatted():
            yield block.text
        case Figure():
            yield from _figure_paragraphs(block, messages)
        case Table():
            yield from _table_paragraphs(block, messages)
        case Footnotes():
            for note in block.notes:
                yield from _item_paragraphs(note.label, note.body, messages)
        case Rule():
            return  # the blank line between paragraphs is separation enough


def _item_paragraphs(label: str | None, body: Blocks, messages: Messages) -> Iterator[str]:
    """Yield the paragraphs of an item: the first after `label`, the others indented."""
    paragraphs = _paragraphs(body_with_label(label, body), messages)
    yield next(paragraphs, "")
    yield from _indented(paragraphs)


def _figure_paragraphs(block: Figure, messages: Messages) -> Iterator[str]:
    for photo in block.photos:
        text = alt_unlike_caption(photo)
        if text:
            yield f"{messages.photo}{messages.colon}{text}"
        elif lacks_description(photo):
            yield messages.photo_undescribed
    if block.caption:
        yield f"{messages.caption}{messages.colon}{_one_line(block.caption)}"
    yield _one_line(block.credit)
    yield _one_line(unreviewed_mark(block, messages))


def _table_paragraphs(block: Table, messages: Messages) -> Iterator[str]:
    """Yield the name of a table, its column headers, then its rows as "2030: 7; 8", each cell once."""
    yield f"{messages.table}{messages.colon}{_one_line(block.caption)}" if block.caption else messages.table
    head, body = table_grid(block)
    yield from _indented("\n".join(_row_line(row, messages) for row in rows) for rows in (head, body))


def _row_line(row: tuple[GridCell, ...], messages: Messages) -> str:
    headers = "; ".join(_cell_text(cell, messages) for cell in row if cell.is_row_header)
    others = "; ".join(_cell_text(cell, messages) for cell in row if not cell.is_row_header)
    return ": ".join(part for part in (headers, others) if part)


def _cell_text(at: GridCell, messages: Messages) -> str:
    lines = (line.strip() for paragraph in _paragraphs(at.cell.body, messages) for line in paragraph.split("\n"))
    return " ".join(filter(None, lines)) or EMPTY_CELL


def _indented(paragraphs: Iterable[str]) -> Iterator[str]:
    return (textwrap.indent(paragraph, INDENT) for paragraph in paragraphs)


def _with_line_breaks(inlines: Inlines) -> str:
    return plain_text(inlines, ruby=True, superscripts=True, struck=True)


def _one_line(inlines: Inlines) -> str:
    return plain_text(inlines, ruby=True, superscripts=True, struck=True, line_break=" ")

"""All words of a readout in reading order, and all words of a tag tree, to compare the two."""

from __future__ import annotations

from readout_pub.emit.colophon import colophon
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pictures import alt_unlike_caption
from readout_pub.model import (
    Block,
    Blocks,
    Figure,
    Item,
    OrderedList,
    Paragraph,
    Readout,
    display_series,
    display_title,
    map_blocks,
    plain_text,
    texts,
)
from tests.tagtree import Tag, text_lines

BULLETS = frozenset("•◦▪")
"""Markers of lists, which the model does not have."""


def words_of_tags(tree: Tag) -> list[str]:
    """Return the words below a tag, without bullets."""
    return [word for word in " ".join(text_lines(tree)).split() if word not in BULLETS]


def words_of_readout(meeting: Readout) -> list[str]:
    """Return all words in a PDF of `meeting`, without running headers and page numbers."""
    return " ".join(_texts_of_page(meeting)).split()


def _texts_of_page(meeting: Readout) -> list[str]:
    words = messages_for(meeting.language)
    title, day = plain_text(display_title(meeting)), meeting.issued.isoformat() if meeting.issued else ""
    return [
        display_series(meeting) or "",
        *(title, meeting.issued_text or day, meeting.byline or ""),
        *(line.text for line in meeting.undecided),
        *texts(map_blocks(meeting.body, lambda blocks: _with_generated_text(blocks, words.photo_missing))),
        *([words.attachments] if meeting.attachments else []),
        *(attachment.title for attachment in meeting.attachments),
        *(plain_text((meeting.back_link,)) for _ in [0] if meeting.back_link),
        *map(plain_text, colophon(meeting.origin, meeting.language)),
    ]


def _with_generated_text(blocks: Blocks, missing: str) -> Blocks:
    """Add the text that the page adds: numbers of lists without labels, and the text in place of a missing photo."""
    return tuple(part for block in blocks for part in _add_generated_text(block, missing))


def _add_generated_text(block: Block, missing: str) -> Blocks:
    match block:
        case OrderedList(items=items) if not any(item.label for item in items):
            return (OrderedList(tuple(Item(item.body, f"{n}.") for n, item in enumerate(items, 1))),)
        case Figure(photos=photos):
            replacements = [f"{missing} {alt_unlike_caption(photo) or ''}" for photo in photos if photo.sha256 is None]
            return (*(Paragraph((words,)) for words in replacements), block)
        case _:
            return (block,)

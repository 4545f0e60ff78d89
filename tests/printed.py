"""All words of a readout in the order of its page, to be compared with those that a listener hears of a PDF."""

from __future__ import annotations

from readout_pub.emit.colophon import colophon
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pictures import own_alt
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
    plain,
    texts,
)
from tests.tagtree import Tag, spoken

BULLETS = frozenset("•◦▪")


def heard_words(tree: Tag) -> list[str]:
    """Return the words below a tag; the signs of lists are no words."""
    return [word for word in " ".join(spoken(tree)).split() if word not in BULLETS]


def printed_words(meeting: Readout) -> list[str]:
    """Return all words of the page of `meeting`."""
    return " ".join(_texts(meeting)).split()


def _texts(meeting: Readout) -> list[str]:
    words = messages_for(meeting.language)
    title, day = plain(display_title(meeting)), meeting.issued.isoformat() if meeting.issued else ""
    return [
        display_series(meeting) or "",
        *(title, meeting.issued_text or day, meeting.byline or ""),
        *(line.text for line in meeting.undecided),
        *texts(map_blocks(meeting.body, lambda blocks: _shown(blocks, words.photo_missing))),
        *([words.attachments] if meeting.attachments else []),
        *(attachment.title for attachment in meeting.attachments),
        *(plain((meeting.back_link,)) for _ in [0] if meeting.back_link),
        *map(plain, colophon(meeting.origin, meeting.language)),
    ]


def _shown(blocks: Blocks, missing: str) -> Blocks:
    """Add what a page shows besides: numbers of lists without labels, and what stands for a photo that is not there."""
    return tuple(part for block in blocks for part in _with_signs(block, missing))


def _with_signs(block: Block, missing: str) -> Blocks:
    match block:
        case OrderedList(items=items) if not any(item.label for item in items):
            return (OrderedList(tuple(Item(item.body, f"{n}.") for n, item in enumerate(items, 1))),)
        case Figure(photos=photos):
            gone = [f"{missing} {own_alt(photo) or ''}" for photo in photos if photo.sha256 is None]
            return (*(Paragraph((words,)) for words in gone), block)
        case _:
            return (block,)

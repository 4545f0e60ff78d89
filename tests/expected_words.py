"""All words of a readout in reading order, and all words of a tag tree, to compare the two."""

from __future__ import annotations

from collections.abc import Sequence

from readout_pub.emit.colophon import colophon
from readout_pub.emit.front_matter import fact_text, meeting_facts, needs_contents, publisher_name
from readout_pub.emit.link_addresses import numbered_addresses
from readout_pub.emit.messages import Messages, messages_for
from readout_pub.emit.pictures import gather_missing_photos, missing_photo_texts, unreviewed_mark
from readout_pub.model import (
    Block,
    Blocks,
    Figure,
    Item,
    OrderedList,
    Paragraph,
    Readout,
    Section,
    descendants,
    display_series,
    display_title,
    map_blocks,
    plain_text,
    texts,
)
from readout_pub.themes import Theme, load_theme
from tests.tagtree import Tag, text_lines

BULLETS = frozenset("•◦▪")
"""Markers of lists, which the model does not have."""


def words_of_tags(tree: Tag) -> list[str]:
    """Return the words below a tag, without bullets."""
    return [word for word in " ".join(text_lines(tree)).split() if word not in BULLETS]


def words_of_readout(readout: Readout, theme: str = "plain") -> list[str]:
    """Return all words that a PDF of `readout` must have, without running headers and page numbers."""
    return " ".join(_texts_of_page(readout, load_theme(theme))).split()


def _texts_of_page(readout: Readout, theme: Theme) -> list[str]:
    words = messages_for(readout.language)
    title, day = plain_text(display_title(readout)), readout.issued.isoformat() if readout.issued else ""
    return [
        publisher_name(readout, theme) or "",
        display_series(readout) or "",
        *(title, readout.issued_text or day, readout.byline or ""),
        *(part for fact in meeting_facts(readout, words) for part in (fact.label, fact_text(fact))),
        *(_contents(readout, words) if needs_contents(readout) else ()),
        *(line.text for line in readout.undecided),
        *texts(map_blocks(readout.body, lambda blocks: _with_generated_text(blocks, words))),
        *([words.attachments] if readout.attachments else []),
        *(attachment.title for attachment in readout.attachments),
        *(plain_text((readout.back_link,)) for _ in [0] if readout.back_link),
        *_addresses(numbered_addresses(readout, theme), words),
        *map(plain_text, colophon(readout.origin, readout.language)),
    ]


def _addresses(addresses: Sequence[str], words: Messages) -> list[str]:
    listed = [f"[{number}] {address}" for number, address in enumerate(addresses, start=1)]
    return [words.addresses, *listed] if listed else []


def _contents(readout: Readout, words: Messages) -> list[str]:
    sections = (
        each for each in descendants(readout.body) if isinstance(each, Section) and (each.label or each.heading)
    )
    return [words.contents, *(f"{each.label or ''} {plain_text(each.heading)}" for each in sections)]


def _with_generated_text(blocks: Blocks, words: Messages) -> Blocks:
    """Add the text that outputs add to the document.

    They add numbers to lists without labels, a text in place of missing photos, and a line below photos whose
    alternative texts nobody has reviewed.
    """
    return tuple(part for block in gather_missing_photos(blocks) for part in _add_generated_text(block, words))


def _add_generated_text(block: Block, words: Messages) -> Blocks:
    match block:
        case OrderedList(items=items) if not any(item.label for item in items):
            return (OrderedList(tuple(Item(item.body, f"{n}.") for n, item in enumerate(items, 1))),)
        case Figure(photos=photos):
            missing = [photo for photo in photos if photo.sha256 is None]
            message, found = missing_photo_texts(missing, block, words) if missing else ("", ())
            mark = words.photo_unreviewed if unreviewed_mark(block, words) else ""
            return (*(Paragraph((text,)) for text in (message, *found)), block, Paragraph((mark,)))
        case _:
            return (block,)

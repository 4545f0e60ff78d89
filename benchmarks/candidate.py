"""Converts a readout to the plain JSON that the score.py of each benchmark set compares with its gold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Described,
    Footnotes,
    Inlines,
    Link,
    Meeting,
    OrderedList,
    Paragraph,
    Readout,
    Section,
    figures,
    map_blocks,
    outline,
    plain_text,
    texts,
)

Json = dict[str, Any]


def fields(readout: Readout) -> Json:
    """Return the fields that every set compares: title, series, date, lang, photos."""
    return {
        "title": plain_text(readout.title) if readout.title else None,
        "series": readout.series,
        "date": readout.issued.isoformat() if readout.issued else None,
        "lang": readout.language,
        "photos": list(photos(readout)),
    }


def text_lines(readout: Readout) -> Iterator[str]:
    """Yield the lines of text. A line that has a label, such as the number of a list item, begins with the label.

    Title, series and the link back to the list of documents are left out.
    """
    yield from (undecided.text for undecided in readout.undecided)
    yield from texts(map_blocks(readout.body, _move_labels))
    yield from (attachment.title for attachment in readout.attachments)


def photos(readout: Readout) -> Iterator[Json]:
    """Yield `{"src", "alt", "caption"}` of the photos in reading order; photos of one figure share its caption.

    The poster image of a video is left out, since the sets count photographs only; it is recognised by the note
    MEDIA_LINKED on the link in its caption.
    """
    linked = [each.message for each in readout.notes if each.code == "MEDIA_LINKED"]
    for figure in figures(readout):
        links = (each.href for each in figure.caption if isinstance(each, Link))
        if any(repr(href) in message for href in links for message in linked):
            continue
        for photo in figure.photos:
            alt = photo.alt.text if isinstance(photo.alt, Described) else ""
            yield {"src": photo.src, "alt": alt, "caption": plain_text(figure.caption)}


def outline_tree(blocks: Blocks) -> list[Json]:
    """Return sections and labelled items as nested `{"label", "heading", "children"}`."""
    root: list[Json] = []
    path = [root]
    for depth, label, heading in outline(blocks):
        node: Json = {"label": label, "heading": heading, "children": []}
        path[depth].append(node)
        path[depth + 1 :] = [node["children"]]
    return root


def meeting_fields(meeting: Meeting | None) -> Json | None:
    """Return the fields of the meeting, with the start as "13:30" in 24-hour time; None without a meeting."""
    if meeting is None:
        return None
    return {
        "date": meeting.date.isoformat() if meeting.date else None,
        "start": meeting.start.strftime("%H:%M") if meeting.start else None,
        "duration_minutes": meeting.duration_minutes,
        "people": [msgspec.to_builtins(person) for person in meeting.people],
    }


def _move_labels(siblings: Blocks) -> Blocks:
    """Move every label into the heading or first paragraph that it labels, where a reader sees it printed."""
    return tuple(map(_move_label, siblings))


def _move_label(block: Block) -> Block:
    replace = msgspec.structs.replace
    match block:
        case Section(label=str(label)):
            return replace(block, label=None, heading=_join_label(label, block.heading))
        case BulletList() | OrderedList():
            return replace(
                block, items=tuple(replace(i, label=None, body=_prepend_label(i.label, i.body)) for i in block.items)
            )
        case Footnotes():
            return replace(
                block, notes=tuple(replace(n, label=None, body=_prepend_label(n.label, n.body)) for n in block.notes)
            )
        case _:
            return block


def _prepend_label(label: str | None, body: Blocks) -> Blocks:
    match body:
        case _ if label is None:
            return body
        case (Paragraph(children=children) as first, *rest):
            return (msgspec.structs.replace(first, children=_join_label(label, children)), *rest)
        case _:
            return (Paragraph(children=(label,)), *body)


def _join_label(label: str, words: Inlines) -> Inlines:
    return (f"{label} ", *words)

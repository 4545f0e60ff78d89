"""A conversion as the judges of the benchmark sets read one: plain JSON, without anything of ours."""

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
    Meeting,
    OrderedList,
    Paragraph,
    Readout,
    Section,
    figures,
    map_blocks,
    outline,
    plain,
    texts,
)

Json = dict[str, Any]


def facts(readout: Readout) -> Json:
    """Return what every set asks for."""
    return {
        "title": plain(readout.title) if readout.title else None,
        "series": readout.series,
        "date": readout.issued.isoformat() if readout.issued else None,
        "lang": readout.language,
        "photos": list(photos(readout)),
    }


def lines(readout: Readout) -> Iterator[str]:
    """Yield what the model says is printed between title and back link, each label before what it labels."""
    yield from (undecided.text for undecided in readout.undecided)
    yield from texts(map_blocks(readout.body, _labels_in_text))
    yield from (attachment.title for attachment in readout.attachments)


def photos(readout: Readout) -> Iterator[Json]:
    """Yield the photos in reading order; a caption that two share counts for each."""
    for figure in figures(readout):
        for photo in figure.photos:
            alt = photo.alt.text if isinstance(photo.alt, Described) else ""
            yield {"src": photo.src, "alt": alt, "caption": plain(figure.caption)}


def tree(blocks: Blocks) -> list[Json]:
    """Return sections and labelled items as nested `{"label", "heading", "children"}`."""
    root: list[Json] = []
    path = [root]
    for depth, label, heading in outline(blocks):
        node: Json = {"label": label, "heading": heading, "children": []}
        path[depth].append(node)
        path[depth + 1 :] = [node["children"]]
    return root


def meeting(facts: Meeting | None) -> Json | None:
    """Return the facts of the meeting; the start as "13:30"."""
    if facts is None:
        return None
    return {
        "date": facts.date.isoformat() if facts.date else None,
        "start": facts.start.strftime("%H:%M") if facts.start else None,
        "duration_minutes": facts.duration_minutes,
        "people": [msgspec.to_builtins(person) for person in facts.people],
    }


def _labels_in_text(siblings: Blocks) -> Blocks:
    """Move every label into the heading or first paragraph that it labels, where a reader sees it."""
    return tuple(map(_label_in_text, siblings))


def _label_in_text(block: Block) -> Block:
    replace = msgspec.structs.replace
    match block:
        case Section(label=str(label)):
            return replace(block, label=None, heading=_labelled(label, block.heading))
        case BulletList() | OrderedList():
            return replace(
                block, items=tuple(replace(i, label=None, body=_begin(i.label, i.body)) for i in block.items)
            )
        case Footnotes():
            return replace(
                block, notes=tuple(replace(n, label=None, body=_begin(n.label, n.body)) for n in block.notes)
            )
        case _:
            return block


def _begin(label: str | None, body: Blocks) -> Blocks:
    match body:
        case _ if label is None:
            return body
        case (Paragraph(children=children) as first, *rest):
            return (msgspec.structs.replace(first, children=_labelled(label, children)), *rest)
        case _:
            return (Paragraph(children=(label,)), *body)


def _labelled(label: str, words: Inlines) -> Inlines:
    return (f"{label} ", *words)

"""Links typed footnotes: "(Note 1)" in the text, and a line at the end that begins with the same label."""

from __future__ import annotations

import re

import msgspec

from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Footnote,
    Footnotes,
    Inline,
    Inlines,
    Item,
    Link,
    NoteRef,
    OrderedList,
    Paragraph,
    Readout,
    Rule,
    Section,
    drop_start,
    map_inlines,
    plain_text,
)
from readout_pub.refine.attachments import listed_documents
from readout_pub.refine.whitespace import drop_redundant_rules

_LABEL = re.compile(r"[(（\[［](?:Note|注|註|※)\s*[0-9０-９]{0,2}[)）\]］]", re.IGNORECASE)
"""A label as ministries type it, with a number or alone: (Note 1), （注１）, (※)."""


def link_typed_footnotes(readout: Readout) -> Readout:
    """Turn the labelled lines at the end of the body into footnotes, and link their calls: the labels in the text.

    A list of attached documents may follow the lines.

    paragraph "The sea route (Note 1)"          paragraph "The sea route " noteref "(Note 1)"
    paragraph "(Note 1) Along the coast."  →    footnotes
                                                    "(Note 1)" "Along the coast."

    Each line must have a different label, and each label a call: "(Note) This is a summary." is no footnote.
    """
    text, lines, below = _split_notes(readout.body)
    notes = tuple(_make_footnote(line, f"note-{count}") for count, line in enumerate(lines, 1))
    targets = {note.label: note.id for note in notes if note.label}
    if not targets or len(targets) < len(notes):
        return readout
    called: set[str] = set()
    linked = map_inlines(text, lambda inlines: _link_calls(inlines, targets, called))
    if called != set(targets):
        return readout
    return msgspec.structs.replace(readout, body=(*linked, Footnotes(notes), *below))


def _split_notes(blocks: Blocks) -> tuple[Blocks, Blocks, Blocks]:
    """Split `blocks` into the text, the labelled lines at its end, and the lists of documents below them."""
    end = len(blocks)
    while end and (listed_documents(blocks[end - 1]) or isinstance(blocks[end - 1], Rule)):
        end -= 1
    last = blocks[end - 1] if end else None
    if isinstance(last, Section):
        text, lines, below = _split_notes(last.body)
        rest = msgspec.structs.replace(last, body=(*text, *below))
        return ((*blocks[: end - 1], rest), lines, blocks[end:]) if text else (blocks[:end], (), blocks[end:])
    first = end
    while first and _note_label(blocks[first - 1]):
        first -= 1
    return blocks[:first], blocks[first:end], blocks[end:]


def move_footnotes_last(readout: Readout) -> Readout:
    """Move footnotes from the end of the last section or list item to the end of the body.

    section "2." "Trade"                section "2." "Trade"
        paragraph "They met."      →        paragraph "They met."
        footnotes                       footnotes
    """
    body, notes = _take_last_notes(readout.body)
    return msgspec.structs.replace(readout, body=(*body, notes)) if notes else readout


def _take_last_notes(blocks: Blocks) -> tuple[Blocks, Footnotes | None]:
    """Return `blocks` without the footnotes at the very end of the last block, and these footnotes."""
    match blocks:
        case (*rest, Section() as last):
            inner, notes = _take_notes_at_end(last.body)
            return (*rest, msgspec.structs.replace(last, body=inner)), notes
        case (*rest, (OrderedList() | BulletList()) as last) if last.items:
            *items, item = last.items
            inner, notes = _take_notes_at_end(item.body)
            return (*rest, msgspec.structs.replace(last, items=(*items, Item(inner, item.label)))), notes
        case _:
            return blocks, None


def _take_notes_at_end(blocks: Blocks) -> tuple[Blocks, Footnotes | None]:
    match blocks:
        case (_, *_, Footnotes() as notes):
            return drop_redundant_rules(blocks[:-1]), notes
        case _:
            return _take_last_notes(blocks)


def _note_label(block: Block) -> str | None:
    """Return the label at the start of a paragraph; None for a label alone, which is a call."""
    words = plain_text(block.children) if isinstance(block, Paragraph) else ""
    found = _LABEL.match(words)
    return found[0] if found and words[found.end() :].strip() else None


def _make_footnote(block: Block, note_id: str) -> Footnote:
    label = _note_label(block)
    if label is None or not isinstance(block, Paragraph):
        raise TypeError("a footnote is a labelled paragraph")
    body: Blocks = (msgspec.structs.replace(block, children=drop_start(block.children, len(label))),)
    return Footnote(note_id, body, label)


def _unwrap_call(node: Inline) -> Inline:
    """Return the call inside a link to a place on the page; any other node unchanged."""
    match node:
        case Link(href, (NoteRef() as call,)) if href.startswith("#"):
            return call
        case _:
            return node


def _link_calls(inlines: Inlines, targets: dict[str, str], called: set[str]) -> Inlines:
    out: list[Inline] = []
    for node in inlines:
        if not isinstance(node, str):
            out.append(_unwrap_call(node))
            continue
        end = 0
        for found in _LABEL.finditer(node):
            if found[0] in targets:
                called.add(found[0])
                out += [node[end : found.start()]] if found.start() > end else []
                out.append(NoteRef(targets[found[0]], (found[0],)))
                end = found.end()
        out += [node[end:]] if end < len(node) else []
    return tuple(out)

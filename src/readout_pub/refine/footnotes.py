"""Footnotes that were typed and not linked: "(Note 1)" in the text, and a line that begins with it at the end."""

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
    plain,
)
from readout_pub.refine.links import documents
from readout_pub.refine.text import without_needless_rules

_LABEL = re.compile(r"[(（\[［](?:Note|注|註|※)\s*[0-9０-９]{0,2}[)）\]］]", re.IGNORECASE)


def join_typed_footnotes(readout: Readout) -> Readout:
    """Join the labelled lines at the end of the body, above its documents, to their calls in the text.

    paragraph "The sea route (Note 1)"          paragraph "The sea route " noteref "(Note 1)"
    paragraph "(Note 1) Along the coast."  →    footnotes
                                                    "(Note 1)" "Along the coast."
    """
    text, lines, below = _parted(readout.body)
    notes = tuple(_footnote(line, f"note-{count}") for count, line in enumerate(lines, 1))
    targets = {note.label: note.id for note in notes if note.label}
    if not targets or len(targets) < len(notes):
        return readout
    called: set[str] = set()
    joined = map_inlines(text, lambda inlines: _with_calls(inlines, targets, called))
    if called != set(targets):
        return readout
    return msgspec.structs.replace(readout, body=(*joined, Footnotes(notes), *below))


def _parted(blocks: Blocks) -> tuple[Blocks, Blocks, Blocks]:
    """Return the text, the labelled lines at its end, be they in the last section, and the documents below them."""
    end = len(blocks)
    while end and (documents(blocks[end - 1]) or isinstance(blocks[end - 1], Rule)):
        end -= 1
    last = blocks[end - 1] if end else None
    if isinstance(last, Section):
        text, lines, below = _parted(last.body)
        rest = msgspec.structs.replace(last, body=(*text, *below))
        return ((*blocks[: end - 1], rest), lines, blocks[end:]) if text else (blocks[:end], (), blocks[end:])
    first = end
    while first and _label(blocks[first - 1]):
        first -= 1
    return blocks[:first], blocks[first:end], blocks[end:]


def set_footnotes_last(readout: Readout) -> Readout:
    """Take the footnotes at the end of the last section, or of its last item, to the end of the body: they are its own.

    section "2." "Trade"                section "2." "Trade"
        paragraph "They met."      →        paragraph "They met."
        footnotes                       footnotes
    """
    body, notes = _without_last_notes(readout.body)
    return msgspec.structs.replace(readout, body=(*body, notes)) if notes else readout


def _without_last_notes(blocks: Blocks) -> tuple[Blocks, Footnotes | None]:
    """Return blocks without the footnotes that stand at the very end inside the last of them, and those."""
    match blocks:
        case (*rest, Section() as last):
            inner, notes = _notes_taken(last.body)
            return (*rest, msgspec.structs.replace(last, body=inner)), notes
        case (*rest, (OrderedList() | BulletList()) as last) if last.items:
            *items, item = last.items
            inner, notes = _notes_taken(item.body)
            return (*rest, msgspec.structs.replace(last, items=(*items, Item(inner, item.label)))), notes
        case _:
            return blocks, None


def _notes_taken(blocks: Blocks) -> tuple[Blocks, Footnotes | None]:
    match blocks:
        case (_, *_, Footnotes() as notes):
            return without_needless_rules(blocks[:-1]), notes
        case _:
            return _without_last_notes(blocks)


def _label(block: Block) -> str | None:
    """Return the label that a line begins with; a call that stands alone labels nothing."""
    words = plain(block.children) if isinstance(block, Paragraph) else ""
    found = _LABEL.match(words)
    return found[0] if found and words[found.end() :].strip() else None


def _footnote(block: Block, note_id: str) -> Footnote:
    label = _label(block)
    if label is None or not isinstance(block, Paragraph):
        raise TypeError("only labelled paragraphs are footnotes")
    body: Blocks = (msgspec.structs.replace(block, children=drop_start(block.children, len(label))),)
    return Footnote(note_id, body, label)


def _call_of(node: Inline) -> Inline:
    """Take the link within the page off that the source has put around the call of a note."""
    match node:
        case Link(href, (NoteRef() as call,)) if href.startswith("#"):
            return call
        case _:
            return node


def _with_calls(inlines: Inlines, targets: dict[str, str], called: set[str]) -> Inlines:
    out: list[Inline] = []
    for node in inlines:
        if not isinstance(node, str):
            out.append(_call_of(node))
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

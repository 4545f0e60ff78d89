"""Footnotes that were typed and not linked: "(Note 1)" in the text, and a line that begins with it at the end."""

from __future__ import annotations

import re

import msgspec

from readout_pub.model import (
    Block,
    Blocks,
    Footnote,
    Footnotes,
    Inline,
    Inlines,
    NoteRef,
    Paragraph,
    Readout,
    Rule,
    drop_start,
    map_inlines,
    plain,
)
from readout_pub.refine.links import documents

_LABEL = re.compile(r"[(（\[［](?:Note|注|註|※)\s*[0-9０-９]{0,2}[)）\]］]", re.IGNORECASE)


def join_typed_footnotes(readout: Readout) -> Readout:
    """Join the labelled lines at the end of the body, above its documents, to their calls in the text.

    paragraph "The sea route (Note 1)"          paragraph "The sea route " noteref "(Note 1)"
    paragraph "(Note 1) Along the coast."  →    footnotes
                                                    "(Note 1)" "Along the coast."
    """
    end = len(readout.body)
    while end and (documents(readout.body[end - 1]) or isinstance(readout.body[end - 1], Rule)):
        end -= 1
    first = end
    while first and _label(readout.body[first - 1]):
        first -= 1
    text, lines, below = readout.body[:first], readout.body[first:end], readout.body[end:]
    notes = tuple(_footnote(line, f"note-{count}") for count, line in enumerate(lines, 1))
    targets = {note.label: note.id for note in notes if note.label}
    if not targets or len(targets) < len(notes):
        return readout
    called: set[str] = set()
    joined = map_inlines(text, lambda inlines: _with_calls(inlines, targets, called))
    if called != set(targets):
        return readout
    return msgspec.structs.replace(readout, body=(*joined, Footnotes(notes), *below))


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


def _with_calls(inlines: Inlines, targets: dict[str, str], called: set[str]) -> Inlines:
    out: list[Inline] = []
    for node in inlines:
        if not isinstance(node, str):
            out.append(node)
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

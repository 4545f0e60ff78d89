"""Splits paragraphs at line breaks, except in addresses and poems."""

from __future__ import annotations

import itertools
import re

import msgspec

from readout_pub.model import (
    Blocks,
    Emphasis,
    Inlines,
    LineBreak,
    NoteRef,
    Paragraph,
    Readout,
    Strong,
    Sup,
    map_blocks,
    plain_text,
    split_lines,
    trim,
)
from readout_pub.refine.line_kinds import ends_with_punctuation, looks_like_heading, parse_label

_INDENTED = re.compile(r"^[\u3000\u00a0]|^ {2,}")
"""An indent typed with spaces; Japanese texts begin each paragraph with an ideographic space."""


def split_at_breaks(readout: Readout) -> Readout:
    """Split paragraphs at the line breaks that authors typed to begin a new paragraph.

    Two breaks in a row always split. A single break splits if the lines are sentences (perhaps under a heading), are
    indented, or have labels; in an address or a poem it stays.

        paragraph "1. Data⏎Both sides agreed.⏎They met."   →   paragraph "1. Data"
                                                               paragraph "Both sides agreed."
                                                               paragraph "They met."
    """
    return msgspec.structs.replace(readout, body=map_blocks(readout.body, _split_all))


def _split_all(blocks: Blocks) -> Blocks:
    parts = (_split_paragraph(block) if isinstance(block, Paragraph) else (block,) for block in blocks)
    return tuple(itertools.chain.from_iterable(parts))


def _split_paragraph(paragraph: Paragraph) -> Blocks:
    found = split_lines(paragraph.children)
    if len(found) == 1:
        return (paragraph,)
    out: list[Inlines] = []
    for empty, run in itertools.groupby(found, key=lambda line: not plain_text(line).strip()):
        if not empty:
            group = list(run)
            out += group if _are_paragraphs(group) else [_rejoin(group)]
    trimmed = filter(None, map(trim, out))
    ids = itertools.chain([paragraph.id], itertools.repeat(None))  # Links to the paragraph go to its first part.
    return tuple(
        msgspec.structs.replace(paragraph, children=line, id=own) for line, own in zip(trimmed, ids, strict=False)
    )


def _are_paragraphs(run: list[Inlines]) -> bool:
    """Return whether lines between single breaks are paragraphs.

    They are paragraphs if one of these is true:
    - All lines are sentences. A heading may stand above them: one line, or several lines in bold or italics.
    - All lines after the first one are indented.
    - All lines after the first one have labels.
    """
    words = [plain_text(_without_calls(line)) for line in run]
    if len(words) == 1:
        return True
    first, *others = words
    heads = sum(1 for _ in itertools.takewhile(_is_emphasised, run))
    sentences = words[max(1, heads) :]
    if sentences and all(map(ends_with_punctuation, sentences)):
        return ends_with_punctuation(first) or looks_like_heading(first)
    return all(_INDENTED.match(text) for text in others) or all(parse_label(text.strip()) for text in others)


def _is_emphasised(line: Inlines) -> bool:
    return all(isinstance(node, Strong | Emphasis) or (isinstance(node, str) and not node.strip()) for node in line)


def _without_calls(line: Inlines) -> Inlines:
    """Return a line without the footnote calls at its end, which follow the full stop: "They met.²"."""
    end = len(line)
    while end and (isinstance(last := line[end - 1], NoteRef | Sup) or (isinstance(last, str) and not last.strip())):
        end -= 1
    return line[:end]


def _rejoin(run: list[Inlines]) -> Inlines:
    return tuple(itertools.chain.from_iterable((LineBreak(), *line) for line in run))[1:]

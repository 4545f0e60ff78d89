"""Line breaks that part paragraphs, told from those that belong to the text."""

from __future__ import annotations

import itertools
import re

import msgspec

from readout_pub.model import Blocks, Inlines, LineBreak, Paragraph, Readout, map_blocks, plain, split_lines, trim
from readout_pub.refine.line_kinds import ends_sentence, label_at, looks_like_heading

_INDENTED = re.compile(r"^[\u3000\u00a0]|^ {2,}")


def split_at_breaks(readout: Readout) -> Readout:
    """Split a paragraph where its author broke the line to begin a new one.

    Two breaks in a row always do. One does if the lines are sentences, perhaps under a heading; in an address or a
    poem it stays.

        paragraph "1. Data⏎Both sides agreed.⏎They met."   →   paragraph "1. Data"
                                                               paragraph "Both sides agreed."
                                                               paragraph "They met."
    """
    return msgspec.structs.replace(readout, body=map_blocks(readout.body, _split))


def _split(blocks: Blocks) -> Blocks:
    return tuple(
        itertools.chain.from_iterable(_parts(block) if isinstance(block, Paragraph) else (block,) for block in blocks)
    )


def _parts(paragraph: Paragraph) -> Blocks:
    found = split_lines(paragraph.children)
    if len(found) == 1:
        return (paragraph,)
    out: list[Inlines] = []
    for empty, run in itertools.groupby(found, key=lambda line: not plain(line).strip()):
        if not empty:
            together = list(run)
            out += together if _are_paragraphs(together) else [_rejoined(together)]
    trimmed = filter(None, map(trim, out))
    ids = itertools.chain([paragraph.id], itertools.repeat(None))  # links lead to the first
    return tuple(
        msgspec.structs.replace(paragraph, children=line, id=own) for line, own in zip(trimmed, ids, strict=False)
    )


def _are_paragraphs(run: list[Inlines]) -> bool:
    """Say whether lines that single breaks part are paragraphs: sentences, an indented line, or a heading over them."""
    words = [plain(line) for line in run]
    if len(words) == 1:
        return True
    first, *others = words
    if all(ends_sentence(text) for text in others):
        return ends_sentence(first) or looks_like_heading(first)
    return all(_INDENTED.match(text) for text in others) or all(label_at(text.strip()) for text in others)


def _rejoined(run: list[Inlines]) -> Inlines:
    return tuple(itertools.chain.from_iterable((LineBreak(), *line) for line in run))[1:]

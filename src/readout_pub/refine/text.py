"""White space and emptiness: what a page holds only to keep its distance."""

from __future__ import annotations

import msgspec

from readout_pub.model import Block, Blocks, BulletList, Figure, OrderedList, Paragraph, Readout, Rule, map_blocks, trim


def tidy(readout: Readout) -> Readout:
    """Trim paragraphs, and drop empty ones, empty lists, and rules that part nothing.

    rule                    paragraph "One"
    paragraph "　One "      rule
    rule              →     paragraph "Two"
    rule
    paragraph "Two"
    """
    return msgspec.structs.replace(readout, body=_without_edge_rules(map_blocks(readout.body, _tidied)))


def _tidied(blocks: Blocks) -> Blocks:
    kept: list[Block] = []
    for block in blocks:
        tidied = (
            msgspec.structs.replace(block, children=trim(block.children)) if isinstance(block, Paragraph) else block
        )
        doubled = isinstance(tidied, Rule) and kept and isinstance(kept[-1], Rule)
        if not doubled and not _is_empty(tidied):
            kept.append(tidied)
    return tuple(kept)


def _is_empty(block: Block) -> bool:
    match block:
        case Paragraph():
            return not block.children
        case BulletList() | OrderedList():
            return not block.items
        case Figure():
            return not block.photos and not block.caption and not block.credit
        case _:
            return False


def _without_edge_rules(blocks: Blocks) -> Blocks:
    while blocks and isinstance(blocks[0], Rule):
        blocks = blocks[1:]
    while blocks and isinstance(blocks[-1], Rule):
        blocks = blocks[:-1]
    return blocks

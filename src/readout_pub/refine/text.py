"""White space and emptiness: what a page holds only to keep its distance."""

from __future__ import annotations

import msgspec

from readout_pub.model import Block, Blocks, BulletList, Figure, OrderedList, Paragraph, Readout, Rule, map_blocks, trim


def normalize_space(readout: Readout) -> Readout:
    """Trim paragraphs, and drop empty ones, empty lists, and rules that part nothing.

    rule                    paragraph "One"
    paragraph "　One "      rule
    rule              →     paragraph "Two"
    rule
    paragraph "Two"
    """
    return msgspec.structs.replace(readout, body=without_needless_rules(map_blocks(readout.body, _tidied)))


def _tidied(blocks: Blocks) -> Blocks:
    trimmed = (
        msgspec.structs.replace(block, children=trim(block.children)) if isinstance(block, Paragraph) else block
        for block in blocks
    )
    return _without_doubled_rules(tuple(block for block in trimmed if not _is_empty(block)))


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


def without_needless_rules(blocks: Blocks) -> Blocks:
    """Drop the rules of a body that part nothing: at its edges, and after another rule."""
    kept = _without_doubled_rules(blocks)
    return kept[isinstance(kept[0], Rule) : len(kept) - isinstance(kept[-1], Rule)] if kept else ()


def _without_doubled_rules(blocks: Blocks) -> Blocks:
    before = (None, *blocks)
    return tuple(
        block
        for block, last in zip(blocks, before, strict=False)
        if not (isinstance(block, Rule) and isinstance(last, Rule))
    )

"""Removes white space at the edges of paragraphs, empty blocks, and rules that separate nothing."""

from __future__ import annotations

import msgspec

from readout_pub.model import Block, Blocks, BulletList, Figure, OrderedList, Paragraph, Readout, Rule, map_blocks, trim


def normalize_space(readout: Readout) -> Readout:
    """Trim paragraphs; drop empty paragraphs, lists and figures, and rules that separate nothing.

    rule                    paragraph "One"
    paragraph "　One "      rule
    rule              →     paragraph "Two"
    rule
    paragraph "Two"
    """
    return msgspec.structs.replace(readout, body=drop_redundant_rules(map_blocks(readout.body, _trim_and_drop_empty)))


def _trim_and_drop_empty(blocks: Blocks) -> Blocks:
    trimmed = (
        msgspec.structs.replace(block, children=trim(block.children)) if isinstance(block, Paragraph) else block
        for block in blocks
    )
    return _drop_repeated_rules(tuple(block for block in trimmed if not _is_empty_block(block)))


def _is_empty_block(block: Block) -> bool:
    match block:
        case Paragraph():
            return not block.children
        case BulletList() | OrderedList():
            return not block.items
        case Figure():
            return not block.photos and not block.caption and not block.credit
        case _:
            return False


def drop_redundant_rules(blocks: Blocks) -> Blocks:
    """Drop the rules of a body that separate nothing: at its edges, and after another rule."""
    kept = _drop_repeated_rules(blocks)
    return kept[isinstance(kept[0], Rule) : len(kept) - isinstance(kept[-1], Rule)] if kept else ()


def _drop_repeated_rules(blocks: Blocks) -> Blocks:
    before = (None, *blocks)
    return tuple(
        block
        for block, last in zip(blocks, before, strict=False)
        if not (isinstance(block, Rule) and isinstance(last, Rule))
    )

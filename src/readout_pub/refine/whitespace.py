"""Removes empty blocks, redundant horizontal rules, and white space at the edges of paragraphs and links."""

from __future__ import annotations

import msgspec

from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Figure,
    Inline,
    Inlines,
    Link,
    OrderedList,
    Paragraph,
    Readout,
    Rule,
    map_blocks,
    map_inlines,
    plain_text,
    trim,
)


def normalize_space(readout: Readout) -> Readout:
    """Trim paragraphs; drop empty paragraphs, lists and figures, and horizontal rules that separate nothing.

    A space at the edge of a link is moved out of it, since browsers would underline the space.

    rule                    paragraph "One"
    paragraph "　One "      rule
    rule              →     paragraph "Two"
    rule
    paragraph "Two"
    """
    body = map_blocks(map_inlines(readout.body, _move_spaces_out_of_links), _trim_and_drop_empty)
    return msgspec.structs.replace(readout, body=drop_redundant_rules(body))


def _move_spaces_out_of_links(inlines: Inlines) -> Inlines:
    """Return `inlines` with the spaces at the ends of links moved out of the links; no space is doubled."""
    if not any(isinstance(node, Link) for node in inlines):
        return inlines
    moved: list[Inline] = []
    for node in inlines:
        for part in _parts(node) if isinstance(node, Link) else (node,):
            before = moved[-1] if moved else None
            if not (isinstance(part, str) and isinstance(before, str)):
                moved.append(part)
            elif before.endswith(" "):
                moved[-1] = before + part.removeprefix(" ")
            else:
                moved[-1] = before + part
    return tuple(moved)


def _parts(link: Link) -> Inlines:
    """Return `link` with its text trimmed, and a space before or after it if the text had a space at that end."""
    if not plain_text(link.children).strip():
        return (link,)
    children = list(link.children)
    before, after = children[0], children[-1]
    is_space_before = isinstance(before, str) and before.startswith(" ")
    is_space_after = isinstance(after, str) and after.endswith(" ")
    if isinstance(children[0], str):
        children[0] = children[0].lstrip(" ")
    if isinstance(children[-1], str):
        children[-1] = children[-1].rstrip(" ")
    trimmed = msgspec.structs.replace(link, children=tuple(child for child in children if child != ""))
    return (*([" "] if is_space_before else []), trimmed, *([" "] if is_space_after else []))


def _trim_and_drop_empty(blocks: Blocks) -> Blocks:
    return _drop_repeated_rules(tuple(block for block in map(_trim_block, blocks) if not _is_empty_block(block)))


def _trim_block(block: Block) -> Block:
    match block:
        case Paragraph():
            return msgspec.structs.replace(block, children=trim(block.children))
        case BulletList() | OrderedList():
            # In pandoc's Markdown, a rule at the start of a numbered item would be read as code.
            items = (msgspec.structs.replace(item, body=drop_redundant_rules(item.body)) for item in block.items)
            return msgspec.structs.replace(block, items=tuple(items))
        case _:
            return block


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
    """Drop horizontal rules that separate nothing: at the start, at the end, and directly after another rule."""
    kept = _drop_repeated_rules(blocks)
    return kept[isinstance(kept[0], Rule) : len(kept) - isinstance(kept[-1], Rule)] if kept else ()


def _drop_repeated_rules(blocks: Blocks) -> Blocks:
    before = (None, *blocks)
    return tuple(
        block
        for block, last in zip(blocks, before, strict=False)
        if not (isinstance(block, Rule) and isinstance(last, Rule))
    )

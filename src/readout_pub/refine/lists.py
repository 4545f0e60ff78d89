"""Merges lists that continue each other, turns numbers typed into items into labels, and limits how deep lists nest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, takewhile

import msgspec

from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Item,
    OrderedList,
    Paragraph,
    Readout,
    drop_start,
    map_blocks,
)
from readout_pub.notes import note
from readout_pub.refine.line_kinds import LineLabel, label_of, parse_label

MAX_LIST_DEPTH = 8
"""How many levels deep lists may be nested; the items of deeper lists are raised to this level.

Word's lists have nine levels. 8 lists take 24 of the 33 nested tags that readers of PDF follow
(`emit/pdf/tags/depth.py`), and deeper lists leave no room for words on a page.
"""


def limit_list_depth(readout: Readout) -> Readout:
    """Raise the items of lists nested deeper than `MAX_LIST_DEPTH` to that level, with a note."""
    body = map_blocks(readout.body, _limit_depth)
    if body == readout.body:
        return readout
    return msgspec.structs.replace(
        readout, body=body, notes=(*readout.notes, note("LISTS_FLATTENED", limit=MAX_LIST_DEPTH))
    )


def _limit_depth(blocks: Blocks, depth: int = 1) -> Blocks:
    """Return `blocks`, whose lists are on the level `depth`, without lists deeper than `MAX_LIST_DEPTH`."""
    if depth == MAX_LIST_DEPTH:
        return _join_bullets([part for block in blocks for part in _raise_nested(block)])
    return tuple(
        msgspec.structs.replace(
            block, items=tuple(Item(_limit_depth(item.body, depth + 1), item.label) for item in block.items)
        )
        if isinstance(block, BulletList | OrderedList)
        else block
        for block in blocks
    )


def _raise_nested(block: Block) -> Iterator[Block]:
    """Yield a list in parts, each followed by the list that was in its last item; yield other blocks unchanged."""
    if not isinstance(block, BulletList | OrderedList):
        yield block
        return
    items: list[Item] = []
    for item in block.items:
        own = tuple(takewhile(lambda each: not isinstance(each, BulletList | OrderedList), item.body))
        if own == item.body:
            items.append(item)
            continue
        if own or item.label:
            items.append(Item(own, item.label))
        if items:
            yield msgspec.structs.replace(block, items=tuple(items))
        items = []
        block = msgspec.structs.replace(block, id=None)  # an id must be unique
        for nested in item.body[len(own) :]:
            lang, direction = nested.lang or block.lang, nested.dir or block.dir
            yield from _raise_nested(msgspec.structs.replace(nested, lang=lang, dir=direction))
    if items:
        yield msgspec.structs.replace(block, items=tuple(items))


def _join_bullets(blocks: list[Block]) -> Blocks:
    """Return `blocks` with neighbouring bullet lists of the same language merged, unless the second has an id."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if (
            isinstance(block, BulletList)
            and isinstance(last, BulletList)
            and (block.lang, block.dir, block.id) == (last.lang, last.dir, None)
        ):
            joined[-1] = msgspec.structs.replace(last, items=(*last.items, *block.items))
        else:
            joined.append(block)
    return tuple(joined)


def merge_consecutive_lists(readout: Readout) -> Readout:
    """Merge neighbouring ordered lists if the second continues the count of the first.

    ordered "1." One                ordered "1." One
    ordered "2." Two          →             "2." Two

    Neighbouring bullet lists of one item are merged too: some editors write each item as a list.
    """
    body = map_blocks(map_blocks(readout.body, join_consecutive_lists), _join_single_bullets)
    return msgspec.structs.replace(readout, body=body)


def _join_single_bullets(blocks: Blocks) -> Blocks:
    """Return `blocks` with neighbouring bullet lists of one item merged."""
    runs = (tuple(run) for _, run in groupby(blocks, key=_is_single_bullet))
    return tuple(block for run in runs for block in (_join_bullets(list(run)) if _is_single_bullet(run[0]) else run))


def _is_single_bullet(block: Block) -> bool:
    return isinstance(block, BulletList) and len(block.items) == 1


def join_consecutive_lists(blocks: Blocks) -> Blocks:
    """Return `blocks` with neighbouring ordered lists merged if the second continues the count of the first."""
    groups: list[list[Block]] = []
    for block in blocks:
        before = groups[-1][-1] if groups else None
        if isinstance(block, OrderedList) and isinstance(before, OrderedList) and _continues(before, block):
            groups[-1].append(block)
        else:
            groups.append([block])
    return tuple(group[0] if len(group) == 1 else _merge(group) for group in groups)


def _merge(group: list[Block]) -> Block:
    items = tuple(item for block in group if isinstance(block, OrderedList) for item in block.items)
    return msgspec.structs.replace(group[0], items=items)


def _continues(before: OrderedList, after: OrderedList) -> bool:
    if (before.lang, before.dir) != (after.lang, after.dir):
        return False
    last, first = _label_interpretations(before.items[-1].label), _label_interpretations(after.items[0].label)
    return any((style, number + 1) in first for style, number in last)


def _label_interpretations(label: str | None) -> tuple[tuple[str, int], ...]:
    found = parse_label(f"{label} x") if label else None
    return found.interpretations if found else ()


def move_typed_labels(readout: Readout) -> Readout:
    """Turn numbers typed at the start of items into their labels, which replace automatic numbers.

        ordered "1." "(1) Economy"            ordered "(1)" "Economy"
                "2." "(2) Culture"      →             "(2)" "Culture"

    A number counts as typed if the numbers of all items are consecutive, or if it repeats the automatic number of its
    item. One item has no consecutive numbers: the name "A. Smith" keeps its "A.".
    """
    return msgspec.structs.replace(readout, body=map_blocks(readout.body, _move_labels_of_lists))


def _move_labels_of_lists(blocks: Blocks) -> Blocks:
    return tuple(move_list_labels(block) if isinstance(block, BulletList | OrderedList) else block for block in blocks)


def move_list_labels(block: BulletList | OrderedList) -> Block:
    """Turn numbers typed into the items of one list into labels, as in `move_typed_labels`."""
    typed = [_typed_label(item) for item in block.items]
    if not all(item.label is None or _is_automatic(item.label) for item in block.items):
        return block
    if not is_consecutive(typed):
        typed = [
            label if label and _repeats(label, item) else None for label, item in zip(typed, block.items, strict=True)
        ]
    if not any(typed):
        return block
    items = tuple(_with_label(item, label) for item, label in zip(block.items, typed, strict=True))
    return OrderedList(items, lang=block.lang, dir=block.dir, id=block.id)


def _typed_label(item: Item) -> LineLabel | None:
    first = item.body[0] if item.body else None
    return label_of(first.children) if isinstance(first, Paragraph) else None


def _is_automatic(label: str) -> bool:
    return label.endswith(".") and label[:-1].isalnum()


def _repeats(label: LineLabel, item: Item) -> bool:
    return item.label is not None and label.text.rstrip("．.") == item.label.rstrip(".")


def is_consecutive(labels: list[LineLabel | None]) -> bool:
    """Return whether at least two labels share a style and each number is one more than the one before."""
    if len(labels) < 2 or labels[0] is None:
        return False
    last = dict(labels[0].interpretations)
    for label in labels[1:]:
        if label is None:
            return False
        last = {style: number for style, number in label.interpretations if last.get(style) == number - 1}
    return bool(last)


def _with_label(item: Item, label: LineLabel | None) -> Item:
    first = item.body[0]
    if label is None or not isinstance(first, Paragraph):
        return item
    rest = msgspec.structs.replace(first, children=drop_start(first.children, label.length))
    return Item((rest, *item.body[1:]), label.text)

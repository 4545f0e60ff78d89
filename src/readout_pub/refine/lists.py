"""Lists: neighbours that are one list, and labels that were typed into their items."""

from __future__ import annotations

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
    plain,
)
from readout_pub.refine.line_kinds import Label, label_at


def merge_lists(readout: Readout) -> Readout:
    """Join ordered lists that follow one another and go on counting.

    ordered "1." One                ordered "1." One
    ordered "2." Two          →             "2." Two
    """
    return msgspec.structs.replace(readout, body=map_blocks(readout.body, join_lists))


def join_lists(blocks: Blocks) -> Blocks:
    """Join the ordered lists among `blocks` that follow one another and go on counting."""
    rows: list[list[Block]] = []
    for block in blocks:
        before = rows[-1][-1] if rows else None
        if isinstance(block, OrderedList) and isinstance(before, OrderedList) and _goes_on(before, block):
            rows[-1].append(block)
        else:
            rows.append([block])
    return tuple(row[0] if len(row) == 1 else _one_list(row) for row in rows)


def _one_list(row: list[Block]) -> Block:
    items = tuple(item for block in row if isinstance(block, OrderedList) for item in block.items)
    return msgspec.structs.replace(row[0], items=items)


def _goes_on(before: OrderedList, after: OrderedList) -> bool:
    if (before.lang, before.dir) != (after.lang, after.dir):
        return False
    last, first = _reading(before.items[-1].label), _reading(after.items[0].label)
    return any((style, place + 1) in first for style, place in last)


def _reading(label: str | None) -> tuple[tuple[str, int], ...]:
    found = label_at(f"{label} x") if label else None
    return found.readings if found else ()


def lift_labels(readout: Readout) -> Readout:
    """Make the numbers typed at the start of every item its label; it takes the place of an automatic number.

        ordered "1." "(1) Economy"            ordered "(1)" "Economy"
                "2." "(2) Culture"      →             "(2)" "Culture"

    A number is typed where the whole list has one, counting on, or where it repeats the automatic one; a list of one
    item counts nothing.
    """
    return msgspec.structs.replace(readout, body=map_blocks(readout.body, _lifted))


def _lifted(blocks: Blocks) -> Blocks:
    return tuple(lift(block) if isinstance(block, BulletList | OrderedList) else block for block in blocks)


def lift(block: BulletList | OrderedList) -> Block:
    """Make the numbers typed at the start of the items of one list its labels, as `lift_labels` does."""
    typed = [_typed_label(item) for item in block.items]
    if not all(item.label is None or _is_automatic(item.label) for item in block.items):
        return block
    if not counts_on(typed):
        typed = [
            label if label and _repeats(label, item) else None for label, item in zip(typed, block.items, strict=True)
        ]
    if not any(typed):
        return block
    items = tuple(_relabelled(item, label) for item, label in zip(block.items, typed, strict=True))
    return OrderedList(items, lang=block.lang, dir=block.dir, id=block.id)


def _typed_label(item: Item) -> Label | None:
    first = item.body[0] if item.body else None
    return label_at(plain(first.children)) if isinstance(first, Paragraph) else None


def _is_automatic(label: str) -> bool:
    return label.endswith(".") and label[:-1].isalnum()


def _repeats(label: Label, item: Item) -> bool:
    return item.label is not None and label.text.rstrip("．.") == item.label.rstrip(".")


def counts_on(labels: list[Label | None]) -> bool:
    """Say whether labels are a row of one style, each one more than the one before; "A. Smith" alone is no row."""
    if len(labels) < 2 or labels[0] is None:
        return False
    rows = dict(labels[0].readings)
    for label in labels[1:]:
        if label is None:
            return False
        rows = {style: place for style, place in label.readings if rows.get(style) == place - 1}
    return bool(rows)


def _relabelled(item: Item, label: Label | None) -> Item:
    first = item.body[0]
    if label is None or not isinstance(first, Paragraph):
        return item
    rest = msgspec.structs.replace(first, children=drop_start(first.children, label.length))
    return Item((rest, *item.body[1:]), label.text)

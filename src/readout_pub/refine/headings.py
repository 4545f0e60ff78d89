"""Lines that head what follows become sections; labelled texts without a heading become items.

paragraph "1. Data"                      section "1." Data
paragraph "Both sides agreed."     →         paragraph "Both sides agreed."
paragraph "2. They will meet."           ordered
                                             "2." paragraph "They will meet."
"""

from __future__ import annotations

import itertools

import msgspec

from readout_pub.model import (
    Block,
    Blocks,
    DescriptionList,
    Inlines,
    Item,
    OrderedList,
    Paragraph,
    Readout,
    Section,
    Strong,
    drop_start,
    plain,
)
from readout_pub.refine.line_kinds import Label, label_at, looks_like_heading
from readout_pub.refine.lists import counts_on, join_lists, lift
from readout_pub.refine.outline_marks import OutlineMark, labels_of_sections, outline_marks


def build_sections(readout: Readout) -> Readout:
    """Find the outline that a page shows by numbers and bold lines, and make it the structure of the body."""
    return msgspec.structs.replace(readout, body=_raised(readout.body))


def _raised(blocks: Blocks) -> Blocks:
    """Raise inside out, so that an item knows whether sections stand in it; not in bullets, tables and notes."""
    inside = tuple(_raised_inside(block) for block in blocks)
    opened = tuple(itertools.chain.from_iterable(map(_opened, inside)))
    return _assemble(opened, outline_marks(opened))


def _raised_inside(block: Block) -> Block:
    match block:
        case Section():
            return msgspec.structs.replace(block, body=_raised(block.body))
        case OrderedList():
            return msgspec.structs.replace(block, items=tuple(map(_raised_item, block.items)))
        case DescriptionList() if items := _labelled_entries(block):
            raised = tuple(map(_raised_item, items))
            return OrderedList(raised, lang=block.lang, dir=block.dir, id=block.id)
        case _:
            return block


def _raised_item(item: Item) -> Item:
    """Raise what is inside an item, its own heading left for `_opened`."""
    own = item.body[:1] if _heading_of(item) else ()
    return Item(own + _raised(item.body[len(own) :]), item.label)


# --- lists whose items have headings


def _opened(block: Block) -> Blocks:
    """Open a list whose items have headings into sections, and the items without one into lists between them."""
    if not isinstance(block, OrderedList) or not any(map(_heading_of, block.items)):
        return (block,)
    parts = join_lists(tuple(_section_or_item(item, block) for item in block.items))
    return tuple(lift(part) if isinstance(part, OrderedList) else part for part in parts)


def _heading_of(item: Item) -> Inlines | None:
    """Return the heading of a labelled item: a first line that heads the rest of it."""
    if not item.label or len(item.body) < 2:
        return None
    first = item.body[0]
    if not isinstance(first, Paragraph) or not looks_like_heading(plain(first.children)):
        return None
    return _bare(first.children)


def _section_or_item(item: Item, parent: OrderedList) -> Block:
    heading = _heading_of(item)
    if heading is None:
        return OrderedList((item,), lang=parent.lang, dir=parent.dir)
    return Section(heading, item.body[1:], item.label, lang=parent.lang, dir=parent.dir)


def _labelled_entries(block: DescriptionList) -> tuple[Item, ...]:
    """Return a description list as labelled items, if each term, or each description without one, counts on."""
    items: list[Item] = []
    labels: list[Label | None] = []
    for entry in block.entries:
        body: Blocks = (*(Paragraph(term) for term in entry.terms), *entry.body)
        first = body[0] if body else None
        label = label_at(plain(first.children)) if isinstance(first, Paragraph) else None
        if label is None or not isinstance(first, Paragraph):
            return ()
        rest = msgspec.structs.replace(first, children=drop_start(first.children, label.length))
        items.append(Item((rest, *body[1:]), label.text))
        labels.append(label)
    return tuple(items) if counts_on(labels) else ()


def _bare(heading: Inlines) -> Inlines:
    """Take off the bold type that made a line look like a heading."""
    match heading:
        case (Strong(children),):
            return children
        case _:
            return heading


# --- putting it together


class _Open(msgspec.Struct):
    """A section or item that still takes in what follows."""

    mark: OutlineMark
    text: Paragraph
    body: list[Block]


def _assemble(blocks: Blocks, marks: list[OutlineMark | None]) -> Blocks:
    root: list[Block] = []
    stack: list[_Open] = []

    def close() -> None:
        done = stack.pop()
        (stack[-1].body if stack else root).append(_closed(done))

    for block, mark in zip(blocks, marks, strict=True):
        if mark is None or not isinstance(block, Paragraph):
            (stack[-1].body if stack else root).append(block)
            continue
        while stack and stack[-1].mark.depth >= mark.depth:
            close()
        stack.append(_Open(mark, block, []))
        if mark.closed and not mark.heading:
            close()
    while stack:
        close()
    return _finished(root)


def _finished(body: list[Block]) -> Blocks:
    return _relabel_sections(join_lists(tuple(body)))


def _closed(done: _Open) -> Block:
    body, label = _finished(done.body), done.mark.label
    words = drop_start(done.text.children, label.length) if label else done.text.children
    if done.mark.heading:
        text = done.text
        return Section(_bare(words), body, label.text if label else None, lang=text.lang, dir=text.dir, id=text.id)
    first = msgspec.structs.replace(done.text, children=words)
    return OrderedList((Item((first, *body), label.text if label else None),))


def _relabel_sections(blocks: Blocks) -> Blocks:
    """Take the numbers at the start of headings as labels, where they count on from one heading to the next."""
    return tuple(
        msgspec.structs.replace(block, heading=drop_start(block.heading, label.length), label=label.text)
        if label is not None and isinstance(block, Section) and not block.label
        else block
        for block, label in zip(blocks, labels_of_sections(blocks), strict=True)
    )

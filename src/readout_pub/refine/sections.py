"""Builds sections from paragraphs that are headings, and list items from other labelled paragraphs.

paragraph "1. Data"                      section "1." Data
paragraph "Both sides agreed."     →         paragraph "Both sides agreed."
paragraph "2. They will meet."           ordered
                                             "2." paragraph "They will meet."
"""

from __future__ import annotations

import itertools
import re

import msgspec

from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    DescriptionList,
    Emphasis,
    Figure,
    Inlines,
    Item,
    OrderedList,
    Paragraph,
    Readout,
    Section,
    Span,
    Strong,
    drop_start,
    plain_text,
)
from readout_pub.refine.line_kinds import LineLabel, label_of, looks_like_heading
from readout_pub.refine.lists import is_consecutive, join_consecutive_lists, move_list_labels
from readout_pub.refine.outline_marks import (
    OutlineMark,
    find_outline_marks,
    is_bold_question,
    is_dateline,
    names_faq,
    section_labels,
)


def build_sections(readout: Readout) -> Readout:
    """Build sections and lists from numbered and bold lines."""
    is_faq = names_faq(plain_text(readout.title or ()))
    body = _label_sections(_without_dateline_heading(readout.body))
    body = _restructure(body, is_whole=True, is_faq=is_faq)
    return msgspec.structs.replace(readout, body=body)


def _without_dateline_heading(body: Blocks) -> Blocks:
    """Turn the first section into paragraphs if its heading is only the place and the day of a speech.

    A body with several such headings is a list of events.
    """
    datelines = [block for block in body if isinstance(block, Section) and is_dateline(block.heading)]
    first = next((block for block in body if isinstance(block, Section)), None)
    if first is None or datelines != [first]:
        return body
    line = Paragraph(first.heading, lang=first.lang, dir=first.dir, id=first.id)
    return tuple(itertools.chain.from_iterable((line, *block.body) if block is first else (block,) for block in body))


_NUMBER = re.compile(r"([0-9]{1,2})[.)]?")
_MIN_NUMBERED = 3
"""How many sections in a row have numbers above their headings."""


def _label_sections(blocks: Blocks) -> Blocks:
    """Make the numbers alone above the headings of consecutive sections the labels of these: "1" above "Apply".

    Such a number is the last block of the section before.
    """
    blocks = tuple(
        msgspec.structs.replace(block, body=_label_sections(block.body)) if isinstance(block, Section) else block
        for block in blocks
    )
    numbers = {position: number for position in range(len(blocks)) if (number := _number_above(blocks, position))}
    start = next((position for position, number in numbers.items() if int(number[1]) == 1), 0)
    positions = itertools.count(start)
    run = list(itertools.takewhile(lambda at: at in numbers and int(numbers[at][1]) == at - start + 1, positions))
    if len(run) < _MIN_NUMBERED:
        return blocks
    labelled = list(blocks)
    for position in run:
        section, above = labelled[position], labelled[position - 1]
        if isinstance(section, Section) and isinstance(above, Section):
            labelled[position - 1] = msgspec.structs.replace(above, body=above.body[:-1])
        if isinstance(section, Section):
            labelled[position] = msgspec.structs.replace(section, label=numbers[position][0])
    return tuple(block for at, block in enumerate(labelled) if at != start - 1 or isinstance(block, Section))


def _number_above(blocks: Blocks, position: int) -> re.Match[str] | None:
    """Return the number that is a block of its own right above a section without a label; None without one."""
    block, above = blocks[position], blocks[position - 1] if position else None
    if isinstance(above, Section):
        above = above.body[-1] if above.body else None
    if not isinstance(block, Section) or block.label is not None or not isinstance(above, Paragraph):
        return None
    return _NUMBER.fullmatch(plain_text(above.children).strip()) if above.id is None else None


def _restructure(blocks: Blocks, *, is_whole: bool = False, is_faq: bool = False) -> Blocks:
    """Restructure blocks, the innermost first, since the sections inside an item decide what the item becomes.

    `is_whole` and `is_faq` are as in `find_outline_marks`.
    """
    inner = tuple(_restructure_inside(block) for block in blocks)
    flat = tuple(itertools.chain.from_iterable(map(_dissolve_list, _numbered_lines(inner))))
    return _assemble(flat, find_outline_marks(flat, is_whole=is_whole, is_faq=is_faq))


def _restructure_inside(block: Block) -> Block:
    match block:
        case Section():
            is_faq = names_faq(plain_text(block.heading))
            return msgspec.structs.replace(block, body=_restructure(block.body, is_faq=is_faq))
        case OrderedList():
            return msgspec.structs.replace(block, items=tuple(map(_restructure_item, block.items)))
        case DescriptionList() if items := _labelled_entries(block):
            restructured = tuple(map(_restructure_item, items))
            return OrderedList(restructured, lang=block.lang, dir=block.dir, id=block.id)
        case _:
            return block


def _restructure_item(item: Item) -> Item:
    """Restructure the body of an item except its own heading, which `_dissolve_list` needs."""
    own = item.body[:1] if _item_heading(item) else ()
    return Item(own + _restructure(item.body[len(own) :]), item.label)


# --- lists whose items have headings


def _numbered_lines(blocks: Blocks) -> Blocks:
    """Turn each list of one bold line into this line with its number in front, if the numbers are consecutive.

    Such lines are headings.
    """
    found = {id(block): line for block in blocks if (line := _numbered_line(block))}
    firsts = (line for line, *_ in found.values() if isinstance(line, Paragraph))
    if not is_consecutive([label_of(line.children) for line in firsts]):
        return blocks
    return tuple(itertools.chain.from_iterable(found.get(id(block), (block,)) for block in blocks))


def _numbered_line(block: Block) -> Blocks:
    """Return the bold line of a list of one item, with its number in front, and the figures below it; else ()."""
    if not isinstance(block, OrderedList) or len(block.items) != 1 or not block.items[0].body:
        return ()
    (item,) = block.items
    line, *below = item.body
    if not item.label or not isinstance(line, Paragraph) or not all(isinstance(each, Figure) for each in below):
        return ()
    if not isinstance(line.children[0], Strong) or not looks_like_heading(plain_text(line.children).rstrip("? ")):
        return ()
    words = itertools.chain.from_iterable(
        node.children if isinstance(node, Strong) else (node,) for node in line.children
    )
    heading = Strong((f"{item.label} ", *words))
    return (msgspec.structs.replace(line, children=(heading,), id=line.id or block.id), *below)


def _dissolve_list(block: Block) -> Blocks:
    """Turn each list item with a heading into a section, and the items between these sections into lists.

    An outline, a list of short lines only, stays a list.
    """
    if not isinstance(block, OrderedList) or not any(map(_item_heading, block.items)) or _has_only_short_lines(block):
        return (block,)
    parts = join_consecutive_lists(tuple(_section_or_item(item, block) for item in block.items))
    return tuple(move_list_labels(part) if isinstance(part, OrderedList) else part for part in parts)


def _has_only_short_lines(block: Block) -> bool:
    """Return whether a block is a list of lines that look like headings, perhaps with such lists below them."""
    if not isinstance(block, BulletList | OrderedList):
        return False
    return all(
        isinstance(item.body[0], Paragraph)
        and looks_like_heading(plain_text(item.body[0].children))
        and all(map(_has_only_short_lines, item.body[1:]))
        for item in block.items
        if item.body
    )


def _item_heading(item: Item) -> Inlines | None:
    """Return the heading of a labelled item with more blocks: a line like a heading, or a bold question."""
    if not item.label or len(item.body) < 2:
        return None
    first = item.body[0]
    is_heading = isinstance(first, Paragraph) and (
        looks_like_heading(plain_text(first.children)) or is_bold_question(first)
    )
    return _without_emphasis(first.children) if is_heading and isinstance(first, Paragraph) else None


def _section_or_item(item: Item, parent: OrderedList) -> Block:
    heading = _item_heading(item)
    if heading is None:
        return OrderedList((item,), lang=parent.lang, dir=parent.dir)
    return Section(heading, item.body[1:], item.label, lang=parent.lang, dir=parent.dir)


def _labelled_entries(block: DescriptionList) -> tuple[Item, ...]:
    """Return a description list as labelled items if its entries begin with consecutive labels; else ()."""
    items: list[Item] = []
    labels: list[LineLabel | None] = []
    for entry in block.entries:
        body: Blocks = (*(Paragraph(term) for term in entry.terms), *entry.body)
        first = body[0] if body else None
        label = label_of(first.children) if isinstance(first, Paragraph) else None
        if label is None or not isinstance(first, Paragraph):
            return ()
        rest = msgspec.structs.replace(first, children=drop_start(first.children, label.length))
        items.append(Item((rest, *body[1:]), label.text))
        labels.append(label)
    return tuple(items) if is_consecutive(labels) else ()


def _without_emphasis(heading: Inlines) -> Inlines:
    """Return a heading without the `Strong` or `Emphasis` around all of it."""
    match heading:
        case (Strong(children),) | (Emphasis(children),):
            return _without_emphasis(children)
        case (Span() as span,):
            return (msgspec.structs.replace(span, children=_without_emphasis(span.children)),)
        case _:
            return heading


# --- assembly


class _OpenBlock(msgspec.Struct):
    """A section or list item to which following blocks are still added."""

    mark: OutlineMark
    text: Paragraph
    body: list[Block]


def _assemble(blocks: Blocks, marks: list[OutlineMark | None]) -> Blocks:
    """Nest `blocks`: a heading or item contains the blocks up to the next mark that is not deeper.

    A `closed` item contains only the items that follow it directly.
    """
    root: list[Block] = []
    stack: list[_OpenBlock] = []

    def close() -> None:
        done = stack.pop()
        (stack[-1].body if stack else root).append(_close(done))

    for block, mark in zip(blocks, marks, strict=True):
        if isinstance(block, Section):
            # A section with a heading of the page (`h2`) is no part of the section of a bold line.
            while stack and stack[-1].mark.label is None:
                close()
        if mark is None or not isinstance(block, Paragraph):
            while stack and stack[-1].mark.closed:
                close()
            (stack[-1].body if stack else root).append(block)
            continue
        while stack and stack[-1].mark.depth >= mark.depth:
            close()
        stack.append(_OpenBlock(mark, block, []))
    while stack:
        close()
    return _finish(root)


def _finish(body: list[Block]) -> Blocks:
    return _relabel_sections(join_consecutive_lists(tuple(body)))


def _close(done: _OpenBlock) -> Block:
    body, label = _finish(done.body), done.mark.label
    shown = label.text if label else None
    words = drop_start(done.text.children, label.length) if label else done.text.children
    if done.mark.heading:
        return Section(_without_emphasis(words), body, shown, lang=done.text.lang, dir=done.text.dir, id=done.text.id)
    first = msgspec.structs.replace(done.text, children=words)
    return OrderedList((Item((first, *body), shown),))


def _relabel_sections(blocks: Blocks) -> Blocks:
    """Turn consecutive numbers at the start of headings into labels."""
    return tuple(
        msgspec.structs.replace(block, heading=drop_start(block.heading, label.length), label=label.text)
        if label is not None and isinstance(block, Section) and not block.label
        else block
        for block, label in zip(blocks, section_labels(blocks), strict=True)
    )

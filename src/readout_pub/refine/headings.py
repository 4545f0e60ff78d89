"""Lines that head what follows become sections; labelled texts without a heading become items.

paragraph "1. Data"                      section "1." Data
paragraph "Both sides agreed."     →         paragraph "Both sides agreed."
paragraph "2. They will meet."           ordered
"2." paragraph "They will meet."
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import msgspec

from readout_pub.model import (
    Block,
    Blocks,
    DescriptionList,
    Inlines,
    Item,
    LineBreak,
    OrderedList,
    Paragraph,
    Readout,
    Section,
    Strong,
    drop_start,
    plain,
)
from readout_pub.refine.lines import Label, label_at, looks_like_heading
from readout_pub.refine.lists import join_lists


def raise_sections(readout: Readout) -> Readout:
    """Find the outline that a page shows by numbers and bold lines, and make it the structure of the body."""
    return msgspec.structs.replace(readout, body=_raised(readout.body))


def _raised(blocks: Blocks) -> Blocks:
    """Raise inside out, so that an item knows whether sections stand in it; not in bullets, tables and notes."""
    inside = tuple(_raised_inside(block) for block in blocks)
    opened = tuple(itertools.chain.from_iterable(map(_opened, inside)))
    return _relabel_sections(_assemble(opened, _marks(opened)))


def _raised_inside(block: Block) -> Block:
    match block:
        case Section():
            return msgspec.structs.replace(block, body=_raised(block.body))
        case OrderedList():
            return msgspec.structs.replace(block, items=tuple(map(_raised_item, block.items)))
        case _:
            return block


def _raised_item(item: Item) -> Item:
    """Raise what is inside an item, its own heading left for `_opened`."""
    own = item.body[:1] if _heading_of(item) else ()
    return Item(own + _raised(item.body[len(own) :]), item.label)


# --- lists whose items have headings


def _opened(block: Block) -> Blocks:
    """Open a list whose items have headings into sections, and the items without one into lists between them."""
    match block:
        case OrderedList():
            items = block.items
        case DescriptionList():
            items = _labelled_entries(block)
        case _:
            return (block,)
    if not items:
        return (block,)
    if not any(map(_heading_of, items)):
        return (OrderedList(items, lang=block.lang, dir=block.dir, id=block.id),)
    return join_lists(tuple(_section_or_item(item, block) for item in items))


def _heading_of(item: Item) -> Inlines | None:
    """Return the heading of a labelled item: a first line that heads the rest of it."""
    if not item.label or len(item.body) < 2:
        return None
    first = item.body[0]
    if not isinstance(first, Paragraph) or not looks_like_heading(plain(first.children)):
        return None
    return _bare(first.children)


def _section_or_item(item: Item, parent: OrderedList | DescriptionList) -> Block:
    heading = _heading_of(item)
    if heading is None:
        return OrderedList((item,), lang=parent.lang, dir=parent.dir)
    return Section(heading, item.body[1:], item.label, lang=parent.lang, dir=parent.dir)


def _labelled_entries(block: DescriptionList) -> tuple[Item, ...]:
    """Return a description list as labelled items, if each term, or each description without one, has a label."""
    items: list[Item] = []
    for entry in block.entries:
        body: Blocks = (*(Paragraph(term) for term in entry.terms), *entry.body)
        first = body[0] if body else None
        label = label_at(plain(first.children)) if isinstance(first, Paragraph) else None
        if label is None or not isinstance(first, Paragraph):
            return ()
        rest = msgspec.structs.replace(first, children=drop_start(first.children, label.length))
        items.append(Item((rest, *body[1:]), label.text))
    return tuple(items)


def _bare(heading: Inlines) -> Inlines:
    """Take off the bold type that made a line look like a heading."""
    match heading:
        case (Strong(children),):
            return children
        case _:
            return heading


# --- paragraphs that are headings or items


class _Mark(msgspec.Struct):
    """What a paragraph turned out to be: at which depth, with which label, heading or item.

    `closed` says that what follows an item is not part of it.
    """

    depth: int
    label: Label | None
    heading: bool = True
    closed: bool = False


_BOLD = "bold"


def _marks(blocks: Blocks) -> list[_Mark | None]:
    marks = _labels_in_rows(blocks)
    for _, run in _runs(marks):
        _tell_headings_from_items(blocks, marks, run)
    return marks


def _labels_in_rows(blocks: Blocks) -> list[_Mark | None]:
    """Mark paragraphs whose labels count on, each row at the depth where it began, and bold lines over a text."""
    marks: list[_Mark | None] = []
    rows: list[dict[str, int]] = []
    for position, block in enumerate(blocks):
        mark = None
        if isinstance(block, Paragraph):
            label = label_at(plain(block.children))
            depth = _depth(label.readings, rows) if label else None
            if depth is not None:
                mark = _Mark(depth, label)
            elif _is_bold_heading(block) and _heads_something(blocks, position):
                mark = _Mark(_bold_depth(rows), None)
        marks.append(mark)
    return _without_single_labels(marks)


def _depth(readings: tuple[tuple[str, int], ...], rows: list[dict[str, int]]) -> int | None:
    """Return the depth of a label: that of the row which it continues, or one deeper if it begins a row."""
    for depth in reversed(range(len(rows))):
        if continued := {style: place for style, place in readings if rows[depth].get(style) == place - 1}:
            rows[depth:] = [continued]
            return depth
    if begun := {style: place for style, place in readings if place == 1}:
        rows.append(begun)
        return len(rows) - 1
    return None


def _bold_depth(rows: list[dict[str, int]]) -> int:
    depth = next((depth for depth, row in enumerate(rows) if _BOLD in row), len(rows))
    rows[depth:] = [{_BOLD: 0}]
    return depth


def _is_bold_heading(paragraph: Paragraph) -> bool:
    if not all(isinstance(node, Strong) or (isinstance(node, str) and not node.strip()) for node in paragraph.children):
        return False
    return LineBreak() not in paragraph.children and looks_like_heading(plain(paragraph.children))


def _heads_something(blocks: Blocks, position: int) -> bool:
    """Say whether something that is no bold line itself follows."""
    after = blocks[position + 1] if position + 1 < len(blocks) else None
    return (
        after is not None
        and not isinstance(after, Section)
        and not (isinstance(after, Paragraph) and _is_bold_heading(after))
    )


def _without_single_labels(marks: list[_Mark | None]) -> list[_Mark | None]:
    """Forget rows of one: "A. Smith" is a name, and a lone "1." reads the same in its line."""
    single = {id(run[0][1]) for _, run in _runs(marks) if len(run) == 1 and run[0][1].label is not None}
    return [None if mark is not None and id(mark) in single else mark for mark in marks]


_Run = list[tuple[int, _Mark]]


def _runs(marks: list[_Mark | None]) -> Iterator[tuple[int, _Run]]:
    """Yield the rows of marks, (depth, [(position, mark)]): same depth, nothing shallower between them."""
    open_runs: dict[int, _Run] = {}
    for position, mark in enumerate(marks):
        if mark is None:
            continue
        for depth in [depth for depth in open_runs if depth > mark.depth]:
            yield depth, open_runs.pop(depth)
        open_runs.setdefault(mark.depth, []).append((position, mark))
    yield from open_runs.items()


def _tell_headings_from_items(blocks: Blocks, marks: list[_Mark | None], run: _Run) -> None:
    """Let a line head what follows it; where only the last of a row is followed by anything, the row is a list."""
    followed = [_is_followed(marks, position) for position, _ in run]
    list_of_lines = len(run) > 1 and not any(followed[:-1])
    for (position, mark), has_followers in zip(run, followed, strict=True):
        if mark.label is not None:
            mark.heading = (
                has_followers and not list_of_lines and looks_like_heading(_words_after(blocks[position], mark))
            )
    if not run[-1][1].heading:
        run[-1][1].closed = not any(
            followers and not mark.heading for (_, mark), followers in zip(run[:-1], followed, strict=False)
        )


def _is_followed(marks: list[_Mark | None], position: int) -> bool:
    """Say whether something of its own follows the marked paragraph: plain blocks, or marks that are deeper."""
    mark, after = marks[position], position + 1
    if mark is None or after == len(marks):
        return False
    following = marks[after]
    return following is None or following.depth > mark.depth


def _words_after(block: Block, mark: _Mark) -> str:
    words = plain(block.children) if isinstance(block, Paragraph) else ""
    return words[mark.label.length :] if mark.label else words


# --- putting it together


class _Open(msgspec.Struct):
    """A section or item that still takes in what follows."""

    mark: _Mark
    text: Paragraph
    body: list[Block]


def _assemble(blocks: Blocks, marks: list[_Mark | None]) -> Blocks:
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
    return join_lists(tuple(root))


def _closed(done: _Open) -> Block:
    body, label = join_lists(tuple(done.body)), done.mark.label
    words = drop_start(done.text.children, label.length) if label else done.text.children
    if done.mark.heading:
        text = done.text
        return Section(_bare(words), body, label.text if label else None, lang=text.lang, dir=text.dir, id=text.id)
    first = msgspec.structs.replace(done.text, children=words)
    return OrderedList((Item((first, *body), label.text if label else None),))


def _relabel_sections(blocks: Blocks) -> Blocks:
    """Take the numbers at the start of headings as labels, where they count on from one heading to the next."""
    rows: list[dict[str, int]] = []
    out: list[Block] = []
    for block in blocks:
        label = label_at(plain(block.heading)) if isinstance(block, Section) and not block.label else None
        if label is not None and isinstance(block, Section) and _depth(label.readings, rows) is not None:
            out.append(
                msgspec.structs.replace(block, heading=drop_start(block.heading, label.length), label=label.text)
            )
        else:
            out.append(block)
    return tuple(out)

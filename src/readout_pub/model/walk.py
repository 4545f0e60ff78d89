"""Functions that traverse the model in reading order (blocks, photos, texts), or rebuild it with changed parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from readout_pub.arguments import require_type
from readout_pub.errors import UsageError
from readout_pub.model.block import (
    Block,
    Blocks,
    BulletList,
    Description,
    DescriptionList,
    Figure,
    Footnotes,
    Item,
    OrderedList,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
)
from readout_pub.model.inline import Code, Formula, Inline, Inlines, LineBreak, NoteRef, Ruby, Struck, Sup
from readout_pub.model.photo import Photo
from readout_pub.model.readout import Readout

BlocksChange = Callable[[Blocks], Blocks]
"""Takes a sequence of siblings and returns its replacement."""


_SUPERSCRIPTS = str.maketrans("0123456789+\N{MINUS SIGN}", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
"""Characters → their superscript forms in Unicode. NFKC maps each form back to its character."""


STRUCK_MARK = "~~"
"""What stands before and after struck text in plain text, as in GitHub Flavored Markdown."""


def with_struck_marks(text: str) -> str:
    """Return struck `text` between two `STRUCK_MARK`s, with the white space at its ends outside of them."""
    bare = text.strip()
    return text.replace(bare, f"{STRUCK_MARK}{bare}{STRUCK_MARK}", 1) if bare else text


def plain_text(
    inlines: Inlines, *, ruby: bool = False, superscripts: bool = False, struck: bool = False, line_break: str = "\n"
) -> str:
    """Return `inlines` as plain text; `ruby` adds each reading as 黒瀬（くろせ）.

    With `superscripts`, superscripts and footnote calls of digits and signs are written as ⁶: 10⁶, since 106 would be
    another number. With `struck`, struck text is written as ~~told~~. `line_break` stands for each line break. Raises a
    UsageError if `inlines` are not inlines.
    """
    inner = partial(plain_text, ruby=ruby, superscripts=superscripts, struck=struck, line_break=line_break)
    require_type(inlines, (tuple, list), "inlines")
    out: list[str] = []
    for node in inlines:
        match node:
            case str():
                out.append(node)
            case LineBreak():
                out.append(line_break)
            case Code(text) | Formula(text=text):
                out.append(text)
            case Ruby(base, reading):
                out.append(inner(base) + (f"（{reading}）" if ruby else ""))
            case Sup(children) | NoteRef(children=children) if superscripts:
                out.append(_raised(inner(children)))
            case Struck(children) if struck:
                out.append(with_struck_marks(inner(children)))
            case _ if hasattr(node, "children"):
                out.append(inner(node.children))
            case _:
                raise UsageError(
                    f"inlines has {type(node).__name__}", what_next="give inlines, such as the children of a Paragraph"
                )
    return "".join(out)


def _raised(text: str) -> str:
    return text.translate(_SUPERSCRIPTS) if all(ord(character) in _SUPERSCRIPTS for character in text) else text


def display_title(readout: Readout) -> Inlines:
    """Return what outputs show as the title: the title, else the series, else the file name."""
    return readout.title or (readout.series or readout.origin.name,)


def display_series(readout: Readout) -> str | None:
    """Return the line above the title; None without a title: outputs then show the series as the title."""
    return readout.series or None if readout.title else None


def display_date(readout: Readout) -> str | None:
    """Return the publication date as printed, else as YYYY-MM-DD; None if neither is known."""
    return readout.issued_text or (readout.issued.isoformat() if readout.issued else None)


_LEAVES = frozenset({Paragraph, Preformatted, Figure, Rule})
"""Blocks without child blocks. Skipping them saves most of the calls."""


def child_blocks(block: Block) -> tuple[Blocks, ...]:
    """Return the sequences of blocks directly inside `block`, in reading order."""
    match block:
        case Section() | Quote():
            return (block.body,)
        case BulletList() | OrderedList():
            return tuple(item.body for item in block.items)
        case DescriptionList():
            return tuple(entry.body for entry in block.entries)
        case Table():
            return tuple(cell.body for row in (*block.head, *block.body) for cell in row.cells)
        case Footnotes():
            return tuple(footnote.body for footnote in block.notes)
        case _:
            return ()


def descendants(blocks: Blocks) -> Iterator[Block]:
    """Yield `blocks` and all blocks inside them, parents before children."""
    pending = [*reversed(blocks)]
    while pending:
        block = pending.pop()
        yield block
        if type(block) not in _LEAVES:
            for body in reversed(child_blocks(block)):
                pending += reversed(body)


def figures(readout: Readout) -> Iterator[Figure]:
    """Yield the figures of `readout` in reading order."""
    return (block for block in descendants(readout.body) if isinstance(block, Figure))


def inline_nodes(blocks: Blocks) -> Iterator[Inline]:
    """Yield the inline nodes of `blocks`, parents before children.

    In reading order, but the terms of a description list come before all of its descriptions.
    """
    for block in descendants(blocks):
        for inlines in _inlines_of(block):
            yield from _nodes_of(inlines)


def _inlines_of(block: Block) -> tuple[Inlines, ...]:
    """Return the sequences of inlines directly inside `block`."""
    match block:
        case Paragraph():
            return (block.children,)
        case Section():
            return (block.heading,)
        case Figure():
            return (block.caption, block.credit)
        case Table():
            return (block.caption,)
        case DescriptionList():
            return tuple(term for entry in block.entries for term in entry.terms)
        case _:
            return ()


def _nodes_of(inlines: Inlines) -> Iterator[Inline]:
    for node in inlines:
        yield node
        match node:
            case str() | LineBreak() | Code() | Formula():
                pass
            case Ruby():
                yield from _nodes_of(node.base)
            case _:
                yield from _nodes_of(node.children)


def formulas(readout: Readout) -> tuple[Formula, ...]:
    """Return the formulas in the title and the body of `readout`."""
    nodes = inline_nodes((Paragraph(readout.title or ()), *readout.body))
    return tuple(node for node in nodes if isinstance(node, Formula))


def photos(readout: Readout) -> Iterator[Photo]:
    """Return the photos of `readout` in reading order; UsageError if it is not a readout."""
    require_type(readout, (Readout,), "readout")
    return photos_in(readout.body)


def photos_in(blocks: Blocks) -> Iterator[Photo]:
    """Yield the photos of `blocks` in reading order."""
    return (photo for block in descendants(blocks) if isinstance(block, Figure) for photo in block.photos)


def map_blocks(blocks: Blocks, change: BlocksChange) -> Blocks:
    """Return `blocks` rebuilt bottom-up: `change` takes each sequence of siblings and returns its replacement."""
    return change(tuple([block if type(block) in _LEAVES else _map_children(block, change) for block in blocks]))


def _map_children(block: Block, change: BlocksChange) -> Block:
    """Return `block` with its child blocks mapped by `map_blocks`."""

    def within(body: Blocks) -> Blocks:
        return map_blocks(body, change)

    replace = msgspec.structs.replace
    match block:
        case Section() | Quote():
            return replace(block, body=within(block.body))
        case BulletList() | OrderedList():
            return replace(block, items=tuple(Item(within(item.body), item.label) for item in block.items))
        case DescriptionList():
            return replace(block, entries=tuple(Description(e.terms, within(e.body)) for e in block.entries))
        case Table():
            return replace(
                block,
                head=tuple(
                    replace(r, cells=tuple(replace(c, body=within(c.body)) for c in r.cells)) for r in block.head
                ),
                body=tuple(
                    replace(r, cells=tuple(replace(c, body=within(c.body)) for c in r.cells)) for r in block.body
                ),
            )
        case Footnotes():
            return replace(block, notes=tuple(replace(n, body=within(n.body)) for n in block.notes))
        case _:
            return block


def map_photos(readout: Readout, change: Callable[[Photo, Figure], Photo]) -> Readout:
    """Return `readout` with every photo replaced by `change(photo, figure)`."""

    def within(blocks: Blocks) -> Blocks:
        return tuple(
            msgspec.structs.replace(block, photos=tuple(change(photo, block) for photo in block.photos))
            if isinstance(block, Figure)
            else block
            for block in blocks
        )

    return msgspec.structs.replace(readout, body=map_blocks(readout.body, within))


def texts(blocks: Blocks, text_of: Callable[[Inlines], str] = plain_text) -> Iterator[str]:
    """Yield the printed texts of `blocks` in reading order: one for each heading, paragraph, label, caption and so on.

    `text_of` returns the text of inlines; by default it leaves out ruby readings. Alternative texts are left out.
    """
    for block in blocks:
        match block:
            case Section():
                yield from _nonempty(block.label, text_of(block.heading))
                yield from texts(block.body, text_of)
            case Paragraph():
                yield text_of(block.children)
            case Preformatted():
                yield block.text
            case Figure():
                yield from (text_of(line) for line in (block.caption, block.credit) if line)
            case BulletList() | OrderedList():
                for item in block.items:
                    yield from _nonempty(item.label)
                    yield from texts(item.body, text_of)
            case DescriptionList():
                for entry in block.entries:
                    yield from (text_of(term) for term in entry.terms)
                    yield from texts(entry.body, text_of)
            case Footnotes():
                for footnote in block.notes:
                    yield from _nonempty(footnote.label)
                    yield from texts(footnote.body, text_of)
            case Table():
                yield from _nonempty(text_of(block.caption))
                yield from (text for body in child_blocks(block) for text in texts(body, text_of))
            case Quote():
                yield from texts(block.body, text_of)
            case Rule():
                pass


def _nonempty(*parts: str | None) -> Iterator[str]:
    return (part for part in parts if part)


def outline(blocks: Blocks) -> Iterator[tuple[int, str | None, str | None]]:
    """Yield (depth from 0, label, heading) of every section and labelled item; an item's heading is None."""
    for block in blocks:
        match block:
            case Section():
                yield 0, block.label, plain_text(block.heading)
                yield from ((depth + 1, label, heading) for depth, label, heading in outline(block.body))
            case BulletList() | OrderedList():
                for item in block.items:
                    if item.label:
                        yield 0, item.label, None
                    deeper = 1 if item.label else 0
                    yield from ((depth + deeper, label, heading) for depth, label, heading in outline(item.body))
            case _:
                for body in child_blocks(block):
                    yield from outline(body)


def map_inlines(blocks: Blocks, change: Callable[[Inlines], Inlines]) -> Blocks:
    """Return `blocks` with every sequence of inlines replaced by `change(inlines)`, nested ones first."""

    def change_deep(inlines: Inlines) -> Inlines:
        return change(tuple(_map_node(node, change_deep) for node in inlines))

    def within(siblings: Blocks) -> Blocks:
        return tuple(_map_block_inlines(block, change_deep) for block in siblings)

    return map_blocks(blocks, within)


def _map_node(node: Inline, change_deep: Callable[[Inlines], Inlines]) -> Inline:
    match node:
        case str() | LineBreak() | Code() | Formula():
            return node
        case Ruby():
            return msgspec.structs.replace(node, base=change_deep(node.base))
        case _:
            return msgspec.structs.replace(node, children=change_deep(node.children))


def _map_block_inlines(block: Block, change_deep: Callable[[Inlines], Inlines]) -> Block:
    replace = msgspec.structs.replace
    match block:
        case Section():
            return replace(block, heading=change_deep(block.heading))
        case Paragraph():
            return replace(block, children=change_deep(block.children))
        case Figure():
            return replace(block, caption=change_deep(block.caption), credit=change_deep(block.credit))
        case Table():
            return replace(block, caption=change_deep(block.caption))
        case DescriptionList():
            return replace(
                block, entries=tuple(Description(tuple(map(change_deep, e.terms)), e.body) for e in block.entries)
            )
        case _:
            return block

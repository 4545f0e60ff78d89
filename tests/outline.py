"""Writes a readout as indented text, so that a test can show what it expects.

Each block is a line, with its content indented below it. The first block of a list item is on the line of the item's
label. Text is in quotes, and inline markup in brackets:
"[strong: Both] sides met on the [sup: 1st]⏎in [link /atlantis.html: Atlantis]".
"""

from __future__ import annotations

from collections.abc import Iterator

from readout_pub.model import (
    Alt,
    Block,
    Blocks,
    BulletList,
    Cell,
    Code,
    Decorative,
    Described,
    DescriptionList,
    Figure,
    Footnotes,
    Formula,
    Inlines,
    LineBreak,
    Link,
    NoteRef,
    OrderedList,
    Paragraph,
    Photo,
    Preformatted,
    Quote,
    Readout,
    Row,
    Ruby,
    Rule,
    Section,
    Span,
    Table,
)

DEEPER = "  "


def outline(blocks: Blocks) -> str:
    """Return the outline of the body of a readout, or of any part of it."""
    return "".join(f"{line}\n" for line in _lines(blocks))


def readout_outline(readout: Readout) -> str:
    """Return the outline of a readout without origin, meeting and confidence; empty fields are left out."""
    return "".join(f"{line}\n" for line in _facts(readout)) + outline(readout.body)


def _facts(readout: Readout) -> Iterator[str]:
    if readout.series:
        yield f'series "{readout.series}"'
    if readout.title:
        yield f"title {quoted(readout.title)}"
    if readout.issued_text or readout.issued:
        yield f'issued {readout.issued}, printed "{readout.issued_text}"'
    if readout.byline:
        yield f'byline "{readout.byline}"'
    yield f"language {readout.language}"
    for text in readout.undecided:
        yield f'{" or ".join(text.could_be)} "{text.text}"'
    for attachment in readout.attachments:
        yield f'attachment {attachment.href} "{attachment.title}"'
    if readout.back_link:
        yield f"back {quoted((readout.back_link,))}"
    yield from (f"note {note.code}" for note in readout.notes)


def _lines(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _deeper(lines: Iterator[str]) -> Iterator[str]:
    return (DEEPER + line for line in lines)


def _block(block: Block) -> Iterator[str]:
    marks = "".join(f" {name}={value}" for name in ("id", "lang", "dir") if (value := getattr(block, name)))
    match block:
        case Section():
            label = f'"{block.label}" ' if block.label else ""
            yield f"section{marks} {label}{quoted(block.heading)}"
            yield from _deeper(_lines(block.body))
        case Paragraph():
            yield f"paragraph{marks} {quoted(block.children)}"
        case BulletList():
            yield f"bullets{marks}"
            for item in block.items:
                yield from _deeper(_labelled(f'"{item.label}"' if item.label else "-", item.body))
        case OrderedList():
            yield f"ordered{marks}"
            for item in block.items:
                yield from _deeper(_labelled(f'"{item.label}"' if item.label else "-", item.body))
        case DescriptionList():
            yield f"descriptions{marks}"
            for entry in block.entries:
                yield from (f"{DEEPER}term {quoted(term)}" for term in entry.terms)
                yield from _deeper(_deeper(_lines(entry.body)))
        case Quote():
            yield f"quote{marks}"
            yield from _deeper(_lines(block.body))
        case Preformatted():
            yield f"preformatted{marks} " + '"' + block.text.replace("\n", "⏎") + '"'
        case Figure():
            yield f"figure{marks}"
            yield from (f"{DEEPER}{_photo(photo)}" for photo in block.photos)
            yield from (f"{DEEPER}caption {quoted(line)}" for line in [block.caption] if line)
            yield from (f"{DEEPER}credit {quoted(line)}" for line in [block.credit] if line)
        case Table():
            yield f"table{marks}" + (f" {quoted(block.caption)}" if block.caption else "")
            yield from (f"{DEEPER}head {_row(row)}" for row in block.head)
            yield from (f"{DEEPER}row {_row(row)}" for row in block.body)
        case Footnotes():
            yield f"footnotes{marks}"
            for footnote in block.notes:
                label = f' "{footnote.label}"' if footnote.label else ""
                yield from _deeper(_labelled(f"{footnote.id}{label}", footnote.body))
        case Rule():
            yield f"rule{marks}"


def _labelled(label: str, body: Blocks) -> Iterator[str]:
    first, *others = [*_lines(body)] or ["nothing"]
    yield f"{label} {first}"
    yield from (DEEPER + line for line in others)


def _photo(photo: Photo) -> str:
    size = f" {photo.width}×{photo.height}" if photo.width else ""
    return f"photo {photo.src}{size}, alt {_alt(photo.alt)}"


def _alt(alt: Alt) -> str:
    match alt:
        case Described():
            return f'"{alt.text}"' + (f" by {alt.by}" if alt.by != "source" else "")
        case Decorative():
            return "decorative"
        case _:
            return "missing"


def _row(row: Row) -> str:
    return " | ".join(map(_cell, row.cells))


def _cell(cell: Cell) -> str:
    match cell.body:
        case ():
            words = "empty"
        case (Paragraph(children),):
            words = quoted(children)
        case _:
            words = "; ".join(line.strip() for line in _lines(cell.body))
    header = f"heads {cell.scope}" if cell.header else ""
    spans = [f"{count} {what}" for count, what in ((cell.colspan, "columns"), (cell.rowspan, "rows")) if count > 1]
    remarks = ", ".join([*filter(None, [header]), *spans])
    return f"{words} ({remarks})" if remarks else words


def quoted(inlines: Inlines) -> str:
    """Return a line of text with its markup in brackets."""
    return f'"{_inlines(inlines)}"'


def _inlines(inlines: Inlines) -> str:
    out = ""
    for node in inlines:
        match node:
            case str():
                out += node
            case LineBreak():
                out += "⏎"
            case Code(text):
                out += f"[code: {text}]"
            case Formula(mathml, text, display):
                kind = "display formula" if display else "formula"
                out += f"[{kind} {text}: {mathml.partition('>')[2].removesuffix('</math>')}]"
            case Ruby(base, reading):
                out += f"[ruby {reading}: {_inlines(base)}]"
            case Link(href, children):
                out += f"[link {href}: {_inlines(children)}]"
            case NoteRef(target, children):
                out += f"[note {target}: {_inlines(children)}]"
            case Span(children, lang, direction):
                out += f"[{' '.join(filter(None, (lang, direction)))}: {_inlines(children)}]"
            case _:
                out += f"[{type(node).__name__.lower()}: {_inlines(node.children)}]"
    return out

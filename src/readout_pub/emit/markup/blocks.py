"""Blocks as markup: one method for each kind. Heading levels come from depth, labels are text and stand once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.markup.figure import FigureWriter
from readout_pub.emit.markup.inlines import HtmlInlineWriter, attributes, escape, language_tag
from readout_pub.emit.markup.table import TableWriter
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Description,
    DescriptionList,
    Figure,
    Footnote,
    Footnotes,
    Inlines,
    OrderedList,
    Paragraph,
    Photo,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
    plain,
)

if TYPE_CHECKING:
    from readout_pub.emit.anchor_ids import AnchorIds
    from readout_pub.emit.messages import Messages


class TargetOptions(msgspec.Struct, frozen=True):
    """What differs between the formats that are written as markup.

    `address` returns the URL of a photo for `src`, or None if it cannot be shown: its texts then take its place.
    `scrollable_tables` wraps each table in a region that scrolls and takes keyboard focus. `note_backlinks` adds to
    each footnote links back to its references.
    """

    address: Callable[[Photo], str | None]
    scrollable_tables: bool = False
    note_backlinks: bool = True


class ContentsEntry(msgspec.Struct, frozen=True):
    """A line of the table of contents: where it leads, its label and heading as words, and the lines below it."""

    id: str
    label: str | None
    heading: str
    inner: tuple[ContentsEntry, ...] = ()


class HtmlBlockWriter:
    """Writes the blocks of one page from top to bottom, and keeps its table of contents meanwhile."""

    def __init__(self, medium: TargetOptions, anchors: AnchorIds, wording: Messages) -> None:
        self._medium = medium
        self._anchors = anchors
        self._wording = wording
        self._inlines = HtmlInlineWriter(anchors)
        self._figures = FigureWriter(medium.address, self._inlines, wording)
        self._path: list[int] = [0]
        self._contents: list[list[ContentsEntry]] = [[]]
        self._tables = 0
        self._regions: Counter[str] = Counter()
        self._notes = 0

    @property
    def contents(self) -> tuple[ContentsEntry, ...]:
        """Give the sections written so far."""
        return tuple(self._contents[0])

    def inline(self, inlines: Inlines) -> str:
        """Return `inlines` as markup."""
        return self._inlines.write(inlines)

    def write(self, blocks: Blocks) -> str:
        """Return `blocks` as markup, one on a line."""
        return "\n".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Section():
                return self._section(block)
            case BulletList() | OrderedList():
                return self._list(block)
            case Figure():
                return self._figure(block)
            case Table():
                return self._table(block)
            case Footnotes():
                return self._footnotes(block)
            case DescriptionList():
                return self._descriptions(block)
            case Quote():
                return f"<blockquote{self._common(block)}>\n{self.write(block.body)}\n</blockquote>"
            case Preformatted():
                return f"<pre{self._common(block)}>{escape(block.text)}</pre>"
            case Rule():
                return f"<hr{self._common(block)}/>"

    def _common(self, block: Block) -> str:
        """Give the attributes that any block may carry."""
        if block.id is None and block.lang is None and block.dir is None:
            return ""
        return attributes(id=self._anchors.claim(block.id), lang=language_tag(block.lang), dir=block.dir)

    def _section(self, block: Section) -> str:
        self._path[-1] += 1
        words = " ".join(part for part in (_label(block.label), self.inline(block.heading)) if part)
        if not words:
            return f"<div{self._common(block)}>\n{self.write(block.body)}\n</div>"
        place = self._anchors.claim(block.id) or self._anchors.unique_id("section-" + "-".join(map(str, self._path)))
        opening = attributes(id=place, lang=language_tag(block.lang), dir=block.dir)
        heading = _heading(words, len(self._path) + 1)
        self._path.append(0)
        self._contents.append([])
        body = self.write(block.body)
        self._path.pop()
        inner = tuple(self._contents.pop())
        self._contents[-1].append(ContentsEntry(place, block.label, plain(block.heading, line_break=" "), inner))
        return f"<section{opening}>\n{heading}\n{body}\n</section>"

    def _paragraph(self, block: Paragraph, label: str | None = None) -> str:
        words = self.inline(block.children)
        if label:
            words = f"{_label(label)} {words}"
        return f"<p{self._common(block)}>{words}</p>"

    def _list(self, block: BulletList | OrderedList) -> str:
        # Labels are words of the document. An `ol` would number the items a second time where no style is read.
        labelled = any(item.label for item in block.items)
        name = "ol" if isinstance(block, OrderedList) and not labelled else "ul"
        kind = attributes(class_="labelled") if labelled else ""
        items = "\n".join(f"<li>{self._item(item.body, item.label)}</li>" for item in block.items)
        return f"<{name}{kind}{self._common(block)}>\n{items}\n</{name}>"

    def _item(self, body: Blocks, label: str | None) -> str:
        """Write an item; its label joins the first paragraph, so that both are read in one breath."""
        if not label:
            return self.write(body)
        if body and isinstance(body[0], Paragraph):
            first, rest = self._paragraph(body[0], label), body[1:]
        else:
            first, rest = f"<p>{_label(label)}</p>", body
        return "\n".join([first, self.write(rest)]) if rest else first

    def _descriptions(self, block: DescriptionList) -> str:
        return "\n".join(
            f"<dl{self._common(block)}>\n" + "\n".join(map(self._description, entries)) + "\n</dl>"
            for entries in _without_repetition(block.entries)
        )

    def _description(self, entry: Description) -> str:
        terms = [self.inline(term) for term in entry.terms or ((),)]
        if len(_told(entry)) < len(terms):  # it says one term twice, and HTML would have it explained once
            terms = ["<br/>".join(terms)]
        return "".join(f"<dt>{term}</dt>" for term in terms) + f"<dd>{self._flow(entry.body)}</dd>"

    def _flow(self, body: Blocks) -> str:
        """Write what a cell or description holds; a lone paragraph needs no element of its own."""
        match body:
            case (Paragraph(children=children, id=None, lang=None, dir=None),):
                return self.inline(children)
            case _:
                return self.write(body)

    def _figure(self, block: Figure) -> str:
        content = self._figures.write(block)
        return f"<figure{self._common(block)}>\n{content}\n</figure>"

    def _table(self, block: Table) -> str:
        self._tables += 1
        rows = TableWriter(block, self._flow, self._anchors.unique_id(f"table-{self._tables}")).write()
        caption = f"<caption>{self.inline(block.caption)}</caption>\n" if block.caption else ""
        table = f"<table{self._common(block)}>\n{caption}{rows}</table>"
        if not self._medium.scrollable_tables:
            return table
        name = plain(block.caption, line_break=" ") or f"{self._wording.table} {self._tables}"
        self._regions[name] += 1
        if (count := self._regions[name]) > 1:  # who moves by regions could not tell two of one name apart
            name = f"{name} {count}"
        return f'<div class="scroll"{attributes(role="region", aria_label=name, tabindex=0)}>\n{table}\n</div>'

    def _footnotes(self, block: Footnotes) -> str:
        self._notes += 1
        name = self._wording.notes if self._notes == 1 else f"{self._wording.notes} {self._notes}"
        notes = "\n".join(map(self._footnote, block.notes))
        opening = attributes(class_="footnotes", role="doc-endnotes", aria_label=name)
        return f'<section{opening}{self._common(block)}>\n<ul class="labelled">\n{notes}\n</ul>\n</section>'

    def _footnote(self, footnote: Footnote) -> str:
        note = self._item(footnote.body, footnote.label)
        if self._medium.note_backlinks:
            # The way back belongs to the last line, not below it.
            body, paragraph = (note[:-4], "</p>") if note.endswith("</p>") else (note, "")
            note = f"{body}{self._ways_back(footnote)}{paragraph}"
        return f"<li{attributes(id=self._anchors.claim(footnote.id))}>{note}</li>"

    def _ways_back(self, footnote: Footnote) -> str:
        calls = self._anchors.calls_of(footnote.id)
        name = self._wording.back_to_text
        names = [name] if len(calls) == 1 else [f"{name} {number}" for number in range(1, len(calls) + 1)]
        return "".join(
            f" <a{attributes(href=f'#{call}', role='doc-backlink', aria_label=name)}>↑</a>"
            for call, name in zip(calls, names, strict=True)
        )


def _without_repetition(entries: Sequence[Description]) -> list[list[Description]]:
    """Part `entries` where a term comes again: in HTML one list explains a term once."""
    lists: list[list[Description]] = [[]]
    told: set[str] = set()
    for entry in entries:
        terms = _told(entry)
        if terms & told:
            lists.append([])
            told = set()
        told |= terms
        lists[-1].append(entry)
    return lists


def _told(entry: Description) -> set[str]:
    """Return the terms that an entry explains, as a reader sees them."""
    return {" ".join(plain(term, line_break=" ").split()) for term in entry.terms}


def _label(label: str | None) -> str:
    return f'<span class="label">{escape(label)}</span>' if label else ""


def _heading(words: str, level: int) -> str:
    """Write a heading of any level from 2; HTML has names for six, and says deeper ones in an attribute."""
    name = f"h{min(level, 6)}"
    deeper = f' aria-level="{level}"' if level > 6 else ""
    return f"<{name}{deeper}>{words}</{name}>"

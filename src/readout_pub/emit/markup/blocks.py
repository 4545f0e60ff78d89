"""Blocks as markup. Heading levels come from nesting depth; labels are text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.markup.figure import FigureWriter
from readout_pub.emit.markup.inlines import HtmlInlineWriter, attributes, escape, language_tag
from readout_pub.emit.markup.phrases import with_phrases
from readout_pub.emit.markup.table import TableWriter
from readout_pub.emit.pictures import gather_missing_photos
from readout_pub.emit.widows import without_widow_in_markup
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Description,
    DescriptionList,
    Direction,
    Emphasis,
    Figure,
    Footnote,
    Footnotes,
    Inline,
    Inlines,
    Link,
    OrderedList,
    Paragraph,
    Photo,
    Preformatted,
    Quote,
    Rule,
    Section,
    Span,
    Strong,
    Struck,
    Table,
    plain_text,
)

if TYPE_CHECKING:
    from readout_pub.emit.anchor_ids import AnchorIds
    from readout_pub.emit.messages import Messages


class TargetOptions(msgspec.Struct, frozen=True):
    """What differs between the formats that are written as markup.

    `photo_url` returns the URL of a photo for `src`, or None if it cannot be shown: its texts then take its place.
    `scrollable_tables` wraps each table in a region that scrolls and takes keyboard focus. `note_backlinks` adds to
    each footnote links back to its calls. `alt_origins` adds the attribute `ALT_ORIGIN` to photos. `mathml` writes
    formulas as MathML, not linear text. `printed` gives photos a size, and lets captions stand beside them. `publisher`
    is the name in the masthead, `logo` the URL of the picture before it. A link to one of `addresses` gets its number
    in this list, which stands at the end. `status` says that the output is a draft or under embargo. `contents` adds a
    table of contents to long documents.
    """

    photo_url: Callable[[Photo], str | None]
    scrollable_tables: bool = False
    note_backlinks: bool = True
    alt_origins: bool = False
    mathml: bool = True
    printed: bool = False
    publisher: str | None = None
    logo: str | None = None
    status: str | None = None
    addresses: tuple[str, ...] = ()
    contents: bool = False


class ContentsEntry(msgspec.Struct, frozen=True):
    """An entry of the table of contents: the target, and the entries below it.

    `text` is the label and the heading as markup without links and emphasis, in the direction of the section. `lang` is
    the language attribute of the section and of the entries below.
    """

    id: str
    text: str
    lang: str
    inner: tuple[ContentsEntry, ...] = ()


def _text_in_languages(inlines: Inlines) -> str:
    """Return `inlines` as markup without links and emphasis, but with languages, directions and struck text."""
    return "".join(map(_in_languages, inlines))


def _in_languages(node: Inline) -> str:
    match node:
        case Span(children, lang, direction):
            return f"<span{attributes(lang=language_tag(lang), dir=direction)}>{_text_in_languages(children)}</span>"
        case Struck(children):
            return f"<s>{_text_in_languages(children)}</s>"
        case Emphasis(children) | Strong(children) | Link(children=children):
            return _text_in_languages(children)
        case _:
            return escape(plain_text((node,), line_break=" "))


class HtmlBlockWriter:
    """Writes the blocks of one page in their order, and collects its table of contents."""

    def __init__(self, options: TargetOptions, anchors: AnchorIds, messages: Messages) -> None:
        self._options = options
        self._anchors = anchors
        self._messages = messages
        self._inlines = HtmlInlineWriter(anchors, mathml=options.mathml, addresses=options.addresses)
        self._figures = FigureWriter(
            options.photo_url, self._inlines, messages, alt_origins=options.alt_origins, printed=options.printed
        )
        self._section_numbers: list[int] = [0]
        self._contents: list[list[ContentsEntry]] = [[]]
        self._table_count = 0
        self._region_names: Counter[str] = Counter()
        self._footnotes_count = 0
        self._direction: Direction | None = None  # that of the sections around, if one has its own

    @property
    def contents(self) -> tuple[ContentsEntry, ...]:
        """The sections written so far."""
        return tuple(self._contents[0])

    def inline(self, inlines: Inlines) -> str:
        """Return `inlines` as markup."""
        return self._inlines.write(inlines)

    def write(self, blocks: Blocks) -> str:
        """Return `blocks` as markup, each on a new line; consecutive figures in pairs."""
        found = _with_pairs(gather_missing_photos(blocks))
        return "\n".join(self._pair(each) if isinstance(each, tuple) else self._block(each) for each in found)

    def _pair(self, figures: Sequence[Figure]) -> str:
        # White space between the two figures would become a space between them on the line.
        return f'<div class="pair">{"".join(self._figure(figure, paired=True) for figure in figures)}</div>'

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
                return f"<blockquote{self._common_attributes(block)}>\n{self.write(block.body)}\n</blockquote>"
            case Preformatted():
                return f"<pre{self._common_attributes(block)}>{escape(block.text)}</pre>"
            case Rule():
                return f"<hr{self._common_attributes(block)}/>"

    def _common_attributes(self, block: Block) -> str:
        """Return the attributes that any block may have: id, lang, dir."""
        if block.id is None and block.lang is None and block.dir is None:
            return ""
        return attributes(id=self._anchors.claim(block.id), lang=language_tag(block.lang), dir=block.dir)

    def _section(self, block: Section) -> str:
        self._section_numbers[-1] += 1
        heading = self.inline(block.heading)
        if self._options.printed:
            heading = with_phrases(without_widow_in_markup(heading), block.lang or self._messages.language)
        title = " ".join(part for part in (_label_span(block.label), heading) if part)
        if not title:
            return f"<div{self._common_attributes(block)}>\n{self.write(block.body)}\n</div>"
        number = "-".join(map(str, self._section_numbers))
        section_id = self._anchors.claim(block.id) or self._anchors.unique_id(f"section-{number}")
        opening = attributes(id=section_id, lang=language_tag(block.lang), dir=block.dir)
        element = _heading(title, len(self._section_numbers) + 1)
        outer, self._direction = self._direction, block.dir or self._direction
        text = " ".join(filter(None, (escape(block.label or ""), _text_in_languages(block.heading))))
        if self._direction:
            text = f"<span{attributes(dir=self._direction)}>{text}</span>"
        self._section_numbers.append(0)
        self._contents.append([])
        body = self.write(block.body)
        self._section_numbers.pop()
        self._direction = outer
        inner = tuple(self._contents.pop())
        language = attributes(lang=language_tag(block.lang))
        self._contents[-1].append(ContentsEntry(section_id, text, language, inner))
        return f"<section{opening}>\n{element}\n{body}\n</section>"

    def _paragraph(self, block: Paragraph, label: str | None = None) -> str:
        content = self.inline(block.children)
        if label:
            content = f"{_label_span(label)} {content}"
        is_bold = not label and len(block.children) == 1 and isinstance(block.children[0], Strong)
        return f"<p{attributes(class_='bold' if is_bold else None)}{self._common_attributes(block)}>{content}</p>"

    def _list(self, block: BulletList | OrderedList) -> str:
        # Labels are text of the document. Readers that ignore style sheets would number the items of `ol` again.
        has_labels = any(item.label for item in block.items)
        name = "ol" if isinstance(block, OrderedList) and not has_labels else "ul"
        kind = attributes(class_="labelled") if has_labels else ""
        items = "\n".join(f"<li>{self._item(item.body, item.label)}</li>" for item in block.items)
        return f"<{name}{kind}{self._common_attributes(block)}>\n{items}\n</{name}>"

    def _item(self, body: Blocks, label: str | None) -> str:
        """Return the content of a list item, with its label in the first paragraph: see `emit.labels`."""
        if not label:
            return self.write(body)
        if body and isinstance(body[0], Paragraph):
            first, rest = self._paragraph(body[0], label), body[1:]
        else:
            first, rest = f"<p>{_label_span(label)}</p>", body
        return "\n".join([first, self.write(rest)]) if rest else first

    def _descriptions(self, block: DescriptionList) -> str:
        return "\n".join(
            f"<dl{self._common_attributes(block)}>\n" + "\n".join(map(self._description, entries)) + "\n</dl>"
            for entries in _split_at_repeated_terms(block.entries)
        )

    def _description(self, entry: Description) -> str:
        terms = [self.inline(term) for term in entry.terms or ((),)]
        if len(_plain_terms(entry)) < len(terms):  # HTML forbids the same term twice in a `dl`
            terms = ["<br/>".join(terms)]
        return "".join(f"<dt>{term}</dt>" for term in terms) + f"<dd>{self._flow(entry.body)}</dd>"

    def _flow(self, body: Blocks) -> str:
        """Return the content of a cell or description; a single plain paragraph gets no `p`."""
        match body:
            case (Paragraph(children=children, id=None, lang=None, dir=None),):
                return self.inline(children)
            case _:
                return self.write(body)

    def _figure(self, block: Figure, *, paired: bool = False) -> str:
        beside = attributes(class_="beside" if not paired and self._figures.is_beside(block) else None)
        content = self._figures.write(block, paired=paired)
        return f"<figure{beside}{self._common_attributes(block)}>\n{content}\n</figure>"

    def _table(self, block: Table) -> str:
        self._table_count += 1
        rows = TableWriter(block, self._flow, self._anchors.unique_id(f"table-{self._table_count}")).write()
        caption = f"<caption>{self.inline(block.caption)}</caption>\n" if block.caption else ""
        table = f"<table{self._common_attributes(block)}>\n{caption}{rows}</table>"
        if not self._options.scrollable_tables:
            return table
        name = plain_text(block.caption, line_break=" ") or f"{self._messages.table} {self._table_count}"
        self._region_names[name] += 1
        if (count := self._region_names[name]) > 1:  # screen readers list regions by name, so names have to differ
            name = f"{name} {count}"
        return f'<div class="scroll"{attributes(role="region", aria_label=name, tabindex=0)}>\n{table}\n</div>'

    def _footnotes(self, block: Footnotes) -> str:
        self._footnotes_count += 1
        count = self._footnotes_count
        name = self._messages.notes if count == 1 else f"{self._messages.notes} {count}"
        notes = "\n".join(map(self._footnote, block.notes))
        opening = attributes(class_="footnotes", role="doc-endnotes", aria_label=name)
        return f'<section{opening}{self._common_attributes(block)}>\n<ul class="labelled">\n{notes}\n</ul>\n</section>'

    def _footnote(self, footnote: Footnote) -> str:
        note = self._item(footnote.body, footnote.label)
        if self._options.note_backlinks:
            # After the last paragraph, the arrow would be on a line of its own.
            body, closing = (note[:-4], "</p>") if note.endswith("</p>") else (note, "")
            note = f"{body}{self._backlinks(footnote)}{closing}"
        return f"<li{attributes(id=self._anchors.claim(footnote.id))}>{note}</li>"

    def _backlinks(self, footnote: Footnote) -> str:
        calls = self._anchors.calls_of(footnote.id)
        name = self._messages.back_to_text
        names = [name] if len(calls) == 1 else [f"{name} {number}" for number in range(1, len(calls) + 1)]
        return "".join(
            f" <a{attributes(href=f'#{call}', role='doc-backlink', aria_label=name)}>↑</a>"
            for call, name in zip(calls, names, strict=True)
        )


def _with_pairs(blocks: Blocks) -> Iterator[Block | tuple[Figure, Figure]]:
    """Yield `blocks`, with two consecutive figures as one pair."""
    first: Figure | None = None
    for block in blocks:
        if first and isinstance(block, Figure):
            yield first, block
            first = None
            continue
        if first:
            yield first
        first = block if isinstance(block, Figure) else None
        if not first:
            yield block
    if first:
        yield first


def _split_at_repeated_terms(entries: Sequence[Description]) -> list[list[Description]]:
    """Return `entries` in lists without repeated terms: HTML forbids the same term twice in a `dl`."""
    lists: list[list[Description]] = [[]]
    seen: set[str] = set()
    for entry in entries:
        terms = _plain_terms(entry)
        if terms & seen:
            lists.append([])
            seen = set()
        seen |= terms
        lists[-1].append(entry)
    return lists


def _plain_terms(entry: Description) -> set[str]:
    """Return the terms of an entry as plain text with single spaces."""
    return {" ".join(plain_text(term, line_break=" ").split()) for term in entry.terms}


def _label_span(label: str | None) -> str:
    return f'<span class="label">{escape(label)}</span>' if label else ""


def _heading(content: str, level: int) -> str:
    """Return a heading: `h2` to `h6`, and `h6` with `aria-level` for deeper levels."""
    name = f"h{min(level, 6)}"
    deeper = f' aria-level="{level}"' if level > 6 else ""
    return f"<{name}{deeper}>{content}</{name}>"

"""Markup → blocks: paragraphs, lists, tables, quotes, and sections nested as their headings say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec
from bs4 import Tag
from bs4.element import CData, NavigableString, PageElement, PreformattedString

from readout_pub.extract import tables
from readout_pub.extract.anchors import Anchors
from readout_pub.extract.inlines import InlineContext, direction_of, language_of, literal_text, read_inlines
from readout_pub.extract.labels import automatic_labels
from readout_pub.extract.tree import MARKER, holds_marker, markers_in
from readout_pub.html_elements import BLOCKS
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Description,
    DescriptionList,
    Direction,
    Inlines,
    Item,
    OrderedList,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Span,
    plain,
)


class LangDir(msgspec.Struct, frozen=True):
    """The language and direction in which something is written; None where nobody says."""

    lang: str | None = None
    dir: Direction | None = None


class Heading(msgspec.Struct, frozen=True):
    """A heading as the page has it: level 1 to 6, not yet a section."""

    level: int
    text: Inlines
    voice: LangDir
    id: str | None = None


Flow = Block | Heading


class Context(msgspec.Struct, frozen=True):
    """What reading blocks needs to know of the page.

    `ready` holds the blocks that were read before the rest, figures and footnotes, by the key of their marker; each
    is taken out when its marker is met, so that one which nobody met can be seen. `places` are those to which
    links of the page lead. `here` is the voice at this point of the page, that of the page itself included; `around` is
    the voice of the block of the model that is being filled.
    """

    reading: InlineContext
    ready: dict[str, Block]
    places: Anchors
    here: LangDir = LangDir()
    around: LangDir = LangDir()

    def at(self, tag: Tag) -> Context:
        """Go into an element; it may change the voice."""
        voice = LangDir(language_of(tag) or self.here.lang, direction_of(tag) or self.here.dir)
        return msgspec.structs.replace(self, here=voice)

    def inside(self) -> Context:
        """Go into a block of the model, which carries the voice for all that it holds."""
        return msgspec.structs.replace(self, around=self.here)

    @property
    def own(self) -> LangDir:
        """The voice that a block has to carry here, since what is around it does not."""
        same_lang, same_dir = self.here.lang == self.around.lang, self.here.dir == self.around.dir
        return LangDir(None if same_lang else self.here.lang, None if same_dir else self.here.dir)


def read_body(root: Tag, context: Context) -> Blocks:
    """Read the content of `root` as blocks, sections nested by the levels of their headings."""
    return nest(read_flow(root, context))


def read_flow(root: Tag, context: Context) -> list[Flow]:
    """Read the content of `root` in order: what stands in lines becomes paragraphs, the rest goes by its element."""
    context = context.at(root)
    voice, places = context.own, context.places
    out: list[Flow] = []
    line: list[PageElement] = []
    places.meet(root)

    def end_paragraph() -> None:
        inlines = read_inlines(line, context.reading)
        places.meet_all(line)
        line.clear()
        if inlines:
            out.append(Paragraph(inlines, lang=voice.lang, dir=voice.dir, id=places.id_of_next()))

    for node in root.children:
        if isinstance(node, Tag) and _is_block(node):
            end_paragraph()
            out += _read_block(node, context)
        elif isinstance(node, Tag) or _is_text(node):
            line.append(node)
    end_paragraph()
    return out


def _is_text(node: PageElement) -> bool:
    return isinstance(node, NavigableString) and (isinstance(node, CData) or not isinstance(node, PreformattedString))


def _is_block(tag: Tag) -> bool:
    """Say whether `tag` breaks the line: by its name, or since a block stands inside an inline element."""
    return _breaks_line(tag) or any(isinstance(node, Tag) and _breaks_line(node) for node in tag.descendants)


def _breaks_line(tag: Tag) -> bool:
    return tag.name in BLOCKS or tag.has_attr(MARKER)


def _read_block(tag: Tag, context: Context) -> list[Flow]:
    if tag.has_attr(MARKER):
        context.places.meet_all([tag])
        return [_take_ready(tag, context)]
    context.places.meet(tag)
    reader = _READERS.get(tag.name, read_flow)
    return reader(tag, context)


def _take_ready(marker: Tag, context: Context) -> Block:
    block, voice = context.ready.pop(str(marker[MARKER])), context.own
    lang, direction, place = block.lang or voice.lang, block.dir or voice.dir, context.places.id_of_next()
    return msgspec.structs.replace(block, lang=lang, dir=direction, id=place)


def _read_heading(tag: Tag, context: Context) -> list[Flow]:
    if holds_marker(tag):
        return read_flow(tag, context)
    text = read_inlines(tag.children, context.reading)
    context.places.meet_all(tag.children)
    return [Heading(int(tag.name[1]), text, context.at(tag).own, context.places.id_of_next())] if text else []


def _read_list(tag: Tag, context: Context) -> list[Flow]:
    voice, context = _enter(tag, context)
    entries = [child for child in tag.children if isinstance(child, Tag)]
    labels = automatic_labels(tag, entries) if tag.name == "ol" else [None] * len(entries)
    items: list[tuple[list[Block], str | None]] = []
    for entry, label in zip(entries, labels, strict=True):
        body = read_body(entry, context) if entry.name == "li" else _blocks(entry, context)
        if entry.name == "li" or not items:
            items.append(([*body], label))
        else:  # careless markup puts a list between items where it means inside the one before
            items[-1][0].extend(body)
    kept = tuple(Item(tuple(body), label) for body, label in items if body)
    kind = OrderedList if tag.name == "ol" else BulletList
    return [kind(kept, lang=voice.lang, dir=voice.dir)] if kept else []


def _enter(tag: Tag, context: Context) -> tuple[LangDir, Context]:
    """Return the voice that the block of `tag` carries, and the context of what it holds."""
    context = context.at(tag)
    return context.own, context.inside()


def _blocks(tag: Tag, context: Context) -> Blocks:
    return nest(_read_block(tag, context))


def _read_descriptions(tag: Tag, context: Context) -> list[Flow]:
    voice, context = _enter(tag, context)
    entries: list[tuple[list[Inlines], list[Block]]] = []
    terms: list[Inlines] = []
    from_terms: list[Block] = []
    for child in _described(tag):
        if child.name == "dt" and not child.has_attr(MARKER):
            terms.append(read_inlines(child.children, context.reading))
            context.places.meet_all([child])
            from_terms += _lifted_from(child, context)
        else:
            if terms or not entries:
                entries.append((terms, []))
                terms = []
            entries[-1][1].extend(from_terms)
            entries[-1][1].extend(read_body(child, context) if child.name == "dd" else _blocks(child, context))
            from_terms = []
    if any(terms) or from_terms:
        entries.append((terms, from_terms))
    all_entries = (Description(tuple(filter(None, terms)), tuple(body)) for terms, body in entries)
    kept = tuple(entry for entry in all_entries if entry.terms or entry.body)
    return [DescriptionList(kept, lang=voice.lang, dir=voice.dir)] if kept else []


def _described(tag: Tag) -> Iterator[Tag]:
    """Yield `dt` and `dd`, those grouped in a `div` too."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name == "div" and child.find(["dt", "dd"], recursive=False):
                yield from _described(child)
            else:
                yield child


def _read_quote(tag: Tag, context: Context) -> list[Flow]:
    voice, context = _enter(tag, context)
    body = read_body(tag, context)
    return [Quote(body, lang=voice.lang, dir=voice.dir)] if body else []


def _read_preformatted(tag: Tag, context: Context) -> list[Flow]:
    text = literal_text(tag).strip("\n")
    voice = context.at(tag).own
    context.places.meet_all(tag.children)
    place = context.places.id_of_next() if text.strip() else None
    block = [Preformatted(text, lang=voice.lang, dir=voice.dir, id=place)] if text.strip() else []
    return [*block, *_lifted_from(tag, context)]


def _lifted_from(tag: Tag, context: Context) -> Blocks:
    """Return the photos that stood in an element of which only the words are read otherwise."""
    return tuple(_take_ready(marker, context) for marker in markers_in(tag))


def _read_rule(_tag: Tag, _context: Context) -> list[Flow]:
    return [Rule()]


def _read_table(tag: Tag, context: Context) -> list[Flow]:
    if tables.is_layout(tag):
        return [flow for cell in tables.cells(tag) for flow in read_flow(cell, context.at(tag))]
    voice, inside = _enter(tag, context)
    context.places.meet_all(tables.own(tag, ["caption"]))

    def read_cell(cell: Tag) -> Blocks:
        if cell.parent is not None:  # its row, to which links may lead
            context.places.meet(cell.parent)
        return read_body(cell, inside)

    table = tables.read_table(tag, read_cell, lambda line: read_inlines(line.children, context.reading))
    from_caption = [block for caption in tables.own(tag, ["caption"]) for block in _lifted_from(caption, context)]
    return [*from_caption, *([msgspec.structs.replace(table, lang=voice.lang, dir=voice.dir)] if table else [])]


_READERS: dict[str, Callable[[Tag, Context], list[Flow]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _read_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _read_list),
    "dl": _read_descriptions,
    "blockquote": _read_quote,
    "pre": _read_preformatted,
    "hr": _read_rule,
    "table": _read_table,
}


def nest(flow: list[Flow]) -> Blocks:
    """Put what follows a heading into its section, up to the next heading of its level or a higher one."""
    out: list[Block] = []
    position = 0
    while position < len(flow):
        first = flow[position]
        position += 1
        if not isinstance(first, Heading):
            out.append(first)
            continue
        end = position
        while end < len(flow) and not _closes(flow[end], first.level):
            end += 1
        out.append(_section(first, nest(flow[position:end])))
        position = end
    return tuple(out)


def _section(heading: Heading, body: Blocks) -> Section:
    """Let a section speak as its heading does if all of it does; else only the heading."""
    voice = heading.voice
    if all((block.lang, block.dir) == (voice.lang, voice.dir) for block in body if not isinstance(block, Rule)):
        return Section(heading.text, body, lang=voice.lang, dir=voice.dir, id=heading.id)
    spoken = (Span(heading.text, lang=voice.lang, dir=voice.dir),) if voice != LangDir() else heading.text
    return Section(spoken, body, id=heading.id)


def _closes(flow: Flow, level: int) -> bool:
    return isinstance(flow, Heading) and flow.level <= level


_SPACES = re.compile(" +")


def text_of(tag: Tag) -> str:
    """Return the words of an element on one line."""
    return _SPACES.sub(" ", plain(read_inlines(tag.children, InlineContext()), line_break=" "))

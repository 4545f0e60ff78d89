"""Reads markup into blocks: paragraphs, lists, tables, quotes, and sections nested by the levels of their headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec
from bs4 import Tag
from bs4.element import PageElement

from readout_pub.extract import tables
from readout_pub.extract.anchors import Anchors
from readout_pub.extract.inlines import (
    InlineContext,
    dir_attribute,
    is_bold,
    is_text,
    lang_attribute,
    literal_text,
    read_bold,
    read_content,
    read_inlines,
)
from readout_pub.extract.media import MEDIA_ATTRIBUTE
from readout_pub.extract.tree import BLOCK_MARKER, block_markers, holds_block_marker
from readout_pub.html_elements import BLOCKS, HEADINGS
from readout_pub.model import (
    Block,
    Blocks,
    BulletList,
    Description,
    DescriptionList,
    Direction,
    Figure,
    Inlines,
    Item,
    OrderedList,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Span,
    plain_text,
)
from readout_pub.numerals import NUMERALS

_HEADINGS = sorted(HEADINGS)  # bs4 takes a list
_MAX_SUMMARY = 200
"""How many characters the `summary` of a `details` may have as a heading."""
_LIST_STYLES = frozenset({"list-style", "list-style-type"})
_NUMERAL_STYLES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1",
}  # fmt: skip
"""Form of numerals in a style (CSS Counter Styles 3) → this form in `NUMERALS`."""
_UNNUMBERED_STYLE = re.compile(r"\b(?:none|disc|circle|square)\b", re.IGNORECASE)


def automatic_labels(tag: Tag, entries: list[Tag]) -> list[str | None]:
    """Return the label that a browser shows before each of the `entries` of an `ol`; None where a style hides it.

    Follows WHATWG HTML; the inline style counts more than `type`. A list of updates, with a `time` at the start of each
    item, gets no labels: style sheets show the times in place of numbers.
    """
    if _is_unnumbered(tag) or _is_chronicle(entries):
        return [None] * len(entries)
    styles = {word for value in _list_styles(tag) for word in value.lower().split()}
    styled = next((form for style, form in _NUMERAL_STYLES.items() if style in styles), None)
    numeral = NUMERALS.get(styled or str(tag.get("type") or "1"), str)
    step = -1 if tag.has_attr("reversed") else 1
    number = _parse_integer(tag.get("start"), sum(entry.name == "li" for entry in entries) if step < 0 else 1)
    labels: list[str | None] = []
    for entry in entries:
        number = _parse_integer(entry.get("value"), number)
        hidden = entry.name != "li" or _is_unnumbered(entry)
        labels.append(None if hidden else f"{numeral(number)}.")
        number += 0 if entry.name != "li" else step
    return labels


def _is_unnumbered(tag: Tag) -> bool:
    """Return whether the inline style of an element replaces its number by a symbol or by nothing."""
    return any(map(_UNNUMBERED_STYLE.search, _list_styles(tag)))


def _list_styles(tag: Tag) -> Iterator[str]:
    """Yield the values of `list-style` and `list-style-type` in the inline style of an element."""
    declarations = (each.partition(":") for each in str(tag.get("style") or "").split(";"))
    return (value for name, _, value in declarations if name.strip().lower() in _LIST_STYLES)


def _is_chronicle(entries: list[Tag]) -> bool:
    """Return whether each of several items begins with a `time`."""
    first_nodes = (next((node for node in entry.children if not str(node).isspace()), None) for entry in entries)
    return len(entries) > 1 and all(isinstance(first, Tag) and first.name == "time" for first in first_nodes)


def _parse_integer(value: object, default: int) -> int:
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default


OWN_SECTION = "data-own-section"
"""The attribute of an element that is a section of its own: the text below it does not belong to its headings."""


class LangDir(msgspec.Struct, frozen=True):
    """The language and direction of a text; None where the page declares none."""

    lang: str | None = None
    dir: Direction | None = None


class Heading(msgspec.Struct, frozen=True):
    """A heading as the page has it: level 1 to 6, not yet a section."""

    level: int
    text: Inlines
    lang_dir: LangDir
    id: str | None = None


BlockOrHeading = Block | Heading


class BlockContext(msgspec.Struct, frozen=True):
    """What the readers of blocks need to know of the page.

    `lifted` holds figures and footnotes that were read before, by the key of their marker, until the marker is read.
    `document.read_blocks` appends the rest to the body. `current` is the language and direction at this point of the
    page, `outer` that of the enclosing block in the model.
    """

    inline: InlineContext
    lifted: dict[str, Block]
    anchors: Anchors
    current: LangDir = LangDir()
    outer: LangDir = LangDir()

    def at(self, tag: Tag) -> BlockContext:
        """Return the context of an element, which may declare another language or direction."""
        declared = LangDir(lang_attribute(tag) or self.current.lang, dir_attribute(tag) or self.current.dir)
        return msgspec.structs.replace(self, current=declared, inline=self.inline.inside(tag))

    def inside(self) -> BlockContext:
        """Return the context for the content of a block that carries the current language and direction."""
        return msgspec.structs.replace(self, outer=self.current)

    @property
    def own(self) -> LangDir:
        """The language and direction that a block has to carry here because its container has others."""
        same_lang, same_dir = self.current.lang == self.outer.lang, self.current.dir == self.outer.dir
        return LangDir(None if same_lang else self.current.lang, None if same_dir else self.current.dir)


def read_body(root: Tag, context: BlockContext) -> Blocks:
    """Return the content of `root` as blocks, sections nested by the levels of their headings."""
    return nest_sections(read_flow(root, context))


def read_flow(root: Tag, context: BlockContext) -> list[BlockOrHeading]:
    """Return the content of `root` in order: each run of inline content is a paragraph, each block element a block."""
    context = context.at(root)
    own, anchors = context.own, context.anchors
    out: list[BlockOrHeading] = []
    line: list[PageElement] = []
    anchors.register_anchor(root)
    in_bold = root.name in _STYLED and is_bold(root)
    read = read_bold if in_bold else read_inlines

    def end_paragraph() -> None:
        inlines = read(line, context.inline)
        anchors.register_anchors(line)
        line.clear()
        if inlines:
            out.append(Paragraph(inlines, lang=own.lang, dir=own.dir, id=anchors.take_id()))

    items: list[Tag] = []

    def end_items() -> None:
        if items:
            out.extend(_read_stray_items(items, context))
            items.clear()

    for node in root.children:
        if isinstance(node, Tag) and _is_stray_item(node):
            end_paragraph()
            items.append(node)
            continue
        if isinstance(node, Tag) or (is_text(node) and not str(node).isspace()):
            end_items()
        if isinstance(node, Tag) and _is_block(node):
            end_paragraph()
            out += _read_block(node, context)
        elif isinstance(node, Tag) or is_text(node):
            line.append(node)
    end_items()
    end_paragraph()
    return out


_STYLED = frozenset({"p", "div"})
"""Blocks whose own style may print their lines in bold letters."""


def _is_stray_item(tag: Tag) -> bool:
    """Return whether an element outside of a list is an item without blocks.

    Without `</li>`, an item of an old page has all paragraphs below it inside.
    """
    return tag.name == "li" and not _has_block_inside(tag)


def _read_stray_items(items: list[Tag], context: BlockContext) -> list[BlockOrHeading]:
    """Return the bullet list of neighbouring items without a list around them; [] if all are empty."""
    own, inside = context.own, context.inside()
    bodies: list[Blocks] = []
    for entry in items:
        context.anchors.register_anchor(entry)
        bodies.append(read_body(entry, inside))
    kept = tuple(Item(body) for body in bodies if body)
    return [BulletList(kept, lang=own.lang, dir=own.dir)] if kept else []


def _is_block(tag: Tag) -> bool:
    """Return whether an element is or contains a block, and so ends the line before it."""
    return _breaks_line(tag) or _has_block_inside(tag)


def _has_block_inside(tag: Tag) -> bool:
    return any(isinstance(node, Tag) and _breaks_line(node) for node in tag.descendants)


def _breaks_line(tag: Tag) -> bool:
    return tag.name in BLOCKS or tag.has_attr(BLOCK_MARKER)


def _read_block(tag: Tag, context: BlockContext) -> list[BlockOrHeading]:
    if tag.has_attr(BLOCK_MARKER):
        context.anchors.register_anchors([tag])
        return [_take_lifted(tag, context)]
    context.anchors.register_anchor(tag)
    reader = _READERS.get(tag.name, read_flow)
    flow = reader(tag, context)
    return list(nest_sections(flow)) if tag.has_attr(OWN_SECTION) else flow


def _take_lifted(marker: Tag, context: BlockContext) -> Block:
    block, own = context.lifted.pop(str(marker[BLOCK_MARKER])), context.own
    lang, direction = block.lang or own.lang, block.dir or own.dir
    return msgspec.structs.replace(block, lang=lang, dir=direction, id=context.anchors.take_id())


def _read_heading(tag: Tag, context: BlockContext) -> list[BlockOrHeading]:
    if holds_block_marker(tag):
        return read_flow(tag, context)
    context = context.at(tag)
    text = read_inlines(tag.children, context.inline)
    context.anchors.register_anchors(tag.children)
    return [Heading(int(tag.name[1]), text, context.own, context.anchors.take_id())] if text else []


def _read_list(tag: Tag, context: BlockContext) -> list[BlockOrHeading]:
    outer, (own, context) = context.at(tag), _enter(tag, context)
    entries = list(_tags(tag))
    if tag.name != "ol" and _are_parts_with_headings(entries):
        return [flow for entry in entries for flow in _read_block(entry, outer)]
    labels = automatic_labels(tag, entries) if tag.name == "ol" else [None] * len(entries)
    items: list[tuple[list[Block], str | None]] = []
    for entry, label in zip(entries, labels, strict=True):
        body = read_body(entry, context) if entry.name == "li" else _read_as_blocks(entry, context)
        if entry.name == "li" or not items:
            items.append(([*body], label))
        else:  # pages put a nested list between two items; it belongs to the item before
            items[-1][0].extend(body)
    kept = tuple(Item(tuple(body), label) for body, label in items if body)
    if tag.name != "ol" and own == LangDir() and all(isinstance(each, Figure) for item in kept for each in item.body):
        return [block for item in kept for block in item.body]  # a gallery: no bullets beside the photos
    kind = OrderedList if tag.name == "ol" else BulletList
    return [kind(kept, lang=own.lang, dir=own.dir)] if kept else []


def _are_parts_with_headings(entries: list[Tag]) -> bool:
    """Return whether a list is an accordion, in which each item begins with a heading.

    Bullets would stand alone above such headings.
    """
    has_more = False
    for entry in entries:
        if text := entry.get_text(strip=True):
            heading = _heading_at_start(entry)
            if heading is None:
                return False
            has_more = has_more or text != heading.get_text(strip=True)
    return has_more


def _heading_at_start(entry: Tag) -> Tag | None:
    """Return the heading with the first words of an item, else None."""
    first = next((node for node in entry.descendants if is_text(node) and not str(node).isspace()), None)
    return first.find_parent(_HEADINGS) if first is not None else None


def _enter(tag: Tag, context: BlockContext) -> tuple[LangDir, BlockContext]:
    """Return the language and direction that the block of `tag` carries, and the context of its content."""
    context = context.at(tag)
    return context.own, context.inside()


def _read_as_blocks(tag: Tag, context: BlockContext) -> Blocks:
    return nest_sections(_read_block(tag, context))


def _read_descriptions(tag: Tag, context: BlockContext) -> list[BlockOrHeading]:
    """Return a `dl` as a list of descriptions; a description without a term belongs to the entry before it."""
    own, context = _enter(tag, context)
    entries: list[tuple[list[Inlines], list[Block]]] = []
    terms: list[Inlines] = []
    from_terms: list[Block] = []
    for child in _terms_and_descriptions(tag):
        if child.name == "dt" and not child.has_attr(BLOCK_MARKER):
            terms.append(read_content(child, context.inline))
            context.anchors.register_anchors([child])
            from_terms += _take_all_lifted(child, context)
        else:
            if terms or not entries:
                entries.append((terms, []))
                terms = []
            entries[-1][1].extend(from_terms)
            entries[-1][1].extend(read_body(child, context) if child.name == "dd" else _read_as_blocks(child, context))
            from_terms = []
    if any(terms) or from_terms:
        entries.append((terms, from_terms))
    all_entries = (Description(tuple(filter(None, terms)), tuple(body)) for terms, body in entries)
    kept = tuple(entry for entry in all_entries if entry.terms or entry.body)
    return [DescriptionList(kept, lang=own.lang, dir=own.dir)] if kept else []


def _terms_and_descriptions(tag: Tag) -> Iterator[Tag]:
    """Yield the child elements of a `dl`, as if no `div` grouped `dt` and `dd`."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name == "div" and child.find(["dt", "dd"], recursive=False):
                yield from _terms_and_descriptions(child)
            else:
                yield child


def _read_quote(tag: Tag, context: BlockContext) -> list[BlockOrHeading]:
    own, context = _enter(tag, context)
    body = read_body(tag, context)
    return [Quote(body, lang=own.lang, dir=own.dir)] if body else []


def _read_preformatted(tag: Tag, context: BlockContext) -> list[BlockOrHeading]:
    text = literal_text(tag).strip("\n")
    own = context.at(tag).own
    context.anchors.register_anchors(tag.children)
    block_id = context.anchors.take_id() if text.strip() else None
    block = [Preformatted(text, lang=own.lang, dir=own.dir, id=block_id)] if text.strip() else []
    return [*block, *_take_all_lifted(tag, context)]


def _take_all_lifted(tag: Tag, context: BlockContext) -> Blocks:
    """Return the lifted blocks whose markers are in `tag`, an element that is read as text."""
    return tuple(_take_lifted(marker, context) for marker in block_markers(tag))


def _read_figure(tag: Tag, context: BlockContext) -> list[BlockOrHeading]:
    """Return a figure that links to a video or the like; any other figure here has no photos."""
    if not tag.has_attr(MEDIA_ATTRIBUTE):
        return read_flow(tag, context)
    own = context.at(tag).own
    context.anchors.register_anchors(tag.children)
    caption = read_inlines(tag.children, context.inline)
    block_id = context.anchors.take_id() if caption else None
    figure = [Figure((), caption, lang=own.lang, dir=own.dir, id=block_id)] if caption else []
    return [*figure, *_take_all_lifted(tag, context)]


def _read_details(tag: Tag, context: BlockContext) -> list[BlockOrHeading]:
    """Return a `details` as a section below its `summary`, which is its caption (WHATWG HTML, 4.11.2)."""
    summary = tag.find("summary", recursive=False)
    if not isinstance(summary, Tag) or any(map(_is_block, _tags(summary))):
        return read_flow(tag, context)
    heading = read_inlines(summary.children, context.inline)
    if not heading or len(plain_text(heading)) > _MAX_SUMMARY:
        return read_flow(tag, context)
    own, inside = _enter(tag, context)
    heading = _in_language(heading, inside.at(summary).own)
    context.anchors.register_anchors([summary])
    section_id = context.anchors.take_id()
    summary.extract()
    body = read_body(tag, inside)
    if not body:
        return [Paragraph(heading, lang=own.lang, dir=own.dir, id=section_id)]
    return [Section(heading, body, lang=own.lang, dir=own.dir, id=section_id)]


def _tags(parent: Tag) -> Iterator[Tag]:
    return (node for node in parent.children if isinstance(node, Tag))


def _read_rule(_tag: Tag, _context: BlockContext) -> list[BlockOrHeading]:
    return [Rule()]


def _read_table(tag: Tag, context: BlockContext) -> list[BlockOrHeading]:
    if tables.is_layout(tag):
        return [flow for part in tables.caption_and_cells(tag) for flow in read_flow(part, context.at(tag))]
    own, inside = _enter(tag, context)
    context.anchors.register_anchors(tables.captions(tag))

    def read_cell(cell: Tag) -> Blocks:
        if cell.parent is not None:  # the row, too, may be the target of a link
            context.anchors.register_anchor(cell.parent)
        return read_body(cell, inside)

    table = tables.read_table(tag, read_cell, lambda line: read_content(line, context.inline))
    from_caption = [block for caption in tables.captions(tag) for block in _take_all_lifted(caption, context)]
    if table is None:  # all cells are empty, or only had pictures; the caption is text nevertheless
        return [*from_caption, *(flow for each in tables.captions(tag) for flow in read_flow(each, context.at(tag)))]
    return [*from_caption, msgspec.structs.replace(table, lang=own.lang, dir=own.dir)]


_READERS: dict[str, Callable[[Tag, BlockContext], list[BlockOrHeading]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _read_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _read_list),
    "dl": _read_descriptions,
    "blockquote": _read_quote,
    "pre": _read_preformatted,
    "figure": _read_figure,
    "hr": _read_rule,
    "details": _read_details,
    "table": _read_table,
}


def nest_sections(flow: list[BlockOrHeading]) -> Blocks:
    """Put the blocks below each heading into a section, up to the next heading of the same or a higher level."""
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
        out.append(_build_section(first, nest_sections(flow[position:end])))
        position = end
    return tuple(out)


def _build_section(heading: Heading, body: Blocks) -> Section:
    """Return a section in the language of its heading; if its body has another language, mark only the heading."""
    own = heading.lang_dir
    if all((block.lang, block.dir) == (own.lang, own.dir) for block in body if not isinstance(block, Rule)):
        return Section(heading.text, body, lang=own.lang, dir=own.dir, id=heading.id)
    return Section(_in_language(heading.text, own), body, id=heading.id)


def _in_language(text: Inlines, own: LangDir) -> Inlines:
    """Return a text in a span with its own language and direction, if it has any."""
    return (Span(text, lang=own.lang, dir=own.dir),) if own != LangDir() else text


def _closes(flow: BlockOrHeading, level: int) -> bool:
    return isinstance(flow, Heading) and flow.level <= level


_SPACES = re.compile(" +")


def one_line(tag: Tag) -> str:
    """Return the text of an element on one line, line breaks as spaces."""
    return _SPACES.sub(" ", plain_text(read_inlines(tag.children, InlineContext()), line_break=" "))

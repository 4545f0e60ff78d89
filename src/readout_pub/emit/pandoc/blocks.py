"""Blocks as pandoc nodes. Labels are text unless the format numbers items the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from readout_pub.emit.labels import body_with_label, heading_with_label
from readout_pub.emit.markup.inlines import language_tag, safe_url
from readout_pub.emit.pandoc.figures import PandocFigureWriter, PlaceImage, in_rows
from readout_pub.emit.pandoc.inlines import PandocInlineWriter, url_in_markup
from readout_pub.emit.pandoc.nodes import (
    DENSE_TABLE,
    LINE_BREAK,
    SPACE,
    Node,
    attr,
    joined_strings,
    label_node,
    node,
    on_one_line,
    paragraph,
    with_anchor,
    with_prefix,
    wrapped_in_div,
)
from readout_pub.emit.pandoc.numbering import numbering
from readout_pub.emit.pandoc.tables import column_count, exceeds, has_spans, table_node
from readout_pub.emit.pictures import gather_missing_photos
from readout_pub.emit.widows import without_widow
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
    Item,
    OrderedList,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Section,
    Table,
    descendants,
    plain_text,
)
from readout_pub.notes import note

if TYPE_CHECKING:
    from readout_pub.emit.anchor_ids import AnchorIds
    from readout_pub.emit.messages import Messages
    from readout_pub.emit.pandoc.formats import PandocWriter
    from readout_pub.emit.pandoc.office_tokens import OfficeTokens
    from readout_pub.notes import Note

MAX_HEADING_LEVEL = 5
"""The deepest heading level: LaTeX has no deeper ones, and pandoc would underline them with spaces in rst."""

LANDSCAPE = {
    "openxml": (
        "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>",
        '<w:p><w:pPr><w:sectPr><w:pgSz w:orient="landscape"/></w:sectPr></w:pPr></w:p>',
    ),
    "opendocument": ('<text:section text:style-name="{style}" text:name="Landscape">', "</text:section>"),
}
"""Raw format → markup around a table that is too wide for an upright page; `docx_package` and `odt_pages` complete it.

`{style}` is LANDSCAPE_SECTION or, for small type, DENSE_TABLE.
"""

LANDSCAPE_SECTION = "Landscape"

_AT_END = (LINE_BREAK, SPACE)


class PandocBlockWriter:
    """Writes the blocks of one document in their order; `level` is the level of its top headings.

    `place` places photos, `tokens` are the design tokens of the theme, `formulas` is MathML → Math node. `notes` are
    those on the blocks written so far.
    """

    def __init__(
        self,
        writer: PandocWriter,
        anchors: AnchorIds,
        messages: Messages,
        place: PlaceImage,
        level: int,
        *,
        tokens: OfficeTokens,
        formulas: Mapping[str, Node],
    ) -> None:
        self._writer = writer
        self._anchors = anchors
        self._messages = messages
        self._level = level
        self._inlines = PandocInlineWriter(anchors, safe_url if writer.styled else url_in_markup, formulas)
        self._figures = PandocFigureWriter(writer, messages, place, tokens.points("--measure"), self.inline)
        self._line_ems = tokens.points("--measure") / tokens.points("--size-small")
        self._wide_line_ems = tokens.points("--measure-wide") / tokens.points("--size-small")
        self._dense_line_ems = tokens.points("--measure-wide") / tokens.points("--size-dense")
        self.notes: list[Note] = []

    def inline(self, inlines: Inlines) -> list[Node]:
        """Return `inlines` as nodes, without line breaks at the end: Markdown would show a backslash there."""
        nodes = joined_strings(self._inlines.write(inlines))
        while nodes and nodes[-1] in _AT_END:
            nodes.pop()
        return nodes

    def write(self, blocks: Blocks) -> list[Node]:
        """Return `blocks` as nodes."""
        return [
            made
            for block in gather_missing_photos(blocks)
            for made in self._with_common_attr(block, self._nodes(block))
        ]

    def write_page(self, blocks: Blocks) -> list[Node]:
        """Return `blocks`, which have the whole width of the text, as nodes.

        In a format with styles, two consecutive figures of one photo stand side by side.
        """
        nodes: list[Node] = []
        for is_figure, run in groupby(gather_missing_photos(blocks), lambda block: isinstance(block, Figure)):
            if is_figure:
                nodes += self._figure_run([block for block in run if isinstance(block, Figure)])
                continue
            for block in run:
                nodes += self._with_common_attr(block, self._page_nodes(block))
        return nodes

    def _page_nodes(self, block: Block) -> list[Node]:
        match block:
            case Section():
                return self._section(block, self.write_page)
            case Table() if self._writer.styled and exceeds(block, self._line_ems):
                return self._wide_table(block)
            case _:
                return self._nodes(block)

    def _figure_run(self, figures: Sequence[Figure]) -> list[Node]:
        if not self._writer.styled:
            return self.write(tuple(figures))
        nodes: list[Node] = []
        for row in in_rows(list(map(self._figures.place, figures))):
            columns = range(len(row)) if len(row) > 1 else (None,)
            made = [
                written
                for column, placed in zip(columns, row, strict=True)
                for written in self._with_common_attr(placed.figure, self._figures.write(placed, column))
            ]
            before, after = self._figures.columns() if len(row) > 1 else ([], [])
            nodes += [*before, *made, *after]
        return nodes

    def styled(self, style: str, nodes: list[Node]) -> list[Node]:
        """Return `nodes` with the paragraph style `style`, if the format has named styles."""
        return wrapped_in_div(nodes, custom_style=style) if nodes and self._writer.styled else nodes

    def _with_common_attr(self, block: Block, nodes: list[Node]) -> list[Node]:
        """Return the nodes of `block` with its language, direction and id; a section's id is on its heading."""
        identifier = None if isinstance(block, Section) else self._anchors.claim(block.id)
        return wrapped_in_div(with_anchor(nodes, identifier), lang=language_tag(block.lang), dir=block.dir)

    def _nodes(self, block: Block) -> list[Node]:
        match block:
            case Paragraph():
                return [paragraph(self.inline(block.children))]
            case Section():
                return self._section(block, self.write)
            case BulletList() | OrderedList():
                return self._list(block)
            case Figure():
                return self._figures.write(self._figures.place(block))
            case Table():
                return self._table(block, self._line_ems)
            case Footnotes():
                return [made for note in block.notes for made in self._footnote(note)]
            case DescriptionList():
                return [node("DefinitionList", [made for entry in block.entries for made in self._description(entry)])]
            case Quote():
                return [node("BlockQuote", self.write(block.body))]
            case Preformatted():
                return [node("CodeBlock", attr(), block.text)]
            case Rule():
                return [{"t": "HorizontalRule"}]

    def _section(self, block: Section, write: Callable[[Blocks], list[Node]]) -> list[Node]:
        title = self._heading(block)
        if not title:
            return write(block.body)
        identifier = self._anchors.claim(block.id)
        if identifier and not self._writer.heading_ids:
            title, identifier = [node("Span", attr(identifier), title)], None
        heading = node("Header", min(self._level, MAX_HEADING_LEVEL), attr(identifier), title)
        self._level += 1
        body = write(block.body)
        self._level -= 1
        return [heading, *body]

    def _heading(self, block: Section) -> list[Node]:
        if not self._writer.styled:
            # In most text formats a heading is one line, but pandoc's writers keep line breaks in it.
            return on_one_line(self.inline(heading_with_label(block)))
        if not block.heading:
            return self.inline(heading_with_label(block))
        heading = self.inline(without_widow(block.heading))
        return [label_node(block.label), SPACE, *heading] if block.label is not None else heading

    def _list(self, block: BulletList | OrderedList) -> list[Node]:
        """Return a list, numbered if the format numbers it exactly as printed; else labels are text (decision 6).

        A list with a table becomes paragraphs if the format allows no tables in lists.
        """
        labelled = [body_with_label(item.label, item.body) for item in block.items]
        if not self._writer.tables_in_lists and any(isinstance(inner, Table) for inner in descendants((block,))):
            return [made for body in labelled for made in self.write(body)]
        numbers = numbering([item.label for item in block.items]) if isinstance(block, OrderedList) else None
        # Pandoc writes no number for an item that begins with a heading, a table or an empty paragraph.
        begins_with_text = all(map(_begins_with_text, block.items))
        if numbers and self._writer.can_number(numbers) and (begins_with_text or not self._writer.styled):
            return [node("OrderedList", numbers.list_attributes(), self._items([item.body for item in block.items]))]
        if self._writer.styled:
            contents = self._items([item.body for item in block.items])
            return [node("BulletList", [self._with_label(*each) for each in zip(block.items, contents, strict=True)])]
        return [node("BulletList", self._items(labelled))]

    def _with_label(self, item: Item, content: list[Node]) -> list[Node]:
        """Return the content of an item after its label and a tab, so that the label hangs in the indent."""
        if not item.label:
            return content
        label = [label_node(item.label), node("RawInline", self._writer.raw, self._writer.tab)]
        if item.body and isinstance(item.body[0], Paragraph):
            return with_prefix(content, label)
        return [paragraph(label), *content]

    def _items(self, bodies: list[Blocks]) -> list[list[Node]]:
        """Return the content of list items, without space between them if each is a single paragraph."""
        tight = bodies and all(len(body) == 1 and isinstance(body[0], Paragraph) for body in bodies)
        if not tight:
            return [self.write(body) for body in bodies]
        if not self._writer.styled:
            return [self._flow(body) for body in bodies]
        *others, last = bodies
        ends = self.styled("Last List Item", self.write(last))
        return [*(self.styled("List Item", self.write(body)) for body in others), ends]

    def _flow(self, body: Blocks) -> list[Node]:
        """Return `body`; a single paragraph becomes Plain, which has no space around it."""
        match body:
            case (Paragraph(children=children) as block,):
                return self._with_common_attr(block, [node("Plain", self.inline(children))])
            case _:
                return self.write(body)

    def _footnote(self, footnote: Footnote) -> list[Node]:
        body = self.write(body_with_label(footnote.label, footnote.body))
        return with_anchor(self.styled("Footnote Text", body), self._anchors.claim(footnote.id))

    def _description(self, entry: Description) -> list[object]:
        *others, last = entry.terms or ((),)
        return [*([self.inline(term), []] for term in others), [self.inline(last), [self.write(entry.body)]]]

    def _wide_table(self, block: Table) -> list[Node]:
        """Return a table on a landscape page, in small type if its words are too wide for that page.

        If they are too wide even then, a note is added.
        """
        is_dense = exceeds(block, self._wide_line_ems)
        if exceeds(block, self._dense_line_ems):
            self.notes.append(note("TABLE_TOO_WIDE", columns=column_count(block), format=self._writer.to))
        before, after = LANDSCAPE[self._writer.raw]
        style = DENSE_TABLE if is_dense else LANDSCAPE_SECTION
        table = self._table(block, self._dense_line_ems if is_dense else self._wide_line_ems, is_dense=is_dense)
        return [
            node("RawBlock", self._writer.raw, before.format(style=style)),
            *table,
            node("RawBlock", self._writer.raw, after),
        ]

    def _table(self, block: Table, line_ems: float, *, is_dense: bool = False) -> list[Node]:
        """Return a table; if the format has no table captions, the caption is a paragraph before the table.

        Pandoc would write it below. Markdown has captions only for tables with spans, which are written as HTML. In a
        format without tables, the rows are items of a list.
        """
        caption = self.inline(block.caption)
        if not self._writer.tables:
            rows = [
                [made for cell in row.cells for made in self._flow(cell.body)] for row in (*block.head, *block.body)
            ]
            return [*([paragraph(caption)] if caption else []), node("BulletList", list(filter(None, rows)))]
        width = line_ems if self._writer.styled else None
        captions = self._writer.table_captions
        if not caption or captions == "all" or (captions == "with spans" and has_spans(block)):
            inside = [node("Plain", caption)] if caption else []
            return [table_node(block, inside, self._flow, width, is_dense=is_dense)]
        return [paragraph(caption), table_node(block, [], self._flow, width)]


def _begins_with_text(item: Item) -> bool:
    first = item.body[0] if item.body else None
    return isinstance(first, Paragraph) and bool(plain_text(first.children).strip())

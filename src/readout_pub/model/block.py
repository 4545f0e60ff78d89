"""Block content: sections, paragraphs, lists, tables and so on. Sections nest; emitters compute heading levels."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from readout_pub.model.inline import Direction, Inlines
from readout_pub.model.photo import Photo

Scope = Literal["col", "row"]


class BlockNode(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="type"
):
    """The base of every block: its language (BCP 47), direction and id, each None if the source marks none."""

    lang: str | None = None
    dir: Direction | None = None
    id: str | None = None


class Section(BlockNode, frozen=True, tag="section"):
    """A heading and the blocks below it. `label` is its number as printed: "1.", "(1)", "第1"."""

    heading: Inlines
    body: Blocks = ()
    label: str | None = None


class Paragraph(BlockNode, frozen=True, tag="paragraph"):
    """One paragraph."""

    children: Inlines


class Item(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One entry of a list. `label` is the number or letter printed before it; it is None for a bullet."""

    body: Blocks
    label: str | None = None


class BulletList(BlockNode, frozen=True, tag="bullets"):
    """An unordered list, as in `ul`."""

    items: tuple[Item, ...]


class OrderedList(BlockNode, frozen=True, tag="ordered"):
    """An ordered list, as in `ol`. Numbers that a browser would add are labels of the items."""

    items: tuple[Item, ...]


class Description(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One or more terms and their description."""

    terms: tuple[Inlines, ...]
    body: Blocks


class DescriptionList(BlockNode, frozen=True, tag="descriptions"):
    """Terms and their descriptions, as in `dl`."""

    entries: tuple[Description, ...]


class Quote(BlockNode, frozen=True, tag="quote"):
    """A block quotation, as in `blockquote`."""

    body: Blocks


class Preformatted(BlockNode, frozen=True, tag="preformatted"):
    """Text whose line breaks and spaces count, as in `pre`."""

    text: str


class Figure(BlockNode, frozen=True, tag="figure"):
    """Photos with at most one caption and one credit line.

    A figure without photos has a caption that links to a video or the like.
    """

    photos: tuple[Photo, ...]
    caption: Inlines = ()
    credit: Inlines = ()


CellSpan = Annotated[int, msgspec.Meta(ge=1)]
"""How many columns or rows a cell covers."""


class Cell(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One cell. `scope` says what a `header` cell heads."""

    body: Blocks
    header: bool = False
    scope: Scope | None = None
    colspan: CellSpan = 1
    rowspan: CellSpan = 1


class Row(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One row of cells."""

    cells: tuple[Cell, ...]


class Table(BlockNode, frozen=True, tag="table"):
    """A data table; layout tables become blocks. `head` are the rows of column headers above the `body` rows."""

    body: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    caption: Inlines = ()


class Footnote(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One footnote; `id` is the target of its `NoteRef`s, `label` its mark as printed: "(Note 1)"."""

    id: str
    body: Blocks
    label: str | None = None


class Footnotes(BlockNode, frozen=True, tag="footnotes"):
    """Footnotes at the place where the source prints them."""

    notes: tuple[Footnote, ...]


class Rule(BlockNode, frozen=True, tag="rule"):
    """A thematic break, as in `hr`."""


Block = (
    Section
    | Paragraph
    | BulletList
    | OrderedList
    | DescriptionList
    | Quote
    | Preformatted
    | Figure
    | Table
    | Footnotes
    | Rule
)
Blocks = tuple[Block, ...]

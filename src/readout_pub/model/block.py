"""Block content: what stands on lines of its own. Sections nest; heading levels are computed when emitting."""

from __future__ import annotations

from typing import Literal

import msgspec

from readout_pub.model.inline import Direction, Inlines
from readout_pub.model.photo import Photo

Scope = Literal["col", "row"]


class BlockNode(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="type"
):
    """The base of every block; each may carry a language (BCP 47), a direction and an id."""

    lang: str | None = None
    dir: Direction | None = None
    id: str | None = None


class Section(BlockNode, frozen=True, tag="section"):
    """A heading and what it heads. `label` is its number as printed: "1.", "(1)", "第1"."""

    heading: Inlines
    body: Blocks = ()
    label: str | None = None


class Paragraph(BlockNode, frozen=True, tag="paragraph"):
    """One paragraph."""

    children: Inlines


class Item(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One entry of a list. `label` is what a reader sees before it; a bullet has none."""

    body: Blocks
    label: str | None = None


class BulletList(BlockNode, frozen=True, tag="bullets"):
    """A list whose entries have no order."""

    items: tuple[Item, ...]


class OrderedList(BlockNode, frozen=True, tag="ordered"):
    """A list whose entries have one; their labels are data, numbers of an automatic list included."""

    items: tuple[Item, ...]


class Description(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One or more terms and what is said of them."""

    terms: tuple[Inlines, ...]
    body: Blocks


class DescriptionList(BlockNode, frozen=True, tag="descriptions"):
    """Terms and their descriptions, as in `dl`."""

    entries: tuple[Description, ...]


class Quote(BlockNode, frozen=True, tag="quote"):
    """Words of somebody else, set off."""

    body: Blocks


class Preformatted(BlockNode, frozen=True, tag="preformatted"):
    """Text whose line breaks and spaces mean something."""

    text: str


class Figure(BlockNode, frozen=True, tag="figure"):
    """One or more photos with at most one caption and one credit line."""

    photos: tuple[Photo, ...]
    caption: Inlines = ()
    credit: Inlines = ()


class Cell(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One cell; `header` cells have a `scope`, spans count grid columns and rows from 1."""

    body: Blocks
    header: bool = False
    scope: Scope | None = None
    colspan: int = 1
    rowspan: int = 1


class Row(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One row of cells."""

    cells: tuple[Cell, ...]


class Table(BlockNode, frozen=True, tag="table"):
    """A table of facts. `head` rows are repeated on each printed page; layout tables never become one."""

    body: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    caption: Inlines = ()


class Footnote(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One note; `id` is what its `NoteRef` points to, `label` how it is marked: "(Note 1)"."""

    id: str
    body: Blocks
    label: str | None = None


class Footnotes(BlockNode, frozen=True, tag="footnotes"):
    """The notes, where the source prints them."""

    notes: tuple[Footnote, ...]


class Rule(BlockNode, frozen=True, tag="rule"):
    """A line across the page that parts two thoughts."""


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

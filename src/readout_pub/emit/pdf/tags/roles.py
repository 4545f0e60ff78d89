"""Structure types (roles): which one an element gets, and how PDF 1.7 and PDF 2.0 differ.

A role is a structure type of PDF 2.0 (ISO 32000-2, 14.8.4) or, if it is in `NOT_IN_PDF_2`, of PDF 1.7. `structure.py`
tags the elements whose role depends on more than their name. Elements without a tag leave their text to the tag of the
element around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readout_pub.emit.pdf.tags.tree import Attributes

BLOCKS = {
    "p": "P",
    "footer": "Div",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
}
"""Block element → role, for elements whose tag depends on their name alone."""

UNTAGGED_BLOCKS = frozenset({"body", "main", "article", "header", "div", "hr"})
"""Block elements without a tag: screen readers would announce a container around the whole text.

Only a `div` with a language, an id or a role gets a tag.
"""

INLINES = {"em": "Em", "strong": "Strong", "code": "Code", "s": "Span"}
"""Inline element → role."""

INLINE_ATTRIBUTES: dict[str, dict[str, Attributes]] = {"s": {"Layout": {"TextDecorationType": "LineThrough"}}}
"""Inline element → the attributes of its tag."""

CAPTION_LINES = frozenset({"caption", "credit"})
"""Classes of a `span` that is a line of its own below a photo."""

CONTAINER_ROLES = frozenset("Document Sect Div Aside BlockQuote FENote LBody TD TH".split())
"""Roles of tags that may contain any block."""

GROUPING_ROLES = CONTAINER_ROLES | frozenset("L LI Table Caption THead TBody TR".split())
"""Roles of tags that contain blocks. Lists, tables and their rows may contain only blocks of certain roles."""

BLOCK_ROLES = GROUPING_ROLES | {"P", "Figure"} | {f"H{level}" for level in range(1, 101)}
"""Roles of tags that begin and end a line. PDF 2.0 has any number of levels of headings; a readout has at most 100."""

INLINE_GROUPING_ROLES = frozenset({"Em", "Strong", "Code", "Span"})
"""Roles of tags that only describe the look or the language of the text in them."""

SIGNIFICANT_WHEN_EMPTY = frozenset({"TD", "TH", "TR", "Document"})
"""Roles of tags that are kept even if they are empty: without empty cells, the other cells of a row would move."""

ROLE_MAP = {"Em": "Span", "Strong": "Span", "Aside": "Div", "FENote": "Note"}
"""Role of PDF 2.0 → role of PDF 1.7; the RoleMap of a PDF 1.7 file."""

NOT_IN_PDF_2 = frozenset({"BlockQuote", "Code", "Reference"})
"""Roles that the namespace of PDF 2.0 lacks. Their tags have no NS entry, which means the namespace of PDF 1.7."""

LIST_NUMBERING = {
    # kind of list: in PDF 1.7, in PDF 2.0
    "bullet": ("Disc", "Unordered"),
    "number": ("Decimal", "Ordered"),
    "label": ("Decimal", "Ordered"),
    "term": ("Decimal", "Description"),
}
"""Kind of list → ListNumbering. PDF 1.7 has no value for labels and terms; the value None would mean "no labels"."""

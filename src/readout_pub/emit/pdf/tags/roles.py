"""What each element of a page is in the tag tree: tables of roles, and what the two versions of PDF call them.

A role is a structure type of PDF 2.0 (ISO 32000-2, 14.8.4). Elements that stand in no table have no tag of their own:
their words belong to the element around them.
"""

from __future__ import annotations

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
"""Element → role, where one is as good as the other and both begin a new line."""

UNTAGGED_BLOCKS = frozenset({"body", "main", "article", "header", "div", "hr"})
"""Elements that begin a new line and have no tag: a listener would hear of a frame around everything."""

INLINES = {"em": "Em", "strong": "Strong", "code": "Code"}
"""Element → role within a line."""

LINES_OF_CAPTIONS = frozenset({"caption", "credit"})
"""Classes of the `span` that is a line of its own below a photo."""

SIGNIFICANT_WHEN_EMPTY = frozenset({"TD", "TH", "TR", "Document"})
"""Roles that stay where there is nothing to say: without its empty cells a table would shift."""

OLDER_NAMES = {"Em": "Span", "Strong": "Span", "Aside": "Div", "FENote": "Note"}
"""Role of PDF 2.0 → what it is for a reader of PDF 1.7; its RoleMap."""

NOT_IN_PDF_2 = frozenset({"BlockQuote", "Code", "Reference"})
"""Roles that PDF 2.0 knows only from the namespace of 1.7, which is the one without a name."""

LIST_NUMBERING = {
    # how items are marked: in PDF 1.7, in PDF 2.0
    "bullet": ("Disc", "Unordered"),
    "number": ("Decimal", "Ordered"),
    "label": ("Decimal", "Ordered"),
    "term": ("Decimal", "Description"),
}
"""What PDF 1.7 has no word for takes the nearest: a list with labels must not say that it has none."""

"""Labels such as "1." written into the text: before a heading, or before the first words of a list item.

The label is in the same paragraph, so that a screen reader reads it and the words after it without a pause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from readout_pub.model import Paragraph

if TYPE_CHECKING:
    from readout_pub.model import Blocks, Inlines, Section


def heading_with_label(section: Section) -> Inlines:
    """Return the heading of `section` with its label before it."""
    if section.label is None:
        return section.heading
    return (f"{section.label} ", *section.heading) if section.heading else (section.label,)


def body_with_label(label: str | None, body: Blocks) -> Blocks:
    """Return `body` with `label` in its first paragraph; if it starts with another block, in a new paragraph."""
    if not label:
        return body
    match body:
        case (Paragraph() as first, *rest):
            return (msgspec.structs.replace(first, children=(f"{label} ", *first.children)), *rest)
        case _:
            return (Paragraph(children=(label,)), *body)

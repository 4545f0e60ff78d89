"""Labels as words: before a heading, or before the first words of an item, so that both are read in one breath."""

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
    """Return `body` with `label` before its first words; before a table or figure it is a paragraph of its own."""
    if not label:
        return body
    match body:
        case (Paragraph() as first, *rest):
            return (msgspec.structs.replace(first, children=(f"{label} ", *first.children)), *rest)
        case _:
            return (Paragraph(children=(label,)), *body)

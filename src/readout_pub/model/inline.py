"""Inline content: what stands inside a line. A plain `str` is text; everything else is a frozen struct."""

from __future__ import annotations

from typing import Literal

import msgspec

Direction = Literal["ltr", "rtl"]


class InlineNode(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="type"):
    """The base of every inline that is not plain text."""


class Emphasis(InlineNode, frozen=True, tag="emphasis"):
    """Stressed words, as in `em` or `i`."""

    children: Inlines


class Strong(InlineNode, frozen=True, tag="strong"):
    """Weighty words, as in `strong` or `b`."""

    children: Inlines


class Code(InlineNode, frozen=True, tag="code"):
    """Characters to be taken literally."""

    text: str


class Sub(InlineNode, frozen=True, tag="sub"):
    """Below the line, as in H₂O."""

    children: Inlines


class Sup(InlineNode, frozen=True, tag="sup"):
    """Above the line, as in 1ˢᵗ."""

    children: Inlines


class Link(InlineNode, frozen=True, tag="link"):
    """A reference: `href` is an absolute URL, `mailto:`, or `#id` of a block in this readout."""

    href: str
    children: Inlines


class Ruby(InlineNode, frozen=True, tag="ruby"):
    """`base` with its `reading`, as in 黒瀬（くろせ）."""

    base: Inlines
    reading: str


class Span(InlineNode, frozen=True, tag="span"):
    """Words in another language or writing direction."""

    children: Inlines
    lang: str | None = None
    dir: Direction | None = None


class LineBreak(InlineNode, frozen=True, tag="break"):
    """A new line that belongs to the text, as in an address."""


class NoteRef(InlineNode, frozen=True, tag="noteref"):
    """The call of a footnote: `children` as printed, such as "(Note 1)"; `target` is the footnote's `id`."""

    target: str
    children: Inlines


Inline = str | Emphasis | Strong | Code | Sub | Sup | Link | Ruby | Span | LineBreak | NoteRef
Inlines = tuple[Inline, ...]

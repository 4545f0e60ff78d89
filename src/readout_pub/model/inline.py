"""Inline content: text and what marks it up. Plain text is a `str`; everything else is a frozen struct."""

from __future__ import annotations

from typing import Literal

import msgspec

Direction = Literal["ltr", "rtl"]


class InlineNode(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="type"):
    """The base of every inline except plain text."""


class Emphasis(InlineNode, frozen=True, tag="emphasis"):
    """Stress emphasis, as in `em` or `i`."""

    children: Inlines


class Strong(InlineNode, frozen=True, tag="strong"):
    """Strong importance, as in `strong` or `b`."""

    children: Inlines


class Code(InlineNode, frozen=True, tag="code"):
    """Computer code, as in `code`."""

    text: str


class Sub(InlineNode, frozen=True, tag="sub"):
    """Subscript, as in H₂O."""

    children: Inlines


class Sup(InlineNode, frozen=True, tag="sup"):
    """Superscript, as in 1ˢᵗ."""

    children: Inlines


class Struck(InlineNode, frozen=True, tag="struck"):
    """Text that the source strikes out, as in `s` or `del`: it is no longer valid, but still legible."""

    children: Inlines


class Link(InlineNode, frozen=True, tag="link"):
    """A hyperlink: `href` is an absolute URL (`https:`, `mailto:` and so on), or `#id` of a block in this readout."""

    href: str
    children: Inlines


class Ruby(InlineNode, frozen=True, tag="ruby"):
    """A ruby annotation: `base` with its `reading`, as in 黒瀬（くろせ）."""

    base: Inlines
    reading: str


class Span(InlineNode, frozen=True, tag="span"):
    """Text in another language (`lang`, BCP 47) or direction than the text around it."""

    children: Inlines
    lang: str | None = None
    dir: Direction | None = None


class LineBreak(InlineNode, frozen=True, tag="break"):
    """A line break that is part of the text, as in an address."""


class Formula(InlineNode, frozen=True, tag="formula"):
    """A formula as MathML (see `model.mathml`) and as linear text, such as "x^2"; `display` sets it on its own line."""

    mathml: str
    text: str
    display: bool = False


class NoteRef(InlineNode, frozen=True, tag="noteref"):
    """A footnote call: the mark in the text as printed, such as "(Note 1)". `target` is the footnote's `id`."""

    target: str
    children: Inlines


Inline = str | Emphasis | Strong | Code | Sub | Sup | Struck | Link | Ruby | Span | LineBreak | Formula | NoteRef
Inlines = tuple[Inline, ...]

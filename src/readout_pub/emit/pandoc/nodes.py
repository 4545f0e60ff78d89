"""Pandoc's syntax tree as it stands in JSON: a kind `t` and its content `c`."""

from __future__ import annotations

import re

Node = dict[str, object]

API_VERSION = [1, 23, 1]
"""The version of the tree; pandoc 3 reads every 1.23."""

SPACE: Node = {"t": "Space"}
LINE_BREAK: Node = {"t": "LineBreak"}

_BLANKS = re.compile(r"[ \t\n\r\f]+")


def node(kind: str, *content: object) -> Node:
    """Return a node; one piece of content stands alone, several stand in a list."""
    return {"t": kind, "c": content[0] if len(content) == 1 else list(content)}


def attr(identifier: str | None = None, **values: str | None) -> list[object]:
    """Return pandoc's triple of id, classes and key-value pairs; `custom_style` is written custom-style."""
    pairs = [[name.replace("_", "-"), value] for name, value in values.items() if value is not None]
    return [identifier or "", [], pairs]


def text_nodes(text: str) -> list[Node]:
    """Split `text` into words and the spaces between them; no-break and ideographic spaces belong to words."""
    first, *others = _BLANKS.split(text)
    found = [node("Str", first)] if first else []
    for word in others:
        found.append(SPACE)
        if word:
            found.append(node("Str", word))
    return found


def paragraph(inlines: list[Node]) -> Node:
    """Return `inlines` as a paragraph."""
    return node("Para", inlines)


def wrapped_in_div(blocks: list[Node], identifier: str | None = None, **values: str | None) -> list[Node]:
    """Wrap `blocks` if there is anything to say of them; see `attr`."""
    about = attr(identifier, **values)
    return [node("Div", about, blocks)] if identifier or about[2] else blocks


def with_anchor(blocks: list[Node], identifier: str | None) -> list[Node]:
    """Make the start of `blocks` the target of links.

    It is a mark in the first paragraph: a division with an id is lost in the lists of ODT, and takes five lines of
    Markdown. Only what begins with a table or a list is wrapped.
    """
    match blocks:
        case _ if identifier is None:
            return blocks
        case [{"t": "Para" | "Plain" as kind, "c": [*inlines]}, *others]:
            return [node(str(kind), [node("Span", attr(identifier), []), *inlines]), *others]
        case [{"t": "Div", "c": [about, inner]}, *others] if isinstance(inner, list):
            return [node("Div", about, with_anchor(inner, identifier)), *others]
        case [{"t": "BlockQuote", "c": list(inner)}, *others]:
            return [node("BlockQuote", with_anchor(inner, identifier)), *others]
        case _:
            return wrapped_in_div(blocks, identifier)

r"""What pandoc's reStructuredText writer leaves unsafe, mended in the tree before it writes.

1. text         would become a list, as other starts would a comment or a field      \ 1. text
as follows::    would take the next block literally                                  as follows:\:
two photos      a figure holds one, else its caption is lost                         a figure for each
two terms       a term without a description is none                                 joined by a space
a line break    headings, captions and terms are one line each                       a space
an anchor       would be dropped                                                     a container
a language      would become a container, in which no heading may stand              left out
"""

from __future__ import annotations

import re
from typing import Any

from readout_pub.emit.pandoc.nodes import LINE_BREAK, SPACE, Node, attr, node

_UNSAFE = re.compile(r"\(?(\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)]|[-+*•‣⁃]|\.\.|>>>|:[^:]+:|([^\w\s])\2{3,}")
"""First words that start something other than a paragraph."""


def make_rst_safe(tree: object) -> object:
    """Return a part of the tree, rebuilt where rst needs it."""
    match tree:
        case list():
            return [part for item in tree for part in _apart(make_rst_safe(item))]
        case {"t": "Para" | "Plain" as kind, "c": list(inlines)}:
            return node(kind, _guarded(inlines))
        case {"t": "DefinitionList", "c": list(entries)}:
            return node(
                "DefinitionList", _joined([[_one_line(term), make_rst_safe(bodies)] for term, bodies in entries])
            )
        case {"t": "Header", "c": content}:
            return node("Header", _one_line(content))
        case {"t": "Figure" | "Table" as kind, "c": [about, caption, *content]}:
            return node(kind, about, _one_line(caption), *(make_rst_safe(part) for part in content))
        case {"t": str(kind), "c": content}:
            return node(kind, make_rst_safe(content))
        case _:
            return tree


def _apart(tree: object) -> list[Any]:
    """Return what stands in the place of a block: several where rst can hold them only one by one.

    The last photo of a figure keeps the caption, which so stands below them all.
    """
    match tree:
        case {"t": "Div", "c": [["", *_], [*blocks]]}:
            return blocks
        case {"t": "Para" | "Plain", "c": [{"t": "Span", "c": [[str(place), *_], []]}, *inlines]} if place:
            return [node("Div", attr(place), [node("Para", _guarded(inlines))])]
        case {"t": "Para", "c": [{"t": "Image"}, *_] as images}:
            return _photos(images, [None, []])
        case {"t": "Figure", "c": [_, caption, [{"t": "Plain", "c": [*images]}]]}:
            return _photos(images, caption)
        case _:
            return [tree]


def _photos(images: list[Node], caption: object) -> list[Node]:
    *others, last = ([node("Plain", [image])] for image in images if image != SPACE)
    uncaptioned = [node("Figure", attr(), [None, []], photo) for photo in others]
    return [*uncaptioned, node("Figure", attr(), caption, last)]


def _guarded(inlines: list[Node]) -> list[Node]:
    match inlines:
        case [{"t": "Str", "c": str(word)}, *_] if _UNSAFE.fullmatch(word):
            inlines = [node("RawInline", "rst", "\\ "), *inlines]
    match inlines:
        case [*before, {"t": "Str", "c": str(word)}] if word.endswith("::"):
            inlines = [*before, node("Str", word[:-1]), node("RawInline", "rst", "\\:")]
    return inlines


def _one_line(tree: object) -> object:
    if isinstance(tree, list):
        return [_one_line(part) for part in tree]
    if tree == LINE_BREAK:
        return SPACE
    return {name: _one_line(part) for name, part in tree.items()} if isinstance(tree, dict) else tree


def _joined(entries: list[list[Any]]) -> list[list[Any]]:
    """Join each term that has no description to the term below it."""
    joined: list[list[Any]] = []
    above: list[Node] = []
    for term, bodies in entries:
        above = [*above, SPACE, *term] if above else term
        if bodies:
            joined.append([above, bodies])
            above = []
    return joined

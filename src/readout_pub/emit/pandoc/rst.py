r"""Changes the syntax tree where pandoc's reStructuredText writer would lose or change something.

content         without the change                                                   with the change
1. text         a list; other first words start a comment or a field                 \ 1. text
as follows::    the next block becomes a literal block                               as follows:\:
two photos      one figure, which keeps one photo or loses its caption               a figure for each
two terms       a term without a description is not valid                            joined by a space
a line break    headings, captions and terms must be one line                        a space
an anchor       dropped                                                              a container
a language      a container, which must not contain headings                         left out
"""

from __future__ import annotations

import re
from typing import Any

from readout_pub.emit.pandoc.nodes import LINE_BREAK, SPACE, Node, attr, node

_BLOCK_MARKER = re.compile(r"\(?(\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)]|[-+*•‣⁃]|\.\.|>>>|:[^:]+:|([^\w\s])\2{3,}")
"""First words that start a block other than a paragraph."""


def make_rst_safe(tree: object) -> object:
    """Return a part of the tree with all changes of this module."""
    match tree:
        case list():
            return [part for item in tree for part in _split_block(make_rst_safe(item))]
        case {"t": "Para" | "Plain" as kind, "c": list(inlines)}:
            return node(kind, _escape_markers(inlines))
        case {"t": "DefinitionList", "c": list(entries)}:
            return node(
                "DefinitionList", _join_terms([[_one_line(term), make_rst_safe(bodies)] for term, bodies in entries])
            )
        case {"t": "Header", "c": content}:
            return node("Header", _one_line(content))
        case {"t": "Figure" | "Table" as kind, "c": [about, caption, *content]}:
            return node(kind, about, _one_line(caption), *(make_rst_safe(part) for part in content))
        case {"t": str(kind), "c": content}:
            return node(kind, make_rst_safe(content))
        case _:
            return tree


def _split_block(tree: object) -> list[Any]:
    """Return the nodes that replace a block: its content, a container for its id, or one figure for each photo.

    The last photo of a figure gets the caption, so that it is below them all.
    """
    match tree:
        case {"t": "Div", "c": [["", *_], [*blocks]]}:
            return blocks
        case {"t": "Para" | "Plain", "c": [{"t": "Span", "c": [[str(anchor), *_], []]}, *inlines]} if anchor:
            return [node("Div", attr(anchor), [node("Para", _escape_markers(inlines))])]
        case {"t": "Para", "c": [{"t": "Image"}, *_] as images}:
            return _one_figure_each(images, [None, []])
        case {"t": "Figure", "c": [_, caption, [{"t": "Plain", "c": [*images]}]]}:
            return _one_figure_each(images, caption)
        case _:
            return [tree]


def _one_figure_each(images: list[Node], caption: object) -> list[Node]:
    *others, last = ([node("Plain", [image])] for image in images if image != SPACE)
    uncaptioned = [node("Figure", attr(), [None, []], photo) for photo in others]
    return [*uncaptioned, node("Figure", attr(), caption, last)]


def _escape_markers(inlines: list[Node]) -> list[Node]:
    match inlines:
        case [{"t": "Str", "c": str(word)}, *_] if _BLOCK_MARKER.fullmatch(word):
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


def _join_terms(entries: list[list[Any]]) -> list[list[Any]]:
    """Return the entries of a definition list with each term that has no description joined to the next term."""
    joined: list[list[Any]] = []
    above: list[Node] = []
    for term, bodies in entries:
        above = [*above, SPACE, *term] if above else term
        if bodies:
            joined.append([above, bodies])
            above = []
    return joined

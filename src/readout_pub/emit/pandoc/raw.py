"""Characters that pandoc's writers hand on as they are, though the format reads something else into them."""

from __future__ import annotations

import re

from readout_pub.emit.pandoc.nodes import Node, node


def markdown(tree: object) -> object:
    """Spell "&amp;" as "&amp;amp;": a page that shows "AT&amp;T" says just that, and Markdown would make it AT&T."""
    return _spelled(tree, "html", re.compile(r"(&)(?=#?\w+;)"), {"&": "&amp;"})


def latex(tree: object) -> object:
    """Spell straight quotes and backticks out: as they are, TeX would set them as curly quotes."""
    return _spelled(tree, "latex", re.compile('(["`])'), {'"': r"\textquotedbl{}", "`": r"\textasciigrave{}"})


def _spelled(tree: object, writer: str, pattern: re.Pattern[str], spellings: dict[str, str]) -> object:
    """Rebuild a part of the tree; in alternative texts nothing can be spelled out."""
    match tree:
        case {"t": "Image"} | {"t": "MetaString"}:
            return tree
        case {"t": str(kind), "c": content}:
            return node(kind, _spelled(content, writer, pattern, spellings))
        case list():
            return [part for item in tree for part in _pieces(item, writer, pattern, spellings)]
        case _:
            return tree


def _pieces(item: object, writer: str, pattern: re.Pattern[str], spellings: dict[str, str]) -> list[object]:
    match item:
        case {"t": "Str", "c": str(text)} if pattern.search(text):
            return [_piece(part, writer, spellings) for part in pattern.split(text) if part]
        case _:
            return [_spelled(item, writer, pattern, spellings)]


def _piece(part: str, writer: str, spellings: dict[str, str]) -> Node:
    return node("RawInline", writer, spellings[part]) if part in spellings else node("Str", part)

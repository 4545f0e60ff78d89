"""Characters that pandoc's writers hand on as they are, though the format reads something else into them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from readout_pub.emit.pandoc.nodes import LINE_BREAK, Node, node

_ENTITY = re.compile(r"(&)(?=#?\w+;)")
_QUOTE = re.compile('(["`])')

_OPENING = re.compile(r"(\d{1,9}(?=[.)]))?([.)]|[-+]+|=+)")
"""A first word that makes a list, a heading or a rule of its line; pandoc thinks of the first line only."""


def escape_markdown(tree: object) -> object:
    r"""Rebuild a part of the tree as Markdown needs it.

    "&amp;" becomes "&amp;amp;": a page that shows "AT&amp;T" says just that. After a line break "1." becomes "1\.".
    Fixed text gets fences, since in lists an indent means something else.
    """
    return _rebuilt(tree, _in_markdown)


def escape_latex(tree: object) -> object:
    """Spell straight quotes and backticks out: as they are, TeX would set them as curly quotes."""
    return _rebuilt(tree, _in_latex)


def _rebuilt(tree: object, spell: Callable[[list[object]], list[object]]) -> object:
    """Spell all siblings anew; in alternative texts nothing can be spelled out."""
    match tree:
        case {"t": "Image"} | {"t": "MetaString"}:
            return tree
        case {"t": str(kind), "c": content}:
            return node(kind, _rebuilt(content, spell))
        case list():
            return [_rebuilt(item, spell) for item in spell(tree)]
        case _:
            return tree


def _in_markdown(siblings: list[object]) -> list[object]:
    spelled: list[object] = []
    for before, item in pairwise((None, *siblings)):
        match item:
            case {"t": "Str", "c": str(word)} if before == LINE_BREAK and (opening := _OPENING.fullmatch(word)):
                spelled += [node("Str", opening[1] or ""), node("RawInline", "markdown", "\\"), node("Str", opening[2])]
            case {"t": "Str", "c": str(word)}:
                # As a tag, since in a table or figure of tags Markdown itself is left out.
                spelled += _pieces(word, _ENTITY, {"&": node("RawInline", "html", "&amp;")})
            case {"t": "CodeBlock", "c": [_, str(text)]}:
                spelled.append(node("CodeBlock", ["", ["text"], []], text))
            case _:
                spelled.append(item)
    return spelled


def _in_latex(siblings: list[object]) -> list[object]:
    spellings = {
        '"': node("RawInline", "latex", r"\textquotedbl{}"),
        "`": node("RawInline", "latex", r"\textasciigrave{}"),
    }
    spelled: list[object] = []
    for item in siblings:
        match item:
            case {"t": "Str", "c": str(word)}:
                spelled += _pieces(word, _QUOTE, spellings)
            case _:
                spelled.append(item)
    return spelled


def _pieces(word: str, pattern: re.Pattern[str], spellings: dict[str, Node]) -> list[Node]:
    """Split `word`; what the group of `pattern` matches stands between the other pieces."""
    pieces = enumerate(pattern.split(word))
    return [spellings[piece] if place % 2 else node("Str", piece) for place, piece in pieces if piece]

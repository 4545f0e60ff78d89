"""Escapes characters that pandoc's Markdown and LaTeX writers leave as they are, though the format interprets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from readout_pub.emit.pandoc.nodes import LINE_BREAK, Node, node

_ENTITY = re.compile(r"(&)(?=#?\w+;)")
_QUOTE = re.compile('(["`])')

_BLOCK_MARKER = re.compile(r"(\d{1,9}(?=[.)]))?([.)]|[-+]+|=+)")
"""First words that start a list, heading or rule in Markdown; pandoc escapes them on the first line only."""


def escape_markdown(tree: object) -> object:
    r"""Return a part of the tree with what Markdown would misread escaped.

    "&amp;" in the text becomes "&amp;amp;", or readers would see "&". After a line break, "1." becomes "1\.".
    Code blocks get fences, since inside lists indentation has another meaning.
    """
    return _map_siblings(tree, _escape_markdown_siblings)


def escape_latex(tree: object) -> object:
    """Return a part of the tree with straight quotes and backticks as commands: TeX would set curly quotes."""
    return _map_siblings(tree, _escape_latex_siblings)


def _map_siblings(tree: object, change: Callable[[list[object]], list[object]]) -> object:
    """Return `tree` with `change` applied to every list; alternative texts stay, since they cannot hold raw markup."""
    match tree:
        case {"t": "Image"} | {"t": "MetaString"}:
            return tree
        case {"t": str(kind), "c": content}:
            return node(kind, _map_siblings(content, change))
        case list():
            return [_map_siblings(item, change) for item in change(tree)]
        case _:
            return tree


def _escape_markdown_siblings(siblings: list[object]) -> list[object]:
    escaped: list[object] = []
    for before, item in pairwise((None, *siblings)):
        match item:
            case {"t": "Str", "c": str(word)} if before == LINE_BREAK and (marker := _BLOCK_MARKER.fullmatch(word)):
                escaped += [node("Str", marker[1] or ""), node("RawInline", "markdown", "\\"), node("Str", marker[2])]
            case {"t": "Str", "c": str(word)}:
                # As raw HTML: pandoc writes some tables and figures as HTML, and drops raw Markdown there.
                escaped += _replace_matches(word, _ENTITY, {"&": node("RawInline", "html", "&amp;")})
            case {"t": "CodeBlock", "c": [_, str(text)]}:
                escaped.append(node("CodeBlock", ["", ["text"], []], text))
            case _:
                escaped.append(item)
    return escaped


def _escape_latex_siblings(siblings: list[object]) -> list[object]:
    commands = {
        '"': node("RawInline", "latex", r"\textquotedbl{}"),
        "`": node("RawInline", "latex", r"\textasciigrave{}"),
    }
    escaped: list[object] = []
    for item in siblings:
        match item:
            case {"t": "Str", "c": str(word)}:
                escaped += _replace_matches(word, _QUOTE, commands)
            case _:
                escaped.append(item)
    return escaped


def _replace_matches(word: str, pattern: re.Pattern[str], replacements: dict[str, Node]) -> list[Node]:
    """Return `word` as nodes, with each match of the group in `pattern` replaced by its node."""
    pieces = enumerate(pattern.split(word))
    return [replacements[piece] if position % 2 else node("Str", piece) for position, piece in pieces if piece]

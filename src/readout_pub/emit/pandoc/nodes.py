"""Nodes of pandoc's syntax tree in its JSON form: `t` is the type, `c` the content (pandoc.org/filters.html)."""

from __future__ import annotations

import re
from typing import Any

Node = dict[str, object]

Tree = Any
"""A part of the syntax tree: a node, a list of parts, or a text or number."""

API_VERSION = [1, 23, 1]
"""The version of pandoc-types; pandoc 3 reads every version 1.23.x."""

SPACE: Node = {"t": "Space"}
LINE_BREAK: Node = {"t": "LineBreak"}

_BLANKS = re.compile(r"[ \t\n\r\f]+")


def node(kind: str, *content: object) -> Node:
    """Return a node of type `kind`; a single `content` is used as it is, several become a list."""
    return {"t": kind, "c": content[0] if len(content) == 1 else list(content)}


def attr(identifier: str | None = None, **values: str | None) -> list[object]:
    """Return pandoc's Attr: id, classes (none) and key-value pairs; `custom_style` is written custom-style."""
    pairs = [[name.replace("_", "-"), value] for name, value in values.items() if value is not None]
    return [identifier or "", [], pairs]


def text_nodes(text: str) -> list[Node]:
    """Return `text` as Str and Space nodes; no-break and ideographic spaces stay inside Str."""
    first, *others = _BLANKS.split(text)
    found = [node("Str", first)] if first else []
    for word in others:
        found.append(SPACE)
        if word:
            found.append(node("Str", word))
    return found


def node_text(tree: Tree) -> str:
    """Return the text of a part of the tree, without code, formulas and alternative texts."""
    match tree:
        case {"t": "Str", "c": str(text)}:
            return text
        case {"t": "Space" | "LineBreak"}:
            return " "
        case {"t": "Image"}:
            return ""
        case {"c": content}:
            return node_text(content)
        case list():
            return "".join(map(node_text, tree))
        case _:
            return ""


def on_one_line(nodes: list[Node]) -> list[Node]:
    """Return inline nodes with a space in place of each line break, also in nested ones."""
    return [_on_one_line(each) for each in nodes]


def _on_one_line(tree: Tree) -> Tree:
    match tree:
        case {"t": "LineBreak"}:
            return SPACE
        case {"t": kind, "c": content}:
            return node(kind, _on_one_line(content))
        case list():
            return [_on_one_line(part) for part in tree]
        case _:
            return tree


def joined_strings(nodes: list[Node]) -> list[Node]:
    """Return `nodes` with adjacent Str nodes joined: pandoc escapes a marker such as "01." only in a single node."""
    joined: list[Node] = []
    for each in nodes:
        match joined[-1:], each:
            case [{"t": "Str", "c": str(before)}], {"t": "Str", "c": str(after)}:
                joined[-1] = node("Str", before + after)
            case _:
                joined.append(each)
    return joined


def paragraph(inlines: list[Node]) -> Node:
    """Return a Para of `inlines`."""
    return node("Para", inlines)


def wrapped_in_div(blocks: list[Node], identifier: str | None = None, **values: str | None) -> list[Node]:
    """Return `blocks` in a Div with these attributes (see `attr`), or as they are if there are none."""
    div_attr = attr(identifier, **values)
    return [node("Div", div_attr, blocks)] if identifier or div_attr[2] else blocks


HEADING_COLUMN = "TableHeadingColumn"
"""The style of tables whose first column has row headers, until `docx_package.py` writes `w:tblLook`."""

DENSE_TABLE = "DenseTable"
"""The style of tables in small type, with HEADING_COLUMN appended if their first column has row headers. In ODT, it is
the style of the section around such a table.
"""

LABEL_STYLE = "Label"
"""The character style of labels such as "(1)" in DOCX and ODT."""


def label_node(label: str) -> Node:
    """Return `label` in its character style."""
    return node("Span", attr(custom_style=LABEL_STYLE), text_nodes(label))


def starts_with_label(blocks: Tree) -> bool:
    """Return whether the first paragraph of `blocks` starts with a label, or with a link target and a label."""
    match blocks:
        case [{"t": "Para" | "Plain", "c": [{"t": "Span", "c": [[_, _, [["custom-style", style]]], _]}, *_]}, *_]:
            return bool(style == LABEL_STYLE)
        case [{"t": "Para" | "Plain" as kind, "c": [{"t": "Span", "c": [[_, _, []], []]}, *inlines]}, *_]:
            return starts_with_label([node(kind, inlines)])
        case [{"t": "Div", "c": [_, inner]}, *_]:
            return starts_with_label(inner)
        case _:
            return False


def with_anchor(blocks: list[Node], identifier: str | None) -> list[Node]:
    """Return `blocks` with `identifier` at their start, as a target of links.

    The id is on an empty Span in the first paragraph: pandoc drops the id of a Div in ODT lists, and writes a Div as
    five lines of Markdown. Other blocks, such as a table, are wrapped in a Div.
    """
    if identifier is None:
        return blocks
    return with_prefix(blocks, [node("Span", attr(identifier), [])]) or wrapped_in_div(blocks, identifier)


def with_prefix(blocks: list[Node], inlines: list[Node]) -> list[Node]:
    """Return `blocks` with `inlines` at the start of their first paragraph; [] if another block is first."""
    match blocks:
        case [{"t": "Para" | "Plain" as kind, "c": [*content]}, *others]:
            return [node(str(kind), [*inlines, *content]), *others]
        case [{"t": "Div", "c": [about, list(inner)]}, *others] if prefixed := with_prefix(inner, inlines):
            return [node("Div", about, prefixed), *others]
        case [{"t": "BlockQuote", "c": list(inner)}, *others] if prefixed := with_prefix(inner, inlines):
            return [node("BlockQuote", prefixed), *others]
        case _:
            return []


def code_as_lines(tree: Tree) -> Tree:
    """Return a part of a table with its code blocks as lines of inline code, in which characters can be escaped.

    In a cell that spans columns, docutils reads a "|" in the code as a border, and would execute a directive after it.
    LaTeX allows no verbatim text there.
    """
    match tree:
        case {"t": "CodeBlock", "c": [_, str(code)]}:
            return node("Para", [part for line in code.split("\n") for part in (*_line_of_code(line), LINE_BREAK)][:-1])
        case list():
            return [code_as_lines(part) for part in tree]
        case {"t": kind, "c": content}:
            return node(kind, code_as_lines(content))
        case _:
            return tree


def formulas_in_line(tree: Tree) -> Tree:
    """Return `tree` with inline formulas in place of displayed ones, which would end a caption in pandoc's ODT."""
    match tree:
        case {"t": "Math", "c": [_, formula]}:
            return node("Math", {"t": "InlineMath"}, formula)
        case {"t": kind, "c": content}:
            return {"t": kind, "c": formulas_in_line(content)}
        case list():
            return [formulas_in_line(each) for each in tree]
        case _:
            return tree


def _line_of_code(line: str) -> list[Node]:
    code = line.strip()
    indent = "\u00a0" * (len(line) - len(line.lstrip()))
    return [*([node("Str", indent)] if indent else []), *([node("Code", attr(), code)] if code else [])]

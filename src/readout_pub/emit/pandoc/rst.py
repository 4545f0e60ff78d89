r"""Changes the syntax tree where pandoc's reStructuredText writer would lose text, change it or turn it into markup.

content         without the change                                                   with the change
1. text         a list; other first words start a comment, field, target or table    \ 1. text
as follows::    the next block becomes a literal block; `::` also makes directives   as follows:\:
javascript:x    a link to a script                                                   javascript\:x
x`y`            a role or reference: pandoc escapes only at the ends of words        x\`y\`
~~x~~           "[STRIKEOUT:x]", or x alone within bold text and links               ~~x~~
two photos      one figure, which keeps one photo or loses its caption               a figure for each
two terms       a term without a description is not valid                            joined by a space
a line break    headings, captions and terms must be one line                        a space
an anchor       dropped                                                              a container
a language      a container, which must not contain headings                         left out
bold code       markup cannot be nested, so docutils reads the code as text          text
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from readout_pub.emit.pandoc.nodes import LINE_BREAK, SPACE, Node, Tree, attr, code_as_lines, node, text_nodes
from readout_pub.model import SAFE_SCHEMES, STRUCK_MARK

_BLOCK_MARKER = re.compile(
    r"""(?: \(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|\#)[.)]   # a list
          | [•‣⁃]
          | [!-/:-@[-`{-~]+                              # a bullet, comment, target, transition, border of a table
        ) (?:\s|$)
      | :\S                                              # a field
      | ---?(?!-)|—                                      # the source of a quotation
    """,
    re.VERBOSE,
)
"""Beginnings of paragraphs that start another block. "-5 degrees" is none: only an indented next line would make it an
option list.
"""

_MARKUP_START = re.compile(r"(?=[*`|\\])|(?<=\W)(?=_)|(?<=_)(?=\W)")
"""Where texts are split: pandoc escapes these characters only at the ends of a text, but docutils reads all of them."""

_COLON = re.compile(
    rf"(?:(?<=:)|(?<![A-Za-z0-9])(?!(?:{'|'.join(sorted(SAFE_SCHEMES))}):)\d*[A-Za-z][A-Za-z0-9]*(?=:[^\s:])):",
    re.IGNORECASE,
)
"""The second of two colons, and the colon after a scheme that is not in `SAFE_SCHEMES`, such as "javascript"."""


_CODE_MARKUP = re.compile(r"[`\\|]|(?<=:):")
"""Characters that could end inline code or a cell of a table, but that pandoc does not escape there."""


def make_rst_safe(tree: Tree) -> Tree:
    """Return a part of the tree with all changes of this module."""
    return _safe(_without_nested_code(tree, is_nested=False))


def _without_nested_code(tree: Tree, *, is_nested: bool) -> Tree:
    """Return `tree` with inline code as text inside links, emphasis, bold, superscripts and subscripts."""
    match tree:
        case list():
            return [part for item in tree for part in _code_as_text(item, is_nested=is_nested)]
        case {"t": str(kind), "c": content}:
            return node(kind, _without_nested_code(content, is_nested=is_nested or kind in _MARKUP))
        case _:
            return tree


_MARKUP = frozenset({"Emph", "Link", "Strong", "Subscript", "Superscript"})
"""Inline nodes with markup, in which no other markup can be."""


def _code_as_text(item: Tree, *, is_nested: bool) -> list[Tree]:
    match item:
        case {"t": "Code", "c": [_, str(code)]} if is_nested:
            return [*text_nodes(code)]
        case _:
            return [_without_nested_code(item, is_nested=is_nested)]


def _safe(tree: Tree) -> Tree:
    match tree:
        case list():
            return _safe_siblings(tree)
        case {"t": "Para" | "Plain" as kind, "c": list(inlines)}:
            return node(kind, _line(inlines))
        case {"t": "DefinitionList", "c": list(entries)}:
            terms = [[_line(_without_classifiers(_one_line(term))), _safe(bodies)] for term, bodies in entries]
            return node("DefinitionList", _join_terms(terms))
        case {"t": "Header", "c": [level, about, inlines]}:
            return node("Header", level, about, _line(_one_line(inlines)))
        case {"t": "Figure", "c": [about, caption, content]}:
            return node("Figure", about, _safe(_one_line(caption)), _safe(content))
        case {"t": "Table", "c": [about, caption, columns, *content]}:
            rows = code_as_lines(content)
            widths = columns if _fits_simple_table(rows) else _equal_widths(columns)
            return node("Table", about, _safe(_one_line(caption)), widths, *_safe(rows))
        case {"t": "Image", "c": [about, alt, target]}:
            # Pandoc would escape the text, but docutils reads no escapes in the options of a directive.
            return node("Image", about, [_raw(_plain(alt))] if alt else [], target)
        case {"t": "Code", "c": [_, str(code)]}:
            return _code(code)
        case {"t": str(kind), "c": content}:
            return node(kind, _safe(content))
        case _:
            return tree


def _safe_siblings(siblings: list[Tree]) -> list[Tree]:
    return [part for item in _merge_texts(siblings) for part in _split(_safe(item))]


def _raw(rst: str) -> Node:
    return node("RawInline", "rst", rst)


def _plain(inlines: list[Node]) -> str:
    return "".join(" " if part == SPACE else str(part["c"]) for part in inlines)


def _code(code: str) -> Node:
    """Return inline code, as a role with escapes if its characters could end it.

    A tab becomes spaces: docutils expands it, and the longer line breaks the borders of its table.
    """
    code = code.strip().expandtabs(4)
    if not _CODE_MARKUP.search(code):
        return node("Code", attr(), code)
    return _raw("\\ :literal:`" + _CODE_MARKUP.sub(r"\\\g<0>", code) + "`\\ ")


def _fits_simple_table(rows: Tree) -> bool:
    """Return whether each cell is one line: pandoc's simple tables lose the structure of other cells."""
    match rows:
        case [_, {"t": "AlignDefault"}, int(rowspan), int(colspan), list(blocks)]:
            lines = [block for block in blocks if block["t"] == "Plain" and LINE_BREAK not in block["c"]]
            return rowspan == colspan == 1 and len(lines) == len(blocks) <= 1
        case list():
            return all(map(_fits_simple_table, rows))
        case _:
            return True


def _equal_widths(columns: list[Tree]) -> list[Tree]:
    return [[align, node("ColWidth", 1 / len(columns))] for align, _ in columns]


def _line(inlines: list[Tree]) -> list[Tree]:
    """Return the content of a paragraph, heading or term, after an escape if it would start another block."""
    match _merge_texts(inlines):
        case [{"t": "Space"}, *others]:
            return _line(others)
        case [{"t": "Span"} as anchor, *others]:
            return [anchor, *_line(others)]
        case [{"t": "Str", "c": str(word)}, *others] if _BLOCK_MARKER.match(word):
            return [_raw("\\ "), *_safe_siblings([node("Str", word), *others])]
        case merged:
            return _safe_siblings(merged)


def _merge_texts(siblings: list[Tree]) -> list[Tree]:
    """Return `siblings` with adjacent texts joined, also those in spans and struck text, which the format lacks.

    Struck text gets marks, as in plain text.
    """
    merged: list[Tree] = []
    for item in siblings:
        match item:
            case {"t": "Span", "c": [["", *_], [*inner]]}:
                parts = _merge_texts(inner)
            case {"t": "Strikeout", "c": [*inner]}:
                parts = [node("Str", STRUCK_MARK), *_merge_texts(inner), node("Str", STRUCK_MARK)]
            case _:
                parts = [item]
        for part in parts:
            match merged, part:
                case [*_, {"t": "Str", "c": str(before)}], {"t": "Str", "c": str(word)}:
                    merged[-1] = node("Str", before + word)
                case _:
                    merged.append(part)
    return merged


def _split(tree: Tree) -> list[Tree]:
    """Return the nodes that replace `tree`: one text becomes several, in which all markup is escaped.

    A container without an id becomes its content, and a paragraph with an anchor gets a container for the id. Of
    several photos, each gets a figure; the last one has the caption, which is then below all photos.
    """
    match tree:
        case {"t": "Str", "c": str(word)}:
            return list(_escaped_text(word))
        case {"t": "Div", "c": [["", *_], [*blocks]]}:
            return blocks
        case {"t": "Para" | "Plain", "c": [{"t": "Span", "c": [[str(anchor), *_], []]}, *inlines]} if anchor:
            return [node("Div", attr(anchor), [node("Para", inlines)])]
        case {"t": "Para", "c": [{"t": "Image"}, *_] as images}:
            return _one_figure_each(images, [None, []])
        case {"t": "Figure", "c": [_, caption, [{"t": "Plain", "c": [*images]}]]}:
            return _one_figure_each(images, caption)
        case _:
            return [tree]


def _escaped_text(word: str) -> Iterator[Node]:
    end = 0
    for colon in _COLON.finditer(word):
        yield from _split_text(word[end : colon.end() - 1])
        yield _raw("\\:")
        end = colon.end()
    yield from _split_text(word[end:])


def _split_text(word: str) -> Iterator[Node]:
    return (node("Str", part) for part in _MARKUP_START.split(word) if part)


def _one_figure_each(images: list[Node], caption: object) -> list[Node]:
    *others, last = ([node("Plain", [image])] for image in images if image != SPACE)
    uncaptioned = [node("Figure", attr(), [None, []], photo) for photo in others]
    return [*uncaptioned, node("Figure", attr(), caption, last)]


def _one_line(tree: Tree) -> Tree:
    if isinstance(tree, list):
        return [_one_line(part) for part in tree]
    if tree == LINE_BREAK:
        return SPACE
    return {name: _one_line(part) for name, part in tree.items()} if isinstance(tree, dict) else tree


def _without_classifiers(term: list[Node]) -> list[Node]:
    """Return a term in which each colon between two spaces is escaped: docutils reads a classifier after it."""
    return [_without_classifier(part) for part in term]


def _without_classifier(part: Node) -> Node:
    match part:
        case {"t": "Str", "c": ":"}:
            return _raw("\\:")
        case {"t": "Span", "c": [about, list(inlines)]}:  # written without markup of its own
            return node("Span", about, _without_classifiers(inlines))
        case _:
            return part


def _join_terms(entries: list[list[Tree]]) -> list[list[Tree]]:
    """Return the entries of a definition list; a term without a description is joined to the next term."""
    joined: list[list[Tree]] = []
    above: list[Node] = []
    for term, bodies in entries:
        above = [*above, SPACE, *term] if above else term
        if bodies:
            joined.append([above, bodies])
            above = []
    return joined


_PLACEHOLDERS = 0xF0000
"""The difference between a character and its placeholder: placeholders are in the planes for private use."""


def with_placeholders(text: bytes) -> bytes:
    """Return UTF-8 text with a placeholder for each character that takes a column only in docutils.

    These are vowel signs of Thai and Hindi, joiners of Persian and the like. Without placeholders, columns would be too
    narrow, and docutils would show the whole table as an error.
    """
    return text.decode().translate(_placeholders()).encode()


def without_placeholders(text: bytes) -> bytes:
    """Return UTF-8 text with each placeholder replaced by its character."""
    return text.decode().translate({placeholder: point for point, placeholder in _placeholders().items()}).encode()


@cache
def _placeholders() -> dict[int, int]:
    """Return code point → placeholder, for characters to which `docutils.utils.column_width` gives a column."""
    return {
        point: _PLACEHOLDERS + point
        for point in range(0x80, 0x20000)
        if unicodedata.category(chr(point)) in {"Mn", "Me", "Cf"} and not unicodedata.combining(chr(point))
    }

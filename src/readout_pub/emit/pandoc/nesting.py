"""Replaces what pandoc's writers drop inside other blocks by what they write there."""

from __future__ import annotations

import re
from collections.abc import Callable

from readout_pub.emit.pandoc.nodes import SPACE, Tree, attr, node, node_text, paragraph, text_nodes

_LISTS = frozenset({"BulletList", "OrderedList", "DefinitionList"})
_QUOTATIONS = frozenset({"BlockQuote"})
_TABLES = frozenset({"Table"})


def tables_at_top_level(tree: Tree) -> Tree:
    """Return `tree` with each table inside a list, a quotation or a table as its caption and a list of its rows."""
    return _replaced(tree, _table_as_list, _LISTS | _QUOTATIONS | _TABLES)


def tables_outside_tables(tree: Tree) -> Tree:
    """Return `tree` with each table inside another as its caption and a list of its rows."""
    return _replaced(tree, _table_as_list, _TABLES)


def quotations_at_top_level(tree: Tree) -> Tree:
    """Return `tree` with each quotation inside a list or a table as its blocks."""
    return _replaced(tree, _unquoted, _LISTS | _TABLES)


def headings_at_top_level(tree: Tree) -> Tree:
    """Return `tree` with each heading inside a list, a quotation or a table as a bold paragraph."""
    return _replaced(tree, _heading_as_paragraph, _LISTS | _QUOTATIONS | _TABLES)


def words_outside_links(tree: Tree) -> Tree:
    """Return `tree` with the words of links and photos inside a table beside them."""
    return _replaced(tree, _words_beside, _TABLES)


def org_attributes_outside_tables(tree: Tree) -> Tree:
    """Return `tree` with the alternative text of each photo inside a table in brackets after it.

    In Org, a line of attributes cannot stand in a cell, where it would be text.
    """
    return _replaced(tree, _org_photo_in_cell, _TABLES)


def _replaced(
    tree: Tree, replace: Callable[[Tree], list[Tree]], around: frozenset[str], *, is_inside: bool = False
) -> Tree:
    """Return `tree` with `replace` applied to each part inside a block of one of the types `around`."""
    match tree:
        case {"t": str(kind), "c": content}:
            return node(kind, _replaced(content, replace, around, is_inside=is_inside or kind in around))
        case list():
            parts = [made for item in tree for made in replace(item)] if is_inside else tree
            return [_replaced(part, replace, around, is_inside=is_inside) for part in parts]
        case _:
            return tree


def _table_as_list(item: Tree) -> list[Tree]:
    """Return the caption of a table and the list of its rows; anything else alone."""
    match item:
        case {"t": "Table", "c": [_, [_, caption], _, [_, head], [[_, _, _, body]], _]}:
            rows = [[block for *_, content in cells for block in content] for _, cells in (*head, *body)]
            return [*caption, node("BulletList", [row for row in rows if row])]
        case _:
            return [item]


def _unquoted(item: Tree) -> list[Tree]:
    """Return the blocks of a quotation and of those in it; anything else alone."""
    match item:
        case {"t": "BlockQuote", "c": list(blocks)}:
            return [made for block in blocks for made in _unquoted(block)]
        case _:
            return [item]


_ORG_PHOTO = re.compile(r"#\+attr_html: :alt (?P<alt>[^\n]*)\n(?P<link>\[\[file:[^\n]*)\n\n")


def _org_photo_in_cell(item: Tree) -> list[Tree]:
    """Return a photo in Org as its link and its alternative text; anything else alone."""
    match item:
        case {"t": "RawInline", "c": ["org", str(markup)]} if photo := _ORG_PHOTO.fullmatch(markup):
            return [node("RawInline", "org", photo["link"]), SPACE, *text_nodes(f"[{photo['alt']}]")]
        case _:
            return [item]


def _heading_as_paragraph(item: Tree) -> list[Tree]:
    """Return a heading as a bold paragraph with its id; anything else alone."""
    match item:
        case {"t": "Header", "c": [_, [identifier, *_], inlines]}:
            bold = node("Strong", inlines)
            return [paragraph([node("Span", attr(identifier), [bold]) if identifier else bold])]
        case _:
            return [item]


def _words_beside(item: Tree) -> list[Tree]:
    """Return the words of a link and the link, or a photo and its alternative text; anything else alone."""
    match item:
        case {"t": "Link", "c": [_, inlines, [address, _]]} if node_text(inlines) != address:
            return [*inlines, SPACE, item]
        case {"t": "Image", "c": [_, [_, *_] as alt, _]}:
            return [item, SPACE, node("Str", "["), *alt, node("Str", "]")]
        case _:
            return [item]

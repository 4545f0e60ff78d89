"""Trims, shortens and splits inlines while keeping their markup."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from readout_pub.model.inline import Code, Formula, Inline, Inlines, LineBreak, Ruby
from readout_pub.model.walk import plain_text

EDGE_WHITESPACE = " \t\n\r\f\u00a0\u3000"
"""White space at the ends of a paragraph, including the ideographic space that indents a Japanese paragraph."""


def trim(nodes: Inlines) -> Inlines:
    """Return `nodes` without white space and line breaks at both ends, inside nested inlines too."""
    return _trim_end(trim_start(nodes))


def trim_start(nodes: Inlines) -> Inlines:
    """Return `nodes` without white space and line breaks at the start."""
    for index, node in enumerate(nodes):
        first = _trim_node(node, trim_start, str.lstrip)
        if first is not None:
            return nodes if index == 0 and first is node else (first, *nodes[index + 1 :])
    return ()


def _trim_end(nodes: Inlines) -> Inlines:
    for index in reversed(range(len(nodes))):
        last = _trim_node(nodes[index], _trim_end, str.rstrip)
        if last is not None:
            return nodes if index + 1 == len(nodes) and last is nodes[index] else (*nodes[:index], last)
    return ()


def _trim_node(node: Inline, within: Callable[[Inlines], Inlines], strip: Callable[[str, str], str]) -> Inline | None:
    """Return `node` trimmed, None if nothing is left of it."""
    match node:
        case str():
            return strip(node, EDGE_WHITESPACE) or None
        case LineBreak():
            return None
        case Code() | Ruby() | Formula():
            return node
        case _:
            children = within(node.children)
            return msgspec.structs.replace(node, children=children) if children else None


def drop_start(nodes: Inlines, count: int) -> Inlines:
    """Return `nodes` without the first `count` characters of their plain text, and without white space after them.

    A formula is not divided: it stays if `count` ends within it.
    """
    return trim_start(_drop_characters(nodes, count))


def _drop_characters(nodes: Inlines, count: int) -> Inlines:
    """Return `nodes` without the first `count` characters of their plain text."""
    for index, first in enumerate(nodes if count > 0 else ()):
        size = len(plain_text((first,)))
        if size <= count:
            count -= size
            if count == 0:
                return nodes[index + 1 :]
            continue
        rest = nodes[index + 1 :]
        match first:
            case str():
                return (first[count:], *rest)
            case Code(text):
                return (Code(text[count:]), *rest)
            case Ruby(base, reading):
                return (Ruby(trim_start(_drop_characters(base, count)), reading), *rest)
            case LineBreak() | Formula():
                return nodes[index:]
            case _:
                return (msgspec.structs.replace(first, children=_drop_characters(first.children, count)), *rest)
    return () if count > 0 else nodes


def split_lines(nodes: Inlines) -> tuple[Inlines, ...]:
    """Return `nodes` split at line breaks, inside nested inlines too: an emphasis over two lines becomes two emphases.

    Two line breaks in a row give an empty line.
    """
    found: list[list[Inline]] = [[]]
    for node in nodes:
        if isinstance(node, LineBreak):
            found.append([])
        elif isinstance(node, str | Code | Ruby | Formula):
            found[-1].append(node)
        else:
            first, *others = split_lines(node.children)
            parts = [msgspec.structs.replace(node, children=part) if part else None for part in (first, *others)]
            found[-1] += [part for part in parts[:1] if part is not None]
            found += [[part] if part is not None else [] for part in parts[1:]]
    return tuple(tuple(line) for line in found)

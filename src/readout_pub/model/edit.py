"""Inlines shortened and split, without a word lost: ends trimmed, a start cut off, lines told apart."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from readout_pub.model.inline import Code, Inline, Inlines, LineBreak, Ruby
from readout_pub.model.walk import plain

EDGE = " \t\n\r\f\u00a0\u3000"
"""White space at the ends of a paragraph, the ideographic space of an indented first line included."""


def trim(nodes: Inlines) -> Inlines:
    """Strip white space and line breaks from both ends, however deep in elements they stand."""
    return _trim_end(trim_start(nodes))


def trim_start(nodes: Inlines) -> Inlines:
    """Strip white space and line breaks from the start."""
    while nodes:
        first, rest = _trimmed(nodes[0], trim_start, str.lstrip), nodes[1:]
        if first is not None:
            return (first, *rest)
        nodes = rest
    return nodes


def _trim_end(nodes: Inlines) -> Inlines:
    while nodes:
        last, rest = _trimmed(nodes[-1], _trim_end, str.rstrip), nodes[:-1]
        if last is not None:
            return (*rest, last)
        nodes = rest
    return nodes


def _trimmed(node: Inline, within: Callable[[Inlines], Inlines], strip: Callable[[str, str], str]) -> Inline | None:
    match node:
        case str():
            return strip(node, EDGE) or None
        case LineBreak():
            return None
        case Code() | Ruby():
            return node
        case _:
            children = within(node.children)
            return msgspec.structs.replace(node, children=children) if children else None


def drop_start(nodes: Inlines, count: int) -> Inlines:
    """Cut the first `count` characters of the plain text off, and the white space after them."""
    return trim_start(_dropped(nodes, count))


def _dropped(nodes: Inlines, count: int) -> Inlines:
    while nodes and count > 0:
        first, rest = nodes[0], nodes[1:]
        size = len(plain((first,)))
        if size <= count:
            nodes, count = rest, count - size
            continue
        match first:
            case str():
                return (first[count:], *rest)
            case Code(text):
                return (Code(text[count:]), *rest)
            case Ruby(base, reading):
                return (Ruby(trim_start(_dropped(base, count)), reading), *rest)
            case LineBreak():
                return nodes
            case _:
                return (msgspec.structs.replace(first, children=_dropped(first.children, count)), *rest)
    return nodes


def lines(nodes: Inlines) -> tuple[Inlines, ...]:
    """Split at line breaks, those inside elements included; an element that spans lines is continued on each.

    Empty lines stay, so that two breaks in a row can be told from one.
    """
    found: list[list[Inline]] = [[]]
    for node in nodes:
        if isinstance(node, LineBreak):
            found.append([])
        elif isinstance(node, str | Code | Ruby):
            found[-1].append(node)
        else:
            first, *others = lines(node.children)
            parts = [msgspec.structs.replace(node, children=part) if part else None for part in (first, *others)]
            found[-1] += [part for part in parts[:1] if part is not None]
            found += [[part] if part is not None else [] for part in parts[1:]]
    return tuple(tuple(line) for line in found)

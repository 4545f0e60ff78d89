"""Inlines shortened and split, without a word lost: ends trimmed, a start cut off, lines told apart."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from readout_pub.model.inline import Code, Inline, Inlines, LineBreak, Ruby
from readout_pub.model.walk import plain

EDGE_WHITESPACE = " \t\n\r\f\u00a0\u3000"
"""White space at the ends of a paragraph, the ideographic space of an indented first line included."""


def trim(nodes: Inlines) -> Inlines:
    """Strip white space and line breaks from both ends, however deep in elements they stand."""
    return _trim_end(trim_start(nodes))


def trim_start(nodes: Inlines) -> Inlines:
    """Strip white space and line breaks from the start."""
    for place, node in enumerate(nodes):
        first = _trimmed(node, trim_start, str.lstrip)
        if first is not None:
            return nodes if place == 0 and first is node else (first, *nodes[place + 1 :])
    return ()


def _trim_end(nodes: Inlines) -> Inlines:
    for place in reversed(range(len(nodes))):
        last = _trimmed(nodes[place], _trim_end, str.rstrip)
        if last is not None:
            return nodes if place + 1 == len(nodes) and last is nodes[place] else (*nodes[:place], last)
    return ()


def _trimmed(node: Inline, within: Callable[[Inlines], Inlines], strip: Callable[[str, str], str]) -> Inline | None:
    match node:
        case str():
            return strip(node, EDGE_WHITESPACE) or None
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
    for place, first in enumerate(nodes if count > 0 else ()):
        size = len(plain((first,)))
        if size <= count:
            count -= size
            if count == 0:
                return nodes[place + 1 :]
            continue
        rest = nodes[place + 1 :]
        match first:
            case str():
                return (first[count:], *rest)
            case Code(text):
                return (Code(text[count:]), *rest)
            case Ruby(base, reading):
                return (Ruby(trim_start(_dropped(base, count)), reading), *rest)
            case LineBreak():
                return nodes[place:]
            case _:
                return (msgspec.structs.replace(first, children=_dropped(first.children, count)), *rest)
    return () if count > 0 else nodes


def split_lines(nodes: Inlines) -> tuple[Inlines, ...]:
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
            first, *others = split_lines(node.children)
            parts = [msgspec.structs.replace(node, children=part) if part else None for part in (first, *others)]
            found[-1] += [part for part in parts[:1] if part is not None]
            found += [[part] if part is not None else [] for part in parts[1:]]
    return tuple(tuple(line) for line in found)

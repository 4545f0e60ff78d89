"""Finds text that the page strikes out by an element around blocks, or by an inline style.

Inlines are read from `s`, `del` and `strike` within a line (see `inlines.py`). In any other struck element, each run of
inline content is put into an `s` element of its own.
"""

from __future__ import annotations

from itertools import groupby

from bs4 import Tag
from bs4.element import PageElement

from readout_pub.extract.inline_styles import strikes_out
from readout_pub.html_elements import BLOCKS

_STRUCK = frozenset({"s", "del", "strike"})
_BLOCKS = sorted(BLOCKS)  # bs4 takes a list


def mark_struck_text(root: Tag) -> None:
    """Put each struck line below `root` that is not yet in an `s`, `del` or `strike` into an `s` element."""
    for element in root.find_all(_is_struck):
        is_within_line = element.name in _STRUCK and not _holds_block(element)
        if not is_within_line and not any(map(_is_struck, element.parents)):
            _mark_lines(element)


def _is_struck(tag: Tag) -> bool:
    return tag.name in _STRUCK or strikes_out(str(tag.get("style") or ""))


def _mark_lines(element: Tag) -> None:
    """Put each run of inline content in `element` into an `s` element."""
    waiting = [element]
    while waiting:
        for is_block, nodes in groupby(list(waiting.pop().children), _holds_block):
            run = list(nodes)
            if is_block:
                waiting += [node for node in run if isinstance(node, Tag)]
            elif any(node.get_text(strip=True) for node in run):
                run[0].insert_before(line := Tag(name="s"))
                line.extend(run)


def _holds_block(node: PageElement) -> bool:
    """Return whether `node` is a block element or has one inside."""
    return isinstance(node, Tag) and (node.name in BLOCKS or node.find(_BLOCKS) is not None)

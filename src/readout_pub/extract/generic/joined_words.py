"""Puts a space between neighbouring elements whose words only a style separates.

As in "<span>Disaster response</span><span>Help for families</span>", where each `span` is shown as a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from readout_pub.extract.generic.text_blocks import Line, TextNode, text_of_node
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_JOINED = re.compile(r"[a-zß-öø-ÿα-ωа-яё0-9.!?)][A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ]")
"""The end of a word or sentence right before a capital. A capital within a word is rare."""
_INLINE = frozenset("a b cite em i label small span strong time".split())


def separate_joined_words(lines: Iterable[Line]) -> None:
    """Put a space between two inline elements of a line if they are links, or one has a class and one several words.

    Without text of their own between them, they are hardly parts of one word, such as a large first letter.
    """
    for line in lines:
        if len(line.text_nodes) > 1 and _JOINED.search(line.text) and line.box.element.tag != "pre":
            for node, below in pairwise(line.text_nodes):
                if _JOINED.fullmatch(f"{text_of_node(node)[-1:]}{text_of_node(below)[:1]}"):
                    _separate(node, below)


def _separate(node: TextNode, below: TextNode) -> None:
    (left, is_tail), (right, is_tail_below) = node, below
    last: LxmlElement | None = left
    while last is not None and last.tag in _INLINE and last.getnext() is None:
        last = last.getparent()
    beside = last.getnext() if last is not None else None
    while beside is not None and beside.tag in _INLINE and beside is not right and not text_of_element(beside):
        beside = beside.getnext()  # an icon
    if is_tail or is_tail_below or last is None or beside is None or not {last.tag, beside.tag} <= _INLINE:
        return
    has_several_words = any(" " in text_of_node(each).strip() for each in (node, below))
    has_class = bool(last.get("class") or beside.get("class"))
    is_first = beside is right or beside in right.iterancestors()
    if is_first and (last.tag == beside.tag == "a" or (has_several_words and has_class)):
        last.tail = " "

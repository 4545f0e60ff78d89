"""Puts a space between neighbouring elements whose words only a style separates.

As in "<span>Disaster response</span><span>Help for families</span>", where each `span` is shown as a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from readout_pub.extract.generic.text_blocks import Line, TextNode, text_of_node
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_JOINED = re.compile(r"[a-zß-öø-ÿα-ωа-яё0-9.!?)][A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ]|[0-9%+][^\W\d_]")
"""The end of a word or sentence right before a capital, or of a number before a letter."""
_NUMBER, _MIN_UNIT = re.compile(r"[^\w\s]?\d[\d.,\s]{0,15}[%+]?"), 4
"""A number, and how many letters the word below it has at least: "rd" or "km" may belong to the number."""
_INLINE = frozenset("a b cite em i label small span strong time".split())


def separate_joined_words(lines: Iterable[Line]) -> None:
    """Put a space between two inline elements of a line if they are links, or have a class and hardly form one word.

    One has several words, or the first is a number. Without text of their own between them, elements may still be parts
    of one word, such as a large first letter.
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
    text, following = text_of_node(node).strip(), text_of_node(below).strip()
    if _NUMBER.fullmatch(text):
        are_apart = not text[-1].isdigit() or len(following.split()[0]) >= _MIN_UNIT
    else:
        are_apart = " " in f"{text}{following}" and not following[0].islower()
    has_class = bool(last.get("class") or beside.get("class"))
    is_first = beside is right or beside in right.iterancestors()
    if is_first and (last.tag == beside.tag == "a" or (are_apart and has_class)):
        last.tail = " "

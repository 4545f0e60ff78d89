"""Puts a space between neighbouring elements whose words only a style separates.

As in "<span>Disaster response</span><span>Help for families</span>", where each `span` is shown as a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from readout_pub.extract.generic.text_blocks import Line, TextNode, text_of_node
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_JOINED = re.compile(
    r"[a-zß-öø-ÿα-ωа-яё0-9.!?)][A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ]"
    r"|[0-9%+][^\W\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)
"""The end of a word or sentence right before a capital, or of a number before a letter.

Scripts that write numbers and units together are left out, such as 2031年."""
_NUMBER, _MIN_UNIT = re.compile(r"[^\w\s]?\d[\d.,\s]{0,15}[%+]?"), 4
"""A number, and how many letters the word below it has at least: "rd" or "km" may belong to the number."""
_PARTS_OF_WORD = re.compile(
    r"(?:^|[\s.(\[/\"'“„«‘’-])(?:[^\W\d_]\.?|Ma?c|Ph\.)\n"  # as in "the new i|Phone" and "the U.|S. coast"
    r"|\d\n[^\W\d_]{1,2}(?![^\W_])|\n[^\W\d_]\."  # as in "5|G networks" and "a Ph.|D. of"
)
"""The end of a text and, below it, the beginning of the next one, if both may be parts of one word."""
_RUN = re.compile(r"(?:^|\s)(?:[cst]\d{1,4}|\w{0,20}TextRun|SpellE|GramE|Mso\w{1,40})(?=\s|$)", re.IGNORECASE)
"""Classes of runs, the parts of equal style of a paragraph of a word processor. A run may begin within a word."""
_INLINE = frozenset("a b cite em i label small span strong time".split())


def separate_joined_words(lines: Iterable[Line]) -> None:
    """Put a space between two inline elements of a line if they are links, or have a class and hardly form one word.

    One has several words, or the first is a number. Without text of their own between them, elements may still be parts
    of one word, such as a large first letter.
    """
    for line in lines:
        if len(line.text_nodes) > 1 and _JOINED.search(line.text) and line.box.element.tag != "pre":
            for node, below in pairwise(line.text_nodes):
                left, right = text_of_node(node), text_of_node(below)
                is_joined = _JOINED.fullmatch(f"{left[-1:]}{right[:1]}") is not None
                if is_joined and not _PARTS_OF_WORD.search(f"{left[-6:]}\n{right[:4]}"):
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
    classes = [last.get("class") or "", beside.get("class") or ""]
    has_class = any(classes) and not any(map(_RUN.search, classes))
    is_first = beside is right or beside in right.iterancestors()
    if is_first and (last.tag == beside.tag == "a" or (are_apart and has_class)):
        last.tail = " "

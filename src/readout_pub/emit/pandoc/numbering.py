"""Labels that a word processor would count by itself: "3.", "4.", "5." is a list that starts at 3."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from readout_pub.emit.pandoc.nodes import Node
from readout_pub.numerals import MAX_ROMAN_LABEL, letter_numeral, roman_numeral

_ROMAN = list(map(roman_numeral, range(1, MAX_ROMAN_LABEL + 1)))
_LETTERS = list(map(letter_numeral, range(1, 27)))

STYLES: dict[str, list[str]] = {
    "Decimal": [str(number) for number in range(1, 1000)],
    "LowerRoman": _ROMAN,
    "UpperRoman": [numeral.upper() for numeral in _ROMAN],
    "LowerAlpha": _LETTERS,
    "UpperAlpha": [letter.upper() for letter in _LETTERS],
}
"""Pandoc's ways to count, each from one. Roman before letters: "i." counts ("ii.") more often than it spells."""

DELIMITERS: dict[str, tuple[str, str]] = {"Period": ("", "."), "TwoParens": ("(", ")"), "OneParen": ("", ")")}
"""Pandoc's ways to set a number off."""

_PARTS = re.compile(r"(\(?)(\w+)([.)])")


class Numbering(msgspec.Struct, frozen=True):
    """A count that shows exactly the labels it was found in."""

    start: int
    style: str
    delimiter: str

    def node(self) -> list[object]:
        """Return pandoc's triple."""
        kinds: list[Node] = [{"t": self.style}, {"t": self.delimiter}]
        return [self.start, *kinds]


def numbering(labels: Sequence[str | None]) -> Numbering | None:
    """Return the count that gives `labels` one after the other; None if none does, as for "(1)", "(3)" or "第1"."""
    parts = _PARTS.fullmatch(labels[0] or "") if labels else None
    if parts is None:
        return None
    before, first, after = parts.groups()
    delimiter = next((name for name, marks in DELIMITERS.items() if marks == (before, after)), None)
    for style, names in STYLES.items():
        if delimiter is None or first not in names:
            continue
        at = names.index(first)
        if list(labels) == [before + name + after for name in names[at : at + len(labels)]]:
            return Numbering(at + 1, style, delimiter)
    return None

"""Finds the automatic numbering that produces the labels of a list: "3.", "4.", "5." is decimal and starts at 3."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from readout_pub.emit.pandoc.nodes import Node
from readout_pub.numerals import MAX_ROMAN_LABEL, letter_numeral, roman_numeral

MAX_DECIMAL, MAX_LETTER = 999, 26
"""The largest labels that are recognised. The limit for numbers is chosen by hand; pandoc's letters end at z."""

_ROMAN = list(map(roman_numeral, range(1, MAX_ROMAN_LABEL + 1)))
_LETTERS = list(map(letter_numeral, range(1, MAX_LETTER + 1)))

STYLES: dict[str, list[str]] = {
    "Decimal": [str(number) for number in range(1, MAX_DECIMAL + 1)],
    "LowerRoman": _ROMAN,
    "UpperRoman": [numeral.upper() for numeral in _ROMAN],
    "LowerAlpha": _LETTERS,
    "UpperAlpha": [letter.upper() for letter in _LETTERS],
}
"""Pandoc's ListNumberStyle → its numerals from 1. Roman comes first: "i." rarely begins a list of letters."""

BULLETS = "•◦▪"
"""The bullets of the first levels of lists; deeper levels begin again with the first. Pandoc writes the same into ODT.
Into DOCX, it writes characters of the fonts Symbol and Wingdings, which only Windows has.
"""

ODT_NUMERALS = {"Decimal": "1", "LowerRoman": "i", "UpperRoman": "I", "LowerAlpha": "a", "UpperAlpha": "A"}
"""Pandoc's ListNumberStyle → `style:num-format` of ODT."""

DELIMITERS: dict[str, tuple[str, str]] = {"Period": ("", "."), "TwoParens": ("(", ")"), "OneParen": ("", ")")}
"""Pandoc's ListNumberDelim → the text before and after the numeral."""

_LABEL = re.compile(r"(\(?)(\w+)([.)])")


class Numbering(msgspec.Struct, frozen=True):
    """An automatic numbering: the number of its first item, pandoc's ListNumberStyle and ListNumberDelim."""

    start: int
    style: str
    delimiter: str

    def list_attributes(self) -> list[object]:
        """Return pandoc's ListAttributes."""
        kinds: list[Node] = [{"t": self.style}, {"t": self.delimiter}]
        return [self.start, *kinds]


def numbering(labels: Sequence[str | None]) -> Numbering | None:
    """Return the numbering whose labels are exactly `labels`; None if there is none, as for "(1)", "(3)" or "第1"."""
    parts = _LABEL.fullmatch(labels[0] or "") if labels else None
    if parts is None:
        return None
    before, first, after = parts.groups()
    delimiter = next((name for name, marks in DELIMITERS.items() if marks == (before, after)), None)
    for style, names in STYLES.items():
        if delimiter is None or first not in names:
            continue
        start = names.index(first)
        if list(labels) == [before + name + after for name in names[start : start + len(labels)]]:
            return Numbering(start + 1, style, delimiter)
    return None

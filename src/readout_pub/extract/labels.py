"""The numbers that only an automatic list shows, made into labels."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import Tag

from readout_pub.numerals import letter_numeral, roman_numeral

_NO_NUMBERS = re.compile(r"list-style(?:-type)?\s*:[^;]*\b(?:none|disc|circle|square)\b", re.IGNORECASE)


def automatic_labels(tag: Tag, entries: list[Tag]) -> list[str | None]:
    """Return the label that a browser shows before each item of an `ol`; None where its style hides them."""
    if _NO_NUMBERS.search(str(tag.get("style") or "")):
        return [None] * len(entries)
    word = _STYLES.get(str(tag.get("type") or "1"), str)
    step = -1 if tag.has_attr("reversed") else 1
    number = _integer(tag.get("start"), len(entries) if step < 0 else 1)
    labels: list[str | None] = []
    for entry in entries:
        number = _integer(entry.get("value"), number)
        hidden = entry.name != "li" or _NO_NUMBERS.search(str(entry.get("style") or ""))
        labels.append(None if hidden else f"{word(number)}.")
        number += 0 if entry.name != "li" else step
    return labels


def _integer(value: object, otherwise: int) -> int:
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else otherwise


_STYLES: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letter_numeral,
    "A": lambda number: letter_numeral(number).upper(),
    "i": roman_numeral,
    "I": lambda number: roman_numeral(number).upper(),
}

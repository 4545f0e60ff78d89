"""The numbers that only an automatic list shows, made into labels."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import Tag

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


def letters(number: int) -> str:
    """Count with letters: 1 is a, 26 is z, 27 is aa; numbers below 1 have none and stay digits."""
    if number < 1:
        return str(number)
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("a") + rest) + out
    return out


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Count with Roman numerals in lower case, up to 3999; other numbers stay digits."""
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        out += sign * times
    return out


_STYLES: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}

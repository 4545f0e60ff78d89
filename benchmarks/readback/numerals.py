"""Number formats of lists: 3 as "3", "c" or "iii"."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


def letters(number: int) -> str:
    """Return a number as letters: 1 is "a", 26 "z", 27 "aa"."""
    word = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        word = chr(ord("a") + letter) + word
    return word


def roman(number: int) -> str:
    """Return a number as a Roman numeral: 4 is "iv"."""
    word = ""
    for value, numeral in _ROMAN:
        count, number = divmod(number, value)
        word += numeral * count
    return word


NUMERALS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "lower-alpha": letters,
    "upper-alpha": lambda number: letters(number).upper(),
    "lower-roman": roman,
    "upper-roman": lambda number: roman(number).upper(),
}
"""CSS name of a number format → the function that formats a number."""

"""Conversion between numbers and numerals: digits of other scripts, Chinese, Roman, letters, circled and katakana.

The parsers return None for text that is not such a numeral. Dates, labels of list items and pandoc's numbering share
these functions, so that a numeral means the same number wherever it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

DIGITS_TO_ASCII = str.maketrans(
    "０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙", "0123456789" * 6
)
"""Translation table: full-width, Arabic, Persian, Devanagari, Bengali and Thai digits to ASCII, one for one."""

CHINESE_NUMERAL = "[一二三四五六七八九十]"
"""Regular expression of one character of a Chinese numeral from 1 to 99."""

MAX_ROMAN_LABEL = 39
"""The largest Roman numeral read as a label. From 40 on Roman numerals need l, c, d and m, and "c." is the third letter
of a list far more often than the number 100."""

MAX_DIGITS = 9
"""How many digits a number may have. A number of this many digits fits into 32 bits, as C libraries require."""

_CHINESE_DIGITS = "〇一二三四五六七八九"
_CHINESE_TENS = re.compile(rf"([{_CHINESE_DIGITS}]?)十([{_CHINESE_DIGITS}]?)")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
CIRCLED_NUMERAL = f"[{_CIRCLED}]"
"""Regular expression of a circled number from 1 to 20."""

_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
"""Katakana in gojūon order, in which Japanese official documents number the third level of an outline."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMAN_NUMERAL = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


def digits_to_ascii(text: str) -> str:
    """Return `text` with the digits of other scripts as ASCII digits; positions stay the same."""
    return text.translate(DIGITS_TO_ASCII)


def decimal_number(numeral: str) -> int | None:
    """Return the number that at most 9 decimal digits of any script spell: ４２ is 42.

    For more digits the result is None: pages have no such numbers, and `date` (OverflowError) and `int` (ValueError)
    would fail.
    """
    return int(numeral) if numeral.isdecimal() and len(numeral) <= MAX_DIGITS else None


def chinese_number(numeral: str) -> int | None:
    """Return the number of a Chinese numeral up to 99: 九 is 9, 十二 is 12, 二十 is 20; None for any other text."""
    if match := _CHINESE_TENS.fullmatch(numeral):
        tens, ones = (_CHINESE_DIGITS.index(digit) if digit else None for digit in match.groups())
        return 10 * (1 if tens is None else tens) + (ones or 0)
    return _CHINESE_DIGITS.index(numeral) if len(numeral) == 1 and numeral in _CHINESE_DIGITS else None


def chinese_digits(numeral: str) -> int | None:
    """Return the number that Chinese digits spell one by one, as in years: 二〇二二 is 2022; None for other signs."""
    if not 0 < len(numeral) <= MAX_DIGITS or any(sign not in _CHINESE_DIGITS for sign in numeral):
        return None
    return int("".join(str(_CHINESE_DIGITS.index(sign)) for sign in numeral))


def circled_number(numeral: str) -> int | None:
    """Return the number in a circle: ③ is 3; None for any other sign."""
    return _position(numeral, _CIRCLED)


def katakana_number(numeral: str) -> int | None:
    """Return the place of a katakana sign in gojūon order, from 1: ウ is 3; None for any other sign."""
    return _position(numeral, _KATAKANA)


def letter_number(numeral: str) -> int | None:
    """Return the place of one basic Latin letter in the alphabet, from 1: "c" and "C" are 3; None for others."""
    return _position(numeral.lower(), "abcdefghijklmnopqrstuvwxyz") if numeral.isascii() else None


def letter_numeral(number: int) -> str:
    """Return `number` in lower-case letters as CSS lower-alpha: 1 is a, 26 is z, 27 is aa; digits if below 1."""
    if number < 1:
        return str(number)
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("a") + rest) + out
    return out


def roman_number(numeral: str) -> int | None:
    """Return the number of a Roman numeral of either case, 1 to 3999 in standard form: "xiv" is 14, "iiii" is None."""
    rest, number = numeral.lower(), 0
    if not rest or not _ROMAN_NUMERAL.fullmatch(rest):
        return None
    for value, sign in _ROMAN:
        while rest.startswith(sign):
            rest, number = rest[len(sign) :], number + value
    return number


def roman_numeral(number: int) -> str:
    """Return `number` as a Roman numeral in lower case: 14 is xiv; digits if it is not in 1 to 3999."""
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        out += sign * times
    return out


def _position(sign: str, row: str) -> int | None:
    return row.index(sign) + 1 if len(sign) == 1 and sign in row else None


NUMERALS: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letter_numeral,
    "A": lambda number: letter_numeral(number).upper(),
    "i": roman_numeral,
    "I": lambda number: roman_numeral(number).upper(),
}
"""Form of a numeral, as HTML (`type` of a list) and ODF (`num-format`) name it → the function that writes it."""

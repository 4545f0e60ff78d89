"""Dates as ministries print them → days: English, ISO, Japanese and Japanese eras."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

ERAS = (("令和", 2019), ("平成", 1989), ("昭和", 1926), ("大正", 1912), ("明治", 1868))
"""The eras and the Gregorian year of their first. Source: Unicode CLDR, supplemental calendarData."""

MONTHS = (
    "january february march april may june july august september october november december".split()
)  # fmt: skip

_ERA = re.compile(
    rf"({'|'.join(name for name, _ in ERAS)})\s*(元|[0-9]+|[〇一二三四五六七八九十]+)\s*年\s*"
    r"([0-9]+|[一二三四五六七八九十]+)\s*月\s*([0-9]+|[一二三四五六七八九十]+)\s*日"
)
_CHINESE_STYLE = re.compile(
    r"([0-9]{4}|[〇一二三四五六七八九]{4})\s*年\s*([0-9]{1,2}|[一二三四五六七八九十]+)\s*月\s*([0-9]{1,2}|[一二三四五六七八九十]+)\s*日"
)
_ISO = re.compile(r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b")
_MONTH = rf"({'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)})\.?"
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+([0-9]{{1,2}})(?:st|nd|rd|th)?\s*,?\s+([0-9]{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b([0-9]{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+([0-9]{{4}})\b", re.IGNORECASE)

_FOLDED = str.maketrans("０１２３４５６７８９　\u00a0", "0123456789  ")
"""Full-width digits and spaces as ASCII, sign by sign, so that positions stay."""

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}


class FoundDate(msgspec.Struct, frozen=True):
    """A date found in a text: the words as printed and the day, None if the calendar has no such day."""

    text: str
    day: dt.date | None


def find_date(text: str) -> FoundDate | None:
    """Return the first date in `text`: "August 4, 2022", 令和４年８月４日 and 2022-08-04 are all 2022-08-04.

    Digits may be full-width; an era's first year may be written 元. None if there is no date.
    """
    folded = text.translate(_FOLDED)
    found = [(match, read) for pattern, read in _READERS if (match := pattern.search(folded)) is not None]
    if not found:
        return None
    match, read = min(found, key=lambda pair: pair[0].start())
    return FoundDate(text[match.start() : match.end()], read(match))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _era_day(match: re.Match[str]) -> dt.date | None:
    first = dict(ERAS)[match[1]]
    year = 1 if match[2] == "元" else number(match[2])
    return _day(first + year - 1, number(match[3]), number(match[4]))


def _year_month_day(match: re.Match[str]) -> dt.date | None:
    return _day(number(match[1]), number(match[2]), number(match[3]))


def _month_day_year(match: re.Match[str]) -> dt.date | None:
    return _day(int(match[3]), _month(match[1]), int(match[2]))


def _day_month_year(match: re.Match[str]) -> dt.date | None:
    return _day(int(match[3]), _month(match[2]), int(match[1]))


def _month(name: str) -> int:
    return next(index for index, month in enumerate(MONTHS, 1) if month.startswith(name[:3].lower()))


def number(digits: str) -> int:
    """Read Arabic digits or Chinese numerals up to 99, as in 二十二; a row of signs is read digit by digit."""
    if digits.isdecimal():
        return int(digits)
    if "十" not in digits:
        return int("".join(str(_DIGITS[sign]) for sign in digits))
    tens, _, ones = digits.partition("十")
    return 10 * (number(tens) if tens else 1) + (number(ones) if ones else 0)


_READERS = (
    (_ERA, _era_day),
    (_CHINESE_STYLE, _year_month_day),
    (_ISO, _year_month_day),
    (_MONTH_FIRST, _month_day_year),
    (_DAY_FIRST, _day_month_year),
)

"""Dates as publishers print them → days: with months by name in any common language, in digits, in Japanese eras."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

import msgspec

from readout_pub.months import month_of
from readout_pub.numerals import CHINESE_NUMERAL, DIGITS_TO_ASCII, chinese_digits, chinese_number, decimal_number

ERAS = (("令和", 2019), ("平成", 1989), ("昭和", 1926), ("大正", 1912), ("明治", 1868))
"""The eras and the Gregorian year of their first. Source: Unicode CLDR, supplemental calendarData."""

_BUDDHIST = 543
"""Years by which Thai years are ahead."""
_BUDDHIST_FROM = 2400
_EARLIEST, _LATEST = 1500, 2100
"""Gregorian years that a date can be of."""

_ERA = re.compile(
    rf"({'|'.join(name for name, _ in ERAS)})\s*(元|[0-9]+|[〇一二三四五六七八九十]+)\s*年\s*"
    rf"([0-9]+|{CHINESE_NUMERAL}+)\s*月\s*([0-9]+|{CHINESE_NUMERAL}+)\s*日"
)
_CHINESE_STYLE = re.compile(
    r"([0-9]{4}|[〇一二三四五六七八九]{4})\s*年\s*"
    rf"([0-9]{{1,2}}|{CHINESE_NUMERAL}+)\s*月\s*([0-9]{{1,2}}|{CHINESE_NUMERAL}+)\s*日"
)
_KOREAN = re.compile(r"([0-9]{4})\s*년\s*([0-9]{1,2})\s*월\s*([0-9]{1,2})\s*일")
_VIETNAMESE = re.compile(r"\b([0-9]{1,2})\s+tháng\s+([0-9]{1,2})(?:,|\s+năm)\s+([0-9]{4})\b", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?<![0-9.,/-])([0-9]{4})([-/.])\s?([0-9]{1,2})\2\s?([0-9]{1,2})(?![0-9]|[-/.,][0-9])")
_YEAR_LAST = re.compile(r"(?<![0-9.,/-])([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{4})(?![0-9]|[-/.,][0-9])")
_SHORT_YEAR = re.compile(r"(?<![0-9.,/-])([0-9]{2})\.([0-9]{2})\.([0-9]{2})(?![0-9]|[-/.,][0-9])")

_FOLDED = DIGITS_TO_ASCII | str.maketrans("　\u00a0\u202f", "   ")
"""Digits of all scripts and spaces as ASCII, sign by sign, so that positions stay."""

_TOKEN = re.compile(r"[0-9]+|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05bd\u0900-\u0dff\u0e00-\u0eff])*")
_LIGHT = re.compile(r"[\s.,،'’/|·–—~-]{0,4}")
"""What may stand between the words of one date."""
_FILLERS = frozenset(
    "st nd rd th er e º ª de del of den d le am the dela lui год года г р m d พ ศ año ano il do".split()
)
_MOST_FILLERS = 2

_ANY = re.compile("[0-9年]")
"""What every date has, and few texts: quicker to find."""


class FoundDate(msgspec.Struct, frozen=True):
    """A date found in a text: the words as printed and the day, None if the calendar has no such day."""

    text: str
    day: dt.date | None


def find_date(text: str, language: str | None = None) -> FoundDate | None:
    """Return the first date in `text`: "August 4, 2022", 令和４年８月４日 and 4. August 2022 are all 2022-08-04.

    Digits may be of any script; an era's first year may be written 元. `language` (BCP 47) decides whether 4/8/2022 is
    in April or in August; without one, or in plain English, it is no date. None if there is no date.
    """
    folded = text.translate(_FOLDED)
    if not _ANY.search(folded):
        return None
    found = [place for search in _SEARCHES if (place := search(folded, language)) is not None]
    if not found:
        return None
    start, end, day = min(found, key=lambda place: (place[0], -place[1]))
    return FoundDate(text[start:end], day)


_Place = tuple[int, int, dt.date | None]
"""Where a date stands in a text, and the day."""


def _day(year: int, month: int, day: int) -> dt.date | None:
    if year > _BUDDHIST_FROM:
        year -= _BUDDHIST
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


# --- in digits


def _search(
    pattern: re.Pattern[str], read: Callable[[re.Match[str], str | None], tuple[int, int, int] | None]
) -> _Search:
    def search(text: str, language: str | None) -> _Place | None:
        for match in pattern.finditer(text):
            if (numbers := read(match, language)) is not None:
                return match.start(), match.end(), _day(*numbers)
        return None

    return search


_Search = Callable[[str, str | None], _Place | None]


def era_year(name: str, year: str) -> int:
    """Return the Gregorian year of one of a Japanese era, such as 令和 and 元; 0 if the next era had begun before."""
    era = [known for known, _ in ERAS].index(name)
    gregorian = ERAS[era][1] + (1 if year == "元" else number(year)) - 1
    never_was = era > 0 and gregorian > ERAS[era - 1][1]
    return 0 if never_was else gregorian


def _era(match: re.Match[str], _language: str | None) -> tuple[int, int, int]:
    return era_year(match[1], match[2]), number(match[3]), number(match[4])


def _in_order(match: re.Match[str], _language: str | None) -> tuple[int, int, int]:
    return number(match[1]), number(match[2]), number(match[3])


def _backwards(match: re.Match[str], _language: str | None) -> tuple[int, int, int]:
    return int(match[3]), int(match[2]), int(match[1])


def _year_first(match: re.Match[str], _language: str | None) -> tuple[int, int, int] | None:
    year = int(match[1])
    return (year, int(match[3]), int(match[4])) if _is_year(year) else None


def _year_last(match: re.Match[str], language: str | None) -> tuple[int, int, int] | None:
    """Read 4.8.2022 as day and month; with slashes or hyphens the numbers decide, then the language."""
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    if not _is_year(year):
        return None
    if other > 12 >= one:
        return year, one, other
    if match[2] == "." or one > 12 or one == other or (language and _is_day_first(language)):
        return year, other, one
    return (year, one, other) if language and language.lower() in _MONTH_FIRST else None


def _short_year(match: re.Match[str], language: str | None) -> tuple[int, int, int] | None:
    """Read 04.08.22 where the day comes first; 22.08.04 is how Chinese, Japanese and Korean pages say the same."""
    if language is None or not _is_day_first(language) or language[:2].lower() in _YEAR_FIRST_LANGUAGES:
        return None
    year = 2000 + int(match[3])
    return (year, int(match[2]), int(match[1])) if int(match[2]) <= 12 else None


_YEAR_FIRST_LANGUAGES = frozenset(["zh", "ja", "ko", "hu", "lt", "mn"])
_MONTH_FIRST = frozenset(["en-us", "en-ph", "fil", "es-us"])


def _is_day_first(language: str) -> bool:
    return language != "en" and language.lower() not in _MONTH_FIRST


def _is_year(number: int) -> bool:
    return _EARLIEST <= number <= _LATEST or _EARLIEST <= number - _BUDDHIST <= _LATEST


def number(digits: str) -> int:
    """Read Arabic digits or Chinese numerals up to 99, as in 二十二; a row of signs is read digit by digit.

    What is no numeral, such as 三十十, is 0: no day, month or year.
    """
    return decimal_number(digits) or chinese_number(digits) or chinese_digits(digits) or 0


# --- with the month by name


def _by_name(text: str, language: str | None) -> _Place | None:
    """Find a month with a day and a year beside it: 4 August 2022, August 4, 2022, 2022. augusztus 4.

    Of several days, as in August 4-5, 2022, the last counts.
    """
    tokens = list(_TOKEN.finditer(text))
    for index, last, month in _months(tokens, language):
        before, after = _beside(tokens, index, -1, text), _beside(tokens, last, 1, text)
        second = _beside(tokens, after, 1, text) if after is not None else None
        if (day := _number(tokens, before, _is_day)) and (year := _number(tokens, after, _is_year)):
            return _place(tokens, before, after, _day(year, month, day))
        if (day := _number(tokens, after, _is_day)) and (year := _number(tokens, second, _is_year)):
            return _place(tokens, index, second, _day(year, month, day))
        third = _beside(tokens, second, 1, text) if second is not None else None
        several = _number(tokens, after, _is_day) and _number(tokens, second, _is_day)
        if several and (year := _number(tokens, third, _is_year)):
            return _place(tokens, index, third, _day(year, month, several))
        if (year := _number(tokens, before, _is_year)) and (day := _number(tokens, after, _is_day)):
            return _place(tokens, before, after, _day(year, month, day))
    return None


def _months(tokens: list[re.Match[str]], language: str | None) -> Iterator[tuple[int, int, int]]:
    """Yield (first token, last token, month) of every name of a month; some are of two words."""
    for index, token in enumerate(tokens):
        if token[0].isdigit():
            continue
        pair = f"{token[0]} {tokens[index + 1][0]}" if index + 1 < len(tokens) else ""
        if month := month_of(pair, language):
            yield index, index + 1, month
        elif month := month_of(token[0], language):
            yield index, index, month


def _beside(tokens: list[re.Match[str]], index: int, step: int, text: str) -> int | None:
    """Return the number next to a token on one side, filling words passed over."""
    for _ in range(_MOST_FILLERS + 1):
        other = index + step
        if not 0 <= other < len(tokens):
            return None
        first, second = sorted((index, other))
        if not _LIGHT.fullmatch(text, tokens[first].end(), tokens[second].start()):
            return None
        index = other
        if tokens[index][0].isdigit():
            return index
        if tokens[index][0].lower() not in _FILLERS:
            return None
    return None


def _number(tokens: list[re.Match[str]], index: int | None, fits: Callable[[int], bool]) -> int | None:
    if index is None or len(tokens[index][0]) > 4:
        return None
    value = int(tokens[index][0])
    return value if fits(value) else None


def _is_day(number: int) -> bool:
    return 1 <= number <= 31


def _place(tokens: list[re.Match[str]], first: int | None, last: int | None, day: dt.date | None) -> _Place:
    return tokens[first or 0].start(), tokens[last or 0].end(), day


_SEARCHES: tuple[_Search, ...] = (
    _search(_ERA, _era),
    _search(_CHINESE_STYLE, _in_order),
    _search(_KOREAN, _in_order),
    _search(_VIETNAMESE, _backwards),
    _search(_YEAR_FIRST, _year_first),
    _search(_YEAR_LAST, _year_last),
    _search(_SHORT_YEAR, _short_year),
    _by_name,
)

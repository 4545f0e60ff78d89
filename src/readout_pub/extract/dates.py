"""Parses printed dates: in digits, with month names from `months.toml`, and in other calendars."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

import msgspec

from readout_pub.months import month_of
from readout_pub.numerals import CHINESE_NUMERAL, DIGITS_TO_ASCII, chinese_digits, chinese_number, decimal_number
from readout_pub.short_text_cache import cached_for_short_texts

ERAS = (("令和", 2019), ("平成", 1989), ("昭和", 1926), ("大正", 1912), ("明治", 1868))
"""Japanese eras, the newest first, and the Gregorian year of their year 1. Source: Unicode CLDR, calendarData."""

DAY_FIRST_LANGUAGE, MONTH_FIRST_LANGUAGE = "en-GB", "en-US"
"""Languages for `find_date` that stand for the two orders of day and month in digits."""

_BUDDHIST_OFFSET = 543
"""A Thai (Buddhist) year minus the same Gregorian year."""
_MIN_BUDDHIST_YEAR = 2400
"""Years above this one are Buddhist (2401 is the Gregorian 1858): no page has so late a Gregorian year."""
_MIN_YEAR, _MAX_YEAR = 1500, 2100
"""The first and the last Gregorian year of a date. Chosen by hand."""

_ERA = re.compile(
    rf"({'|'.join(name for name, _ in ERAS)})\s*(元|[0-9]+|[〇一二三四五六七八九十]+)\s*年\s*"
    rf"([0-9]+|{CHINESE_NUMERAL}+)\s*月\s*([0-9]+|{CHINESE_NUMERAL}+)\s*日"
)
_CHINESE_STYLE = re.compile(
    r"([0-9]{4}|[〇一二三四五六七八九]{4})\s*年\s*"
    rf"([0-9]{{1,2}}|{CHINESE_NUMERAL}+)\s*月\s*([0-9]{{1,2}}|{CHINESE_NUMERAL}+)\s*日"
)
_KOREAN = re.compile(r"([0-9]{4})\s*년\s*([0-9]{1,2})\s*월\s*([0-9]{1,2})\s*일")
_MINGUO_OFFSET = 1911
"""A Gregorian year minus the same year of the Republic of China (民國), as Taiwan counts."""
_MINGUO = re.compile(r"民國\s*([0-9]{1,3})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")
_SOLAR_HIJRI_MONTHS = (
    ("فروردین", "حمل"), ("اردیبهشت", "ثور"), ("خرداد", "جوزا"), ("تیر", "سرطان"), ("مرداد", "اسد"), ("شهریور", "سنبله"),
    ("مهر", "میزان"), ("آبان", "عقرب"), ("آذر", "قوس"), ("دی", "جدی"), ("بهمن", "دلو"), ("اسفند", "حوت"),
)  # fmt: skip
"""Months from March on: the name in Iran, then that in Afghanistan."""
_SOLAR_HIJRI = re.compile(
    rf"([0-9]{{1,2}})\s+({'|'.join(name for names in _SOLAR_HIJRI_MONTHS for name in names)})"
    r"\s+(?:ماه\s+)?(1[34][0-9]{2})"
)
_SOLAR_HIJRI_DIGITS = re.compile(r"(?<![0-9.,/-])(1[34][0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9]|[-/.,][0-9])")
"""A day of the Solar Hijri calendar in digits, for Persian and Pashto pages."""
_MONGOLIAN = re.compile(
    r"([0-9]{4})\s+оны\s+([0-9]{1,2})(?:\s?-?(?:р|д[уү]г[аэ]{2}р))?\s+сарын\s+([0-9]{1,2})", re.IGNORECASE
)
_VIETNAMESE = re.compile(r"\b([0-9]{1,2})\s+tháng\s+([0-9]{1,2})(?:,|\s+năm)?\s+([0-9]{4})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    rf"(?:\btháng\s+([0-9]{{1,2}})|([0-9]{{1,2}}|{CHINESE_NUMERAL}{{1,2}})\s?[월月])\s+([0-9]{{1,2}}),\s*([0-9]{{4}})\b",
    re.IGNORECASE,
)
"""A date in English order with a translated month, as content management systems print it: "Tháng 11 13, 2024"."""
_YEAR_FIRST = re.compile(r"(?<![0-9.,/-])([0-9]{4})([-/.])\s?([0-9]{1,2})\2\s?([0-9]{1,2})(?![0-9]|[-/.,][0-9])")
_YEAR_LAST = re.compile(r"(?<![0-9.,/-])([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{4})(?![0-9]|[-/.,][0-9])")
_SPACED_YEAR_FIRST = re.compile(
    r"(?<![0-9.,/-])([0-9]{4}) (0[1-9]|1[0-2]) (0[1-9]|[12][0-9]|3[01])(?![0-9]|[-/.,][0-9])"
)
_SHORT_YEAR = re.compile(r"(?<![0-9.,/-])([0-9]{2})\.([0-9]{2})\.([0-9]{2})(?![0-9]|[-/.,][0-9])")

_TO_ASCII = DIGITS_TO_ASCII | str.maketrans("　\u00a0\u202f", "   ")
"""Digits of other scripts and wide spaces → ASCII, one for one, so that positions stay."""

_TOKEN = re.compile(r"[0-9]+|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05bd\u0900-\u0dff\u0e00-\u0eff])*")
_FOUR_DIGITS = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_SEPARATOR = re.compile(r"[\s.,،'’/|·–—~-]{0,4}")
"""What may be between the words and numbers of one date."""
_FILLERS = frozenset(
    "st nd rd th er e º ª de del of den d le am the dela lui год года г р m d พ ศ año ano il do gada ko eko թ թվականի "
    "ж жылғы жылдын yil йил соли ta".split()
)
"""Words and ordinal endings within dates: "4th of August", "4 de agosto de 2022"."""
_YEAR_WORD = re.compile(r" ?(?:года|году|року)(?!\w)| ?[гр]\.|\.? ?(?:годин[еа]|godine)(?!\w)|\.? ?(?:год|god)\.")
""""Year" at the end of a date: "4 августа 2022 года"."""

_MAX_FILLERS = 2
"""How many of `_FILLERS` may stand between two parts of a date, as in "4 de agosto del año 2022"."""

_DATE_HINT = re.compile(r"[\d年]")


class FoundDate(msgspec.Struct, frozen=True):
    """A date in a text, as printed; `day` is None if the calendar has no such day, as in 31 June."""

    text: str
    day: dt.date | None


def may_have_date(text: str) -> bool:
    """Return whether a text has a digit or 年, as every date has; faster than `find_date`."""
    return _DATE_HINT.search(text) is not None


def find_date(text: str, language: str | None = None) -> FoundDate | None:
    """Return the first date in `text`: "August 4, 2022", 令和４年８月４日 and 4. August 2022 are all 2022-08-04.

    Returns None if there is no date. `language` (BCP 47) decides whether 4/8/2022 is in April or in August. If
    `language` is None, or "en" without a region, 4/8/2022 is no date.
    """
    if not may_have_date(text):
        return None
    return _find(text, language)


@cached_for_short_texts  # several rules ask for the date of the same line
def _find(text: str, language: str | None) -> FoundDate | None:
    ascii_text = text.translate(_TO_ASCII)
    searches = _ASCII_SEARCHES if ascii_text.isascii() else (*_SEARCHES_OF_SCRIPTS, *_ASCII_SEARCHES)
    found = [match for search in searches if (match := search(ascii_text, language)) is not None]
    if not found:
        return None
    start, end, day = min(found, key=lambda match: (match[0], -match[1]))
    year_word = _YEAR_WORD.match(ascii_text, end)
    return FoundDate(text[start : year_word.end() if year_word else end], day)


_DateMatch = tuple[int, int, dt.date | None]
"""Start and end of a date in a text, and the day."""


def _make_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, by the Gregorian or the Buddhist year; None if the calendar has no such day."""
    if year > _MIN_BUDDHIST_YEAR:
        year -= _BUDDHIST_OFFSET
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


# --- in digits


def _pattern_search(
    pattern: re.Pattern[str], read: Callable[[re.Match[str], str | None], tuple[int, int, int] | None]
) -> _Search:
    """Return a search for the first match of `pattern` that `read` turns into year, month and day."""

    def search(text: str, language: str | None) -> _DateMatch | None:
        for match in pattern.finditer(text):
            if (numbers := read(match, language)) is not None:
                return match.start(), match.end(), _make_day(*numbers)
        return None

    return search


_Search = Callable[[str, str | None], _DateMatch | None]


def era_year(name: str, year: str) -> int:
    """Return the Gregorian year for a Japanese era and its year, such as 令和 and 元; 0 if the era has no such year."""
    era = [known for known, _ in ERAS].index(name)
    number = 1 if year == "元" else _parse_number(year)
    gregorian = ERAS[era][1] + number - 1
    after_end = era > 0 and gregorian > ERAS[era - 1][1]
    return gregorian if number and not after_end else 0


def _read_era_date(match: re.Match[str], _language: str | None) -> tuple[int, int, int]:
    return era_year(match[1], match[2]), _parse_number(match[3]), _parse_number(match[4])


def _read_year_month_day(match: re.Match[str], _language: str | None) -> tuple[int, int, int]:
    return _parse_number(match[1]), _parse_number(match[2]), _parse_number(match[3])


def _read_minguo_date(match: re.Match[str], _language: str | None) -> tuple[int, int, int]:
    return int(match[1]) + _MINGUO_OFFSET, int(match[2]), int(match[3])


def _read_day_month_year(match: re.Match[str], _language: str | None) -> tuple[int, int, int]:
    return int(match[3]), int(match[2]), int(match[1])


def _read_month_first(match: re.Match[str], _language: str | None) -> tuple[int, int, int]:
    return int(match[4]), _parse_number(match[1] or match[2]), int(match[3])


def _read_year_first(match: re.Match[str], _language: str | None) -> tuple[int, int, int] | None:
    year = int(match[1])
    return (year, int(match[3]), int(match[4])) if _is_year(year) else None


def _read_spaced_year_first(match: re.Match[str], language: str | None) -> tuple[int, int, int] | None:
    """Read 2031 05 04 on Lithuanian pages, where dates are written so."""
    is_lithuanian = language is not None and language[:2].lower() == "lt"
    return (int(match[1]), int(match[2]), int(match[3])) if is_lithuanian and _is_year(int(match[1])) else None


def _read_year_last(match: re.Match[str], language: str | None) -> tuple[int, int, int] | None:
    """Read 4.8.2022 with the day first; 4/8/2022 in the order of the language."""
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    if not _is_year(year):
        return None
    if other > 12 >= one:
        return year, one, other
    if match[2] == "." or one > 12 or one == other or (language and _is_day_first(language)):
        return year, other, one
    return (year, one, other) if language and language.lower() in _MONTH_FIRST_LANGUAGES else None


def _read_short_year(match: re.Match[str], language: str | None) -> tuple[int, int, int] | None:
    """Read 04.08.22 if the language writes the day first, unlike Hungarian."""
    if language is None or not _is_day_first(language) or language[:2].lower() in _YEAR_FIRST_LANGUAGES:
        return None
    year = 2000 + int(match[3])
    return (year, int(match[2]), int(match[1])) if int(match[2]) <= 12 else None


def dates_of_unknown_order(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the three numbers, as printed, of each date in `text` such as 4/8/2022 or 4-8-2022.

    Whether the day or the month is first depends on the country.
    """
    for match in _YEAR_LAST.finditer(text.translate(_TO_ASCII)):
        if match[2] != "." and _is_year(int(match[4])):
            yield int(match[1]), int(match[3]), int(match[4])


_YEAR_FIRST_LANGUAGES = frozenset(["zh", "ja", "ko", "hu", "lt", "mn"])
_MONTH_FIRST_LANGUAGES = frozenset(["en-us", "en-ph", "fil", "es-us"])


def _is_day_first(language: str) -> bool:
    return language != "en" and language.lower() not in _MONTH_FIRST_LANGUAGES


def _is_year(number: int) -> bool:
    """Return whether a number may be a Gregorian or a Buddhist year; 2230 is neither, as in "4 May 2230 hours"."""
    return _MIN_YEAR <= number <= _MAX_YEAR or _MIN_BUDDHIST_YEAR < number <= _MAX_YEAR + _BUDDHIST_OFFSET


def _parse_number(digits: str) -> int:
    """Return the value of Arabic digits, of a Chinese numeral (二十二), or of Chinese digits (二〇二二); else 0."""
    return decimal_number(digits) or chinese_number(digits) or chinese_digits(digits) or 0


def _search_solar_hijri(text: str, language: str | None) -> _DateMatch | None:
    """Return the first date of the Solar Hijri calendar; in digits, only on Persian and Pashto pages."""
    if match := _SOLAR_HIJRI.search(text):
        month = next(number for number, names in enumerate(_SOLAR_HIJRI_MONTHS, 1) if match[2] in names)
        return match.start(), match.end(), _solar_hijri_day(int(match[3]), month, int(match[1]))
    digits = _SOLAR_HIJRI_DIGITS.search(text) if language is not None and language[:2] in {"fa", "ps"} else None
    if digits is None:
        return None
    return digits.start(), digits.end(), _solar_hijri_day(int(digits[1]), int(digits[3]), int(digits[4]))


def _solar_hijri_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the Gregorian date of a Solar Hijri day; None if that calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    day_of_year = day + (31 * (month - 1) if month <= 6 else 186 + 30 * (month - 7))
    ordinal = _days_before_solar_hijri_year(year) + day_of_year
    return dt.date.fromordinal(ordinal) if ordinal <= _days_before_solar_hijri_year(year + 1) else None


def _days_before_solar_hijri_year(year: int) -> int:
    """Return the ordinal (as of `datetime.date`) of the last day before a Solar Hijri year.

    Each cycle of 33 years has 8 leap days. Year 1400 begins on 21 March 2021.
    """
    cycle, year_of_cycle = divmod(year + 1595, 33)
    return 365 * (year + 1595) + 8 * cycle + (year_of_cycle + 3) // 4 - 356033


# --- with the month by name


def _search_month_name(text: str, language: str | None) -> _DateMatch | None:
    """Return the first date with the name of a month: 4 August 2022; August 4, 2022; 2022. augusztus 4.

    Of several days, as in August 4-5, 2022, the last one is taken.
    """
    if not _FOUR_DIGITS.search(text):  # most texts with a digit have no year
        return None
    tokens = list(_TOKEN.finditer(text))
    for index, last, month in _month_tokens(tokens, text, language):
        before, after = _number_beside(tokens, index, -1, text), _number_beside(tokens, last, 1, text)
        second = _number_beside(tokens, after, 1, text) if after is not None else None
        if (day := _number_at(tokens, before, _is_day)) and (year := _number_at(tokens, after, _is_year)):
            return _match_between(tokens, before, after, _make_day(year, month, day))
        if (day := _number_at(tokens, after, _is_day)) and (year := _number_at(tokens, second, _is_year)):
            return _match_between(tokens, index, second, _make_day(year, month, day))
        third = _number_beside(tokens, second, 1, text) if second is not None else None
        last_day = _number_at(tokens, after, _is_day) and _number_at(tokens, second, _is_day)
        if last_day and (year := _number_at(tokens, third, _is_year)):
            return _match_between(tokens, index, third, _make_day(year, month, last_day))
        if (year := _number_at(tokens, before, _is_year)) and (day := _number_at(tokens, after, _is_day)):
            return _match_between(tokens, before, after, _make_day(year, month, day))
        earlier = _number_beside(tokens, before, -1, text) if before is not None else None
        has_word_between = before is not None and earlier is not None and before - earlier > 1  # a word for "year"
        day, year = _number_at(tokens, before, _is_day), _number_at(tokens, earlier, _is_year)
        if has_word_between and day and year:
            return _match_between(tokens, earlier, last, _make_day(year, month, day))
    return None


def _month_tokens(tokens: list[re.Match[str]], text: str, language: str | None) -> Iterator[tuple[int, int, int]]:
    """Yield the indices of the first and last token of each month name, and the month; พ.ค has two tokens."""
    for index, token in enumerate(tokens):
        if token[0].isdecimal():
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else token
        pair = " ".join(text[token.start() : following.end()].split())
        if following is not token and (month := month_of(pair, language)):
            yield index, index + 1, month
        elif month := month_of(token[0], language):
            yield index, index, month


def _number_beside(tokens: list[re.Match[str]], index: int, step: int, text: str) -> int | None:
    """Return the index of the number before (`step` -1) or after a token; None if anything but fillers comes first."""
    for _ in range(_MAX_FILLERS + 1):
        other = index + step
        if not 0 <= other < len(tokens):
            return None
        first, second = sorted((index, other))
        if not _SEPARATOR.fullmatch(text, tokens[first].end(), tokens[second].start()):
            return None
        index = other
        if tokens[index][0].isdecimal():
            return index
        if tokens[index][0].lower() not in _FILLERS:
            return None
    return None


def _number_at(tokens: list[re.Match[str]], index: int | None, fits: Callable[[int], bool]) -> int | None:
    if index is None or len(tokens[index][0]) > 4:
        return None
    value = int(tokens[index][0])
    return value if fits(value) else None


def _is_day(number: int) -> bool:
    return 1 <= number <= 31


def _match_between(tokens: list[re.Match[str]], first: int | None, last: int | None, day: dt.date | None) -> _DateMatch:
    return tokens[first or 0].start(), tokens[last or 0].end(), day


_SEARCHES_OF_SCRIPTS: tuple[_Search, ...] = (
    _pattern_search(_ERA, _read_era_date),
    _pattern_search(_CHINESE_STYLE, _read_year_month_day),
    _pattern_search(_KOREAN, _read_year_month_day),
    _pattern_search(_MINGUO, _read_minguo_date),
    _pattern_search(_MONGOLIAN, _read_year_month_day),
    _pattern_search(_VIETNAMESE, _read_day_month_year),
    _pattern_search(_MONTH_FIRST, _read_month_first),
)
"""Searches for dates with letters that are not ASCII."""
_ASCII_SEARCHES: tuple[_Search, ...] = (
    _pattern_search(_YEAR_FIRST, _read_year_first),
    _pattern_search(_SPACED_YEAR_FIRST, _read_spaced_year_first),
    _pattern_search(_YEAR_LAST, _read_year_last),
    _pattern_search(_SHORT_YEAR, _read_short_year),
    _search_solar_hijri,
    _search_month_name,
)
"""Searches for dates that may be printed in ASCII alone; they run on every text."""

"""From a printed date, the extractor reads the day, and keeps the text of the date as printed."""

from __future__ import annotations

import datetime as dt

import pytest

from readout_pub import Note
from readout_pub.extract.dates import find_date
from tests.pages import extracted

AUGUST_4 = dt.date(2022, 8, 4)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("August 4, 2022", AUGUST_4),
        ("August 3-4, 2022", AUGUST_4),
        ("August 3 – 4, 2022", AUGUST_4),
        ("August 4 2022", AUGUST_4),
        ("Aug. 4th, 2022", AUGUST_4),
        ("4 August 2022", AUGUST_4),
        ("4th Aug 2022", AUGUST_4),
        ("2022.eko abuztuak 4", AUGUST_4),
        ("AUGUST 4, 2022", AUGUST_4),
        ("Sep. 4, 2022", dt.date(2022, 9, 4)),
        ("Tháng 8 4, 2022", AUGUST_4),
        ("8월 4, 2022", AUGUST_4),
        ("八月 4, 2022", AUGUST_4),
        ("4 Tháng 8 2022", AUGUST_4),
        ("4 ส.ค. 2565", AUGUST_4),
        ("民國111年8月4日", AUGUST_4),
        ("2022 оны 8 дугаар сарын 4", AUGUST_4),
        ("2022. gada 4. augustā", AUGUST_4),
        ("2022 жылғы 4 тамыз", AUGUST_4),
        ("2022ko abuztuaren 4", AUGUST_4),
        ("2022 թ. օգոստոսի 4", AUGUST_4),
        ("4 Lúnasa 2022", AUGUST_4),
        ("۱۳ مرداد ۱۴۰۱", AUGUST_4),
        ("۱۳ اسد ۱۴۰۱", AUGUST_4),
        ("30 اسفند 1403", dt.date(2025, 3, 20)),
        ("4 августи соли 2022", AUGUST_4),
        ("十一月 18, 2024", dt.date(2024, 11, 18)),
        ("2022-08-04", AUGUST_4),
        ("2022年8月4日", AUGUST_4),
        ("２０２２年８月４日", AUGUST_4),
        ("二〇二二年八月四日", AUGUST_4),
        ("令和4年8月4日", AUGUST_4),
        ("令和４年８月４日", AUGUST_4),
        ("令和　４年　８月　４日", AUGUST_4),
        ("令和元年5月1日", dt.date(2019, 5, 1)),
        ("令和四年八月二十二日", dt.date(2022, 8, 22)),
        ("平成31年4月30日", dt.date(2019, 4, 30)),
        ("平成元年1月8日", dt.date(1989, 1, 8)),
        ("昭和六十四年一月七日", dt.date(1989, 1, 7)),
        ("昭和20年8月15日", dt.date(1945, 8, 15)),
        ("大正元年7月30日", dt.date(1912, 7, 30)),
        ("明治45年7月29日", dt.date(1912, 7, 29)),
    ],
)
def test_a_printed_date_gives_its_day(printed: str, day: dt.date) -> None:
    readout = extracted(f'<p class="date">{printed}</p><p>One.</p>')
    assert (readout.issued, readout.issued_text) == (day, printed)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("Tokyo, August 4, 2022 (provisional translation)", "August 4, 2022"),
        ("（令和4年8月4日（木曜日））", "令和4年8月4日"),
        ("Issued on 2022-08-04 at noon, mended on 2022-08-09", "2022-08-04"),
        ("August&nbsp;4,\n 2022", "August\u00a04, 2022"),
        ("Москва, 4 августа 2022 года, 14:30", "4 августа 2022 года"),
        ("04.08.2022&nbsp;г.", "04.08.2022\u00a0г."),
        ("4 серпня 2022 р. о 16:20", "4 серпня 2022 р."),
        ("Beograd, 4. avgust 2022. godine (sreda)", "4. avgust 2022. godine"),
        ("4 августа 2022 годами позже", "4 августа 2022"),
    ],
)
def test_the_first_date_of_a_line_excludes_words_around_it(line: str, printed: str) -> None:
    readout = extracted(f'<p class="date">{line}</p><p>One.</p>')
    assert (readout.issued, readout.issued_text) == (AUGUST_4, printed)


@pytest.mark.parametrize(
    "printed",
    [
        "February 30, 2022",
        "2022-13-01",
        "令和4年2月31日",
        "令和0年8月4日",
        "平成40年8月4日",
        "31 June 2022",
        f"令和{'9' * 20}年8月4日",
    ],
)
def test_a_day_that_does_not_exist_is_noted(printed: str) -> None:
    readout = extracted(f'<p class="date">{printed}</p><p>One.</p>')
    assert (readout.issued, readout.issued_text) == (None, printed)
    assert readout.notes == (
        Note("DATE_IMPOSSIBLE", "warning", f"{printed!r} looks like a date, but there is no such day", "p.date"),
    )


@pytest.mark.parametrize(
    ("language", "day"),
    [("de", AUGUST_4), ("ru", AUGUST_4), ("en", None), ("ja", None), ("zh-CN", None)],
)
def test_two_digit_years_are_read_only_in_day_first_languages(language: str, day: dt.date | None) -> None:
    date = find_date("04.08.22", language)
    assert (date.day if date else None) == day


@pytest.mark.parametrize(("language", "day"), [("lt", AUGUST_4), ("lt-LT", AUGUST_4), ("en", None), (None, None)])
def test_dates_with_spaces_are_read_only_on_lithuanian_pages(language: str | None, day: dt.date | None) -> None:
    date = find_date("2022 08 04", language)
    assert (date.day if date else None) == day


@pytest.mark.parametrize("line", ["", "yesterday", "August 2022", "4/8/2022", "No. 12345-67-890", "² August 2022"])
def test_text_without_a_full_date_is_not_a_date(line: str) -> None:
    readout = extracted(f'<p class="date">{line}</p><p>One.</p>')
    assert (readout.issued, readout.issued_text) == (None, None)
    assert [note.code for note in readout.notes] == ["DATE_MISSING"]


@pytest.mark.parametrize("line", ["4 May 2230 hours", "May 4, 2101", "4/5/2250", "2399-05-04"])
def test_a_number_from_2101_to_2400_is_not_a_year(line: str) -> None:
    assert find_date(line, "en-GB") is None


def test_dates_in_digits_on_persian_pages_are_in_the_persian_calendar() -> None:
    found = find_date("۱۴۰۱/۰۵/۱۳", "fa")
    assert found is not None
    assert found.day == AUGUST_4
    assert find_date("1401/05/13", "en") is None
    assert find_date("۳۰ اسفند ۱۴۰۲", "fa").day is None  # type: ignore[union-attr]  # this year has no leap day
    assert find_date("1401/13/13", "fa").day is None  # type: ignore[union-attr]  # the calendar has no such month


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3 באפריל 2031", "he"),
        ("3. априла 2031.", "sr"),
        ("3. aprila 2031", "sr"),
        ("3. aprila 2031", "bs"),
        ("3. aprila 2031", "sl"),
    ],
)
def test_a_month_may_be_in_the_grammatical_case_that_dates_need(text: str, language: str) -> None:
    found = find_date(text, language)
    assert found is not None
    assert str(found.day) == "2031-04-03"

"""Numerals: each parser on its own; dates, labels and numbering read the same numbers."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.emit.pandoc.numbering import Numbering, numbering
from readout_pub.extract.dates import find_date
from readout_pub.numerals import (
    MAX_ROMAN_LABEL,
    chinese_digits,
    chinese_number,
    circled_number,
    decimal_number,
    digits_to_ascii,
    katakana_number,
    letter_number,
    letter_numeral,
    roman_number,
    roman_numeral,
)
from readout_pub.refine.line_kinds import parse_label
from tests.pages import extracted

CHINESE = [
    ("一", 1), ("二", 2), ("三", 3), ("四", 4), ("五", 5), ("六", 6), ("七", 7), ("八", 8), ("九", 9), ("十", 10),
    ("十一", 11), ("十二", 12), ("二十", 20), ("二十一", 21), ("三十", 30), ("三十一", 31),
]  # fmt: skip


def test_digits_of_other_scripts_become_ascii_in_place() -> None:
    assert digits_to_ascii("令和４年 ٢٠٢٢ ๒๕๖๕") == "令和4年 2022 2565"
    assert decimal_number("４２") == 42
    assert decimal_number("4a") is None


@pytest.mark.parametrize(("numeral", "number"), [*CHINESE, ("九十九", 99), ("〇", 0)])
def test_chinese_numerals_up_to_99_are_read(numeral: str, number: int) -> None:
    assert chinese_number(numeral) == number


@pytest.mark.parametrize("numeral", ["", "二二", "十十", "十一十", "百", "x"])
def test_other_text_is_not_a_chinese_numeral(numeral: str) -> None:
    assert chinese_number(numeral) is None


def test_chinese_digits_spell_a_year() -> None:
    assert chinese_digits("二〇二二") == 2022
    assert chinese_digits("二十") is chinese_digits("") is None


def test_circled_numbers_katakana_and_letters_count_from_one() -> None:
    assert [circled_number(sign) for sign in "①⑳"] == [1, 20]
    assert [katakana_number(sign) for sign in "アイワ"] == [1, 2, 44]
    assert [letter_number(sign) for sign in "aAzZ"] == [1, 1, 26, 26]
    assert circled_number("") is katakana_number("アイ") is letter_number("ab") is letter_number("é") is None


def test_letters_continue_after_z_as_in_css() -> None:
    assert [letter_numeral(number) for number in (1, 26, 27, 702, 703, 0, -1)] == "a z aa zz aaa 0 -1".split()


@pytest.mark.slow
@given(st.integers(1, 3999))
def test_roman_numerals_round_trip(number: int) -> None:
    assert roman_number(roman_numeral(number)) == roman_number(roman_numeral(number).upper()) == number


@pytest.mark.parametrize("numeral", ["", "iiii", "vx", "iix", "mmmm", "abc"])
def test_a_roman_numeral_in_a_nonstandard_form_is_not_read(numeral: str) -> None:
    assert roman_number(numeral) is None


def test_numbers_without_roman_numeral_stay_digits() -> None:
    assert [roman_numeral(number) for number in (0, -1, 4000)] == ["0", "-1", "4000"]


@pytest.mark.parametrize("number", range(1, MAX_ROMAN_LABEL + 1))
def test_roman_numerals_are_the_same_in_lists_and_labels_and_pandoc(number: int) -> None:
    (block,) = extracted(f'<ol type="i" start="{number}"><li>Trade</li></ol>').body
    shown = block.items[0].label  # type: ignore[union-attr]
    assert shown == f"{roman_numeral(number)}."
    assert numbering([shown]) == Numbering(number, "LowerRoman", "Period")
    label = parse_label(f"({roman_numeral(number)}) Trade")
    assert (label is None) == (len(roman_numeral(number)) > 5)  # a label has at most five letters
    assert label is None or ("()i", number) in label.interpretations


@pytest.mark.parametrize(("numeral", "number"), CHINESE)
def test_chinese_numerals_are_the_same_in_dates_and_labels(numeral: str, number: int) -> None:
    label, date = parse_label(f"（{numeral}）貿易"), find_date(f"二〇二二年一月{numeral}日")
    assert label is not None
    assert label.interpretations == (("()一", number),)
    assert date is not None
    assert date.day == dt.date(2022, 1, number)


@pytest.mark.parametrize("text", ["十一十、貿易", "（十十）貿易"])
def test_a_line_that_begins_with_a_malformed_numeral_has_no_label(text: str) -> None:
    assert parse_label(text) is None

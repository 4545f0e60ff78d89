"""Number formats of lists."""

from __future__ import annotations

import pytest

from benchmarks.readback.numerals import NUMERALS


@pytest.mark.parametrize(
    ("kind", "number", "numeral"),
    [
        ("decimal", 12, "12"),
        ("lower-alpha", 26, "z"),
        ("lower-alpha", 27, "aa"),
        ("upper-alpha", 52, "AZ"),
        ("lower-roman", 4, "iv"),
        ("upper-roman", 1990, "MCMXC"),
    ],
)
def test_a_number_has_the_format_of_its_list(kind: str, number: int, numeral: str) -> None:
    assert NUMERALS[kind](number) == numeral

"""A language has the direction of its script. A line of text has the direction of its first letter."""

from __future__ import annotations

import pytest

from readout_pub.text_direction import first_strong_direction, language_direction


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "ltr"),
        ("ja", "ltr"),
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("AR-eg", "rtl"),
        ("he-IL", "rtl"),
        ("ps", "rtl"),
        ("prs-AF", "rtl"),
        ("ug", "rtl"),
        ("ug-CN", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("uz-Arab-AF", "rtl"),
        ("uz-Latn", "ltr"),
        ("ur-Latn-PK", "ltr"),
        ("ug-Cyrl", "ltr"),
        ("ur-1994", "rtl"),  # a subtag of four characters that is not a script
        ("und", "ltr"),
    ],
)
def test_the_direction_of_a_language_is_that_of_its_script(language: str, expected: str) -> None:
    assert language_direction(language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks", "ltr"),
        ("2031: محادثات", "rtl"),
        ("שיחות in Paris", "rtl"),
        ("(1) Paris שיחות", "ltr"),
        ("12.5", "ltr"),
    ],
)
def test_the_direction_of_a_line_is_that_of_its_first_strong_character(text: str, expected: str) -> None:
    assert first_strong_direction(text) == expected

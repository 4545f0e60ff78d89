"""The languages of a page and of an alternative text are recognised by the same letters."""

from __future__ import annotations

import pytest

from readout_pub.alt.lint.text_language import foreign_language
from readout_pub.extract.language import guessed_language

LETTERS = {
    "hiragana": ("みなとのふね", "ja"),
    "hangul": ("항구의 배", "ko"),
    "rare Chinese characters": ("㐀㐁㐂㐃㐄", "zh"),
    "Cyrillic": ("лодки у причала", "ru"),
    "Greek": ("βάρκες στο λιμάνι", "el"),
    "Arabic": ("قوارب في الميناء", "ar"),
    "Arabic letters of African languages": ("ݐݑݒݓݔݕ", "ar"),
    "Hebrew": ("סירות בנמל", "he"),
    "Thai": ("เรือที่ท่าเรือ", "th"),
    "Devanagari": ("घाट पर नावें", "hi"),
}


@pytest.mark.parametrize("script", LETTERS)
def test_letters_show_the_language_of_a_page_and_an_alternative_text(script: str) -> None:
    text, language = LETTERS[script]
    assert (guessed_language(text), foreign_language(text, "en", "")) == (language, language)

"""The language of a page: what it declares, else what its letters say, with a note."""

from __future__ import annotations

import pytest

from readout_pub import Note
from tests.pages import extraction, whole_page


def language(opening: str, words: str = "The Ministers met.") -> tuple[str, list[str]]:
    """Return the language of a page that begins like this, and the codes of its notes."""
    page = whole_page(f'{opening}<body><main><p class="date">May 1, 2031</p><p>{words}</p></main></body></html>')
    readout = extraction(page).readout
    return readout.language, [note.code for note in readout.notes]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ('lang="en"', "en"),
        ('lang="EN"', "en"),
        ('lang="en_gb"', "en-GB"),
        ('lang="zh-hant-tw"', "zh-Hant-TW"),
        ('xml:lang="ja" lang="ja"', "ja"),
        ('xml:lang="fr"', "fr"),
        ('lang="es-419"', "es-419"),
    ],
)
def test_a_declared_language_is_written_as_bcp_47_writes_it(declared: str, expected: str) -> None:
    assert language(f"<html {declared}>") == (expected, [])


@pytest.mark.parametrize("declared", ["", 'lang=""', 'lang="english please"', 'lang="12"'])
def test_a_page_that_declares_none_is_judged_by_its_letters(declared: str) -> None:
    assert language(f"<html {declared}>") == ("en", ["LANGUAGE_GUESSED"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The Ministers met.", "en"),
        ("両大臣は漁業について意見交換を行いました。", "ja"),
        ("亚特兰蒂斯外长举行会谈", "zh"),
        ("두 장관은 회담했다.", "ko"),
        ("Министры провели встречу.", "ru"),
        ("Οι υπουργοί συναντήθηκαν.", "el"),
        ("التقى الوزيران", "ar"),
        ("השרים נפגשו", "he"),
        ("The word 会談 means talks, and the Ministers held some of them.", "en"),
    ],
)
def test_letters_tell_a_language_by_their_script(words: str, expected: str) -> None:
    assert language("<html>", words) == (expected, ["LANGUAGE_GUESSED"])


def test_the_note_says_which_language_was_guessed() -> None:
    page = whole_page('<html><body><main><p class="date">2031-05-01</p><p>両大臣は会談した。</p></main></body></html>')
    assert extraction(page).readout.notes == (
        Note("LANGUAGE_GUESSED", "note", "the source names no language; its letters say 'ja'"),
    )

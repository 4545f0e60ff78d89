"""Estimated widths of texts, and texts cut to a width."""

from __future__ import annotations

import pytest

from readout_pub.emit.pandoc.text_width import running_head, shorten_to_width, text_width, word_width
from tests.line_count import count_lines


def test_japanese_characters_are_about_twice_as_wide_as_latin_letters() -> None:
    assert text_width("日本") > 1.8 * text_width("ab")


def test_a_combining_mark_has_no_width() -> None:
    assert text_width("e\u0301") == text_width("e")


@pytest.mark.parametrize("text", ["Talks", "日・レムリア外相会談"])
def test_a_text_that_fits_stays_as_it_is(text: str) -> None:
    assert shorten_to_width(text, 12) == text


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Talks on Fisheries and Trade", "Talks on…"),
        ("日・レムリア外相会談及び首脳会談", "日・レムリア外相会…"),
        ("Unabhängigkeitserklärungen", "Unabhängigkeitse…"),
        ("Talks, on fisheries, and on trade", "Talks, on…"),
    ],
)
def test_a_long_text_is_cut_between_words_if_possible(text: str, cut: str) -> None:
    assert shorten_to_width(text, 10) == cut


@pytest.mark.parametrize("line", [50, 26, 18])
def test_long_titles_and_publishers_fit_in_a_running_head_with_space_between(line: float) -> None:
    title, side = running_head("Talks on Fisheries " * 8, "Ministry of the Sea and of Trade " * 4, line)
    assert min(text_width(title), text_width(side)) > line / 5
    assert text_width(title) + text_width(side) < 0.97 * line


def test_a_publisher_has_the_room_that_a_short_title_leaves() -> None:
    texts = ("Talks", "Ministry of the Sea and of Trade of Atlantis")
    assert running_head(*texts, 50) == texts


def test_a_very_long_title_is_cut_in_linear_time() -> None:
    assert count_lines(lambda: shorten_to_width("Talks " * 2000, 10)) < 10 * len("Talks " * 2000)


def test_word_width_is_that_of_the_longest_unbreakable_part() -> None:
    assert word_width("a Unabhängigkeit b") == text_width("Unabhängigkeit")
    assert word_width("会談") == text_width("会")


def test_an_address_can_break_where_its_parts_end() -> None:
    assert word_width("at https://thule.example/harbours/fisheries today") == text_width("fisheries")
    assert word_width("harbours/fisheries") == text_width("harbours/fisheries")

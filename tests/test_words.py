"""How texts are split into words and normalized before they are compared, and the differences of two copies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.words import Difference, count_words, differences, spaced, words_of, words_of_all


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They  met\n in Avalon.", ["They", "met", "in", "Avalon."]),
        ("co\u00adoperation", ["cooperation"]),
        ("of\ufb01ce", ["office"]),
        ("www.\u200bexample.org", ["www.example.org"]),
        ("a\u00a0b\u3000c", ["a", "b", "c"]),
        ("e\u0301te\u0301", ["\u00e9t\u00e9"]),
        ("\u6771\u4eac\u3001Avalon", ["\u6771", "\u4eac", "\u3001", "Avalon"]),
        ("写真：Boats", ["写", "真", ":", "Boats"]),
        ("\u304b\u3099", ["\u304c"]),
        ("\u0e44\u0e17\u0e22", ["\u0e44", "\u0e17", "\u0e22"]),
        ("\u0e14\u0e35", ["\u0e14\u0e35"]),
        ("\u202bשלום\u202c", ["שלום"]),
        ("\ufef3\ufea3", ["\u064a\u062d"]),
        (" \u200b ", []),
    ],
)
def test_words_are_normalized_for_comparison(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_word_never_spans_two_texts() -> None:
    assert words_of_all(["They", "met."]) == ["They", "met."]


@pytest.mark.slow
@given(st.lists(st.text() | st.text(" \u00a0\u0301\u0e31\u0e14e\u00ad\u304b\u3099\ufb01")))
def test_joining_texts_by_line_breaks_keeps_the_number_of_words(texts: list[str]) -> None:
    assert sum(map(count_words, texts)) == len(words_of("\n".join(texts)))


def test_words_shown_to_people_have_spaces_where_their_script_has_them() -> None:
    assert spaced(words_of("\u6771\u4eac met \u6771\u4eac")) == "\u6771\u4eac met \u6771\u4eac"


def test_differences_give_positions_words_and_kind() -> None:
    before = "the ministers met in Avalon today".split()
    after = "the two ministers met in Lyonesse".split()
    assert differences(before, after) == [
        Difference(1, 1, (), ("two",)),
        Difference(4, 5, ("Avalon", "today"), ("Lyonesse",)),
    ]
    assert [each.kind for each in differences(before, after)] == ["added", "replaced"]
    assert [each.kind for each in differences(before, before[:-1])] == ["removed"]


WORDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30)


@pytest.mark.slow
@given(WORDS, WORDS)
def test_differences_applied_to_the_first_copy_give_the_second(before: list[str], after: list[str]) -> None:
    assert _changed(before, after) == after


def test_copies_longer_than_a_window_are_aligned() -> None:
    before = [f"w{number}" for number in range(25_000)]
    after = [*before[:12_000], "new", *before[12_001:20_000], *before[20_100:]]
    assert differences(before, after) == [
        Difference(12_000, 12_000, ("w12000",), ("new",)),
        Difference(20_000, 20_000, tuple(before[20_000:20_100])),
    ]


def _changed(before: list[str], after: list[str]) -> list[str]:
    """Return `before` with the differences to `after` applied."""
    out: list[str] = []
    at = 0
    for each in differences(before, after):
        assert before[each.at : each.at + len(each.before)] == list(each.before)
        out += [*before[at : each.at], *each.after]
        at = each.at + len(each.before)
    return out + before[at:]

"""Trimming and splitting lose no word. `drop_start` removes a number of characters and the white space after them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.model import (
    Code,
    Emphasis,
    Inlines,
    LineBreak,
    Link,
    Ruby,
    Strong,
    drop_start,
    plain_text,
    split_lines,
    trim,
)
from tests.model_strategies import PRINTABLE, line
from tests.outline import quoted

BREAK = LineBreak()
ANY_LINE = line(PRINTABLE)


@pytest.mark.parametrize(
    ("found", "trimmed"),
    [
        ((" \u3000One\u00a0\n",), '"One"'),
        ((" ", BREAK, "One", BREAK, " "), '"One"'),
        ((Emphasis((" ",)), Strong((BREAK, " One ")), " "), '"[strong: One]"'),
        ((" ", Code(" x "), " "), '"[code:  x ]"'),
        ((" ", BREAK, Emphasis(())), '""'),
        (("One ", BREAK, " two"), '"One ⏎ two"'),
    ],
)
def test_trimming_removes_white_space_and_breaks_at_both_ends(found: Inlines, trimmed: str) -> None:
    assert quoted(trim(found)) == trimmed


@pytest.mark.parametrize(
    ("found", "count", "rest"),
    [
        (("(1) Fish",), 4, '"Fish"'),
        ((Strong(("(1)",)), " Fish"), 4, '"Fish"'),
        ((Strong(("(1) Fish",)), " nets"), 4, '"[strong: Fish] nets"'),
        (("(", Emphasis(("1) Fi",)), "sh"), 4, '"[emphasis: Fi]sh"'),
        ((Link("a.html", ("1.\u3000Fish",)),), 3, '"[link a.html: Fish]"'),
        ((Code("1. x"), "y"), 3, '"[code: x]y"'),
        (("1.", BREAK, "Fish"), 3, '"Fish"'),
        ((Ruby(("一、外交",), "がいこう"), "政策"), 2, '"[ruby がいこう: 外交]政策"'),
        (("Fish",), 0, '"Fish"'),
        (("Fish",), 9, '""'),
    ],
)
def test_dropping_a_start_also_drops_white_space_after_it(found: Inlines, count: int, rest: str) -> None:
    assert quoted(drop_start(found, count)) == rest


@pytest.mark.parametrize(
    ("found", "outlined"),
    [
        (("One", BREAK, "two"), ['"One"', '"two"']),
        (("One", BREAK, BREAK, "two"), ['"One"', '""', '"two"']),
        ((Strong(("One", BREAK, "two")), "!"), ['"[strong: One]"', '"[strong: two]!"']),
        ((BREAK, Strong((BREAK,))), ['""', '""', '""']),
        ((Ruby(("黒瀬",), "くろせ"), BREAK, Code("x")), ['"[ruby くろせ: 黒瀬]"', '"[code: x]"']),
        ((), ['""']),
    ],
)
def test_lines_are_split_at_each_break_also_inside_elements(found: Inlines, outlined: list[str]) -> None:
    assert [quoted(each) for each in split_lines(found)] == outlined


@pytest.mark.slow
@given(ANY_LINE)
def test_splitting_lines_keeps_all_characters_except_breaks(found: Inlines) -> None:
    assert "\n".join(plain_text(each) for each in split_lines(found)) == plain_text(found)


@pytest.mark.slow
@given(ANY_LINE)
def test_trimming_is_idempotent_and_keeps_every_word(found: Inlines) -> None:
    assert trim(trim(found)) == trim(found)
    assert plain_text(trim(found)).split() == plain_text(found).split()


@pytest.mark.slow
@given(st.text("ab1. （）", min_size=1), st.integers(0, 5))
def test_dropping_from_plain_text_is_slicing_and_left_stripping(text: str, count: int) -> None:
    assert plain_text(drop_start((text,), count)) == text[count:].lstrip()

"""The labels that a browser shows before the items of an ordered list."""

from __future__ import annotations

import pytest

from readout_pub.model import OrderedList
from tests.pages import extracted


def labels(markup: str) -> list[str | None]:
    (block,) = extracted(markup).body
    assert isinstance(block, OrderedList)
    return [item.label for item in block.items]


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("<ol>", ["1.", "2.", "3."]),
        ('<ol start="9">', ["9.", "10.", "11."]),
        ('<ol start="-1">', ["-1.", "0.", "1."]),
        ("<ol reversed>", ["3.", "2.", "1."]),
        ('<ol reversed start="11">', ["11.", "10.", "9."]),
        ('<ol type="a">', ["a.", "b.", "c."]),
        ('<ol type="A" start="26">', ["Z.", "AA.", "AB."]),
        ('<ol type="i" start="3">', ["iii.", "iv.", "v."]),
        ('<ol type="I" start="1998">', ["MCMXCVIII.", "MCMXCIX.", "MM."]),
        ('<ol type="I" start="3999">', ["MMMCMXCIX.", "4000.", "4001."]),
        ('<ol type="a" start="-1">', ["-1.", "0.", "a."]),
        ('<ol type="?" start="two">', ["1.", "2.", "3."]),
        ('<ol style="list-style-type: lower-alpha">', ["a.", "b.", "c."]),
        ('<ol type="a" style="margin: 0; list-style: upper-roman inside">', ["I.", "II.", "III."]),
        ('<ol style="list-style-type: none;">', [None, None, None]),
        ('<ol style="margin: 0; list-style: outside none">', [None, None, None]),
    ],
)
def test_labels_follow_the_attributes_of_the_list(opening: str, expected: list[str | None]) -> None:
    assert labels(f"{opening}<li>Trade</li><li>Fish</li><li>Culture</li></ol>") == expected


def test_the_value_of_an_item_sets_the_following_numbers() -> None:
    assert labels('<ol><li>Trade</li><li value="7">Fish</li><li>Culture</li></ol>') == ["1.", "7.", "8."]


def test_a_list_between_the_items_of_a_reversed_list_does_not_count() -> None:
    markup = "<ol reversed><li>Trade</li><ul><li>Nets</li></ul><li>Fish</li></ol>"
    assert labels(markup) == ["2.", "1."]


def test_an_item_whose_style_hides_its_number_still_counts() -> None:
    assert labels('<ol><li>Trade</li><li style="list-style: none">Fish</li><li>Culture</li></ol>') == ["1.", None, "3."]


def test_an_empty_item_counts_too_although_it_is_left_out() -> None:
    assert labels("<ol><li>Trade</li><li> </li><li>Culture</li></ol>") == ["1.", "3."]


def test_a_list_whose_items_all_begin_with_a_time_has_no_numbers() -> None:
    updates = "".join(f"<li><time>{day} May 2031</time><p>The fees were changed.</p></li>" for day in (3, 2, 1))
    assert labels(f"<ol>{updates}</ol>") == [None, None, None]
    assert labels("<ol><li><time>3 May</time> opens</li><li>The fees</li></ol>") == ["1.", "2."]

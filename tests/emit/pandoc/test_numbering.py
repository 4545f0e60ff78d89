"""Which labels become automatic numbering."""

from __future__ import annotations

import pytest

from readout_pub.emit.pandoc.numbering import Numbering, numbering


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["1.", "2.", "3."], Numbering(1, "Decimal", "Period")),
        (["3.", "4."], Numbering(3, "Decimal", "Period")),
        (["(1)", "(2)"], Numbering(1, "Decimal", "TwoParens")),
        (["9)", "10)"], Numbering(9, "Decimal", "OneParen")),
        (["a)", "b)"], Numbering(1, "LowerAlpha", "OneParen")),
        (["(C)", "(D)"], Numbering(3, "UpperAlpha", "TwoParens")),
        (["i.", "ii."], Numbering(1, "LowerRoman", "Period")),
        (["i.", "j."], Numbering(9, "LowerAlpha", "Period")),
        (["XIX.", "XX."], Numbering(19, "UpperRoman", "Period")),
    ],
)
def test_an_unbroken_sequence_is_a_numbering(labels: list[str], expected: Numbering) -> None:
    assert numbering(labels) == expected


@pytest.mark.parametrize(
    "labels",
    [
        [],
        [None],
        ["1.", None],
        ["1.", "3."],
        ["2.", "1."],
        ["1.", "2)"],
        ["(1.", "(2."],
        ["01.", "02."],
        ["１．", "２．"],
        ["（１）", "（２）"],
        ["第1", "第2"],
        ["1", "2"],
        ["*", "*"],
        ["y.", "z.", "aa."],
    ],
)
def test_other_labels_are_not_a_numbering(labels: list[str | None]) -> None:
    assert numbering(labels) is None

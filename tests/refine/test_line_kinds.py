"""Whether a line may be a heading, judged by its text alone."""

from __future__ import annotations

import pytest

from readout_pub.refine.line_kinds import looks_like_heading


def test_asterisks_alone_and_lines_between_hyphens_are_not_headings() -> None:
    assert not looks_like_heading("* * *")
    assert looks_like_heading("* Trade *")
    assert not looks_like_heading("- 여객선 148척 대상 -")


def test_a_line_that_begins_with_a_footnote_symbol_is_no_heading() -> None:
    assert not looks_like_heading("*Deadline: 4 May 2031")
    assert not looks_like_heading("† Except on holidays")


@pytest.mark.parametrize(
    "sentence",
    [
        "They met.",
        "何を話した？",
        "ماذا قال الوزير؟",
        "दोनों मिले।",
        "دونوں ملے۔",
        "Они сказали: «Да.»",
        "قال الوزير:",
        "البحر،",
    ],
)
def test_a_line_that_ends_with_punctuation_of_any_script_is_no_heading(sentence: str) -> None:
    assert not looks_like_heading(sentence)

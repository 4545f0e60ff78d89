"""Joining lines, and collecting paragraphs."""

from __future__ import annotations

import pytest

from benchmarks.readback.lines import Lines, join_lines


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("the two\nministers", "the two ministers"),
        ("a face-to-\nface meeting", "a face-to-face meeting"),
        ("pre-\nand post-war", "pre- and post-war"),
        ("the talks –\nheld in Poseidonis", "the talks – held in Poseidonis"),
        ("1990–\n1995", "1990–1995"),
        ("外務\n大臣", "外務大臣"),
        ("両大臣は\nASEANについて", "両大臣はASEANについて"),
        ("외교부\n장관", "외교부 장관"),
        ("held  in\tthe\n  capital ", "held in the capital"),
        ("１\u3000はじめに", "１\u3000はじめに"),
    ],
)
def test_broken_lines_are_joined_with_a_space_or_without(broken: str, whole: str) -> None:
    assert join_lines(broken) == whole


def test_a_label_is_put_before_the_next_paragraph() -> None:
    lines = Lines()
    lines.label("(1)")
    lines.write("Trade")
    lines.end()
    lines.write("Fishing")
    assert lines.close() == ("(1) Trade", "Fishing")


def test_of_two_labels_in_a_row_the_first_becomes_a_line_of_its_own() -> None:
    lines = Lines()
    lines.label("1.")
    lines.label("(1)")
    lines.write("Trade")
    assert lines.close() == ("1.", "(1) Trade")


def test_an_empty_paragraph_leaves_no_line() -> None:
    lines = Lines()
    lines.write(" \n ")
    lines.end()
    assert lines.close() == ()

"""Counts of words left out, and the reasons of fields and lines."""

from __future__ import annotations

from tests.extract.generic.pages import HEADLINE, STORY, extract_generic, newspaper, read_generic


def test_left_out_words_are_counted_by_rule() -> None:
    notes = [note for note in read_generic(newspaper(f"{HEADLINE}{STORY}")).notes if note.code == "DROPPED"]
    assert [note.message for note in notes] == [
        "5 words left out (rule 'chrome: <nav>')",
        "9 words left out (rule 'chrome: <footer>')",
    ]


def test_each_reason_names_a_field_or_decision_and_the_element() -> None:
    reasons = extract_generic(newspaper(f"{HEADLINE}{STORY}")).reasons()
    assert [(each.what, (each.where or "").split(",")[0]) for each in reasons] == [
        ("title", "h1"),
        ("dropped", "li"),
        ("kept", "p"),
        ("dropped", "p"),
    ]

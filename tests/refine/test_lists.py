"""Lists: merging of consecutive lists, and numbers typed into items."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.pages import refined


def test_lists_that_continue_a_count_are_merged() -> None:
    assert refined("<ol><li>One.</li></ol><ol start=2><li>Two.</li><li>Three.</li></ol>") == dedent("""\
        ordered
          "1." paragraph "One."
          "2." paragraph "Two."
          "3." paragraph "Three."
    """)


@pytest.mark.parametrize(
    "second", ["<ol><li>Two.</li></ol>", "<ol start=3><li>Two.</li></ol>", "<ol start=2 lang=fr><li>Two.</li></ol>"]
)
def test_lists_of_another_count_or_language_are_not_merged(second: str) -> None:
    assert refined(f"<ol><li>One.</li></ol>{second}").count("ordered") == 2


def test_a_typed_number_replaces_the_automatic_one() -> None:
    assert refined("<ol><li>(1) Fish</li><li>(2) <b>Nets</b></li></ol>") == dedent("""\
        ordered
          "(1)" paragraph "Fish"
          "(2)" paragraph "[strong: Nets]"
    """)


def test_bullets_with_typed_numbers_become_an_ordered_list() -> None:
    assert refined("<ul><li>a) Fish</li><li>b) Nets</li></ul>") == dedent("""\
        ordered
          "a)" paragraph "Fish"
          "b)" paragraph "Nets"
    """)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.", "2."),
        ("（１）", "（２）"),
        ("①", "②"),
        ("ア）", "イ）"),
        ("(a)", "(b)"),
        ("i.", "ii."),
        ("(iv)", "(v)"),
        ("一、", "二、"),
        ("１．", "２．"),
        ("(9)", "(10)"),
        ("第１", "第２"),
        ("第一条", "第二条"),
        ("A.", "B."),
    ],
)
def test_labels_of_every_style_are_recognised(first: str, second: str) -> None:
    assert refined(f"<ul><li>{first} Fish</li><li>{second} Nets</li></ul>") == dedent(f"""\
        ordered
          "{first}" paragraph "Fish"
          "{second}" paragraph "Nets"
    """)


@pytest.mark.parametrize(
    ("first", "second"), [("1.", "Nets and 2."), ("(1)", "(3)"), ("1.", "(2)"), ("2.5", "3.5"), ("I", "We")]
)
def test_text_without_consecutive_numbers_has_no_labels(first: str, second: str) -> None:
    assert refined(f"<ul><li>{first} tonnes</li><li>{second} tonnes</li></ul>") == dedent(f"""\
        bullets
          - paragraph "{first} tonnes"
          - paragraph "{second} tonnes"
    """)


def test_a_number_that_repeats_the_automatic_one_is_its_label() -> None:
    assert refined("<ol><li>1. Fish</li><li>Nets</li></ol>") == dedent("""\
        ordered
          "1." paragraph "Fish"
          "2." paragraph "Nets"
    """)


def test_a_bullet_keeps_its_number_if_the_others_have_none() -> None:
    assert refined("<ul><li>3. Fish</li><li>Nets</li></ul>") == dedent("""\
        bullets
          - paragraph "3. Fish"
          - paragraph "Nets"
    """)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("4. August 2031: Ankunft", "5. August 2031: Abfahrt"),
        ("4. August: Ankunft", "5. August: Abfahrt"),
        ("4. elokuuta 2031 saapuminen", "5. elokuuta 2031 lähtö"),
    ],
)
def test_the_day_of_a_date_is_not_a_label(first: str, second: str) -> None:
    assert refined(f"<ul><li>{first}</li><li>{second}</li></ul>") == dedent(f"""\
        bullets
          - paragraph "{first}"
          - paragraph "{second}"
    """)


@pytest.mark.parametrize(("first", "second"), [("1. Pro Asyl", "2. Mar Bella"), ("1. May speaks", "2. Led lights")])
def test_a_short_word_that_abbreviates_a_month_is_not_a_date(first: str, second: str) -> None:
    assert refined(f"<ul><li>{first}</li><li>{second}</li></ul>") == dedent(f"""\
        ordered
          "1." paragraph "{first[3:]}"
          "2." paragraph "{second[3:]}"
    """)


@pytest.mark.parametrize("name", ["A. Nereus", "I. Okean"])
def test_an_initial_in_a_list_of_one_is_not_a_label(name: str) -> None:
    assert refined(f"<ul><li>{name}</li></ul>") == f'bullets\n  - paragraph "{name}"\n'

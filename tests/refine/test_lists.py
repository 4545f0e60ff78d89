"""Lists that go on counting are one list, and a typed number takes the place of an automatic one."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.pages import refined


def test_lists_that_go_on_counting_are_joined() -> None:
    assert refined("<ol><li>One.</li></ol><ol start=2><li>Two.</li><li>Three.</li></ol>") == dedent("""\
        ordered
          "1." paragraph "One."
          "2." paragraph "Two."
          "3." paragraph "Three."
    """)


@pytest.mark.parametrize(
    "second", ["<ol><li>Two.</li></ol>", "<ol start=3><li>Two.</li></ol>", "<ol start=2 lang=fr><li>Two.</li></ol>"]
)
def test_lists_that_begin_anew_or_speak_another_language_are_not(second: str) -> None:
    assert refined(f"<ol><li>One.</li></ol>{second}").count("ordered") == 2


def test_a_typed_number_takes_the_place_of_an_automatic_one() -> None:
    assert refined("<ol><li>(1) Fish</li><li>(2) <b>Nets</b></li></ol>") == dedent("""\
        ordered
          "(1)" paragraph "Fish"
          "(2)" paragraph "[strong: Nets]"
    """)


def test_bullets_with_typed_numbers_are_an_ordered_list() -> None:
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
def test_labels_of_every_style_are_found(first: str, second: str) -> None:
    assert refined(f"<ul><li>{first} Fish</li><li>{second} Nets</li></ul>") == dedent(f"""\
        ordered
          "{first}" paragraph "Fish"
          "{second}" paragraph "Nets"
    """)


@pytest.mark.parametrize(
    ("first", "second"), [("1.", "Nets and 2."), ("(1)", "(3)"), ("1.", "(2)"), ("2.5", "3.5"), ("I", "We")]
)
def test_words_that_do_not_count_on_are_no_labels(first: str, second: str) -> None:
    assert refined(f"<ul><li>{first} tonnes</li><li>{second} tonnes</li></ul>") == dedent(f"""\
        bullets
          - paragraph "{first} tonnes"
          - paragraph "{second} tonnes"
    """)


def test_a_number_that_repeats_the_automatic_one_is_said_once_even_where_others_lack_it() -> None:
    assert refined("<ol><li>1. Fish</li><li>Nets</li></ol>") == dedent("""\
        ordered
          "1." paragraph "Fish"
          "2." paragraph "Nets"
    """)


def test_a_bullet_keeps_its_first_number_if_the_others_have_none() -> None:
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
def test_a_day_before_its_month_is_no_label(first: str, second: str) -> None:
    assert refined(f"<ul><li>{first}</li><li>{second}</li></ul>") == dedent(f"""\
        bullets
          - paragraph "{first}"
          - paragraph "{second}"
    """)


@pytest.mark.parametrize(("first", "second"), [("1. Pro Asyl", "2. Mar Bella"), ("1. May speaks", "2. Led lights")])
def test_a_word_that_abbreviates_a_month_elsewhere_leaves_its_label(first: str, second: str) -> None:
    assert refined(f"<ul><li>{first}</li><li>{second}</li></ul>") == dedent(f"""\
        ordered
          "1." paragraph "{first[3:]}"
          "2." paragraph "{second[3:]}"
    """)


@pytest.mark.parametrize("name", ["A. Nereus", "I. Okean"])
def test_the_name_in_a_list_of_one_keeps_its_initial(name: str) -> None:
    assert refined(f"<ul><li>{name}</li></ul>") == f'bullets\n  - paragraph "{name}"\n'

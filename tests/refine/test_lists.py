"""Lists: merging of consecutive lists, numbers typed into items, and the limit of nesting."""

from __future__ import annotations

from textwrap import dedent

import pytest

from readout_pub.refine import refine
from readout_pub.refine.lists import MAX_LIST_DEPTH
from tests.outline import outline
from tests.pages import extracted, refined


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
def test_lists_with_another_count_or_language_are_not_merged(second: str) -> None:
    assert refined(f"<ol><li>One.</li></ol>{second}").count("ordered") == 2


@pytest.mark.parametrize("item", ["<ul><li>{}</li></ul>", "<div><div><ul><li>{}</li></ul></div></div>"])
def test_neighbouring_bullet_lists_of_one_item_are_merged(item: str) -> None:
    assert refined("".join(map(item.format, ("Fish", "Nets", "Salt")))) == dedent("""\
        bullets
          - paragraph "Fish"
          - paragraph "Nets"
          - paragraph "Salt"
    """)


@pytest.mark.parametrize(
    "second",
    ["<p>Two.</p><ul><li>Nets</li></ul>", "<ul><li>Nets</li><li>Salt</li></ul>", "<ul lang=fr><li>Filets</li></ul>"],
)
def test_other_bullet_lists_are_not_merged(second: str) -> None:
    """Text stands between the lists, one of them has several items, or they are in two languages."""
    assert refined(f"<ul><li>Fish</li></ul>{second}").count("bullets") == 2


def test_a_typed_number_replaces_the_automatic_one() -> None:
    assert refined("<ol><li>(1) Fish</li><li>(2) <b>Nets</b></li></ol>") == dedent("""\
        ordered
          "(1)" paragraph "Fish"
          "(2)" paragraph "[strong: Nets]"
    """)


@pytest.mark.parametrize(
    "lines", ["<ul><li>{}</li><li>{}</li></ul>", "<p>{}</p><p>{}</p>", "<h2>{}</h2><p>One.</p><h2>{}</h2><p>Two.</p>"]
)
def test_a_number_within_a_formula_shows_once(lines: str) -> None:
    """A formula is not divided, so its number does not become the label of an item or a section."""
    formulas = (f"<math><mtext>({n})</mtext><mspace/><mi>x</mi></math> and nets" for n in (1, 2))
    found = refined(lines.format(*formulas))
    assert (found.count('"(1)"'), found.count("formula (1) x")) == (0, 1)


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


def test_a_typed_number_equal_to_the_automatic_one_shows_once() -> None:
    assert refined("<ol><li>1. Fish</li><li>Nets</li></ol>") == dedent("""\
        ordered
          "1." paragraph "Fish"
          "2." paragraph "Nets"
    """)


@pytest.mark.slow
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


def nested(depth: int, tag: str = "ul", rest: str = "") -> str:
    """Return the markup of `depth` nested lists of one item each; `rest` ends every item."""
    return "".join(f"<{tag}><li><p>Item {level}.</p>" for level in range(depth)) + f"{rest}</li></{tag}>" * depth


@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_lists_below_the_deepest_allowed_level_continue_on_that_level(tag: str) -> None:
    readout = refine(extracted(nested(MAX_LIST_DEPTH + 20, tag)))
    lines = outline(readout.body).splitlines()
    assert [f"Item {level}." in line for level, line in enumerate(each for each in lines if "Item" in each)] == [
        True
    ] * (MAX_LIST_DEPTH + 20)
    deepest = max(len(line) - len(line.lstrip()) for line in lines)
    at_limit = outline(refine(extracted(nested(MAX_LIST_DEPTH, tag))).body).splitlines()
    assert deepest == max(len(line) - len(line.lstrip()) for line in at_limit)
    assert [each.message for each in readout.notes if each.code == "LISTS_FLATTENED"] == [
        "lists nested deeper than 8 levels continue on that level"
    ]
    assert refine(readout) == readout


def test_the_rest_of_an_item_with_a_deep_list_follows_that_list() -> None:
    deep = refined(nested(MAX_LIST_DEPTH + 2, rest="<p>The rest.</p>"))
    assert deep.index(f"Item {MAX_LIST_DEPTH + 1}") < deep.index("The rest.")
    assert deep.count("The rest.") == MAX_LIST_DEPTH + 2


def test_lists_within_the_limit_stay_as_they_are() -> None:
    readout = refine(extracted(nested(MAX_LIST_DEPTH)))
    assert outline(readout.body).count("bullets") == MAX_LIST_DEPTH
    assert "LISTS_FLATTENED" not in {each.code for each in readout.notes}

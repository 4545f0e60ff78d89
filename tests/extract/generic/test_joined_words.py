"""Words of neighbouring elements that only a style separates get a space between them."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper


def outline_with(row: str) -> str:
    """Return the outline of a page with a row within its text, without the marks of links and emphasis."""
    return body_outline(newspaper(f"{HEADLINE}{STORY}{row}{LATER}")).replace("[strong: ", "").replace("]", "")


@pytest.mark.parametrize(
    "row",
    [
        '<p><span class="tile-title">Lamps of the bay</span><span>Keepers tell when they burn.</span></p>',
        '<p><strong class="d-block">Lamps of the bay</strong><small>Keepers tell when they burn.</small></p>',
        '<p><b class="head">Lamps of the bay</b><i class="icon"></i><span>Keepers tell when they burn.</span></p>',
        '<p><em><span class="a">Lamps of the bay</span></em><span class="b">Keepers tell when they burn.</span></p>',
    ],
)
def test_words_of_elements_that_a_style_separates_are_not_joined(row: str) -> None:
    outline = outline_with(row).replace("[emphasis: ", "")
    assert "Lamps of the bay Keepers tell" in outline


@pytest.mark.parametrize(("number", "unit"), [("40", "lamps"), ("11", "years of work"), ("97.5%", "of the bay")])
def test_a_number_and_the_words_below_it_are_not_joined(number: str, unit: str) -> None:
    row = f'<div class="stat"><span class="num">{number}</span><span class="lbl">{unit} in the north</span></div>'
    assert f"{number} {unit}" in outline_with(row)


def test_links_without_space_between_them_are_not_joined() -> None:
    outline = outline_with('<p>They met in <a href="/s">Salt</a><a href="/r">Reef</a> and sang until dawn came.</p>')
    assert "Salt [link" in outline


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('<p><span class="first">T</span><span>he lamps burn from dusk to dawn.</span></p>', "The lamps"),
        ('<p><span class="prefix">e</span><span>Harbour</span> is the name of the service.</p>', "eHarbour"),
        ("<p><span>The keepers of Mac</span><span>Reef sang until dawn.</span></p>", "MacReef"),
        ('<p><span class="a">The keepers of Mac</span>Reef sang until dawn.</p>', "MacReef"),
        ('<p>On the <span class="d">3</span><span class="o">rd of May</span> they sang.</p>', "3rd of May"),
        ('<p>It is <span class="n">40</span><span class="u">km to the northern reef.</span></p>', "40km"),
        (
            '<p><span class="s1">Ships of the Reef</span><span class="s2">Line sailed at dawn.</span></p>',
            "ReefLine sailed",
        ),
        ('<p><span class="TextRun">The keepers of Bay</span><span class="TextRun">Light sang.</span></p>', "BayLight"),
        ('<p><span class="name">The keeper had a new i</span><span class="b">Lamp to burn.</span></p>', "iLamp"),
        ('<p><span class="lead">Ships of the U.</span><span class="b">L. sailed at dawn.</span></p>', "U.L. sailed"),
        ('<p><span class="lead">The keeper was a Ph.</span><span class="b">D. of salt.</span></p>', "Ph.D. of"),
        ('<p><span class="lead">The senator Mc</span><span class="b">Reef sang until dawn.</span></p>', "McReef sang"),
        ('<p><span class="lead">Owners of 5</span><span class="b">G lamps sang until dawn.</span></p>', "5G lamps"),
        ('<p><span class="n">40</span><span class="u">隻の船が入港した。</span></p>', "40隻"),
        ('<p><span class="n">40</span><span class="u">척의배가 왔다.</span></p>', "40척"),
        ('<p>The keepers<sup class="note">1</sup><span class="b">Pilots of the bay sang.</span></p>', "keepers"),
    ],
)
def test_parts_of_one_word_stay_joined(row: str, words: str) -> None:
    assert words in outline_with(row)

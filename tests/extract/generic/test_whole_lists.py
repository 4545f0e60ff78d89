"""Which lists are kept as a whole."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper, read_generic


def test_list_items_are_kept_together_whatever_words_they_begin_with() -> None:
    words = "Salt|Related harbours|Share of salt|Newsletter of pilots|Photo lamps|Comments of captains|Next tide|Search"
    items = [f"<li><b>{word}</b>: 4 sacks</li>" for word in words.split("|")]
    list_with_intro = f"<p>The tariff of the harbour, by what a ship brings in:</p><ul>{''.join(items)}</ul>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{list_with_intro}{LATER}"))
    assert [word for word in words.split("|") if word not in outline] == []


def test_a_date_among_other_facts_of_a_listis_kept_despite_low_score() -> None:
    values = ("Case: 201", "Date: April 2031", "Body: Reef Board", "Result: upheld")
    facts = "".join(f"<li>{value}</li>" for value in values)
    text = body_outline(newspaper(f"{HEADLINE}<ul>{facts}</ul>{STORY}{LATER}", head=DATED))
    assert all(value in text for value in values)


def test_the_speaker_and_the_place_below_the_headline_are_kept() -> None:
    below = '<p class="speaker">Pilot N. Ereus</p><p class="place">At the reef</p>'
    head = f'<div class="heading">{HEADLINE}{below}</div>'
    page = newspaper(f'{head}<ul class="share"><li><a href="#">Share</a></li></ul><div>{STORY}</div>')
    assert read_generic(page).byline == "Pilot N. Ereus"
    assert "At the reef" in body_outline(page)
    assert "Share" not in body_outline(page)


def test_one_link_of_a_menu_is_not_kept_alone() -> None:
    languages = "".join(f'<li><a href="/{n}">Tongue {n}</a></li>' for n in range(12))
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<ul>{languages}</ul>{LATER}")))
    classify(page, load_weights())
    links = [line.index for line in page.lines if line.text.startswith("Tongue")]
    for index in links:
        page.margins[index] = 4.0 if index == links[2] else -4.0
    keep = choose_lines(page, None)
    assert not any(keep[index] for index in links)


@pytest.mark.parametrize(("tag", "kept"), [("ol", True), ("ul", False)])
def test_an_item_of_a_numbered_list_is_kept_with_the_others(tag: str, *, kept: bool) -> None:
    items = '<li>The reef is long.</li><li>The <a href="/school">school of pilots</a> is old.</li>'
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<{tag}>{items}</{tag}>")))
    classify(page, load_weights())
    own = next(line.index for line in page.lines if "school of pilots" in line.text)
    page.margins = [3.0 if line.index < own else -2.0 for line in page.lines]
    assert choose_lines(page, None)[own] is kept

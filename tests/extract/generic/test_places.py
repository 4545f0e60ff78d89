"""The place of a document beside its day: in a row of facts, after a label, or in a dateline."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper, read_generic

_ROWS = (
    '<p class="meta"><span class="place">Reef Town</span> | <span class="date">14 May 2031</span></p>',
    '<div><i>14 May 2031</i> <span class="type">News release</span> <span class="location">Reef Town</span></div>',
    '<div class="field"><div class="date-city">Reef Town, Kelpia</div> <span class="day">14 May 2031</span></div>',
    '<ul class="facts"><li><em class="ort">Reef Town</em> <time datetime="2031-05-14">14 May 2031</time></li></ul>',
    "<div><span>Location: Reef Town</span> <span>Date: 14 May 2031</span></div>",
    "<p>Ort: Reef Town</p><p>14 May 2031</p>",
    "<p><em>Reef Town, </em><em>May 14, 2031 —</em></p>",
    '<div class="meta"><time datetime="2031-05-14">Reef Town, 14 May 2031.</time></div>',
)


@pytest.mark.parametrize("row", _ROWS)
@pytest.mark.parametrize("where", ["below the title", "above the title"])
def test_the_place_beside_the_day_is_kept(row: str, where: str) -> None:
    head = f"{HEADLINE}{row}" if where == "below the title" else f"{row}{HEADLINE}"
    readout = read_generic(newspaper(f"{head}{STORY}{LATER}"))
    assert readout.issued == dt.date(2031, 5, 14)
    text = body_outline(newspaper(f"{head}{STORY}{LATER}"))
    assert "Reef Town" in f"{text} {readout.series}"


@pytest.mark.parametrize(
    "line",
    [
        '<div class="grey text"><span>Posted by Reef News on Tuesday, </span><span>August 29, 2031</span></div>',
        '<p class="meta"><span>Updated Tuesday, </span><span>August 29, 2031</span></p>',
    ],
)
def test_a_label_and_a_weekday_before_a_day_are_left_out(line: str) -> None:
    expected = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", head=DATED))
    assert body_outline(newspaper(f"{HEADLINE}{line}{STORY}{LATER}", head=DATED)) == expected


def test_a_place_and_day_in_the_head_of_the_site_are_left_out() -> None:
    page = newspaper(f"{HEADLINE}{STORY}{LATER}", head=DATED, above='<div class="today">Reef Town, 9 June 2031</div>')
    assert "Reef Town" not in body_outline(page)


def test_a_named_place_within_a_sentence_stays_in_it() -> None:
    place, day = '<span class="place">Reef Town</span>', '<span class="date">14 May 2031</span>'
    sentence = f"<p>The council met in {place} on {day} at noon.</p>"
    assert "The council met in Reef Town on 14 May 2031 at noon." in body_outline(
        newspaper(f"{HEADLINE}{STORY}{sentence}{LATER}", head=DATED)
    )


def test_the_places_of_a_list_of_events_stay_in_their_rows() -> None:
    events = "".join(
        f'<li><span class="date">{day} May 2031</span> <span class="place">{town}</span></li>'
        for day, town in ((14, "Reef Town"), (15, "Tide Bay"))
    )
    text = body_outline(newspaper(f"{HEADLINE}{STORY}<ul>{events}</ul>{LATER}", head=DATED))
    assert "14 May 2031 Reef Town" in text


def test_a_title_with_place_and_day_stays_whole() -> None:
    title = '<span>Harbour open</span> <span class="venue">Tide Hall</span> <span>14 May 2031</span>'
    readout = read_generic(newspaper(f"<h1>{title}</h1>{STORY}{LATER}", head=DATED))
    assert readout.title == ("Harbour open Tide Hall 14 May 2031",)


def test_a_dateline_among_other_facts_of_a_row_is_a_line_of_its_own() -> None:
    row = "<p><span>Press release</span> <span>Reef Town, 4 May 2031</span></p>"
    shown = body_outline(newspaper(f"{HEADLINE}{row}{STORY}"))
    assert shown.startswith('paragraph "Reef Town, 4 May 2031"')


@pytest.mark.parametrize(
    "row",
    [
        "<p>The lamps were lit in <span>Reef Town, 4 May 2031</span> by the pilots</p>",
        "<h2><span>Feast of lamps</span> <span>Reef Town, 4 May 2031</span></h2>",
        "<li><i>Feast</i><i>Reef Town, 4 May 2031</i></li><li><i>Fair</i><i>Salt, 5 May 2031</i></li>",
    ],
)
def test_a_dateline_in_a_sentence_or_heading_or_list_stays_in_its_line(row: str) -> None:
    shown = body_outline(newspaper(f"{HEADLINE}{STORY}{row}{LATER}"))
    assert 'paragraph "Reef Town, 4 May 2031"' not in shown

"""Tests of `cards`: which lines of key figures, events and other small boxes of one kind are kept."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.cards import keep_file_cards, keep_labels_of_cards, keep_lines_of_cards
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper

_CARD = '<li><div class="title">{0}</div><p>{1}</p></li>'


def _kept_labels(names: tuple[str, ...], card: str = _CARD) -> int:
    """Return how many labels of cards are kept on a page whose other lines are all kept."""
    texts = (f"Ships of the {n}. fleet may enter the harbour at dawn and at dusk." for n in range(9))
    cards = "".join(card.format(name, text) for name, text in zip(names, texts, strict=False))
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<ul>{cards}</ul>")))
    keep = [line.text not in names for line in page.lines]
    keep_labels_of_cards(page, keep)
    return sum(keep[line.index] for line in page.lines if line.text in names)


@pytest.mark.parametrize(
    "card",
    [
        _CARD,
        '<div class="card"><div class="card-title">{0}</div><div>{1}</div></div>',
        "<div><section><h4>{0}</h4><div><p>{1}</p></div></section></div>",
    ],
)
def test_the_different_labels_of_similar_cards_are_kept(card: str) -> None:
    assert _kept_labels(("Salt", "Oil", "Olives"), card) == 3


@pytest.mark.parametrize("names", [("Salt", "Oil"), ("Add to list", "Add to list", "Add to list")])
def test_the_labels_of_two_cards_and_repeated_buttons_are_not_kept(names: tuple[str, ...]) -> None:
    assert _kept_labels(names) == 0


def test_names_of_readers_above_their_posts_are_not_kept() -> None:
    assert _kept_labels(("Salt", "Oil", "Olives"), '<div class="post"><div class="user">{0}</div><p>{1}</p></div>') == 0


_FIGURES = (("40", "lamps on the reef"), ("9", "pilots of the harbour"), ("3.2 %", "more ships than before"))


@pytest.mark.parametrize(
    "tile",
    [
        '<div class="key-figure"><span class="value">{0}</span><span class="label">{1}</span></div>',
        '<li class="figure"><strong>{0}</strong> {1}</li>',
        '<div class="counter"><div class="counter-title">{1}</div><div><span class="counter">{0}</span></div></div>',
        '<div class="column"><div class="widget"><div class="tile"><div>{0}</div><div>{1}</div></div></div></div>',
    ],
)
def test_key_figures_within_the_text_are_kept_with_their_labels(tile: str) -> None:
    tiles = "".join(tile.format(*figure) for figure in _FIGURES)
    outline = body_outline(newspaper(f'{HEADLINE}{STORY}<div class="stats">{tiles}</div>{LATER}'))
    words = [words for figure in _FIGURES for words in figure]
    assert [each for each in words if each not in outline] == []


@pytest.mark.parametrize(
    "tile",
    [
        '<li><a href="/{0}"><span>{0}</span> <span>{1}</span></a></li>',
        '<li class="tile"><div>{0}</div><div><a href="/{0}">{1}</a></div></li>',
    ],
)
def test_linked_figures_are_left_out(tile: str) -> None:
    tiles = "".join(tile.format(*figure) for figure in _FIGURES)
    outline = body_outline(newspaper(f"{HEADLINE}<ul>{tiles}</ul>{STORY}{LATER}"))
    assert [words for words in ("40", "lamps on the reef") if words in outline] == []


_EVENTS = (("12 March 2031", "Lamps are lit"), ("3 June 2031", "Talks go on"), ("9 July 2031", "The accord is signed"))


def _kept_days(card: str) -> int:
    """Return how many days of events are kept if only their titles are kept before."""
    cards = "".join(card.format(*event, n=n) for n, event in enumerate(_EVENTS))
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<div>{cards}</div>{LATER}")))
    titles, days = ({event[place] for event in _EVENTS} for place in (1, 0))
    keep = [line.text in titles for line in page.lines]
    keep_lines_of_cards(page, keep)
    return sum(keep[line.index] for line in page.lines if line.text in days)


@pytest.mark.parametrize(
    "card",
    [
        '<div class="event"><div class="date">{0}</div><div class="title">{1}</div></div>',
        "<li><time>{0}</time><p>{1}</p></li>",
        '<section class="step"><h3>{1}</h3><p class="when">{0}</p></section>',
    ],
)
def test_the_days_of_unlinked_events_are_kept(card: str) -> None:
    assert _kept_days(card) == len(_EVENTS)


def test_the_days_of_linked_stories_are_not_kept() -> None:
    assert _kept_days('<div class="card"><div class="date">{0}</div><h3><a href="/{n}">{1}</a></h3></div>') == 0


def test_a_line_that_most_cards_of_a_row_have_is_kept_in_all() -> None:
    cards = "".join(f"<li><div>Name {n}</div><p>Keeper of lamp {n}</p></li>" for n in range(5))
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<ul>{cards}</ul>{LATER}")))
    keep = [line.text.startswith("Keeper") or line.text[-1:] in "123" for line in page.lines]
    keep_lines_of_cards(page, keep)
    assert [line.text for line in page.lines if keep[line.index] and line.text.startswith("Name")] == [
        f"Name {n}" for n in range(5)
    ]


def test_a_link_that_most_cards_of_a_row_have_is_kept_in_all() -> None:
    cards = "".join(f'<div class="file"><h3>Form {n}</h3><div><a href="/f/{n}">Open</a></div></div>' for n in range(5))
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<div>{cards}</div>{LATER}")))
    last = max(line.index for line in page.lines if line.text == "Open")
    keep = [line.text in {"Open", *(f"Form {n}" for n in range(5))} and line.index != last for line in page.lines]
    keep_lines_of_cards(page, keep)
    assert keep[last]


def test_a_number_that_the_list_shows_is_not_kept_as_a_line() -> None:
    cards = "".join(f"<li><div>{n}</div><p>Keeper of lamp {n}</p></li>" for n in range(1, 6))
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<ol>{cards}</ol>{LATER}")))
    keep = [line.text.startswith("Keeper") or line.text in {"1", "2", "3"} for line in page.lines]
    keep_lines_of_cards(page, keep)
    assert not any(keep[line.index] for line in page.lines if line.text in {"4", "5"})


@pytest.mark.parametrize("card", ["card", "attachment"])
def test_sentences_above_files_in_cards_below_the_text_are_kept(card: str) -> None:
    cards = "".join(
        f"""<div class="{card}"><div class="body"><h5>{name}</h5><p>{text}</p><a href="/{n}.pdf">PDF</a></div></div>"""
        for n, (name, text) in enumerate(
            [("Reef Accord", "The text that both sides signed."), ("Register", "All lamps with their keepers.")]
        )
    )
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{cards}"))
    words = ("Reef Accord", "The text that both sides signed.", "Register", "All lamps with their keepers.")
    assert [each for each in words if each not in outline] == []


_PERSONS = (("Orla Venn", "Chair"), ("Taro Quill", "Vice-chair of the board"), ("Sela van Marr", "Member for Thule"))


def _persons(
    card: str, persons: tuple[tuple[str, str], ...] = _PERSONS, heading: str = "Members of the council"
) -> str:
    """Return the outline of a page with a row of cards between two texts."""
    cards = "".join(card.format(*person, n=n) for n, person in enumerate(persons))
    return body_outline(newspaper(f"{HEADLINE}{STORY}<h2>{heading}</h2><div>{cards}</div>{LATER}"))


@pytest.mark.parametrize(
    "card",
    [
        '<div class="member"><img src="{n}.jpg" alt=""><h3><a href="/m/{n}">{0}</a></h3><p class="role">{1}</p></div>',
        '<article class="person-card"><h4><a href="/m/{n}">{0}</a></h4><div>{1}</div></article>',
        '<li class="profile"><p><a href="/m/{n}">{0}</a></p><p>{1}</p></li>',
    ],
)
def test_linked_persons_are_kept_with_their_roles_and_heading(card: str) -> None:
    outline = _persons(card)
    words = ["Members", *(words for person in _PERSONS for words in person)]
    assert [each for each in words if each not in outline] == []


@pytest.mark.parametrize(
    "stories",
    [
        (("Grain ships arrive", "The first ships came."), ("Queen stays", "She is ill."), ("Lamps lit", "All forty.")),
        (("Salt Rises", "4 May 2031"), ("Ships Sail", "5 May 2031"), ("Lamps Shine", "6 May 2031")),
    ],
)
def test_headlines_with_summaries_or_days_are_no_persons(stories: tuple[tuple[str, str], ...]) -> None:
    card = '<div class="teaser"><h3><a href="/news/{n}">{0}</a></h3><p>{1}</p></div>'
    outline = _persons(card, stories, "More news")
    assert [name for name, _ in stories if name in outline] == []


@pytest.mark.parametrize(
    "card",
    [
        '<div class="document-card"><div><p>{0}</p><p>PDF, 1 MB</p></div><a href="/f/{n}.pdf">Open</a></div>',
        '<div class="file"><span>{0}</span><div><a href="/f/{n}.docx">Word</a></div></div>',
    ],
)
def test_the_names_of_files_in_cards_below_a_heading_are_kept(card: str) -> None:
    cards = "".join(card.format(name, n=n) for n, name in enumerate(("Text of the accord", "Map of the lamps")))
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<h2>Documents</h2>{cards}{LATER}")))
    names = {"Text of the accord", "Map of the lamps"}
    keep = [line.text not in names for line in page.lines]
    keep_file_cards(page, keep)
    assert all(keep[line.index] for line in page.lines if line.text in names)


def test_the_times_of_a_programme_are_kept_with_its_parts() -> None:
    rows = "".join(
        f'<div class="row"><div class="col"><strong>{time}</strong></div><div class="col"><p>{part}</p></div></div>'
        for time, part in (("09:30", "Opening by the minister"), ("10:00", "Talks on lamps"), ("12:30", "Lunch"))
    )
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<h2>Programme</h2>{rows}"))
    assert [words for words in ("09:30", "10:00", "12:30") if words not in outline] == []

"""The headline: what is printed, checked by what the page says of itself, without the name of the site."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import STORY, newspaper, understood


def title_of(markup: str) -> str | None:
    title = understood(markup).title
    return str(title[0]) if title else None


@pytest.mark.parametrize(
    "title", ["Harbour open | The Atlantean", "Harbour open - The Atlantean", "The Atlantean: Harbour open"]
)
def test_the_name_of_the_site_is_no_part_of_a_title_that_nothing_prints(title: str) -> None:
    head = '<meta property="og:site_name" content="The Atlantean">'
    assert title_of(newspaper(STORY, head=head, title=title)) == "Harbour open"


def test_of_two_headings_the_one_that_the_page_names_itself_by_is_the_title() -> None:
    headings = "<h1>The Atlantean</h1><h2>Harbour of Atlantis open again</h2>"
    markup = newspaper(f"{headings}{STORY}", title="Harbour of Atlantis open again | The Atlantean")
    assert title_of(markup) == "Harbour of Atlantis open again"


def test_words_before_the_headline_in_its_heading_are_the_kicker() -> None:
    head = '<meta property="og:title" content="The harbour is open again">'
    markup = newspaper(f"<h1><span>Trade</span> <span>The harbour is open again</span></h1>{STORY}", head=head)
    readout = understood(markup)
    assert (readout.series, readout.title) == ("Trade", ("The harbour is open again",))


def test_a_line_over_the_headline_that_is_named_so_is_the_kicker() -> None:
    readout = understood(newspaper(f'<p class="kicker">Trade</p><h1>Harbour open</h1>{STORY}'))
    assert (readout.series, readout.title) == ("Trade", ("Harbour open",))


@pytest.mark.parametrize(
    ("over", "series"),
    [
        ("<p>Fisheries</p>", "Fisheries"),
        ("<p>Fisheries</p><p>4 August 2031</p>", "Fisheries"),
        ("<p>Fisheries :</p>", None),  # what ends so goes on in the next line
        ("<p>Photo: N. Anemone</p>", None),
        ("<p>Advertisement</p>", None),
        ("<p>21 answers</p>", None),
        ("<p>Harbour open</p>", None),
        ("<p>They met.</p>", None),
        ("<p>Fisheries</p><p>By Ms. Nerea Salt of the harbour office</p>", None),
    ],
)
def test_a_few_words_with_which_the_box_of_the_headline_begins_are_the_kicker(over: str, series: str | None) -> None:
    markup = newspaper(f"<div><div>{over}<h1>Harbour open</h1></div>{STORY}</div>")
    assert understood(markup).series == series


def test_a_date_that_is_called_a_kicker_is_none() -> None:
    assert understood(newspaper(f'<p class="kicker">4 August 2031</p><h1>Harbour open</h1>{STORY}')).series is None


def test_a_sign_between_kicker_and_headline_is_no_part_of_the_kicker() -> None:
    readout = understood(newspaper(f'<p class="kicker">Trade :</p><h1>Harbour open</h1>{STORY}'))
    assert readout.series == "Trade"


def test_marks_of_links_to_a_heading_and_soft_hyphens_are_no_part_of_the_title() -> None:
    assert title_of(newspaper(f"<h1>Har\u00adbour open ¶</h1>{STORY}")) == "Harbour open"


@pytest.mark.parametrize("address", ["http://[reef", "https:///harbour"])
def test_an_address_that_nobody_can_take_apart_is_none(address: str) -> None:
    page = newspaper(f"<h1>Harbour open</h1>{STORY}", head=f'<link rel="canonical" href="{address}">')
    assert title_of(page) == "Harbour open"

"""The date of issue: printed near the headline, or told to machines; never the date of a change or of another story."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.generic.pages import STORY, newspaper, understood

DAY = dt.date(2031, 5, 4)


def issued(main: str, *, head: str = "", below: str = "") -> dt.date | None:
    return understood(newspaper(f"<h1>Harbour open</h1>{main}{STORY}", head=head, below=below)).issued


@pytest.mark.parametrize(
    "line",
    [
        "<p>4 May 2031</p>",
        "<p>Published on May 4, 2031</p>",
        '<time datetime="2031-05-04T10:00:00Z">Sunday</time>',
        '<p class="date">04.05.2031</p>',
        "<p>Reef Street, 4 May 2031</p>",
        "<p>4. Mai 2031</p>",
        "<p>4 mai 2031</p>",
        "<p>4 de mayo de 2031</p>",
        "<p>4 мая 2031 г.</p>",
        "<p>٤ مايو ٢٠٣١</p>",
        "<p>4 أيار 2031</p>",
        "<p>4 พฤษภาคม 2574</p>",
        "<p>2031年5月4日</p>",
        "<p>令和13年5月4日</p>",
        "<p>2031년 5월 4일</p>",
        "<p>2031. május 4.</p>",
        '<div><time itemprop="datePublished" datetime="2031-05-04">today</time></div>',
    ],
)
def test_a_date_printed_below_the_headline_is_the_date_of_issue(line: str) -> None:
    assert issued(line) == DAY


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2031-05-04T08:00:00+00:00">',
        '<meta name="DC.date.issued" content="2031-05-04">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-05-04"}</script>',
        '<link rel="canonical" href="https://news.example/2031/05/04/harbour">',
        '<script>{"id": 7, "publishedAt": "2031-05-04T08:00:00Z", "updatedAt": "2031-05-09T08:00:00Z"}</script>',
    ],
)
def test_a_date_that_only_machines_are_told_counts_where_none_is_printed(head: str) -> None:
    assert issued("", head=head) == DAY


def test_days_of_several_stories_that_only_programs_name_are_no_date() -> None:
    script = '[{"id": 7, "publishedAt": "2031-05-04T08:00:00Z"}, {"id": 8, "publishedAt": "2031-05-05T08:00:00Z"}]'
    assert issued("", head=f"<script>{script}</script>") is None


@pytest.mark.parametrize("aside", ["<!-- {} -->", "<div data-story='{}'></div>"])
def test_a_day_that_neither_a_program_nor_the_page_says_is_no_date(aside: str) -> None:
    assert issued(aside.format('{"datePublished": "2031-05-04"}')) is None
    assert (
        issued("", head='<script>x = {"datePublished": "2031-05-04"}</script><!-- {"datePublished": "2031-05-05"} -->')
        == DAY
    )


def test_what_is_printed_below_the_headline_comes_before_what_machines_are_told() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-05-07"}</script>'
    assert issued('<p class="date">4 May 2031</p>', head=head) == DAY


@pytest.mark.parametrize(
    "line", ["<p>Updated: 9 May 2031</p>", "<p>Last modified 9 May 2031</p>", "<p>Aktualisiert am 9. Mai 2031</p>"]
)
def test_the_day_of_a_change_is_not_the_date_of_issue(line: str) -> None:
    assert issued(line, head='<meta property="article:published_time" content="2031-05-04">') == DAY


def test_the_date_of_another_story_is_not_the_date_of_this_one() -> None:
    related = '<aside class="related"><p><a href="/1">Reef lamps lit</a></p><p>1 April 2031</p></aside>'
    assert issued("", below=related) is None


def test_a_date_below_the_headline_comes_before_those_of_stories_above_it() -> None:
    above = "<p>9 May 2031</p><p>Reef lamps lit</p><p>1 April 2031</p><p>Ferry late again</p>"
    page = newspaper(f"<h1>Harbour open</h1><p>By Ama Reef</p><p>4 May 2031</p>{STORY}").replace("<h1>", f"{above}<h1>")
    assert understood(page).issued == DAY


def test_a_date_that_is_said_to_be_that_of_issue_counts_wherever_it_stands() -> None:
    facts = '<div class="latest"><p>Published on 4 May 2031 in Harbours</p></div>'
    assert issued(f"<p>{'The reef is open to every boat. ' * 4}</p>" * 4 + facts) == DAY


def test_a_day_that_a_sentence_speaks_of_is_not_the_date_of_issue() -> None:
    told = "<p>The council of Thule decided that on 9 May 2031 the harbour opens to every boat of the seven reefs.</p>"
    assert issued(f"{told}<p>Written by Ama Reef of the Atlantean on 4 May 2031 at noon</p>") == DAY


def test_the_line_of_the_date_is_no_part_of_the_text_but_a_place_beside_it_is() -> None:
    def words(line: str) -> str:
        return str(understood(newspaper(f"<h1>Harbour open</h1>{line}{STORY}")).body)

    assert "4 May 2031" not in words("<p>4 May 2031</p>")

"""Doubtful lines are kept in the text element: the smallest element with 80 % of the text that other rules keep."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_element import (
    keep_sources_of_quotes,
    keep_text_below_headings,
    keep_text_element,
)
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, newspaper

DOUBTFUL = """The wardens of the reef count every ship that passes the outer lamp, and write its name and its flag into
a book, which lies open in the tower for whoever climbs its stairs."""
POST = "The lamp of the {n}. cape burns from dusk to dawn"


Rule = Callable[[PageAnalysis, list[bool]], None]


def kept_lines(markup: str, *, doubtful: str, margin: float, rule: Rule = keep_text_element) -> list[str]:
    """Return the lines that the rule keeps if only chrome and lines that contain `doubtful` were left out before it."""
    page = analyse_page(parse_markup(markup))
    keep = [doubtful not in line.text and line.box.chrome is None for line in page.lines]
    page.margins = [margin if doubtful in line.text else 1.0 for line in page.lines]
    rule(page, keep)
    return [line.text for line in page.lines if keep[line.index]]


def is_kept(
    markup: str, doubtful: str = "wardens of the reef", margin: float = -0.5, rule: Rule = keep_text_element
) -> bool:
    return any(doubtful in text for text in kept_lines(markup, doubtful=doubtful, margin=margin, rule=rule))


def test_prose_just_below_the_threshold_is_kept_in_the_text_element() -> None:
    page = newspaper(f"{HEADLINE}{STORY}<div><p>{DOUBTFUL}</p></div>")
    assert is_kept(page)
    assert not is_kept(page, margin=-1.0)


@pytest.mark.parametrize(
    "block",
    [
        f'<div><h3><a href="/wardens">On wardens of the reef</a></h3><p>{DOUBTFUL}</p></div>',
        f'<p><a href="/wardens">{DOUBTFUL}</a></p>',
        f"<p>{DOUBTFUL.rstrip('.')}</p>",
        f"<nav><p>{DOUBTFUL}</p></nav>",
    ],
    ids=["a story with its headline", "a link", "no sentence", "a menu"],
)
def test_other_doubtful_lines_in_the_element_of_the_text_stay_left_out(block: str) -> None:
    assert not is_kept(newspaper(f"{HEADLINE}{STORY}{block}"))


def test_doubtful_prose_outside_the_text_element_is_left_out() -> None:
    assert not is_kept(newspaper(f"{HEADLINE}{STORY}", below=f"<div><p>{DOUBTFUL}</p></div>"))
    article = f'<meta property="og:type" content="article">{DATED}'
    assert not is_kept(newspaper(f"{HEADLINE}{STORY}<div><p>{DOUBTFUL}</p></div>", head=article))


def test_a_doubtful_entry_among_18_others_is_kept_whatever_its_score() -> None:
    posts = [f'<div class="post"><p class="words">{POST.format(n=n)}</p></div>' for n in range(1, 20)]
    assert is_kept(newspaper(f"{HEADLINE}{STORY}{''.join(posts)}"), "the 7. cape", -3.0)
    assert not is_kept(newspaper(f"{HEADLINE}{STORY}{''.join(posts[1:])}"), "the 7. cape", -3.0)


def test_doubtful_lines_that_are_all_the_text_below_a_heading_are_kept() -> None:
    def below(lines: str, margin: float = -0.5) -> bool:
        page = newspaper(f"{HEADLINE}{STORY}<h2>Lamps</h2>{lines}<h2>Ships</h2>{LATER}")
        return is_kept(page, "Forty lamps", margin, keep_text_below_headings)

    assert below("<p>Forty lamps</p>")
    assert not below("<p>Forty lamps</p>", margin=-1.5)
    assert not below('<p><a href="/lamps">Forty lamps</a></p>')
    assert not below("<p>They burn all night.</p><p>Forty lamps</p>")  # the heading has text already


def test_the_name_of_the_quoted_person_is_kept_with_the_quotation() -> None:
    quote = "<blockquote><p>The channel is easy to find.</p></blockquote><figcaption>Captain Salt</figcaption>"
    assert is_kept(newspaper(f"{HEADLINE}{STORY}<figure>{quote}</figure>"), "Captain Salt", -3, keep_sources_of_quotes)
    photo = '<img src="a.jpg" alt=""><figcaption>Captain Salt</figcaption>'
    figure = f"{HEADLINE}{STORY}<figure>{photo}</figure>"
    assert not is_kept(newspaper(figure), "Captain Salt", -3, keep_sources_of_quotes)

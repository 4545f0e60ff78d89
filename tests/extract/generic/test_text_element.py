"""Lines with low scores are kept because of kept lines near them: in the text element, below a heading, in a quotation.

The text element is the smallest element with 80 % of the text that other rules keep.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_element import (
    keep_captions_of_figures,
    keep_sources_of_quotes,
    keep_text_below_headings,
    keep_text_element,
)
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper

DOUBTFUL = """The wardens of the reef count every ship that passes the outer lamp, and write its name and its flag into
a book, which lies open in the tower for whoever climbs its stairs."""
POST = "The lamp of the {n}. cape burns from dusk to dawn"


Rule = Callable[[PageAnalysis, list[bool]], None]


COMPONENTS = {
    "components": '<div class="text grid-column"><div class="cmp-text">{}</div></div>',
    "fields": '<div class="field field--name-x field__item"><div>{}</div></div>',
    "blocks": '<section class="wp-block-group"><div>{}</div></section>',
    "hashes": '<div class="css-1x2y3z"><div class="css-9q8w">{}</div></div>',
}


@pytest.mark.parametrize("component", COMPONENTS.values(), ids=COMPONENTS)
@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("<h2>Notes to editors</h2><ol><li>The lamps are of 2019.</li><li>Fares are low.</li></ol>", "Fares are low."),
        ("<p>Nerea Salt</p><p>Keeper of the lamps</p>", "Keeper of the lamps"),
        ("<ul><li>Daily boats</li><li>Low fares</li></ul>", "Low fares"),
        ("<dl><dt>Length</dt><dd>40 ells</dd></dl>", "40 ells"),
        ('<h3>Annex</h3><ul><li><a href="/a.pdf">Map of the bay</a></li></ul>', "Map of the bay"),
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_components_like_those_of_the_text_are_kept(component: str, words: str, last: str, place: str) -> None:
    parts = [words, STORY, LATER] if place == "above" else [STORY, LATER, words]
    head = f"<div class='head'>{HEADLINE}</div>"
    assert last in body_outline(newspaper(head + "".join(map(component.format, parts))))


@pytest.mark.parametrize("component", COMPONENTS.values(), ids=COMPONENTS)
@pytest.mark.parametrize(
    "words",
    [
        '<ul><li><a href="/1">Lamps lit at the reef</a></li><li><a href="/2">Pilots sworn in</a></li></ul>',
        "<p>Ask the pilots</p><form><input name=q></form>",
        "<p>Last updated: 4 May 2031</p>",
    ],
)
def test_links_and_forms_in_components_below_the_text_are_left_out(component: str, words: str) -> None:
    head = f"<div class='head'>{HEADLINE}</div>"
    plain = body_outline(newspaper(head + "".join(map(component.format, [STORY, LATER]))))
    assert body_outline(newspaper(head + "".join(map(component.format, [STORY, LATER, words])))) == plain


def kept_lines(markup: str, *, doubtful: str, margin: float, rule: Rule = keep_text_element) -> list[str]:
    """Return the lines that `rule` keeps. Before it, only chrome and the lines that contain `doubtful` are left out."""
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
def test_other_doubtful_lines_in_the_text_element_stay_left_out(block: str) -> None:
    assert not is_kept(newspaper(f"{HEADLINE}{STORY}{block}"))


def test_doubtful_prose_outside_the_text_element_or_of_declared_articles_is_dropped() -> None:
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
    assert is_kept(
        newspaper(f"{HEADLINE}{STORY}<figure>{quote}</figure>"), "Captain Salt", -3, keep_captions_of_figures
    )
    photo = '<img src="a.jpg" alt=""><figcaption>Captain Salt</figcaption>'
    figure = f"{HEADLINE}{STORY}<figure>{photo}</figure>"
    assert not is_kept(newspaper(figure), "Captain Salt", -3, keep_captions_of_figures)


def test_the_source_at_the_end_of_a_kept_quotation_is_kept() -> None:
    source = '<div class="by"><cite>Captain Salt</cite></div>'
    quote = f"<blockquote><p>The new channel is easy to find, even in a fog.</p>{source}</blockquote>"
    assert is_kept(newspaper(f"{HEADLINE}{STORY}{quote}{LATER}"), "Captain Salt", -3, keep_sources_of_quotes)


@pytest.mark.parametrize(
    "end", ["<p>Captain Salt</p>", '<div class="share"><cite>Captain Salt</cite> <a href="/s">Share</a></div>']
)
def test_other_lines_at_the_end_of_a_quotation_stay_left_out(end: str) -> None:
    quote = f"<blockquote><p>The new channel is easy to find, even in a fog.</p>{end}</blockquote>"
    assert not is_kept(newspaper(f"{HEADLINE}{STORY}{quote}{LATER}"), "Captain Salt", -3, keep_sources_of_quotes)


def test_a_field_named_after_a_disclaimer_below_the_text_is_kept() -> None:
    fields = f"""<div class="field field-body">{STORY}</div>
    <div class="field field-disclaimer"><em>For the keepers. Not a binding record.</em></div>"""
    assert "Not a binding record." in body_outline(newspaper(f"{HEADLINE}{fields}"))


def test_prose_with_links_in_its_own_field_below_the_text_is_kept() -> None:
    about = "The Lamp Bureau works to <a href='/p'>protect and educate keepers</a> of all harbours and their boats."
    fields = f"""<div class="field field-name-body">{STORY}{LATER}</div>
    <div class="field field-boilerplate"><p>{about}</p></div>
    <div class="field field-signup"><h2>News by mail</h2><form><input type="email" name="mail"></form></div>"""
    assert "educate keepers" in body_outline(newspaper(f"{HEADLINE}<div>{fields}</div>"))


def test_a_last_component_with_the_data_testid_of_the_text_is_kept() -> None:
    figure = "<figure><img src='/lamp.jpg' alt='A lamp'><figcaption class='css-cap'>A lamp</figcaption></figure>"
    law = "<h2 class='css-2'>Legal bases</h2><div class='css-3'><p>Lamp Act (RSL 921), s. 14</p></div>"
    parts = (
        f"<div data-testid='text' class='css-1 e19'><div class='css-3'>{STORY}</div></div>",
        f"<div data-testid='text' class='css-1 e19'><h2 class='css-2'>Lamps</h2>{figure}<p>Forty are lit.</p></div>",
        f"<div data-testid='text' class='css-1'>{law}</div>",
        "<div data-testid='share' class='css-9'><ul><li><a href='mailto:?'>Mail to a friend</a></li></ul></div>",
    )
    outline = body_outline(newspaper(f"<div>{HEADLINE}</div><div>{''.join(parts)}</div>"))
    assert "Lamp Act" in outline
    assert "Mail to a friend" not in outline

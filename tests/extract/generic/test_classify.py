"""Which lines of a page are classified as text."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import (
    DATED,
    HEADLINE,
    LATER,
    STORY,
    body_outline,
    extract_generic,
    newspaper,
)

PLAIN = body_outline(newspaper(f"{HEADLINE}{STORY}"))


def test_paragraphs_are_text_but_menus_and_footers_are_not() -> None:
    assert PLAIN.count("paragraph") == 3
    assert "Markets" not in PLAIN
    assert "rights reserved" not in PLAIN


@pytest.mark.parametrize(
    "chrome",
    [
        '<div class="share-bar"><a href="#">Share</a> <a href="#">Print this page</a></div>',
        "<section class='usa-banner'><h4>Official sites use .gov</h4><p>Such a site is a government's.</p></section>",
        '<div id="block-eu-cookie-consent-banner"><h2>Cookies</h2><p>We use cookies to count who reads it.</p></div>',
        '<div id="cookie-consent"><p>We use cookies to count who reads this page, when, where and how.</p></div>',
        '<aside class="related"><h3>Related stories</h3><ul><li><a href="/1">Lamps lit</a></li></ul></aside>',
        '<div class="newsletter"><p>Subscribe to our newsletter and read every story in your mailbox.</p></div>',
        '<p style="display:none">The harbour was opened: a copy for the readers of the print edition.</p>',
        '<div role="navigation"><a href="/a">Previous story</a> <a href="/b">Next story</a></div>',
    ],
)  # fmt: skip
def test_boilerplate_below_a_story_is_left_out(chrome: str) -> None:
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", below=chrome)) == PLAIN


def test_a_landmark_heading_for_screen_readers_is_left_out() -> None:
    assert body_outline(newspaper(f"{HEADLINE}<h2>Main content</h2>{STORY}")) == PLAIN


LANGUAGES = (
    '<div>Read this story in: <a href="/ur">Urdu</a> , <a href="/hi"><b>हिन्दी</b></a> , <a href="/pa">Punjabi</a></div>'
)


def test_a_language_switcher_is_left_out() -> None:
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", below=LANGUAGES)) == PLAIN
    dropped = {each.rule for each in extract_generic(newspaper(f"{HEADLINE}{STORY}", below=LANGUAGES)).reasons()}
    assert "links to the page in other languages" in dropped


def test_headings_within_links_are_no_links_to_languages() -> None:
    cards = "".join(
        f'<li><a href="/{word}"><h2>{word} (4)</h2></a></li>' for word in ("Lamps", "Bells", "Oars", "Nets")
    )
    dropped = {each.rule for each in extract_generic(newspaper(f"{HEADLINE}<ul>{cards}</ul>")).reasons()}
    assert "links to the page in other languages" not in dropped


def test_a_link_to_one_other_language_is_left_out() -> None:
    line = '<p>Also available in <a href="/cy">Cymraeg</a></p>'
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{line}")) == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        LANGUAGES.replace('"/hi"', '"/treaty.pdf"'),
        LANGUAGES.replace("Punjabi", "Timetable"),
        LANGUAGES.replace("Read this story in", "The treaty of the two ports on salt and lamps was signed in"),
    ],
)
def test_links_to_documents_in_several_languages_are_kept(line: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{line}{LATER}"))
    assert "हिन्दी" in outline


def test_short_lines_of_a_dialogue_in_wrappers_are_kept() -> None:
    dialogue = ["“Welcome,” she said.", "He bowed.", "“And the ferries?” he asked.", "“In May.”", "They sat down."]
    wrapped = "".join(f"<div><div>{words}</div></div>" for words in dialogue)
    story = "".join(f"<div><div>{words}</div></div>" for words in STORY.replace("<p>", "").split("</p>"))
    outline = body_outline(newspaper(f"{HEADLINE}{story}{wrapped}{story.replace('Tuesday', 'Friday')}"))
    assert [words for words in dialogue if words not in outline] == []


def test_headings_and_lists_within_a_story_are_kept() -> None:
    more = "<h2>The tariff</h2><p>From June on, ships pay by their length, and those below ten ells pay nothing:</p>"
    goods = "<ul><li>salt, in sacks or loose;</li><li>olives, in jars of every size;</li></ul>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{more}{goods}{LATER}"))
    assert 'section "The tariff"' in outline
    assert "olives, in jars of every size;" in outline


VOTES = "<div class='votes'><div class='vote'>For: 14</div><div class='vote'>Against: 9</div></div>"
CARDS = "<div class='cards'><div class='card'>For: 14</div><div class='card'>Against: 9</div></div>"
BOX = "<div class='info-box'><div>For: 14</div><div>Against: 9</div></div>"
SIGNED = "<div class='signatures'><div><a href='/e'>N. Ereus</a></div><div><a href='/t'>T. Riton</a></div></div>"


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        (VOTES, ["For: 14", "Against: 9"]),
        (CARDS, ["For: 14", "Against: 9"]),
        (BOX, ["For: 14", "Against: 9"]),
        (SIGNED, ["N. Ereus", "T. Riton"]),
    ],
)
def test_blocks_of_short_lines_within_the_text_are_kept(block: str, lines: list[str]) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))
    assert [line for line in lines if line not in outline] == []


def test_a_link_to_the_top_of_the_page_is_not_text() -> None:
    top = '<p><a href="#pagetop">Return to top</a></p>'
    page = newspaper(f"{HEADLINE}{STORY}{top}{LATER}{top}")
    assert "Return to top" not in body_outline(page)
    assert "a link to the top of the page" in {each.rule for each in extract_generic(page).reasons()}


@pytest.mark.parametrize("place", ["the-top-ten-lamps", "topics", "stop", "laptops-on-board", "top-lamps"])
def test_a_link_whose_target_only_contains_top_is_no_link_to_the_top(place: str) -> None:
    page = newspaper(f'{HEADLINE}<p><a href="#{place}">Ten lamps of the coast</a></p>{STORY}')
    assert "a link to the top of the page" not in {each.rule for each in extract_generic(page).reasons()}


@pytest.mark.parametrize(
    "place", ["top", "Page-Top", "back-to-top", "to_top", "topofpage", "the-top", "totop", "site-top"]
)
def test_a_link_to_the_top_is_recognised_by_its_target(place: str) -> None:
    page = newspaper(f'{HEADLINE}{STORY}{LATER}<p><a href="#{place}">Go up</a></p>')
    assert "a link to the top of the page" in {each.rule for each in extract_generic(page).reasons()}


def test_script_links_of_a_table_of_contents_are_not_taken_for_buttons() -> None:
    entries = '<ul><li><a href="javascript:go(1)">Who may enter</a></li><li><a href="#">What it costs</a></li></ul>'
    page = newspaper(f"{HEADLINE}{entries}<h2>Who may enter</h2>{STORY}<h2>What it costs</h2>{LATER}")
    assert "links that only run scripts" not in {each.rule for each in extract_generic(page).reasons()}


STORIES = "".join(f'<li><a href="/{n}">Story {n}</a></li>' for n in range(60))
MENU_OF_STORIES = f'<div class="sidebar"><ul>{STORIES}</ul></div>'


def test_headings_of_boxes_are_kept_on_a_page_of_menus() -> None:
    boxes = "".join(
        f'<div class="panel"><div class="panel-heading"><h3 class="widget-title">{word}</h3></div>'
        f'<div class="panel-body"><p>{sentence}</p></div></div>'
        for word, sentence in (
            ("Lamps", "The lamps on both piers are lit at dusk, and put out when the last ferry has left."),
            ("Fees", "A ship of fewer than forty tons pays nine shells a night, a larger one pays twenty."),
            ("Moorings", "The harbour master gives out the moorings in the morning, on the steps of his office."),
        )
    )
    outline = body_outline(newspaper(f"{MENU_OF_STORIES}{HEADLINE}{STORY}{MENU_OF_STORIES}{boxes}"))
    assert 'section "Lamps"' in outline
    assert 'section "Fees"' in outline


SLIDES = "".join(
    f"<li><article><p>{place} of Atlantis has been quiet since 1990. Research has improved its lot.</p></article></li>"
    for place in ("The reef", "The bay", "The quay")
)


def test_summaries_of_other_stories_above_the_headline_are_left_out() -> None:
    text = f"{HEADLINE}<p>We keep the harbour open to ships of every flag.</p>"
    outline = body_outline(newspaper(text, above=f'<ul class="slides">{SLIDES}</ul>'))
    assert "harbour open to ships" in outline
    assert "The bay" not in outline


def test_articles_below_the_headline_are_text() -> None:
    assert "The bay" in body_outline(newspaper(f"{HEADLINE}{STORY}<ul>{SLIDES}</ul>{LATER}"))


@pytest.mark.parametrize(
    "line", ["打印 字体： 放大 正常 缩小 分享", "Share this page", "Print | Email | Share", "Teilen · Drucken"]
)
def test_labels_of_share_buttons_below_the_headline_are_left_out(line: str) -> None:
    body = body_outline(newspaper(f'{HEADLINE}<p>{line}</p><p>Port of Atlantis</p><div class="text">{STORY}</div>'))
    assert line not in body
    assert "Port of Atlantis" in body


OFFERS = ("Hire for the night watch", "For ships of every flag, by the day and the week")


def _count_offers(date: str) -> int:
    """Return how many doubtful lines are kept on pages with the markup `date` below their headline."""
    cards = "".join(f"<div class='card'><h3>Quay</h3><p>{words}</p></div>" for words in OFFERS)
    items = "".join(f"<li class='feature'>{words}</li>" for words in OFFERS)
    wrappers = ("<section>{}</section>", '<div class="grid">{}</div>', '<div class="features">{}</div>')
    pages = [newspaper(f"<h1>Quays</h1>{date}{STORY}{wrapper.format(cards)}") for wrapper in wrappers]
    pages += [
        newspaper(f"<h1>Quays</h1>{date}{STORY}", below=wrapper.format(f"<ul>{items}</ul>")) for wrapper in wrappers
    ]
    return sum(words in outline for outline in map(body_outline, pages) for words in OFFERS)


@pytest.mark.slow
def test_a_page_without_a_publication_date_keeps_more_doubtful_lines() -> None:
    assert _count_offers("") > _count_offers('<p class="date">4 May 2031</p>')


@pytest.mark.slow
def test_a_list_that_declares_itself_an_article_keeps_its_entries() -> None:
    entries = "".join(
        f'<div class="job"><h2><a href="/{n}">Pilot {n}</a></h2><p>Reef Street</p><p>Full time</p></div>'
        for n in range(12)
    )
    page = newspaper(STORY, head=f'<meta property="og:type" content="article">{DATED}')
    main = f'<main><h1>Jobs</h1><div class="jobs">{entries}</div></main>'
    start, end = page.index('<div class="column">'), page.index("<footer>")
    assert [f"Pilot {n}" in body_outline(page[:start] + main + page[end:]) for n in range(12)] == [True] * 12


def test_excluded_lines_stay_out_on_a_page_of_low_scores() -> None:
    orders = "".join(f'<h3><a href="/{n}">Order number {n} on lamps of the reef</a></h3>' for n in range(9))
    skip = '<p><a href="#main">Jump to the main content</a></p>'
    page = analyse_page(parse_markup(f"<html><body>{skip}<h1>Orders</h1><div>{orders}</div></body></html>"))
    classify(page, load_weights())
    page.margins = [-3.0] * len(page.lines)
    kept = [line.text for line, is_kept in zip(page.lines, choose_lines(page, None), strict=True) if is_kept]
    assert kept[0] == "Order number 0 on lamps of the reef"


def test_prose_with_links_and_its_heading_are_kept_below_a_left_out_list() -> None:
    parts = '<h2>Contents</h2><ul><li><a href="#1">Lamps</a></li><li><a href="#2">Bells</a></li></ul>'
    words = (
        '<a href="/n">Subscribe</a> to the news of the reef and tell the keepers of the lamps where your boat is bound.'
    )
    box = f'<div class="note"><h3>Info</h3><p>{words}</p></div>'
    text = f"{HEADLINE}<p>The tide tables were changed.</p>{parts}{box}<h2>Lamps</h2>{STORY}<h2>Bells</h2>{LATER}"
    page = analyse_page(parse_markup(newspaper(text)))
    classify(page, load_weights())
    inner = [line.index for line in page.lines if line.text == "Info" or line.text.startswith("Subscribe")]
    for index in inner:
        page.margins[index] = -2.0
    keep = choose_lines(page, None)
    assert [keep[index] for index in inner] == [True, True]


def test_tags_after_their_label_are_left_out() -> None:
    tags = '<div class="tags">Topics: Lamps, Salt</div>'
    assert "Salt" not in body_outline(newspaper(f"{HEADLINE}{tags}<div>{STORY}</div>", head=DATED))

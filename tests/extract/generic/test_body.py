"""Which words of a page nobody has described are its text, and what is said of those that are not."""

from __future__ import annotations

import json

import pytest

from readout_pub.errors import SourceError
from readout_pub.model import texts
from tests.extract.generic.pages import STORY, body, found, newspaper, understood

PLAIN = body(newspaper(f"<h1>Harbour open</h1>{STORY}"))


def test_the_paragraphs_of_a_story_are_its_text_and_menus_and_footers_are_not() -> None:
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
def test_what_stands_around_a_story_is_left_out(chrome: str) -> None:
    assert body(newspaper(f"<h1>Harbour open</h1>{STORY}", below=chrome)) == PLAIN


@pytest.mark.parametrize(
    "hidden", ['<div style="display: none">{}</div>', "<div hidden>{}</div>", '<div class="hidden print">{}</div>']
)
def test_a_hidden_copy_of_a_story_is_left_out_though_it_is_half_of_the_page(hidden: str) -> None:
    copy = hidden.format(f"<p>Printed on the first of May</p>{STORY}")
    assert body(newspaper(f"<h1>Harbour open</h1>{STORY}", below=copy)) == PLAIN
    assert body(newspaper(f"<h1>Harbour open</h1>{STORY}", above=copy)) == PLAIN


def test_a_story_that_stands_in_a_hidden_box_only_is_kept() -> None:
    assert "three hundred ships" in body(newspaper(f'<h1>Harbour open</h1><div style="display:none">{STORY}</div>'))


def test_a_heading_that_names_the_main_part_of_the_page_is_none_of_the_document() -> None:
    assert body(newspaper(f"<h1>Harbour open</h1><h2>Main content</h2>{STORY}")) == PLAIN


LANGUAGES = (
    '<div>Read this story in: <a href="/ur">Urdu</a> , <a href="/hi"><b>हिन्दी</b></a> , <a href="/pa">Punjabi</a></div>'
)


def test_links_to_the_story_in_other_languages_are_no_part_of_it() -> None:
    assert body(newspaper(f"<h1>Harbour open</h1>{STORY}", below=LANGUAGES)) == PLAIN
    dropped = {each.rule for each in found(newspaper(f"<h1>Harbour open</h1>{STORY}", below=LANGUAGES)).reasons()}
    assert "the page in other languages" in dropped


@pytest.mark.parametrize(
    "line",
    [
        LANGUAGES.replace('"/hi"', '"/treaty.pdf"'),
        LANGUAGES.replace("Punjabi", "Timetable"),
        LANGUAGES.replace("Read this story in", "The treaty of the two ports on salt and lamps was signed in"),
    ],
)
def test_documents_in_several_languages_stay(line: str) -> None:
    drawn = body(newspaper(f"<h1>Harbour open</h1>{STORY}{line}{STORY.replace('Tuesday', 'Friday')}"))
    assert "हिन्दी" in drawn


def test_a_component_is_not_taken_for_a_consent_wall() -> None:
    frame = '<div class="cmp-container"><div class="cmp-text">{}</div></div>'
    assert body(newspaper(frame.format(f"<h1>Harbour open</h1>{STORY}"))) == PLAIN


def test_the_id_of_a_section_that_is_its_heading_names_no_part_of_the_page() -> None:
    told = '<section id="sharing-the-costs-of-ferries"><h2>Sharing the costs of ferries</h2>{}</section>'
    drawn = body(newspaper(f"<h1>Harbour open</h1>{STORY}{told.format(STORY.replace('Tuesday', 'Friday'))}"))
    assert "Sharing the costs of ferries" in drawn
    assert "Friday" in drawn


def test_short_words_of_a_dialogue_stay_among_long_ones_in_whatever_frames_they_stand() -> None:
    said = ["“Welcome,” she said.", "He bowed.", "“And the ferries?” he asked.", "“In May.”", "They sat down."]
    frames = "".join(f"<div><div>{words}</div></div>" for words in said)
    story = "".join(f"<div><div>{words}</div></div>" for words in STORY.replace("<p>", "").split("</p>"))
    drawn = body(newspaper(f"<h1>Harbour open</h1>{story}{frames}{story.replace('Tuesday', 'Friday')}"))
    assert [words for words in said if words not in drawn] == []


@pytest.mark.parametrize("name", ["cookie-notice", "comments"])
def test_what_is_called_chrome_is_text_if_it_is_all_that_there_is(name: str) -> None:
    assert "three hundred ships" in body(newspaper(f'<h1>Harbour open</h1><div class="{name}">{STORY}</div>'))


def test_comments_are_no_part_of_a_story_however_long_they_are() -> None:
    comments = "".join(
        f'<div class="comment"><p>Reader {n} writes that the lamps are too bright, that the pilots are too few, '
        "and that in the days of the old king nobody needed a channel at all, since ships were smaller then.</p></div>"
        for n in range(9)
    )
    below, head = f'<div id="comments">{comments}</div>', '<meta property="og:type" content="article">'
    assert body(newspaper(f"<h1>Harbour open</h1>{STORY}", head=head, below=below)) == PLAIN


def test_on_a_forum_every_post_is_text() -> None:
    posts = "".join(
        f'<div class="message"><div class="message-body"><p>Post {n}: I sailed through the channel on Sunday, with the '
        "tide, and the lamps on the left side could be seen from two miles away.</p></div></div>"
        for n in range(4)
    )
    head = '<title>New channel? | Sailors</title><meta name="generator" content="XenForo">'
    main = f'<nav><a href="/">Forums</a></nav><main><h1>New channel?</h1>{posts}</main>'
    drawn = body(f'<html lang="en"><head>{head}</head><body>{main}</body></html>')
    assert [f"Post {n}:" in drawn for n in range(4)] == [True] * 4


def test_a_heading_and_a_list_inside_a_story_stay() -> None:
    more = "<h2>The tariff</h2><p>From June on, ships pay by their length, and those below ten ells pay nothing:</p>"
    goods = "<ul><li>salt, in sacks or loose;</li><li>olives, in jars of every size;</li></ul>"
    drawn = body(newspaper(f"<h1>Harbour open</h1>{STORY}{more}{goods}{STORY.replace('Tuesday', 'Friday')}"))
    assert 'section "The tariff"' in drawn
    assert "olives, in jars of every size;" in drawn


def test_items_of_a_list_stay_together_whatever_words_they_begin_with() -> None:
    words = "Salt|Related harbours|Share of salt|Newsletter of pilots|Photo lamps|Comments of captains|Next tide|Search"
    items = [f"<li><b>{word}</b>: 4 sacks</li>" for word in words.split("|")]
    told = f"<p>The tariff of the harbour, by what a ship brings in:</p><ul>{''.join(items)}</ul>"
    drawn = body(newspaper(f"<h1>Harbour open</h1>{STORY}{told}{STORY.replace('Tuesday', 'Friday')}"))
    assert [word for word in words.split("|") if word not in drawn] == []


def test_a_table_of_facts_inside_a_story_stays_whole_with_its_empty_cells() -> None:
    rows = "".join(f"<tr><td>{n}</td><td></td><td><p>{'ABC'[n % 3]}</p><p>{n * 7}</p></td></tr>" for n in range(1, 31))
    table = f"<table><thead><tr><th>Pier</th><th></th><th>Flag</th></tr></thead><tbody>{rows}</tbody></table>"
    drawn = body(newspaper(f"<h1>Harbour open</h1>{STORY}{table}{STORY.replace('Tuesday', 'Friday')}"))
    assert 'head "Pier" (heads col) | empty (heads col) | "Flag" (heads col)' in drawn
    assert [n for n in range(1, 31) if f'row "{n}" | empty | paragraph "{"ABC"[n % 3]}"' not in drawn] == []


_HEAD = "<tr><th>Pier</th><th>Flag</th><th>Depth</th></tr>"
_FLAG = '<img src="flag.jpg" width="300" height="200" alt="A wave">'


@pytest.mark.parametrize(
    ("rows", "drawn"),
    [
        (
            "<tr><td rowspan=2>North</td><td>Blue</td><td>9</td></tr><tr><td></td><td></td></tr><tr><td>East</td></tr>",
            'row "North" (2 rows) | "Blue" | "9"\n  row empty | empty\n  row "East"',
        ),
        (
            f"<tr><td>North</td><td>Blue</td><td>9</td></tr><tr><td></td><td>{_FLAG}</td><td></td></tr>",
            'row "North" | "Blue" | "9"\n  row empty | figure; photo flag.jpg, alt "A wave" | empty',
        ),
        (
            f"<tr><td>{_FLAG}</td><td>Blue</td><td>9</td></tr>" * 2,
            'row figure; photo flag.jpg, alt "A wave" | "Blue" | "9"\n  row empty | "Blue" | "9"',
        ),
        (
            "<tr><td>North</td><td>Blue</td><td>9</td></tr><tr><td>&nbsp;</td></tr><tr><td>East</td><td>Red</td></tr>",
            'row "North" | "Blue" | "9"\n  row "East" | "Red"',
        ),
    ],
    ids=["spanned", "of a photo", "with one photo twice", "that only parts others"],
)
def test_a_row_of_a_table_of_facts_has_its_place_whatever_stands_in_it(rows: str, drawn: str) -> None:
    table = f"<table>{_HEAD}{rows}</table>"
    assert drawn in body(newspaper(f"<h1>Harbour open</h1>{STORY}{table}{STORY.replace('Tuesday', 'Friday')}"))


def test_a_photo_brings_no_row_of_a_table_in_that_is_left_out() -> None:
    rows = f"<tr><td>North {_FLAG}</td><td>Blue</td></tr><tr><td>East</td><td>Red</td></tr>"
    below = f'<div class="related"><table><tr><th>Pier</th><th>Flag</th></tr>{rows}</table></div>'
    assert body(newspaper(f"<h1>Harbour open</h1>{STORY}{below}")) == PLAIN


@pytest.mark.parametrize("story", [STORY, ""])
def test_a_row_of_a_table_of_facts_goes_with_the_others_whatever_it_is_called(story: str) -> None:
    rows = "".join(
        f'<tr class="{name}"><td>Pier {name}</td><td>9</td></tr>' for name in ("ad", "comment", "row", "menu")
    )
    drawn = body(newspaper(f"<h1>Harbour open</h1>{story}<table>{_HEAD}{rows}</table>{story}"))
    assert [name for name in ("ad", "comment", "row", "menu") if f'row "Pier {name}" | "9"' not in drawn] == []


def test_headline_and_date_in_two_rows_of_cells_are_no_table_of_facts() -> None:
    cells = "<tr><td>May 4, 2031</td><td>Press release</td></tr><tr><td>Harbour open</td><td>No. 17</td></tr>"
    table = f"<table>{cells}</table>"
    assert "table" not in body(newspaper(f"{table}{STORY}"))


@pytest.mark.parametrize("heading", ["", "<h2>Ships by pier</h2>"])
def test_a_table_of_facts_at_the_end_of_a_story_stays(heading: str) -> None:
    rows = "".join(f"<tr><td>Pier {n}</td><td>{n * 7}</td></tr>" for n in range(1, 5))
    drawn = body(newspaper(f"<h1>Harbour open</h1>{STORY}{heading}<table>{rows}</table>"))
    assert 'row "Pier 4" | "28"' in drawn


@pytest.mark.parametrize("table", ["<table>", '<table class="related">'])
def test_a_table_of_links_under_a_story_is_left_out(table: str) -> None:
    rows = "".join(f'<tr><td><a href="/{n}">Ship {n}</a></td><td><a href="/{n}/c">{n}</a></td></tr>' for n in range(9))
    below = f'<div class="more-news"><h3>Also read</h3>{table}{rows}</table></div>'
    assert body(newspaper(f"<h1>Harbour open</h1>{STORY}", below=below)) == PLAIN


def test_a_quoted_post_of_a_social_network_is_part_of_a_story() -> None:
    words = "The channel is open. Thank you, pilots!"
    post = f'<blockquote class="twitter-tweet"><p>{words}</p>— The Pilot (@pilot)</blockquote>'
    assert words in body(newspaper(f"<h1>Harbour open</h1>{STORY}{post}{STORY.replace('Tuesday', 'Friday')}"))


def shell(parted_by: str, title: str = "Harbour open") -> str:
    """Return a page that shows nothing before its scripts have run, with a text in its data."""
    told = parted_by.join(
        f"The harbour of Atlantis was opened &amp; lit, part {n}, after years of dredging." for n in range(20)
    )
    data = json.dumps({"@type": "NewsArticle", "headline": title, "articleBody": told})
    head = f'<script type="application/ld+json">{data}</script>'
    return f'<html lang="en"><head>{head}</head><body><div id="app"><p>Loading the news …</p></div></body></html>'


@pytest.mark.parametrize("parted_by", ["\n", "\r\n\r\n", "\f", "\u2028", "&#12;", "\x00\n", "\ud83d\n"])
def test_a_text_that_only_the_data_of_a_page_hold_is_read_from_them_with_a_note(parted_by: str) -> None:
    readout = understood(shell(parted_by))
    words = "The harbour of Atlantis was opened & lit, part {}, after years of dredging."
    assert list(texts(readout.body)) == [words.format(n) for n in range(20)]
    assert "TEXT_FROM_DATA" in [note.code for note in readout.notes]


@pytest.mark.parametrize("parted_by", ["\n", " "])
def test_the_beginning_that_a_page_shows_of_a_text_in_its_data_is_read_once(parted_by: str) -> None:
    words = [f"The pilots of Lemuria said on day {n} that the channel is open to ships." for n in range(30)]
    data = json.dumps({"@type": "NewsArticle", "articleBody": parted_by.join(words)})
    teaser = "".join(f"<p>{line.replace('Lemuria', '<a href=/l><b>Lemuria</b></a>')} </p>" for line in words[:3])
    head = f'<script type="application/ld+json">{data}</script>'
    readout = understood(newspaper(f"<h1>Harbour open</h1>{teaser}", head=head))
    assert " ".join(texts(readout.body)).split() == " ".join(words).split()


@pytest.mark.parametrize("parted_by", ["<br>", "<p>", "</p><p>", "&lt;br /&gt;", "&amp;lt;br&amp;gt;"])
def test_markup_in_the_data_of_a_page_is_no_text(parted_by: str) -> None:
    assert body(shell(parted_by)) == 'paragraph "Loading the news …"\n'


def test_signs_that_no_document_may_hold_are_no_part_of_a_title_in_data() -> None:
    assert understood(shell("\n", title="\ud83d\x00\x1bHarbour open")).title == ("Harbour open",)


def test_a_page_that_shows_its_text_is_read_as_it_stands_whatever_its_data_say() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "The harbour of Atlantis was opened. " * 40})
    head = f'<script type="application/ld+json">{data}</script>'
    shown = body(newspaper(f"<h1>Harbour open</h1>{STORY * 2}", head=head))
    assert "dredging and debate" in shown
    assert "was opened. The harbour" not in shown


def test_white_space_around_addresses_is_no_part_of_them() -> None:
    link = (
        '<p>The pilots read <a href=" https://lemuria.example/salt ">the treaty of the two ports on salt</a> today.</p>'
    )
    photo = '<figure><img src="flag.jpg " width="300" height="200" alt="A wave"></figure>'
    drawn = body(newspaper(f"<h1>Harbour open</h1>{STORY}{link}{photo}{STORY.replace('Tuesday', 'Friday')}"))
    assert "[link https://lemuria.example/salt: the treaty" in drawn
    assert "photo flag.jpg, alt" in drawn


def test_the_headline_is_the_title_and_not_a_part_of_the_text() -> None:
    readout = understood(newspaper(f"<h1>Harbour open</h1>{STORY}"))
    assert readout.title == ("Harbour open",)
    assert "Harbour open" not in PLAIN


def test_a_text_that_scripts_would_replace_is_read_where_the_page_keeps_it() -> None:
    scripted = f'<div id="app"></div><noscript>{STORY * 2}</noscript>'
    assert body(f'<html lang="en"><title>Harbour open</title><body>{scripted}</body></html>').count("paragraph") >= 3


def test_words_left_out_are_counted_by_the_rule_that_left_them_out() -> None:
    notes = [note for note in understood(newspaper(f"<h1>Harbour open</h1>{STORY}")).notes if note.code == "DROPPED"]
    assert [note.message for note in notes] == [
        "5 words left out (rule 'chrome: <nav>')",
        "9 words left out (rule 'chrome: <footer>')",
    ]


def test_every_reason_names_the_rule_and_the_place() -> None:
    reasons = found(newspaper(f"<h1>Harbour open</h1>{STORY}")).reasons()
    assert [(each.what, (each.where or "").split(",")[0]) for each in reasons] == [
        ("title", "h1"),
        ("dropped", "li"),
        ("kept", "p"),
        ("dropped", "p"),
    ]


@pytest.mark.parametrize("markup", ["<html><body></body></html>", "<p>You need to enable JavaScript.</p>", " "])
def test_a_page_without_text_is_refused_with_what_to_do(markup: str) -> None:
    with pytest.raises(SourceError) as raised:
        understood(markup)
    assert raised.value.what_next is not None


@pytest.mark.parametrize("tag", ["div", "b", "blockquote"])
def test_a_page_nested_beyond_what_a_parser_reads_keeps_every_word_and_says_that_it_was_flattened(tag: str) -> None:
    deep = f"<{tag}>" * 3000 + STORY + f"</{tag}>" * 3000
    readout = understood(
        newspaper(f"<h1>Harbour open</h1>{STORY}{deep}<p>{'The pilots of Lemuria went home. ' * 9}</p>")
    )
    words = " ".join(" ".join(texts(readout.body)).split())
    assert words.count("sunken temples before the season ends.") == 2
    assert words.endswith("The pilots of Lemuria went home.")
    assert [note.severity for note in readout.notes if note.code == "NESTING_FLATTENED"] == ["warning"]


@pytest.mark.parametrize("place", ['<div id="p"></div>', '<p><a name="p"></a></p>', '<div><p id="p"></p></div>'])
def test_an_empty_element_to_which_a_link_leads_stays_where_it_is(place: str) -> None:
    drawn = body(
        newspaper(f'<h1>Harbour open</h1><p>All <a href="#p">prices</a>.</p>{STORY}{place}<h2>Fees</h2>{STORY}')
    )
    assert "[link #place-1: prices]" in drawn
    assert 'section id=place-1 "Fees"' in drawn


def test_an_empty_element_in_what_is_left_out_is_no_place() -> None:
    menu = '<div class="share-bar"><p>Share this</p><div id="p"></div></div>'
    assert "id=" not in body(newspaper(f'<h1>Harbour open</h1><p>All <a href="#p">prices</a>.</p>{STORY}{menu}'))

"""Listing pages are detected in several languages, and documents are not taken for them."""

from __future__ import annotations

import pytest

from readout_pub import extract
from readout_pub.errors import SourceError
from readout_pub.model import texts
from tests.extract.generic.pages import HEADLINE, STORY, body_outline, newspaper, read_generic
from tests.pages import whole_page

TEASERS = {
    "en": ("Harbour open again", "The channel may be used from Tuesday on by ships of every flag."),
    "de": ("Hafen wieder offen", "Ab Dienstag dürfen Schiffe jeder Flagge durch die Fahrrinne fahren."),
    "fr": ("Le port est rouvert", "Dès mardi, les navires de tout pavillon peuvent emprunter le chenal."),
    "ja": ("港が再開", "火曜日から、すべての旗の船が水路を通ることができるようになりました。"),
    "ar": ("إعادة فتح الميناء", "يمكن للسفن من جميع الأعلام استخدام القناة ابتداء من يوم الثلاثاء."),
}


def warned(markup: str) -> list[str]:
    """Return the messages of the notes that say that a page is not a document."""
    return [note.message for note in read_generic(markup).notes if note.code in {"OVERVIEW", "NOT_A_DOCUMENT"}]


def page(body: str, *, head: str = "", classes: str = "", language: str = "en") -> str:
    return f'<html lang="{language}"><head><title>Sea</title>{head}</head><body class="{classes}">{body}</body></html>'


@pytest.mark.parametrize("language", TEASERS)
def test_a_page_of_teasers_is_a_list(language: str) -> None:
    heading, text = TEASERS[language]
    cards = "".join(f'<div class="card"><h3><a href="/{n}">{heading} {n}</a></h3><p>{text}</p></div>' for n in range(9))
    (message,) = warned(page(f"<main><h1>Sea</h1>{cards}</main>", language=language))
    assert message == "this seems to be a list of pages, not one document: 9 of its 10 headings are links"


def test_a_page_of_links_is_a_list() -> None:
    links = "".join(f'<li><a href="/{n}">Talks of the ministers, round {n}</a> (May {n})</li>' for n in range(1, 20))
    (message,) = warned(page(f"<main><h1>Talks</h1><ul>{links}</ul></main>"))
    assert "of its text" in message


@pytest.mark.parametrize(
    "address", ["https://sea.example", "https://sea.example/en/", "https://sea.example/index.html"]
)
def test_the_root_of_a_site_is_a_home_page(address: str) -> None:
    head = f'<link rel="canonical" href="{address}">'
    (message,) = warned(page(f"<main><h1>Sea</h1>{STORY}</main>", head=head))
    assert message == "this seems to be a home page, not one document: its address is the root of the site"


@pytest.mark.parametrize(
    ("classes", "head", "expected"),
    [
        ("home page", "", "a home page"),
        ("archive category", "", "a list of pages"),
        ("", '<script type="application/ld+json">{"@type": "CollectionPage"}</script>', "a list of pages"),
    ],
)
def test_a_page_declared_as_a_home_page_or_list_is_no_document(classes: str, head: str, expected: str) -> None:
    (message,) = warned(page(f"<main><h1>Sea</h1>{STORY}</main>", classes=classes, head=head))
    assert expected in message


RELATED = "".join(f'<div class="card"><h3><a href="/{n}">Lamps lit {n}</a></h3></div>' for n in range(9))


@pytest.mark.parametrize(
    "markup",
    [
        newspaper(f"{HEADLINE}{STORY}"),
        newspaper(f"{HEADLINE}{STORY * 2}", below=f'<div class="more">{RELATED}</div>'),
        page(f"{HEADLINE}{STORY}", classes="archive single"),
        page(f"{HEADLINE}{STORY * 4}", head='<link rel="canonical" href="https://sea.example/">'),
        page(f"{HEADLINE}{STORY}", head='<link rel="canonical" href="https://sea.example/?id=4">'),
        page("<main><h1>Ships of May</h1><table><tr><td>Kelp<td>12<tr><td>Salt<td>9</table></main>"),
        page("<main><h1>両外相の会談</h1><p>両大臣は会談しました。</p></main>", language="ja"),
    ],
)
def test_a_document_is_not_a_listing_page(markup: str) -> None:
    assert warned(markup) == []


def test_an_error_page_with_text_is_read_only_on_request() -> None:
    words = "<p>The page that you asked for has moved, or the address was mistyped. Please try the search.</p>"
    markup = page(f"<main><h1>Page not found</h1>{words}</main>")
    with pytest.raises(SourceError, match="this is an error page, not a document: it says 'Page not found'"):
        read_generic(markup)
    readout = extract(whole_page(markup), site="none", accept_error_pages=True).readout
    assert [note.message for note in readout.notes if note.code == "NOT_A_DOCUMENT"] == [
        "this seems to be an error page, not a document: it says 'Page not found'"
    ]


def test_the_error_for_an_empty_page_names_its_type_and_gives_advice() -> None:
    with pytest.raises(SourceError) as raised:
        read_generic(page("<noscript>Please enable JavaScript.</noscript><div id='root'></div>"))
    assert raised.value.what == (
        "this is a page that its scripts would fill, not a document: it says 'Please enable JavaScript.'"
    )
    assert raised.value.what_next == (
        "save it again from a browser that runs its scripts: this copy holds almost no text"
    )


def test_the_error_for_a_page_of_frames_names_a_page_to_convert() -> None:
    markup = "<html><frameset><frame src=menu.html><frame src=text.html><noframes><p>Fish</noframes></frameset></html>"
    with pytest.raises(SourceError) as raised:
        read_generic(markup)
    assert raised.value.what_next == "it only shows other pages in frames: convert those, such as 'menu.html'"


def test_a_list_of_press_releases_is_recognised_and_keeps_its_entries() -> None:
    entries = "".join(
        f'<li><span>{day} May 2031</span> <a href="/p{day}">The minister opens harbour {day} of the islands</a></li>'
        for day in range(1, 25)
    )
    readout = extract(
        whole_page(newspaper(f"<h1>Press releases</h1><ul>{entries}</ul>", title="Press releases"))
    ).readout
    assert "OVERVIEW" in {note.code for note in readout.notes}
    kept = " ".join(texts(readout.body))
    assert all(f"{day} May 2031 The minister opens harbour {day} of" in kept for day in range(1, 25))


def test_every_entry_of_a_list_without_prose_is_kept() -> None:
    entry = (
        '<div class="item"><span class="title">Berth {n}</span><span>{n} crowns</span><a href="/b{n}">Rent</a></div>'
    )
    menu = '<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>'
    entries = "".join(entry.format(n=n) for n in range(1, 9))
    lead = "<p>The harbour rents these berths to ships of every flag, by the month.</p>"
    footer = "<footer><p>The port of Atlantis</p></footer>"
    body = body_outline(page(f'{menu}<h1>Berths</h1>{lead}<div class="grid">{entries}</div>{footer}'))
    assert [n for n in range(1, 9) if f"Berth {n}" not in body] == []


def test_skip_links_above_a_list_of_pages_are_left_out() -> None:
    skip = '<p><a href="#main">Go to the main part</a></p><p><a href="#menu">Go to the menu</a></p>'
    card = '<div><h3><a href="/{}">Harbour talks of day {}</a></h3><p>On tides and nets.</p></div>'
    cards = "".join(card.format(day, day) for day in range(9))
    outlined = body_outline(f"<html lang='en'><title>Atlantis</title><body>{skip}<div>{cards}</div></body></html>")
    assert "Harbour talks" in outlined
    assert "Go to" not in outlined


def test_a_short_document_in_a_layout_table_is_not_a_list() -> None:
    menu = "".join(f'<tr><td><a href="/{n}">Lamps of the quay {n}</a></td></tr>' for n in range(14))
    text = "".join(f"<p>The lamp number {n} of the reef is lit at dusk, by a pilot.</p>" for n in range(6))
    rows = (
        '<tr><td><a href="/">Home</a>|<a href="/c">Contact</a></td></tr>'
        f"<tr><td><table>{menu}</table></td><td><h2>Lamps</h2>{text}</td></tr>"
        '<tr><td><a href="/p">Privacy</a>|<a href="/a">Access</a></td></tr>'
    )
    markup = f"<html><head><title>Lamps</title></head><body><table>{rows}</table></body></html>"
    assert warned(markup) == []

"""Text that only `noscript` or the JSON-LD of a page holds."""

from __future__ import annotations

import json

import pytest

from readout_pub.model import texts
from tests.extract.generic.pages import HEADLINE, STORY, body_outline, newspaper, read_generic


def script_shell(separator: str, title: str = "Harbour open") -> str:
    """Return a page whose text is only in its JSON-LD until its scripts have run."""
    body = separator.join(
        f"The harbour of Atlantis was opened &amp; lit, part {n}, after years of dredging." for n in range(20)
    )
    data = json.dumps({"@type": "NewsArticle", "headline": title, "datePublished": "2031-05-04", "articleBody": body})
    head = f'<script type="application/ld+json">{data}</script>'
    return f'<html lang="en"><head>{head}</head><body><div id="app"><p>Loading the news …</p></div></body></html>'


@pytest.mark.parametrize("separator", ["\n", "\r\n\r\n", "\f", "\u2028", "&#12;", "\x00\n", "\ud83d\n"])
def test_a_text_only_in_json_ld_is_read_with_a_note(separator: str) -> None:
    readout = read_generic(script_shell(separator))
    words = "The harbour of Atlantis was opened & lit, part {}, after years of dredging."
    assert list(texts(readout.body)) == [words.format(n) for n in range(20)]
    assert "TEXT_FROM_DATA" in [note.code for note in readout.notes]


@pytest.mark.parametrize("separator", ["\n", " "])
def test_json_ld_text_is_read_once_if_the_page_shows_its_beginning(separator: str) -> None:
    words = [f"The pilots of Lemuria said on day {n} that the channel is open to ships." for n in range(30)]
    data = json.dumps({"@type": "NewsArticle", "articleBody": separator.join(words)})
    teaser = "".join(f"<p>{line.replace('Lemuria', '<a href=/l><b>Lemuria</b></a>')} </p>" for line in words[:3])
    head = f'<script type="application/ld+json">{data}</script>'
    readout = read_generic(newspaper(f"{HEADLINE}{teaser}", head=head))
    assert " ".join(texts(readout.body)).split() == " ".join(words).split()


@pytest.mark.parametrize("separator", ["<br>", "<p>", "</p><p>", "&lt;br /&gt;", "&amp;lt;br&amp;gt;"])
def test_a_json_ld_text_with_markup_is_not_read(separator: str) -> None:
    assert body_outline(script_shell(separator)) == 'paragraph "Loading the news …"\n'


def test_characters_forbidden_in_documents_are_removed_from_json_ld() -> None:
    assert read_generic(script_shell("\n", title="\ud83d\x00\x1bHarbour open")).title == ("Harbour open",)


def test_the_json_ld_text_is_ignored_if_the_page_shows_another_text() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "The harbour of Atlantis was opened. " * 40})
    head = f'<script type="application/ld+json">{data}</script>'
    shown = body_outline(newspaper(f"{HEADLINE}{STORY * 2}", head=head))
    assert "dredging and debate" in shown
    assert "was opened. The harbour" not in shown


def test_a_text_only_in_noscript_is_read() -> None:
    main = f'<div id="app"></div><noscript>{STORY * 2}</noscript>'
    page = f'<html lang="en"><title>Harbour open</title><body>{main}</body></html>'
    assert body_outline(page).count("paragraph") >= 3


ARTICLE = f"<article>{STORY * 2}</article>"
ASKS_FOR_SCRIPTS = "<noscript>Please enable JavaScript.</noscript>"


@pytest.mark.parametrize("notice", ["", ASKS_FOR_SCRIPTS])
@pytest.mark.parametrize(
    "around",
    [
        "<video>", "<video/>", "<audio>", "<canvas>", "<canvas/>", "<button>", "<button/>", "<dialog>", "<progress>",
        "<meter>", "<select>", "<datalist>", "<option>", "<object>", "<aside>", "<menu>", "<footer>", "<nav>",
        "<label>", "<a href='/harbour'>",
    ],
)  # fmt: skip
def test_an_article_in_an_unclosed_element_is_read(around: str, notice: str) -> None:
    page = f'<html lang="en"><title>Harbour open</title><body>{notice}{around} {ARTICLE}</body></html>'
    words = " ".join(texts(read_generic(page).body))
    assert words.count("dredging and debate") == words.count("before the season ends") == 2


def test_a_list_of_choices_is_not_text_however_long() -> None:
    choices = "".join(f"<option>Island number {number} of the archipelago of Lemuria</option>" for number in range(40))
    form = f"<form><select>{choices}</select><button>Choose</button></form>"
    assert "Island" not in body_outline(newspaper(f"{HEADLINE}<p>The harbour is open.</p>{form}"))


@pytest.mark.parametrize("notice", ["", ASKS_FOR_SCRIPTS])
def test_a_short_text_only_in_json_ld_is_read_too(notice: str) -> None:
    body = "The harbour of Atlantis is closed to ships of every flag until the lamps of the channel have been mended."
    data = json.dumps({"@type": "NewsArticle", "headline": "Harbour closed", "articleBody": body})
    head = f'<title>Harbour closed</title><script type="application/ld+json">{data}</script>'
    readout = read_generic(f'<html lang="en"><head>{head}</head><body>{notice}<div id="root"></div></body></html>')
    assert tuple(texts(readout.body)) == (body,)
    assert "TEXT_FROM_DATA" in {note.code for note in readout.notes}

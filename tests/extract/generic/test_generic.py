"""Pages without text, deeply nested pages, quotations with a footer, and links to places on the saved page."""

from __future__ import annotations

import pytest

from readout_pub.errors import SourceError
from readout_pub.model import texts
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, newspaper, read_generic


@pytest.mark.parametrize("markup", ["<html><body></body></html>", "<p>You need to enable JavaScript.</p>", " "])
def test_a_page_without_text_raises_an_error_with_advice(markup: str) -> None:
    with pytest.raises(SourceError) as raised:
        read_generic(markup)
    assert raised.value.what_next is not None


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["div", "b", "blockquote"])
def test_a_page_nested_too_deeply_keeps_every_word_and_gets_a_note(tag: str) -> None:
    deep = f"<{tag}>" * 3000 + STORY + f"</{tag}>" * 3000
    readout = read_generic(newspaper(f"{HEADLINE}{STORY}{deep}<p>{'The pilots of Lemuria went home. ' * 9}</p>"))
    words = " ".join(" ".join(texts(readout.body)).split())
    assert words.count("sunken temples before the season ends.") == 2
    assert words.endswith("The pilots of Lemuria went home.")
    assert [note.severity for note in readout.notes if note.code == "NESTING_FLATTENED"] == ["warning"]


def test_the_footer_of_a_quotation_is_text() -> None:
    quote = "<blockquote><p>The lamps of Lemuria light the way.</p><footer>Mara Salis, Minister</footer></blockquote>"
    assert "Mara Salis, Minister" in body_outline(newspaper(f"{HEADLINE}{STORY}{quote}{LATER}"))


_SECTION = '<h2 id="salt">The salt trade</h2>'


@pytest.mark.parametrize(
    ("file", "head"),
    [
        ("4711.html", '<link rel="canonical" href="https://tide.example/news/4711">'),
        ("index.html", '<link rel="canonical" href="https://tide.example/news/">'),
        ("https://tide.example/news/4711", '<meta property="og:url" content="https://tide.example/news/4711">'),
    ],
)
def test_links_to_places_on_the_saved_page_become_links_within_the_readout(file: str, head: str) -> None:
    link = f'<p>The keepers tell more about <a href="{file}#salt">the salt trade of the south</a> below.</p>'
    outlined = body_outline(newspaper(f"{HEADLINE}{STORY}{link}{_SECTION}{LATER}", head=head))
    assert "#place-1" in outlined


@pytest.mark.parametrize("first", ["tides.html#text", "tides.html#salt"])
def test_the_first_link_tells_the_file_name_of_a_page_without_url(first: str) -> None:
    skip = f'<a href="{first}">Zum Inhalt</a>'
    link = '<p>The keepers tell more about <a href="tides.html#salt">the salt trade of the south</a> below.</p>'
    page = newspaper(f"{HEADLINE}{STORY}{link}{_SECTION}{LATER}").replace("<body>", f'<body id="text">{skip}')
    assert "#place-1" in body_outline(page)


def test_links_to_another_file_lead_to_that_file() -> None:
    link = '<p>The keepers tell more about <a href="4712.html#salt">the salt trade of the south</a> elsewhere.</p>'
    head = '<link rel="canonical" href="https://tide.example/news/4711">'
    outlined = body_outline(newspaper(f"{HEADLINE}{STORY}{link}{_SECTION}{LATER}", head=head))
    assert "4712.html#salt" in outlined


@pytest.mark.parametrize("anchor", ['<a name="tides">{}</a>', '<a id="tides" name="tides">{}</a>'])
def test_words_in_a_named_anchor_without_address_are_text(anchor: str) -> None:
    line = anchor.format("<strong>Tides and lamps</strong>")
    assert "Tides and lamps" in body_outline(newspaper(f"{HEADLINE}<p>{line}</p>{STORY}{LATER}"))

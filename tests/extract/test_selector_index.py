"""The index of elements finds what Soup Sieve finds, in the same order."""

from __future__ import annotations

import pytest

from readout_pub.extract.html_parser import parse
from readout_pub.extract.tree import SelectorIndex

PAGE = """<html><body class="talks en"><main id="contents"><h1 class="title1"><span>Tides</span></h1>
<div class="text wide"><p class="lead">They met.</p><p>Of <a href="/fish.html">fish</a>.</p></div>
<form><input name="q"><button>Search</button></form><button>Open</button>
<ul><li class="text">One</li><li>Two</li><li>Three</li></ul></main>
<aside id="more"><p class="lead text">More</p></aside></body></html>"""

SELECTORS = """p|P|.text|p.lead|.lead.text|#contents|main#contents > div p|aside p, main p|#more, .title1 > span, li
*|li:nth-of-type(2)|:is(h1, aside)|a[href$=".html"]|[name]|p:not(.lead)|input ~ button|body.en main|main :first-child
div:has(> .lead)|p:-soup-contains("More")|h7|.none|#none p|li.text ~ li"""


@pytest.mark.parametrize("selector", SELECTORS.replace("\n", "|").split("|"))
def test_the_index_finds_what_soup_sieve_finds(selector: str) -> None:
    soup, _ = parse(PAGE)
    found = soup.select(selector)
    assert list(map(id, SelectorIndex(soup).select(selector))) == list(map(id, found))
    assert SelectorIndex(soup).select(selector, limit=1) == found[:1]


def test_only_elements_below_the_root_are_found() -> None:
    soup, _ = parse(PAGE)
    aside = soup.select_one("aside")
    assert aside is not None
    assert [tag.get_text() for tag in SelectorIndex(aside).select("body p")] == ["More"]


def test_removed_elements_are_not_found() -> None:
    soup, _ = parse(PAGE)
    finder = SelectorIndex(soup)
    finder.select("main")[0].decompose()
    finder.select("aside")[0].unwrap()
    assert [tag.get_text() for tag in finder.select("p, aside, li")] == ["More"]

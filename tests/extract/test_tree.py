"""The functions on elements of the parsed page are correct and fast; the index finds what Soup Sieve finds."""

from __future__ import annotations

import pytest
from bs4 import Tag

from readout_pub.extract.html_parser import parse
from readout_pub.extract.tree import SelectorIndex, elements
from tests.line_count import count_lines


def test_an_element_knows_without_a_search_whether_it_was_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraph = elements(parse("<p>Fish</p>")[0])[-1]
    monkeypatch.delattr(Tag, "find")
    assert not paragraph.decomposed
    paragraph.decompose()
    assert paragraph.decomposed


@pytest.mark.parametrize(
    "selector",
    [
        "p",
        ".note",
        "#one",
        "p.note",
        "p.note.late",
        "p.late, #one",
        "div p",
        "p:not(.late)",
        "p[lang]",
        "[lang]",
        "[LANG='de']",
        "[lang!='de']",
        "div:has([lang])",
        "*",
        "P.note",
        "p ~ p",
        "p.note ~ .late, .late ~ p",
        "#one ~ p.late",
        "div ~ P",
        "* ~ p",
        "[lang] ~ p",
        "p ~ p[lang]",
        "p ~ p ~ p",
        "p + p",
        "div > p ~ p",
        "p:not(.late) ~ p",
        "[class*='ote la']",
        "[class~='late']",
        "[class^='note'][lang]",
        "[class$='LATE' i]",
        "[class='note']",
        "p[lang|='de']",
        "[lang='DE']",
        "[title='ÄB' i]",
        "[type='text']",
        "div > [class*='late']",
    ],
)
def test_the_index_selects_what_soup_sieve_does(selector: str) -> None:
    page = (
        '<div id="one"><p class="note late">Fish</p><p class="note" lang="de">Fisch</p><p>Salz</p></div>'
        '<p class="late" title="Äb">Tide</p><ol type="Text"></ol>'
    )
    soup, _ = parse(page)
    assert SelectorIndex(soup).select(selector) == soup.select(selector)


def test_removed_siblings_do_not_count() -> None:
    soup, _ = parse("<div><i>Fish</i><b>Salt</b><i>Tide</i><b>Port</b></div>")
    index = SelectorIndex(soup)
    assert [tag.get_text() for tag in index.select("i ~ b")] == ["Salt", "Port"]
    index.select("i")[0].decompose()
    assert [tag.get_text() for tag in index.select("i ~ b")] == ["Port"]


def test_twice_the_siblings_cost_twice_the_work() -> None:
    def work(size: int) -> int:
        index = SelectorIndex(parse(f"<div>{'<button>Fish</button>' * size}<input></div>")[0])
        return count_lines(lambda: index.select("input ~ button"))

    work(1)  # compiles the selector
    assert work(400) <= 2.2 * work(200)


def test_removed_elements_with_an_attribute_are_not_selected() -> None:
    soup, _ = parse('<div><p lang="de">Fisch</p></div><p lang="fr">Poisson</p>')
    index = SelectorIndex(soup)
    index.select("div")[0].decompose()
    assert [tag.get_text() for tag in index.select("[lang]")] == ["Poisson"]


PAGE = """<html><body class="talks en"><main id="contents"><h1 class="title1"><span>Tides</span></h1>
<div class="text wide"><p class="lead">They met.</p><p>Of <a href="/fish.html">fish</a>.</p></div>
<form><input name="q"><button>Search</button></form><button>Open</button>
<ul><li class="text">One</li><li>Two</li><li>Three</li></ul></main>
<aside id="more"><p class="lead text">More</p></aside></body></html>"""

SELECTORS = """p|P|.text|p.lead|.lead.text|#contents|main#contents > div p|aside p, main p|#more, .title1 > span, li
*|li:nth-of-type(2)|:is(h1, aside)|a[href$=".html"]|[name]|p:not(.lead)|input ~ button|body.en main|main :first-child
div:has(> .lead)|p:-soup-contains("More")|h7|.none|#none p|li.text ~ li"""


@pytest.mark.parametrize("selector", SELECTORS.replace("\n", "|").split("|"))
def test_all_matches_and_the_first_match_are_those_of_soup_sieve(selector: str) -> None:
    soup, _ = parse(PAGE)
    found = soup.select(selector)
    assert list(map(id, SelectorIndex(soup).select(selector))) == list(map(id, found))
    assert SelectorIndex(soup).select(selector, limit=1) == found[:1]


def test_only_elements_below_the_root_are_selected() -> None:
    soup, _ = parse(PAGE)
    aside = soup.select_one("aside")
    assert aside is not None
    assert [tag.get_text() for tag in SelectorIndex(aside).select("body p")] == ["More"]


def test_removed_elements_are_not_selected_by_name() -> None:
    soup, _ = parse(PAGE)
    index = SelectorIndex(soup)
    index.select("main")[0].decompose()
    index.select("aside")[0].unwrap()
    assert [tag.get_text() for tag in index.select("p, aside, li")] == ["More"]

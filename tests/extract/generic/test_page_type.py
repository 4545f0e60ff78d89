"""Page types: the bin of each amount (such as "prose 1"), and types that the address or the metadata suggest."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.page_type import page_types
from tests.extract.generic.pages import STORY, newspaper
from tests.page_strategies import mains

AMOUNTS = ("prose", "linked", "share of prose", "repeated", "lines of prose", "headings", "lines")

CARDS = "".join(
    f'<div class="card"><h3><a href="/{n}">Harbour open again {n}</a></h3><p>Ships.</p></div>' for n in range(9)
)


def types_of(body: str, address: str | None = None, *, head: str = "") -> tuple[str, ...]:
    page = analyse_page(parse_markup(f"<html><head><title>Sea</title>{head}</head><body>{body}</body></html>"))
    return page_types(page, address)


def bins_of(body: str) -> dict[str, int]:
    """Return the bin of each amount, 0 for the smallest."""
    return {name: int(number) for name, _, number in (each.rpartition(" ") for each in types_of(body))}


def address_types_of(address: str) -> list[str]:
    return [name for name in types_of(STORY, address) if name.startswith("address")]


def test_a_page_without_address_or_declared_type_has_only_bins() -> None:
    assert types_of(STORY) == (
        "prose 1",
        "linked 0",
        "share of prose 4",
        "repeated 4",
        "lines of prose 1",
        "headings 0",
        "lines 0",
    )


@pytest.mark.parametrize(
    ("amount", "less", "more"),
    [
        ("prose", STORY, STORY * 10),
        ("linked", STORY, CARDS),
        ("share of prose", CARDS, STORY),
        ("repeated", "<p>Ships</p><p>Nets</p>", "<p>Ships</p><p>Nets</p><p>Salt</p>"),
        ("lines of prose", STORY, STORY * 4),
        ("headings", STORY, STORY + "<h2>Ships</h2>" * 6),
        ("lines", STORY, STORY + "<p>Ships</p>" * 60),
    ],
)
def test_a_larger_amount_is_a_higher_bin(amount: str, less: str, more: str) -> None:
    assert bins_of(less)[amount] < bins_of(more)[amount]


def test_prose_in_chrome_does_not_count() -> None:
    bins = [bins_of(f"<main>{STORY * 5}</main>{below}")["prose"] for below in ("", STORY, f"<footer>{STORY}</footer>")]
    assert bins == [2, 3, 2]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("https://sea.example", ["address of 0 parts"]),
        ("https://sea.example/a/b", ["address of 2 parts"]),
        ("https://sea.example/a/b/d/e/f", ["address of 3 parts"]),
        ("https://sea.example/x/harbour-open-to-every-flag", ["address of 2 parts", "address is a headline"]),
        ("https://sea.example/harbour_open_to_every_flag", ["address of 1 parts", "address is a headline"]),
        ("https://sea.example/harbour-open", ["address of 1 parts"]),
        ("https://forum.sea.example/x", ["address of 1 parts", "address says forum"]),
        ("https://sea.example/shop/nets", ["address of 2 parts", "address says shop"]),
        ("https://sea.example/tag/nets", ["address of 2 parts", "address says list"]),
        ("https://docs.sea.example/x", ["address of 1 parts", "address says manual"]),
        ("https://sea.example/2031/08/x", ["address of 3 parts", "address says news"]),
        ("https://sea.example/blog/category", ["address of 2 parts", "address says list", "address says news"]),
        ("https://sea.example/x?page=forum#news", ["address of 1 parts"]),
    ],
)
def test_an_address_gives_its_depth_and_the_kinds_of_its_words(address: str, names: list[str]) -> None:
    assert address_types_of(address) == names


def test_the_case_of_an_address_does_not_matter() -> None:
    assert address_types_of("https://SEA.example/Shop/Nets") == address_types_of("https://sea.example/shop/nets")


@pytest.mark.parametrize("kind", ["article", "product"])
def test_the_declared_type_comes_last(kind: str) -> None:
    head = f'<meta property="og:type" content="{kind}">'
    assert types_of(STORY, "https://sea.example/news", head=head)[-1] == f"kind {kind}"


def test_the_canonical_address_counts_for_the_page_types() -> None:
    markup = newspaper(STORY, head='<link rel="canonical" href="https://sea.example/shop/nets">')
    assert "address says shop" in analyse_page(parse_markup(markup)).page_types


@pytest.mark.slow
@given(mains())
def test_every_page_has_exactly_one_bin_of_each_amount(main: str) -> None:
    assert tuple(each.rpartition(" ")[0] for each in types_of(f"<main>{main}</main>")) == AMOUNTS


@pytest.mark.slow
@given(mains(), st.integers(1, 12))
def test_more_prose_never_lowers_a_bin_of_prose(main: str, times: int) -> None:
    before, after = bins_of(f"<main>{main}</main>"), bins_of(f"<main>{main}</main><section>{STORY * times}</section>")
    for name in ("prose", "share of prose", "lines of prose", "lines"):
        assert after[name] >= before[name]


@pytest.mark.parametrize(("outer", "declared"), [("QAPage", "forum"), ("FAQPage", None)])
def test_a_page_of_visitors_questions_is_a_forum_unlike_an_faq(outer: str, declared: str | None) -> None:
    data = json.dumps({"@type": outer, "mainEntity": [{"@type": "Question", "name": "Who may enter?"}]})
    markup = f'<html><head><script type="application/ld+json">{data}</script></head><body><p>All.</p></body></html>'
    assert parse_markup(markup).metadata.declared_type == declared


@pytest.mark.parametrize(
    ("times", "declared"),
    [((), "article"), (("modified",), None), (("published", "modified"), "article"), (("published",), "article")],
)
def test_a_modification_time_alone_does_not_declare_an_article(times: tuple[str, ...], declared: str | None) -> None:
    metas = "".join(f'<meta property="article:{each}_time" content="2031-05-04">' for each in times)
    markup = f'<html><head><meta property="og:type" content="article">{metas}</head><body><p>All.</p></body></html>'
    assert parse_markup(markup).metadata.declared_type == declared

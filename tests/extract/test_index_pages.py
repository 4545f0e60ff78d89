"""The documents that an index page lists, in its order, with their dates, and its next page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from readout_pub.errors import ProfileError
from readout_pub.extract.index_pages import ListedDocument, read_index_page
from readout_pub.extract.profile import load_profile

URL = "https://www.atlantis.example/press/"
DAY = dt.date(2031, 8, 4)


def page(main: str, *, head: str = "", lang: str = "en") -> str:
    """Return an index page with a list, and with menus, header and footer around it."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Press</title>{head}</head><body>'
        '<header><a href="/">Ministry of the Sea of Atlantis, the home page of all tides</a></header>'
        '<nav><ul><li><a href="/about">About the Ministry and its many long corridors</a></li>'
        '<li><a href="/sea">The sea and everything that there is in it</a></li></ul></nav>'
        f"<main><h1>Press releases</h1>{main}</main>"
        '<aside><a href="/popular">What everybody reads these days</a></aside>'
        '<footer><a href="/imprint">Imprint and all that belongs to it, word by word</a></footer></body></html>'
    )


def urls(markup: str, url: str = URL) -> list[str]:
    return [link.url.removeprefix("https://www.atlantis.example") for link in read_index_page(markup, url).documents]


ROW = '<li><a href="a.html">Talks about the tides</a><li><a href="b.html">Talks about fish</a>'
CARD = (
    '<article id=post-{}><a href="{}"><img src=a.jpg></a><h2><a href="{}#top">Talks about tides {}</a></h2></article>'
)
SHAPES = {
    "list": f"<ul>{ROW}</ul>",
    "table": '<table><tr><td>1<td><a href="a.html">Talks on tides</a><tr><td>2<td><a href="b.html">On fish</a></table>',
    "headings": '<div class=row><h3><a href="a.html">Talks about tides</a></h3></div>'
    "<div><h3><a href=/press/b.html>Talks about fish</a></h3></div>",
    "cards": CARD.format(1, "a.html", "a.html", "A") + CARD.format(2, "b.html", "b.html", "B"),
    "japanese": '<ul><li><a href="a.html">潮汐に関する会談</a><li><a href="b.html">漁業に関する会談</a></ul>'
    '<p><a href="?page=2">2</a></p>',
    "with other links": f'<p>See also <a href="/archive">the archive</a>.</p><ul>{ROW}</ul>',
}


@pytest.mark.parametrize("main", SHAPES.values(), ids=SHAPES)
def test_the_list_is_found_among_the_other_links_of_a_page(main: str) -> None:
    assert urls(page(main)) == ["/press/a.html", "/press/b.html"]


def test_links_to_scripts_other_hosts_or_the_page_itself_are_not_documents() -> None:
    rows = "".join(
        f'<li><a href="{href}">A row of the list, number one</a>'
        for href in (
            "https://lemuria.example/a",
            "javascript:void(0)",
            "mailto:a@b.example",
            "#top",
            URL,
            "http://[",
            "a",
        )
    )
    assert urls(page(f"<ul>{rows}</ul>")) == ["/press/a"]


def test_urls_are_resolved_against_the_base_element() -> None:
    found = read_index_page(page('<a href="a.html">Talks about the tides</a>', head='<base href="/news/">'), URL)
    assert [link.url for link in found.documents] == ["https://www.atlantis.example/news/a.html"]


@pytest.mark.parametrize(
    "entry",
    [
        "<li>4 August 2031 {}",
        "<li>{} (August 4, 2031)",
        "<li><time datetime='2031-08-04T10:00'>Monday</time> {}",
        "<li><p><span>2031-08-04</span></p><p>{}</p>",
        "<h3>August 4, 2031</h3><li>{}",
        "<dl><dt>令和13年8月4日</dt><dd>{}</dd></dl>",
    ],
)
def test_a_document_has_the_date_of_its_entry_or_heading(entry: str) -> None:
    other = '<li>1 January 2031 <a href="b.html">Talks about fish and tides</a>'
    link = '<a href="a.html">Talks about the tides</a>'
    found = {each.url[-6:]: each.issued for each in read_index_page(page(other + entry.format(link)), URL).documents}
    assert found.get("a.html", DAY) == DAY  # two of these six entries are not listed if `other` precedes them
    (alone,) = read_index_page(page(entry.format(link)), URL).documents
    assert alone == ListedDocument(f"{URL}a.html", DAY)


@pytest.mark.parametrize(
    ("title", "heading", "today", "expected"),
    [
        ("Press releases (August 2031)", "August 4", None, DAY),
        ("Press releases", "4 August", dt.date(2031, 8, 4), DAY),
        ("Press releases", "4 August", dt.date(2032, 8, 3), DAY),
        ("Press releases", "4 August", None, None),
        ("Press releases", "29 February", dt.date(2031, 8, 4), dt.date(2028, 2, 29)),
        ("Press releases", "29 February", dt.date(2028, 2, 28), dt.date(2024, 2, 29)),
        ("Press releases", "30 February", dt.date(2031, 8, 4), None),
        ("Press releases", "4 new boats", dt.date(2031, 9, 1), None),
        ("報道発表（令和13年8月）", "8月4日付", None, DAY),
        ("報道発表", "8月4日付", dt.date(2031, 8, 31), DAY),
        ("報道発表", "12月31日付", dt.date(2031, 1, 2), dt.date(2030, 12, 31)),
    ],
)
def test_a_missing_year_comes_from_the_title_or_is_the_latest_possible(
    title: str, heading: str, today: dt.date | None, expected: dt.date | None
) -> None:
    entries = f'<h2>{title}</h2><dl><dt>{heading}<dd><ul><li><a href="a.html">Talks about the tides</a></ul></dl>'
    (found,) = read_index_page(page(entries), URL, today=today).documents
    assert found.issued == expected


def test_a_menu_is_recognised_by_its_id_or_class() -> None:
    many = "".join(f'<li><a href="/{each}">Something about the ministry {each}</a></li>' for each in range(30))
    menus = f'<div id="footer_menu"><ul>{many}</ul></div><div class="x main-nav"><ol>{many}</ol></div>'
    rest = '<div class="has-sidebar"><p><a href="a.html">Talks about tides</a></p></div>'
    assert urls(page(menus + rest)) == ["/press/a.html"]


def test_links_whose_text_is_repeated_are_not_documents() -> None:
    cards = "".join(
        f'<div><h3><a href="{each}.html">Talks on {each}</a></h3><p><a href="{each}.pdf">Read on and on</a></p></div>'
        for each in ("tides", "fish", "boats")
    )
    assert urls(page(cards)) == ["/press/tides.html", "/press/fish.html", "/press/boats.html"]


def test_a_date_elsewhere_on_the_page_is_not_used() -> None:
    (found,) = read_index_page(
        page('<p>Updated on 4 August 2031</p><ul><li><a href="a.html">Talks on tides</a></ul>'), URL
    ).documents
    assert found.issued is None


@pytest.mark.parametrize(
    "pager",
    [
        '<a rel="next" href="?page=2">2</a>',
        '<a href="?page=1">1</a> <a href="?page=2">Next page</a>',
        '<a href="?page=2">Next ›</a>',
        '<a href="?page=2" aria-label="Next"><svg></svg></a>',
        '<nav><a href="?page=2">次へ</a></nav>',
        '<a href="?page=2">Siguiente »</a>',
        '<a href="?page=2">»</a>',
    ],
)
def test_the_link_to_the_next_page_is_found(pager: str) -> None:
    found = read_index_page(page(f'<ul><li><a href="a.html">Talks on tides</a></ul>{pager}'), URL)
    assert (found.next_page, [link.url for link in found.documents]) == (f"{URL}?page=2", [f"{URL}a.html"])


def test_rel_next_in_the_head_gives_the_next_page() -> None:
    assert read_index_page(
        page("<a href=a.html>Talks on tides</a>", head='<link rel="next" href="2.html">'), URL
    ).next_page == (f"{URL}2.html")


@pytest.mark.parametrize("pager", ["", '<a href="#">Next</a>', '<a href="b.html">Next steps of the Ministry</a>'])
def test_other_links_are_not_taken_for_a_next_page(pager: str) -> None:
    assert read_index_page(page(f"<ul><li><a href=a.html>Talks on tides</a></ul>{pager}"), URL).next_page is None


# --- with a profile of the site

PROFILE = """
hosts = ["atlantis.example"]
publisher.en = "Ministry of the Sea"
[index]
documents = ["/*/talks_[0-9]*.html"]
next = "p.more > a"
[[layout]]
name = "plain"
marker = "main"
body = "main"
"""

MIXED = (
    '<p><a href="talks_001.html">One</a></p><ul><li><a href="/other/long.html">Many words and no talks</a></ul>'
    '<div><a href="/sea/talks_002.html">Two</a></div><p class=more><a href="more.html">And so forth</a></p>'
    '<a href="?page=9">Next</a>'
)


def site(folder: Path, text: str = PROFILE) -> Path:
    (folder / "atlantis").mkdir()
    (folder / "atlantis" / "profile.toml").write_text(text)
    return folder


def test_a_profile_selects_documents_and_the_next_page(tmp_path: Path) -> None:
    found = read_index_page(page(MIXED), URL, [site(tmp_path)])
    assert [link.url for link in found.documents] == [
        f"{URL}talks_001.html",
        "https://www.atlantis.example/sea/talks_002.html",
    ]
    assert found.next_page == f"{URL}more.html"


def test_a_profile_whose_patterns_match_no_link_of_the_page_is_ignored(tmp_path: Path) -> None:
    found = read_index_page(
        page('<ul><li><a href="/sea/essay.html">An essay about the sea</a></ul>'), URL, [site(tmp_path)]
    )
    assert [link.url for link in found.documents] == ["https://www.atlantis.example/sea/essay.html"]


@pytest.mark.parametrize(
    ("was", "now", "reason"),
    [
        ("documents =", "document =", r"profile\.toml:5: there is no key 'document'; did you mean 'documents'\?"),
        ('"p.more > a"', '"p.more >> a"', r"profile\.toml:6, index, next: selector 'p.more >> a' is not valid CSS"),
    ],
)
def test_a_fault_in_an_index_table_is_reported_with_its_line(was: str, now: str, reason: str, tmp_path: Path) -> None:
    site(tmp_path, PROFILE.replace(was, now))
    with pytest.raises(ProfileError, match=reason):
        load_profile(tmp_path / "atlantis" / "profile.toml")


DOCUMENTS_OF_MOFA = [
    "/press/release/press4e_900001.html",
    "/press/release/pressite_900001_00001.html",
    "/region/asia-paci/page1e_900001.html",
    "/mofaj/press/release/press4_900001.html",
    "/announce/announce/2010/8/0804_01.html",
]
OTHER_PAGES_OF_MOFA = [
    "/press/release/index.html",
    "/mofaj/press/release/8_07_index.html",
    "/announce/announce/2010/8/index.html",
    "/policy/page.html",
    "/region/",
]


def test_index_pages_of_the_japanese_ministry_list_only_documents() -> None:
    rows = "".join(
        f'<li><a href="{path}">Talks about the tides</a></li>' for path in (*OTHER_PAGES_OF_MOFA, *DOCUMENTS_OF_MOFA)
    )
    found = read_index_page(page(f"<ul>{rows}</ul>", lang="ja"), "https://www.mofa.go.jp/press/release/")
    assert [link.url for link in found.documents] == [f"https://www.mofa.go.jp{path}" for path in DOCUMENTS_OF_MOFA]


DOCUMENT_OF_SITE = {
    "federalreserve.gov": "/newsevents/pressreleases/other20310507a.htm",
    "fema.gov": "/press-release/20310507/tides-rise",
    "gov.uk": "/government/news/tides-at-atlantis",
    "kremlin.ru": "/events/president/news/900001",
    "planalto.gov.br": "/acompanhe-o-planalto/discursos/discurso-no-porto",
    "whitehouse.gov": "/the-press-office/2031/05/07/readout-of-a-meeting",
    "xinhuanet.com": "/world/2031-05/07/c_9000000001.htm",
    "bmel.de": "/SharedDocs/Pressemitteilungen/DE/2031/1-algen.html",
}


@pytest.mark.parametrize("host", DOCUMENT_OF_SITE)
def test_index_pages_of_sites_with_a_profile_list_only_documents(host: str) -> None:
    others = "".join(f'<li><a href="/about/{each}">About the office and its corridors</a></li>' for each in range(9))
    markup = page(f'<ul>{others}</ul><p><a href="{DOCUMENT_OF_SITE[host]}">Talks</a></p>')
    found = read_index_page(markup, f"https://www.{host}/list")
    assert [link.url for link in found.documents] == [f"https://www.{host}{DOCUMENT_OF_SITE[host]}"]

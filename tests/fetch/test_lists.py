"""Lists of pages: their kind is detected by their content, and their entries and dates are parsed."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.errors import ReadoutError, SourceError
from readout_pub.fetch.list_entries import ListEntry, make_entry
from readout_pub.fetch.lists import read_list
from tests.archives import ATLANTIS

SITEMAP = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<!-- made by hand --><url><loc> {ATLANTIS}/a.html </loc><lastmod>2031-08-04T10:00:00+09:00</lastmod></url>
<url><loc>/b.html?x=1&amp;y=2</loc><news:news><news:publication_date>2031-08-05</news:publication_date></news:news></url>
<url><lastmod>2031-08-04</lastmod></url>
</urlset>"""
SITEMAPS = f"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{ATLANTIS}/1.xml.gz</loc><lastmod>2031-08</lastmod></sitemap><sitemap><loc>2.xml</loc></sitemap></sitemapindex>"""
RSS = f"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>{ATLANTIS}/</link>
<atom:link rel="self" href="{ATLANTIS}/feed"/><atom:link rel="next" href="?paged=2"/>
<item><title>A</title><link>{ATLANTIS}/a.html</link><pubDate>Mon, 04 Aug 2031 23:30:00 +0900</pubDate></item>
<item><guid>{ATLANTIS}/b.html</guid></item>
<item><guid isPermaLink="false">{ATLANTIS}/no</guid></item></channel></rss>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="x"><link>{ATLANTIS}/a.html</link>
<dc:date>2031-08-04T10:00:00+09:00</dc:date></item></rdf:RDF>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feed?page=2"/>
<entry><link rel="enclosure" href="/a.mp3"/><link href="/a.html"/><published>2031-08-04T10:00:00Z</published>
<updated>2032-01-01T10:00:00Z</updated></entry>
<entry><link rel="alternate" href="{ATLANTIS}/b.html"/><updated>2031-08-05T10:00:00Z</updated></entry></feed>"""

FOURTH, FIFTH = dt.date(2031, 8, 4), dt.date(2031, 8, 5)
ANY_DAY = (dt.date.min, dt.date.max)


def parsed_pages(text: str | bytes, url: str = f"{ATLANTIS}/list") -> list[tuple[str, dt.date, dt.date]]:
    content = text.encode() if isinstance(text, str) else text
    found = read_list(content, url, 100_000).pages
    return [(each.url.removeprefix(ATLANTIS), each.earliest, each.latest) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SITEMAP, [("/a.html", dt.date.min, FOURTH), ("/b.html?x=1&y=2", FIFTH, FIFTH)]),
        (RSS, [("/a.html", FOURTH, FOURTH), ("/b.html", *ANY_DAY)]),
        (RDF, [("/a.html", FOURTH, FOURTH)]),
        (ATOM, [("/a.html", FOURTH, FOURTH), ("/b.html", dt.date.min, FIFTH)]),
        (
            f"{ATLANTIS}/a.html\n\n# talks\n  {ATLANTIS}/b.html  # of tides\n",
            [("/a.html", *ANY_DAY), ("/b.html", *ANY_DAY)],
        ),
        (f"\ufeff{ATLANTIS}/a.html#top\r\n", [("/a.html#top", *ANY_DAY)]),
        ("<html><body><ul><li>4 August 2031 <a href='/a.html'>Talks on tides</a></ul>", [("/a.html", FOURTH, FOURTH)]),
    ],
    ids=["sitemap", "RSS", "RDF", "Atom", "text", "text with byte order mark and CRLF", "index page"],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_each_kind_of_list_gives_its_pages_with_their_days(
    pack: Callable[[bytes], bytes], text: str, expected: list[tuple[str, dt.date, dt.date]]
) -> None:
    assert parsed_pages(pack(text.encode())) == expected


@pytest.mark.parametrize("text", [SITEMAP, SITEMAPS, RSS])
def test_lists_in_utf_16_are_read(text: str) -> None:
    in_utf_16 = text.replace("UTF-8", "UTF-16").encode("utf-16")
    assert read_list(in_utf_16, ATLANTIS, 100_000) == read_list(text.encode(), ATLANTIS, 100_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SITEMAPS, [ListEntry(f"{ATLANTIS}/1.xml.gz", latest=dt.date(2031, 8, 31)), ListEntry(f"{ATLANTIS}/2.xml")]),
        (
            f"User-agent: *\nDisallow:\nSitemap: {ATLANTIS}/1.xml\nsitemap:/2.xml",
            [ListEntry(f"{ATLANTIS}/1.xml"), ListEntry(f"{ATLANTIS}/2.xml")],
        ),
        (RSS, [ListEntry(f"{ATLANTIS}/list?paged=2")]),
        (ATOM, [ListEntry(f"{ATLANTIS}/feed?page=2")]),
    ],
    ids=["index of sitemaps", "robots.txt", "RSS", "Atom"],
)
def test_a_list_names_its_parts_and_next_pages(text: str, expected: list[ListEntry]) -> None:
    assert list(read_list(text.encode(), f"{ATLANTIS}/list", 100_000).further_lists) == expected


SITEMAP_WITH_PREFIX = f"""<sm:urlset xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9">
<sm:url><sm:loc>{ATLANTIS}/a.html</sm:loc></sm:url></sm:urlset>"""
RSS_WITH_BARE_AMPERSANDS = f"""<rss><channel><title>Tides &nbsp; & &b;</title><item><link>{ATLANTIS}/a?x=1&y=2</link>
</item><item><link><![CDATA[{ATLANTIS}/b?x=1&y=2]]></link></item></channel></rss><!-- cached -->"""
ATOM_WITH_BASES = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/talks/"><entry><link href="a.html"/></entry>
<entry xml:base="2031/"><link href="b.html"/></entry></feed>"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SITEMAP_WITH_PREFIX, ["/a.html"]),
        (RSS_WITH_BARE_AMPERSANDS, ["/a?x=1&y=2", "/b?x=1&y=2"]),
        (ATOM_WITH_BASES, ["/talks/a.html", "/talks/2031/b.html"]),
    ],
    ids=["sitemap with a prefix", "RSS with bare ampersands", "Atom with xml:base"],
)
def test_less_usual_xml_gives_the_right_addresses(text: str, expected: list[str]) -> None:
    assert [address for address, _, _ in parsed_pages(text)] == expected
    assert not read_list(text.encode(), ATLANTIS, 100_000).is_cut_off


@pytest.mark.parametrize("text", [SITEMAP, RSS, RDF, ATOM])
def test_a_list_that_is_cut_off_loses_only_its_last_entry(text: str) -> None:
    whole = read_list(text.encode(), ATLANTIS, 100_000).pages
    cut = read_list(text[: text.rindex("</") - 10].encode(), ATLANTIS, 100_000)
    assert cut.is_cut_off
    assert cut.pages == whole[:-1]


@pytest.mark.parametrize(
    "text", [SITEMAP, SITEMAPS, RSS, RDF, ATOM, RSS.replace("\n", "\r\n").replace("rss>", "rss >")]
)
def test_a_whole_list_is_not_called_cut_off(text: str) -> None:
    assert not read_list(text.encode(), ATLANTIS, 100_000).is_cut_off
    assert not read_list(text.replace("UTF-8", "UTF-16").encode("utf-16"), ATLANTIS, 100_000).is_cut_off


@pytest.mark.parametrize(
    ("path", "earliest", "latest"),
    [
        ("/2031/08/04/talks.html", FOURTH, FOURTH),
        ("/2031/8/4/talks.html", FOURTH, FOURTH),
        ("/2031-08/04/c_1.htm", FOURTH, FOURTH),
        ("/news/20310804_talks.html", FOURTH, FOURTH),
        ("/2031/08/talks.html", dt.date(2031, 8, 1), dt.date(2031, 8, 31)),
        ("/2032/2/talks.html", dt.date(2032, 2, 1), dt.date(2032, 2, 29)),
        ("/2031/12/talks.html", dt.date(2031, 12, 1), dt.date(2031, 12, 31)),
        ("/press4e_003151.html", *ANY_DAY),
        ("/2031/talks.html", *ANY_DAY),
        ("/2031/99/talks.html", *ANY_DAY),
        ("/20319999.html", *ANY_DAY),
        ("/a/12031/08/04", *ANY_DAY),
    ],
)
def test_days_are_parsed_from_url_paths(path: str, earliest: dt.date, latest: dt.date) -> None:
    assert make_entry(ATLANTIS + path) == ListEntry(ATLANTIS + path, earliest, latest)


@pytest.mark.parametrize(
    ("issued", "earliest", "latest"),
    [
        ("2031-08-04", FOURTH, FOURTH),
        ("2031-08", dt.date(2031, 8, 1), dt.date(2031, 8, 31)),
        ("2031", dt.date(2031, 1, 1), dt.date(2031, 12, 31)),
        ("04 Aug 31 10:00 EST", FOURTH, FOURTH),
        ("2031-99-99", *ANY_DAY),
        ("soon", *ANY_DAY),
        ("0000-00-00", *ANY_DAY),
    ],
)
def test_days_are_parsed_in_formats_of_sitemaps_and_feeds(issued: str, earliest: dt.date, latest: dt.date) -> None:
    assert make_entry(f"{ATLANTIS}/a", issued) == ListEntry(f"{ATLANTIS}/a", earliest, latest)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<urlset/>", "it lists no pages; name a sitemap"),
        (
            b"<html><body><h1>Page not found</h1><ul><li><a href=/a>Try our home page instead</a></ul></body></html>",
            "this is an error page, not a list: it says 'Page not found'",
        ),
        (b'<html><body><div id="root"></div><script src="/a.js"></script></body></html>', "not a list"),
        (b"<html><body><p>Nothing here.</p></body></html>", "it lists no pages"),
        (
            b"https://a.example/\nwww.b.example\n",
            r"line 2 is not a web address: 'www\.b\.example'; write one address on each line",
        ),
        (b"https://a.example/\nhttp//me:salt@b.example\n", r"line 2 is not a web address: 'http//b\.example'"),
        (b"\x1f\x8b damaged", "compressed content is damaged"),
        (gzip.compress(b" " * 1_000_000, mtime=0), "is the limit"),
        (b"%PDF-1.7", "this is a PDF"),
        (b" ", "empty"),
    ],
)
def test_content_that_is_not_a_valid_list_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_list(content, f"{ATLANTIS}/list", 100_000)


SAVED = '<html lang=en>{}<body><ul><li>4 August 2031 <a href="/a.html">Talks on tides</a></ul>'


def test_a_saved_index_page_resolves_links_against_its_url() -> None:
    saved = SAVED.format(f"<!-- saved from url=(0037){ATLANTIS}/press/ -->")
    assert parsed_pages(saved, "saved/press.html") == [("/a.html", FOURTH, FOURTH)]
    with pytest.raises(SourceError, match="does not state the URL at which it was published; give its URL instead"):
        parsed_pages(SAVED.format(""), "saved/press.html")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITY = "<urlset><url><loc>http://a.example/{}</loc></url></urlset>"
INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="FILE" parse="text"/>'
BOMBS = {
    "billion laughs": f'<!DOCTYPE urlset [<!ENTITY l0 "ha">{LAUGHS}]>{ENTITY.format("&l9;")}',
    "a file": '<!DOCTYPE urlset [<!ENTITY x SYSTEM "FILE">]>' + ENTITY.format("&x;"),
    "an external DTD": '<!DOCTYPE urlset SYSTEM "FILE">' + ENTITY.format("&x;"),
    "parameter entities": '<!DOCTYPE urlset [<!ENTITY % p SYSTEM "FILE">%p;]>' + ENTITY.format("&x;"),
    "inclusion": ENTITY.format(INCLUDE),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_xml_entities_and_external_files_are_not_loaded(bomb: str, tmp_path: Path) -> None:
    file = tmp_path / "entities.dtd"
    file.write_text('<!ENTITY x "loaded">', "utf-8")
    found = parsed_pages(f'<?xml version="1.0"?>{bomb.replace("FILE", file.as_uri())}')
    assert [url for url, *_ in found] == ["http://a.example/"]


@pytest.mark.slow
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(str.encode)
    | st.sampled_from([SITEMAP, RSS, ATOM])
    .map(str.encode)
    .flatmap(lambda whole: st.integers(0, len(whole)).map(lambda end: whole[:end]))
)
def test_any_bytes_are_parsed_or_refused(content: bytes) -> None:
    with contextlib.suppress(ReadoutError):
        read_list(content, f"{ATLANTIS}/list", 100_000)

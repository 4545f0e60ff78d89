"""Web addresses are recognised, and the base URL of a page is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.sources.urls import find_base_url, is_web_address, url_key

URL = "https://www.atlantis.example/news/talks.html"


@pytest.mark.parametrize(
    "text", ["https://sea.example/", "http://sea.example", "HTTPS://SEA.EXAMPLE/", "Http://sea.example"]
)
def test_the_scheme_of_a_web_address_is_case_insensitive(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text", ["", "talks.html", "//sea.example/", "s3://sea/", "http:/sea", "httpx://sea", "file:///c"]
)
def test_other_texts_are_not_web_addresses(text: str) -> None:
    assert not is_web_address(text)


@pytest.mark.parametrize(
    ("head", "base"),
    [
        ("", URL),
        ('<base href="/press/">', "https://www.atlantis.example/press/"),
        ("<BASE target=_top HREF=press/>", "https://www.atlantis.example/news/press/"),
        ("<base href='https://cdn.example/a?b=1&amp;c=2'>", "https://cdn.example/a?b=1&c=2"),
        ("<base href=HTTPS://CDN.example/>", "https://CDN.example/"),
        ('<base target="_blank"><base href="/a/"><base href="/b/">', "https://www.atlantis.example/a/"),
        ('<base data-href="/a/">', URL),
        ('<base href="">', URL),
        ('<base href="javascript:alert(1)">', URL),
        ('<base href="file:///C:/talks/">', URL),
        ('<base href="http://[">', URL),
        ('<!-- <base href="/a/"> --><base href="/b/">', "https://www.atlantis.example/b/"),
        ("<script>write('<base href=\"/a/\">')</script>", URL),
        ('<title><base href="/a/"></title>', URL),
    ],
)
def test_only_the_first_base_href_can_give_the_base_url(head: str, base: str) -> None:
    assert find_base_url(f"<html><head>{head}</head><body></body></html>", URL) == base


def test_a_relative_base_counts_only_with_a_known_page_url() -> None:
    assert find_base_url('<base href="/press/">', "") == ""
    assert find_base_url('<base href="https://sea.example/press/">', "") == "https://sea.example/press/"


@pytest.mark.slow
@given(
    st.lists(st.sampled_from(["<base ", "href=", "'", '"', "/a/", "http://[", ">", "<!--", "-->", "<title>", " "])).map(
        "".join
    )
)
def test_the_base_url_is_always_the_page_url_or_a_web_address(markup: str) -> None:
    base = find_base_url(markup, URL)
    assert base == URL or is_web_address(base)


@pytest.mark.parametrize("url", ["http://sea.example:99999/talks", "http://[sea.example/talks"])
def test_the_key_of_an_invalid_url_is_the_url_itself(url: str) -> None:
    assert url_key(url) == url

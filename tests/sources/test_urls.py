"""Addresses as pages and archives write them: which are on the web, and where relative ones begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.sources.urls import find_base_url, is_web_address

URL = "https://www.atlantis.example/news/talks.html"


@pytest.mark.parametrize(
    "text", ["https://sea.example/", "http://sea.example", "HTTPS://SEA.EXAMPLE/", "Http://sea.example"]
)
def test_an_address_on_the_web_may_be_in_large_or_small_letters(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text", ["", "talks.html", "//sea.example/", "s3://sea/", "http:/sea", "httpx://sea", "file:///c"]
)
def test_what_is_no_address_on_the_web(text: str) -> None:
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
def test_relative_addresses_begin_at_the_first_base_that_a_browser_sees(head: str, base: str) -> None:
    assert find_base_url(f"<html><head>{head}</head><body></body></html>", URL) == base


def test_a_relative_base_of_a_page_whose_address_nobody_knows_is_none() -> None:
    assert find_base_url('<base href="/press/">', "") == ""
    assert find_base_url('<base href="https://sea.example/press/">', "") == "https://sea.example/press/"


@given(
    st.lists(st.sampled_from(["<base ", "href=", "'", '"', "/a/", "http://[", ">", "<!--", "-->", "<title>", " "])).map(
        "".join
    )
)
def test_a_base_is_the_address_of_the_page_or_one_on_the_web_whatever_is_written(markup: str) -> None:
    base = find_base_url(markup, URL)
    assert base == URL or is_web_address(base)

"""Saving programs leave the URL and the day in the pages they save."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import HtmlPage, open_source
from tests.archives import article

URL = "https://www.atlantis.example/talks.html"


def opened(folder: Path, markup: str) -> HtmlPage:
    file = folder / "page.html"
    file.write_text(markup, "utf-8")
    page = open_source(file)
    assert isinstance(page, HtmlPage)
    return page


@pytest.mark.parametrize(
    ("source_format", "left", "day"),
    [
        ("browser", f"<!-- saved from url=(0039){URL} -->", "None"),
        (
            "SingleFile",
            f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Mon Aug 04 2031 21:30:00 GMT-0500\n-->",
            "2031-08-05",
        ),
        (
            "HTTrack",
            f"<!-- Mirrored from {URL[8:]} by HTTrack Website Copier/3.x [XR&CO], Mon, 04 Aug 2031 10:20:30 GMT -->",
            "2031-08-04",
        ),
        ("monolith", f"<!-- Saved from {URL} at 2031-08-04T10:20:30Z using monolith v2.8.1 -->", "2031-08-04"),
        (
            "Save Page WE",
            f"""<meta name="savepage-url" content="{URL}"><meta name="savepage-title" content="Talks">
            <meta name="savepage-date" content="Mon Aug 04 2031 10:20:30 GMT+0900 (Atlantis Time)">""",
            "2031-08-04",
        ),
    ],
)
def test_a_saver_signature_gives_the_url_and_the_day(source_format: str, left: str, day: str, tmp_path: Path) -> None:
    page = opened(tmp_path, article(head=left))
    assert (page.source_format, page.url, str(page.retrieved)) == (source_format, URL, day)


def test_the_signature_of_webscrapbook_is_in_the_html_tag(tmp_path: Path) -> None:
    tag = f'<html data-scrapbook-source="{URL}" data-scrapbook-create="20310804102030456">'
    page = opened(tmp_path, article().replace("<html>", tag))
    assert (page.source_format, page.url, str(page.retrieved)) == ("WebScrapBook", URL, "2031-08-04")


@pytest.mark.parametrize(
    ("comment", "url"),
    [
        ("<!-- saved from url=(0042)https://atlantis.example/page_1.html -->", "https://atlantis.example/page_1.html"),
        ("<!-- saved from url=(0033)http://atlantis.example/?a=1&amp;b=2 -->", "http://atlantis.example/?a=1&b=2"),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<!-- saved from the fire -->", None),
    ],
)
def test_only_a_web_address_is_taken_as_url(comment: str, url: str | None, tmp_path: Path) -> None:
    assert opened(tmp_path, f"<!DOCTYPE html>\n{comment}\n{article()}").url == url


def test_the_url_is_read_although_the_date_is_invalid(tmp_path: Path) -> None:
    page = opened(tmp_path, article(head=f"<!-- Saved from {URL} at noon using monolith v2 -->"))
    assert (page.url, page.retrieved) == (URL, None)


def test_the_scheme_that_httrack_omits_is_taken_from_links(tmp_path: Path) -> None:
    comment = "<!-- Mirrored from atlantis.example/ by HTTrack Website Copier/3.x, Mon, 04 Aug 2031 10:20:30 GMT -->"
    linked = article('<a href="http://atlantis.example/home.html">Home</a>')
    assert opened(tmp_path, comment + linked).url == "http://atlantis.example/"

"""What lists pages, told apart by content: a sitemap, a feed, an index page, robots.txt, a text of addresses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from readout_pub.errors import SourceError
from readout_pub.extract.index_pages import listed_on
from readout_pub.fetch.entries import ListEntry, PageList, make_entry
from readout_pub.fetch.feeds import read_feed
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import HtmlPage
from readout_pub.sources.soft_404 import find_non_document
from readout_pub.sources.urls import is_web_address, resolve
from readout_pub.sources.web.content_encoding import decode_content
from readout_pub.sources.web.ssrf_guard import printable_url

_GZIP = b"\x1f\x8b"
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|urlset|sitemapindex|rss|feed|rdf:RDF)", re.IGNORECASE)
_SITEMAP = re.compile(r"\s*sitemap\s*:\s*(\S+)", re.IGNORECASE)


def read_list(
    content: bytes,
    url: str,
    limit: int,
    *,
    charset: str | None = None,
    today: dt.date | None = None,
    sites: Sequence[Path] = (),
) -> PageList:
    """Read what stands at `url`, packed or not, up to `limit` bytes; a SourceError says that it lists nothing.

    `sites` are folders of profiles besides the program's own; an index page is read by the one of its site, and days
    without a year on it are of the last one before `today`.
    """
    where = printable_url(url)
    if content.startswith(_GZIP):
        content = decode_content(content, "gzip", limit, where)
    listed = read_feed(content, url) if _XML.match(content) else None
    if listed is None:
        known = Provenance(url=url if is_web_address(url) else None, charset=charset)
        page = read_page(content, where, lambda: content, known=known, where=where)
        listed = _index(page, where, sites, today) if isinstance(page, HtmlPage) else _lines(page.text, url)
    if not listed.leads and not listed.more:
        raise SourceError(
            "it lists no page", where=where, what_next="name a sitemap, a feed, an index page or a text of addresses"
        )
    return listed


def _index(page: HtmlPage, where: str, sites: Sequence[Path], today: dt.date | None) -> PageList:
    if found := find_non_document(page.markup):
        raise SourceError(f"this is {found.what}, not a list: {found.evidence}", where=where, what_next=found.what_next)
    if page.url is None:
        raise SourceError("it does not say where it was published", where=where, what_next="name its address instead")
    links = listed_on(page.markup, page.url, sites, today=today)
    leads = (make_entry(link.url, link.issued.isoformat() if link.issued else None) for link in links.documents)
    return PageList(tuple(leads), (ListEntry(links.following),) if links.following else ())


def _lines(text: str, url: str) -> PageList:
    """Read a text with an address a line, or the sitemaps that robots.txt names; what stands behind # is a remark."""
    if sitemaps := [found[1] for line in text.splitlines() if (found := _SITEMAP.match(line))]:
        return PageList(more=tuple(ListEntry(resolve(url, sitemap)) for sitemap in sitemaps))
    leads = []
    for number, line in enumerate(text.splitlines(), 1):
        address = re.split(r"(?:^|\s)#", line.lstrip("\ufeff"), maxsplit=1)[0].strip()
        if address and not is_web_address(address):
            raise SourceError(
                f"line {number} is no web address: {printable_url(address)[:80]!r}",
                where=printable_url(url),
                what_next="write one address a line, each with https:// or http://",
            )
        leads += [make_entry(address)] if address else []
    return PageList(tuple(leads))

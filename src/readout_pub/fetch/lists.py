"""Reads a list of pages, detecting its kind by its content: sitemap, feed, index page, robots.txt or text of URLs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from readout_pub.errors import SourceError
from readout_pub.extract.index_pages import read_index_page
from readout_pub.fetch.feeds import parse_feed
from readout_pub.fetch.list_entries import ListEntry, PageList, make_entry
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import HtmlPage
from readout_pub.sources.sniff import GZIP_MAGIC, utf16_as_ascii
from readout_pub.sources.soft_404 import find_non_document
from readout_pub.sources.urls import is_web_address, resolve
from readout_pub.sources.web.content_encoding import decode_content
from readout_pub.sources.web.ssrf_guard import printable_url

# The XML declaration is optional, and editors on Windows write a byte order mark.
_XML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|(?:[\w.-]{1,40}:)?(?:urlset|sitemapindex|rss|feed|RDF)\b)", re.IGNORECASE
)
_HEAD_BYTES = 1024
"""How many bytes show whether a list is XML. Chosen by hand: blank lines may come first."""

_SITEMAP_LINE = re.compile(r"\s*sitemap\s*:\s*(\S+)", re.IGNORECASE)


def read_list(
    content: bytes,
    url: str,
    limit: int,
    *,
    charset: str | None = None,
    today: dt.date | None = None,
    sites: Sequence[Path] = (),
) -> PageList:
    """Return what the list at `url` names. `content` may be gzip, of at most `limit` bytes when decompressed.

    `charset` is the encoding that the server states. `sites` are folders of site profiles besides the built-in ones;
    a profile says which links of an index page are documents. `today` is for index pages with dates without a year: see
    `read_index_page`. Raises SourceError if nothing is listed.
    """
    where = printable_url(url)
    if content.startswith(GZIP_MAGIC):
        content = decode_content(content, "gzip", limit, where)
    listed = parse_feed(content, url) if _XML_START.match(utf16_as_ascii(content[:_HEAD_BYTES])) else None
    if listed is None:
        provenance = Provenance(url=url if is_web_address(url) else None, charset=charset)
        page = read_page(content, where, provenance=provenance, where=where)
        if isinstance(page, HtmlPage):
            listed = _parse_index_page(page, where, sites, today)
        else:
            listed = _parse_text(page.text, url)
    if not (listed.pages or listed.further_lists or listed.is_cut_off):
        raise SourceError(
            "it lists no pages",
            where=where,
            what_next="name a sitemap, a feed, an index page or a text file with one address on each line",
        )
    return listed


def _parse_index_page(page: HtmlPage, where: str, sites: Sequence[Path], today: dt.date | None) -> PageList:
    if found := find_non_document(page.markup):
        raise SourceError(f"this is {found.what}, not a list: {found.evidence}", where=where, what_next=found.what_next)
    if page.url is None:
        raise SourceError(
            "the file does not state the URL at which it was published", where=where, what_next="give its URL instead"
        )
    links = read_index_page(page.markup, page.url, sites, today=today)
    entries = (make_entry(link.url, link.issued.isoformat() if link.issued else None) for link in links.documents)
    return PageList(tuple(entries), (ListEntry(links.next_page),) if links.next_page else ())


def _parse_text(text: str, url: str) -> PageList:
    """Parse robots.txt (its Sitemap lines), or a text with one URL a line, where # begins a comment."""
    if sitemaps := [found[1] for line in text.splitlines() if (found := _SITEMAP_LINE.match(line))]:
        return PageList(further_lists=tuple(ListEntry(resolve(url, sitemap)) for sitemap in sitemaps))
    entries = []
    for number, line in enumerate(text.splitlines(), 1):
        # A comment begins at the start of a line or after a space: a # inside a URL begins its fragment. Windows
        # editors write a byte order mark.
        address = re.split(r"(?:^|\s)#", line.lstrip("\ufeff"), maxsplit=1)[0].strip()
        if address and not is_web_address(address):
            raise SourceError(
                f"line {number} is not a web address: {printable_url(address)[:80]!r}",
                where=printable_url(url),
                what_next="write one address on each line, with https:// or http://",
            )
        entries += [make_entry(address)] if address else []
    return PageList(tuple(entries))

"""Parses sitemaps (sitemaps.org), RSS, RDF and Atom (RFC 4287), without loading files or expanding XML entities."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from readout_pub.fetch.list_entries import ListEntry, PageList, make_entry
from readout_pub.sources.urls import resolve

Element = etree._Element  # noqa: SLF001 - the only name that lxml gives to the type of its nodes


def parse_feed(xml: bytes, base: str) -> PageList | None:
    """Return what a sitemap, a sitemap index, or an RSS or Atom feed lists; None for any other content.

    Relative URLs are resolved against `base`, the URL of the list.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    parse = _PARSERS.get(str(etree.QName(root).localname)) if root is not None else None
    return parse(root, base) if parse else None


def _parse_sitemap(root: Element, base: str) -> PageList:
    pages = _descendants(root, "url")
    entries = _entries(
        ((_child_text(page, "loc"), _news_date(page), _child_text(page, "lastmod")) for page in pages), base
    )
    return PageList(tuple(entries))


def _parse_sitemap_index(root: Element, base: str) -> PageList:
    parts = _descendants(root, "sitemap")
    entries = _entries(((_child_text(part, "loc"), None, _child_text(part, "lastmod")) for part in parts), base)
    return PageList(further_lists=tuple(entries))


def _parse_rss(root: Element, base: str) -> PageList:
    """Parse RSS 2.0, which has the date of an item in `pubDate`, or RSS 1.0 (RDF), which has it in `dc:date`."""
    items = _descendants(root, "item")
    entries = _entries(
        ((_item_url(item), _child_text(item, "pubDate") or _child_text(item, "date"), None) for item in items), base
    )
    return PageList(tuple(entries), _next_page(root, base))


def _parse_atom(root: Element, base: str) -> PageList:
    found = (
        (_atom_href(entry, "alternate"), _child_text(entry, "published"), _child_text(entry, "updated"))
        for entry in _descendants(root, "entry")
    )
    return PageList(tuple(_entries(found, base)), _next_page(root, base))


_PARSERS: dict[str, Callable[[Element, str], PageList]] = {
    "urlset": _parse_sitemap,
    "sitemapindex": _parse_sitemap_index,
    "rss": _parse_rss,
    "RDF": _parse_rss,
    "feed": _parse_atom,
}
"""Local name of the root element → its parser. Namespaces are ignored, so that XML without a namespace is read too."""


def _entries(found: Iterator[tuple[str, str | None, str | None]], base: str) -> Iterator[ListEntry]:
    return (make_entry(resolve(base, url), published, modified) for url, published, modified in found if url)


def _item_url(item: Element) -> str:
    """Return the URL of an RSS item: its link, or a guid that is a permalink (RSS 2.0)."""
    permalinks = (
        guid for guid in _descendants(item, "guid") if guid.get("isPermaLink") != "false" and "://" in (guid.text or "")
    )
    return _child_text(item, "link") or next(((guid.text or "").strip() for guid in permalinks), "")


def _next_page(root: Element, base: str) -> tuple[ListEntry, ...]:
    """Return the next page of a paged feed (RFC 5005), if there is one."""
    channel = next(_descendants(root, "channel"), root)
    url = _atom_href(channel, "next")
    return (ListEntry(resolve(base, url)),) if url else ()


def _news_date(page: Element) -> str:
    """Return the publication date that a Google News sitemap gives for a page; "" if it gives none."""
    return next((_child_text(news, "publication_date") for news in _descendants(page, "news")), "")


def _atom_href(element: Element, relation: str) -> str:
    links = (link for link in element.iterchildren("{*}link") if (link.get("rel") or "alternate") == relation)
    return next((link.get("href", "").strip() for link in links), "")


def _child_text(element: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in element.iterchildren("{*}" + name)), "")


def _descendants(root: Element, name: str) -> Iterator[Element]:
    return root.iter("{*}" + name)

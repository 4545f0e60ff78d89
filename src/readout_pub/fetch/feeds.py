"""Sitemaps and feeds: XML in which a site lists its pages. Nothing that it names is loaded, and no entity grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from readout_pub.fetch.entries import ListEntry, PageList, make_entry
from readout_pub.sources.urls import resolve

Element = etree._Element  # noqa: SLF001 - the only name that lxml gives to the type of its nodes


def read_feed(xml: bytes, base: str) -> PageList | None:
    """Read a sitemap, an index of sitemaps, an RSS or an Atom feed from `base`; None if it is none of them."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    reader = _READERS.get(str(etree.QName(root).localname)) if root is not None else None
    return reader(root, base) if reader else None


def _sitemap(root: Element, base: str) -> PageList:
    pages = _all(root, "url")
    leads = _leads(((_text(page, "loc"), _issued(page), _text(page, "lastmod")) for page in pages), base)
    return PageList(tuple(leads))


def _sitemaps(root: Element, base: str) -> PageList:
    parts = _all(root, "sitemap")
    return PageList(more=tuple(_leads(((_text(part, "loc"), None, _text(part, "lastmod")) for part in parts), base)))


def _rss(root: Element, base: str) -> PageList:
    items = _all(root, "item")
    leads = _leads(((_address(item), _text(item, "pubDate") or _text(item, "date"), None) for item in items), base)
    return PageList(tuple(leads), _following(root, base))


def _atom(root: Element, base: str) -> PageList:
    entries = _all(root, "entry")
    leads = _leads(
        ((_link(entry, "alternate"), _text(entry, "published"), _text(entry, "updated")) for entry in entries), base
    )
    return PageList(tuple(leads), _following(root, base))


_READERS: dict[str, Callable[[Element, str], PageList]] = {
    "urlset": _sitemap,
    "sitemapindex": _sitemaps,
    "rss": _rss,
    "RDF": _rss,
    "feed": _atom,
}


def _leads(found: Iterator[tuple[str, str | None, str | None]], base: str) -> Iterator[ListEntry]:
    return (make_entry(resolve(base, url), issued, changed) for url, issued, changed in found if url)


def _address(item: Element) -> str:
    """Return where an item of an RSS feed stands: its link, or the name that it says to be one."""
    lasting = (name for name in _all(item, "guid") if name.get("isPermaLink") != "false" and "://" in (name.text or ""))
    return _text(item, "link") or next(((name.text or "").strip() for name in lasting), "")


def _following(root: Element, base: str) -> tuple[ListEntry, ...]:
    """Return the page of a feed that it goes on with (RFC 5005)."""
    channel = next(_all(root, "channel"), root)
    further = _link(channel, "next")
    return (ListEntry(resolve(base, further)),) if further else ()


def _issued(page: Element) -> str:
    """Return the day that a sitemap for news names."""
    return next((_text(news, "publication_date") for news in _all(page, "news")), "")


def _link(element: Element, relation: str) -> str:
    links = (link for link in element.iterchildren("{*}link") if (link.get("rel") or "alternate") == relation)
    return next((link.get("href", "").strip() for link in links), "")


def _text(element: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in element.iterchildren("{*}" + name)), "")


def _all(root: Element, name: str) -> Iterator[Element]:
    return root.iter("{*}" + name)

"""Parses sitemaps (sitemaps.org), RSS, RDF and Atom (RFC 4287), without loading files or expanding XML entities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import html5

import msgspec
from lxml import etree

from readout_pub.fetch.list_entries import ListEntry, PageList, make_entry
from readout_pub.sources.sniff import utf16_as_ascii
from readout_pub.sources.urls import resolve

Element = etree._Element  # noqa: SLF001 - the only name that lxml gives to the type of its nodes


def parse_feed(xml: bytes, base: str) -> PageList | None:
    """Return what a sitemap, a sitemap index, or an RSS or Atom feed lists; None for any other content.

    Relative URLs are resolved against `base`, the URL of the list, or the `xml:base` of their elements. If the list is
    cut off, its last entry is left out, since its URL may be cut off too.
    """
    root = _parse_xml(xml, base, recover=False)
    if root is None:  # many feeds are not well-formed
        root = _parse_xml(_escape_ampersands(xml), base, recover=True)
    parse = _PARSERS.get(str(etree.QName(root).localname)) if root is not None else None
    if root is None or parse is None:
        return None
    listed = parse(root)
    if _is_whole(xml, root):
        return listed
    if listed.pages:
        return msgspec.structs.replace(listed, pages=listed.pages[:-1], is_cut_off=True)
    return msgspec.structs.replace(listed, further_lists=listed.further_lists[:-1], is_cut_off=True)


def _parse_xml(xml: bytes, base: str, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover)
    try:
        root: Element | None = etree.fromstring(xml, parser, base_url=base)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


_CDATA_START, _CDATA_END = b"<![CDATA[", b"]]>"
_AMPERSAND = re.compile(rb"&(#?\w{1,32};)?")
_XML_ENTITIES = frozenset({b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"})


def _escape_ampersands(xml: bytes) -> bytes:
    """Escape each & that begins no reference of XML, as in <link>talks?year=2031&page=2</link>.

    A parser that recovers drops "&page", and after a reference of HTML such as &nbsp; also other references.
    """
    if utf16_as_ascii(xml[:2]) != xml[:2] or b"<!ENTITY" in xml:  # with references of its own
        return xml
    first, *others = xml.split(_CDATA_START)
    parts = [_AMPERSAND.sub(_xml_reference, first)]
    for other in others:
        data, end, rest = other.partition(_CDATA_END)
        parts.append(_CDATA_START + data + end + _AMPERSAND.sub(_xml_reference, rest))
    return b"".join(parts)


def _xml_reference(found: re.Match[bytes]) -> bytes:
    name = found[1]
    if name in _XML_ENTITIES or found[0].startswith(b"&#"):
        return found[0]
    characters = html5.get(name.decode("ascii"), "") if name else ""
    return b"".join(b"&#%d;" % ord(each) for each in characters) or b"&amp;" + (name or b"")


def _is_whole(xml: bytes, root: Element) -> bool:
    """Return whether the root element has its end tag; remarks of a cache may follow it."""
    prefix = f"{root.prefix}:" if root.prefix else ""
    ascii_text = utf16_as_ascii(xml).rstrip()
    _, end_tag, after = ascii_text.rpartition(f"</{prefix}{etree.QName(root).localname}".encode())
    is_empty = not len(root) and ascii_text.endswith(b"/>")
    return is_empty or (bool(end_tag) and after.lstrip().startswith(b">"))


def _parse_sitemap(root: Element) -> PageList:
    pages = _descendants(root, "url")
    entries = _entries(
        (page, _child_text(page, "loc"), _news_date(page), _child_text(page, "lastmod")) for page in pages
    )
    return PageList(tuple(entries))


def _parse_sitemap_index(root: Element) -> PageList:
    parts = _descendants(root, "sitemap")
    entries = _entries((part, _child_text(part, "loc"), None, _child_text(part, "lastmod")) for part in parts)
    return PageList(further_lists=tuple(entries))


def _parse_rss(root: Element) -> PageList:
    """Parse RSS 2.0, which has the date of an item in `pubDate`, or RSS 1.0 (RDF), which has it in `dc:date`."""
    items = _descendants(root, "item")
    entries = _entries(
        (item, _item_url(item), _child_text(item, "pubDate") or _child_text(item, "date"), None) for item in items
    )
    return PageList(tuple(entries), _next_page(root))


def _parse_atom(root: Element) -> PageList:
    found = (
        (entry, _atom_href(entry, "alternate"), _child_text(entry, "published"), _child_text(entry, "updated"))
        for entry in _descendants(root, "entry")
    )
    return PageList(tuple(_entries(found)), _next_page(root))


_PARSERS: dict[str, Callable[[Element], PageList]] = {
    "urlset": _parse_sitemap,
    "sitemapindex": _parse_sitemap_index,
    "rss": _parse_rss,
    "RDF": _parse_rss,
    "feed": _parse_atom,
}
"""Local name of the root element → its parser. Namespaces are ignored, so that XML without a namespace is read too."""


def _entries(found: Iterator[tuple[Element, str, str | None, str | None]]) -> Iterator[ListEntry]:
    """Yield entries: each is an element, the URL in it, and when its page was published and modified."""
    return (
        make_entry(_resolve(element, url), published, modified) for element, url, published, modified in found if url
    )


def _resolve(element: Element, url: str) -> str:
    """Return `url` resolved against the base of `element` (XML Base): the URL of the list, or of an `xml:base`."""
    return resolve(element.base or "", url)


def _item_url(item: Element) -> str:
    """Return the URL of an RSS item: its link, or a guid that is a permalink (RSS 2.0)."""
    permalinks = (
        guid for guid in _descendants(item, "guid") if guid.get("isPermaLink") != "false" and "://" in (guid.text or "")
    )
    return _child_text(item, "link") or next(((guid.text or "").strip() for guid in permalinks), "")


def _next_page(root: Element) -> tuple[ListEntry, ...]:
    """Return the next page of a paged feed (RFC 5005), if there is one."""
    channel = next(_descendants(root, "channel"), root)
    url = _atom_href(channel, "next")
    return (ListEntry(_resolve(channel, url)),) if url else ()


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

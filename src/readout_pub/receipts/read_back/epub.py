"""Reads EPUB: the documents of the spine in their order, then the navigation document."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from readout_pub.emit.rendition import Rendition
from readout_pub.receipts.read_back.content import ReadBack
from readout_pub.receipts.read_back.markup import MarkupReader
from readout_pub.receipts.read_back.package import ZipPackage, first_text

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_epub(rendition: Rendition) -> ReadBack:
    """Return what is in an EPUB. Its title and language are those of its first document.

    The cover is a picture of the program: its alternative text counts, its pixels are no photo of the readout.
    """
    book = ZipPackage(rendition.data)
    reader = MarkupReader()
    cover = _cover(book)
    covers = 0
    photos: list[str] = []
    titles: list[str | None] = []
    languages: list[str | None] = []
    for name, is_navigation in _documents(book):
        root, start = book.xml(name), len(reader.images)
        reader.read(root, list_numbers=not is_navigation)
        folder = posixpath.dirname(name)
        paths = [posixpath.join(folder, unquote(src)) for src, _ in reader.images[start:]]
        covers += paths.count(cover or "")
        photos += (book.digest(path) for path in paths if path != cover)
        titles.append(first_text(root, "title"))
        languages.append(root.get(_XML_LANG))
    return ReadBack(
        text=reader.text,
        alts=reader.alts,
        covers=covers,
        photos=tuple(photos),
        title=titles[0] or "",
        language=languages[0],
    )


def _cover(book: ZipPackage) -> str | None:
    """Return the name of the cover image; None without one."""
    package_name, items = _package_items(book)
    found = (item for item in items.values() if "cover-image" in (item.get("properties") or "").split())
    item = next(found, None)
    return None if item is None else posixpath.join(posixpath.dirname(package_name), unquote(item.get("href") or ""))


def _package_items(book: ZipPackage) -> tuple[str, dict[str | None, etree._Element]]:
    """Return the name of the package document, and its items by their id."""
    name = next(book.xml("META-INF/container.xml").iter("{*}rootfile")).get("full-path") or ""
    return name, {item.get("id"): item for item in book.xml(name).iter("{*}item")}


def _documents(book: ZipPackage) -> Iterator[tuple[str, bool]]:
    """Yield the name of each document and whether it is for navigation: those of the spine, then the others."""
    package_name, items = _package_items(book)
    navigation = [item for item in items.values() if "nav" in (item.get("properties") or "").split()]
    spine = [items[reference.get("idref")] for reference in book.xml(package_name).iter("{*}itemref")]
    for item in dict.fromkeys([*spine, *navigation]):
        path = posixpath.join(posixpath.dirname(package_name), unquote(item.get("href") or ""))
        yield path, item in navigation

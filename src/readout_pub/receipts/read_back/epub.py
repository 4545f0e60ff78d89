"""Reads EPUB: the documents of the spine in their order, then the navigation document."""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from readout_pub.emit.rendition import Rendition
from readout_pub.receipts.read_back.content import ReadBack
from readout_pub.receipts.read_back.markup import MarkupReader, first_text

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_epub(rendition: Rendition) -> ReadBack:
    """Return what is in an EPUB. Its title and language are those of its first document."""
    reader = MarkupReader()
    photos: list[str] = []
    titles: list[str] = []
    languages: list[str] = []
    with zipfile.ZipFile(io.BytesIO(rendition.data)) as book:
        for name in _documents(book):
            root = _parse_member(book, name)
            start = len(reader.images)
            reader.read(root)
            folder = posixpath.dirname(name)
            photos += (_digest(book, posixpath.join(folder, unquote(src))) for src, _ in reader.images[start:])
            titles.append(first_text(root, "title") or "")
            languages.append(root.get(_XML_LANG) or "")
    return ReadBack(
        text=reader.text,
        alts=tuple(alt or "" for _, alt in reader.images),
        photos=tuple(photos),
        title=titles[0] if titles else None,
        language=languages[0] if languages else None,
    )


def _documents(book: zipfile.ZipFile) -> Iterator[str]:
    """Yield the names of the documents of the spine, then those of the navigation documents that are not in it."""
    container = _parse_member(book, "META-INF/container.xml")
    package_name = next(container.iter("{*}rootfile")).get("full-path") or ""
    package = _parse_member(book, package_name)
    items = {item.get("id"): item for item in package.iter("{*}item")}
    spine = [items[reference.get("idref")] for reference in package.iter("{*}itemref")]
    navigation = [item for item in items.values() if "nav" in (item.get("properties") or "").split()]
    for item in dict.fromkeys([*spine, *navigation]):
        yield posixpath.join(posixpath.dirname(package_name), unquote(item.get("href") or ""))


def _parse_member(book: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(book.read(name), etree.XMLParser(resolve_entities=False, huge_tree=True))


def _digest(book: zipfile.ZipFile, name: str) -> str:
    """Return the SHA-256 (hex) of a member; that of nothing if there is none."""
    return hashlib.sha256(book.read(name) if name in book.namelist() else b"").hexdigest()

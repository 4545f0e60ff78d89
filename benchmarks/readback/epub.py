"""Reads EPUB: the documents of the spine in order, without the navigation document."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from bs4 import BeautifulSoup

from benchmarks.readback import html
from benchmarks.readback.lines import Lines


def read(data: bytes) -> tuple[str, ...]:
    """Return the paragraphs of all documents."""
    lines = Lines()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in _spine_documents(book):
            html.write(_parse_member(book, name), lines)
    return lines.close()


def _spine_documents(book: zipfile.ZipFile) -> Iterator[str]:
    """Yield the names of the documents in reading order."""
    package_name = str(_parse_member(book, "META-INF/container.xml").select("rootfile")[0]["full-path"])
    package = _parse_member(book, package_name)
    items = {item["id"]: item for item in package.select("manifest > item")}
    for reference in package.select("spine > itemref"):
        item = items[reference["idref"]]
        if "nav" not in str(item.get("properties", "")).split():
            yield posixpath.join(posixpath.dirname(package_name), unquote(str(item["href"])))


def _parse_member(book: zipfile.ZipFile, name: str) -> BeautifulSoup:
    return BeautifulSoup(book.read(name), "lxml-xml")

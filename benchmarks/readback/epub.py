"""EPUB: the documents of the spine in their order, without the navigation document."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from bs4 import BeautifulSoup

from benchmarks.readback import markup
from benchmarks.readback.lines import Lines


def read(data: bytes) -> tuple[str, ...]:
    """Return the paragraphs of all chapters."""
    lines = Lines()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in _spine(book):
            markup.write(_parse(book, name), lines)
    return lines.close()


def _spine(book: zipfile.ZipFile) -> Iterator[str]:
    """Yield the names of the chapters in reading order."""
    package_name = str(_parse(book, "META-INF/container.xml").select("rootfile")[0]["full-path"])
    package = _parse(book, package_name)
    items = {item["id"]: item for item in package.select("manifest > item")}
    for reference in package.select("spine > itemref"):
        item = items[reference["idref"]]
        if "nav" not in str(item.get("properties", "")).split():
            yield posixpath.join(posixpath.dirname(package_name), unquote(str(item["href"])))


def _parse(book: zipfile.ZipFile, name: str) -> BeautifulSoup:
    return BeautifulSoup(book.read(name), "lxml-xml")

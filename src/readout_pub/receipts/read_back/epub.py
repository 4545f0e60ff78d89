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
    """Return what is in an EPUB. Different titles or languages of its documents are joined with " | ".

    The package document has a title of its own, which e-readers list. This title is joined too, unless the title of the
    first document begins with it: that one can be longer, since it contains the series.

    The cover is a picture that the program draws: its alternative text counts, but it is not a photo of the readout.
    """
    book = ZipPackage(rendition.data)
    reader = MarkupReader()
    package = _PackageDocument(book)
    cover = package.cover()
    covers = 0
    photos: list[str] = []
    titles: list[str] = []
    languages: list[str] = []
    for name, is_navigation in package.documents():
        root, start = book.xml(name), len(reader.images)
        reader.read(root, list_numbers=not is_navigation)
        folder = posixpath.dirname(name)
        paths = [posixpath.join(folder, unquote(src)) for src, _ in reader.images[start:]]
        covers += paths.count(cover or "")
        photos += (book.digest(path) for path in paths if path != cover)
        titles.append(first_text(root, "title") or "")
        languages.append(root.get(_XML_LANG) or "")
    if not titles[0].startswith(package.title):
        titles.append(package.title)
    return ReadBack(
        text=reader.text,
        alts=reader.alts,
        inline_formulas=tuple(reader.formulas),
        places=reader.places[covers:],
        covers=covers,
        photos=tuple(photos),
        title=" | ".join(dict.fromkeys(titles)),
        language=" | ".join(dict.fromkeys(languages)),
    )


class _PackageDocument:
    """The package document of an EPUB: the names of its documents and of its cover image."""

    def __init__(self, book: ZipPackage) -> None:
        name = next(book.xml("META-INF/container.xml").iter("{*}rootfile")).get("full-path") or ""
        self._folder = posixpath.dirname(name)
        self._root = book.xml(name)
        self._items = {item.get("id"): item for item in self._root.iter("{*}item")}

    def cover(self) -> str | None:
        """Return the name of the cover image; None without one."""
        return next(map(self._path, self._with_property("cover-image")), None)

    @property
    def title(self) -> str:
        """The title that e-readers list."""
        return first_text(self._root, "title") or ""

    def documents(self) -> Iterator[tuple[str, bool]]:
        """Yield the name of each document, and whether it is for navigation: first the spine, then the navigation.

        Documents that are not `linear` are left out, since readers skip them.
        """
        navigation = self._with_property("nav")
        references = (each for each in self._root.iter("{*}itemref") if each.get("linear") != "no")
        spine = [self._items[reference.get("idref")] for reference in references]
        for item in dict.fromkeys([*spine, *navigation]):
            yield self._path(item), item in navigation

    def _with_property(self, name: str) -> list[etree._Element]:
        return [item for item in self._items.values() if name in (item.get("properties") or "").split()]

    def _path(self, item: etree._Element) -> str:
        return posixpath.join(self._folder, unquote(item.get("href") or ""))

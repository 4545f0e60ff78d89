"""What can be asked of a book without a browser: what it says of itself, whether that holds, and each of its pages."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.parsers import expat

import msgspec
from bs4 import BeautifulSoup
from bs4.element import Tag

from readout_pub.checks.html import PAGE_RULES, Page, parsed, undescribed, unnamed_photos
from readout_pub.checks.verdict import Fault, Result, Rule
from readout_pub.errors import SourceError
from readout_pub.sources.blob import DAMAGE

MEDIA_TYPE = "application/epub+zip"
CONTAINER = "META-INF/container.xml"
XHTML = "application/xhtml+xml"

MAX_BYTES = 200_000_000
"""The size, unpacked, of the largest book that is opened."""

MUST_SAY = ("accessMode", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary")
"""What EPUB Accessibility 1.1 asks every book to say."""


class Book(msgspec.Struct, frozen=True):
    """A book taken apart: its files, the path of its package document, what that says, and its pages."""

    files: dict[str, bytes]
    path: str
    package: BeautifulSoup
    pages: tuple[Page, ...]

    def facts(self, name: str) -> list[str]:
        """Return what the book says under `schema:name`, or under `name` if that has a prefix already."""
        wanted = name if ":" in name else f"schema:{name}"
        return [tag.get_text(strip=True) for tag in self.package.find_all("meta", attrs={"property": wanted})]

    def items(self) -> Iterator[tuple[Tag, str]]:
        """Yield each entry of the manifest with the path of its file."""
        folder = posixpath.dirname(self.path)
        for item in self.package.find_all("item"):
            yield item, posixpath.normpath(posixpath.join(folder, unquote(str(item.get("href", "")))))

    def fault(self, what: str) -> Fault:
        """Return a fault of the package document."""
        return Fault(self.path, what)


def opened(data: bytes, path: str) -> Book:
    """Take a book apart; a SourceError if it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise SourceError(f"the book is larger than {MAX_BYTES} bytes when unpacked", where=path)
            files = {name: archive.read(name) for name in archive.namelist()}
    except DAMAGE as reason:
        raise SourceError(
            f"this is no EPUB file that is whole ({str(reason) or type(reason).__name__})", where=path
        ) from reason
    rootfile = BeautifulSoup(files.get(CONTAINER, b""), "xml").find("rootfile")
    package = str(rootfile.get("full-path", "")) if isinstance(rootfile, Tag) else ""
    if package not in files:
        raise SourceError(f"{CONTAINER} names no package document that is there", where=path)
    book = Book(files, package, BeautifulSoup(files[package], "xml"), ())
    listed = [name for item, name in book.items() if item.get("media-type") == XHTML and name in files]
    pages = tuple(parsed(files[name].decode("utf-8", "replace"), name) for name in listed)
    return msgspec.structs.replace(book, pages=pages)


def results(book: Book) -> Iterator[Result]:
    """Apply the rules of books, and those of pages to each page: their faults are gathered, rule by rule."""
    yield from (rule.result(book) for rule in BOOK_RULES)
    for rule in PAGE_RULES:
        faults = tuple(fault for page in book.pages for fault in rule.result(page).faults)
        yield Result(rule.code, rule.sentence, rule.criteria, faults)


def _container(book: Book) -> Iterator[Fault]:
    first = next(iter(book.files), "")
    if first != "mimetype" or book.files[first] != MEDIA_TYPE.encode():
        yield Fault("mimetype", f"the first file of the archive must be `mimetype` and hold {MEDIA_TYPE!r}")


def _well_formed(book: Book) -> Iterator[Fault]:
    for name in (book.path, CONTAINER, *(page.name for page in book.pages)):
        try:
            expat.ParserCreate().Parse(book.files[name], True)  # expat takes no keyword
        except expat.ExpatError as reason:
            yield Fault(f"{name}, line {reason.lineno}", expat.ErrorString(reason.code))


def _metadata(book: Book) -> Iterator[Fault]:
    for name in ("title", "language", "identifier"):
        found = book.package.find(f"dc:{name}") or book.package.find(name)
        if not isinstance(found, Tag) or not found.get_text(strip=True):
            yield book.fault(f"it does not say its {name}")


def _listed(book: Book) -> Iterator[Fault]:
    yield from (book.fault(f"{name!r} is listed and not there") for _, name in book.items() if name not in book.files)


def _contents(book: Book) -> Iterator[Fault]:
    pages = {page.name: page for page in book.pages}
    listed = [name for item, name in book.items() if "nav" in str(item.get("properties", "")).split()]
    navs = [nav for name in listed if name in pages for nav in pages[name].soup.find_all("nav")]
    contents = next((nav for nav in navs if nav.get("epub:type") == "toc"), None)
    if contents is None:
        yield book.fault("it has no table of contents")
        return
    for link in contents.find_all("a", href=True):
        file, _, fragment = str(link["href"]).partition("#")
        target = pages.get(posixpath.normpath(posixpath.join(posixpath.dirname(listed[0]), unquote(file))))
        if target is None or (fragment and not target.soup.find(id=unquote(fragment))):
            yield Fault(listed[0], f"the table of contents leads to {link['href']!r}, and there is no such place")


def _says(book: Book) -> Iterator[Fault]:
    yield from (book.fault(f"it does not say its {name}") for name in MUST_SAY if not any(book.facts(name)))


def _claims(book: Book) -> Iterator[Fault]:
    photos = any(page.soup.find("img") for page in book.pages)
    silent = [fault for page in book.pages for faults in (unnamed_photos, undescribed) for fault in faults(page)]
    features = book.facts("accessibilityFeature")
    if silent and "alternativeText" in features:
        yield book.fault(f"it claims alternative texts, and {silent[0].where} has none")
    if silent and book.facts("dcterms:conformsTo"):
        yield book.fault(f"it claims to conform, and {silent[0].where} has no alternative text")
    if silent and "textual" in book.facts("accessModeSufficient"):
        yield book.fault(f"it claims that reading suffices, and {silent[0].where} has no alternative text")
    if photos != ("visual" in book.facts("accessMode")):
        yield book.fault("it has photos and does not say so" if photos else "it claims photos and has none")


BOOK_RULES = (
    Rule("container", "The archive begins as an EPUB file does.", "", _container),
    Rule("well-formed", "Each page is well-formed XML.", "", _well_formed),
    Rule("metadata", "The book says its title, its language and its identifier.", "2.4.2 3.1.1", _metadata),
    Rule("listed", "Each file that the book lists is there.", "", _listed),
    Rule("contents", "There is a table of contents, and each of its lines leads somewhere.", "2.4.5", _contents),
    Rule("accessibility", "The book says how it can be read, and what might harm.", "", _says),
    Rule("claims", "What the book claims of its accessibility holds.", "", _claims),
)
"""What holds of any book, besides what holds of each of its pages."""

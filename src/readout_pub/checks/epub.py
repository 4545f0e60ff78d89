"""Accessibility rules for EPUB: for the archive, the metadata and its claims, and the content documents."""

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

from readout_pub.checks.html import PAGE_RULES, HtmlDocument, meaningless_alts, missing_alts, parse_html
from readout_pub.checks.results import CheckRule, Fault, RuleResult
from readout_pub.errors import SourceError
from readout_pub.sources.blob import READ_ERRORS

MEDIA_TYPE = "application/epub+zip"
CONTAINER = "META-INF/container.xml"
XHTML = "application/xhtml+xml"

MAX_UNPACKED_BYTES = 200_000_000
"""Limit on the unpacked bytes of a publication, so that a ZIP bomb cannot fill the memory. Chosen by hand."""

REQUIRED_METADATA = ("accessMode", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary")
"""The schema.org properties that every publication should have: EPUB Accessibility 1.1 requires all but the summary,
which it recommends.
"""


class Publication(msgspec.Struct, frozen=True):
    """An EPUB publication: its files by path, its package document with its path, and its content documents."""

    files: dict[str, bytes]
    path: str
    package: BeautifulSoup
    documents: tuple[HtmlDocument, ...]

    def metadata(self, name: str) -> list[str]:
        """Return the values of the metadata `schema:name`, or of `name` if it has a prefix already."""
        wanted = name if ":" in name else f"schema:{name}"
        return [tag.get_text(strip=True) for tag in self.package.find_all("meta", attrs={"property": wanted})]

    def manifest(self) -> Iterator[tuple[Tag, str]]:
        """Yield each entry of the manifest with the path of its file."""
        folder = posixpath.dirname(self.path)
        for item in self.package.find_all("item"):
            yield item, posixpath.normpath(posixpath.join(folder, unquote(str(item.get("href", "")))))

    def photos(self) -> Iterator[Tag]:
        """Yield the `img` elements of the content documents, without those that show the cover image."""
        covers = {name for item, name in self.manifest() if "cover-image" in str(item.get("properties", "")).split()}
        for page in self.documents:
            folder = posixpath.dirname(page.name)
            for image in page.soup.find_all("img"):
                if posixpath.normpath(posixpath.join(folder, unquote(str(image.get("src", ""))))) not in covers:
                    yield image

    def fault(self, what: str) -> Fault:
        """Return a fault in the package document."""
        return Fault(self.path, what)


def open_publication(data: bytes, path: str) -> Publication:
    """Parse an EPUB file; raise a SourceError if it is damaged, too large, or has no package document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise SourceError(
                    f"the publication is larger than {MAX_UNPACKED_BYTES} bytes when unpacked",
                    where=path,
                    what_next="check that it is the right file, or make it smaller",
                )
            files = {name: archive.read(name) for name in archive.namelist()}
    except READ_ERRORS as reason:
        raise SourceError(
            f"this is not an intact EPUB file ({str(reason) or type(reason).__name__})",
            where=path,
            what_next="copy it again, or make it again",
        ) from reason
    rootfile = BeautifulSoup(files.get(CONTAINER, b""), "xml").find("rootfile")
    package = str(rootfile.get("full-path", "")) if isinstance(rootfile, Tag) else ""
    if package not in files:
        raise SourceError(
            f"{CONTAINER} does not name a package document of the archive",
            where=path,
            what_next="make the EPUB file again",
        )
    epub = Publication(files, package, BeautifulSoup(files[package], "xml"), ())
    listed = [name for item, name in epub.manifest() if item.get("media-type") == XHTML and name in files]
    documents = tuple(parse_html(files[name].decode("utf-8", "replace"), name) for name in listed)
    return msgspec.structs.replace(epub, documents=documents)


def check_publication(epub: Publication) -> Iterator[RuleResult]:
    """Yield the result of each publication rule, then of each page rule, with the faults of all content documents."""
    yield from (rule.result(epub) for rule in PUBLICATION_RULES)
    for rule in PAGE_RULES:
        faults = tuple(fault for page in epub.documents for fault in rule.result(page).faults)
        yield RuleResult(rule.code, rule.requirement, rule.criteria, faults)


def _container_faults(epub: Publication) -> Iterator[Fault]:
    first = next(iter(epub.files), "")
    if first != "mimetype" or epub.files[first] != MEDIA_TYPE.encode():
        yield Fault("mimetype", f"the first file of the archive must be `mimetype` with the content {MEDIA_TYPE!r}")


def _well_formedness_faults(epub: Publication) -> Iterator[Fault]:
    for name in (epub.path, CONTAINER, *(page.name for page in epub.documents)):
        try:
            expat.ParserCreate().Parse(epub.files[name], True)  # expat takes no keyword arguments
        except expat.ExpatError as reason:
            yield Fault(f"{name}, line {reason.lineno}", expat.ErrorString(reason.code))


def _metadata_faults(epub: Publication) -> Iterator[Fault]:
    for name in ("title", "language", "identifier"):
        found = epub.package.find(f"dc:{name}") or epub.package.find(name)
        if not isinstance(found, Tag) or not found.get_text(strip=True):
            yield epub.fault(f"it does not state its {name}")


def _manifest_faults(epub: Publication) -> Iterator[Fault]:
    yield from (
        epub.fault(f"{name!r} is in the manifest but not in the archive")
        for _, name in epub.manifest()
        if name not in epub.files
    )


def _contents_faults(epub: Publication) -> Iterator[Fault]:
    documents = {page.name: page for page in epub.documents}
    listed = [name for item, name in epub.manifest() if "nav" in str(item.get("properties", "")).split()]
    navs = [nav for name in listed if name in documents for nav in documents[name].soup.find_all("nav")]
    contents = next((nav for nav in navs if nav.get("epub:type") == "toc"), None)
    if contents is None:
        yield epub.fault("it has no table of contents")
        return
    for link in contents.find_all("a", href=True):
        file, _, fragment = str(link["href"]).partition("#")
        target = documents.get(posixpath.normpath(posixpath.join(posixpath.dirname(listed[0]), unquote(file))))
        if target is None or (fragment and not target.soup.find(id=unquote(fragment))):
            yield Fault(listed[0], f"the table of contents leads to {link['href']!r}, and there is no such element")


def _access_metadata_faults(epub: Publication) -> Iterator[Fault]:
    yield from (
        epub.fault(f"it does not state its {name}") for name in REQUIRED_METADATA if not any(epub.metadata(name))
    )


def _claim_faults(epub: Publication) -> Iterator[Fault]:
    """Yield a fault for each claim of the accessibility metadata that the content documents contradict.

    The cover image does not count as visual content, since covers repeat what the metadata say.
    """
    has_photos = any(True for _ in epub.photos())
    undescribed = [
        f"the alternative text of {fault.where} is {state}"
        for page in epub.documents
        for faults, state in ((missing_alts, "missing"), (meaningless_alts, "meaningless"))
        for fault in faults(page)
    ]
    features = epub.metadata("accessibilityFeature")
    if undescribed and "alternativeText" in features:
        yield epub.fault(f"it claims alternative texts, but {undescribed[0]}")
    if undescribed and epub.metadata("dcterms:conformsTo"):
        yield epub.fault(f"it claims to conform, but {undescribed[0]}")
    if undescribed and "textual" in epub.metadata("accessModeSufficient"):
        yield epub.fault(f"it claims that text alone is sufficient, but {undescribed[0]}")
    if has_photos != ("visual" in epub.metadata("accessMode")):
        yield epub.fault(
            "its metadata do not say that it has photos"
            if has_photos
            else "its metadata say that it has photos, and it has none"
        )


PUBLICATION_RULES = (
    CheckRule("container", "The archive begins with the EPUB media type.", "", _container_faults),
    CheckRule(
        "well-formed",
        "Package document, container file and content documents are well-formed.",
        "4.1.1",
        _well_formedness_faults,
    ),
    CheckRule("metadata", "The metadata have title, language and identifier.", "2.4.2 3.1.1", _metadata_faults),
    CheckRule("listed", "Each file of the manifest is in the archive.", "", _manifest_faults),
    CheckRule(
        "contents", "There is a table of contents, and each of its links has a target.", "2.4.5", _contents_faults
    ),
    CheckRule(
        "accessibility",
        "The metadata state access modes, features, hazards and a summary.",
        "",
        _access_metadata_faults,
    ),
    CheckRule("claims", "The accessibility metadata are true.", "", _claim_faults),
)
"""Rules for the publication as a whole; `html.PAGE_RULES` apply to each content document."""

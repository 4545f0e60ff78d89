"""Reads the parts of a package: EPUB, DOCX and ODT files are ZIP archives of XML documents and photos."""

from __future__ import annotations

import hashlib
import io
import zipfile

from lxml import etree

from readout_pub.sources.blob import MAX_ARCHIVE_BYTES, format_size


class PackageTooLarge(zipfile.BadZipFile):
    """The members of a package have more than `MAX_ARCHIVE_BYTES` in total; the text says so."""


class ZipPackage:
    """The members of a ZIP archive by name. Each is parsed at most once, and its digest is computed at most once."""

    def __init__(self, data: bytes) -> None:
        """Raise BadZipFile for a damaged archive, PackageTooLarge for one that unpacks to too much."""
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = frozenset(self._archive.namelist())
        self._roots: dict[str, etree._Element] = {}
        self._digests: dict[str, str] = {}
        size = sum(entry.file_size for entry in self._archive.infolist())
        if size > MAX_ARCHIVE_BYTES:
            raise PackageTooLarge(
                f"it unpacks to {format_size(size)}, and the limit is {format_size(MAX_ARCHIVE_BYTES)}"
            )

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a member."""
        return name in self._names

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a member; KeyError if there is none."""
        if name not in self._roots:
            parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
            self._roots[name] = etree.fromstring(self._archive.read(name), parser)
        return self._roots[name]

    def digest(self, name: str) -> str:
        """Return the SHA-256 (hex) of a member; that of an empty file if it is missing."""
        if name not in self._digests:
            data = self._archive.read(name) if name in self else b""
            self._digests[name] = hashlib.sha256(data).hexdigest()
        return self._digests[name]


def first_text(root: etree._Element, name: str) -> str | None:
    """Return the text of the first element of this name, whatever its namespace; None without one."""
    element = next(root.iter(f"{{*}}{name}"), None)
    return None if element is None else "".join(map(str, element.itertext()))

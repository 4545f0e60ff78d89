"""Reads the parts of a package: EPUB, DOCX and ODT files are ZIP archives of XML documents and photos."""

from __future__ import annotations

import hashlib
import io
import zipfile

from lxml import etree


class ZipPackage:
    """The members of a ZIP archive by name."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = frozenset(self._archive.namelist())

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a member."""
        return name in self._names

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a member; KeyError if there is none."""
        return etree.fromstring(self._archive.read(name), etree.XMLParser(resolve_entities=False, huge_tree=True))

    def digest(self, name: str) -> str:
        """Return the SHA-256 (hex) of a member; that of nothing if there is none."""
        return hashlib.sha256(self._archive.read(name) if name in self else b"").hexdigest()


def first_text(root: etree._Element, name: str) -> str | None:
    """Return the text of the first element of this name, whatever its namespace; None without one."""
    element = next(root.iter(f"{{*}}{name}"), None)
    return None if element is None else "".join(map(str, element.itertext()))

"""The manifest of a batch: every file in the output folder with its size and digest, by page."""

from __future__ import annotations

import msgspec

MANIFEST_NAME = "manifest.json"


class ManifestFile(msgspec.Struct, omit_defaults=True):
    """A file in the manifest. Formats may share a photo; a `stale` file is of an earlier version of the page.

    The receipt of a page has no format.
    """

    formats: list[str]
    path: str
    bytes: int
    sha256: str
    stale: bool = False


class ManifestPage(msgspec.Struct):
    """A page or one of its earlier versions, with what readers of a manifest need; `source` is "" for versions."""

    source: str = ""
    files: list[ManifestFile] = []
    versions: list[ManifestPage] = []


class Manifest(msgspec.Struct):
    """A manifest as it is read: `program` is the name and version of the program that wrote it."""

    program: str
    pages: list[ManifestPage]

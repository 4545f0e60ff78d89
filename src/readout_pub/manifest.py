"""The manifest of a batch: the files of each page, then the reports, each file with its size and digest."""

from __future__ import annotations

import msgspec

MANIFEST_NAME = "manifest.json"

CHECKSUMS_NAME = "SHA256SUMS"
"""The list of all files with their digests, as `sha256sum -c` reads it; it has the digest of the manifest too."""


class ManifestFile(msgspec.Struct, omit_defaults=True):
    """A file in the manifest. `formats` use the file: a photo may belong to several.

    A `stale` file was made from an earlier version of the page.

    The receipt of a page and a report about the archive have no format.
    """

    formats: list[str]
    path: str
    bytes: int
    sha256: str
    stale: bool = False


class ManifestPage(msgspec.Struct):
    """The fields that are read of a page, or of one of its earlier versions; `source` is "" for versions."""

    source: str = ""
    files: list[ManifestFile] = []
    versions: list[ManifestPage] = []


class Manifest(msgspec.Struct):
    """A manifest as it is read: `program` is the name and version of the program that wrote it.

    `reports` are the files about the whole archive, without the manifest itself and `CHECKSUMS_NAME`.
    """

    program: str
    pages: list[ManifestPage]
    reports: list[ManifestFile]

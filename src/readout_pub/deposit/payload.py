"""Copies files into the payload of a BagIt bag (RFC 8493), in parts, so that memory does not grow with their size."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from readout_pub.errors import SourceError, escape_controls
from readout_pub.sources.blob import unreadable

CHUNK = 1024 * 1024
"""How many bytes are read at once. Chosen by hand: larger parts are not faster."""


EARLIER_VERSION = "earlier version"
"""The kind of old outputs: those that `batch --keep-versions` kept when their page changed."""


class PayloadFile(NamedTuple):
    """A file of the payload.

    `path` begins with "data/", `bytes` is the size, and the digests are in hex. `kind` says what the file is
    in the batch: "original", "receipt", "report", `EARLIER_VERSION` and so on.
    """

    path: str
    bytes: int
    sha256: str
    sha512: str
    kind: str
    media_type: str


class Payload:
    """The payload files of a bag in the folder `stage`."""

    def __init__(self, stage: Path) -> None:
        self._stage = stage
        self._files: dict[str, PayloadFile] = {}
        self.bytes = 0

    @property
    def count(self) -> int:
        """The number of files."""
        return len(self._files)

    def files(self) -> Iterator[PayloadFile]:
        """Yield all files in the order of their paths."""
        return (self._files[path] for path in sorted(self._files))

    def path_of(self, path: str) -> Path:
        """Return where a path of the bag is on the disk."""
        return self._stage / path

    def add(self, source: Path, path: str, kind: str, media_type: str | None = None) -> PayloadFile:
        """Copy a file with its time of modification to `path` in the bag.

        Raises SourceError if the file cannot be read, or if a manifest cannot list its name; OSError if the copy cannot
        be written.
        """
        _require_listable(source, path)
        target = self._stage / path
        target.parent.mkdir(parents=True, exist_ok=True)
        sha256, sha512, size = hashlib.sha256(), hashlib.sha512(), 0
        try:
            reading = source.open("rb")
        except OSError as reason:
            raise unreadable(str(source), reason) from reason
        with reading, target.open("xb") as writing:
            for chunk in _read_chunks(reading, source):
                sha256.update(chunk)
                sha512.update(chunk)
                size += writing.write(chunk)
            modified = os.fstat(reading.fileno()).st_mtime_ns
        os.utime(target, ns=(modified, modified))
        file = PayloadFile(path, size, sha256.hexdigest(), sha512.hexdigest(), kind, media_type or _media_type(path))
        self._files[path] = file
        self.bytes += size
        return file


def _read_chunks(file: BinaryIO, source: Path) -> Iterator[bytes]:
    """Yield the bytes of a file in parts; raise SourceError if a part cannot be read, as on a damaged disk."""
    try:
        while chunk := file.read(CHUNK):
            yield chunk
    except OSError as reason:
        raise unreadable(str(source), reason) from reason


_MEDIA_TYPES = mimetypes.MimeTypes()
"""The types that Python itself knows, since `mimetypes.guess_type` would add those that this machine has."""

for _suffix, _type in {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".warc": "application/warc",
    ".wacz": "application/wacz",
    ".webarchive": "application/x-webarchive",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}.items():
    _MEDIA_TYPES.add_type(_type, _suffix)


def _media_type(path: str) -> str:
    found, packed = _MEDIA_TYPES.guess_type(path, strict=False)
    return f"application/{packed}" if packed else found or "application/octet-stream"


_ENCODED_BREAK = re.compile(r"%0[ad]", re.IGNORECASE)
"""What readers of a manifest decode as a line break (RFC 8493, 2.1.3)."""


def _require_listable(source: Path, path: str) -> None:
    """Raise SourceError for a name that cannot be in the manifest of a bag, which lists one path per line, in UTF-8."""
    if path != escape_controls(path) or path != path.rstrip() or _ENCODED_BREAK.search(path):
        raise SourceError(
            "the manifest of a bag cannot list this name: it is not UTF-8, ends in white space, or has control "
            "characters or an encoded line break, %0A or %0D",
            where=escape_controls(str(source)),
            what_next="rename the file, and run the batch again",
        )

"""The digest of a file, read part by part."""

from __future__ import annotations

import hashlib
from pathlib import Path


def file_digest(path: str | Path, algorithm: str = "sha256") -> str:
    """Return the digest (hex) of the bytes of a file; raises OSError if it cannot be read."""
    with open(path, "rb") as file:  # noqa: PTH123 - `batch` asks for each file of an archive, and a Path is slow
        return hashlib.file_digest(file, algorithm).hexdigest()


def has_digest(path: Path, sha256: str | None) -> bool:
    """Return whether a file exists, can be read, and has this SHA-256 (hex).

    Only ordinary files are opened: opening a pipe would wait for its writer.
    """
    try:
        return path.is_file() and file_digest(path) == sha256
    except OSError:  # it cannot be read
        return False

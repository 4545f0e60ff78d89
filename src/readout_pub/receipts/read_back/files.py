"""Reads an output back from its file, with the photos in the folder beside it."""

from __future__ import annotations

import re
from pathlib import Path

from readout_pub.emit import formats_of_suffix
from readout_pub.emit.rendition import Rendition
from readout_pub.errors import SourceError
from readout_pub.named_file import read_large_file
from readout_pub.receipts.read_back import READERS, ReadBack, read_output
from readout_pub.receipts.read_back.package import PackageTooLarge
from readout_pub.sources.companion_folders import photo_folder

READ_AS_PAGES = frozenset({"html", "json"})
"""Formats whose files are read like saved pages, into a `Readout`. Files of other formats give a `ReadBack`."""


def readable_format(path: Path) -> str | None:
    """Return the format that the name of a file states, if files of that format can be read back; else None."""
    return next((name for name in formats_of_suffix(path.suffix) if name in READERS), None) if path.suffix else None


def read_output_file(path: Path, target: str) -> ReadBack:
    """Return what is in an output of format `target`; raises SourceError if it cannot be read as such."""
    rendition = Rendition(target, read_large_file(path), path.suffix, "", _files_beside(path))
    try:
        return read_output(rendition)
    except PackageTooLarge as error:
        raise SourceError(
            f"it is not read: {error}", where=str(path), what_next="check that it is the right file"
        ) from error
    except Exception as error:
        if target == "pdf" and is_encrypted(rendition.data):
            raise SourceError(
                "it can be read only with a password", where=str(path), what_next="save it without the password"
            ) from error
        raise SourceError(
            f"it cannot be read as {target}: it is damaged, or of another format",
            where=str(path),
            what_next="make it again, or correct its suffix, which states its format",
        ) from error


def is_encrypted(data: bytes) -> bool:
    """Return whether a PDF is encrypted, with or without a password that readers have to enter.

    The trailer says so, and stands behind the place to which the last `startxref` points (ISO 32000-1, 7.5.5). Before
    it, the words of the document may mention "/Encrypt" too.
    """
    offsets = _START_OF_TRAILER.findall(data)
    start = int(offsets[-1]) if offsets else 0
    return data.startswith(b"%PDF-") and _ENCRYPTION.search(data, min(start, len(data))) is not None


_START_OF_TRAILER = re.compile(rb"startxref\s++(\d{1,18})")
_ENCRYPTION = re.compile(rb"/Encrypt\s*+(?:\d++\s++\d++\s++R\b|<<)")


def _files_beside(path: Path) -> dict[str, bytes]:
    """Return path → bytes of the photos in the photo folder of an output; paths start at the folder of the output."""
    folder = path.parent / photo_folder(path.stem)
    files = sorted(folder.iterdir()) if folder.is_dir() else ()
    return {f"{folder.name}/{file.name}": file.read_bytes() for file in files if file.is_file()}

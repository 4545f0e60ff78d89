"""Reads the certifier file: who certifies the accessibility of EPUB files."""

from __future__ import annotations

from pathlib import Path

from readout_pub.emit.markup.inlines import safe_url
from readout_pub.emit.rendition import Certifier
from readout_pub.errors import SourceError
from readout_pub.settings_file import read_settings

EXAMPLE = 'write it as name = "Archive of Atlantis", and below it credential and report if there are any'


def read_certifier(path: Path) -> Certifier:
    """Return the certifier in a TOML file with the keys `name`, `credential` and `report` (a URL).

    Raises SourceError if the file cannot be read, has other keys, no name, or a report that is not a URL.
    """
    certifier = read_settings(path, Certifier, "the certifier file", EXAMPLE)
    if not certifier.name.strip():
        raise SourceError("the certifier has no name", where=str(path), what_next=EXAMPLE)
    if certifier.report is not None and safe_url(certifier.report) is None:
        raise SourceError(f"{certifier.report!r} is not a URL", where=str(path), what_next="begin it with https://")
    return certifier

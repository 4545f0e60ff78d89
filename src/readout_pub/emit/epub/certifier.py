"""Reads the certifier file: who certifies the accessibility of EPUB files."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from readout_pub.emit.markup.inlines import safe_url
from readout_pub.emit.rendition import Certifier
from readout_pub.errors import SourceError

EXAMPLE = 'write it as name = "Archive of Atlantis", and below it credential and report if there are any'


def read_certifier(path: Path) -> Certifier:
    """Return the certifier in a TOML file with the keys `name`, `credential` and `report` (a URL).

    Raises SourceError if the file cannot be read, has other keys, no name, or a report that is not a URL.
    """
    try:
        certifier = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Certifier)
    except OSError as reason:
        raise SourceError(f"the certifier file cannot be read ({reason.strerror})", where=str(path)) from reason
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise SourceError(f"this is not valid TOML: {reason}", where=str(path), what_next=EXAMPLE) from reason
    except msgspec.ValidationError as reason:
        raise SourceError(str(reason), where=str(path), what_next=EXAMPLE) from reason
    if not certifier.name.strip():
        raise SourceError("the certifier has no name", where=str(path), what_next=EXAMPLE)
    if certifier.report is not None and safe_url(certifier.report) is None:
        raise SourceError(f"{certifier.report!r} is not a URL", where=str(path), what_next="begin it with https://")
    return certifier

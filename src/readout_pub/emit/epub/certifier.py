"""Reads the file that names the certifier of EPUB files, and makes notes if an EPUB does not claim conformance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from readout_pub.emit.epub.accessibility import photos_without_human_alt, tables_without_headers
from readout_pub.emit.markup.inlines import safe_url
from readout_pub.emit.rendition import Certifier, RenderOptions
from readout_pub.errors import SourceError
from readout_pub.image_store import Picture
from readout_pub.model import Readout
from readout_pub.notes import Note, note
from readout_pub.settings_file import read_settings

EXAMPLE = 'write the line name = "Archive of Atlantis"; lines for credential and report are optional'


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


def certifier_notes(readout: Readout, pictures: Mapping[str, Picture], render_options: RenderOptions) -> Iterator[Note]:
    """Yield a note for each reason why the EPUB lacks a claim of conformance that the user may expect.

    The EPUB claims no conformance if text of the theme has too little contrast, or if a photo has an alternative text
    that no person wrote or reviewed. The note on photos is only made if the user names a certifier. Without a
    certifier, the program itself makes the claim, unless the user has CSS rules or a table lacks header cells.
    `pictures` are the photos in the EPUB by their digests.
    """
    without_human_alt = photos_without_human_alt(readout, pictures)
    if render_options.certifier and without_human_alt:
        yield note("CERTIFIER_WITHHELD", None, certifier=render_options.certifier.name, count=len(without_human_alt))
    if colours := render_options.pale_colours():
        yield note("CONTRAST_LOW", None, colours=", ".join(colours))
    if render_options.certifier is None and (rules := render_options.own_rules(readout.language)):
        yield note("CONFORMANCE_WITHHELD", None, rules=rules)
    if render_options.certifier is None and (tables := tables_without_headers(readout)):
        yield note("TABLE_HEADERS_MISSING", None, count=len(tables))

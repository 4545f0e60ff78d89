"""The report for feed readers: feed/atom.xml lists the newest readouts. Source: RFC 4287."""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import quote

from readout_pub.batch.job import BatchConfig
from readout_pub.batch.reports.opds import write_if_changed
from readout_pub.emit.timestamps import MIN_ZIP_TIME, rfc3339
from readout_pub.ledger import LedgerEntry, LedgerRow

if TYPE_CHECKING:
    from lxml.etree import _Element

FILE_NAME = "atom.xml"

MAX_ENTRIES = 500
"""How many entries the feed has at most. Chosen by hand: feed readers want the newest, and load the file each time."""

UNDATED = rfc3339(MIN_ZIP_TIME)
"""The time of a readout without a date, as in EPUB: Atom requires a time, and the current time would differ each
day."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@contextlib.contextmanager
def atom_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write feed/atom.xml with the newest readouts; an exact copy of another page has no entry of its own."""
    newest: list[LedgerEntry] = []
    first: tuple[int, str] | None = None

    def write_row(row: LedgerRow) -> None:
        nonlocal first
        if row.entry is None or not row.entry.renditions:
            return
        found = (row.id, row.entry.url or row.name)
        first = found if first is None else min(first, found)
        if len(newest) < MAX_ENTRIES and row.copy_of is None:
            newest.append(row.entry)

    yield write_row
    # The id is computed from the address of the page that was found first. It therefore differs between archives, and
    # does not change when pages are added.
    write_if_changed(config, FILE_NAME, _serialize(config, newest, f"atom:{first[1] if first else ''}"))


def _serialize(config: BatchConfig, entries: list[LedgerEntry], archive: str) -> bytes:
    from lxml import etree

    feed = etree.XML(f'<feed xmlns="{_NAMESPACE}"/>')
    _add(feed, "title", config.title)
    if config.publisher:
        _add(_add(feed, "author"), "name", config.publisher)
    _add(feed, "id", uuid.uuid5(uuid.NAMESPACE_URL, archive).urn)
    _add(feed, "updated", max((entry.modified or UNDATED for entry in entries), default=UNDATED))
    _add(feed, "link", rel="self", href=FILE_NAME, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href="../index.html", type="text/html")
    _add(feed, "generator", "readout-pub", version=version("readout-pub"))
    for entry in entries:
        _add_entry(_add(feed, "entry"), entry)
    etree.indent(feed, " ")
    return etree.tostring(feed, encoding="utf-8", xml_declaration=True)


def _add_entry(element: _Element, entry: LedgerEntry) -> None:
    title = _add(element, "title", entry.title)
    title.set(_LANG, entry.language)
    _add(element, "id", entry.identifier or "")
    _add(element, "updated", entry.modified or UNDATED)
    if entry.issued:
        _add(element, "published", f"{entry.issued}T00:00:00Z")
    _add(_add(element, "author"), "name", entry.publisher or entry.host or "unknown")
    if entry.series:
        _add(element, "category", term=entry.series)
    # An entry without content needs one alternate (RFC 4287, 4.1.2), which feed readers open. It is HTML if the page
    # has it, else the first format by name; the other formats are enclosures.
    for place, rendition in enumerate(entry.existing_renditions.values()):
        file = rendition.files[0]
        _add(
            element,
            "link",
            rel="enclosure" if place else "alternate",
            href=f"../{quote(file.path)}",
            type=rendition.media_type,
            length=str(file.bytes),
        )


def _add(parent: _Element, name: str, text: str | None = None, **attributes: str) -> _Element:
    from lxml import etree

    clean = {key: _NO_XML_CHARACTER.sub("\ufffd", value) for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", clean)
    element.text = None if text is None else _NO_XML_CHARACTER.sub("\ufffd", text)
    return element

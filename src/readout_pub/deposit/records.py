"""The records of each readout in a bag: a description in Dublin Core, and its files and events in PREMIS 3."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from readout_pub.deposit.payload import PayloadFile
from readout_pub.emit.timestamps import rfc3339
from readout_pub.ledger import LedgerEntry, LedgerRow

UNKNOWN_TIME = "unknown"
"""Stands for the time of an event if it is not known: PREMIS requires a time, and allows any text as one."""

_DC, _OAI_DC = "http://purl.org/dc/elements/1.1/", "http://www.openarchives.org/OAI/2.0/oai_dc/"
_PREMIS, _XSI = "http://www.loc.gov/premis/v3", "http://www.w3.org/2001/XMLSchema-instance"
_PREFIXES = {"dc": _DC, "oai_dc": _OAI_DC, "premis": _PREMIS, "xsi": _XSI}

_PATH, _NAME, _NUMBER = "path in the bag", "name and version", "stem and number"
"""The types of PREMIS identifiers: of files, of programs, and of events, which are numbered in each record."""


class DepositEvent(NamedTuple):
    """When a deposit was made, in UTC (None if unknown), and the programs that made its outputs and its bag.

    `converter` and `depositor` are these programs, with their versions.
    """

    time: dt.datetime | None
    converter: str
    depositor: str


class RecordWriter:
    """Writes metadata/dublin-core/STEM.xml and metadata/premis/STEM.xml of readouts."""

    def __init__(self, stage: Path, event: DepositEvent) -> None:
        self._stage, self._event = stage, event
        for prefix, namespace in _PREFIXES.items():
            ET.register_namespace(prefix, namespace)

    def write(
        self, row: LedgerRow, entry: LedgerEntry, files: Sequence[PayloadFile], original: PayloadFile | None
    ) -> None:
        """Write both records of a readout with these output files, converted from `original`."""
        self._write(f"metadata/dublin-core/{row.stem}.xml", _dublin_core(row, entry, files, original))
        self._write(f"metadata/premis/{row.stem}.xml", _premis(row, entry, files, original, self._event))

    def _write(self, name: str, root: ET.Element) -> None:
        path = self._stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        ET.indent(root)
        path.write_bytes(ET.tostring(root, "utf-8", xml_declaration=True) + b"\n")


def _dublin_core(
    row: LedgerRow, entry: LedgerEntry, files: Sequence[PayloadFile], original: PayloadFile | None
) -> ET.Element:
    """Return the description in the elements of simple Dublin Core, in the form that OAI-PMH gives it."""
    root = ET.Element(f"{{{_OAI_DC}}}dc")
    elements = [
        ("title", entry.title),
        ("creator", entry.publisher),
        ("publisher", entry.publisher),
        ("date", entry.issued),
        ("type", "Text"),
        ("language", entry.language if entry.language != "und" else None),
        ("identifier", entry.identifier),
        ("identifier", entry.url),
        ("source", original.path if original else row.name),
        ("relation", f"Part of the series: {entry.series}" if entry.series else None),
        ("rights", entry.rights),
        *(("format", media_type) for media_type in dict.fromkeys(file.media_type for file in files)),
    ]
    for name, text in elements:
        if text:
            ET.SubElement(root, f"{{{_DC}}}{name}").text = text
    return root


def _premis(
    row: LedgerRow,
    entry: LedgerEntry,
    files: Sequence[PayloadFile],
    original: PayloadFile | None,
    deposit: DepositEvent,
) -> ET.Element:
    """Return the files of a readout as objects, what happened to them as events, and the programs as agents."""
    root = ET.Element(f"{{{_PREMIS}}}premis", {"version": "3.0"})
    outputs = [file for file in files if file.kind.endswith("copy")]
    for file in (*([original] if original else []), *files):
        _add_object(root, file, original if file in outputs else None)
    depositor = deposit.depositor
    time = rfc3339(deposit.time) if deposit.time else UNKNOWN_TIME
    paths = [file.path for file in files]
    sources = [original.path] if original else []
    events = [
        *([_Event("capture", entry.retrieved, f"retrieved from {entry.url or row.name}", None, sources)]
          if entry.retrieved else []),
        _Event("migration", UNKNOWN_TIME, "converted from the original", deposit.converter,
               [file.path for file in outputs], sources),
        *_receipt_events(entry, deposit.converter, [file.path for file in files if file.kind == "receipt"]),
        _Event("fixity check", time, "SHA-256 of each output file compared with the manifest of the batch, that of the "
               "original with the digest of the converted page", depositor, [*sources, *paths], outcome="pass"),
        _Event("information package creation", time, "packed as a BagIt bag", depositor, [*sources, *paths]),
    ]  # fmt: skip
    for number, event in enumerate(events, 1):
        _add_event(root, f"{row.stem}#{number}", event)
    for agent in dict.fromkeys((deposit.converter, depositor)):
        _add(root, "agent", ("agentIdentifier", ("agentIdentifierType", _NAME), ("agentIdentifierValue", agent)),
             ("agentName", agent), ("agentType", "software"))  # fmt: skip
    return root


class _Event(NamedTuple):
    """An event, by the terms of id.loc.gov/vocabulary/preservation/eventType, and the files that it made or checked."""

    type: str
    time: str
    detail: str
    agent: str | None
    objects: Sequence[str]
    sources: Sequence[str] = ()
    outcome: str | None = None


def _receipt_events(entry: LedgerEntry, converter: str, receipts: Sequence[str]) -> Iterator[_Event]:
    """Yield the event in which the outputs were read back and their words compared, if there is a receipt."""
    counts = [
        f"{form}: {made.receipt.found:,} of {made.receipt.words:,} words"
        for form, made in sorted(entry.current_renditions.items())
        if made.receipt and made.receipt.not_read is None
    ]
    if receipts:
        detail = f"words read back from the outputs ({'; '.join(counts)}); see the receipt"
        yield _Event("validation", UNKNOWN_TIME, detail, converter, receipts, outcome="pass")


def _add(parent: ET.Element, name: str, *children: tuple[object, ...], **attributes: str) -> ET.Element:
    """Append an element; each child is a name followed by a text, or by children."""
    element = ET.SubElement(parent, f"{{{_PREMIS}}}{name}", attributes)
    for child, *content in children:
        if len(content) == 1 and isinstance(content[0], str):
            ET.SubElement(element, f"{{{_PREMIS}}}{child}").text = content[0]
        else:
            _add(element, str(child), *(each for each in content if isinstance(each, tuple)))
    return element


def _add_object(root: ET.Element, file: PayloadFile, original: PayloadFile | None) -> None:
    """Append a file, which was converted from `original` if that is given."""
    element = _add(
        root,
        "object",
        ("objectIdentifier", ("objectIdentifierType", _PATH), ("objectIdentifierValue", file.path)),
        (
            "objectCharacteristics",
            ("fixity", ("messageDigestAlgorithm", "SHA-256"), ("messageDigest", file.sha256)),
            ("size", str(file.bytes)),
            ("format", ("formatDesignation", ("formatName", file.media_type))),
        ),
        ("originalName", file.path.rpartition("/")[2]),
    )
    element.set(f"{{{_XSI}}}type", "premis:file")
    if original:
        _add(
            element,
            "relationship",
            ("relationshipType", "derivation"),
            ("relationshipSubType", "has source"),
            (
                "relatedObjectIdentifier",
                ("relatedObjectIdentifierType", _PATH),
                ("relatedObjectIdentifierValue", original.path),
            ),
        )


def _add_event(root: ET.Element, number: str, event: _Event) -> None:
    """Append an event; `number` is its identifier: "talks1#2"."""
    outcome = [("eventOutcomeInformation", ("eventOutcome", event.outcome))] if event.outcome else []
    agents = (
        [
            (
                "linkingAgentIdentifier",
                ("linkingAgentIdentifierType", _NAME),
                ("linkingAgentIdentifierValue", event.agent),
            )
        ]
        if event.agent
        else []
    )
    _add(
        root,
        "event",
        ("eventIdentifier", ("eventIdentifierType", _NUMBER), ("eventIdentifierValue", number)),
        ("eventType", event.type),
        ("eventDateTime", event.time),
        ("eventDetailInformation", ("eventDetail", event.detail)),
        *outcome,
        *agents,
        *_linked_objects(event),
    )


def _linked_objects(event: _Event) -> Iterator[tuple[object, ...]]:
    for paths, role in ((event.sources, "source"), (event.objects, "outcome" if event.sources else "")):
        for path in paths:
            roles = [("linkingObjectRole", role)] if role else []
            yield (
                "linkingObjectIdentifier",
                ("linkingObjectIdentifierType", _PATH),
                ("linkingObjectIdentifierValue", path),
                *roles,
            )

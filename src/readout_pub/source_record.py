"""The source record in an output, which states the source of the output and how the output was made.

Also the credit line of a licence, and the identifier of a publication.

The record is JSON-LD: schema.org terms for other programs, and under "record" all that `verify` needs. HTML has it in a
`script` element that browsers do not run, PDF in its XMP, and EPUB, DOCX and ODT as a file.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec

from readout_pub.model import Origin

VOCABULARY = "https://github.com/readout-pub/readout-pub"
"""The URL of our own JSON-LD terms, for facts that schema.org has no terms for."""

_CONTEXT = (
    "https://schema.org",
    {"digest": f"{VOCABULARY}#digest", "record": {"@id": f"{VOCABULARY}#record", "@type": "@json"}},
)

JSON_START = msgspec.json.encode({"@context": _CONTEXT}).decode().removesuffix("}")
"""The first bytes of the JSON of every record."""

GENERATOR = '<meta name="generator" content="readout-pub">'
"""Marks HTML reports, which have no record. Otherwise the program would take a report for a saved page."""

OWN_THEME, OWN_CSS = "own_theme", "own_css"
"""Keys of `SourceRecord.options` for a theme and a style sheet of the user. The value of each is an object with the
name and the SHA-256 (hex).
"""

ALT_ROLE = "alternative texts"
"""What the authors of alternative texts contribute, as a `roleName` of schema.org."""

_OPTIONAL_PART = re.compile(r"\[([^\[\]]*)\]")

PLACEHOLDER = re.compile(r"\{(url|date)\}")
"""The fields of a template. Nothing else is interpreted, since a template may come from an untrusted JSON file."""


def credit_line(origin: Origin) -> str | None:
    """Return the credit line of the licence's template, without the bracketed parts whose values are unknown.

    "Source: Example[, {url}][ (accessed {date})]" with a URL and no date gives "Source: Example, https://…". None
    without a licence that requires a credit line.
    """
    if origin.licence is None or origin.licence.credit is None:
        return None
    values = {"url": origin.url or "", "date": origin.retrieved.isoformat() if origin.retrieved else ""}

    def part_if_known(part: re.Match[str]) -> str:
        return part[1] if all(values[name] for name in PLACEHOLDER.findall(part[1])) else ""

    known = _OPTIONAL_PART.sub(part_if_known, origin.licence.credit)
    return PLACEHOLDER.sub(lambda name: values[name[1]], known)


def rights_statement(origin: Origin) -> str | None:
    """Return the name and URL of the licence and its credit line in one text; None if no licence is known."""
    licence = origin.licence
    return "; ".join(filter(None, (licence.name, licence.url, credit_line(origin)))) if licence else None


def publication_identifier(origin: Origin) -> str:
    """Return the identifier "urn:uuid:…" of a publication, made only of the bytes and the URL of the source."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{origin.url or ''}#{origin.sha256}").urn


SOURCE_DIGEST_PROPERTY = "Source SHA-256"
"""A property of DOCX and ODT files: an office program that saves the file keeps the property, but drops the record."""


class RecordPart(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The base of the structs below. Fields of later versions are ignored."""


class RecordedSource(RecordPart, frozen=True):
    """The source as it was read. `sha256` is in hex, `profile` is "site/layout"."""

    name: str
    sha256: str
    url: str | None = None
    retrieved: dt.date | None = None
    publisher: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    credit: str | None = None
    profile: str | None = None


class AltAuthor(RecordPart, frozen=True):
    """Who wrote alternative texts: the name of a person, or that of a model."""

    name: str
    is_model: bool = False

    def __str__(self) -> str:
        """Return the name as outputs show it."""
        return f"{self.name} (model)" if self.is_model else self.name


class SourceRecord(RecordPart, frozen=True, tag_field="version", tag="1"):
    """The record of one output.

    `program` is "readout-pub" and its version. `options` are the options of reading and rendering other than the
    defaults. `edited` are the values that a person gave in place of those of the page. `alts_given` is the number of
    alternative texts that a person or a model gave, and `alt_authors` are the known names of their authors. `receipt`
    says whether the words of the output were read back and compared with the source. `withheld` are the photos that a
    person has left out: the SHA-256 (hex) of each, or its URL if its file is missing. `files` are the other members of
    the package, or the files beside the output: path → SHA-256 (hex).
    """

    program: str
    format: str
    title: str
    language: str
    source: RecordedSource
    receipt: bool
    issued: dt.date | None = None
    options: dict[str, Any] = {}
    edited: dict[str, str] = {}
    alts_given: int = 0
    alt_authors: tuple[AltAuthor, ...] = ()
    withheld: tuple[str, ...] = ()
    files: dict[str, str] = {}


def recorded_source(origin: Origin) -> RecordedSource:
    """Return what the record says of the source."""
    licence = origin.licence
    return RecordedSource(
        name=origin.name,
        sha256=origin.sha256,
        url=origin.url,
        retrieved=origin.retrieved,
        publisher=origin.publisher,
        licence=licence.name if licence else None,
        licence_url=licence.url if licence else None,
        credit=credit_line(origin),
        profile=origin.profile,
    )


def property_texts(record: SourceRecord) -> dict[str, str]:
    """Return what Word and LibreOffice show of the record as properties of a document: name → text."""
    source = record.source
    texts = {
        "Source": source.url or source.name,
        SOURCE_DIGEST_PROPERTY: source.sha256,
        "Publisher": source.publisher,
        "Retrieved": source.retrieved.isoformat() if source.retrieved else None,
        "Licence": source.licence,
        "Converted by": record.program,
        "Edited": ", ".join(record.edited),
        "Alternative texts by": ", ".join(map(str, record.alt_authors)),
    }
    return {name: text for name, text in texts.items() if text}


def to_json_ld(record: SourceRecord, digest: str | None = None) -> bytes:
    """Return the record as JSON-LD in one line of UTF-8, which contains no "<", ">" or "&".

    `digest` is the digest of the file; HTML has it in an attribute instead (see `seal`).
    """
    source = record.source
    publisher = {"@type": "Organization", "name": source.publisher} if source.publisher else None
    document = {
        "@context": _CONTEXT,
        "@type": "DigitalDocument",
        "name": record.title,
        "inLanguage": record.language,
        "datePublished": record.issued,
        "publisher": publisher,
        "contributor": [_contributor(author) for author in record.alt_authors] or None,
        "license": source.licence_url or source.licence,
        "creditText": source.credit,
        "isBasedOn": _without_none(
            {"@type": "WebPage", "name": source.name, "url": source.url, "publisher": publisher}
        ),
        "record": record,
        "digest": digest,
    }
    return _MARKUP.sub(lambda found: b"\\u%04x" % ord(found[0]), msgspec.json.encode(_without_none(document)))


def _contributor(author: AltAuthor) -> dict[str, object]:
    """Return an author of alternative texts as a schema.org Role; `roleName` says what the author contributed."""
    kind = "SoftwareApplication" if author.is_model else "Person"
    return {"@type": "Role", "roleName": ALT_ROLE, "contributor": {"@type": kind, "name": author.name}}


_MARKUP = re.compile(rb"[<>&]")
"""Markup in HTML and XML. In JSON, these characters occur only in strings, where they can be escaped."""


def from_json_ld(data: bytes) -> SourceRecord:
    """Return the record that `to_json_ld` wrote; raises one of DECODE_ERRORS if `data` is not a record."""
    return msgspec.json.decode(data, type=_Document).record


class _Document(msgspec.Struct):
    record: SourceRecord


def _without_none(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}

"""Metadata of a PDF: title, author, description and dates are in Info and XMP, most others only in XMP."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import msgspec

from readout_pub.emit.markup import document_title
from readout_pub.emit.pdf.profiles import Profile
from readout_pub.emit.timestamps import rfc3339, timestamp
from readout_pub.model import display_series
from readout_pub.seal import xmp_record
from readout_pub.source_record import credit_line

if TYPE_CHECKING:
    from readout_pub.model import Readout
    from readout_pub.source_record import SourceRecord

CREATOR = "readout-pub"

XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:readout="{namespace}"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">
{properties}
{record}
</rdf:Description>
{more}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

NAMESPACE = "https://github.com/readout-pub/readout-pub/ns/record/1.0/"
"""The namespace of our XMP property, readout:record."""

EXTENSION_SCHEMAS = """\
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>
{schemas}
</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""

EXTENSION_SCHEMA = """\
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{title}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>{value_type}</pdfaProperty:valueType>
<pdfaProperty:category>{category}</pdfaProperty:category>
<pdfaProperty:description>{description}</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>"""

EXTENSIONS = (
    {
        "title": "PDF/UA Universal Accessibility Schema",
        "namespace": "http://www.aiim.org/pdfua/ns/id/",
        "prefix": "pdfuaid",
        "name": "part",
        "value_type": "Integer",
        "category": "internal",
        "description": "Indicates which part of ISO 14289 the file keeps",
    },
    {
        "title": "Source record",
        "namespace": NAMESPACE,
        "prefix": "readout",
        "name": "record",
        "value_type": "Text",
        "category": "external",
        "description": "Where the document comes from and how it was made, as JSON-LD",
    },
)
"""The properties that PDF/A-1 to PDF/A-3 do not define; these standards require a description of each."""

DECLARATIONS = """\
<rdf:Description rdf:about="" xmlns:pdfd="http://pdfa.org/declarations/">
<pdfd:declarations><rdf:Bag>
{addresses}
</rdf:Bag></pdfd:declarations>
</rdf:Description>"""

DECLARATION = '<rdf:li rdf:parseType="Resource"><pdfd:conformsTo>{address}</pdfd:conformsTo></rdf:li>'

XMP_FORMS = {
    "simple": "<{name}>{value}</{name}>",
    "language": '<{name}><rdf:Alt><rdf:li xml:lang="x-default">{value}</rdf:li></rdf:Alt></{name}>',
    "bag": "<{name}><rdf:Bag>{items}</rdf:Bag></{name}>",
    "sequence": "<{name}><rdf:Seq>{items}</rdf:Seq></{name}>",
}
"""How XMP writes a property, by the type of its value: text, language alternative, unordered or ordered array."""


class DocumentInfo(msgspec.Struct, frozen=True):
    """The metadata of one PDF.

    `identifier` is a digest of the page, 16 bytes. `contributors` wrote alternative texts. `issued` is an ISO date,
    `timestamp` a time in UTC; `language` is a BCP 47 tag, `source` an address. `record` is the XMP property with the
    source record.
    """

    title: str
    language: str
    identifier: bytes
    record: str
    author: str | None = None
    contributors: tuple[str, ...] = ()
    subject: str | None = None
    publisher: str | None = None
    source: str | None = None
    rights: str | None = None
    licence_url: str | None = None
    issued: str | None = None
    timestamp: dt.datetime | None = None

    @property
    def w3cdtf(self) -> str | None:
        """The timestamp as XMP writes it, if there is one: 2031-08-04T00:00:00Z."""
        return rfc3339(self.timestamp) if self.timestamp else None

    @property
    def pdf_date(self) -> str | None:
        """The timestamp as PDF objects write it, if there is one: D:20310804000000Z (ISO 32000-1, 7.9.4)."""
        return f"D:{self.timestamp:%Y%m%d%H%M%S}Z" if self.timestamp else None


def document_info(readout: Readout, page: str, record: SourceRecord) -> DocumentInfo:
    """Return the metadata for the PDF of `readout`; `page` is the HTML that the PDF is made from."""
    origin = readout.origin
    return DocumentInfo(
        title=document_title(readout),
        language=readout.language,
        identifier=hashlib.sha256(page.encode()).digest()[:16],
        record=xmp_record(record),
        author=readout.byline or origin.publisher,
        contributors=tuple(map(str, record.alt_authors)),
        subject=display_series(readout),
        publisher=origin.publisher,
        source=origin.url,
        rights=credit_line(origin) or (origin.licence.name if origin.licence else None),
        licence_url=origin.licence.url if origin.licence else None,
        issued=readout.issued.isoformat() if readout.issued else None,
        timestamp=timestamp(readout),
    )


def info_arguments(info: DocumentInfo) -> dict[str, Any]:
    """Return the arguments of WeasyPrint's DocumentMetadata, from which it writes Info and the catalog's Lang."""
    return {
        "title": info.title,
        "lang": info.language,
        "authors": [info.author] if info.author else [],
        "description": info.subject,
        "generator": CREATOR,
        "created": info.w3cdtf,
        "modified": info.w3cdtf,
    }


def xmp(info: DocumentInfo, producer: str, profile: Profile | None) -> bytes:
    """Return the XMP packet. It claims conformance to the standards of `profile`, if any; `producer` wrote the PDF."""
    claims = [(name, "simple", value) for name, value in profile.claims.items()] if profile else []
    properties: list[tuple[str, str, str | tuple[str, ...] | None]] = [
        *claims,
        ("dc:title", "language", info.title),
        ("dc:language", "bag", info.language),
        ("dc:creator", "sequence", info.author),
        ("dc:contributor", "bag", info.contributors),
        ("dc:description", "language", info.subject),
        ("dc:publisher", "bag", info.publisher),
        ("dc:source", "simple", info.source),
        ("dc:rights", "language", info.rights),
        ("dc:date", "sequence", info.issued),
        ("xmpRights:WebStatement", "simple", info.licence_url),
        ("xmp:CreatorTool", "simple", CREATOR),
        ("xmp:CreateDate", "simple", info.w3cdtf),
        ("xmp:ModifyDate", "simple", info.w3cdtf),
        ("xmp:MetadataDate", "simple", info.w3cdtf),
        ("pdf:Producer", "simple", producer),
    ]
    lines = (_property(name, form, value) for name, form, value in properties if value)
    return XMP.format(
        namespace=NAMESPACE,
        properties="\n".join(lines),
        record=info.record,
        more=_further_descriptions(profile),
    ).encode()


def _property(name: str, form: str, value: str | tuple[str, ...]) -> str:
    """Return an XMP property in one of `XMP_FORMS`; a single text becomes the only item of an array."""
    values = [escape(each) for each in ((value,) if isinstance(value, str) else value)]
    items = "".join(f"<rdf:li>{each}</rdf:li>" for each in values)
    return XMP_FORMS[form].format(name=name, value=values[0], items=items)


def _further_descriptions(profile: Profile | None) -> str:
    """Return a further rdf:Description: the PDF Declarations of `profile`, else the extension schemas of its claims.

    Without a profile, return "".
    """
    if profile is None:
        return ""
    if profile.declarations:
        addresses = "\n".join(DECLARATION.format(address=address) for address in profile.declarations)
        return DECLARATIONS.format(addresses=addresses)
    schemas = "\n".join(EXTENSION_SCHEMA.format(**extension) for extension in EXTENSIONS)
    return EXTENSION_SCHEMAS.format(schemas=schemas)

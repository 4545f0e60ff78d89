"""What a PDF says of itself: title, language, author, dates, identifier, standards; the same in Info and in XMP."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import msgspec

from readout_pub.emit.markup import document_title
from readout_pub.emit.pdf.profiles import Profile
from readout_pub.emit.timestamps import timestamp
from readout_pub.model import display_series
from readout_pub.source_credit import credit_line

if TYPE_CHECKING:
    from readout_pub.model import Readout

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
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
{properties}
</rdf:Description>
{more}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

UA_SCHEMA = """\
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""PDF/A up to part 3 wants every property explained that it does not know, as is that of PDF/UA."""

DECLARATIONS = """\
<rdf:Description rdf:about="" xmlns:pdfd="http://pdfa.org/declarations/">
<pdfd:declarations><rdf:Bag>
{addresses}
</rdf:Bag></pdfd:declarations>
</rdf:Description>"""

DECLARATION = '<rdf:li rdf:parseType="Resource"><pdfd:conformsTo>{address}</pdfd:conformsTo></rdf:li>'

FORMS = {
    # how XMP wants a property to be written: {} is the value
    "one": "<{name}>{value}</{name}>",
    "words": '<{name}><rdf:Alt><rdf:li xml:lang="x-default">{value}</rdf:li></rdf:Alt></{name}>',
    "set": "<{name}><rdf:Bag><rdf:li>{value}</rdf:li></rdf:Bag></{name}>",
    "row": "<{name}><rdf:Seq><rdf:li>{value}</rdf:li></rdf:Seq></{name}>",
}


class DocumentInfo(msgspec.Struct, frozen=True):
    """The facts of one PDF. `timestamp` is W3CDTF in UTC, `identifier` 16 bytes that change with the text alone."""

    title: str
    language: str
    identifier: bytes
    author: str | None = None
    subject: str | None = None
    publisher: str | None = None
    source: str | None = None
    rights: str | None = None
    issued: str | None = None
    timestamp: str | None = None


def document_info(readout: Readout, page: str) -> DocumentInfo:
    """Gather the facts of the PDF of `readout`, whose text and photos `page` holds or names."""
    origin = readout.origin
    when = timestamp(readout)
    return DocumentInfo(
        title=document_title(readout),
        language=readout.language,
        identifier=hashlib.sha256(page.encode()).digest()[:16],
        author=readout.byline or origin.publisher,
        subject=display_series(readout),
        publisher=origin.publisher,
        source=origin.url,
        rights=credit_line(origin) or (origin.licence.name if origin.licence else None),
        issued=readout.issued.isoformat() if readout.issued else None,
        timestamp=when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else None,
    )


def information(facts: DocumentInfo) -> dict[str, Any]:
    """Return the arguments of WeasyPrint's DocumentMetadata, from which it writes Info and the language."""
    return {
        "title": facts.title,
        "lang": facts.language,
        "authors": [facts.author] if facts.author else [],
        "description": facts.subject,
        "generator": CREATOR,
        "created": facts.timestamp,
        "modified": facts.timestamp,
    }


def xmp(facts: DocumentInfo, producer: str, profile: Profile | None) -> bytes:
    """Write the XMP packet; it claims what `profile` does, or nothing."""
    claims = [(name, "one", value) for name, value in profile.claims.items()] if profile else []
    properties = [
        *claims,
        ("dc:title", "words", facts.title),
        ("dc:language", "set", facts.language),
        ("dc:creator", "row", facts.author),
        ("dc:description", "words", facts.subject),
        ("dc:publisher", "set", facts.publisher),
        ("dc:source", "one", facts.source),
        ("dc:rights", "words", facts.rights),
        ("dc:date", "row", facts.issued),
        ("xmp:CreatorTool", "one", CREATOR),
        ("xmp:CreateDate", "one", facts.timestamp),
        ("xmp:ModifyDate", "one", facts.timestamp),
        ("xmp:MetadataDate", "one", facts.timestamp),
        ("pdf:Producer", "one", producer),
    ]
    lines = (FORMS[form].format(name=name, value=escape(value)) for name, form, value in properties if value)
    return XMP.format(properties="\n".join(lines), more=_more(profile)).encode()


def _more(profile: Profile | None) -> str:
    """Explain or declare what the claims of `profile` need besides."""
    if profile is None:
        return ""
    if profile.declarations:
        addresses = "\n".join(DECLARATION.format(address=address) for address in profile.declarations)
        return DECLARATIONS.format(addresses=addresses)
    return UA_SCHEMA

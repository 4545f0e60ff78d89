"""Adds what pandoc leaves out of DOCX and ODT packages.

language of a passage   also as Asian or complex-script language: office programs read only the one for the script
decorative photos       marked as decorative; otherwise screen readers announce them and checkers ask for a text
row header columns      `firstColumn` of the table
page numbers            in a DOCX footer; in ODT they are part of the styles
numbering of lists      in ODT, see `odt_lists`
source record           declared, since office programs refuse a package with a file of an unknown type
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from readout_pub.emit.markup.inlines import attributes
from readout_pub.emit.pandoc.odt_lists import number_lists
from readout_pub.seal import RECORD_MEMBERS
from readout_pub.text_direction import language_direction

ASIAN_LANGUAGES = frozenset({"ja", "ko", "zh"})
"""Languages that office programs treat as Asian; they treat right-to-left languages as complex."""

HEADING_COLUMN = "TableHeadingColumn"
"""The DOCX style of tables whose first column contains row headers."""

RECORD_TYPE = "application/ld+json"

FOOTER = "word/footer1.xml"

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)

_PAGE_NUMBER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>'
    '<w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>'
    '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    "</w:p></w:ftr>"
)

_FOOTER_TYPE = "vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_FOOTER_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"


_TABLE_LOOK = re.compile(rf'(<w:tblStyle w:val="{HEADING_COLUMN}" ?/>.*?)w:firstColumn="0"(.*?)w:val="([0-9A-F]{{4}})"')
_FIRST_COLUMN = 0x0080
"""The bit in `w:tblLook/@w:val` for a special first column; Word reads it in addition to `w:firstColumn`."""


def fix_package(data: bytes, writer: str, tree: object) -> bytes:
    """Return the package `data`, which pandoc's `writer` ("docx" or "odt") made of `tree`, with all additions."""
    fixes = PART_FIXES[writer]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            part = before.read(entry)
            if fix := fixes.get(entry.filename):
                part = fix(part.decode()).encode()
            if (writer, entry.filename) == ("odt", "content.xml"):
                part = number_lists(part.decode(), tree).encode()
            after.writestr(entry, part)
        if writer == "docx":
            footer = zipfile.ZipInfo(FOOTER, before.infolist()[0].date_time)
            after.writestr(footer, _PAGE_NUMBER, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _fix_docx_document(text: str) -> str:
    text = re.sub(r'<w:lang w:val="([^"]+)" ?/>', lambda match: f"<w:lang{_docx_language(match[1])}/>", text)
    text = re.sub(r'(<wp:docPr descr=""[^<>]*?) ?/>', rf"\1>{_DECORATIVE}</wp:docPr>", text)
    return _TABLE_LOOK.sub(_with_first_column, text)


def _with_first_column(found: re.Match[str]) -> str:
    look = f"{int(found[3], 16) | _FIRST_COLUMN:04X}"
    return f'{found[1]}w:firstColumn="1"{found[2]}w:val="{look}"'


def _docx_language(tag: str) -> str:
    """Return the attributes of `w:lang`: Word has one each for Latin, East Asian and right-to-left scripts."""
    asian, complex_ = _script_kinds(tag)
    return "".join(
        f' w:{name}="{tag}"' for name, applies in (("val", True), ("eastAsia", asian), ("bidi", complex_)) if applies
    )


def _fix_odt_content(text: str) -> str:
    styles, body, content = text.partition("<office:body")
    styles = re.sub(r'fo:language="([^"]+)"', lambda found: f"{found[0]}{_odt_language(found[1])}", styles)
    return styles + body + content


def _odt_language(tag: str) -> str:
    kinds = zip(("asian", "complex"), _script_kinds(tag), strict=True)
    return "".join(f' style:language-{kind}="{tag}" style:country-{kind}="none"' for kind, applies in kinds if applies)


def _script_kinds(tag: str) -> tuple[bool, bool]:
    """Return whether office programs treat a language as Asian, and whether as complex."""
    return tag.lower().split("-")[0] in ASIAN_LANGUAGES, language_direction(tag) == "rtl"


def _add_types(text: str) -> str:
    override = f"<Override{attributes(PartName=f'/{FOOTER}', ContentType=f'application/{_FOOTER_TYPE}')}/>"
    record = f"<Default{attributes(Extension='json', ContentType=RECORD_TYPE)}/>"
    return text.replace("<Default ", f"{record}<Default ", 1).replace("</Types>", f"{override}</Types>")


def _add_footer_relationship(text: str) -> str:
    relation = f"<Relationship{attributes(Id='footer', Type=_FOOTER_RELATION, Target='footer1.xml')}/>"
    return text.replace("</Relationships>", f"{relation}</Relationships>")


def _add_record_entry(text: str) -> str:
    entry = f'<manifest:file-entry manifest:media-type="{RECORD_TYPE}" manifest:full-path="{RECORD_MEMBERS["odt"]}" />'
    return text.replace("</manifest:manifest>", f"{entry}\n</manifest:manifest>")


PART_FIXES: dict[str, dict[str, Callable[[str], str]]] = {
    "docx": {
        "word/document.xml": _fix_docx_document,
        "word/_rels/document.xml.rels": _add_footer_relationship,
        "[Content_Types].xml": _add_types,
    },
    "odt": {"content.xml": _fix_odt_content, "META-INF/manifest.xml": _add_record_entry},
}
"""Writer → path of a package part → the function that returns the changed part."""

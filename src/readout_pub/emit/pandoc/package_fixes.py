"""What readers need of a DOCX or ODT file and pandoc does not write, put into the finished package.

the language of a passage      by the script that it is in: an office program asks for no other
a decorative photo             marked as one, so that nobody is told of it or asked for its text
a column of headers            said of the table
the number of each page        as the footer of DOCX; that of ODT comes with its styles
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from readout_pub.emit.markup.inlines import attributes
from readout_pub.text_direction import language_direction

ASIAN_LANGUAGES = frozenset({"ja", "ko", "zh"})
"""Languages that office programs count as Asian; those written from right to left they count as complex."""

HEADING_COLUMN = "TableHeadingColumn"
"""The style of a table of DOCX whose first column heads its rows."""

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


_HEADED = re.compile(rf'(<w:tblStyle w:val="{HEADING_COLUMN}" ?/>.*?)w:firstColumn="0"(.*?)w:val="([0-9A-F]{{4}})"')
_FIRST_COLUMN = 0x0080
"""Where Word is told that the first column is one of headers, and how, besides the attribute of that name."""


def fix_package(data: bytes, writer: str) -> bytes:
    """Return the package `data`, which `writer` ("docx" or "odt") made, with what it lacks."""
    changes = PART_FIXES[writer]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            part = before.read(entry)
            if change := changes.get(entry.filename):
                part = change(part.decode()).encode()
            after.writestr(entry, part)
        if writer == "docx":
            footer = zipfile.ZipInfo(FOOTER, before.infolist()[0].date_time)
            after.writestr(footer, _PAGE_NUMBER, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _docx_document(text: str) -> str:
    text = re.sub(r'<w:lang w:val="([^"]+)" ?/>', lambda found: f"<w:lang{_docx_language(found[1])}/>", text)
    text = re.sub(r'(<wp:docPr descr=""[^>]*?) ?/>', rf"\1>{_DECORATIVE}</wp:docPr>", text)
    return _HEADED.sub(_with_first_column, text)


def _with_first_column(found: re.Match[str]) -> str:
    look = f"{int(found[3], 16) | _FIRST_COLUMN:04X}"
    return f'{found[1]}w:firstColumn="1"{found[2]}w:val="{look}"'


def _docx_language(tag: str) -> str:
    """Say the language for each of the three kinds of script that Word tells apart, as far as it is written in them."""
    asian, complex_ = _kinds(tag)
    return "".join(
        f' w:{name}="{tag}"' for name, said in (("val", True), ("eastAsia", asian), ("bidi", complex_)) if said
    )


def _odt_content(text: str) -> str:
    return re.sub(
        r'fo:language="([^"]+)"',
        lambda found: f"{found[0]}{_odt_language(found[1])}",
        text.partition("<office:body")[0],
    ) + "".join(text.partition("<office:body")[1:])


def _odt_language(tag: str) -> str:
    kinds = zip(("asian", "complex"), _kinds(tag), strict=True)
    return "".join(f' style:language-{kind}="{tag}" style:country-{kind}="none"' for kind, said in kinds if said)


def _kinds(tag: str) -> tuple[bool, bool]:
    """Say whether a language is Asian or complex in the eyes of office programs."""
    return tag.lower().split("-")[0] in ASIAN_LANGUAGES, language_direction(tag) == "rtl"


def _content_types(text: str) -> str:
    override = f"<Override{attributes(PartName=f'/{FOOTER}', ContentType=f'application/{_FOOTER_TYPE}')}/>"
    return text.replace("</Types>", f"{override}</Types>")


def _relationships(text: str) -> str:
    relation = f"<Relationship{attributes(Id='footer', Type=_FOOTER_RELATION, Target='footer1.xml')}/>"
    return text.replace("</Relationships>", f"{relation}</Relationships>")


PART_FIXES: dict[str, dict[str, Callable[[str], str]]] = {
    "docx": {
        "word/document.xml": _docx_document,
        "word/_rels/document.xml.rels": _relationships,
        "[Content_Types].xml": _content_types,
    },
    "odt": {"content.xml": _odt_content},
}
"""Writer → the parts of its packages that are changed, and how."""

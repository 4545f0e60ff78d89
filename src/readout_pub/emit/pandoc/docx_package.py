"""Adds what pandoc leaves out of DOCX packages.

language of a passage   repeated in the attribute that Word reads for Asian or complex scripts
decorative photos       marked as decorative; otherwise screen readers announce them and checkers ask for a text
distances of photos     set to 0: LibreOffice would assume 3 mm at each side, and move a wide photo into the margin
lists                   our bullets and indents; a label such as "(1)" hangs in the indent, without a bullet
tables                  row header columns; a row stays on one page, and so does a small table
sections                the page size and margins of the last section; wide tables in landscape
settings                the layout of Word 2013 and later
running head, footer    title, and publisher or date, from the second page on; page numbers, status of a draft
source record           the media type of record.json
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import pairwise

import msgspec
from lxml import etree

from readout_pub.emit.markup.inlines import escape
from readout_pub.emit.pandoc.nodes import DENSE_TABLE, HEADING_COLUMN, LABEL_STYLE
from readout_pub.emit.pandoc.numbering import BULLETS
from readout_pub.emit.pandoc.office_scripts import script_kinds
from readout_pub.emit.pandoc.office_tokens import OfficeTokens
from readout_pub.emit.pandoc.package_xml import parse_xml
from readout_pub.emit.pandoc.tables import SMALL_TABLE
from readout_pub.emit.pandoc.text_width import running_head
from readout_pub.seal import RECORD_TYPE

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_WORD}}}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_DOCUMENT, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_SETTINGS = "word/settings.xml"
_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"

_LABELS = "900"
"""The id of the list whose items begin with a label. Pandoc's own lists have ids from 990 on."""

_PANDOC_BULLETS = "991"
_CONTINUATION = "1000"
"""The id of pandoc's list for all paragraphs of an item except the first."""

_MARKERS = {
    "bullet": '<w:numFmt w:val="bullet"/><w:lvlText w:val="{bullet}"/>',
    "label": '<w:numFmt w:val="none"/><w:suff w:val="nothing"/><w:lvlText w:val=""/>',
}
"""Kind of list → the marker of its items; a label is text and needs no marker."""

_LEVEL = (
    '<w:lvl xmlns:w="{namespace}" w:ilvl="{level}">{marker}<w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
)

_LEVELS = 9
"""How many levels a list has (ISO/IEC 29500-1, 17.9.6)."""

_FIRST_COLUMN = 0x0080
"""The bit in `w:tblLook/@w:val` for a special first column; Word reads it in addition to `w:firstColumn`."""

_COMPATIBILITY = (
    b'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    b' w:val="15"/></w:compat>'
)
"""The layout of Word 2013. Without it, Word shows "Compatibility Mode" and lays out pages as in 2007."""

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)

_PAGE_NUMBER = (
    '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    '<w:r><w:t xml:space="preserve"> / </w:t></w:r>'
    '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
)
_MARGIN_PART = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<w:{tag} xmlns:w="{namespace}"><w:p>{style}{content}</w:p></w:{tag}>'
)

_HEADER, _LANDSCAPE_HEADER, _FOOTER = "header", "header-landscape", "footer"
"""The ids of the headers and the footer; docx.template.xml refers to `_HEADER` and `_FOOTER`."""


class _Margin(msgspec.Struct, frozen=True):
    """A header or footer: its id, kind of relation, file, root element, and the style of its paragraph."""

    id: str
    kind: str
    file: str
    tag: str
    style: str


_MARGINS = (
    _Margin(_HEADER, "header", "header1.xml", "hdr", "Header"),
    _Margin(_LANDSCAPE_HEADER, "header", "header2.xml", "hdr", "LandscapeHeader"),
    _Margin(_FOOTER, "footer", "footer1.xml", "ftr", "Footer"),
)
"""On landscape pages, the line of the header is longer, and its tab stop is further right."""


_RULE_STYLE = "HorizontalRule"
"""The style of the empty paragraphs that stand for rules."""

_TEXT_STYLES = frozenset({None, "BodyText", "FirstParagraph", "LastParagraph", "Compact"})
"""Styles of paragraphs without space before them; None stands for no style."""


def fix_docx(parts: dict[str, bytes], _: object, tokens: OfficeTokens, foot: str | None) -> None:
    """Change the parts (name → bytes) of a DOCX package that pandoc wrote, and add header and footer.

    `foot` is the text beside the page number.
    """
    indent = tokens.points("--indent")
    document, numbering, styles = (parse_xml(parts[name]) for name in (_DOCUMENT, _NUMBERING, _STYLES))
    _declare_scripts(document)
    _declare_scripts(styles)
    _complete_photos(document)
    _replace_rules(document)
    _set_labels(document)
    _indent_continuations(document, indent)
    _replace_lists(numbering, indent)
    right_to_left = next(document.iter(f"{_W}p")).find(f"{_W}pPr/{_W}bidi") is not None
    _turn_quotations(document, right_to_left=right_to_left)
    _complete_tables(document, right_to_left=right_to_left)
    _set_space_below_tables(document, tokens.points("--space"))
    has_landscape = _complete_sections(document, tokens.points("--margin-wide"))
    title, publisher, date = (_text_of(document, style) for style in ("Title", "Publisher", "Date"))
    title, side = running_head(title, publisher or date, tokens.points("--measure") / tokens.points("--size-running"))
    head = f"{_run(title)}<w:r><w:tab/></w:r>{_run(side)}"
    contents = {"hdr": head, "ftr": _PAGE_NUMBER + (_run(f" · {foot}") if foot else "")}
    margins = [margin for margin in _MARGINS if has_landscape or margin.id != _LANDSCAPE_HEADER]
    for margin in margins:
        parts[f"word/{margin.file}"] = _margin_part(margin, contents[margin.tag], right_to_left=right_to_left)
    parts[_DOCUMENT], parts[_NUMBERING], parts[_STYLES] = _bytes(document), _bytes(numbering), _bytes(styles)
    parts[_SETTINGS] = parts[_SETTINGS].replace(b"<w:rsids>", _COMPATIBILITY + b"<w:rsids>", 1)
    parts[_RELATIONS] = _with_margins(parts[_RELATIONS], margins)
    parts[_TYPES] = _with_types(parts[_TYPES], margins)


# --- the document


def _declare_scripts(part: etree._Element) -> None:
    for language in part.iter(f"{_W}lang"):
        tag = language.get(f"{_W}val") or ""
        for name, applies in zip(("eastAsia", "bidi"), script_kinds(tag), strict=True):
            if applies:
                language.set(f"{_W}{name}", tag)


def _complete_photos(document: etree._Element) -> None:
    for photo in document.iter(f"{_DRAWING}inline"):
        for side in "TBLR":
            photo.set(f"dist{side}", "0")
        properties = photo.find(f"{_DRAWING}docPr")
        if properties is not None and not properties.get("descr"):
            properties.append(etree.fromstring(_DECORATIVE))


def _replace_rules(document: etree._Element) -> None:
    """Replace pandoc's drawing for a horizontal rule by a border: a drawing would need a description."""
    for drawing in [*document.iter(f"{_W}pict")]:
        paragraph = next(drawing.iterancestors(f"{_W}p"))
        for run in paragraph.findall(f"{_W}r"):
            paragraph.remove(run)
        if paragraph.find(f"{_W}pPr") is None:
            paragraph.insert(0, paragraph.makeelement(f"{_W}pPr"))
        style = paragraph.makeelement(f"{_W}pStyle", {f"{_W}val": _RULE_STYLE})
        properties = _child(paragraph, "pPr")
        properties[:] = [style, *(each for each in properties if each.tag != style.tag)]


def _set_labels(document: etree._Element) -> None:
    """Move paragraphs that start with a label to the list whose items have no bullets."""
    for paragraph in document.iter(f"{_W}p"):
        number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        style = paragraph.find(f"{_W}r/{_W}rPr/{_W}rStyle")
        if number is not None and style is not None and style.get(f"{_W}val") == LABEL_STYLE:
            number.set(f"{_W}val", _LABELS)


def _indent_continuations(document: etree._Element, indent: float) -> None:
    """Indent the later paragraphs of an item; take them out of the list: screen readers would count them as items."""
    for properties in document.iter(f"{_W}pPr"):
        item = properties.find(f"{_W}numPr")
        if item is not None and _value(item, "numId") == _CONTINUATION:
            properties.remove(item)
            left = _twips(indent * (int(_value(item, "ilvl") or 0) + 1))
            _insert(properties, etree.Element(f"{_W}ind", {f"{_W}left": left}))


def _turn_quotations(document: etree._Element, *, right_to_left: bool) -> None:
    """If a quotation runs in the other direction than the document, move its bar to the other side."""
    for paragraph in document.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        is_turned = (paragraph.find(f"{_W}pPr/{_W}bidi") is not None) != right_to_left
        if style is not None and style.get(f"{_W}val") == "BlockText" and is_turned:
            style.set(f"{_W}val", "TurnedBlockText")


def _complete_tables(document: etree._Element, *, right_to_left: bool) -> None:
    for table in document.iter(f"{_W}tbl"):
        properties = table.find(f"{_W}tblPr")
        is_dense = properties is not None and (_value(properties, "tblStyle") or "").startswith(DENSE_TABLE)
        if properties is not None:
            _mark_heading_column(properties)
            if right_to_left:
                properties.insert(1, etree.Element(f"{_W}bidiVisual"))  # after the style
            # Without a fixed layout, Word widens a column whose words are wider than we estimate.
            for layout in properties.findall(f"{_W}tblLayout"):
                properties.remove(layout)
        rows = table.findall(f"{_W}tr")
        for row in rows:
            about = row.find(f"{_W}trPr")
            if about is None:
                about = etree.Element(f"{_W}trPr")
                row.insert(0, about)
            about.insert(0, etree.Element(f"{_W}cantSplit"))
        for row in rows[:-1] if len(rows) <= SMALL_TABLE else ():
            for paragraph in row.iter(f"{_W}pPr"):
                _insert(paragraph, etree.Element(f"{_W}keepNext"))
        for style in table.iter(f"{_W}pStyle"):
            if style.get(f"{_W}val") == "Compact":
                style.set(f"{_W}val", "DenseTableText" if is_dense else "TableText")


def _set_space_below_tables(document: etree._Element, space: float) -> None:
    for table in document.iter(f"{_W}tbl"):
        below = table.getnext()
        if below is not None and below.tag == f"{_W}p" and _style(below) in _TEXT_STYLES:
            properties = below.find(f"{_W}pPr")
            if properties is None:
                properties = etree.Element(f"{_W}pPr")
                below.insert(0, properties)
            _insert(properties, etree.Element(f"{_W}spacing", {f"{_W}before": _twips(space)}))


def _mark_heading_column(properties: etree._Element) -> None:
    style, look = properties.find(f"{_W}tblStyle"), properties.find(f"{_W}tblLook")
    name = "" if style is None else style.get(f"{_W}val") or ""
    if style is not None and look is not None and name.endswith(HEADING_COLUMN):
        style.set(f"{_W}val", name.removesuffix(HEADING_COLUMN) or "Table")
        look.set(f"{_W}firstColumn", "1")
        look.set(f"{_W}val", f"{int(look.get(f'{_W}val') or '0', 16) | _FIRST_COLUMN:04X}")


def _complete_sections(document: etree._Element, wide_margin: float) -> bool:
    """Complete the sections of a document, and return whether some are in landscape.

    The header and footer of the last section move to the first, from which Word takes them for all sections. Landscape
    sections have a header of their own.
    """
    (*sections, last) = document.iter(f"{_W}sectPr")
    if not sections:
        return False
    turned = {section for section in sections if section.find(f"{_W}pgSz") is not None}
    for section in sections:
        for child in last.iter(f"{_W}pgSz", f"{_W}pgMar"):
            _insert(section, copy.deepcopy(child))
        if section in turned:
            _turn(section, wide_margin)
    for child in (
        *last.findall(f"{_W}headerReference"),
        *last.findall(f"{_W}footerReference"),
        *last.findall(f"{_W}titlePg"),
    ):
        _insert(sections[0], child)
    if sections[0] in turned:
        _child(sections[0], "headerReference").set(f"{{{_RELATION}}}id", _LANDSCAPE_HEADER)
    for before, section in pairwise((*sections, last)):
        on_new_page = before in turned or section in turned
        kind = "nextPage" if on_new_page else "continuous"
        _insert(section, etree.Element(f"{_W}type", {f"{_W}val": kind}))
        # A section without a header has the header of the section before it.
        if (before in turned) != (section in turned):
            header = _LANDSCAPE_HEADER if section in turned else _HEADER
            values = {f"{_W}type": "default", f"{{{_RELATION}}}id": header}
            _insert(section, etree.Element(f"{_W}headerReference", values))
    for section in sections:
        _move_to_paragraph_above(section)
    return bool(turned)


def _turn(section: etree._Element, wide_margin: float) -> None:
    size, margins = _child(section, "pgSz"), _child(section, "pgMar")
    width, height = size.attrib[f"{_W}h"], size.attrib[f"{_W}w"]
    size.attrib.update({f"{_W}w": width, f"{_W}h": height, f"{_W}orient": "landscape"})
    margins.attrib.update({f"{_W}left": _twips(wide_margin), f"{_W}right": _twips(wide_margin)})


def _move_to_paragraph_above(section: etree._Element) -> None:
    """Move the properties of a section from the empty paragraph that ends it into its last paragraph.

    Headings at the end of the section move to the text below them. After a table, the properties stay where they are. A
    section in which nothing is left is removed.
    """
    empty = next(section.iterancestors(f"{_W}p"))
    while (above := empty.getprevious()) is not None and (_style(above) or "").startswith("Heading"):
        above.addprevious(empty)
    parent = empty.getparent()
    if above is None or above.tag != f"{_W}p" or parent is None:
        return
    if above.find(f"{_W}pPr/{_W}sectPr") is not None:
        parent.remove(empty)
        return
    properties = above.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        above.insert(0, properties)
    properties.append(section)
    parent.remove(empty)


# --- lists


def _replace_lists(numbering: etree._Element, indent: float) -> None:
    """Replace bullets and indents of pandoc's lists by ours, and add the list whose items begin with a label."""
    for definition in numbering.iter(f"{_W}abstractNum"):
        bulleted = definition.get(f"{_W}abstractNumId") == _PANDOC_BULLETS
        for number, level in enumerate(definition.findall(f"{_W}lvl")):
            ours = _level(number, "bullet" if bulleted else "label", indent)
            if bulleted:
                definition.replace(level, ours)
            else:
                level.replace(_child(level, "pPr"), _child(ours, "pPr"))
    labels = etree.Element(f"{_W}abstractNum", {f"{_W}abstractNumId": _LABELS})
    etree.SubElement(labels, f"{_W}multiLevelType", {f"{_W}val": "multilevel"})
    labels.extend(_level(number, "label", indent) for number in range(_LEVELS))
    numbering.insert(0, labels)
    concrete = etree.SubElement(numbering, f"{_W}num", {f"{_W}numId": _LABELS})
    etree.SubElement(concrete, f"{_W}abstractNumId", {f"{_W}val": _LABELS})


def _level(number: int, kind: str, indent: float) -> etree._Element:
    """Return a level of a list. A bullet begins half an indent to the left of the text, a label a whole indent."""
    return etree.fromstring(
        _LEVEL.format(
            namespace=_WORD,
            level=number,
            marker=_MARKERS[kind].format(bullet=BULLETS[number % len(BULLETS)]),
            left=_twips(indent * (number + 1)),
            hanging=_twips(indent / 2 if kind == "bullet" else indent),
        )
    )


def _twips(points: float) -> str:
    return str(round(points * 20))


# --- header, footer and package


def _margin_part(margin: _Margin, content: str, *, right_to_left: bool) -> bytes:
    direction = "<w:bidi/>" if right_to_left else ""
    properties = f'<w:pPr><w:pStyle w:val="{margin.style}"/>{direction}</w:pPr>'
    return _MARGIN_PART.format(tag=margin.tag, namespace=_WORD, style=properties, content=content).encode()


def _text_of(document: etree._Element, style: str) -> str:
    """Return the text of the first paragraph with `style`; "" if there is none."""
    for paragraph in document.iterfind(f"{_W}body/{_W}p"):
        if _style(paragraph) == style:
            return " ".join("".join(text.text or "" for text in paragraph.iter(f"{_W}t")).split())
    return ""


def _style(paragraph: etree._Element) -> str | None:
    properties = paragraph.find(f"{_W}pPr")
    return None if properties is None else _value(properties, "pStyle")


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _with_margins(relations: bytes, margins: Sequence[_Margin]) -> bytes:
    root = parse_xml(relations)
    for margin in margins:
        values = {"Id": margin.id, "Type": f"{_RELATION}/{margin.kind}", "Target": margin.file}
        etree.SubElement(root, f"{{{_PACKAGE}/relationships}}Relationship", values)
    return _bytes(root)


def _with_types(types: bytes, margins: Sequence[_Margin]) -> bytes:
    root = parse_xml(types)
    root.insert(0, etree.Element(f"{{{_PACKAGE}/content-types}}Default", Extension="json", ContentType=RECORD_TYPE))
    for margin in margins:
        values = {"PartName": f"/word/{margin.file}", "ContentType": f"{_WORD_TYPE}.{margin.kind}+xml"}
        etree.SubElement(root, f"{{{_PACKAGE}/content-types}}Override", values)
    return _bytes(root)


# --- XML


_ORDER = (
    *("pStyle", "keepNext", "keepLines", "numPr", "pBdr", "tabs", "bidi", "spacing", "ind", "jc", "rPr", "sectPr"),
    *("headerReference", "footerReference", "type", "pgSz", "pgMar", "cols", "titlePg"),
)
"""The children of `w:pPr` and of `w:sectPr` in our files, in the order of the schema (ISO/IEC 29500-1, annex A)."""


def _insert(parent: etree._Element, child: etree._Element) -> None:
    """Insert `child` in the order of the schema. A child without an `r:id` replaces children of the same name."""
    if child.get(f"{{{_RELATION}}}id") is None:
        for same in parent.findall(child.tag):
            parent.remove(same)
    parent.append(child)
    parent[:] = sorted(parent, key=lambda each: _ORDER.index(etree.QName(each).localname))


def _child(parent: etree._Element, name: str) -> etree._Element:
    (found,) = parent.findall(f"{_W}{name}")
    return found


def _value(parent: etree._Element, name: str) -> str | None:
    """Return `w:val` of the child `name`; None if there is no such child."""
    found = parent.find(f"{_W}{name}")
    return None if found is None else found.get(f"{_W}val")


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

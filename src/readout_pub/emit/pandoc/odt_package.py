"""Adds what pandoc leaves out of ODT packages.

language of a passage   repeated in the attributes for Asian or complex scripts, if the language has such a script
direction of a passage  see `odt_directions.py`
tables                  a line below each row, a thicker one below the head; landscape pages for wide tables
running head, footer    title, and publisher or date, from the second page on; status of a draft
numbering of lists      see `odt_lists.py`
source record           declared in the manifest
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readout_pub.emit.markup.inlines import escape
from readout_pub.emit.pandoc.odt_directions import set_directions
from readout_pub.emit.pandoc.odt_lists import number_lists
from readout_pub.emit.pandoc.odt_pages import turn_pages
from readout_pub.emit.pandoc.office_scripts import script_kinds
from readout_pub.emit.pandoc.office_tokens import OfficeTokens
from readout_pub.emit.pandoc.package_xml import parse_xml
from readout_pub.emit.pandoc.tables import SMALL_TABLE
from readout_pub.emit.pandoc.text_width import running_head
from readout_pub.opendocument import TABLE, TEXT
from readout_pub.seal import RECORD_MEMBERS, RECORD_TYPE

if TYPE_CHECKING:
    from lxml import etree

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"

_RULES = {
    "TableHeaderRowCell": 'fo:border="none" fo:border-bottom="1.5pt solid as(--ink)"',
    "TableRowCell": 'fo:border="none" fo:border-bottom="0.75pt solid as(--line)"',
}
"""Style of cells → its borders, with tokens, as in document.css."""

_TABLE_STYLE = re.compile(r'(<style:style style:name="([^"]*)" style:family="table">\s*)<style:table-properties')


def fix_odt(parts: dict[str, bytes], tree: object, tokens: OfficeTokens, foot: str | None) -> None:
    """Change the parts (name → bytes) of an ODT package that pandoc made of the syntax tree `tree`.

    `foot` is the text beside the page number.
    """
    content = _rule_tables(_declare_scripts(parts[_CONTENT].decode()), tokens)
    content = _set_tables(content, parse_xml(content.encode()), tokens)
    content = number_lists(content, tree, tokens.points("--indent"))
    parts[_CONTENT] = set_directions(turn_pages(content.encode()), tokens)
    line = tokens.points("--measure") / tokens.points("--size-running")
    styles = _with_running_head(parts[_STYLES].decode(), parse_xml(parts[_CONTENT]), line)
    parts[_STYLES] = styles.replace("{foot}", escape(f" · {foot}") if foot else "").encode()
    parts[_MANIFEST] = _add_record_entry(parts[_MANIFEST].decode()).encode()


def _declare_scripts(text: str) -> str:
    styles, body, content = text.partition("<office:body")
    styles = re.sub(r'fo:language="([^"]+)"', lambda found: f"{found[0]}{_language(found[1])}", styles)
    return styles + body + content


def _rule_tables(content: str, tokens: OfficeTokens) -> str:
    """Return `content` with `_RULES` in the styles of table cells, which pandoc writes without borders."""
    for name, rule in _RULES.items():
        start = f'<style:style style:name="{name}" style:family="table-cell">'
        before, found, after = content.partition(start)
        content = before + found + after.replace('fo:border="none"', tokens.substitute(rule), 1)
    return content


def _set_tables(content: str, root: etree._Element, tokens: OfficeTokens) -> str:
    """Return `content` with space below each table, and with each small table kept on one page."""
    rows = {table.get(f"{TABLE}name"): len([*table.iter(f"{TABLE}table-row")]) for table in root.iter(f"{TABLE}table")}

    def with_properties(style: re.Match[str]) -> str:
        unbroken = ' style:may-break-between-rows="false"' if rows.get(style[2], 0) <= SMALL_TABLE else ""
        return tokens.substitute(f'{style[1]}<style:table-properties fo:margin-bottom="pt(--space)"{unbroken}')

    return _TABLE_STYLE.sub(with_properties, content)


def _with_running_head(styles: str, content: etree._Element, line: float) -> str:
    """Return `styles` with the title in place of "{title}", and publisher or date in place of "{side}".

    `line` is the width of the text area, in em of the running head's font.
    """
    names = ({"Title", "First_Title", "Last_Title", "Only_Title"}, {"First_Publisher"}, {"Date", "Last_Date"})
    title, publisher, date = (_text_of(content, each) for each in names)
    title, side = running_head(title, publisher or date, line)
    return styles.replace("{title}", escape(title)).replace("{side}", escape(side))


def _text_of(content: etree._Element, styles: set[str]) -> str:
    """Return the text of the first paragraph with one of `styles`; "" if there is none."""
    for paragraph in content.iter(f"{TEXT}p"):
        if paragraph.get(f"{TEXT}style-name") in styles:
            return " ".join("".join(map(str, paragraph.itertext())).split())
    return ""


def _language(tag: str) -> str:
    kinds = zip(("asian", "complex"), script_kinds(tag), strict=True)
    return "".join(f' style:language-{kind}="{tag}" style:country-{kind}="none"' for kind, applies in kinds if applies)


def _add_record_entry(text: str) -> str:
    entry = f'<manifest:file-entry manifest:media-type="{RECORD_TYPE}" manifest:full-path="{RECORD_MEMBERS["odt"]}" />'
    return text.replace("</manifest:manifest>", f"{entry}\n</manifest:manifest>")

"""Adds what pandoc leaves out of DOCX and ODT packages; `docx_package.py` and `odt_package.py` say what.

Both modules declare the media type of the source record, a file that we add: office programs refuse a package with a
file of an unknown type.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from readout_pub.emit.pandoc.docx_package import fix_docx
from readout_pub.emit.pandoc.odt_package import fix_odt
from readout_pub.emit.pandoc.office_tokens import OfficeTokens
from readout_pub.emit.pandoc.package_xml import parse_xml
from readout_pub.emit.pandoc.page import TEMPLATE_FIELDS

_FIXES = {"docx": fix_docx, "odt": fix_odt}
"""Writer → the function that changes and adds parts (name → bytes) of the package that pandoc made of a syntax tree."""


_PROPERTIES = {"docx": "docProps/custom.xml", "odt": "meta.xml"}
"""Writer → the part with the properties of the file."""


def fix_package(data: bytes, writer: str, tree: object, tokens: OfficeTokens, foot: str | None) -> bytes:
    """Return the package `data` that `writer` ("docx" or "odt") of pandoc made of `tree`, with all additions.

    `tokens` are the design tokens of the theme; `foot` is what stands at the foot of each page, beside its number.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        entries = {entry.filename: entry for entry in before.infolist()}
        parts = {name: before.read(entry) for name, entry in entries.items()}
        _FIXES[writer](parts, tree, tokens, foot)
        parts[_PROPERTIES[writer]] = _without_template_fields(parts[_PROPERTIES[writer]])
        date = before.infolist()[0].date_time
        for name, part in parts.items():
            if name in entries:
                after.writestr(entries[name], part)
            else:
                after.writestr(zipfile.ZipInfo(name, date), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _without_template_fields(properties: bytes) -> bytes:
    """Return the properties of a file without the fields that are meant for our template only.

    Pandoc writes all metadata, these fields among them, into the properties.
    """
    root = parse_xml(properties)
    for parent in list(root.iter()):
        for each in list(parent):
            names = (value for key, value in each.items() if etree.QName(key).localname == "name")
            if not TEMPLATE_FIELDS.isdisjoint(names):
                parent.remove(each)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

"""Adds what pandoc leaves out of DOCX and ODT packages; `docx_package.py` and `odt_package.py` say what.

Both declare the source record, since office programs refuse a package with a file of an unknown type.
"""

from __future__ import annotations

import io
import zipfile

from readout_pub.emit.pandoc.docx_package import fix_docx
from readout_pub.emit.pandoc.odt_package import fix_odt
from readout_pub.emit.pandoc.office_tokens import OfficeTokens

_FIXES = {"docx": fix_docx, "odt": fix_odt}
"""Writer → the function that changes and adds parts (name → bytes) of a package, made of a syntax tree."""


def fix_package(data: bytes, writer: str, tree: object, tokens: OfficeTokens) -> bytes:
    """Return the package `data` that `writer` ("docx" or "odt") of pandoc made of `tree`, with all additions.

    `tokens` are those of the theme.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        entries = {entry.filename: entry for entry in before.infolist()}
        parts = {name: before.read(entry) for name, entry in entries.items()}
        _FIXES[writer](parts, tree, tokens)
        date = before.infolist()[0].date_time
        for name, part in parts.items():
            if name in entries:
                after.writestr(entries[name], part)
            else:
                after.writestr(zipfile.ZipInfo(name, date), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()

"""Adds what pandoc leaves out of ODT packages.

language of a passage   also as Asian or complex-script language: office programs read only the one for the script
numbering of lists      see `odt_lists.py`
source record           declared in the manifest
"""

from __future__ import annotations

import re

from readout_pub.emit.pandoc.odt_lists import number_lists
from readout_pub.emit.pandoc.office_languages import script_kinds
from readout_pub.seal import RECORD_MEMBERS, RECORD_TYPE

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"


def fix_odt(parts: dict[str, bytes], tree: object, indent: float) -> None:
    """Change the parts (name → bytes) of an ODT package that pandoc made of the syntax tree `tree`.

    `indent` is that of list items, in points.
    """
    parts[_CONTENT] = number_lists(_declare_scripts(parts[_CONTENT].decode()), tree, indent).encode()
    parts[_MANIFEST] = _add_record_entry(parts[_MANIFEST].decode()).encode()


def _declare_scripts(text: str) -> str:
    styles, body, content = text.partition("<office:body")
    styles = re.sub(r'fo:language="([^"]+)"', lambda found: f"{found[0]}{_language(found[1])}", styles)
    return styles + body + content


def _language(tag: str) -> str:
    kinds = zip(("asian", "complex"), script_kinds(tag), strict=True)
    return "".join(f' style:language-{kind}="{tag}" style:country-{kind}="none"' for kind, applies in kinds if applies)


def _add_record_entry(text: str) -> str:
    entry = f'<manifest:file-entry manifest:media-type="{RECORD_TYPE}" manifest:full-path="{RECORD_MEMBERS["odt"]}" />'
    return text.replace("</manifest:manifest>", f"{entry}\n</manifest:manifest>")

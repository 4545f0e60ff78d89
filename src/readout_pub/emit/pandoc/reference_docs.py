"""Reference documents and templates for DOCX and ODT: pandoc's own reference documents with our styles."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from readout_pub.emit.markup.inlines import escape
from readout_pub.emit.pandoc.office_tokens import OfficeTokens, office_tokens
from readout_pub.emit.pandoc.program import default_file
from readout_pub.emit.rendition import RenderOptions
from readout_pub.opendocument import OFFICE
from readout_pub.themes import styles_folder

if TYPE_CHECKING:
    from lxml.etree import _Element

OPTIONS = ("--template=template.xml", "--reference-doc=reference.zip")

STYLES = {"docx": "word/styles.xml", "odt": "styles.xml"}
"""Writer → the part of its reference document that contains the styles."""


def reference_files(
    writer: str, language: str, render_options: RenderOptions, photos: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the files (name → bytes) that pandoc needs for a document in `language` (BCP 47).

    They are the files named in `OPTIONS`, and the photos. The photos of ODT are inside the reference document,
    whose files pandoc copies to the output.
    """
    template, reference = _template_and_reference(writer, office_tokens(render_options, language))
    if writer == "odt":
        return {"template.xml": template, "reference.zip": _add_files(reference, photos)}
    return {"template.xml": template, "reference.zip": reference, **photos}


@lru_cache(maxsize=64)
def _template_and_reference(writer: str, tokens: OfficeTokens) -> tuple[bytes, bytes]:
    template, styles = (
        tokens.substitute((styles_folder() / "office" / f"{writer}.{name}.xml").read_text("utf-8")).encode()
        for name in ("template", "styles")
    )
    own = {"word/document.xml": template, "word/fontTable.xml": _font_table(tokens)} if writer == "docx" else {}
    return template, _with_styles(default_file(f"reference.{writer}"), writer, own, styles)


_FONT = (
    '<w:font w:name="{name}">{others}<w:charset w:val="{charset}"/><w:family w:val="{family}"/>'
    '<w:pitch w:val="variable"/></w:font>'
)

_CHARSETS = {"": "00", "-asian": "80", "-complex": "B2"}
"""Kind of script → the code of its character set (ISO/IEC 29500-1, 17.8.3.2): Latin, Japanese, Arabic."""


def _font_table(tokens: OfficeTokens) -> bytes:
    """Return the font table of DOCX, with the fonts that Word uses if the first one is not installed."""
    fonts: dict[str, str] = {}
    for role, family in (("--text", "roman"), ("--head", "swiss")):
        for kind, charset in _CHARSETS.items():
            name, *others = map(escape, tokens.families(role + kind))
            alternatives = f'<w:altName w:val="{",".join(others)}"/>' if others else ""
            fonts.setdefault(name, _FONT.format(name=name, others=alternatives, charset=charset, family=family))
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:fonts xmlns:w="{namespace}">{"".join(fonts.values())}</w:fonts>'.encode()


def _with_styles(reference: bytes, writer: str, parts: Mapping[str, bytes], styles: bytes) -> bytes:
    """Return the reference document with `parts` in place of its own, and `styles` added.

    The added styles replace those of the same name. `parts` of DOCX include `word/document.xml`: pandoc shrinks photos
    to the page width that it finds there.
    """
    from lxml import etree

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(reference)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = parts.get(name) or before.read(name)
            if name == STYLES[writer]:
                tree = etree.fromstring(data)
                _merge_styles(tree, etree.fromstring(styles))
                data = etree.tostring(tree, encoding="UTF-8", xml_declaration=True)
            after.writestr(zipfile.ZipInfo(name), data)  # a new ZipInfo has a fixed time, and pandoc copies it
    return out.getvalue()


def _add_files(package: bytes, files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _merge_styles(old: _Element, new: _Element) -> None:
    """Move the children of `new` to `old`; each replaces the child of the same key. Groups of ODT styles are merged."""
    existing = {_style_key(child): child for child in old}
    for child in list(new):
        same = existing.get(_style_key(child))
        if same is None:
            old.append(child)
        elif child.tag.startswith(OFFICE):
            _merge_styles(same, child)  # a group of ODT styles
        else:
            old.replace(same, child)


def _style_key(style: _Element) -> tuple[str, ...]:
    """Return what identifies a style: its element and its name, family and id."""
    names = ("name", "family", "styleId")
    return (str(style.tag), *(str(value) for key, value in style.attrib.items() if str(key).split("}")[-1] in names))

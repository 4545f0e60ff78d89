"""Reference documents and templates for DOCX and ODT: pandoc's own reference documents with our styles."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from readout_pub.emit.pandoc.package_fixes import ASIAN_LANGUAGES
from readout_pub.emit.pandoc.program import default_file
from readout_pub.styles import tokens
from readout_pub.text_direction import language_direction
from readout_pub.themes import styles_folder

if TYPE_CHECKING:
    from lxml.etree import _Element

OPTIONS = ("--template=template.xml", "--reference-doc=reference.zip")

STYLES = {"docx": "word/styles.xml", "odt": "styles.xml"}
"""Writer → the part of its reference document that contains the styles."""

_LENGTH = re.compile(r"([0-9.]+)(pt|mm|rem|)")
_UNITS_IN_POINTS = {"pt": 1.0, "mm": 72 / 25.4}

_TOKEN_USE = re.compile(r"\b(as|font|fonts|half|hex|pt|twips)\((--[\w-]+)\)")
"""A design token in a styles file, in the unit that is needed: "half(--size-print)" is the size in half points."""


def reference_files(writer: str, language: str, theme: str, photos: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files (name → bytes) that pandoc needs for a document in `language` (BCP 47) with `theme`.

    They are the files named in `OPTIONS`, and the photos. The photos of ODT are inside the reference document: pandoc
    copies its files to the output.
    """
    template, reference = _template_and_reference(writer, language, theme)
    if writer == "odt":
        return {"template.xml": template, "reference.zip": _add_files(reference, photos)}
    return {"template.xml": template, "reference.zip": reference, **photos}


@cache
def _template_and_reference(writer: str, language: str, theme: str) -> tuple[bytes, bytes]:
    folder = styles_folder() / "office"
    values = tokens(theme) | _language_tokens(language)
    template = _substitute_tokens((folder / f"{writer}.template.xml").read_text("utf-8"), values).encode()
    styles = _substitute_tokens((folder / f"{writer}.styles.xml").read_text("utf-8"), values)
    return template, _with_styles(default_file(f"reference.{writer}"), writer, template, styles.encode())


def _language_tokens(language: str) -> dict[str, str]:
    """Return the design tokens that ODT styles take from the language; the tag "zxx" means no language."""
    primary = language.lower().split("-")[0]
    is_rtl = language_direction(language) == "rtl"
    return {
        "--asian": primary if primary in ASIAN_LANGUAGES else "zxx",
        "--complex": primary if is_rtl else "zxx",
        "--direction": "rl-tb" if is_rtl else "lr-tb",
        "--aligned": "right" if is_rtl else "left",  # LibreOffice Writer takes "start" as left in both directions
    }


def _substitute_tokens(styles: str, values: dict[str, str]) -> str:
    """Return `styles` with each token use replaced by the token's value in the unit of that use."""
    body = float(values["--size-print"].removesuffix("pt"))

    def points(value: str) -> float:
        """Return the points of "10.5pt", "27mm", "1.3rem", or "1.6" (a line height)."""
        number, unit = _LENGTH.findall(value)[0]
        return float(number) * _UNITS_IN_POINTS.get(unit, body)

    units: dict[str, Callable[[str], str]] = {
        "as": str,
        "hex": lambda value: value.removeprefix("#"),
        "font": lambda value: value.split(",")[0].strip('"'),
        "fonts": lambda value: value.replace('"', "'"),
        "pt": lambda value: f"{points(value):.2f}pt",
        "half": lambda value: str(round(points(value) * 2)),
        "twips": lambda value: str(round(points(value) * 20)),
    }
    return _TOKEN_USE.sub(lambda use: units[use[1]](values[use[2]]), styles)


def _with_styles(reference: bytes, writer: str, template: bytes, styles: bytes) -> bytes:
    """Return the reference document with `styles` added; they replace its own styles of the same name."""
    from lxml import etree

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(reference)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                data = template  # pandoc reads the page width, which photos have to fit, only here
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
    """Move the children of `new` to `old`; each replaces the child of the same key."""
    existing = {_style_key(child): child for child in old}
    for child in list(new):
        same = existing.get(_style_key(child))
        if same is None:
            old.append(child)
        elif child.tag.startswith("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"):
            _merge_styles(same, child)  # a group of ODT styles
        else:
            old.replace(same, child)


def _style_key(style: _Element) -> tuple[str, ...]:
    """Return what identifies a style: its element and its name, family and id."""
    names = ("name", "family", "styleId")
    return (str(style.tag), *(str(value) for key, value in style.attrib.items() if str(key).split("}")[-1] in names))

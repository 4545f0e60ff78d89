"""The look of DOCX and ODT: pandoc's own reference documents with our styles in them, and where the title stands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from readout_pub.emit.pandoc.package_fixes import ASIAN_LANGUAGES
from readout_pub.emit.pandoc.program import default_file
from readout_pub.styles import styles_folder, tokens
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    from lxml.etree import _Element

OPTIONS = ("--template=template.xml", "--reference-doc=reference.zip")

STYLES = {"docx": "word/styles.xml", "odt": "styles.xml"}
"""Where the styles stand in the reference document of each writer."""

_USE = re.compile(r"\b(as|font|fonts|half|hex|pt|twips)\((--[\w-]+)\)")


def reference_files(writer: str, language: str, theme: str, photos: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that pandoc needs for a document in `language` (BCP 47) in the look of `theme`.

    They are those that `OPTIONS` name, and the photos: what stands in a reference document of ODT goes into the output.
    """
    template, reference = _look(writer, language, theme)
    if writer == "odt":
        return {"template.xml": template, "reference.zip": _with_files(reference, photos)}
    return {"template.xml": template, "reference.zip": reference, **photos}


@cache
def _look(writer: str, language: str, theme: str) -> tuple[bytes, bytes]:
    """Return template and reference document."""
    folder = styles_folder() / "office"
    template = (folder / f"{writer}.template.xml").read_bytes()
    styles = _filled_in((folder / f"{writer}.styles.xml").read_text("utf-8"), tokens(theme) | _scripts(language))
    return template, _restyled(default_file(f"reference.{writer}"), writer, template, styles.encode())


def _scripts(language: str) -> dict[str, str]:
    """Say what ODT wants to know of a language besides its name, as if it were tokens."""
    primary = language.lower().split("-")[0]
    leftward = language_direction(language) == "rtl"
    return {
        "--asian": primary if primary in ASIAN_LANGUAGES else "zxx",
        "--complex": primary if leftward else "zxx",
        "--direction": "rl-tb" if leftward else "lr-tb",
        "--aligned": "right" if leftward else "left",  # Writer takes "start" for left whatever the direction
    }


def _filled_in(styles: str, values: dict[str, str]) -> str:
    """Put the values of tokens into `styles`, each in the unit that is named before it."""
    body = float(values["--size-print"].removesuffix("pt"))

    def points(value: str) -> float:
        """Read "10.5pt", "1.3rem" or, of lines, "1.6"."""
        return float(value.removesuffix("pt")) if value.endswith("pt") else float(value.removesuffix("rem")) * body

    units: dict[str, Callable[[str], str]] = {
        "as": str,
        "hex": lambda value: value.removeprefix("#"),
        "font": lambda value: value.split(",")[0].strip('"'),
        "fonts": lambda value: value.replace('"', "'"),
        "pt": lambda value: f"{points(value):.2f}pt",
        "half": lambda value: str(round(points(value) * 2)),
        "twips": lambda value: str(round(points(value) * 20)),
    }
    return _USE.sub(lambda use: units[use[1]](values[use[2]]), styles)


def _restyled(reference: bytes, writer: str, template: bytes, styles: bytes) -> bytes:
    """Return the reference document with `styles` in the place of its own of the same name."""
    from lxml import etree

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(reference)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                data = template  # pandoc looks there, and nowhere else, for the width of the page that photos must fit
            if name == STYLES[writer]:
                tree = etree.fromstring(data)
                _replace(tree, etree.fromstring(styles))
                data = etree.tostring(tree, encoding="UTF-8", xml_declaration=True)
            after.writestr(zipfile.ZipInfo(name), data)  # which bears no time: pandoc hands these on
    return out.getvalue()


def _with_files(package: bytes, files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _replace(old: _Element, new: _Element) -> None:
    """Let each child of `new` take the place of the child of `old` that has the same name, family or id."""
    there = {_name(child): child for child in old}
    for child in list(new):
        twin = there.get(_name(child))
        if twin is None:
            old.append(child)
        elif child.tag.startswith("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"):
            _replace(twin, child)  # one of the groups into which ODT sorts its styles
        else:
            old.replace(twin, child)


def _name(style: _Element) -> tuple[str, ...]:
    told = ("name", "family", "styleId")
    return (str(style.tag), *(str(value) for key, value in style.attrib.items() if str(key).split("}")[-1] in told))
